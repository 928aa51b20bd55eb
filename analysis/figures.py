"""Numbers in a claim, with what they count and their bounds."""

from __future__ import annotations

import re

from news.claim import Figure
from news.vocabulary import word_set

_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "a dozen": 12,
    "dozen": 12,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "a hundred": 100,
    "a thousand": 1000,
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9, "m": 1e6, "bn": 1e9}
_NUMBER = rf"(?:\d+(?:,\d{{3}})+|\d+(?:\.\d+)?|{'|'.join(_WORDS)})"
_FIGURE = re.compile(
    rf"(?<![\w.$€£-])(?P<how>more than|over|at least|upwards? of|no fewer than|as many as|up to"
    rf"|at most|fewer than|less than"
    rf"|nearly|almost|about|around|some|approximately|roughly|between|an estimated)?\s*(?P<low>{_NUMBER})"
    rf"(?:\s*(?:to|and|-|–)\s*(?P<high>{_NUMBER}))?(?:\s+(?P<scale>hundred|thousand|million|billion)\b)?"
    r"\s+(?P<unit>(?:[a-z-]+\s+){0,3}?[a-z-]{3,}s|(?:[A-Z][a-z]+(?:\s[A-Z][a-z]+)?\s+)(?:[a-z-]+\s+)?[a-z-]{3,}s"
    r"|(?:[a-z-]+\s+)?(?:personnel|people|men|women|artillery|ammunition|ordnance|staff))\b",
)
_UNITLESS = re.compile(
    r"\b(?:years?|months?|weeks?|days?|hours?|minutes?|times|percent|others|miles|kilometers|kilometres)$"
)
_LINKS = word_set("of in to from that who which is are was were has have had the and or as by with for on at")
_ABOVE = frozenset(["more than", "over", "at least", "upward of", "upwards of", "no fewer than"])
_BELOW = frozenset(["up to", "as many as", "at most", "fewer than", "less than", "nearly", "almost"])


def _value(word: str, scale: str | None) -> float:
    plain = word.lower().replace(",", "")
    number = float(_WORDS[plain]) if plain in _WORDS else float(plain)
    return number * _SCALES[scale.lower()] if scale else number


def _unit(words: str) -> str | None:
    kept = words.split()
    if any(word in _LINKS for word in kept) and kept[0] != "of":
        cut = next(place for place, word in enumerate(kept) if word in _LINKS)
        kept = kept[:cut]
    if kept[:1] == ["of"]:
        kept = kept[1:]
    unit = kept[-1].lower() if kept else ""
    return None if not unit or _UNITLESS.search(unit) or len(unit) < 3 else unit  # noqa: PLR2004 - no unit is shorter


def read_figures(text: str) -> tuple[Figure, ...]:
    """Every counted thing of the text; "up to" gives the upper bound only, "more than" the lower, a range both.

    The unit is the counted noun as written, in lower case. Durations, distances, shares and years are no figures.
    """
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        unit = _unit(match["unit"])
        if unit is None:
            continue
        low = _value(match["low"], match["scale"])
        how = (match["how"] or "").lower()
        if match["high"]:
            high = _value(match["high"], match["scale"])
            if high >= low:
                found.append(Figure(unit, high, low, high))
            continue
        found.append(Figure(unit, low, low if how in _ABOVE else None, low if how in _BELOW else None))
    return tuple(found)
