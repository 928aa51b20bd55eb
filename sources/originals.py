"""The day on which, as a page says, its text was first published elsewhere."""

from __future__ import annotations

import re

from sources.moments import DAY_PATTERN, Moment, read_moment

_FIRST = re.compile(
    r"(?:^\W{0,3}|\bthis (?:article|story|piece|post|report|column|essay|text|interview|version|dispatch)\b.{0,40}?)"
    r"\b(?:originally|first|initially)\s+(?:appeared|published|posted|ran|aired|broadcast)\b"
    rf"(?:[^\n.!?]|\.(?=\S)){{0,80}}?\b(?:on|in|at|dated|,|:)?\s*\(?(?P<day>{DAY_PATTERN})",
    re.IGNORECASE | re.MULTILINE,
)
_WITHIN = 1_500  # characters of a text's start and end, where such lines stand


def find_original_day(text: str) -> Moment | None:
    """The day in "originally published (by X) on March 3, 2024", "first appeared in X on 2024-03-03"."""
    parts = (text,) if len(text) <= 2 * _WITHIN else (text[-_WITHIN:], text[:_WITHIN])
    for part in parts:
        for match in _FIRST.finditer(part):
            if moment := read_moment(match["day"]):
                return moment
    return None
