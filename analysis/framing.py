"""Whole quotations and the words between them: which cue brings which quotation."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.clauses import child, children, places, that_clause
from analysis.cuegroups import CueGroup
from analysis.units import Unit
from news.claim import Span
from news.cues import CueKind, Verb
from news.quotations import Quotation
from news.vocabulary import word_set

_NOT_SPEAKING = word_set("be have do get make see hear read find call know want")
_SILENT = frozenset([CueKind.REFUSE, CueKind.VOW, CueKind.PREDICT])


def sentential(unit: Unit, one: Quotation) -> bool:
    """Whether a quotation is what somebody says, not a title or a phrase: a mark sets it off, or it opens the unit."""
    text, start = unit.text, unit.doc[unit.first].idx
    before = text[start : one.start].rstrip(" \"'")
    if not one.inner[0] < one.inner[1]:
        return False
    last = text[one.inner[1] - 1]
    after = text[one.end : one.end + 1]
    if before and before[-1] not in ",:—–-.!?)":
        return False
    return (
        last in ",.!?—–-…"
        or after in ",."
        or not one.closed
        or not text[one.end : unit.doc[unit.last].idx + 1].strip(" .")
    )


def unlisted_cues(unit: Unit, groups: Sequence[CueGroup]) -> list[CueGroup]:
    """Verbs the list does not know that bring a whole quotation: "“…,” she went on", "he shot back: “…”"."""
    found: list[CueGroup] = []
    quoted = unit.quoted()
    for one in (each for each in unit.quotations if sentential(unit, each)):
        begin = max([q.end for q in unit.quotations if q.end <= one.start], default=unit.start)
        stop = min([q.start for q in unit.quotations if q.start >= one.end], default=unit.end)
        beside = [
            t for t in unit.tokens if t.i not in quoted and (one.end <= t.idx < stop or begin <= t.idx < one.start)
        ]
        if not beside or any(group.token.i in {t.i for t in beside} for group in (*groups, *found)):
            continue
        verbs = [
            t
            for t in beside
            if t.tag_ in ("VBD", "VBZ", "VBP", "VBG") and t.dep_ not in ("aux", "cop", "aux:pass", "amod")
        ]
        verb = next((t for t in verbs if child(t, "nsubj") is not None), None)
        if verb is None or verb.lemma_ in _NOT_SPEAKING:
            continue
        particle = child(verb, "compound:prt")
        last = particle.i if particle is not None and particle.i == verb.i + 1 else verb.i
        found.append(CueGroup(verb, verb.i, last, Verb(verb.lemma_, CueKind.SAY, "past"), CueKind.SAY, rule="say"))
    return found


def framed_quotations(unit: Unit, group: CueGroup, groups: Sequence[CueGroup]) -> tuple[Span, ...]:
    """The whole quotations that a cue brings: those beside the words it stands in, if it is those words' first cue."""
    own = next((one for one in children(group.token, "ccomp") if one.i > group.last), None) or that_clause(group.token)
    inside = range(0) if own is None or unit.holds([(q.start, q.end) for q in unit.quotations], own.i) else places(own)
    quotes = [one for one in unit.quotations if sentential(unit, one) and not _holds(unit, inside, one)]
    if not quotes:
        return ()
    at = unit.span(group.first, group.last)[0]
    begin = max([one.end for one in quotes if one.end <= at], default=unit.doc[unit.first].idx)
    stop = min(
        [one.start for one in quotes if one.start > at], default=unit.doc[unit.last].idx + len(unit.doc[unit.last])
    )
    here = [one for one in groups if begin <= unit.span(one.first, one.last)[0] < stop and not one.passive]
    left = [one for one in quotes if one.end == begin]
    right = [one for one in quotes if one.start == stop]
    found: list[Quotation] = []
    if left and _principal(here, first=True) is group:
        found += left
        found += [one for one in right if not unit.text[one.start - 2 : one.start].strip(" .") or len(here) == 1]
    if right and not found and _principal(here, first=False) is group:
        found += right
    return tuple((one.start, min(one.end, unit.end)) for one in sorted(found, key=lambda q: q.start))


def _holds(unit: Unit, clause: range, one: Quotation) -> bool:
    """Whether a clause begins before a quotation and holds its first word, or has "that": both are one thing said."""
    first = next((token.i for token in unit.tokens if one.start < token.idx < one.end), None)
    if first is None or not clause or unit.doc[clause.start].idx >= one.start:
        return False
    return first in clause or unit.doc[clause.start].lower_ == "that"


def _principal(here: Sequence[CueGroup], *, first: bool) -> CueGroup | None:
    """Of the cues among the words between two quotations, the one that brings a quotation.

    The first behind one, the last before one; a cue that has a clause of its own does not.
    """
    able = [one for one in here if one.kind not in _SILENT and child(one.token, "ccomp") is None] or [
        one for one in here if one.kind not in _SILENT
    ]
    if not able:
        return None
    return able[0] if first else able[-1]


def quotations_beside(unit: Unit, group: CueGroup, source: range, groups: Sequence[CueGroup]) -> tuple[Span, ...]:
    """The quotations beside a verb whose tree shows nothing said: those behind it, else those before it."""
    begin, end = unit.span(min(group.first, source.start), max(group.last, source.stop - 1))
    behind = [(one.start, min(one.end, unit.end)) for one in unit.quotations if one.start >= end]
    before = [(one.start, one.end) for one in unit.quotations if one.end <= begin]
    near = [one for one in behind if not any(char.isalnum() for char in unit.text[end : one[0]])]
    others = [unit.span(one.first, one.last)[0] for one in groups if one is not group]
    before = [one for one in before if not any(one[1] <= at < begin for at in others)]
    return tuple(near or before[-1:] or behind)[:1]
