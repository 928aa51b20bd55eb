"""From a sentence to its attributions: subject, cue and content, as the grammar of reported speech puts them."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contents import content_after, content_before, follows_content
from analysis.finite import is_finite
from analysis.inversion import is_inverted
from analysis.nouncues import find_noun_cues
from analysis.sharing import sentence_subject
from analysis.skeleton import Skeleton
from analysis.subjects import (
    RELATIVES,
    Subject,
    subject_after,
    subject_before,
)
from analysis.verbs import VerbGroup, find_verb_groups
from news.claim import Span
from news.cues import ATTITUDES, CueKind

_QUOTED_WORDS = 18  # between "quoted" and "as saying"
_COORDINATORS = frozenset(["and", "but", "while", "though", "although", "whereas", "as", "yet", "so"])
_OBJECT_TAKERS = frozenset([CueKind.ACCUSE, CueKind.DENY, CueKind.PRESUME, CueKind.CALL, CueKind.URGE, CueKind.REFUSE])
_CONCESSIVES = frozenset(["while", "although", "though", "when", "after", "as", "since", "if"])


@dataclass(frozen=True, slots=True)
class Attribution:
    """One reported act: who (token ranges), by which cue, saying what (text spans), and by which rule it was found."""

    subject: Subject
    cue: Span
    content: tuple[Span, ...]
    kind: CueKind
    lemma: str
    rule: str
    background: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class _Unit:
    """A verb group with its subject; the tokens `first`..`stop` of the two together."""

    group: VerbGroup
    subject: Subject
    first: int
    stop: int
    shared: bool = False
    inverted: bool = False


def _quoting(skeleton: Skeleton, group: VerbGroup) -> Subject | None:
    """The one who is quoted in "X quoted Y as saying": Y; None where nobody is, or "Y was quoted as saying"."""
    if group.verb.form != "ing" or skeleton.low(group.first - 1) != "as":
        return None
    at = next((n for n in range(group.first - 2, max(-1, group.first - _QUOTED_WORDS), -1) if _quotes(skeleton, n)), -1)
    if at < 0 or skeleton.low(at - 1) in {"was", "were", "been", "is", "are"} or at + 1 >= group.first - 1:
        return None
    return Subject(at + 1, group.first - 1, at + 1, group.first - 1)


def _quotes(skeleton: Skeleton, at: int) -> bool:
    return skeleton.low(at) in {"quoted", "quotes", "quoting", "cited", "cites", "citing"}


def _past_apposition(skeleton: Skeleton, subject: Subject) -> int:
    """Where a speaker behind the verb ends, with what is said beside the name: before a verb that goes on."""
    commas = (at for at in range(subject.stop, subject.wide_stop) if skeleton.low(at) == ",")
    return next((at for at in commas if is_finite(skeleton, at + 1)), subject.wide_stop)


def _own_unit(skeleton: Skeleton, group: VerbGroup) -> _Unit | None:
    quoted = _quoting(skeleton, group)
    if quoted is not None:
        return _Unit(group, quoted, quoted.first, group.stop)
    if is_inverted(skeleton, group):
        subject = subject_after(skeleton, group.stop)
        if subject:
            stop = _past_apposition(skeleton, subject) if skeleton.low(subject.stop) == "," else subject.stop
            return _Unit(group, subject, group.first, max(stop, subject.stop), inverted=True)
    subject = subject_before(skeleton, group)
    if subject is None:
        return None
    return _Unit(group, subject, subject.wide_first, group.stop)


def _shared_unit(skeleton: Skeleton, group: VerbGroup, earlier: list[_Unit]) -> _Unit | None:
    """A verb without a subject of its own says its words for the sentence's earlier speaker."""
    before = skeleton.low(group.first - 1)
    linked = before in {",", "and", "but", "or", "by", "while", "then", "as", "—", "–", "when"}
    if not linked and group.first and group.verb.form != "ing":
        return None
    subject = earlier[-1].subject if earlier else sentence_subject(skeleton, group.first)
    if subject is None:
        return None
    return _Unit(group, subject, group.first, group.stop, shared=True)


def _hands_on(skeleton: Skeleton, group: VerbGroup) -> bool:
    """Whether "quoted" only hands on to "as saying" behind it."""
    return any(
        skeleton.low(at) == "as" and skeleton.low(at + 1) in {"saying", "telling", "writing"}
        for at in range(group.stop, group.stop + _QUOTED_WORDS)
    )


def _units(skeleton: Skeleton, groups: list[VerbGroup]) -> list[_Unit]:
    found: list[_Unit] = []
    for group in groups:
        if group.passive or (_quotes(skeleton, group.at) and _hands_on(skeleton, group)):
            continue
        unit = _own_unit(skeleton, group) or _shared_unit(skeleton, group, found)
        if unit:
            found.append(unit)
    return found


def _clause_edge(skeleton: Skeleton, unit: _Unit, other: _Unit) -> int:
    """Where the content of `unit` ends because another clause with a speaker begins: ", but he said …", "; X says"."""
    end = len(skeleton.tokens)
    start = min(other.first, other.subject.wide_first) if not other.shared else end
    if start < unit.stop:
        return other.first - 1 if _same_speaker(skeleton, unit, other) else end
    before = skeleton.low(start - 1)
    if before in _COORDINATORS and skeleton.low(start - 2) in {",", "—", "–"}:
        return start - 2
    if before == ";":
        return start - 1
    if before in {"and", "but"} and unit.group.kind in _OBJECT_TAKERS:
        return start - 1
    opened = unit.subject.wide_first and skeleton.low(unit.subject.wide_first - 1) in _CONCESSIVES
    return start - 1 if before == "," and opened else end


def _same_speaker(skeleton: Skeleton, unit: _Unit, other: _Unit) -> bool:
    """“X, who said A, said B”: both verbs have one subject, and a comma closes the first one's clause."""
    return other.subject.first == unit.subject.first and skeleton.low(other.first - 1) == ","


def _limits(skeleton: Skeleton, unit: _Unit, units: list[_Unit]) -> tuple[int, int]:
    """How far to the left and to the right the content of a unit may reach, in tokens."""
    left, right = 0, len(skeleton.tokens)
    for other in units:
        if other is unit:
            continue
        if other.stop <= unit.first and not follows_content(skeleton, unit.first, unit.stop, unit.group):
            left = max(left, other.stop)
        if other.first >= unit.stop:
            right = min(right, _clause_edge(skeleton, unit, other))
            closing = other.inverted or follows_content(skeleton, other.first, other.stop, other.group)
            apart = skeleton.low(other.first - 1) in {",", "and", "but", "or", "by", "while"}
            if closing or (apart and other.shared and other.subject == unit.subject):
                right = min(right, other.first - 1 if apart else other.first)
    if right > unit.stop and skeleton.low(right - 1) == ",":
        right -= 1
    return left, right


def _read_unit(skeleton: Skeleton, unit: _Unit, units: list[_Unit]) -> Attribution | None:
    left, right = _limits(skeleton, unit, units)
    group = unit.group
    if not unit.shared and (unit.inverted or follows_content(skeleton, unit.first, unit.stop, group)):
        content = content_before(skeleton, left, unit.first, unit.stop, right)
        rule = "said-after"
    else:
        content = content_after(skeleton, group, unit.stop, right)
        rule = "said-before"
    kind = CueKind.REFUSE if skeleton.low(unit.subject.first) == "neither" else group.kind
    if not content and kind not in {CueKind.REFUSE, CueKind.DENY, CueKind.CONFIRM, CueKind.DOUBT}:
        return None
    return Attribution(
        unit.subject,
        skeleton.span(group.first, group.stop),
        content,
        kind,
        group.verb.lemma,
        f"{rule}:{group.rule}",
        group.background,
        unit.shared,
    )


def _with_quotation(skeleton: Skeleton, first: int) -> int:
    """Where a subject with a quotation inside begins: "X's warning that Y is “very near” was dismissed by Z"."""
    if skeleton.kind(first - 1) != "q":
        return first
    while first > 0 and skeleton.low(first - 1) not in {",", ";", "—", "–"}:
        first -= 1
    return first


def _passive(skeleton: Skeleton, group: VerbGroup) -> Attribution | None:
    """“The reports were rejected by Y”, "allegations denied by Y": the agent speaks, the subject is the content."""
    if skeleton.low(group.stop) != "by":
        return None
    agent = subject_after(skeleton, group.stop + 1)
    if agent is None:
        return None
    about = subject_before(skeleton, group)
    content: tuple[Span, ...] = ()
    if about and skeleton.low(about.first) not in RELATIVES:
        content = (skeleton.span(_with_quotation(skeleton, about.wide_first), about.wide_stop),)
    if skeleton.low(agent.stop) == "that" or skeleton.kind(agent.stop) == "q":
        content = (*content, skeleton.span(agent.stop, _end(skeleton)))
    cue = skeleton.span(group.first, group.stop)
    return Attribution(agent, cue, content, group.kind, group.verb.lemma, f"passive:{group.rule}", group.background)


def _end(skeleton: Skeleton) -> int:
    stop = len(skeleton.tokens)
    while stop > 1 and skeleton.kind(stop - 1) == "p":
        stop -= 1
    return stop


def find_attributions(skeleton: Skeleton) -> list[Attribution]:
    """Every attribution of the sentence, in the order of their cues."""
    if skeleton.low(len(skeleton.tokens) - 1) == "?":
        return []
    groups = find_verb_groups(skeleton)
    units = _units(skeleton, groups)
    found = [one for unit in units if (one := _read_unit(skeleton, unit, units))]
    found += [one for group in groups if group.passive and (one := _passive(skeleton, group))]
    for noun in find_noun_cues(skeleton):
        if not any(noun.cue[0] < one.cue[1] and one.cue[0] < noun.cue[1] for one in found):
            found.append(Attribution(noun.subject, noun.cue, noun.content, noun.kind, noun.lemma, noun.rule))
    return sorted((one for one in found if not _imputed(skeleton, one, found)), key=lambda one: one.cue)


def _imputed(skeleton: Skeleton, one: Attribution, found: list[Attribution]) -> bool:
    """Whether a thought or wish is only told of by another speaker: "X hopes for aid, analysts say" is not X's word."""
    if one.lemma not in ATTITUDES and one.kind not in {CueKind.THINK, CueKind.PREDICT}:
        return False
    if skeleton.low(one.subject.first) in {"he", "she", "it", "they"}:
        return False
    return any(
        other is not one
        and other.lemma not in ATTITUDES
        and other.subject != one.subject
        and any(start <= one.cue[0] and one.cue[1] <= end for start, end in other.content)
        for other in found
    )


def trailing_subject(skeleton: Skeleton) -> Subject | None:
    """Who is to speak after a sentence that ends with a colon ("The minister added:"), or None."""
    if skeleton.low(len(skeleton.tokens) - 1) != ":":
        return None
    units = _units(skeleton, find_verb_groups(skeleton))
    return units[-1].subject if units else None
