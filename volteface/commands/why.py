"""`volteface why`: how a finding came about."""

from __future__ import annotations

import json
from typing import Any

import click

from news.errors import ConfigurationError
from news.finding import Evidence, Finding
from news.mark import Mark
from news.withdrawal import REASONS, RENAMED
from volteface.options import Session, common
from volteface.terminal import plain
from warehouse import claims, corrections, findings, marks, origins


@click.command()
@click.argument("finding")
@common
def why(session: Session, finding: str) -> None:
    """How FINDING came about: the rules, the claims on both sides, whose word they are."""
    with session.existing().reading() as tx:
        found = findings.get(tx, [finding])
        if not found:
            raise ConfigurationError(f"no finding {plain(finding)}", "`volteface findings` lists them with their ids")
        one = found[0]
        sides = [side.claim_id for side in (*one.before, *one.after) if side.claim_id]
        rules = claims.rules(tx, sides)
        taken_back = corrections.reason_of(tx, one.finding_id)
        ways = {row["claim_id"]: _way(row) for row in origins.of_claims(tx, sides)}
        word = marks.on_finding(tx, one.finding_id)
        lost = marks.withdrawn(tx).get(one.finding_id)
    for line in (*_lines(one, rules, ways, taken_back), *_marked(word, lost)):
        click.echo(plain(line))


def _marked(word: Mark | None, lost: str | None) -> list[str]:
    """What the analyst said of it, and whether it holds after that."""
    said = [f"marked {word.word}" + (f": {word.because}" if word.because else "")] if word else []
    if lost == RENAMED:
        return [*said, "holds no longer under this name: marks on its holder; `volteface marks` lists them"]
    return [*said, f"does not hold: {REASONS[lost]}"] if lost else said


def _way(row: dict[str, Any]) -> str:
    """Whose word a claim is: the outlets it came through, and how many pages print it."""
    way = " → ".join(json.loads(row["chain"]))
    circle = ", who have it from each other" if row["circular"] else ""
    return f"word of {way}{circle}; on {row['pages']} {'page' if row['pages'] == 1 else 'pages'}"


def _lines(one: Finding, rules: dict[str, str], ways: dict[str, str], taken_back: str | None) -> list[str]:
    lines = [
        f"{one.kind} {one.finding_id}, of {one.at or 'unknown date'}, recorded {one.recorded_at:%Y-%m-%d %H:%M} UTC"
    ]
    lines += [
        one.sentence,
        f"confidence {one.confidence:.2f}" + (", rests on a single origin" if one.single_origin else ""),
    ]
    if taken_back:
        lines.append(f"corrected: {taken_back}")
    if one.baseline:
        lines.append("baseline: history read silently, never alerted")
    for label, sides in (("before", one.before), ("after", one.after)):
        for side in sides:
            lines += [f"{label}: {_side(side)}", f"  “{side.evidence}”", f"  {side.url}"]
            if side.claim_id in rules:
                lines.append(f"  {side.claim_id}: {rules[side.claim_id]}")
            if side.claim_id in ways:
                lines.append(f"  {ways[side.claim_id]}")
    lines.append("detail " + json.dumps(one.detail, ensure_ascii=False, default=str))
    return lines


def _side(side: Evidence) -> str:
    return f"{side.holder}, {side.on or 'date unknown'}, in {side.outlet}"
