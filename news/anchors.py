"""Names and numbers of a text in order: what rewording leaves alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CAPITAL = re.compile(r"(?<![^\W_])(?:[^\W\d_a-z]|\d)[^\W_]*(?:[.,]\d+)*(?:['\u2019][a-z]+)?")
_MOST_ASKED = 1000  # first words; each costs a look at the whole text, and of an endless list no more is asked
_OPENING = "\"'“\u2018«(["
_CLOSING = "\"'”\u2019»)]"
_BEHIND = ".,;:!?" + _CLOSING
_ENDS = frozenset([".", "!", "?", "…"])
_POSSESSIVE = ("'s", "\u2019s")
# Words that stand in capitals for their place or as forms of address, not as names.
_PLAIN = frozenset(
    (
        *("a", "an", "and", "as", "at", "but", "by", "for", "from", "he", "her", "his", "how", "i", "if", "in", "it"),
        *("its", "many", "meanwhile", "more", "mr", "mrs", "ms", "no", "not", "of", "on", "one", "or", "our", "she"),
        *("so", "some", "such", "that", "the", "their", "then", "there", "these", "they", "this", "those", "to", "we"),
        *("what", "when", "where", "which", "while", "who", "why", "with", "you", "yet"),
    )
)


Name = tuple[str, bool]
"""A name or number, and whether it stands in capitals anyhow where a sentence begins before it."""


def anchors_of(text: str) -> tuple[str, ...]:
    """Words in capitals that are names, and numbers, in order; lower case, numbers without commas.

    The first word of a sentence is in capitals anyhow: it counts when the text never has it in small letters.
    """
    found: list[str] = []
    small: dict[str, bool] = {}
    for line in text.split("\n"):
        begins = True
        for piece in line.split():
            names, ends = _pieces[piece]
            for name, leads in names:
                if begins and leads and name not in small and len(small) < _MOST_ASKED:
                    small[name] = _stands_in(name, text)
                if not (begins and leads and small.get(name)):
                    found.append(name)
            begins = ends
    return tuple(found)


class _Pieces(dict[str, tuple[tuple[Name, ...], bool]]):
    """What stands between two spaces: the names and numbers in it, and whether a sentence ends with it; kept."""

    def __missing__(self, piece: str) -> tuple[tuple[Name, ...], bool]:
        if len(self) >= _KEPT:
            self.clear()
        # The pattern is slow, and needed where there are capitals or digits.
        names = () if piece.islower() and piece.rstrip(_BEHIND).isalpha() else tuple(_names_in(piece))
        made = self[piece] = names, piece.rstrip(_CLOSING)[-1:] in _ENDS
        return made


_KEPT = 200_000
_pieces = _Pieces()


def _names_in(piece: str) -> Iterator[Name]:
    for match in _CAPITAL.finditer(piece):
        word = match[0]
        stem = word[:-2] if word.endswith(_POSSESSIVE) else word
        plain = stem.lower()
        if stem[0].isdecimal():
            yield stem.replace(",", ""), False
        elif stem[0].isupper() and plain not in _PLAIN:
            yield plain, not piece[: match.start()].rstrip(_OPENING)


def _stands_in(word: str, text: str) -> bool:
    """Whether a word stands in a text in just these letters, a hyphen or mark beside it or not."""
    at = text.find(word)
    while at >= 0:
        around = text[max(0, at - 1) : at], text[at + len(word) : at + len(word) + 1]
        if not any(mark.isalnum() or mark == "_" for mark in around):
            return True
        at = text.find(word, at + 1)
    return False
