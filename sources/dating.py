"""When an article was published: one date out of several that do not always agree. Pure rules.

Candidates, the most trusted first: a date that was given with the text (`import`), the day the page says its original
was published (`original`), what the page's metadata states, the feed, what the page prints by its heading (`page`), a
day in the address (`url`), the dateline, a relative date ("2 weeks ago", counted from when the page was seen), a guess
from the page's markup (told as `page`).

1. A date later than the page was seen is none; up to 26 hours later it is a wrong time zone, and means "seen".
2. The first candidate counts, unless it is *contradicted*: it lies more than 30 days from a day in the address, or from
   the dateline's day (taken in the year nearest to it), or it is a template's default (1 January at midnight, more than
   300 days before the page was seen).
3. A contradicted date falls when a later candidate is not contradicted by the other witnesses, and more of them agree
   with it (within 3 days) than with the first; metadata and feed come from one machine and count once.
4. A month or year of the address gives way to the most trusted day that lies within it.
5. When a default date is all there is, the date is unknown: a page without a date makes no shift, one with a wrong date
   makes a wrong one.

Every candidate is kept as a witness with what became of it, and the rule that decided is named: `only one`, `most
trusted`, `outvoted` (3), `finer` (4), `default` (5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from news.article import CleanArticle, DateWitness, Precision
from sources.dateline import Dateline
from sources.moments import EARLIEST, Moment

CLOCK_SKEW = timedelta(hours=26)

_FAR = timedelta(days=30)
_NEAR = timedelta(days=3)
_OLD = timedelta(days=300)
_ORDER = ("import", "original", "metadata", "feed", "page", "url", "dateline", "relative", "guess")
_GIVEN = frozenset({"import", "original"})
_MACHINE = frozenset({"metadata", "feed"})


@dataclass(frozen=True, slots=True)
class DateClaim:
    """A date and where it was found: one of the candidates above, or `guess`."""

    moment: Moment
    found_in: str


@dataclass(frozen=True, slots=True)
class Dating:
    """The date decided on, all unknown when nothing can be trusted; every witness; the rule (None: no witness)."""

    published: datetime | None = None
    precision: Precision = Precision.UNKNOWN
    found_in: str | None = None
    witnesses: tuple[DateWitness, ...] = ()
    rule: str | None = None

    def put_on(self, article: CleanArticle) -> CleanArticle:
        """The article with this date, its witnesses and its rule."""
        return replace(
            article,
            published=self.published,
            published_precision=self.precision,
            published_from=self.found_in,
            dating=self.witnesses,
            dating_rule=self.rule,
        )


def decide_date(claims: Sequence[DateClaim], dateline: Dateline | None, seen: datetime) -> Dating:
    """The date of publication by the rules above; `seen` is when the page came to our notice."""
    all_claims = list(claims)
    if dateline is not None and (moment := dateline.moment(seen)) is not None:
        all_claims.append(DateClaim(moment, "dateline"))
    all_claims.sort(key=lambda claim: _ORDER.index(claim.found_in))
    usable = [kept for claim in all_claims if (kept := _within(claim, seen)) is not None]
    taken, rule = _choose(usable, dateline, seen)
    witnesses = tuple(_witness(claim, taken, dateline, seen) for claim in all_claims)
    if taken is None:
        return Dating(witnesses=witnesses, rule=rule)
    return Dating(taken.moment.when, taken.moment.precision, _told(taken.found_in), witnesses, rule)


def _choose(usable: list[DateClaim], dateline: Dateline | None, seen: datetime) -> tuple[DateClaim | None, str | None]:
    """The claim that counts, and the name of the rule by which it does."""
    if not usable:
        return None, None
    first = usable[0]
    if first.found_in not in _GIVEN and _is_contradicted(first, usable, dateline, seen):
        better = [claim for claim in usable[1:] if not _agree(claim, first) and not _is_default(claim, seen)]
        better.sort(key=lambda claim: -_votes(claim, usable, dateline))
        if better and _votes(better[0], usable, dateline) >= _votes(first, usable, dateline):
            first, rule = better[0], "outvoted"
            return _refine(first, usable) or first, rule
        if _is_default(first, seen):
            return None, "default"
    if finer := _refine(first, usable):
        return finer, "finer"
    return first, "only one" if len(usable) == 1 else "most trusted"


def _refine(claim: DateClaim, usable: list[DateClaim]) -> DateClaim | None:
    """The most trusted day within an address's month or year."""
    if claim.found_in != "url" or claim.moment.precision not in {Precision.MONTH, Precision.YEAR}:
        return None
    exact = (other for other in usable if other.moment.precision in {Precision.SECOND, Precision.DAY})
    return next((other for other in exact if _apart(claim, other) == timedelta()), None)


def _witness(claim: DateClaim, taken: DateClaim | None, dateline: Dateline | None, seen: datetime) -> DateWitness:
    kept = _within(claim, seen)
    if kept is None:
        verdict = "in the future" if claim.moment.when > seen else f"before {EARLIEST.year}"
    elif taken is not None and kept == taken:
        verdict = "taken"
    elif taken is not None and _agree(kept, taken):
        verdict = "agrees"
    elif _is_default(kept, seen):
        verdict = "a template's default"
    elif kept.found_in != "dateline" and _off_the_dateline(kept, dateline):
        verdict = "far from the dateline"
    else:
        verdict = "less trusted"
    return DateWitness(_told(claim.found_in), claim.moment.when, claim.moment.precision, verdict)


def _told(found_in: str) -> str:
    return "page" if found_in == "guess" else found_in


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
