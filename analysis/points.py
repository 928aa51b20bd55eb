"""Points of a series of figures: one number, by one holder, on one day; and what becomes of a series by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import inf

from analysis.counted import is_other
from analysis.ledger import LOWEST
from news.claim import Figure, LedgerClaim
from news.spelling import name_key
from news.topic import Proposition, Topic


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a line: who gave it when."""

    on: date
    said: LedgerClaim
    figure: Figure

    @property
    def holder(self) -> str:
        """One key for all spellings of the holder."""
        return name_key(self.said.claim.holder)

    @property
    def value(self) -> float:
        """The number itself; only figures that tell one make points."""
        return self.figure.value or 0.0

    @property
    def least(self) -> float:
        """The lowest number it allows for."""
        low, high = self.figure.low, self.figure.high
        return low if low is not None else 0.0 if high is not None else self.value

    @property
    def most(self) -> float:
        """The highest number it allows for."""
        low, high = self.figure.low, self.figure.high
        return high if high is not None else inf if low is not None else self.value

    def excludes(self, other: Point) -> bool:
        """Whether the two cannot both be right, roundings aside."""
        apart = self.most < other.least or other.most < self.least
        return apart and is_other(self.figure, other.figure)

    def of_side(self, other: Point) -> bool:
        """Whether one holder, or one actor, gave both."""
        mine, theirs = self.said.claim.actor, other.said.claim.actor
        return self.holder == other.holder or (mine is not None and mine == theirs)

    def may_correct(self, other: Point) -> bool:
        """Whether the number is that of the same holder, or of one of his side and no lower rank."""
        mine, theirs = self.said.claim.rank, other.said.claim.rank
        ranked = (LOWEST if mine is None else mine) <= (LOWEST if theirs is None else theirs)
        return self.holder == other.holder or (self.of_side(other) and ranked)


@dataclass(frozen=True, slots=True)
class Event:
    """What a day did to a line: it moved from `before` to `after`, or the two differ on it."""

    before: Point
    after: Point
    moved: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What a series counts on a proposition: "troops", "troops killed"."""

    proposition: Proposition
    topic: Topic
    name: str

    @property
    def key(self) -> str:
        """The line's own name among all."""
        return f"{self.proposition.id}/{self.name}"
