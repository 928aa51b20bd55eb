"""The rows of `volteface sources`: every source of the topic, in words that a reader can take in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from news.topic import Topic

SHOWN = ("source", "answered", "last_article", "errors", "on_topic", "ms", "robots", "next_look", "note")


def with_unasked(rows: Sequence[Mapping[str, Any]], topic: Topic, match: str | None) -> list[dict[str, Any]]:
    """The warehouse's rows, and one with nothing but its id for each source of the topic that was never asked."""
    known = {row["source_id"] for row in rows}
    keys = list(rows[0]) if rows else ["source_id"]
    unasked = [
        dict.fromkeys(keys) | {"source_id": one.id}
        for one in topic.sources
        if one.id not in known and (match is None or match.lower() in one.id.lower())
    ]
    return sorted([*map(dict, rows), *unasked], key=lambda row: row["source_id"])


def shown(row: Mapping[str, Any], topic: Topic) -> dict[str, Any]:
    """What a reader sees of a row: times to the minute, the yield with its counts, and what is wrong in words."""
    return {
        "source": row["source_id"],
        "answered": _minute(row.get("last_success")),
        "last_article": _minute(row.get("last_article")),
        "errors": row.get("failures"),
        "on_topic": f"{row['on_topic']} of {row['articles']}" if row.get("articles") else None,
        "ms": row.get("median_ms"),
        "robots": row.get("robots"),
        "next_look": _minute(row.get("next_at")),
        "note": _note(row, topic),
    }


def _minute(when: datetime | None) -> str | None:
    return f"{when:%Y-%m-%d %H:%M}" if when else None


def _note(row: Mapping[str, Any], topic: Topic) -> str | None:
    if row.get("last_poll") is None:
        return "never asked yet"
    notes = [row.get("error")]
    if row.get("moved_to"):
        notes.append(f"moved: put {row['moved_to']} into the topic file")
    if row.get("gaps"):
        count = row["gaps"]
        notes.append(f"{count} {'gap' if count == 1 else 'gaps'}, the last found {_minute(row.get('last_gap'))}")
    if all(one.id != row["source_id"] for one in topic.sources):
        notes.append("no longer in the topic")
    return "; ".join(note for note in notes if note) or None
