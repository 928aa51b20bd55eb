"""Looks at sources: which are due, and what each one gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from news.article import FeedItem, Poll, Validators
from news.filing import url_key
from news.health import SourceHealth
from news.topic import Source
from warehouse.encoding import item_json
from warehouse.queries import query
from warehouse.transaction import Row, Transaction


def validators(tx: Transaction, sources: Sequence[Source], now: datetime) -> list[tuple[Source, Validators]]:
    """The sources that are due at `now`, in the order given, with what their servers gave to ask for changes with."""
    last = {row["source_id"]: row for row in tx.rows(query("last_polls"))}
    due: list[tuple[Source, Validators]] = []
    for source in sources:
        row = last.get(source.id)
        if row is None:
            due.append((source, Validators()))
        elif row["next_at"] <= now:
            due.append((source, Validators(row["etag"], row["last_modified"])))
    return due


def record(tx: Transaction, poll: Poll, next_at: datetime) -> int:
    """Write down one look and queue what it listed; gives how many items were new. A second time changes nothing."""
    return record_all(tx, [(poll, next_at)])


def record_all(tx: Transaction, polls: Sequence[tuple[Poll, datetime]]) -> int:
    """Write down looks, each with when its source is due again, and queue what they listed; gives how many were new.

    A look that is known already (same source and time) changes nothing. A page that its source now gives another
    title or time of update is queued for another visit.
    """
    times = sorted({poll.at for poll, _ in polls})
    known = {
        (row["source_id"], row["polled_at"])
        for row in tx.rows(
            "SELECT source_id, polled_at FROM polls WHERE polled_at IN (SELECT unnest($times::TIMESTAMPTZ[]))",
            {"times": times},
        )
    }
    fresh = [(poll, next_at) for poll, next_at in polls if (poll.source_id, poll.at) not in known]
    rows = [_poll_row(poll, next_at, _queue(tx, poll) if poll.items else 0) for poll, next_at in fresh]
    tx.insert("polls", rows)
    return sum(row["new_items"] for row in rows)


def _poll_row(poll: Poll, next_at: datetime, new: int) -> Row:
    return {
        "source_id": poll.source_id,
        "polled_at": poll.at,
        "outcome": poll.outcome,
        "http_status": poll.http_status,
        "error": poll.error,
        "items": len(poll.items),
        "new_items": new,
        "moved_to": poll.moved_to,
        "took_ms": poll.took_ms,
        "etag": poll.validators.etag,
        "last_modified": poll.validators.last_modified,
        "next_at": next_at,
    }


def health(tx: Transaction, until: datetime, names: Mapping[str, str]) -> list[SourceHealth]:
    """How each source ever polled had fared by then; `names` says what to call its outlet, by source id."""
    rows = tx.rows("SELECT * FROM sources_at($until) ORDER BY source_id", {"until": until})
    return [
        SourceHealth(
            source_id=row["source_id"],
            outlet=names.get(row["source_id"], row["source_id"]),
            last_poll=row["last_poll"],
            last_success=row["last_success"],
            failures=row["failures"],
            error=row["error"],
        )
        for row in rows
    ]


def _queue(tx: Transaction, poll: Poll) -> int:
    rows = [_item_row(key, item, poll) for key, item in _first_of_each(poll.items).items()]
    with tx.batch("listed", rows):
        tx.run(query("revisit_changed_pages"), {"at": poll.at})
        tx.run(query("update_items"), {"at": poll.at})
        tx.run(query("insert_items"))
    return tx.insert("pages", [_page_row(row, poll) for row in rows])


def _first_of_each(items: Sequence[FeedItem]) -> dict[str, FeedItem]:
    first: dict[str, FeedItem] = {}
    for item in items:
        first.setdefault(url_key(item.url), item)
    return first


def _item_row(key: str, item: FeedItem, poll: Poll) -> Row:
    return {
        "page_key": key,
        "source_id": poll.source_id,
        "title": " ".join(item.title.split()) if item.title else None,
        "updated": item.updated,
        "item": item_json(item),
        "first_seen": poll.at,
        "url": item.url,
    }


def _page_row(row: Row, poll: Poll) -> Row:
    return {
        "page_key": row["page_key"],
        "url": row["url"],
        "source_id": poll.source_id,
        "item": row["item"],
        "first_seen": poll.at,
        "fetches": 0,
        "failures": 0,
    }
