"""From a sentence to its attributions: subject, cue and content, by the sentence's tree."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from analysis.clauses import in_future, noun_phrase, subject_of
from analysis.cuegroups import CueGroup, find_cue_groups
from analysis.framing import unlisted_cues
from analysis.layers import find_layers, without_citing
from analysis.reported import find_reported
from analysis.speech import attribute
from analysis.units import Attribution, Unit
from news.cues import ATTITUDES, CueKind, Verb
from news.vocabulary import word_set

_HELD = word_set("believe think assess estimate judge reckon expect predict forecast anticipate suspect conclude")
"""What a body is said to hold is its own word, though another tells it: "the agency believes so, a lawmaker said"."""
_SETTING_OUT = word_set(
    """
    set list outline name make give lay raise present put offer cite have summarise summarize issue release publish read
    deliver post circulate answer"""
)


def find_attributions(unit: Unit) -> list[Attribution]:
    """Every attribution of the sentence, in the order of their cues."""
    if not unit.tokens or unit.tokens[-1].text == "?":
        return []
    groups = find_cue_groups(unit.tokens, unit.quoted())
    groups = sorted([*groups, *unlisted_cues(unit, groups)], key=lambda one: one.first)
    verbal = [(group, one) for group in groups if (one := attribute(unit, group, groups))]
    verbal = without_citing(verbal)
    layers = find_layers(unit, verbal)
    told = {one.cue for one in layers}
    found = [*(one for _, one in verbal if one.cue not in told), *layers]
    for noun in find_reported(unit):
        if not any(noun.cue[0] < one.cue[1] and one.cue[0] < noun.cue[1] for one in found):
            found.append(noun)
    kept = sorted((one for one in found if not _imputed(one, found)), key=lambda one: one.cue)
    return [replace(one, future=in_future(unit.within(one.content))) for one in kept]


def _imputed(one: Attribution, found: list[Attribution]) -> bool:
    """Whether a wish is only told of by another speaker: "X hopes for aid, analysts say" is not X's word."""
    if one.lemma not in ATTITUDES and one.kind not in {CueKind.THINK, CueKind.PREDICT}:
        return False
    if one.lemma in _HELD and not one.relative:
        return False
    if one.relative and any(other.lemma not in ATTITUDES and other.source != one.source for other in found):
        return True
    if one.pronoun:
        return False
    return any(
        other is not one
        and other.lemma not in ATTITUDES
        and other.source != one.source
        and any(start <= one.cue[0] and one.cue[1] <= end for start, end in other.content)
        for other in found
    )


def introduced_speaker(unit: Unit) -> Attribution | None:
    """Who is to speak after a sentence: "The minister added:", "X gave the following answer on Friday"; or None."""
    if not unit.tokens:
        return None
    following = next((one.head for one in unit.tokens if one.lower_ in ("following", "follows")), None)
    if following is None and unit.tokens[-1].text != ":":
        return None
    groups = find_cue_groups(unit.tokens, unit.quoted())
    if following is not None:
        verb = following.head if following.pos_ == "NOUN" else following
        speaker = _issuer(subject_of(verb)) if verb.pos_ == "VERB" else None
        own = next((one for one in groups if one.token.i == verb.i), None)
        own = _plain_say(verb) if own is None and verb.lemma_ in _SETTING_OUT else own
        if own is not None and speaker is not None and unit.first <= speaker.i <= unit.last:
            return _introduced(unit, speaker, own)
    if unit.tokens[-1].text != ":":
        return None
    for group in [*reversed(groups), *_setting_out(unit)]:
        speaker = subject_of(group.token)
        if speaker is not None and unit.first <= speaker.i <= unit.last:
            return _introduced(unit, speaker, group)
    return None


def _introduced(unit: Unit, speaker: Token, group: CueGroup) -> Attribution:
    narrow, wide = unit.span(*noun_phrase(speaker, wide=False)), unit.span(*noun_phrase(speaker, wide=True))
    cue = unit.span(group.first, group.last)
    return Attribution(narrow, wide, cue, (), group.kind, group.verb.lemma, "introduced")


def _issuer(subject: Token | None) -> Token | None:
    """The X of "X issued a statement that reads as follows": of a text, who issued it."""
    if subject is not None and subject.dep_ == "obj" and subject.head.pos_ == "VERB":
        return subject_of(subject.head)
    return subject


def _plain_say(verb: Token) -> CueGroup:
    return CueGroup(verb, verb.i, verb.i, Verb("say", CueKind.SAY, "past"), CueKind.SAY)


def _setting_out(unit: Unit) -> list[CueGroup]:
    """The main verb of "The minister set out two points:"."""
    root = next((one for one in unit.tokens if one.head.i == one.i), None)
    if root is None or root.lemma_ not in _SETTING_OUT:
        return []
    return [_plain_say(root)]
