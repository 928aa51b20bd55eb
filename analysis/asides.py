"""What is said, told by the order of words: on both sides of a cue set off by commas, or all before one that closes."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from analysis.clauses import child, sentence_start
from analysis.cuegroups import CueGroup
from analysis.speakers import CLOSES, PLAIN, SETTINGS, aside_end
from analysis.units import Unit
from news.claim import Span

_LEAST_LED = 3  # words: "On Monday" is no clause


def before_quoting(unit: Unit, quoting: Token) -> set[int]:
    """What is said before "…, X quoted Y as saying."."""
    speaker = child(quoting, "nsubj")
    begin = (quoting if speaker is None else speaker).left_edge.i
    return set(range(unit.first, begin - 1)) if begin > unit.first and unit.doc[begin - 1].text in CLOSES else set()


def aside(unit: Unit, group: CueGroup, source: range) -> set[int]:
    """What stands on both sides of "…, he told the council, …" where the sentence goes on with its own verb."""
    begin, end = min(group.first, source.start), aside_end(unit, group, source)
    first = clause_start(unit, max(unit.first, sentence_start(group.token)), begin)
    if end is None or begin - 1 <= first or unit.doc[begin - 1].text != "," or unit.doc[first].lower_ in SETTINGS:
        return set()
    return set(range(first, begin - 1)) | set(range(end + 1, unit.last + 1))


def clause_start(unit: Unit, first: int, begin: int) -> int:
    """Where the clause before a place starts: behind the last colon or semicolon before it."""
    return max([first, *(at + 1 for at in range(first, begin - 1) if unit.doc[at].text in (":", ";"))])


def interrupted(unit: Unit, group: CueGroup, source: range) -> set[int]:
    """What stands before a cue that two commas set off from what is said: "The bigger risk, he said, is …"."""
    begin, end = min(group.first, source.start), max(group.last, source.stop - 1)
    first = clause_start(unit, max(unit.first, sentence_start(group.token)), begin)
    if begin - 1 <= first or unit.doc[begin - 1].text != "," or end >= unit.last or unit.doc[end + 1].text != ",":
        return set()
    before = range(first, begin - 1)
    return set() if unit.doc[first].lower_ in SETTINGS or group.kind not in PLAIN else set(before)


def led(unit: Unit, group: CueGroup, source: range, framed: Sequence[Span]) -> set[int]:
    """What is said before the cue where it stands inside a sentence that goes on as a quotation: "A, X said, “B”"."""
    begin, cue_end = min(source.start, group.first), unit.span(group.first, group.last)[1]
    behind = next((start for start, _ in framed if start >= cue_end), None)
    if (
        behind is None
        or unit.text[cue_end:behind].strip() != ","
        or begin <= unit.first
        or unit.doc[begin - 1].text != ","
    ):
        return set()
    before = [
        unit.doc[at] for at in range(clause_start(unit, unit.first, begin), begin - 1) if not unit.holds(framed, at)
    ]
    if (
        len(before) < _LEAST_LED
        or before[0].lower_ in SETTINGS
        or not any(one.pos_ in ("VERB", "AUX") for one in before)
    ):
        return set()
    return {one.i for one in before}


def everything_before(unit: Unit, group: CueGroup, source: range) -> set[int]:
    """Everything before a cue of plain speech that closes its sentence: "…, X said."."""
    begin = min(source.start, group.first)
    if group.kind not in PLAIN or begin <= unit.first or group.token.tag_ == "VBG":
        return set()
    before = range(unit.first, begin - 1)
    if unit.doc[unit.first].lower_ in SETTINGS or (len(before) < _LEAST_LED and not unit.quotations):
        return set()
    return set(before) if unit.doc[begin - 1].text in CLOSES else set()
