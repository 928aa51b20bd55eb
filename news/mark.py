"""The analyst's marks: their word on a finding, a claim or a holder. The newest word on a thing holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.identity import stable_id


class Word(StrEnum):
    """What is said. `noise` and `known`: true, but not worth telling, or no news to us."""

    RIGHT = "right"
    WRONG = "wrong"
    NOISE = "noise"
    KNOWN = "known"
    SAME_AS = "same_as"
    APART_FROM = "apart_from"
    UNDONE = "undone"


class SubjectKind(StrEnum):
    """What it is said of."""

    FINDING = "finding"
    CLAIM = "claim"
    HOLDER = "holder"


WORDS = {
    SubjectKind.FINDING: frozenset([Word.RIGHT, Word.WRONG, Word.NOISE, Word.KNOWN]),
    SubjectKind.CLAIM: frozenset([Word.RIGHT, Word.WRONG]),
    SubjectKind.HOLDER: frozenset([Word.SAME_AS, Word.APART_FROM]),
}
"""What can be said of what; anything said can be undone."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a mark is on: a finding or claim by its id, or a holder by the name, with `other` of two holders.

    `said` is the marked sentence (None: of holders). Of a claim, `article_id`, `holder` (as read) and `stances` (the
    sides it takes, as text) make the mark hold for the same claim read again, whatever its id is then.
    """

    kind: SubjectKind
    id: str
    other: str | None = None
    said: str | None = None
    article_id: str | None = None
    holder: str | None = None
    stances: str | None = None

    @property
    def thing(self) -> str:
        """Equal for marks of which the newer takes the older's place."""
        if self.kind is SubjectKind.CLAIM:
            return stable_id("said", self.article_id, self.holder, self.said, self.stances)
        return stable_id(self.kind.value, *sorted([self.id, self.other or ""]))


@dataclass(frozen=True, slots=True)
class Mark:
    """One word of the analyst's; `number` counts them, 1 is the first."""

    number: int
    recorded_at: datetime
    subject: Subject
    word: Word
    because: str | None = None
