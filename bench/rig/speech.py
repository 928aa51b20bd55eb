"""textacy's direct quotations on given parses, for `bench/attributions.py`: run by the rivals' own Python.

    .rivals/bin/python bench/rig/speech.py FILE

FILE is spaCy's `DocBin`. Writes one line of JSON for each document: a list of `{"source", "cue", "content"}`, each a
list of spans in code points, and whether the library refused the document for an odd number of quotation marks. Such a
document is given to it paragraph by paragraph; of its paragraphs those with an odd number give nothing.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Triple = dict[str, list[tuple[int, int]]]


def spans(tokens: Sequence[Any], before: int) -> list[tuple[int, int]]:
    """The places of tokens, in the whole document."""
    return [(before + one.idx, before + one.idx + len(one)) for one in tokens]


def quotations(doc: Any, before: int = 0) -> list[Triple]:
    """The library's triples of a document that begins `before` code points into another.

    Raises:
        ValueError: the number of quotation marks is odd.
    """
    found = importlib.import_module("textacy.extract.triples").direct_quotations(doc)
    return [
        {
            "source": spans(one.speaker, before),
            "cue": spans(one.cue, before),
            "content": [(before + one.content.start_char, before + one.content.end_char)],
        }
        for one in found
    ]


def paragraphs(doc: Any) -> Iterator[tuple[int, Any]]:
    """The document's paragraphs as documents, each with its place."""
    first = 0
    for at, token in enumerate(doc):
        if "\n" in token.text_with_ws or at + 1 == len(doc):
            yield doc[first].idx, doc[first : at + 1].as_doc()
            first = at + 1


def by_paragraph(doc: Any) -> list[Triple]:
    """The triples of all paragraphs that the library takes."""
    found: list[Triple] = []
    for before, paragraph in paragraphs(doc):
        try:
            found += quotations(paragraph, before)
        except ValueError:
            continue
    return found


def read(doc: Any) -> dict[str, Any]:
    """A document's triples."""
    try:
        return {"refused": False, "found": quotations(doc)}
    except ValueError:
        return {"refused": True, "found": by_paragraph(doc)}


def main(path: str) -> None:
    """Answer for each document."""
    spacy = importlib.import_module("spacy")
    docs = importlib.import_module("spacy.tokens").DocBin().from_bytes(Path(path).read_bytes())
    for doc in docs.get_docs(spacy.blank("en").vocab):
        print(json.dumps(read(doc)))


if __name__ == "__main__":
    main(sys.argv[1])
