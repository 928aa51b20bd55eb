"""The other libraries' readings of the same pages, each by a process of its own in the rivals' environment."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rig.likeness import Reading
from rig.rival import RIVALS
from rig.table import ROOT

PYTHON = ROOT / ".rivals" / "bin" / "python"
SCRIPT = Path(__file__).with_name("rival.py")
LONGEST_S = 900


def read_by_rivals(pages: Sequence[tuple[str, str]]) -> Iterator[tuple[str, list[Reading]]]:
    """Each rival's name with its readings of the pages (address and markup), in their order; nothing if none is there.

    Raises:
        RuntimeError: a rival ended early.
    """
    if not PYTHON.is_file():
        return
    given = "".join(json.dumps({"url": url, "html": html}) + "\n" for url, html in pages)
    for name in RIVALS:
        command = [str(PYTHON), str(SCRIPT), name]
        done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=LONGEST_S, check=False)  # noqa: S603
        # A library that prints on standard output must not be taken for an answer.
        lines = [line for line in done.stdout.splitlines() if line.startswith('{"title"')]
        if len(lines) != len(pages):
            message = f"{name} read {len(lines)} of {len(pages)} pages: {done.stderr[-300:]}"
            raise RuntimeError(message)
        yield name, [_reading(json.loads(line)) for line in lines]


def _reading(given: dict[str, str | None]) -> Reading:
    return Reading(given["title"], _moment(given["date"]), given["text"])


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)
