"""From a sentence to its attributions: subject, cue and content, by the sentence's tree."""

from __future__ import annotations

from dataclasses import replace

from analysis.clauses import in_future, noun_phrase, subject_of
from analysis.cuegroups import find_cue_groups
from analysis.framing import unlisted_cues
from analysis.reported import find_reported
from analysis.speech import attribute
from analysis.units import Attribution, Unit
from news.cues import ATTITUDES, CueKind


def find_attributions(unit: Unit) -> list[Attribution]:
    """Every attribution of the sentence, in the order of their cues."""
    if not unit.tokens or unit.tokens[-1].text == "?":
        return []
    groups = find_cue_groups(unit.tokens, unit.quoted())
    groups = sorted([*groups, *unlisted_cues(unit, groups)], key=lambda one: one.first)
    found = [one for group in groups if (one := attribute(unit, group, groups))]
    for noun in find_reported(unit):
        if not any(noun.cue[0] < one.cue[1] and one.cue[0] < noun.cue[1] for one in found):
            found.append(noun)
    kept = sorted((one for one in found if not _imputed(one, found)), key=lambda one: one.cue)
    return [replace(one, future=in_future(unit.within(one.content))) for one in kept]


def _imputed(one: Attribution, found: list[Attribution]) -> bool:
    """Whether a thought or wish is only told of by another speaker: "X hopes for aid, analysts say" is not X's word."""
    if one.lemma not in ATTITUDES and one.kind not in {CueKind.THINK, CueKind.PREDICT}:
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
    if following is not None:
        verb = following.head if following.pos_ == "NOUN" else following
        speaker = subject_of(verb) if verb.pos_ == "VERB" else None
        if speaker is not None and unit.first <= speaker.i <= unit.last:
            narrow, wide = noun_phrase(speaker, wide=False), noun_phrase(speaker, wide=True)
            cue = unit.span(verb.i, verb.i)
            return Attribution(unit.span(*narrow), unit.span(*wide), cue, (), CueKind.SAY, "say", "introduced")
    if unit.tokens[-1].text != ":":
        return None
    for group in reversed(find_cue_groups(unit.tokens, unit.quoted())):
        speaker = subject_of(group.token)
        if speaker is not None and unit.first <= speaker.i <= unit.last:
            narrow, wide = noun_phrase(speaker, wide=False), noun_phrase(speaker, wide=True)
            return Attribution(
                unit.span(*narrow),
                unit.span(*wide),
                unit.span(group.first, group.last),
                (),
                group.kind,
                group.verb.lemma,
                "introduced",
            )
    return None
