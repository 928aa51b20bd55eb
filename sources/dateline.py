"""The line a wire story opens with: place, day and agency ("OSLO, June 21 (UPI) -- ")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from news.article import Precision
from sources.moments import MONTH, Moment, month_number, start_of

_DATELINE = re.compile(
    r"\s*(?P<place>[^\W\d_][\w.'’ /-]{1,40}(?:,\s[^\W\d_][\w.'’ -]{1,25}){0,2}?)??"  # noqa: RUF001 - as printed
    rf"(?:(?:^|,?\s+)(?:(?P<month>(?i:{MONTH}))\s+(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\s+(?P<month2>(?i:{MONTH})))"
    r"(?:,?\s+(?P<year>\d{4}))?)?"
    r"(?:\s*[(\[](?P<agency>[^()\[\]\n]{2,40})[)\]]\s*,?\s*(?:--|[—–-])"  # noqa: RUF001 - as printed
    r"|\.?\s*/(?P<slashed>[^/\n]{2,40})/[.,]?(?=\s)|,?\s*(?:--|[—–]|[-:](?=\s)))\s*",  # noqa: RUF001 - as printed
)
_SMALL_WORDS = frozenset({"al", "and", "da", "de", "del", "el", "la", "of", "on", "the"})
_LOOKED_AT = 200  # characters of a line
_LINES = 6  # the title, a byline and a standfirst may come before
_DAY_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says; `start` and `end` bound it in the text. Month and day come together or not at all."""

    start: int
    end: int
    place: str | None
    agency: str | None
    month: int | None
    day: int | None
    year: int | None

    def moment(self, latest: datetime) -> Moment | None:
        """The day it names; without a year, the last such day that is not after `latest`."""
        if self.month is None or self.day is None:
            return None
        last = (latest + _DAY_AHEAD).date()
        years = [self.year] if self.year else range(last.year, last.year - 5, -1)
        for year in years:
            try:
                found = date(year, self.month, self.day)
            except ValueError:  # 29 February, or no such day at all
                continue
            if found <= last:
                return Moment(start_of(found), Precision.DAY)
        return None


def find_dateline(text: str) -> Dateline | None:
    """The dateline of a story: at the start of one of its first lines, naming an agency or a day."""
    at = 0
    for _ in range(_LINES):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)][:_LOOKED_AT]
        if found := _read(line, at):
            return found
        if end < 0:
            break
        at = end + 1
        while at < len(text) and text[at] in "\r\n":
            at += 1
    return None


def _read(line: str, at: int) -> Dateline | None:
    match = _DATELINE.match(line)
    if match is None:
        return None
    agency, place = match["agency"] or match["slashed"], (match["place"] or "").strip()
    if (agency and not _is_name(agency)) or (place and not _is_name(place)):
        return None
    month, day = match["month"] or match["month2"], match["day"] or match["day2"]
    if not agency and not (month and place):
        return None
    return Dateline(
        start=at + match.start() + len(line) - len(line.lstrip()),
        end=at + match.end(),
        place=place or None,
        agency=agency.strip() if agency else None,
        month=month_number(month) if month else None,
        day=int(day) if day else None,
        year=int(match["year"]) if match["year"] else None,
    )


def _is_name(text: str) -> bool:
    """Whether every word begins like a name ("Press Trust", "Port of Spain"): no aside in brackets, no sentence."""
    words = text.replace("/", " ").replace("-", " ").split()
    return bool(words) and words[0][0].isupper() and all(one[0].isupper() or one in _SMALL_WORDS for one in words)
