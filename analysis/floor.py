"""Who has the floor: whose words a paragraph without quotation marks is, by what introduced it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.page import Page
from analysis.roster import Holder
from analysis.turns import Turn
from analysis.units import Attribution
from news.claim import HolderKind
from news.cues import CueKind
from news.sentences import Sentence

CONTINUING = frozenset(["turn", "label-continues"])
"""Rules of claims that are one with what the same turn said just before."""
_OPENS = "\"“«„‘'`"
_PRINTED = re.compile(
    r"\bfollowing (?:[\w-]+ ){0,3}?(?:statement|answers?|reply|remarks|comments?|commentary|speech|message|letter"
    r"|address|declaration|article|note)\b|\bas follows\b|\bfull text\b",
    re.IGNORECASE,
)
_INTERVIEW = re.compile(r"\b(?:spoke|talked|interview\w*|briefing|conversation|press conference)\b", re.IGNORECASE)
_OPENING = 5  # sentences
_COUNTLESS = 10**9


@dataclass(frozen=True, slots=True)
class Speaking:
    """Whose words a sentence is, without a cue of its own: what was done by them, and the rule that says so."""

    holders: tuple[Holder, ...]
    kind: CueKind
    cue_rule: str
    rule: str
    occasion: str = ""  # the words that tell when it was said


@dataclass(frozen=True, slots=True)
class _Floor:
    speaking: Speaking
    first: int
    last: int


class Floor:
    """The memory of one reading: who was given the floor, and up to which paragraph."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._given: _Floor | None = None
        self._turns = page.turns.kinds
        self._first = {one.paragraph: one.start for one in reversed(page.sentences)}
        self._paragraphs = sorted(self._first)

    @property
    def asked(self) -> int | None:
        """Where the first question of an interview begins, None where the text is none."""
        return self._page.turns.asked

    def label(self, holder: Holder, sentence: Sentence) -> None:
        """Take down "X: …": the rest of the paragraph goes on with X's words."""
        speaking = Speaking((holder,), CueKind.SAY, "say", "label-continues", self.occasion(sentence.start))
        self._given = _Floor(speaking, sentence.paragraph, sentence.paragraph)

    def introduce(self, one: Attribution, holders: Sequence[Holder], sentence: Sentence) -> bool:
        """Take down who is to speak after a sentence: a list, a paragraph, or a printed statement to its end.

        False where nobody is, or where quotation marks will tell what is said.
        """
        following = next((each for each in self._paragraphs if each > sentence.paragraph), None)
        if following is None or not holders or self._page.ending(sentence) != sentence:
            return False
        if self._page.leveled[self._first[following]] in _OPENS:
            return False
        items = self._items(following)
        words = self._page.leveled[sentence.start : sentence.end].rstrip()
        if not words.endswith((":", "follows.")):
            return False
        printed = bool(_PRINTED.search(words))
        kind = CueKind.SAY if one.kind is CueKind.REFUSE else one.kind
        last = items or (_COUNTLESS if printed else following)
        rule = "item" if items else "statement" if printed else "introduced"
        self._given = _Floor(Speaking(tuple(holders), kind, one.lemma, rule, words), following, last)
        return True

    def close(self) -> None:
        """Take down that a printed statement is over: its author is spoken of by name again."""
        if self._given is not None and self._given.speaking.rule == "statement":
            self._given = None

    def answers(self, holder: Holder | None, sentence: Sentence) -> Speaking | None:
        """The one who is asked, in an answer's paragraph."""
        if holder is None or self._turns.get(sentence.paragraph) is not Turn.ANSWER:
            return None
        return Speaking((holder,), CueKind.SAY, "say", "turn", self.occasion(self.asked or 0))

    def occasion(self, before: int) -> str:
        """The sentence of the opening that tells of an interview or a briefing, empty where none does."""
        opening = (one for one in self._page.sentences[:_OPENING] if one.end <= before)
        words = (self._page.leveled[one.start : one.end] for one in opening)
        return next((one for one in words if _INTERVIEW.search(one)), "")

    def holds(self, sentence: Sentence) -> Speaking | None:
        """Whose words a sentence is, None where nobody was given the floor or its words are no sentence."""
        given = self._given
        if given is None or not given.first <= sentence.paragraph <= given.last:
            return None
        return given.speaking if given.speaking.rule == "item" or self._page.finished(sentence) else None

    def _items(self, first: int) -> int | None:
        """The last paragraph of the list that begins with this one, None where it is no list's item."""
        if self._turns.get(first) is not Turn.ITEM:
            return None
        last = first
        for one in self._paragraphs[self._paragraphs.index(first) :]:
            if self._turns.get(one) is not Turn.ITEM:
                break
            last = one
        return last


def is_person(holders: Sequence[Holder]) -> bool:
    """Whether one person alone speaks, as in a transcript."""
    return len(holders) == 1 and holders[0].kind is HolderKind.PERSON
