"""Markdown that can be pasted into docs/quality.md."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]


def markdown(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; a bar inside a cell is escaped, a line break becomes a blank."""
    lines = [_line(header), _line(["---"] * len(header)), *(_line(row) for row in rows)]
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    """`part of whole (percent)`, so that no share stands without its counts."""
    return f"{part:,} of {whole:,} ({part / whole:.0%})" if whole else f"{part:,} of none"


def circumstances() -> str:
    """The commit measured, whether anything tracked was changed since, the cores, and how busy the machine was."""
    commit = _git("rev-parse", "--short", "HEAD") or "no commit"
    changed = " with uncommitted changes" if _git("status", "--porcelain", "--untracked-files=no") else ""
    return f"Commit {commit}{changed}; {os.cpu_count()} cores, load at the start {os.getloadavg()[0]:.1f}."


def _git(*arguments: str) -> str:
    found = subprocess.run(  # noqa: S603 - constant arguments
        ["git", "-C", str(ROOT), *arguments],  # noqa: S607 - whichever git the user has
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip()


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(" ".join(str(cell).split()).replace("|", "\\|") for cell in cells) + " |"
