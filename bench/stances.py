"""Measures stances on the development texts: `PYTHONPATH=. python bench/stances.py [even|odd|all] [misses]`.

Prints, for each half and for the texts kept back (whose misses are never shown), how many labelled stances are found
with holder and side, and a confusion matrix.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from analysis.comparison import MOVES_AT
from analysis.reading import Reader
from news.article import Article, Precision
from news.claim import Claim, HolderKind
from news.topic_file import load_topic

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "tests" / "analysis"
TOPIC = ROOT / "topics" / "dprk-alignment.toml"
SIDES = ("affirms", "denies", "doubts", "neutral", "none")
_DAY = date(2024, 10, 15)


@dataclass
class Tally:
    """Counts of one half: `pairs` are (wanted, read) stances of the holders and propositions met."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    @property
    def scores(self) -> tuple[float, float, int, int, int]:
        """Precision, recall, right, wanted and read; passing mentions read as such count on neither side."""
        right = sum(count for (wanted, read), count in self.pairs.items() if wanted == read)
        wanted = sum(count for (one, _), count in self.pairs.items() if one != "none")
        read = sum(count for (_, other), count in self.pairs.items() if other != "none")
        return right / max(1, read), right / max(1, wanted), right, wanted, read


def load(name: str) -> list[dict[str, Any]]:
    """The texts of one file, in its order."""
    return list(tomllib.loads((TEXTS / f"stance_{name}.toml").read_text("utf-8"))[name])


def as_article(one: dict[str, Any]) -> Article:
    """A text as an article seen on the day it was published."""
    day = datetime.combine(one.get("on", _DAY), time(12), UTC)
    return Article(
        "example", 1, "example:", "example", one.get("title", ""), one["text"], day, day,
        published=day, published_precision=Precision.DAY,
    )  # fmt: skip


def _words(name: str) -> str:
    return " ".join(word for word in name.lower().replace("'s", "").split() if word not in {"a", "an", "the"})


def same_holder(wanted: str, read: str) -> bool:
    """Whether a name is one of those wanted (apart by "|"), or either is a part of the other."""
    other = _words(read)
    names = [_words(one) for one in wanted.split("|")]
    return any(f" {one} " in f" {other} " or f" {other} " in f" {one} " for one in names)


def read_stances(claims: list[Claim]) -> dict[tuple[str, str], Counter[str]]:
    """The firm stances of named and unnamed holders, the outlet's own aside."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for claim in claims:
        if claim.holder_kind is HolderKind.OUTLET:
            continue
        for one in claim.propositions:
            if one.score >= MOVES_AT:
                found.setdefault((claim.holder, one.proposition), Counter())[one.stance.value] += one.score
    return found


def weigh(one: dict[str, Any], claims: list[Claim], tally: Tally) -> None:
    """Put one text's labels beside what was read."""
    read = read_stances(claims)
    used: set[tuple[str, str]] = set()
    for holder, proposition, stance in one["labels"]:
        keys = [key for key in read if key[1] == proposition and same_holder(holder, key[0])]
        used.update(keys)
        sides = sum((read[key] for key in keys), Counter[str]())
        if stance.startswith("("):
            side = max(sides, key=lambda each: sides[each]) if sides else "none"
            if side not in {"none", stance.strip("()")}:
                tally.pairs["none", side] += 1
                tally.lines.append(f"SIDE TAKEN {holder} {proposition} {side}: {one['text'].strip()[:160]}")
            continue
        side = stance if stance in sides else max(sides, key=lambda each: sides[each]) if sides else "none"
        if stance in sides and len(sides) > 1 and sides[stance] < max(sides.values()):
            side = max(sides, key=lambda each: sides[each])
        tally.pairs[stance, side] += 1
        if side != stance:
            tally.lines.append(f"WANTED {holder} {proposition} {stance}, read {side}: {one['text'].strip()[:160]}")
    for key in read.keys() - used:
        side = max(read[key], key=lambda each: read[key][each])
        tally.pairs["none", side] += 1
        tally.lines.append(f"SPURIOUS {key[0]} {key[1]} {side}: {one['text'].strip()[:160]}")


def measure(names: tuple[str, ...], half: str) -> Tally:
    """The tally of one half of the texts of some files."""
    reader = Reader(load_topic(TOPIC))
    tally = Tally()
    for name in names:
        for place, one in enumerate(load(name)):
            if half == "all" or (place % 2 == 0) == (half == "even"):
                weigh(one, reader.read(as_article(one)), tally)
    return tally


def show(title: str, tally: Tally, *, misses: bool) -> None:
    """Print the scores and the confusion matrix: rows what was wanted, columns what was read."""
    precision, recall, right, wanted, read = tally.scores
    print(f"{title}: precision {precision:.2f} ({right}/{read}), recall {recall:.2f} ({right}/{wanted})")
    print(" " * 10 + "".join(f"{side:>9}" for side in SIDES))
    for one in SIDES:
        print(f"{one:<10}" + "".join(f"{tally.pairs[one, other]:>9}" for other in SIDES))
    if misses:
        print("\n".join(tally.lines))


def main() -> None:
    """Measure the halves asked for."""
    halves = [one for one in sys.argv[1:] if one in {"even", "odd", "all"}] or ["even", "odd"]
    for half in halves:
        for name in ("sentences", "articles"):
            show(f"{name} {half}", measure((name,), half), misses="misses" in sys.argv)
    show("fresh", measure(("fresh",), "all"), misses=False)


if __name__ == "__main__":
    main()
