"""Which sentence of one text answers which of another, and where two sentences differ.

Sentences are paired in order by the longest chain of likenesses (as in Gale and Church, "A program for aligning
sentences", 1993, but by words in common instead of lengths); words by the longest matching blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from news.quotations import find_quotations
from news.sentences import find_sentences

_TOKEN = re.compile(r"[^\W_]+(?=n['\u2019]t\b)|n['\u2019]t\b|[^\W_]+(?:[.,]\d+)*(?:['\u2019][a-z]+)?")
LIKE = 0.3
"""Words in common, of all words of both, from which two sentences can be one sentence told again."""
_INSIDE = 0.8  # of the shorter one's words, when it is a part of the longer
_INSIDE_WORTH = 0.6  # so that a whole likeness goes before a part
_LEAST_INSIDE = 5  # words
_MOST_WORK = 6_000_000  # words of one text times sentences of the other: seconds
_MOST = 600  # sentences; of longer texts only the first so many are paired: the cost is the length squared


@dataclass(frozen=True, slots=True)
class Token:
    """One word: in lower case without its possessive, as written, and where it stands."""

    low: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Unit:
    """One sentence of a text with its words. `alone`: it is a whole paragraph."""

    text: str
    alone: bool = False

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words in order; "don't" is two of them."""
        return tuple(
            Token(_low(match[0]), match[0], match.start(), match.end()) for match in _TOKEN.finditer(self.text)
        )

    @cached_property
    def lows(self) -> tuple[str, ...]:
        """The words in lower case."""
        return tuple(token.low for token in self.tokens)

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The different words."""
        return frozenset(self.lows)

    @cached_property
    def noted(self) -> dict[str, Any]:
        """What rules have found in it already, by their names: each looks once, however many gaps there are."""
        return {}

    def cut(self, first: int, end: int) -> str:
        """The text from one word up to another, as written; empty for none."""
        return self.text[self.tokens[first].start : self.tokens[end - 1].end] if first < end else ""


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between words that both sentences have: `before` and `after` are ranges of their words."""

    before: tuple[int, int]
    after: tuple[int, int]


def _low(word: str) -> str:
    return word.lower().replace("\u2019", "'").removesuffix("'s")


def units_of(text: str) -> list[Unit]:
    """The sentences of a text, quotations kept whole."""
    found = find_sentences(text, find_quotations(text))
    numbers = Counter(one.paragraph for one in found)
    return [Unit(text[one.start : one.end], numbers[one.paragraph] == 1) for one in found[:_MOST]]


def likeness(one: Unit, other: Unit) -> float:
    """How much two sentences have in common, 0 to 1; 0 below what makes them one sentence told again."""
    shared = len(one.distinct & other.distinct)
    if not shared:
        return 0.0
    whole = shared / len(one.distinct | other.distinct)
    if whole >= LIKE:
        return whole
    shorter = min(len(one.distinct), len(other.distinct))
    inside = shared / shorter
    return _INSIDE_WORTH * inside if inside >= _INSIDE and shorter >= _LEAST_INSIDE else 0.0


def align(before: Sequence[Unit], after: Sequence[Unit]) -> list[tuple[int, int]]:
    """The pairs of sentences that answer each other, as places, in order: the chain of the greatest likeness."""
    if sum(len(one.distinct) for one in before) * max(1, len(after)) > _MOST_WORK:
        return []
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    like = [[likeness(one, other) for other in after] for one in before]
    for row in range(len(before) - 1, -1, -1):
        for column in range(len(after) - 1, -1, -1):
            skip = max(best[row + 1][column], best[row][column + 1])
            worth = like[row][column]
            best[row][column] = max(skip, worth + best[row + 1][column + 1]) if worth else skip
    pairs, row, column = [], 0, 0
    while row < len(before) and column < len(after):
        worth = like[row][column]
        if worth and best[row][column] == worth + best[row + 1][column + 1]:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def gaps(before: Unit, after: Unit) -> list[Gap]:
    """Where the two sentences differ, word by word, in order."""
    matcher = SequenceMatcher(None, before.lows, after.lows, autojunk=False)
    return [Gap((i, j), (k, m)) for kind, i, j, k, m in matcher.get_opcodes() if kind != "equal"]


def kept(before: Unit, after: Unit, found: Sequence[Gap]) -> float:
    """The share of the shorter sentence's words that stand in the other one in the same order, 0 to 1."""
    lost = sum(gap.before[1] - gap.before[0] for gap in found)
    return (len(before.lows) - lost) / max(1, min(len(before.lows), len(after.lows)))
