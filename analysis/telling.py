"""Moves of figures, and differences between them, put into findings: both sentences, the series, stable ids."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from analysis.points import Event, Line, Point
from analysis.wording import SILENT_DAYS, actor_name, statement_of
from news.claim import Figure
from news.finding import Evidence, Finding, FindingKind
from news.identity import stable_id
from news.topic import Topic

_ONE_ORIGIN = 0.8  # the confidence left when the new number rests on one origin's word
_AT_LEAST = 0.6  # of a claim that is on the proposition by its number alone
_DIGITS = 2  # to which a number stands in a finding's id: others round it otherwise


def figure_finding(line: Line, event: Event, values: Sequence[Point], steps: Sequence[Point], now: datetime) -> Finding:
    """A move of the line, or two numbers of one day that cannot both be right, with the series as it stands.

    The id of a move is that of its number and of how often the line came to it, so that another report of it, earlier
    or later, is the same finding; `steps` are the numbers the line went through.
    """
    before, after = event.before, event.after
    voices = {one.said.voice for one in values if one.on >= after.on and one.value == after.value}
    single = len(voices | {after.said.voice}) == 1
    score = min(_score(before, line), _score(after, line))
    return Finding(
        _id(line, event, steps),
        FindingKind.FIGURE,
        after.on,
        now,
        _sentence(line, event),
        line.proposition.id,
        after.said.claim.actor if event.moved else None,
        after.said.claim.holder if event.moved else None,
        round(score * (_ONE_ORIGIN if single else 1.0), 3),
        single,
        (after.said.noticed.date() - after.on).days > SILENT_DAYS,
        (_evidence(before),),
        (_evidence(after),),
        {
            "line": line.key,
            "unit": line.name,
            "values": [_value(one) for one in values],
            "steps": [_value(one) for one in (steps if event.moved else (before, after))],
            "differ": not event.moved,
        },
    )


def _id(line: Line, event: Event, steps: Sequence[Point]) -> str:
    before, after = event.before, event.after
    if event.moved:
        number = _rounded(after.value)
        return stable_id("fnd", "figure", line.key, number, sum(_rounded(one.value) == number for one in steps))
    sides = sorted((one.holder, _rounded(one.value)) for one in (before, after))
    return stable_id("fnd", "figures-differ", line.key, *(part for side in sides for part in side))


def _sentence(line: Line, event: Event) -> str:
    about = f"The number of {line.name} in {statement_of(line.proposition)}"
    before, after = (f"{_number(one.figure)} ({_whose(one, line.topic)})" for one in (event.before, event.after))
    return f"{about} moves from {before} to {after}." if event.moved else f"{about} is in dispute: {before} or {after}."


def _rounded(value: float) -> str:
    return f"{value:.{_DIGITS - 1}e}"


def _value(point: Point) -> dict[str, Any]:
    return {
        "value": point.figure.value,
        "low": point.figure.low,
        "high": point.figure.high,
        "on": point.on.isoformat(),
        "holder": point.said.claim.holder,
        "url": point.said.url,
    }


def _evidence(point: Point) -> Evidence:
    said = point.said
    return Evidence(said.claim.claim_id, said.claim.holder, said.claim.evidence, said.url, said.outlet, point.on)


def _number(figure: Figure) -> str:
    if figure.low is not None and figure.high is not None:
        return f"{_plain(figure.low)} to {_plain(figure.high)}"
    value = _plain(figure.value)
    return f"over {value}" if figure.low is not None else f"as many as {value}" if figure.high is not None else value


def _plain(value: float | None) -> str:
    if value is None:
        return "an unknown number"
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def _whose(point: Point, topic: Topic) -> str:
    claim = point.said.claim
    actor = actor_name(topic, claim.actor) if claim.actor else None
    who = claim.holder if actor is None or actor in claim.holder else f"{claim.holder}, {actor}"
    return f"{who}, {point.on.day} {point.on:%B %Y}"


def _score(point: Point, line: Line) -> float:
    stances = point.said.claim.propositions
    return max((_AT_LEAST, *(one.score for one in stances if one.proposition == line.proposition.id)))
