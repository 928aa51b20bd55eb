"""Numbers as texts write them, in digits and in words: "2.5m", "half a million", "tens of thousands"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from news.quantities import CURRENCIES, MOST_DIGITS, NUMBER_WORDS, SCALES
from news.vocabulary import word_set

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|_")
_GLUED = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_SPACED = {word: scale for word, scale in SCALES.items() if len(word) > 2}  # noqa: PLR2004 - "3 m" are metres
_PLURALS = {"dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2e3, "millions": 2e6, "billions": 2e9}
_FEW = word_set("several few many couple")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark of a text, with its place."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """In lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the place behind it: its value, or a lower bound where only an order of magnitude is told.

    `scaled` has a word or letter of scale in it; `plain` is digits alone, as a year or a label is written.
    """

    value: float | None
    low: float | None
    end: int
    scaled: bool = False
    plain: bool = False


def tokens_of(text: str) -> list[Token]:
    """The text's words, numbers and marks in order."""
    return [Token(found[0], *found.span()) for found in _TOKEN.finditer(text)]


def number_at(text: str, tokens: list[Token], at: int) -> Number | None:
    """The number that begins at a token; None for none, and for digits that belong to a name, a time or money."""
    first = tokens[at]
    if first.text[0].isdecimal():
        return _digits(text, tokens, at)
    return _worded(tokens, at)


def _belongs(text: str, token: Token, before: str) -> bool:
    """Whether digits belong to money, a word ("KN-23"), a time or a fraction."""
    money = text[max(0, token.start - 2) : token.start].strip()[-1:]
    if (money and money in CURRENCIES) or (before and (before.isalnum() or before in "._/:#'’")):
        return True
    if before and before in "-‐‑–" and text[max(0, token.start - 2) : token.start - 1].isalpha():
        return True
    behind = text[token.end : token.end + 2]
    return behind[:1] in (":", "/") and behind[1:].isdecimal()


def _digits(text: str, tokens: list[Token], at: int) -> Number | None:
    token = tokens[at]
    before = text[token.start - 1 : token.start]
    if _belongs(text, token, before):
        return None
    digits = token.text.replace(",", "")
    if len(digits) > MOST_DIGITS:
        return None
    value, end, scaled = float(digits), at + 1, False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and following.start == token.end and following.text[0].isalpha():
        if following.low not in _GLUED:
            return None  # "152mm", "9th"
        value, end, scaled = value * _GLUED[following.low], at + 2, True
    while end < len(tokens) and tokens[end].low in _SPACED:
        value, end, scaled = value * SCALES[tokens[end].low], end + 1, True
    if end < len(tokens) and tokens[end].low in ("dozen", "score") and text[token.end : tokens[end].start].isspace():
        value, end = value * (12 if tokens[end].low == "dozen" else 20), end + 1
    plain = not scaled and "," not in token.text
    return Number(value, None, end, scaled, plain)


def low_at(tokens: list[Token], at: int) -> str:
    """The word at that place in lower case; empty behind the end."""
    return tokens[at].low if at < len(tokens) else ""


def _worded(tokens: list[Token], at: int) -> Number | None:
    """A number in words: "two hundred and fifty", "half a million", "tens of thousands", "several thousand"."""
    word, following = low_at(tokens, at), low_at(tokens, at + 1)
    if word in ("tens", "hundreds") and following == "of" and low_at(tokens, at + 2) in ("thousands", "millions"):
        times = 10 if word == "tens" else 100
        return Number(None, times * _PLURALS[low_at(tokens, at + 2)], at + 3, scaled=True)
    if word in _PLURALS:
        return Number(None, _PLURALS[word], at + 1, scaled=True)
    if word == "half" and following in ("a", "an") and low_at(tokens, at + 2) in {*_SPACED, "dozen"}:
        return Number(0.5 * _scale(low_at(tokens, at + 2)), None, at + 3, scaled=True)
    if word in _FEW:
        return _few(tokens, at)
    return _one_and_more(tokens, at + 1) if word in ("a", "an") else _summed(tokens, at)


def _scale(word: str) -> float:
    return 12.0 if word == "dozen" else SCALES[word]


def _few(tokens: list[Token], at: int) -> Number | None:
    step = at + 1
    while low_at(tokens, step) == "of":
        step += 1
    scale = low_at(tokens, step)
    if scale not in _SPACED and scale != "dozen":
        return None
    if low_at(tokens, at) == "couple":
        return Number(2 * _scale(scale), None, step + 1, scaled=True)
    end, size = step + 1, _scale(scale)
    while low_at(tokens, end) in _SPACED:
        size, end = size * SCALES[low_at(tokens, end)], end + 1
    return Number(None, 2 * size, end, scaled=True)


def _one_and_more(tokens: list[Token], at: int) -> Number | None:
    """“a hundred”, "a dozen", "a million and a half", "a few hundred", "a couple of thousand"; at is behind the "a"."""
    word = low_at(tokens, at)
    if word in ("few", "couple"):
        return _few(tokens, at)
    if word not in _SPACED and word not in ("dozen", "score"):
        return None
    size, end = 20.0 if word == "score" else _scale(word), at + 1
    while low_at(tokens, end) in _SPACED:
        size, end = size * SCALES[low_at(tokens, end)], end + 1
    if [low_at(tokens, end + step) for step in range(3)] == ["and", "a", "half"]:
        size, end = 1.5 * size, end + 3
    return Number(size, None, end, scaled=True)


def _summed(tokens: list[Token], at: int) -> Number | None:
    total, group, end, scaled = 0.0, 0.0, at, False
    while end < len(tokens):
        word = tokens[end].low
        if word in NUMBER_WORDS and word != "dozen":
            group += NUMBER_WORDS[word]
        elif word == "one" and low_at(tokens, end + 1) in _SPACED:
            group += 1
        elif word == "dozen" and group:
            group, scaled = group * 12, True
        elif word == "hundred" and group:
            group, scaled = group * 100, True
        elif word in _SPACED and group:
            total, group, scaled = total + group * SCALES[word], 0.0, True
        elif not (word in ("and", "-") and end > at and _goes_on(tokens, end)):
            break
        end += 1
    return Number(total + group, None, end, scaled) if end > at else None


def _goes_on(tokens: list[Token], at: int) -> bool:
    """Whether "two hundred and …" or "twenty-…" goes on with a smaller number."""
    before, following = low_at(tokens, at - 1), low_at(tokens, at + 1)
    if following not in NUMBER_WORDS or following == "dozen":
        return False
    if tokens[at].text == "-":
        return 20 <= NUMBER_WORDS.get(before, 0) <= 90 and NUMBER_WORDS[following] < 10  # noqa: PLR2004 - "twenty-five"
    return before in ("hundred", "thousand")


def digits_at(tokens: list[Token], at: int) -> Number | None:
    """The digits behind the dash of a range."""
    token = tokens[at]
    if not token.text[0].isdecimal() or len(token.text) > MOST_DIGITS:
        return None
    value, end, scaled = float(token.text.replace(",", "")), at + 1, False
    following = tokens[end] if end < len(tokens) else None
    if following is not None and following.start == token.end and following.low in _GLUED:
        value, end, scaled = value * _GLUED[following.low], end + 1, True
    while end < len(tokens) and tokens[end].low in _SPACED:
        value, end, scaled = value * SCALES[tokens[end].low], end + 1, True
    return Number(value, None, end, scaled, not scaled and "," not in token.text)


def unscaled(tokens: list[Token], at: int) -> float | None:
    """What stands before the scale: the 4 of "4 million", the "three" of "three thousand"."""
    token = tokens[at]
    if token.text[0].isdecimal():
        return float(token.text.replace(",", ""))
    return float(NUMBER_WORDS[token.low]) if token.low in NUMBER_WORDS else None
