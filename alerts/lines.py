"""Lines of a plain-text digest: wrapped by the width a terminal gives each character."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

WIDTH = 78


def width(text: str) -> int:
    """The columns a terminal gives the text: two for a wide character (Unicode UAX #11), none for a combining one."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, indent: str = "", hanging: str | None = None, most: int = WIDTH) -> str:
    """The text in lines of at most `most` columns, the first led by `indent`, the others by `hanging` (default: same).

    A word longer than a line is broken, but an address never: it stands on a line of its own, so it can be followed.
    """
    rest = indent if hanging is None else hanging
    lines: list[str] = []
    line, empty = indent, True
    for word in _pieces(text.split(), most - max(width(indent), width(rest))):
        if not empty and width(line) + 1 + width(word) > most:
            lines.append(line)
            line, empty = rest, True
        line += word if empty else f" {word}"
        empty = False
    return "\n".join([*lines, line.rstrip()])


def _pieces(words: list[str], room: int) -> Iterator[str]:
    for word in words:
        if width(word) <= room or "://" in word:
            yield word
            continue
        piece = ""
        for character in word:
            if piece and width(piece) + _columns(character) > room:
                yield piece
                piece = ""
            piece += character
        yield piece


def rule(character: str = "─", most: int = WIDTH) -> str:
    """A line across the page."""
    return character * most
