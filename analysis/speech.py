"""From a reporting verb to its attribution: whose words, by which cue, and exactly which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from analysis.asides import everything_before
from analysis.clauses import RELATIVES, noun_phrase
from analysis.contents import said_beside, said_places
from analysis.cuegroups import CueGroup
from analysis.framing import framed_quotations, quotations_beside
from analysis.speakers import clear_phrase, speaker_of
from analysis.units import Attribution, Unit
from news.claim import Span
from news.cues import CueKind

_ASKING = frozenset(["ask", "wonder", "question", "inquire"])
_BARE = frozenset([CueKind.REFUSE, CueKind.DENY, CueKind.CONFIRM, CueKind.DOUBT])


def attribute(unit: Unit, group: CueGroup, groups: Sequence[CueGroup]) -> Attribution | None:
    """The attribution of a reporting verb, None where nobody speaks or nothing is said."""
    speaker = speaker_of(unit, group, groups)
    if speaker is None or speaker.i in range(group.first, group.last + 1) or not unit.first <= speaker.i <= unit.last:
        return None
    quoted = unit.quoted()
    narrow = clear_phrase(group, speaker, noun_phrase(speaker, wide=False), quoted)
    wide = clear_phrase(group, speaker, noun_phrase(speaker, wide=True), quoted)
    wide = narrow if group.passive else wide
    source = range(min(narrow[0], wide[0]), max(narrow[1], wide[1]) + 1)
    content = _said(unit, group, source, groups)
    kind = CueKind.REFUSE if unit.doc[narrow[0]].lower_ == "neither" else group.kind
    if (
        group.verb.lemma in _ASKING
        and content
        and unit.text[content[-1][1] - 2 : content[-1][1]].rstrip("\"”'").endswith("?")
    ):
        return None
    empty = all(unit.text[start:end].lower() in RELATIVES for start, end in content)
    if empty and (content or kind not in _BARE):
        return None
    cue = unit.span(group.first, group.last)
    order = "said-after" if content and content[0][0] < cue[0] else "said-before"
    return Attribution(
        unit.span(*narrow),
        unit.span(*wide),
        cue,
        content,
        kind,
        group.verb.lemma,
        f"{'passive' if group.passive else order}:{group.rule}",
        group.background,
        speaker.pos_ == "PRON",
        relative=_is_relative(group.token),
    )


def _is_relative(verb: Token) -> bool:
    """Whether a cue stands in a relative clause: "with which X seeks to …"."""
    return verb.dep_ == "acl:relcl" or any(one.lower_ in RELATIVES and one.tag_ != "IN" for one in verb.children)


def _said(unit: Unit, group: CueGroup, source: range, groups: Sequence[CueGroup]) -> tuple[Span, ...]:
    """What is said: whole quotations and what goes with them, else what the tree shows, else what is near."""
    framed = () if group.passive else framed_quotations(unit, group, groups)
    places = said_beside(unit, group, source, framed) if framed else said_places(unit, group, source, groups)
    return (
        _spans(unit, places, group, framed)
        or quotations_beside(unit, group, source, groups)
        or _spans(unit, everything_before(unit, group, source), group)
    )


def _spans(unit: Unit, places: Iterable[int], group: CueGroup, more: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Text spans of what is said, quotations whole, together with more spans; the cue in none of them."""
    cue = unit.span(group.first, group.last)
    return _merged(unit, [*more, *(unit.whole(span, cue) for span in unit.trimmed(places))], cue)


def _merged(unit: Unit, spans: Sequence[Span], cue: Span) -> tuple[Span, ...]:
    """Spans in order, those that touch or have only blanks and quotation marks between joined; the cue in none."""
    found: list[Span] = []
    for start, end in sorted(set(spans)):
        parts = [(start, cue[0]), (cue[1], end)] if start <= cue[0] < end else [(start, end)]
        for a, b in parts:
            if found and a <= found[-1][1] + 1 and not unit.text[found[-1][1] : a].strip(" ,"):
                found[-1] = (found[-1][0], max(b, found[-1][1]))
            elif unit.text[a:b].strip(" ,.\"'"):
                found.append((a, b))
    return tuple(found)
