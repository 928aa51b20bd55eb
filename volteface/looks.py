"""One look at each source of a topic, without a warehouse: which work, which have moved and where to, which fail."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from news.article import Poll, Validators
from news.errors import ConfigurationError
from news.topic import Topic
from sources.fetcher import FetchLimits
from sources.politeness import Sleep
from sources.polling import poll_sources
from volteface.terminal import plain, print_json, print_rows, say

COLUMNS = ("source_id", "state", "items", "newest", "detail")


def look_at_sources(
    topic: Topic,
    now: datetime,
    user_agent: str,
    *,
    as_json: bool = False,
    limits: FetchLimits | None = None,
    sleep: Sleep = asyncio.sleep,
) -> None:
    """Polls every source of the topic once and prints a row for each on stdout; nothing is kept.

    Raises:
        ConfigurationError: the topic has no sources.
    """
    if not topic.sources:
        raise ConfigurationError(
            f"{topic.path} has no sources", "add one: `volteface check --add` with a home page's address"
        )
    blank = [(source, Validators()) for source in topic.sources]
    looks = poll_sources(blank, limits or FetchLimits(), topic, now, lambda _: None, user_agent=user_agent, sleep=sleep)
    rows = [_row(look, topic) for look in looks]
    if as_json:
        print_json(rows)
    else:
        print_rows(rows, COLUMNS, "detail")
    say(_sum_up(rows))


def _row(look: Poll, topic: Topic) -> dict[str, Any]:
    source = next(one for one in topic.sources if one.id == look.source_id)
    state = "fails" if look.outcome == "failed" else "moved" if look.moved_to else "works" if look.items else "empty"
    detail = look.error
    if look.moved_to:
        detail = f'put in address = "{plain(look.moved_to)}"' + (f" ({look.error})" if look.error else "")
    return {
        "source_id": source.id,
        "kind": source.kind,
        "address": source.address,
        "state": state,
        "items": len(look.items),
        "newest": max((when for item in look.items if (when := item.published or item.updated)), default=None),
        "moved_to": look.moved_to,
        "http_status": look.http_status,
        "took_ms": look.took_ms,
        "error": look.error,
        "detail": detail,
    }


def _sum_up(rows: Sequence[dict[str, Any]]) -> str:
    states = [row["state"] for row in rows]
    return f"{len(rows)} sources: " + ", ".join(
        f"{states.count(state)} {word}"
        for state, word in (("works", "work"), ("moved", "have moved"), ("empty", "are empty"), ("fails", "fail"))
    )
