"""Figures as series: what is said a number is, by whom, as it moves over time.

One line is one kind of thing on one proposition, whoever says it: soldiers and troops are one line, those of them
killed another. Each move is told; another holder's lower estimate is kept in the series but is no move.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from analysis.comparison import content_of
from analysis.figures import read_figures
from analysis.terms import compile_terms
from analysis.wording import SILENT_DAYS, actor_name, statement_of
from news.claim import Claim, Figure, LedgerClaim
from news.finding import Evidence, Finding, FindingKind
from news.identity import stable_id
from news.topic import Proposition, Stance, Topic

_MOVED = 0.1  # a tenth more or less is another number; less is another way to round it
_KINDS = {
    "troops": "troops soldiers servicemen personnel forces fighters combatants men infantry recruits servicemembers",
    "shells": "shells rounds projectiles ammunition",
    "missiles": "missiles rockets",
    "people": "people workers labourers laborers civilians",
    "ships": "ships vessels boats",
}
_KIND = {unit: kind for kind, units in _KINDS.items() for unit in units.split()}
_CLAUSE = re.compile(r"[;:.!?]\s|,\s(?:and|but|while|with|of whom|including)\s|\sand\s(?=(?:about |some |another )?\d)")
_FATES = {
    "killed": re.compile(r"\b(?:kill\w*|dead|died|dying|deaths?|fell|fallen)\b", re.IGNORECASE),
    "wounded": re.compile(r"\b(?:wound\w*|injur\w+|hurt)\b", re.IGNORECASE),
    "captured": re.compile(r"\b(?:captur\w*|prisoners?|surrender\w*)\b", re.IGNORECASE),
}
_LOSSES = re.compile(r"\b(?:casualt\w+|losses|lost)\b", re.IGNORECASE)
_FATE_UNITS = {"casualties": "troops", "prisoners": "troops", "dead": "troops", "deaths": "troops"}
_Point = tuple[date, LedgerClaim, Figure]


def _clause_of(figure: Figure, content: str) -> str:
    """The clause that holds the figure, else the whole content."""
    return next((one for one in _CLAUSE.split(content) if figure in read_figures(one)), content)


def line_of(figure: Figure, content: str) -> str:
    """What a figure counts: its kind of thing ("troops" for soldiers), and what has become of it ("troops killed")."""
    clause = _clause_of(figure, content)
    unit = _FATE_UNITS.get(figure.unit) or _KIND.get(figure.unit, figure.unit)
    met = [fate for fate, words in _FATES.items() if words.search(clause)]
    if _LOSSES.search(clause) or {"killed", "wounded"} <= set(met):
        return f"{unit} killed or wounded"
    return f"{unit} {met[0]}" if met and unit == "troops" else unit


def _counted(claim: Claim, proposition: Proposition, unit: str, things: re.Pattern[str]) -> bool:
    """Whether the claim's numbers of that unit are the proposition's: its own thing, or it affirms nothing else."""
    affirmed = {one.proposition for one in claim.propositions if one.stance is Stance.AFFIRMS}
    if proposition.id not in affirmed:
        return False
    alike = _KINDS.get(_KIND.get(unit, ""), unit)
    return len(affirmed) == 1 or bool(things.search(alike))


def _points(ledger: Sequence[LedgerClaim], proposition: Proposition) -> dict[str, list[_Point]]:
    """Every number said of the proposition by those who affirm it, by its line, in the order of time."""
    things = compile_terms(term for pattern in proposition.patterns for term in pattern.what)
    lines: dict[str, list[_Point]] = defaultdict(list)
    for one in ledger:
        if one.is_copy or one.on is None:
            continue
        content = content_of(one)
        for figure in one.claim.figures:
            if _counted(one.claim, proposition, figure.unit, things):
                lines[line_of(figure, content)].append((one.on, one, figure))
    for points in lines.values():
        points.sort(key=lambda point: (point[0], point[1].seen, point[1].claim.claim_id, point[2].value))
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


def _number(figure: Figure) -> str:
    value = f"{figure.value:,.0f}" if figure.value == int(figure.value) else f"{figure.value:,}"
    if figure.low is not None and figure.high is not None:
        return f"{figure.low:,.0f} to {value}"
    return f"over {value}" if figure.low is not None else f"as many as {value}" if figure.high is not None else value


def _whose(point: _Point, topic: Topic) -> str:
    day, one, _ = point
    actor = actor_name(topic, one.claim.actor) if one.claim.actor else None
    who = one.claim.holder if actor is None or actor in one.claim.holder else f"{one.claim.holder}, {actor}"
    return f"{who}, {day.day} {day:%B %Y}"


def _confidence(point: _Point, proposition: str) -> float:
    return max((one.score for one in point[1].claim.propositions if one.proposition == proposition), default=0.0)


def _moved(
    proposition: Proposition, topic: Topic, unit: str, series: list[_Point], *, before: _Point, now: datetime
) -> Finding:
    after = series[-1]
    day, one, figure = after
    sentence = (
        f"The number of {unit} in {statement_of(proposition)} moves from {_number(before[2])} "
        f"({_whose(before, topic)}) to {_number(figure)} ({_whose(after, topic)})."
    )
    line = f"{proposition.id}/{unit}"
    return Finding(
        stable_id("fnd", "figure", line, day, figure.value),
        FindingKind.FIGURE,
        day,
        now,
        sentence,
        proposition.id,
        one.claim.actor,
        one.claim.holder,
        min(_confidence(before, proposition.id), _confidence(after, proposition.id)),
        baseline=(one.noticed.date() - day).days > SILENT_DAYS,
        before=(_evidence(before),),
        after=(_evidence(after),),
        detail={"line": line, "unit": unit, "values": [_value(point) for point in series]},
    )


def _is_move(before: _Point, after: _Point) -> bool:
    """Whether the number moved: it rose, or he who gave the last one (or his side) has lowered it."""
    old, new = before[2].value, after[2].value
    if abs(new - old) <= _MOVED * max(old, new):
        return False
    first, second = before[1].claim, after[1].claim
    return new > old or first.holder == second.holder or (first.actor is not None and first.actor == second.actor)


def figure_findings(
    ledger: Sequence[LedgerClaim], proposition: Proposition, topic: Topic, now: datetime
) -> list[Finding]:
    """A finding for each move of a number by a tenth or more; its series holds every other value up to that one."""
    found = []
    for unit, points in sorted(_points(ledger, proposition).items()):
        series: list[_Point] = []
        current: _Point | None = None
        for point in points:
            if any(abs(point[2].value - one[2].value) <= _MOVED * point[2].value for one in series[-1:]):
                continue
            series.append(point)
            if current is None:
                current = point
            elif _is_move(current, point):
                found.append(_moved(proposition, topic, unit, list(series), before=current, now=now))
                current = point
    return list({one.finding_id: one for one in found}.values())
