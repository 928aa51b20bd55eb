"""Reads the treebanks: sentences of words with trees, and names from mentions or from columns of IOB."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

KINDS = {"person": "PERSON", "organization": "ORG", "place": "PLACE", "PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}
_OPENS = re.compile(r"\((\d+)-([a-z]+)-|(\d+)\)")


@dataclass
class Sentence:
    """One sentence; what it is not annotated for is None. `heads` count from 0, the root is its own head."""

    words: list[str]
    spaces: list[bool]
    heads: list[int] | None = None
    deprels: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    names: list[tuple[int, int, str]] | None = None
    document: str = ""


def _lines(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        block: list[str] = []
        for line in file:
            if line.strip():
                block.append(line.rstrip("\n"))
            elif block:
                yield block
                block = []
        if block:
            yield block


def read_trees(path: Path, *, mentions: bool = False) -> list[Sentence]:
    """The sentences of a CoNLL-U file; with `mentions`, names are read from GUM's entity column."""
    found: list[Sentence] = []
    document = ""
    for block in _lines(path):
        for line in block:
            if line.startswith("# newdoc id"):
                document = line.split("=", 1)[1].strip()
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        found.append(_sentence(rows, document, mentions=mentions))
    return found


def _sentence(rows: list[list[str]], document: str, *, mentions: bool) -> Sentence:
    glued: dict[int, bool] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            glued.update(dict.fromkeys(range(first, last), False))
            glued[last] = "SpaceAfter=No" not in row[9]
    rows = [row for row in rows if row[0].isdigit()]
    heads = [int(row[6]) - 1 if row[6] != "0" else place for place, row in enumerate(rows)]
    one = Sentence(
        words=[row[1] for row in rows],
        spaces=[glued.get(int(row[0]), "SpaceAfter=No" not in row[9]) for row in rows],
        heads=heads,
        deprels=[row[7] for row in rows],
        xpos=[row[4] for row in rows],
        upos=[row[3] for row in rows],
        feats=["" if row[5] == "_" else row[5] for row in rows],
        lemmas=[row[2] for row in rows],
        document=document,
    )
    if mentions:
        one.names = _names(rows, one)
    return one


def _names(rows: list[list[str]], one: Sentence) -> list[tuple[int, int, str]]:
    """Names from mentions whose head is a proper noun, without titles before and clauses behind, none in another."""
    spans = []
    stack: dict[str, list[tuple[int, str]]] = {}
    for place, row in enumerate(rows):
        entity = re.search(r"Entity=([^|]*)", row[9])
        for opens, kind, closes in _OPENS.findall(entity.group(1) if entity else ""):
            if opens:
                stack.setdefault(opens, []).append((place, kind))
                if re.search(rf"\({opens}-[^()]*\)", entity.group(1)) and not _stays_open(entity.group(1), opens):
                    spans.append((stack[opens][-1][0], place + 1, stack[opens].pop()[1]))
            elif stack.get(closes):
                spans.append((stack[closes][-1][0], place + 1, stack[closes].pop()[1]))
    named = [
        trimmed for start, end, kind in spans if kind in KINDS and (trimmed := _trim(one, start, end, KINDS[kind]))
    ]
    named.sort(key=lambda span: (span[0] - span[1], span[0]))
    kept: list[tuple[int, int, str]] = []
    for span in named:
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)


def _stays_open(column: str, number: str) -> bool:
    """Whether a mention opened in this column is not closed in it: "(5-place…(6-person…)" closes 6 alone."""
    depth = []
    for opens, _, closes in _OPENS.findall(column):
        if opens:
            depth.append(opens)
        elif closes in depth:
            depth.remove(closes)
    tail = column
    # A mention of one word closes with a bare bracket: "(113-abstract-…-sgl)".
    found = re.search(rf"\({number}-[^()]*(\)?)", tail)
    return not (found and found.group(1))


def _trim(one: Sentence, start: int, end: int, kind: str) -> tuple[int, int, str] | None:
    """The proper-noun core of a mention, around its head; None where the head is no name of one person, body, place."""
    assert one.heads is not None
    head = next((w for w in range(start, end) if not start <= one.heads[w] < end or one.heads[w] == w), start)
    if one.upos[head] != "PROPN" or (kind == "PERSON" and one.xpos[head] == "NNPS"):
        return None
    first, last = head, head
    while last + 1 < end and _belongs(one, last + 1, kind):
        last += 1
    while first > start and _belongs(one, first - 1, kind):
        first -= 1
    while first < head and (one.upos[first] not in _OPENING or not one.words[first][:1].isupper()):
        first += 1
    while last > head and one.upos[last] != "PROPN":
        last -= 1
    while kind == "PERSON" and first < last and _is_title(one.words[first]):
        first += 1
    return None if kind == "PERSON" and _is_title(one.words[first]) else (first, last + 1, kind)


def _belongs(one: Sentence, word: int, kind: str) -> bool:
    """Whether a word beside the core of a name belongs to it."""
    if one.upos[word] == "PROPN":
        return True
    if kind == "PERSON":
        return one.words[word] in "-'’." and one.deprels[word] == "punct"
    inner = one.words[word][:1].isupper() and one.deprels[word] in ("amod", "compound", "nummod")
    return inner or one.words[word].lower() in _LINKS


def _is_title(word: str) -> bool:
    return word.rstrip(".").lower() in _TITLES


_OPENING = ("PROPN", "ADJ", "VERB", "NOUN")
_LINKS = ("of", "and", "the", "for", "&", "-", "'s", "’s", ".", "on")
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor president minister senator sen rep representative governor gov mayor king queen"  # noqa: SIM905
    " prince princess lord lady sir pope bishop judge justice general gen colonel col captain capt sgt secretary"
    " chancellor premier chairman director attorney commissioner lieutenant lt major saint st uncle aunt father"
    " sister brother pastor rev reverend officer detective".split()
)


def read_columns(path: Path) -> list[Sentence]:
    """Names from word and label columns (IOB2), with or without a number before the word."""
    found = []
    for block in _lines(path):
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        rows = [row for row in rows if len(row) > 2]
        if not rows:
            continue
        words = [row[1] for row in rows]
        one = Sentence(words, [True] * len(words))
        one.names = _spans([row[2] for row in rows])
        found.append(one)
    return found


def _spans(labels: list[str]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    for place, label in enumerate(labels):
        kind = KINDS.get(label[2:])
        if kind is None:
            continue
        if label.startswith("I-") and spans and spans[-1][1] == place and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], place + 1, kind)
        else:
            spans.append((place, place + 1, kind))
    return spans
