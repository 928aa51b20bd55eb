"""A text cut into segments by what its claims mark in it: who speaks, by which words, and what is said.

Spans nest and overlap: an inner claim's holder stands inside what the outer one says. Cutting at every bound leaves
segments in which nothing changes, so whoever shows them needs no nesting of its own.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, pairwise
from operator import attrgetter

from news.article import Exclusion
from news.claim import Claim, Span

_BREAK = re.compile("\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")  # as str.splitlines


class Role(StrEnum):
    """What a span is to its claim."""

    SOURCE = "source"
    CUE = "cue"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One claim's span at a place in the text; `claim` is the claim's number, from 1 in the order they were given."""

    claim: int
    role: Role


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one line in which nothing changes, never empty: `text[start:end]`.

    `line` is its line's number, from 0. `marks` are those over it, by claim. `opens` are the numbers of the claims
    that begin with it. `depth` is how many different contents lie over each other in it. `excluded` is why it is not
    read, None where it is.
    """

    start: int
    end: int
    line: int
    marks: tuple[Mark, ...] = ()
    opens: tuple[int, ...] = ()
    depth: int = 0
    excluded: str | None = None

    @property
    def roles(self) -> frozenset[Role]:
        """What it is to any claim."""
        return frozenset(mark.role for mark in self.marks)


Line = tuple[Segment, ...]
"""The segments of one line, in order."""


@dataclass(frozen=True, slots=True)
class _Over:
    """Something that lies over part of the text: a claim's span, or (without a mark) an excluded range."""

    start: int
    end: int
    mark: Mark | None = None
    content: tuple[Span, ...] = ()
    why: str = ""


def cut(text: str, claims: Sequence[Claim], excluded: Iterable[Exclusion] = ()) -> tuple[Segment, ...]:
    """The segments of a text in order: all of it but its line breaks, cut at every bound of a span or range.

    What lies outside the text is left out. Each claim's number opens one segment, if the text has any: the one where
    its first span begins, or its evidence where it has no span.
    """
    over = sorted(_over(len(text), claims, excluded), key=attrgetter("start"))
    opening = _openings(claims, over)
    waiting, numbers = deque(over), deque(opening)
    bounds = {bound for one in over for bound in (one.start, one.end)} | {place for place, _ in opening}
    active: list[_Over] = []
    segments: list[Segment] = []
    for line, start, end in _stretches(text, sorted(bounds)):
        while waiting and waiting[0].start <= start:
            active.append(waiting.popleft())
        active = [one for one in active if one.end > start]
        opens: list[int] = []
        while numbers and numbers[0][0] < end:
            opens.append(numbers.popleft()[1])
        segments.append(_segment(start, end, line, active, tuple(opens)))
    if segments and numbers:
        rest = tuple(number for _, number in numbers)
        segments[-1] = replace(segments[-1], opens=segments[-1].opens + rest)
    return tuple(segments)


def paragraphs(text: str, segments: Iterable[Segment]) -> tuple[tuple[Line, ...], ...]:
    """The lines of each paragraph; without an empty line anywhere in the text, each line is a paragraph.

    A line of nothing but spaces is empty, and in no paragraph.
    """
    lines = [tuple(line) for _, line in groupby(segments, attrgetter("line"))]
    told = [line for line in lines if any(one.opens or not text[one.start : one.end].isspace() for one in line)]
    if all(later[0].line == earlier[0].line + 1 for earlier, later in pairwise(told)):
        return tuple((line,) for line in told)
    # Neighbours differ by as much as their places in the list do: the difference changes where a line was left out.
    numbered = groupby(enumerate(told), lambda item: item[1][0].line - item[0])
    return tuple(tuple(line for _, line in group) for _, group in numbered)


def _over(length: int, claims: Sequence[Claim], excluded: Iterable[Exclusion]) -> Iterator[_Over]:
    for number, claim in enumerate(claims, 1):
        for role, spans in ((Role.SOURCE, claim.source), (Role.CUE, claim.cue), (Role.CONTENT, claim.content)):
            for start, end in spans:
                if 0 <= start < min(end, length):
                    yield _Over(start, min(end, length), Mark(number, role), claim.content)
    for one in excluded:
        if 0 <= one.start < min(one.end, length):
            yield _Over(one.start, min(one.end, length), why=one.why)


def _openings(claims: Sequence[Claim], over: Iterable[_Over]) -> list[tuple[int, int]]:
    """Where each claim begins, and its number, in order."""
    first: dict[int, int] = {}
    for one in over:
        if one.mark:
            first.setdefault(one.mark.claim, one.start)
    return sorted((first.get(number, claim.start), number) for number, claim in enumerate(claims, 1))


def _stretches(text: str, bounds: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The number of a line, the start and the end of each stretch between two bounds or ends of the line."""
    start = 0
    waiting = deque(bounds)
    breaks = [*(found.span() for found in _BREAK.finditer(text)), (len(text), len(text))]
    for line, (end, following) in enumerate(breaks):
        places = [start]
        while waiting and waiting[0] < end:
            place = waiting.popleft()
            if place > start:
                places.append(place)
        yield from ((line, one, other) for one, other in pairwise([*places, end]) if one < other)
        start = following


def _segment(start: int, end: int, line: int, active: Sequence[_Over], opens: tuple[int, ...]) -> Segment:
    contents = {one.content for one in active if one.mark and one.mark.role is Role.CONTENT}
    return Segment(
        start,
        end,
        line,
        marks=tuple(sorted({one.mark for one in active if one.mark})),
        opens=opens,
        depth=len(contents),
        excluded=next((one.why for one in active if one.mark is None), None),
    )
