"""Which paragraphs are questions, answers or items of a list, by the marks they begin with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from news.claim import Span

_PARAGRAPH = re.compile(r"[^\n]+")
_QUESTION = re.compile(r"\s*(?:Q|Question)\s?[.:)]\s+(?=\S)")
_ANSWER = re.compile(r"\s*(?:A|Answer)\s?[.:)]\s+(?=\S)")
_BULLET = re.compile(r"\s*[•▪◦‣·●■►➤]\s*(?=\S)")
# These begin other lines too ("- 30 -", "A. Brandt said"): they make a list only where two in a row have them.
_DASH = re.compile(r"\s*(?:[-*–—]{1,2}|\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})[.)])\s+(?=\S)")


class Turn(Enum):
    """What a paragraph is by its mark."""

    QUESTION = "question"
    ANSWER = "answer"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Turns:
    """The turn of each paragraph that is one, by its number (every line counts), and the marks they begin with."""

    kinds: dict[int, Turn] = field(default_factory=dict)
    marks: tuple[Span, ...] = ()
    asked: int | None = None  # where the first question begins


def find_turns(text: str) -> Turns:
    """The questions, answers and items of a text. Paragraphs between a mark and the next belong to the first."""
    lines = list(_PARAGRAPH.finditer(text))
    kinds: dict[int, Turn] = {}
    marks: list[Span] = []
    asked = _interview(lines, kinds, marks)
    _lists(lines, kinds, marks)
    return Turns(kinds, tuple(sorted(marks)), asked)


def _interview(lines: Sequence[re.Match[str]], kinds: dict[int, Turn], marks: list[Span]) -> int | None:
    """Takes down questions and answers, where there are both; returns where the first question begins."""
    found = [
        (number, turn, mark.span())
        for number, line in enumerate(lines)
        for turn, expression in ((Turn.QUESTION, _QUESTION), (Turn.ANSWER, _ANSWER))
        if (mark := expression.match(line.string, line.start(), line.end()))
    ]
    if {turn for _, turn, _ in found} != {Turn.QUESTION, Turn.ANSWER}:
        return None
    ends = [*(number for number, _, _ in found[1:]), found[-1][0] + 1]
    for (number, turn, begun), following in zip(found, ends, strict=True):
        marks.append(begun)
        kinds.update(dict.fromkeys(range(number, following), turn))
    return next((begun[0] for _, turn, begun in found if turn is Turn.QUESTION), None)


def _lists(lines: Sequence[re.Match[str]], kinds: dict[int, Turn], marks: list[Span]) -> None:
    """Takes down the items of lists; lines of blanks between two items are none."""
    dashed: list[tuple[int, Span]] = []
    for number, line in enumerate(lines):
        if not line.group().strip() or number in kinds:
            continue
        if bullet := _BULLET.match(line.string, line.start(), line.end()):
            kinds[number] = Turn.ITEM
            marks.append(bullet.span())
            continue
        dash = _DASH.match(line.string, line.start(), line.end())
        if dash:
            dashed.append((number, dash.span()))
        if not dash or number == len(lines) - 1:
            if len(dashed) > 1:
                kinds.update({one: Turn.ITEM for one, _ in dashed})
                marks.extend(mark for _, mark in dashed)
            dashed = []
