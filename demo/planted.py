"""What the demo wire plants, read from `demo/planted/*.toml`: the answers to compare a replay with."""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "planted"
TABLES = (
    "claims",
    "copies",
    "mutations",
    "revisions",
    "off_topic",
    "dates",
    "fetch",
    "sources",
    "shifts",
    "divergences",
    "disputes",
    "figures",
    "first_positions",
    "line_changes",
    "traps",
)
BLOCKS = re.compile(
    r"</?(?:p|li|ul|ol|h[1-6]|blockquote|div|figure|figcaption|table|tr|td|th|br|dl|dt|dd)\b[^>]*>", re.IGNORECASE
)
TAGS = re.compile(r"<[^>]+>")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Planted:
    """Every planted thing, by table; each row is as its file has it."""

    claims: tuple[Row, ...] = ()
    copies: tuple[Row, ...] = ()
    mutations: tuple[Row, ...] = ()
    revisions: tuple[Row, ...] = ()
    off_topic: tuple[Row, ...] = ()
    dates: tuple[Row, ...] = ()
    fetch: tuple[Row, ...] = ()
    sources: tuple[Row, ...] = ()
    shifts: tuple[Row, ...] = ()
    divergences: tuple[Row, ...] = ()
    disputes: tuple[Row, ...] = ()
    figures: tuple[Row, ...] = ()
    first_positions: tuple[Row, ...] = ()
    line_changes: tuple[Row, ...] = ()
    traps: tuple[Row, ...] = ()


def load_planted(folder: Path = FOLDER) -> Planted:
    """Everything planted, the files in order of their names.

    Raises:
        ValueError: a table that is not one of the planted kinds.
    """
    found: dict[str, list[Row]] = {table: [] for table in TABLES}
    for path in sorted(folder.glob("*.toml")):
        for table, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if table not in found:
                msg = f"{path.name}: [[{table}]] is no kind of planted thing; one of {', '.join(TABLES)}"
                raise ValueError(msg)
            found[table].extend(rows)
    return Planted(**{table: tuple(rows) for table, rows in found.items()})


def blocks(body_html: str) -> list[str]:
    """The visible text of a body, one entry a paragraph, list item or heading, white space folded."""
    parts = (html.unescape(TAGS.sub("", part)) for part in BLOCKS.split(body_html))
    return [folded for part in parts if (folded := " ".join(part.split()))]
