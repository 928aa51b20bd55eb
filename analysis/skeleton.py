"""A sentence as a row of tokens with exact offsets, each quotation of speech folded into one token."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from news.quotations import Quotation
from news.sentences import Sentence

_TITLES = "Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Hon|St|Jr|Sr|No"
_TOKEN = re.compile(
    rf"(?:[A-Za-z]\.){{2,}}|\b(?:{_TITLES})\.|\b[A-Z]\.(?=[\s-])|\b(?:[A-Z]-)?[A-Z][a-z]{{0,4}}\.(?=,|\s+[a-z\d])"
    rf"|\d+(?:[.,]\d+)*(?:-[A-Za-z]\w*)*|\w+n't\b|\b[ODL]'[A-Z]\w+"
    r"|\w+(?:-\w+)*|'(?:s|re|ve|ll|d|m)\b|[^\w\s]"
)
_MARKS = set('"“”«»„')


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark, or (kind `q`) a whole quotation; `low` is the text in lower case."""

    text: str
    start: int
    end: int
    kind: str  # w | p | q
    low: str

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == "w" and self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The tokens of one sentence, its bounds, and the quotations of speech in it."""

    tokens: tuple[Token, ...]
    start: int
    end: int
    quotations: tuple[Quotation, ...]

    def low(self, at: int) -> str:
        """The token at that place in lower case, empty outside the sentence."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def kind(self, at: int) -> str:
        """The kind of the token at that place, empty outside the sentence."""
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def span(self, first: int, stop: int) -> tuple[int, int]:
        """Text bounds of the tokens from `first` up to, not including, `stop`."""
        return self.tokens[first].start, self.tokens[stop - 1].end

    def words(self, first: int, stop: int) -> str:
        """The tokens' texts in lower case, joined by blanks."""
        return " ".join(token.low for token in self.tokens[first:stop])


def _pieces(text: str, start: int, end: int) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        if word not in _MARKS:
            found.append(
                Token(
                    word, match.start(), match.end(), "w" if word[0].isalnum() or word[0] == "'" else "p", word.lower()
                )
            )
    return found


def build_skeleton(leveled: str, sentence: Sentence, quotations: Sequence[Quotation]) -> Skeleton:
    """The skeleton of a sentence of the levelled text (see `terms.level`)."""
    here = tuple(one for one in quotations if one.speech and sentence.start <= one.start < sentence.end)
    tokens: list[Token] = []
    at = sentence.start
    for one in here:
        tokens.extend(_pieces(leveled, at, one.start))
        tokens.append(Token(leveled[one.start : one.end], one.start, min(one.end, sentence.end), "q", ""))
        at = one.end
    tokens.extend(_pieces(leveled, at, sentence.end))
    kept = tuple(token for token in tokens if token.text != "'")
    return Skeleton(kept, sentence.start, sentence.end, here)
