"""What an article has spoken of so far: what "it", "the reports" and a quotation standing alone point back to."""

from __future__ import annotations

from analysis.page import Page
from analysis.roster import Holder
from analysis.sentences import Sentence
from news.topic import Stance

_SENTENCES_BACK = 4
_PARAGRAPHS_BACK = 2
_FILLING_BACK = 2  # sentences whose names may fill an open slot

Addressed = tuple[tuple[str, Stance], ...]


class Context:
    """The memory of one reading: the propositions addressed, the words just before, and who spoke last."""

    def __init__(self, page: Page, titled: Addressed) -> None:
        self._page = page
        self._titled = titled
        self._addressed: list[tuple[int, int, Addressed]] = []
        self._speaker: tuple[Holder, int] | None = None

    def before(self, place: int) -> str:
        """The sentences just before the one at that place, as far as the paragraph before."""
        here = self._page.sentences[place]
        back = self._page.sentences[max(0, place - _FILLING_BACK) : place]
        near = [one for one in back if here.paragraph - one.paragraph <= 1]
        return self._page.words([(one.start, one.end) for one in near])

    def referred(self, place: int) -> Addressed:
        """The propositions addressed nearest before that sentence, else those of the title near the article's head."""
        paragraph = self._page.sentences[place].paragraph
        for at, written, found in reversed(self._addressed):
            if place - at <= _SENTENCES_BACK and paragraph - written <= _PARAGRAPHS_BACK:
                return found
        return self._titled if place <= _SENTENCES_BACK else ()

    def note(self, place: int, found: Addressed) -> None:
        """Remember what the sentence at that place spoke of."""
        if found:
            self._addressed.append((place, self._page.sentences[place].paragraph, found))

    def spoke(self, holder: Holder, sentence: Sentence) -> None:
        """Remember who spoke in that sentence."""
        self._speaker = (holder, sentence.paragraph)

    def continued(self, sentence: Sentence, *, alone: bool) -> Holder | None:
        """Who a quotation without a speaker belongs to: the last one; of the same paragraph unless it stands alone."""
        reach = _PARAGRAPHS_BACK if alone else 0
        if self._speaker is None or sentence.paragraph - self._speaker[1] > reach:
            return None
        return self._speaker[0]
