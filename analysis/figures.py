"""Figures of a text: numbers with what they count, their bounds, what has become of it, and whether it is so yet.

amounts ──▶ each with its clause ──▶ its noun (own, of the count, or left out) ──▶ fate, increment, plan ──▶ figures
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.amounts import Amount, amounts
from analysis.fates import fate_of, is_planned
from analysis.nouns import BREAK, OF, WIDEST, noun_of
from analysis.numerals import tokens_of
from analysis.terms import level
from news.claim import Figure

_PART = re.compile(
    r"\s*of (?:them|those|these|us|you|whom|which|the|its|their|his|her|our|my|your|all)\b", re.IGNORECASE
)
_KNOWN = re.compile(r"\b(?:the|those|these)\s*$", re.IGNORECASE)  # "the 11,000 who went first" tell no new number
_ANOTHER = re.compile(r"\b(?:another|a further|an additional|additional|further|an extra|extra)\s*$", re.IGNORECASE)
_APART = re.compile(r"[,;]\s|\s(?:and|but|while|or)\s")
_AT_LEAST = re.compile(
    r"\s*,?\s*(?:(?P<least>at (?:the (?:very )?)?least|or more)|at (?:the (?:very )?)?most|or fewer)\b"
)
_NEGATED = re.compile(r"\b(?:not(?! only)|never|no longer|nor|none of|nobody)\b|n't\b", re.IGNORECASE)
_NUMERAL = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|dozens?|scores?|hundreds?|thousands?|millions?|billions?)\b",
    re.IGNORECASE,
)
_LATEST = 8  # figures among which is looked for what a number without a noun counts
_FAR = 500  # times
_ALONE = 100  # a smaller number that nothing says what it counts is anybody's


def read_figures(text: str, before: str = "") -> tuple[Figure, ...]:
    """Every counted thing of the text; "up to" gives the upper bound only, "more than" the lower, a range both.

    Durations, distances, sums, shares, dates and labels are no figures, nor is what a number once was ("up from 800").
    A number that stands alone ("as many as 8,000 of them") counts what the last figure before it does, here or in
    `before`.
    """
    plain = level(text)
    if not any(one.isdecimal() for one in plain) and not _NUMERAL.search(plain):
        return ()
    found = _read(plain)
    if all(one.unit for one in found):
        return tuple(found)
    known = [one for one in _read(level(before)) if one.thing] if before else []
    return tuple(one for one in _filled(found, known) if one.unit or (one.value or one.low or 0) >= _ALONE)


def _filled(found: Sequence[Figure], known: Sequence[Figure]) -> list[Figure]:
    """Numbers that stand alone count what was counted last; the same number again is what it was before."""
    filled: list[Figure] = []
    for one in found:
        if one.unit and one.thing:
            filled.append(one)
            continue
        nearest = (*known[-_LATEST:], *filled[-_LATEST:])
        earlier = [each for each in nearest if each.thing and not _far(each, one)]
        same = next((each for each in reversed(earlier) if each.value == one.value and each.fate == one.fate), None)
        last = same or (earlier[-1] if earlier else None)
        if last is None:
            filled.append(one)
        else:
            planned = one.planned or bool(same and same.planned)
            filled.append(replace(one, unit=one.unit or last.unit, thing=last.thing, planned=planned))
    return filled


def _far(one: Figure, bare: Figure) -> bool:
    """Whether a number is too small to count the same things: "the two states", "those fourteen thousand"."""
    return one.value is not None and bare.value is not None and one.value * _FAR < bare.value


def _read(text: str) -> list[Figure]:
    tokens = tokens_of(text)
    found = amounts(text, tokens)
    nouns = [noun_of(text, tokens, one) for one in found]
    for place, (one, following) in enumerate(itertools.pairwise(found)):
        whole = nouns[place + 1]
        if whole is not None and OF.fullmatch(text, one.closing, following.opening):
            nouns[place] = replace(whole, end=one.closing)  # "318 of the 865 delegates"
    figures: list[Figure] = []
    named = False
    for place, (one, noun) in enumerate(zip(found, nouns, strict=True)):
        if noun is None:
            continue
        start, end = _clause(text, found, place, noun.end)
        before, behind = text[start : one.opening], text[noun.end : end]
        if _NEGATED.search(before):
            continue
        unit = noun.unit
        if unit and not noun.phrase and named:
            unit = ""  # "30 miners dead and 43 injured": miners
        fate = fate_of(noun.unit, before, behind if noun.phrase or not noun.unit else "")
        more = noun.more or bool(_ANOTHER.search(before))
        planned = is_planned(before, behind)
        clause = " ".join(text[start:end].split())
        low, high = _bounds(one, behind)
        known = one.opening == tokens[one.first].start and _KNOWN.search(before)
        part = bool(known or _PART.match(text, one.closing))
        named = named or bool(noun.phrase)
        figures.append(Figure(unit, one.value, low, high, fate, more, part, planned, noun.phrase, clause))
    return figures


def _bounds(one: Amount, behind: str) -> tuple[float | None, float | None]:
    """The bounds of an amount, also of one bounded behind its noun: "100 dead at the least"."""
    found = _AT_LEAST.match(behind) if one.low is None and one.high is None else None
    if found is None:
        return one.low, one.high
    return (one.value, None) if found["least"] else (None, one.value)


def _clause(text: str, found: Sequence[Amount], place: int, end: int) -> tuple[int, int]:
    """The bounds of the clause around an amount: up to what sets off another statement, or another amount."""
    one = found[place]
    widest = max(0, one.opening - WIDEST)
    first = max((each.end() for each in BREAK.finditer(text, widest, one.opening)), default=widest)
    if place:
        cuts = [each.end() for each in _APART.finditer(text, max(widest, found[place - 1].closing), one.opening)]
        first = max(first, cuts[-1]) if cuts else first
    furthest = min(len(text), end + WIDEST)
    last = next((each.start() for each in BREAK.finditer(text, end, furthest)), furthest)
    if place + 1 < len(found):
        cuts = [each.start() for each in _APART.finditer(text, end, min(furthest, max(end, found[place + 1].opening)))]
        last = min(last, cuts[-1]) if cuts else last
    return first, max(last, end)
