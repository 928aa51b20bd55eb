"""Figures as series: what is said a number is, by whom, as it moves over time.

claims ──▶ points of a line (a day, a holder, a number) ──▶ moves, and days on which holders differ ──▶ findings

One line is one kind of thing on one proposition, whoever says it. Each move is told, and updated as others give the
number too; another holder's lower estimate is kept in the series but is no move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from analysis.counted import Counting, is_other
from analysis.fates import KILLED_OR_WOUNDED
from analysis.ledger import may_carry
from analysis.points import Event, Line, Point
from analysis.telling import figure_finding
from news.claim import Figure, LedgerClaim
from news.finding import Finding
from news.topic import Proposition, Topic

_FAR = 10  # times: a number so much lower than another counts some of the things, or others


def figure_findings(
    ledger: Sequence[LedgerClaim], proposition: Proposition, topic: Topic, now: datetime
) -> list[Finding]:
    """A finding for each move of a number by a tenth or more, and for each day on which holders contradict each other.

    A move is a rise, by whomever it is told, or a fall told by the side that gave the number, at no lower rank. The
    series of a finding goes up to the next one's day; that of the last holds all there is.
    """
    counting = Counting(topic)
    found = []
    for name, points in sorted(_lines(ledger, proposition, counting).items()):
        line = Line(proposition, topic, name)
        series = list(_series(points))
        events = list(_events(series))
        for place, event in enumerate(events):
            until = next((later.after.on for later in events[place + 1 :] if later.after.on > event.after.on), date.max)
            values = [point for point in series if point.on < until]
            steps = _steps(events[: place + 1])
            found.append(figure_finding(line, event, values, steps, now))
    return list({one.finding_id: one for one in found}.values())


def _lines(ledger: Sequence[LedgerClaim], proposition: Proposition, counting: Counting) -> dict[str, list[Point]]:
    """Every number told of the proposition, by its line, in the order of time."""
    ids = {one.claim.claim_id: one for one in ledger}
    lines: dict[str, list[Point]] = defaultdict(list)
    for one in ledger:
        if one.on is None or not may_carry(one, ids):
            continue
        for figure in (*one.claim.figures, *_losses(one.claim.figures)):
            line = counting.line(figure, one.claim, proposition.id) if figure.value is not None else None
            if line is not None:
                lines[line].append(Point(one.on, one, figure))
    for points in lines.values():
        points.sort(key=lambda point: (point.on, point.said.seen, point.said.claim.claim_id, point.value))
    return lines


def _losses(figures: Sequence[Figure]) -> list[Figure]:
    """The killed and the wounded of one statement, taken together: “300 killed and 2,700 wounded” are 3,000."""
    by_fate = {one.fate: one for one in figures if one.value is not None and not one.more and not one.planned}
    killed, wounded = by_fate.get("killed"), by_fate.get("wounded")
    if killed is None or wounded is None or KILLED_OR_WOUNDED in by_fate:
        return []
    both = (killed, wounded)
    low = sum(one.low if one.low is not None else one.value or 0.0 for one in both)
    high = sum(one.high if one.high is not None else one.value or 0.0 for one in both)
    bounded_low = any(one.low is not None for one in both)
    bounded_high = any(one.high is not None for one in both)
    return [
        Figure(
            wounded.unit if killed.unit in ("dead", "killed") else killed.unit,
            (killed.value or 0.0) + (wounded.value or 0.0),
            low if bounded_low else None,
            high if bounded_high else None,
            KILLED_OR_WOUNDED,
            thing=killed.thing or wounded.thing,
            clause=f"{killed.clause} {wounded.clause}",
        )
    ]


def _series(points: Sequence[Point]) -> Iterator[Point]:
    """One number a holder and day, the greatest (smaller ones are parts of it, or old), and only when it is another."""
    given: dict[str, Figure] = {}
    for _, grouped in groupby(points, key=lambda point: point.on):
        today: dict[str, Point] = {}
        for point in grouped:
            if point.holder not in today or point.value > today[point.holder].value:
                today[point.holder] = point
        for holder, point in today.items():
            if holder not in given or is_other(point.figure, given[holder]):
                given[holder] = point.figure
                yield point


def _events(series: Sequence[Point]) -> Iterator[Event]:
    """The moves of a line and the days on which its holders differ, in the order of time.

    After a day on which they differed each of their numbers stands, and each side is measured by its own, until a later
    day bears one of them out.
    """
    standing: list[Point] = []
    for _, grouped in groupby(series, key=lambda point: point.on):
        today = list(grouped)
        differing = _differing([point for point in today if not _agreeing(standing, point)])
        if differing is not None:
            yield Event(*differing, moved=False)
        moves = [
            Event(before, point, moved=True)
            for point in today
            if (before := _moved_from(standing, point)) and (differing is None or point.of_side(before))
        ]
        move = max(moves, key=_size, default=None) or (_borne_out(standing, today) if differing is None else None)
        if move is not None:
            yield move
            standing = [move.after]
        elif not standing and differing is None:
            standing = today[:1]
        standing += [point for point in differing or () if point not in standing]


def _size(move: Event) -> float:
    return abs(move.after.value - move.before.value)


def _agreeing(standing: Sequence[Point], point: Point) -> list[Point]:
    return [one for one in standing if not is_other(point.figure, one.figure)]


def _borne_out(standing: Sequence[Point], today: Sequence[Point]) -> Event | None:
    """The move to that standing number which another day's word bears out, from one that it leaves behind."""
    for point in today:
        left = [one for one in standing if _is_move(one, point)]
        if left and _agreeing(standing, point):
            return Event(min(left, key=lambda one: abs(point.value - one.value)), point, moved=True)
    return None


def _moved_from(standing: Sequence[Point], point: Point) -> Point | None:
    """The number that a point moves on from: its own side's, else the nearest one; None where it moves none."""
    own = [one for one in standing if point.of_side(one)] or standing
    if not own or not all(_is_move(one, point) for one in own):
        return None
    return min(own, key=lambda one: abs(point.value - one.value))


def _differing(today: Sequence[Point]) -> tuple[Point, Point] | None:
    """Two holders of one day whose numbers cannot both be right: the furthest apart, the lower first."""
    pairs = [
        (one, other)
        for one in today
        for other in today
        if one.value < other.value <= _FAR * one.value and one.holder != other.holder and one.excludes(other)
    ]
    return max(pairs, key=lambda pair: pair[1].value / max(pair[0].value, 1.0), default=None)


def _is_move(before: Point, after: Point) -> bool:
    """Whether the number moved: it rose, or he who gave the last one (or may speak for him) now rules it out."""
    if not is_other(after.figure, before.figure):
        return False
    if after.value > before.value:
        return True
    return after.may_correct(before) and after.most < before.least and after.value * _FAR >= before.value


def _steps(events: Sequence[Event]) -> list[Point]:
    """The numbers that the line went through, the last one included."""
    moves = [event for event in events if event.moved]
    return [moves[0].before, *(event.after for event in moves)] if moves else []
