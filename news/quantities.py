"""The numbers of a sentence, by value, and when two of them may be one number told twice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from news.alignment import Unit
from news.vocabulary import word_set

_SMALL = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS = {
    **{word: value for value, word in enumerate(f"{_SMALL} nineteen".split(), 2)},
    **{word: 10 * value for value, word in enumerate(_TENS.split(), 2)},
    "dozen": 12,
}
SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9}
UNITS = word_set(
    """
    km kilometer kilometers kilometre kilometres mile miles pound pounds lb lbs kg kilogram kilograms kilo kilos dollar
    dollars euro euros won yuan yen ruble rubles rouble roubles gmt am pm a.m p.m est kst utc degrees celsius fahrenheit
    feet foot metre metres meter meters acre acres hectare hectares ton tons tonne tonnes inch inches cm
    mph kph f c century centuries decade decades year years month months week weeks day days hour hours
    minute minutes"""
)
CURRENCIES = frozenset("$€£¥₩₽")
MOST_DIGITS = 15
_YEARS, _YEAR_DIGITS = (1900, 2100), 4
_ROUNDED = 0.12  # the most that rounding may move a number, as a share of it
_DIGITS = (1, 2, 3)  # to which numbers are rounded


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number: its value, its range of words, and the unit of measure beside it ("" for what is counted)."""

    value: float
    first: int
    end: int
    unit: str = ""
    plain: bool = False  # four digits and no more, as a year is written


def quantities(unit: Unit) -> list[Quantity]:
    """The numbers of a sentence in order: digits and words, scales included; "one" is none."""
    if "quantities" in unit.noted:
        return unit.noted["quantities"]  # type: ignore[no-any-return]  # noted at the end, so a list
    lows, at = unit.lows, 0
    found: list[Quantity] = []
    while at < len(lows):
        value = _value(lows[at])
        if value is None:
            at += 1
            continue
        if lows[at] == "dozen" and lows[max(0, at - 2) : at] == ("half", "a"):
            value = 6.0
        end = at + 1
        while end < len(lows) and lows[end] in SCALES:
            value *= SCALES[lows[end]]
            end += 1
        plain = end == at + 1 and len(lows[at]) == _YEAR_DIGITS and lows[at].isdecimal()
        found.append(Quantity(value, at, end, _measure(unit, at, end), plain))
        at = end
    unit.noted["quantities"] = found
    return found


def _value(word: str) -> float | None:
    if word in NUMBER_WORDS:
        return float(NUMBER_WORDS[word])
    plain = word.replace(",", "")
    # Of more digits than a number has it is none: a page may hold anything.
    if not plain[:1].isdecimal() or len(plain) > MOST_DIGITS:
        return None
    try:
        return float(plain)
    except ValueError:  # "2nd", "1990s", "15a"
        return None


def _measure(unit: Unit, first: int, end: int) -> str:
    before = unit.text[: unit.tokens[first].start].rstrip()[-1:]
    if before in CURRENCIES:
        return before
    behind = unit.text[unit.tokens[end - 1].end :][:1], unit.text[: unit.tokens[first].start][-1:]
    if ":" in behind:
        return "o'clock"  # times are given in many zones: none is another than another
    following = unit.lows[end] if end < len(unit.lows) else ""
    if following in ("degrees", "square") and end + 1 < len(unit.lows):
        return unit.lows[end + 1]
    return following if following in UNITS else ""


def unmatched(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[Quantity]:
    """Those of mine that are no number of theirs, each of theirs answering one."""
    rest = [one.value for one in theirs]
    found = []
    for one in mine:
        if one.value in rest:
            rest.remove(one.value)
        else:
            found.append(one)
    return found


def is_retold(one: Quantity, other: Quantity) -> bool:
    """Whether the two can be one number: rounded, or given in another unit of measure."""
    if one.unit != other.unit or one.unit == "o'clock":
        return True
    if _is_year(one) and _is_year(other):
        return one.value == other.value
    low, high = sorted((one.value, other.value))
    if high - low > _ROUNDED * high:
        return False
    return any(high == _rounded(low, digits, up=True) or low == _rounded(high, digits) for digits in _DIGITS)


def _is_year(one: Quantity) -> bool:
    return not one.unit and _YEARS[0] <= one.value <= _YEARS[1] and one.value == int(one.value) and one.plain


def _rounded(value: float, digits: int, *, up: bool = False) -> float:
    """The value cut to so many digits, or raised to them."""
    if value == 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1)
    return (math.ceil if up else math.floor)(value / step) * step
