"""The parser as a spaCy pipeline: texts → `Doc`s with sentences, tags, lemmas, trees and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span

from analysis.parser.network import Network, Parse

NAME = "volteface_parser"
_KNOWN, _SOME_NAME = "names of people", "Smith"
# Words of news that the treebanks lack, read as one they have.
_READ_AS = {
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
    "spokeswomen": "spokesmen",
    "spokespeople": "spokesmen",
}
_AT_ONCE = 64  # documents
_ATTRIBUTES = [HEAD, DEP, TAG, POS, MORPH, LEMMA]


class Parser:
    """Annotates documents; a line break ends a sentence, and blanks hang on the word before them."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def __call__(self, doc: Doc) -> Doc:
        """The document, annotated."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = _AT_ONCE) -> Iterator[Doc]:
        """The documents in order, annotated some at once."""
        docs = iter(stream)
        while some := list(islice(docs, batch_size)):
            runs = [_runs(doc) for doc in some]
            pairs = [(doc, run) for doc, each in zip(some, runs, strict=True) for run in each]
            known = some[0].has_annotation("SENT_START")
            bounds = [_bounds(doc, run) for doc, run in pairs] if known else None
            parses = iter(self._network.parse([_words(doc, run) for doc, run in pairs], bounds))
            for doc, each in zip(some, runs, strict=True):
                _annotate(doc, [(run, next(parses)) for run in each])
                yield doc


def _runs(doc: Doc) -> list[list[int]]:
    """The places of the words of each line."""
    found: list[list[int]] = [[]]
    for token in doc:
        if not token.is_space:
            found[-1].append(token.i)
        elif "\n" in token.text and found[-1]:
            found.append([])
    return [run for run in found if run]


def call_names(doc: Doc, known: frozenset[str]) -> Doc:
    """The document with the words that are known to be people's names marked as such, to be parsed as names are.

    A name that is a common word too ("Grim doubts", "Park moved") is parsed as if another name stood there.
    """
    doc.user_data[_KNOWN] = {token.i for token in doc if token.text in known}
    return doc


def _words(doc: Doc, run: Sequence[int]) -> list[str]:
    known = doc.user_data.get(_KNOWN, ())
    return [_SOME_NAME if at in known else _READ_AS.get(doc[at].text, doc[at].text) for at in run]


def _bounds(doc: Doc, run: Sequence[int]) -> list[int]:
    """Where sentences start in a run, as the document says."""
    return [0, *(place for place, at in enumerate(run) if place and doc[at].is_sent_start)]


def _annotate(doc: Doc, parsed: Sequence[tuple[list[int], Parse]]) -> None:
    strings, morphology = doc.vocab.strings, doc.vocab.morphology
    space = [0, strings.add("dep"), strings.add("_SP"), strings.add("SPACE"), morphology.add(""), 0]
    known = doc.user_data.get(_KNOWN, ())
    rows = np.zeros((len(doc), len(_ATTRIBUTES)), np.uint64)
    last = None
    for run, parse in parsed:
        for at, head, dep, tag, morph, lemma in zip(
            run, parse.heads, parse.deprels, parse.tags, parse.morphs, parse.lemmas, strict=True
        ):
            pos, _, feats = morph.partition("|")
            distance = np.int64(run[head] - at).astype(np.uint64)
            rows[at] = (
                distance,
                strings.add("ROOT" if run[head] == at else dep),
                strings.add(tag),
                strings.add(pos),
                morphology.add(feats),
                strings.add(doc[at].text if at in known or doc[at].text in _READ_AS else lemma),
            )
    for token in doc:
        if token.is_space:
            target = last if last is not None else next((one.i for one in doc if not one.is_space), token.i)
            rows[token.i] = (np.int64(target - token.i).astype(np.uint64), *space[1:5], strings.add(token.text))
        else:
            last = token.i
    doc.from_array(_ATTRIBUTES, rows)  # type: ignore[arg-type]  # thinc's alias of just such an array
    doc.set_ents(
        [Span(doc, run[start], run[end - 1] + 1, kind) for run, parse in parsed for start, end, kind in parse.names]
    )


@Language.factory(NAME, default_config={"closed": True})
def _make(nlp: Language, name: str, closed: bool) -> Parser:  # noqa: ARG001, FBT001 - as spaCy calls a factory
    return Parser(Network(closed=closed))


@cache
def load_pipeline(*, closed: bool = True) -> Language:
    """The pipeline with spaCy's English tokenizer, loaded once a process.

    With `closed`, as edited text is read: sentences end at marks, no arcs cross. Sentence starts that a document brings
    along (all documents given together, or none) are kept.
    """
    nlp = spacy.blank("en")
    nlp.add_pipe(NAME, config={"closed": closed})
    return nlp
