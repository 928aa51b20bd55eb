"""Figures as series: what one actor (or holder) says a number is, as it moves over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from analysis.wording import SILENT_DAYS, actor_name, statement_of
from news.claim import Figure, LedgerClaim
from news.finding import Evidence, Finding, FindingKind
from news.identity import stable_id
from news.topic import Proposition, Stance, Topic

_MOVED = 0.1  # a tenth more or less is another number; less is another way to round it
_Point = tuple[date, LedgerClaim, Figure]


def _points(ledger: Sequence[LedgerClaim], proposition: str) -> dict[tuple[str, str], list[_Point]]:
    """Every number said of the proposition, by its unit and by whose number it is."""
    lines: dict[tuple[str, str], list[_Point]] = defaultdict(list)
    for one in ledger:
        if one.is_copy or one.on is None:
            continue
        if any(each.proposition == proposition and each.stance is Stance.AFFIRMS for each in one.claim.propositions):
            for figure in one.claim.figures:
                lines[figure.unit, one.claim.actor or one.claim.holder].append((one.on, one, figure))
    for points in lines.values():
        points.sort(key=lambda point: (point[0], point[1].seen, point[1].claim.claim_id))
    return lines


def _value(point: _Point) -> dict[str, Any]:
    day, one, figure = point
    return {
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "on": day.isoformat(),
        "holder": one.claim.holder,
        "url": one.url,
    }


def _evidence(point: _Point) -> Evidence:
    day, one, _ = point
    return Evidence(one.claim.claim_id, one.claim.holder, one.claim.evidence, one.url, one.outlet, day)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def _moved(
    proposition: Proposition, topic: Topic, line: tuple[str, str], points: list[_Point], now: datetime
) -> Finding:
    unit, whose = line
    before, after = points[-2], points[-1]
    day, one, figure = after
    name = f"{proposition.id}/{whose}/{unit}"
    who = actor_name(topic, whose)
    sentence = (
        f"{who}'s number of {unit} for {statement_of(proposition)} moves from {_number(before[2].value)} "
        f"to {_number(figure.value)}."
    )
    return Finding(
        stable_id("fnd", "figure", name, day, figure.value),
        FindingKind.FIGURE,
        day,
        now,
        sentence,
        proposition.id,
        one.claim.actor,
        one.claim.holder,
        baseline=(one.seen.date() - day).days > SILENT_DAYS,
        before=(_evidence(before),),
        after=(_evidence(after),),
        detail={"line": name, "unit": unit, "values": [_value(point) for point in points]},
    )


def figure_findings(
    ledger: Sequence[LedgerClaim], proposition: Proposition, topic: Topic, now: datetime
) -> list[Finding]:
    """A finding for each move of a number by a tenth or more; its series holds every value up to that one."""
    found = []
    for line, points in sorted(_points(ledger, proposition.id).items()):
        series: list[_Point] = []
        for point in points:
            last = series[-1][2].value if series else None
            if last is not None and abs(point[2].value - last) <= _MOVED * max(last, point[2].value):
                continue
            series.append(point)
            if len(series) > 1:
                found.append(_moved(proposition, topic, line, list(series), now))
    return found
