"""Layers of report: who quotes somebody else, and who is cited for what somebody says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from analysis.clauses import child, noun_phrase, subject_of
from analysis.cuegroups import CueGroup
from analysis.descriptions import GROUPS, PEOPLE
from analysis.speakers import quoting_verb
from analysis.units import Attribution, Unit
from news.claim import Span
from news.cues import CueKind

_CITING = frozenset(["citing", "quoting"])

Found = Sequence[tuple[CueGroup, Attribution]]


def find_layers(unit: Unit, found: Found) -> list[Attribution]:
    """The outer layer of "X quoted Y as saying Z" (X's word that Y said Z), and the Y of "X said, citing Y, that Z"."""
    outer = [one for group, inner in found if (one := _quoting(unit, group, inner))]
    cited = [one for token in unit.tokens if (one := _cited(unit, token, found))]
    return [*outer, *cited]


def without_citing(found: Found) -> list[tuple[CueGroup, Attribution]]:
    """What is found, less who or what is merely cited beside something said."""
    said = [group.token.i for group, one in found if one.content and group.verb.lemma not in ("cite", "quote")]
    return [
        (group, one)
        for group, one in found
        if group.token.lower_ not in _CITING or not said or child(group.token, "ccomp") is not None
    ]


def _quoting(unit: Unit, group: CueGroup, inner: Attribution) -> Attribution | None:
    verb = quoting_verb(unit, group)
    speaker = subject_of(verb) if verb is not None else None
    if verb is None or speaker is None or not unit.first <= speaker.i < verb.i or child(verb, "aux:pass") is not None:
        return None
    # That Y said it is what X says: with Y and the cue in the content, nobody takes what Y said for X's own word.
    quoted: Span = (inner.source[0], inner.cue[1])
    content = sorted([*(one for one in inner.content if one[1] <= quoted[0]), quoted, *inner.content])
    joined: list[Span] = []
    for start, end in content:
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    narrow, wide = noun_phrase(speaker, wide=False), noun_phrase(speaker, wide=True)
    return replace(
        inner,
        source=unit.span(*narrow),
        wide=unit.span(*wide),
        cue=unit.span(verb.i, verb.i),
        content=tuple(joined),
        kind=CueKind.SAY,
        lemma="quote",
        rule="quoting:quote",
        pronoun=speaker.pos_ == "PRON",
    )


def _cited(unit: Unit, token: Token, found: Found) -> Attribution | None:
    """The speaker behind "citing", with what is said beside it."""
    source = child(token, "obj") if token.lower_ in _CITING else None
    if source is None or not _can_speak(source):
        return None
    above = {one.i for one in token.ancestors}
    said = [one for group, one in found if group.verb.lemma not in ("cite", "quote") and one.content]
    near = [one for group, one in found if group.token.i in above and one in said] or said
    if not near:
        return None
    narrow, wide = noun_phrase(source, wide=False), noun_phrase(source, wide=True)
    return replace(
        near[-1],
        source=unit.span(*narrow),
        wide=unit.span(*wide),
        cue=unit.span(token.i, token.i),
        kind=CueKind.SAY,
        lemma="cite",
        rule="cited:cite",
        pronoun=False,
    )


def _can_speak(source: Token) -> bool:
    """Whether a noun is somebody: a name, people, a group; pictures and figures are not."""
    if source.pos_ == "PROPN":
        return source.ent_type_ != "PLACE"
    return bool(GROUPS.search(source.text) or PEOPLE.search(source.text))
