"""Reporting cues of more than one word: ruled out, cast doubt on, called for, sees no evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from news.cues import CueKind, Verb
from news.vocabulary import word_set


@dataclass(frozen=True, slots=True)
class _Phrase:
    """`first`, `second` (and `third`, when it asks for one) in a row; a word of `tail` behind belongs to the cue."""

    verb: Verb
    first: frozenset[str]
    second: frozenset[str]
    third: frozenset[str] = frozenset()
    tail: frozenset[str] = frozenset()


def _phrase(lemma: str, kind: CueKind, first: str, second: str, *, third: str = "", tail: str = "") -> _Phrase:
    verb = Verb(lemma, kind, "past")
    return _Phrase(verb, word_set(first), word_set(second), word_set(third), word_set(tail))


_PHRASES = (
    _phrase("rule-out", CueKind.DENY, "ruled rule rules ruling", "out"),
    _phrase(
        "doubt",
        CueKind.DOUBT,
        "cast casts casting expressed voiced raised",
        "doubt doubts scepticism skepticism",
        tail="on about over",
    ),
    _phrase(
        "no-evidence",
        CueKind.DOUBT,
        "sees saw see seen found has have had",
        "no",
        third="evidence sign signs indication indications proof confirmation information",
        tail="yet",
    ),
    _phrase(
        "regret",
        CueKind.PRESUME,
        "expressed expresses voiced",
        "concern concerns alarm regret gratitude appreciation outrage",
        tail="over about at for",
    ),
    _phrase("call-for", CueKind.URGE, "called calls calling call", "for on upon"),
    _phrase("say", CueKind.SAY, "made makes", "clear"),
    _phrase(
        "dismiss",
        CueKind.DENY,
        "shot scoffed scoffs laughed brushed brushes waved waves shrugged shrugs played",
        "down at off aside away",
    ),
    _phrase("leave-open", CueKind.REFUSE, "left leaves leave leaving", "open"),
    _phrase("no-comment", CueKind.REFUSE, "had has have", "nothing", third="to", tail="say add"),
    _phrase(
        "no-comment",
        CueKind.REFUSE,
        "had has have offered offers",
        "no",
        third="comment reply response answer",
        tail="on",
    ),
    _phrase("point", CueKind.SAY, "pointed points pointing", "out to"),
    _phrase("note", CueKind.PRESUME, "took takes", "note", tail="of"),
    _phrase("agree", CueKind.CONFIRM, "agree agrees agreed agreeing", "with"),
    _phrase("push-for", CueKind.URGE, "push pushed pushes pushing press pressed pressing", "for"),
    _phrase("refer", CueKind.SAY, "referred refers referring", "to"),
    _phrase("turn-down", CueKind.DENY, "turned turns turning", "down"),
)
PHRASE_WORDS = frozenset(word for phrase in _PHRASES for word in phrase.first)
"""The words that may begin such a cue."""


def find_phrase(words: Sequence[str]) -> tuple[Verb, int] | None:
    """The cue of several words that opens these lower-case words: its verb and its length in words."""
    if not words or words[0] not in PHRASE_WORDS:
        return None
    low = [*words, "", "", "", ""]
    for phrase in _PHRASES:
        if low[0] not in phrase.first or low[1] not in phrase.second:
            continue
        length = 2
        if phrase.third:
            if low[2] not in phrase.third:
                continue
            length = 3
        return phrase.verb, length + (low[length] in phrase.tail)
    return None


_SWEPT = word_set("brushed brushes waved waves shrugged shrugs laughed laughs swept sweeps")
_ASIDE = frozenset(["away", "off", "aside"])


def find_parted(token: Token) -> Verb | None:
    """The cue of a verb with its object before its particle: "waved the story away", "brushed it off"."""
    if token.lower_ not in _SWEPT:
        return None
    particle = next((one for one in token.children if one.lower_ in _ASIDE and one.i > token.i), None)
    thing = next((one for one in token.children if one.dep_ == "obj" and one.i > token.i), None)
    return Verb("dismiss", CueKind.DENY, "past") if particle is not None and thing is not None else None
