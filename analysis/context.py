"""What an article has spoken of so far: what "it", "the reports" and a quotation standing alone point back to.

headline, lead ──▶ theme ──┐
sentences before ──────────┼──▶ surroundings of one statement: what it may point at, and whose words fill its gaps
its own sentence ──────────┘
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.judging import Judge
from analysis.matching import Around
from analysis.page import Page
from analysis.roster import Holder
from news.sentences import Sentence
from news.topic import Stance

_SENTENCES_BACK = 4
_PARAGRAPHS_BACK = 2
_FILLING_BACK = 2  # sentences whose names may fill an open slot
_LEAD = 2  # sentences
_ASKED = re.compile(
    r"\b(?:(?:was|were|when|been|being|if) (?:\w+ )?(?:asked|pressed|questioned|quizzed)|[Aa]sked|[Pp]ressed (?:on"
    r"|about|whether)|questions? (?:about|on|whether)|(?:said|spoke|speaking|remarked) (?:\w+ )?(?:of|about|on)\b"
    r"|[Cc]ommenting on|to comment on|[Rr]eferring to|[Rr]esponding to|[Ii]n response to|[Rr]eplying to"
    r"|[Rr]eacting to|[Aa]s (?:to|for) whether|on whether|when told (?:of|about|that))"
)
_ABOUT_IT = re.compile(
    r"\b(?:about|on|of|to) (?:it|this|that|them|(?:the|these|those|such) (?:reports?|claims?|allegations?|matter"
    r"|subject))\b"
)

Addressed = tuple[tuple[str, Stance], ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a statement may point at, and whether its holder was asked about it."""

    referred: Addressed = ()
    asked: bool = False
    far: bool = False


class Context:
    """The memory of one reading: the propositions addressed, the words just before, and who spoke last."""

    def __init__(self, page: Page, judge: Judge) -> None:
        self._page = page
        self._judge = judge
        title = page.article.title
        self._titled = judge.addressed(title)
        self._theme = self._titled if len(self._titled) == 1 else ()
        self._opening = " ".join([title, *(page.words([(one.start, one.end)]) for one in page.sentences[:1])])
        self._addressed: list[tuple[int, int, Addressed]] = []
        self._said: list[tuple[int, int]] = []
        self._questions: list[tuple[int, int, Addressed]] = []
        self._speaker: tuple[Holder, int] | None = None

    def before(self, place: int) -> str:
        """The sentences just before the one at that place, as far as the paragraph before; then headline and lead."""
        here = self._page.sentences[place]
        back = self._page.sentences[max(0, place - _FILLING_BACK) : place]
        near = [one for one in back if here.paragraph - one.paragraph <= 1]
        return self._page.words([(one.start, one.end) for one in near]) + " " + (self._opening if place else "")

    def _nearest(self, noted: list[tuple[int, int, Addressed]], place: int, sentences: int) -> Addressed:
        paragraph = self._page.sentences[place].paragraph
        for at, written, found in reversed(noted):
            if at <= place and place - at <= sentences and paragraph - written <= _PARAGRAPHS_BACK:
                return found
        return ()

    def referred(self, place: int) -> Addressed:
        """The propositions addressed nearest before that sentence; of several, the article's theme if it is there."""
        found = self._nearest(self._addressed, place, _SENTENCES_BACK)
        return tuple(one for one in found if one in self._theme) or found

    def spoken(self, place: int) -> frozenset[str]:
        """The propositions whose gaps earlier words may fill: those addressed lately, else the article's theme."""
        paragraph = self._page.sentences[place].paragraph
        lately = [
            proposition
            for at, written, found in self._addressed
            if place - at <= _SENTENCES_BACK and paragraph - written <= _PARAGRAPHS_BACK
            for proposition, _ in found
        ]
        return frozenset(lately or (proposition for proposition, _ in self._theme))

    def speak_of(self, place: int, words: str) -> Addressed:
        """What the sentence at that place speaks of, in its own words and those its open slots are filled from."""
        found = self._judge.addressed(words, Around(before=self.before(place), spoken=self.spoken(place)))
        if found and place < _LEAD and not self._theme and len(found) == 1:
            self._theme = found
        return found

    def surround(self, place: int, beside: str, actor: str | None, own: Addressed) -> Surroundings:
        """What a statement of that sentence points at; `beside` is the sentence without it, `own` what it speaks of."""
        framed = bool(_ASKED.search(beside))
        near = self._judge.addressed(beside, Around(actor=actor if framed else None))
        if near:
            return Surroundings(near, asked=framed)
        question = self._nearest(self._questions, place, 1) or (self._hinted(place, beside) if framed else ())
        if question:
            return Surroundings(question, asked=True)
        referred = own or self.referred(place)
        if referred:
            asked = framed and bool(_ABOUT_IT.search(beside))
            return Surroundings(referred, asked=asked, far=not own and self._left(place))
        return Surroundings(self._theme, far=place > _SENTENCES_BACK)

    def _hinted(self, place: int, beside: str) -> Addressed:
        """Of what was spoken of before, or the theme, that whose thing is named: "asked about technology"."""
        known = dict((*self._theme, *self.referred(place)))
        return tuple(one for one in known.items() if self._judge.touches(beside, one[0]))

    def _left(self, place: int) -> bool:
        """Whether somebody has just spoken of something else: then "it" is that."""
        paragraph = self._page.sentences[place].paragraph
        last = self._addressed[-1][0] if self._addressed else -1
        return any(last < at < place and written == paragraph for at, written in self._said)

    def note(self, place: int, words: str, addressed: Addressed, taken: Iterable[str], *, said: bool) -> None:
        """Remember what the sentence at that place spoke of, and whether somebody is asked about it there.

        `taken` are the propositions its claims took a stance on, though its bare words may name none: "it is a hoax".
        `said`: somebody said something there.
        """
        sides = dict(self.referred(place))
        found = addressed or tuple((one, sides.get(one, Stance.AFFIRMS)) for one in sorted(taken))
        if said:
            self._said.append((place, self._page.sentences[place].paragraph))
        if found:
            entry = (place, self._page.sentences[place].paragraph, found)
            self._addressed.append(entry)
            if _ASKED.search(words) and re.search(r"\b(?:asked|pressed|questioned|quizzed)\b", words, re.IGNORECASE):
                self._questions.append(entry)

    def spoke(self, holder: Holder, sentence: Sentence) -> None:
        """Remember who spoke in that sentence."""
        self._speaker = (holder, sentence.paragraph)

    def continued(self, sentence: Sentence, *, alone: bool) -> Holder | None:
        """Who a quotation without a speaker belongs to: the last one; of the same paragraph unless it stands alone."""
        reach = _PARAGRAPHS_BACK if alone else 0
        if self._speaker is None or sentence.paragraph - self._speaker[1] > reach:
            return None
        return self._speaker[0]
