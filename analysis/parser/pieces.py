"""Words cut into word pieces (WordPiece: Schuster and Nakajima 2012, as BERT's uncased models do it)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

UNKNOWN, OPENS, CLOSES = "[UNK]", "[CLS]", "[SEP]"
_LONGEST = 40  # characters; a longer word is one unknown piece
_KEPT = 200_000  # words remembered


def _is_mark(char: str) -> bool:
    """Whether a character is a piece by itself, as in BERT's basic tokenizer."""
    return unicodedata.category(char)[0] in "PS" or char in "$+<=>^`|~"


def _runs(word: str) -> list[str]:
    """The lower-case word without accents, cut at every mark."""
    plain = "".join(char for char in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(char) != "Mn")
    runs: list[str] = []
    grown = False
    for char in plain:
        if _is_mark(char):
            runs.append(char)
            grown = False
        elif grown:
            runs[-1] += char
        else:
            runs.append(char)
            grown = True
    return runs


class Pieces:
    """The pieces of words by a fixed list; remembers the words it has cut."""

    def __init__(self, pieces: Iterable[str]) -> None:
        """Takes the pieces in the order of their numbers."""
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self.unknown, self.opens, self.closes = (self._numbers[one] for one in (UNKNOWN, OPENS, CLOSES))
        self._known: dict[str, tuple[int, ...]] = {}

    def cut(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces, at least one."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            runs = _runs(word) if len(word) <= _LONGEST else []
            found = tuple(number for run in runs for number in self._run(run)) or (self.unknown,)
            self._known[word] = found
        return found

    def _run(self, run: str) -> tuple[int, ...]:
        numbers = []
        start = 0
        while start < len(run):
            for end in range(len(run), start, -1):
                number = self._numbers.get(run[start:end] if start == 0 else f"##{run[start:end]}")
                if number is not None:
                    numbers.append(number)
                    start = end
                    break
            else:
                return (self.unknown,)
        return tuple(numbers)


def letters(word: str) -> int:
    """How a word is written, 0 to 8: what an uncased vocabulary does not see."""
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 4
    if word.istitle():
        return 2
    if word.isdigit():
        return 5
    if any(char.isdigit() for char in word):
        return 6
    return 7 if any(char.isalpha() for char in word) else 8


KINDS_OF_LETTERS = 9
