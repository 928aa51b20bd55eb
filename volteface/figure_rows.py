"""The rows of `volteface figures`: each series in a line, with whose word every number is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alerts.wording import amount

SHOWN = ("line", "latest", "on", "finding_id", "series")


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a reader sees of a series: its latest number, and all of them with their holders and days."""
    values = row["values"] or []
    last = values[-1] if values else {}
    return {
        "line": row["line"],
        "latest": amount(last),
        "on": last.get("on"),
        "finding_id": row["finding_id"],
        "series": "; ".join(f"{one['on']} {amount(one)} ({one['holder']})" for one in values),
    }
