"""When it was said: days named beside a cue, resolved against the day the article appeared."""

from __future__ import annotations

import re
from datetime import date, timedelta

from news.article import Article, Precision

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\b\.?(?:,?\s+(\d{{4}}))?", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}}))?", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(last\s+)?(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_RELATIVE = re.compile(
    r"\b(yesterday|today|earlier in the day|a day earlier|the day before|the previous day)\b", re.IGNORECASE
)
_NUMBERS = [
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
]
_DAYS_AGO = re.compile(rf"\b(?:(\d{{1,2}})|({'|'.join(_NUMBERS)})) days ago\b", re.IGNORECASE)
_COARSE = re.compile(
    rf"\b(?:last (?:week|month|year|spring|summer|autumn|fall|winter|{_MONTH})|earlier (?:this"
    rf"|in the) (?:week|month|year)"
    rf"|(?:said|put it|replied|answered|declared) (?:back )?then\b|back then|(?:in|since|back in|by) (?:early |late "
    rf"|mid-)?{_MONTH}\b|in (?:19|20)\d\d|(?:weeks?|months?"
    rf"|years?|days) (?:ago|earlier)"
    r"|(?:a|an|one|two|three|several|some|\d+) (?:days?|weeks?|months?|years?) old\b"
    r"|previously|in the past|at the time|once said|had (?:earlier|previously))\b",
    re.IGNORECASE,
)
_MUCH_LATER = 3  # a named day this far after publication belongs to the year before


def _month(word: str) -> int:
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(word.lower()[:3]))


def _exact(year: str | None, month: str, day: str, published: date) -> date | None:
    try:
        found = date(int(year) if year else published.year, _month(month), int(day))
        if not year and found > published + timedelta(days=_MUCH_LATER):
            found = found.replace(year=published.year - 1)
    except ValueError:
        return None
    return found


def _named_day(text: str, published: date) -> date | None:
    if match := _DAY_FIRST.search(text):
        return _exact(match.group(3), match.group(2), match.group(1), published)
    if match := _MONTH_FIRST.search(text):
        return _exact(match.group(3), match.group(1), match.group(2), published)
    if match := _RELATIVE.search(text):
        today = match.group(1).lower() in {"today", "earlier in the day"}
        return published if today else published - timedelta(days=1)
    if match := _DAYS_AGO.search(text):
        days = int(match.group(1)) if match.group(1) else _NUMBERS.index(match.group(2).lower()) + 1
        return published - timedelta(days=days)
    if match := _WEEKDAY.search(text):
        back = (published.weekday() - _WEEKDAYS.index(match.group(2).lower())) % 7
        return published - timedelta(days=back)
    return None


def is_background(text: str) -> bool:
    """Whether the words beside a cue put it some time back without naming the day ("last month", "previously")."""
    return bool(_COARSE.search(text))


def names_day(text: str) -> bool:
    """Whether a day is named at all: by date, by weekday, as yesterday or so many days ago."""
    return any(one.search(text) for one in (_DAY_FIRST, _MONTH_FIRST, _RELATIVE, _DAYS_AGO, _WEEKDAY))


def names_other_day(text: str, than: date | None, article: Article) -> bool:
    """Whether a text names a date (no mere weekday) that is not the day given."""
    if than is None or article.published is None or not (_DAY_FIRST.search(text) or _MONTH_FIRST.search(text)):
        return False
    named = _named_day(text, article.published.date())
    return named is not None and named != than


def resolve_spoken(beside: str, article: Article, *, background: bool) -> date | None:
    """The day a claim was spoken, or None when it cannot be known.

    A day named in `beside` (the sentence without the content) goes first, then the day of publication where that is
    known to the day and the report does not look back (`background`).
    """
    if article.published is None or article.published_precision not in {Precision.SECOND, Precision.DAY}:
        named = _DAY_FIRST.search(beside) or _MONTH_FIRST.search(beside)
        return _named_day(beside, date(1, 1, 1)) if named and named.group(3) else None
    published = article.published.date()
    named_day = _named_day(beside, published)
    if named_day is not None:
        return named_day
    if background or is_background(beside):
        return None
    return published
