"""Amounts in a text: numbers with their ranges and the hedges that bound them; money and dates are none.

words ──▶ one number ("2.5m", "half a million") ──▶ with its range ("3 to 4 million") ──▶ with its hedge ("up to")
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.numerals import Number, Token, digits_at, low_at, number_at, unscaled
from news.quantities import CURRENCIES, NUMBER_WORDS, UNITS
from news.vocabulary import word_set

_YEARS = (1800, 2100)
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_DATED = re.compile(rf"\b{_MONTHS}\.?\s*(?:\d{{1,2}}\s*(?:-|–|to|and)\s*)?$", re.IGNORECASE)
_DATES = re.compile(rf"\s*(?:st|nd|rd|th)?\s*(?:(?:-|–|to|and)\s*\d{{1,2}}\s*)?{_MONTHS}", re.IGNORECASE)
_IN_YEAR = re.compile(
    r"\b(?:in|by|since|of|from|until|till|before|after|during|for|early|late|mid|end|year|summer|winter|spring|autumn"
    r"|fall|through|to|and|-)[\s-]*$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:resolution|article|chapter|unit|room|directive|section|page|flight|route|number|no|group|level|phase|highway"
    r"|channel|studio|area|district|sector|point|item|annex|rule|paragraph|part|volume|model|type|mark|version|class"
    r"|category|order|law|act|bill|decree|convention|protocol|pier|berth|terminal|gate|block|plot|platform|line|grade"
    r"|division|brigade|regiment|battalion|aged?|ages|under|over-|figure|table|room|file|case|camp|bureau|office)s?"
    r"\.?\s+$",
    re.IGNORECASE,
)
_ABOVE = (
    r"more than|greater than|over|at least|at the least|a minimum of|upwards? of|no fewer than|no less than"
    r"|not fewer than|not less than|in excess of|north of|exceed(?:s|ed|ing)?|(?:has |have |had )?passed|passes"
    r"|topped|tops|surpass(?:es|ed)"
)
_BELOW = (
    r"up to|as many as|as much as|at most|at the most|a maximum of|fewer than|less than|no more than|not more than"
    r"|nearly|almost|close to|close on|(?:just )?under|below|nearing"
)
_ABOUT = (
    r"about|around|some|approximately|roughly|an estimated|estimated|circa|only|just|somewhere|perhaps|maybe"
    r"|in the region of|in the order of|on the order of|exactly|precisely"
)
_HEDGE = re.compile(
    rf"(?<![\w'’-])(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW})|(?P<about>{_ABOUT}))"
    rf"(?:\s+(?:the|a total of|{_ABOUT}))?\s*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s*,?\s*(?:(?P<above>or more|at (?:the (?:very )?)?least|plus\b|and counting)|(?P<below>or (?:fewer|less)"
    r"|at (?:the (?:very )?)?most))\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:ris(?:e|es|en|ing)|rose|gr(?:ow|ows|ew|own|owing)|increas\w+|climb\w*|f[ae]ll(?:s|en|ing)?|dropp?\w*|jump\w*"
    r"|swell\w*|swollen|shr[aiu]nk\w*|doubl\w+|tripl\w+|trebl\w+|cut|rais\w+|revis\w+|went|gone|go|goes|moved?|reduced?"
    r"|lower\w*|up|down|expand\w*|boost\w*|double\w*|widen\w*|chang\w+)\b[^.;:,]{0,40}\bfrom\s*$",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"\b(?:(?:up|down) from|compared (?:with|to)|rather than|instead of|as against|not(?: the)?|nor|than the)"
    rf"(?:\s+(?:{_ABOUT}|{_ABOVE}|{_BELOW}|the))*\s*$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|worth|costs?|costing|paid|pays?|price of|prices? at|salary of|one in|for every)\s*"
    rf"(?:(?:{_ABOUT}|{_ABOVE}|{_BELOW})\s*)?$"
    r"|\b(?:first|last|past|next|previous|top|every)\s*$"
    rf"|\b(?:i|he|she|who|was|is|turned|turning)\s(?:was|is|turned|aged)\s(?:(?:{_ABOUT})\s)?$",
    re.IGNORECASE,
)
_MEASURES = (UNITS - word_set("ton tons tonne tonnes")) | word_set(
    """mm millimetre millimetres millimeter millimeters percent pc per cent percentage points point times fold
    kilowatts megawatts watts volts knots hp ghz mhz gb mb tb calories cents pence rupees dirhams francs kroner
    fifths thirds quarters halves tenths third quarter half fifth tenth th st nd rd billionaires
    minute day days week weeks others"""
)
_FRACTIONS = re.compile(r"\s*[-/]?\s*(?:thirds?|quarters?|fifths?|halves|tenths?|sixths?|eighths?)\b", re.IGNORECASE)
_RATIO = re.compile(r"\s*(?:in|of|out of)(?: every)? (?:10|100|ten|five|four|three|a hundred)\b", re.IGNORECASE)
_OF_TEN = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)}|one|\d)\s+(?:in|of|out of)(?: every)?\s*$", re.IGNORECASE)
_LOOK_BACK = 90


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a text: value (None: only an order of magnitude) and bounds, tokens and characters it covers.

    `opening` is where its hedge begins. `clear` numbers can stand for a count without a noun.
    """

    value: float | None
    low: float | None
    high: float | None
    first: int
    end: int
    opening: int
    closing: int
    clear: bool


def amounts(text: str, tokens: list[Token]) -> list[Amount]:
    """The amounts of the text in order; dates, years, labels, money, measures, shares and what once was are none."""
    found: list[Amount] = []
    at = 0
    while at < len(tokens):
        number = number_at(text, tokens, at)
        if number is None:
            at += 1
            continue
        amount = _hedged(text, tokens, at, number)
        if amount is not None:
            found.append(amount)
        at = max(amount.end if amount else number.end, at + 1)
    return found


def _hedged(text: str, tokens: list[Token], at: int, number: Number) -> Amount | None:
    """The amount that begins with this number: its range and its hedge; None for what counts nothing."""
    start = tokens[at].start
    opening = text[max(0, start - _LOOK_BACK) : start]
    if _is_none(opening, text, tokens, number):
        # What once was goes with its range: "from 800 to 2,000".
        return None
    number, low, high = _range(opening, text, tokens, number)
    closing = tokens[number.end - 1].end
    hedge = _HEDGE.search(opening)
    if number.end < len(tokens) and _is_measured(text, tokens, number):
        return None
    if number.plain and not (hedge and not hedge["about"]) and _is_year(high if high is not None else number.value):
        return None  # "the 2016 election"
    behind = _BEHIND.match(text, closing)
    value, bounded = number.value, low is not None or number.low is not None
    low = low if low is not None else number.low
    if value is not None and not bounded:
        if (hedge and hedge["above"]) or (behind and behind["above"]) or text[closing : closing + 1] == "+":
            low = value
        elif (hedge and hedge["below"]) or (behind and behind["below"]):
            high = value
    least = value if value is not None else low
    clear = number.scaled or not number.plain or bool(hedge) or bool(behind) or bounded
    size = least is not None and (least >= 100 or bool(hedge and least >= 20))  # noqa: PLR2004 - less may count anything
    begin = start - len(opening) + hedge.start() if hedge else start
    closing = behind.end() if behind else closing
    return Amount(value, low, high, at, number.end, begin, closing, clear and size)


def _range(opening: str, text: str, tokens: list[Token], number: Number) -> tuple[Number, float | None, float | None]:
    """The number with the other end of its range, if it has one: the middle, the lower and the upper end."""
    at = number.end
    link = low_at(tokens, at)
    between = bool(_BETWEEN.search(opening))
    if number.value is None or link not in ({"and", "-", "–"} if between else {"to", "-", "–", "or"}):
        return number, None, None
    hedge = at + 1
    while low_at(tokens, hedge) in ("about", "around", "nearly", "almost", "perhaps", "even", "possibly"):
        hedge += 1
    other = number_at(text, tokens, hedge) if hedge < len(tokens) else None
    if other is None and hedge < len(tokens) and link in ("-", "–"):
        other = digits_at(tokens, hedge)
    if other is None or other.value is None:
        return number, None, None
    first, second = number.value, other.value
    if other.scaled and not number.scaled and tokens[hedge].low != "a":
        share = unscaled(tokens, hedge)
        first = first * second / share if share else first
    if not first < second:
        return number, None, None
    return replace(other, value=(first + second) / 2, plain=number.plain and other.plain), first, second


def _is_none(opening: str, text: str, tokens: list[Token], number: Number) -> bool:
    """Whether the number is a date, year, label, sum of money, measure, share, or what once was."""
    end = tokens[number.end - 1].end
    following = tokens[number.end] if number.end < len(tokens) else None
    value = number.value
    if _OLD.search(opening) or _CHANGED.search(opening) or _BY.search(opening) or _LABEL.search(opening):
        return True
    if number.plain and value is not None:
        if value <= 31 and (_DATED.search(opening) or _DATES.match(text, end)):  # noqa: PLR2004 - days of a month
            return True
        if _is_year(value) and _IN_YEAR.search(opening):
            return True
    if following is None:
        return False
    if (
        _RATIO.match(text, end)
        or _OF_TEN.search(opening)
        or _FRACTIONS.match(text, end)
        or following.text in "%‰"
        or following.text in CURRENCIES
        or following.low in {"fewer", "less"}
    ):
        return True
    return _is_measured(text, tokens, number)


def _is_year(value: float | None) -> bool:
    return value is not None and value == int(value) and _YEARS[0] <= value <= _YEARS[1]


def _is_measured(text: str, tokens: list[Token], number: Number) -> bool:
    """Whether a unit of measure, of time or of money follows: "40 million euros", "152 mm", "106-page"."""
    at = number.end
    following = tokens[at]
    if following.text in ("-", "–") and following.start == tokens[at - 1].end and at + 1 < len(tokens):
        word = tokens[at + 1]
        if word.start == following.end and word.text[0].isalpha():
            return word.low not in ("strong", "man", "member", "person", "odd", "plus")
        return False
    if following.low == "and" and low_at(tokens, at + 1) == "a" and low_at(tokens, at + 2) == "half":
        return True
    if following.low in ("square", "cubic", "nautical", "light", "u", "us", "american", "degrees"):
        return low_at(tokens, at + 1) in _MEASURES or following.low == "degrees"
    if following.low == "to" and low_at(tokens, at + 1)[:1].isdecimal():
        ahead = number_at(text, tokens, at + 1)
        return ahead is not None and ahead.end < len(tokens) and tokens[ahead.end].low in _MEASURES
    return following.low in _MEASURES
