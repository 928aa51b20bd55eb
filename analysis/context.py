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

_SENTENCES_BACK = 6
_PARAGRAPHS_BACK = 2
_FAR = 4  # sentences below the head in which its theme is still near
_FILLING_BACK = 2  # sentences whose names may fill an open slot
_LEAD = 2  # sentences
_ASKED = re.compile(
    r"\b(?:(?:was|were|when|been|being|if) (?:\w+ )?(?:asked|pressed|questioned|quizzed)|[Aa]sked|[Pp]ressed (?:on"
    r"|about|whether)|questions? (?:\w+ ){0,4}?(?:about|on|whether|in connection with|concerning"
    r"|regarding)|(?:said|spoke|speaking|remarked) (?:\w+ )?(?:of|about|on)\b"
    r"|[Cc]ommenting on|to comment on|[Rr]eferring to|[Rr]esponding to|[Ii]n response to|[Rr]eplying to"
    r"|when (?:the )?(?:conversation|talk|discussion|questions?) turned to|when shown|[Rr]eacting to|[Aa]s (?:to"
    r"|for) whether|on whether|when told (?:of|about|that))"
)
_CHARGE = re.compile(
    r"\b(?:accus\w+|alleg\w+|charge[sd]?|blam\w+|reports?|claim\w*|suspect\w*|suspicions?|questions?|asked)\b",
    re.IGNORECASE,
)
_ABOUT_IT = re.compile(
    r"\b(?:about|on|of|to) (?:it|this|that|them|(?:the|these|those|such) (?:reports?|claims?|allegations?|matter"
    r"|subject))\b|\bwhether (?:it|that|this|they|(?:the|these|those|such) (?:subject|matter|issue|reports?|claims?"
    r"|allegations?|accounts?"
    r"|story|stories|assessments?|accusations?)) (?:is|are|was|were|had|has)\b"
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
        self._theme: Addressed = self._titled if len(self._titled) == 1 else ()
        self._opening = " ".join([title, *(page.words([(one.start, one.end)]) for one in page.sentences[:1])])
        self._addressed: list[tuple[int, int, Addressed]] = []
        self._said: list[tuple[int, int, str]] = []
        self._questions: list[tuple[int, int, Addressed]] = []
        self._took: dict[str, int] = {}
        self._speaker: tuple[Holder, int] | None = None

    def before(self, place: int) -> str:
        """The sentences just before the one at that place, as far as the paragraph before; then headline and lead."""
        here = self._page.sentences[place]
        back = self._page.sentences[max(0, place - _FILLING_BACK) : place]
        near = [one for one in back if here.paragraph - one.paragraph <= 1]
        return self._page.words([(one.start, one.end) for one in near]) + " " + (self._opening if place else "")

    def _near(self, noted: list[tuple[int, int, Addressed]], place: int, sentences: int) -> list[Addressed]:
        """What was noted shortly before, the nearest first."""
        paragraph = self._page.sentences[place].paragraph
        return [
            found
            for at, written, found in reversed(noted)
            if at <= place and place - at <= sentences and paragraph - written <= _PARAGRAPHS_BACK
        ]

    def referred(self, place: int) -> Addressed:
        """The propositions addressed nearest before that sentence; the article's theme if it was spoken of lately.

        Who calls the theme a breach of something has spoken of that in passing; "the reports" are still those before.
        """
        near = self._near(self._addressed, place, _SENTENCES_BACK)
        lately = {proposition for found in near for proposition, _ in found}
        return tuple(one for one in self._theme if one[0] in lately) or (near[0] if near else ())

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
        plain = len(found) == 1 and found[0][1] is not Stance.DENIES
        if plain and place < _LEAD and not self._theme:
            self._theme = found
        return found

    def lately(self, place: int) -> Addressed:
        """All propositions addressed shortly before that sentence, and the article's theme; the nearest first."""
        near = (*self._near(self._addressed, place, _SENTENCES_BACK), self._theme)
        return tuple({one[0]: one for found in reversed(near) for one in found}.values())

    def surround(self, place: int, beside: str, holder: Holder, own: Addressed) -> Surroundings:
        """What a statement of that sentence points at; `beside` is the sentence without it, `own` what it speaks of."""
        framed = bool(_ASKED.search(beside))
        near = self._judge.addressed(beside, Around(actor=holder.actor if framed else None))
        if near:
            return Surroundings(near, asked=framed)
        questions = self._near(self._questions, place, 1)
        hinted = self._hinted(place, beside) if framed else ()
        question = questions[0] if questions else hinted
        if question:
            return Surroundings(question, asked=True)
        referred = own or self.referred(place)
        if referred:
            asked = framed and bool(_ABOUT_IT.search(beside))
            return Surroundings(referred, asked=asked, far=not own and self._left(place, holder))
        return Surroundings(self._theme, far=place > _FAR)

    def _hinted(self, place: int, beside: str) -> Addressed:
        """Of what was spoken of before, or the theme, that whose thing is named: "asked about technology"."""
        known = dict((*self._theme, *self.referred(place)))
        return tuple(one for one in known.items() if self._judge.touches(beside, one[0]))

    def _left(self, place: int, holder: Holder) -> bool:
        """Whether something else has just been spoken of: then "it" is that.

        Who has spoken of it himself, or is quoted on and on, stays with it.
        """
        paragraph = self._page.sentences[place].paragraph
        last = self._addressed[-1][0] if self._addressed else -1
        if holder.name in self._took and place - self._took[holder.name] <= _SENTENCES_BACK:
            return False
        return any(last < at < place and written == paragraph and who != holder.name for at, written, who in self._said)

    def note(self, place: int, words: str, addressed: Addressed, taken: Iterable[str], said: Iterable[str]) -> None:
        """Remember what the sentence at that place spoke of, and whether somebody is asked about it there.

        `taken` are the propositions its claims took a stance on, though its bare words may name none: "it is a hoax".
        `said`: who was quoted there, or an empty name for what was only reported.
        """
        sides = dict(self.referred(place))
        found = addressed or tuple((one, sides.get(one, Stance.AFFIRMS)) for one in sorted(taken))
        self._said += [(place, self._page.sentences[place].paragraph, who) for who in said]
        # Warm words that go against a proposition are no report of it: "it is a canard" does not mean them.
        if not _CHARGE.search(words):
            themes = {one for one, _ in self._theme}
            found = tuple(one for one in found if one[1] is not Stance.DENIES or one[0] in themes)
        if found:
            entry = (place, self._page.sentences[place].paragraph, found)
            self._addressed.append(entry)
            if _ASKED.search(words) and re.search(r"\b(?:asked|pressed|questioned|quizzed)\b", words, re.IGNORECASE):
                self._questions.append(entry)

    def took(self, place: int, holder: str) -> None:
        """Remember that somebody spoke of a proposition in the sentence at that place."""
        self._took[holder] = place

    def spoke(self, holder: Holder, sentence: Sentence) -> None:
        """Remember who spoke in that sentence."""
        self._speaker = (holder, sentence.paragraph)

    def continued(self, sentence: Sentence, *, alone: bool) -> Holder | None:
        """Who a quotation without a speaker belongs to: the last one; of the same paragraph unless it stands alone."""
        reach = _PARAGRAPHS_BACK if alone else 0
        if self._speaker is None or sentence.paragraph - self._speaker[1] > reach:
            return None
        return self._speaker[0]
