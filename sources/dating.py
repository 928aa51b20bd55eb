"""When an article was published: one date out of several that do not always agree. Pure rules.

Candidates, the most trusted first: what the page's metadata states, the feed, what the page prints by its heading, a
day in the address, the dateline, a relative date ("2 weeks ago", counted from when the page was seen), a guess from
the page's markup.

1. A date later than the page was seen is none; up to 26 hours later it is a wrong time zone, and means "seen".
2. The first candidate counts, unless it is *contradicted*: it lies more than 30 days from a day in the address, or from
   the dateline's day (taken in the year nearest to it), or it is a template's default (1 January at midnight, more than
   300 days before the page was seen).
3. A contradicted date falls when a later candidate is not contradicted by the other witnesses, and more of them agree
   with it (within 3 days) than with the first; metadata and feed come from one machine and count once.
4. When a default date is all there is, the date is unknown: a page without a date makes no shift, one with a wrong date
   makes a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from news.article import Precision
from sources.dateline import Dateline
from sources.moments import EARLIEST, Moment

CLOCK_SKEW = timedelta(hours=26)

_FAR = timedelta(days=30)
_NEAR = timedelta(days=3)
_OLD = timedelta(days=300)
_ORDER = ("import", "metadata", "feed", "page", "url", "dateline", "relative", "guess")
_MACHINE = frozenset({"metadata", "feed"})


@dataclass(frozen=True, slots=True)
class DateClaim:
    """A date and where it was found: `import`, `metadata`, `feed`, `page`, `url`, `dateline`, `relative` or `guess`."""

    moment: Moment
    found_in: str


@dataclass(frozen=True, slots=True)
class Dating:
    """The date decided on; all unknown when nothing can be trusted."""

    published: datetime | None = None
    precision: Precision = Precision.UNKNOWN
    found_in: str | None = None


def decide_date(claims: Sequence[DateClaim], dateline: Dateline | None, seen: datetime) -> Dating:
    """The date of publication by the rules above; `seen` is when the page came to our notice."""
    all_claims = list(claims)
    if dateline is not None and (moment := dateline.moment(seen)) is not None:
        all_claims.append(DateClaim(moment, "dateline"))
    usable = [kept for claim in all_claims if (kept := _within(claim, seen)) is not None]
    usable.sort(key=lambda claim: _ORDER.index(claim.found_in))
    if not usable:
        return Dating()
    first = usable[0]
    if first.found_in != "import" and _is_contradicted(first, usable, dateline, seen):
        better = [claim for claim in usable[1:] if not _agree(claim, first) and not _is_default(claim, seen)]
        better.sort(key=lambda claim: -_votes(claim, usable, dateline))
        if better and _votes(better[0], usable, dateline) >= _votes(first, usable, dateline):
            return _result(better[0])
        if _is_default(first, seen):
            return Dating()
    return _result(first)


def _within(claim: DateClaim, seen: datetime) -> DateClaim | None:
    when = claim.moment.when
    if when < EARLIEST or when > seen + CLOCK_SKEW:
        return None
    if when > seen:
        return DateClaim(Moment(seen, claim.moment.precision), claim.found_in)
    return claim


def _is_contradicted(claim: DateClaim, claims: Sequence[DateClaim], dateline: Dateline | None, seen: datetime) -> bool:
    if _is_default(claim, seen):
        return True
    if any(other.found_in == "url" and _apart(claim, other) > _FAR for other in claims):
        return True
    return claim.found_in != "dateline" and _off_the_dateline(claim, dateline)


def _is_default(claim: DateClaim, seen: datetime) -> bool:
    """A date that a template or a database gives when nobody gave one."""
    when = claim.moment.when
    plain = (when.month, when.day) == (1, 1) and claim.moment.precision is Precision.DAY
    return plain and claim.found_in in _MACHINE and seen - when > _OLD


def _off_the_dateline(claim: DateClaim, dateline: Dateline | None) -> bool:
    """Whether the dateline's day, in the year that brings it nearest, is still far from the claim."""
    if dateline is None or dateline.month is None:
        return False
    nearest = dateline.moment(claim.moment.when + _FAR)
    return nearest is None or abs(claim.moment.when - nearest.when) > _FAR


def _votes(claim: DateClaim, claims: Sequence[DateClaim], dateline: Dateline | None) -> int:
    """How many independent witnesses agree with a claim, itself among them."""
    voters = {"machine" if other.found_in in _MACHINE else other.found_in for other in claims if _agree(claim, other)}
    if dateline is not None and dateline.month is not None and not _off_the_dateline(claim, dateline):
        voters.add("dateline")
    return len(voters)


def _agree(claim: DateClaim, other: DateClaim) -> bool:
    return _apart(claim, other) <= _NEAR


def _apart(claim: DateClaim, other: DateClaim) -> timedelta:
    """The distance of two dates, less what the coarser one leaves open."""
    slack = max((_SLACK.get(one.moment.precision, timedelta()) for one in (claim, other)), default=timedelta())
    return max(abs(claim.moment.when - other.moment.when) - slack, timedelta())


_SLACK = {
    Precision.DAY: timedelta(days=1),
    Precision.WEEK: timedelta(days=7),
    Precision.MONTH: timedelta(days=31),
    Precision.YEAR: timedelta(days=366),
}


def _result(claim: DateClaim) -> Dating:
    return Dating(claim.moment.when, claim.moment.precision, "page" if claim.found_in == "guess" else claim.found_in)
