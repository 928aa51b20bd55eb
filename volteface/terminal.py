"""What goes to a terminal: text from outside is made harmless first, JSON Lines go to stdout, all else to stderr."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

OBEYED = re.compile("[\x7f-\x9f\u2028\u2029" + "".join(sorted(BIDI)) + "]")  # what JSON leaves as it is


def plain(text: str) -> str:
    """The text on one line, without anything a terminal would obey: escapes, other controls, changes of direction."""
    kept = (" " if char in BREAKS else char for char in text if char not in BIDI)
    return "".join(char for char in kept if unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"})


def say(text: str) -> None:
    """A line for the user, on stderr."""
    click.echo(text, err=True)


def print_json(rows: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line on stdout, times in ISO 8601; what a terminal would obey is escaped as JSON does."""
    for row in rows:
        line = json.dumps(row, default=_json, ensure_ascii=not _utf8())
        click.echo(OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", line))


def _utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def _json(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], below: str | None = None) -> None:
    """The rows on stdout: a table on a terminal, whole tab-separated lines in a pipe; outside text is made harmless.

    `below` is a column of long texts: on a terminal they stand under the table, each behind its row's first cell.
    """
    console = Console()
    if not console.is_terminal:
        # A pipe gets one line a row, tab-separated and whole: cut, sort and grep are what reads it.
        for row in rows:
            click.echo("\t".join(_cell(row.get(column)) for column in columns))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    inside = [column for column in columns if column != below]
    for column in inside:
        table.add_column(Text(_cell(column)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row.get(column))) for column in inside))
    console.print(table)
    for row in rows:
        if below and row.get(below):
            console.print(Text(f"{_cell(row[columns[0]])}: {_cell(row[below])}"))
    say(f"{len(rows):,} rows")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list | tuple):
        return ", ".join(plain(str(one)) for one in value)
    return plain(str(value))
