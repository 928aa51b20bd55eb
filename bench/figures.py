"""Figures read from phrases written before the rules: right ones, by half, with every miss of the shown half named.

    .venv/bin/python bench/figures.py [--held]

The phrases stand in tests/analysis/figure_phrases.toml; rules are made from the shown half, so the held-out half is the
one to trust, and its misses are named only with --held. A figure is right when unit, value, bounds, fate and both marks
are.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

from rig.table import circumstances, markdown, share

from analysis.figures import read_figures

PHRASES = Path(__file__).parent.parent / "tests" / "analysis" / "figure_phrases.toml"
Told = tuple[str, float | None, float | None, float | None, str, bool, bool]


def wanted(phrase: dict[str, Any]) -> list[Told]:
    """The figures a phrase is written down with."""
    return [
        (
            one["unit"],
            one.get("value"),
            one.get("low"),
            one.get("high"),
            one.get("fate", ""),
            one.get("more", False),
            one.get("planned", False),
        )
        for one in phrase.get("figures", ())
    ]


def read(text: str) -> list[Told]:
    """The figures the reader takes from a text."""
    return [(one.unit, one.value, one.low, one.high, one.fate, one.more, one.planned) for one in read_figures(text)]


def left_out(found: list[Told], expected: list[Told]) -> list[Told]:
    """The figures read, without the noun where none was written and an earlier figure's noun was taken."""
    if len(found) != len(expected):
        return found
    units = [one[0] for one in found]
    return [("", *one[1:]) if not expected[at][0] and one[0] in units[:at] else one for at, one in enumerate(found)]


def main(*, held: bool) -> int:
    """Measure and print."""
    print(circumstances() + "\n")
    phrases = tomllib.loads(PHRASES.read_text(encoding="utf-8"))["phrases"]
    rows, misses = [], []
    for half in ("shown", "held"):
        mine = [one for one in phrases if one["half"] == half]
        whole = right = given = told = quiet = 0
        for one in mine:
            expected, found = wanted(one), read(one["text"])
            given += len(expected)
            told += len(found)
            found = left_out(found, expected)
            right += sum(each in found for each in expected)
            whole += expected == found
            quiet += not expected and not found
            if expected != found and (half == "shown" or held):
                misses.append(f"- {half}: {one['text']}\n    wanted {expected}\n    read   {found}")
        none = sum(not one.get("figures") for one in mine)
        rows.append((half, share(whole, len(mine)), share(right, given), share(right, told), share(quiet, none)))
    print(markdown(["half", "phrases right", "figures found", "figures read right", "no figure where none is"], rows))
    print("\n".join(["", *misses]))
    return 0


if __name__ == "__main__":
    sys.exit(main(held="--held" in sys.argv))
