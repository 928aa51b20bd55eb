"""How near a title, a date and a body come to the expected ones, counted over pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

LOW_F1 = 0.7
TITLE_KINDS = ("typography", "longer", "shorter", "other words")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_SAME_DAY_S = 90_000  # a day, and an hour for the clock's change


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody read in a page; `precision` where it is known."""

    title: str | None
    published: datetime | None
    text: str | None
    precision: str = ""


@dataclass(slots=True)
class Tally:
    """One outlet's pages: how many there are, how many titles and days are right, how many days known, bodies' F1."""

    pages: int = 0
    titles: int = 0
    dated: int = 0
    days: int = 0
    bodies: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Score:
    """Counts over the pages of one half; `faults` are outlets with what was far off, `ranked` F1 with its outlet."""

    counts: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    bodies: list[float] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    ranked: list[tuple[float, str, str]] = field(default_factory=list)
    outlets: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))


def judge(found: Reading, outlet: str, expected: dict[str, Any], score: Score) -> None:
    """Count what is right about one page, and keep what is far off."""
    score.counts["judged"] += 1
    tally = score.outlets[outlet]
    tally.pages += 1
    kind = compare_titles(found.title or "", expected.get("title") or "")
    score.titles[kind] += 1
    tally.titles += kind == "exact"
    if stated := expected.get("publishing_date"):
        true = datetime.fromisoformat(stated)
        true = true if true.tzinfo else true.replace(tzinfo=UTC)
        score.counts["dated"] += 1
        score.counts["date unknown"] += found.published is None
        right = bool(found.published and abs((found.published - true).total_seconds()) <= _SAME_DAY_S)
        score.counts["date"] += right
        tally.dated += 1
        tally.days += right
        if found.published and not right:
            given = f"{found.published:%Y-%m-%d} (precision {found.precision})"
            score.faults.append((outlet, f"dated {given}, not {true:%Y-%m-%d}"))
    text = found.text or ""
    if wanted := expected_text(expected):
        likeness = word_f1(text, wanted)
        lengths = f"{len(text):,} characters where {len(wanted):,} are expected"
        score.bodies.append(likeness)
        tally.bodies.append(likeness)
        score.ranked.append((likeness, outlet, lengths))
        if likeness < LOW_F1:
            score.faults.append((outlet, f"body F1 {likeness:.2f}: {lengths}"))


def expected_text(expected: dict[str, Any]) -> str:
    """The body that is expected: its summary, headings and paragraphs, a line each."""
    body = expected.get("body") or {}
    parts = [part for section in body.get("sections", []) for part in (*section["headline"], *section["paragraphs"])]
    return "\n".join([*body.get("summary", []), *parts])


def compare_titles(found: str, expected: str) -> str:
    """How a title differs from the expected one: `exact`, `typography`, `longer`, `shorter` or `other words`."""
    one, other = " ".join(found.split()), " ".join(expected.split())
    if one == other:
        return "exact"
    one, other = _plain(one), _plain(other)
    if one == other:
        return "typography"
    if other in one:
        return "longer"
    return "shorter" if one and one in other else "other words"


def _plain(title: str) -> str:
    """The letters, digits and single blanks of a title."""
    seen = "".join(char for char in title if char.isalnum() or char.isspace())
    return " ".join(seen.casefold().split())


def word_f1(found: str, expected: str) -> float:
    """The F1 of two texts as bags of words."""
    unit = r"\w" if _EAST_ASIAN.search(expected) else r"\w+"
    one, other = Counter(re.findall(unit, found)), Counter(re.findall(unit, expected))
    return 2 * (one & other).total() / max(1, one.total() + other.total())
