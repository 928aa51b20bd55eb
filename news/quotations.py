"""Quotations of every style, by exact offsets: curly, straight, guillemets, single quotes, unclosed paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‹": "›", "「": "」"}
_PARAGRAPH = re.compile(r"[^\n]+")
_SPEECH_WORDS = 3  # from here on a quotation is speech, not a name or a scare quote
_BEFORE_OPENING = set(" \t([{—–-/\"'“‘«:,\u00a0")
_LONGEST_SINGLE = 600


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: `start`, `end` with its marks; `continues` one left unclosed in the paragraph before."""

    start: int
    end: int
    speech: bool
    continues: bool = False
    closed: bool = True
    marks: int = 1

    @property
    def inner(self) -> tuple[int, int]:
        """The words without the marks; a mark may be two characters, as in ''so''."""
        return self.start + self.marks, self.end - (self.marks if self.closed else 0)


def _opens(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return before in _BEFORE_OPENING and not after.isspace() and after not in ",.;:!?)"


def _closes_single(text: str, at: int, start: int, end: int) -> bool:
    after = text[at + 1] if at + 1 < end else " "
    return not text[at - 1].isspace() and at > start and not after.isalnum()


def _single_end(text: str, at: int, start: int, end: int, mark: str) -> int:
    """Where a quotation in single marks ends, or -1; an apostrophe inside a word or after a plural is none."""
    limit = min(end, at + _LONGEST_SINGLE)
    possible = -1
    for place in range(at + 2, limit):
        if text[place] == mark and _closes_single(text, place, start, end):
            if text[place - 1] in ",.!?;" or place + 1 >= end or text[place + 1] in ",.;:!?)":
                return place
            if text[place - 1] != "s" and possible < 0:
                possible = place
        elif text[place] in '"“”':
            break
    return possible


def _closing(text: str, at: int, end: int) -> int:
    """Where the quotation opened at `at` closes, nested ones of the same style counted; -1 when it does not."""
    mark = text[at]
    closers = _PAIRS.get(mark, mark)
    depth = 0
    for place in range(at + 1, end):
        char = text[place]
        if char in closers and not (mark == "„" and char == "“" and text[place - 1].isspace()):
            if depth == 0:
                return place
            depth -= 1
        elif char == mark and mark in _PAIRS:
            depth += 1
    return -1


def _straight_closing(text: str, at: int, end: int) -> int:
    for place in range(at + 1, end):
        if text[place] == '"' and not (text[place - 1].isspace() and place + 1 < end and text[place + 1].isalnum()):
            return place
    return -1


def _doubled_closing(text: str, at: int, end: int) -> int:
    """Where a quotation opened by two single marks closes, or -1; of three marks in a row the last two close it."""
    close = text.find("''", at + 2, end)
    return close + 1 if close >= 0 and text[close + 2 : close + 3] == "'" else close


def _is_speech(words: str) -> bool:
    return len(words.split()) >= _SPEECH_WORDS or words.rstrip().endswith((",", ".", "!", "?"))


def _find_in(text: str, start: int, end: int, *, unclosed_before: bool) -> list[Quotation]:
    found: list[Quotation] = []
    at = start
    while at < end:
        char = text[at]
        close, marks = -2, 1
        if text.startswith(("''", "``"), at) and _opens(text, at + 1, at + 1, end) and _opens(text, at, start, end):
            close, marks = _doubled_closing(text, at, end), 2
        elif char in _PAIRS:
            close = _closing(text, at, end)
        elif char == '"' and (_opens(text, at, start, end) or at == start):
            close = _straight_closing(text, at, end)
        elif char in "'‘" and _opens(text, at, start, end):
            close = _single_end(text, at, start, end, "’" if char == "‘" else "'")
            close = -2 if close < 0 else close
        if close == -2:  # noqa: PLR2004 - the mark above for "no quotation opens here"
            at += 1
            continue
        stop = close + marks if close >= 0 else end
        words = text[at + marks : close if close >= 0 else end]
        found.append(Quotation(at, stop, _is_speech(words), unclosed_before and at == start, close >= 0, marks))
        at = stop
    return found


def find_quotations(text: str) -> list[Quotation]:
    """Every quotation of the text in order; none crosses a paragraph (line), an unclosed one ends with its own."""
    found: list[Quotation] = []
    unclosed = False
    for paragraph in _PARAGRAPH.finditer(text):
        body = paragraph.group()
        start = paragraph.start() + len(body) - len(body.lstrip())
        end = paragraph.start() + len(body.rstrip())
        if start >= end:
            continue
        here = _find_in(text, start, end, unclosed_before=unclosed)
        found.extend(here)
        unclosed = bool(here) and not here[-1].closed
    return found
