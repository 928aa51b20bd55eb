"""The queue of pages: which are due for a fetch, what the fetches gave, which bodies wait to be cleaned."""

from __future__ import annotations

import gzip
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from isal import igzip

from news.article import FetchedPage, PageToFetch, Validators
from news.filing import url_key
from warehouse.encoding import item_json, item_of
from warehouse.queries import query
from warehouse.transaction import Row, Transaction

LEVEL = 2  # of ISA-L: a fifth of the time that zlib takes at its 3, for a thirtieth more bytes
TRIES = 6  # a page that failed so often in a row is given up until its source says that it changed
FIRST_RETRY = timedelta(minutes=5)  # then four times as long each time: 5 min, 20 min, 80 min, 5 h, 21 h
CONFIRM = timedelta(hours=6)  # after which a page that was not found is looked for once more
CITED_FOR = timedelta(days=30)  # after a digest told of a page's claims


@dataclass(frozen=True, slots=True)
class Revisits:
    """When a page is visited again: how long after it was first seen, each time.

    `cited` holds for pages with claims that a digest of the last days told of.
    """

    plain: tuple[timedelta, ...] = ()
    cited: tuple[timedelta, ...] = ()


def pending(tx: Transaction, now: datetime, limit: int, revisits: Revisits = Revisits()) -> list[PageToFetch]:
    """At most `limit` pages that are due at `now`: new or changed ones, then retries, then further visits.

    The page of an article that was not found is a retry, once: then it is gone.
    """
    params = {
        "now": now,
        "limit": limit,
        "tries": TRIES,
        "first_retry": FIRST_RETRY.total_seconds(),
        "confirm": CONFIRM.total_seconds(),
        "cited_since": now - CITED_FOR,
        "revisit": [delay.total_seconds() for delay in revisits.plain],
        "revisit_cited": [delay.total_seconds() for delay in revisits.cited],
    }
    return [
        PageToFetch(
            url=row["url"],
            source_id=row["source_id"],
            item=item_of(row["item"]),
            validators=Validators(row["etag"], row["last_modified"]),
            attempts=row["fetches"],
        )
        for row in tx.rows(query("pending_pages"), params)
    ]


def pack(pages: Sequence[FetchedPage]) -> list[Row]:
    """The pages' bodies as `record` keeps them; on every core, and best before a transaction is begun."""
    whole = [page for page in pages if page.outcome == "page"]
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # zlib and hashlib let go of the interpreter's lock
        return list(threads.map(_body_row, whole))


def record(tx: Transaction, pages: Sequence[FetchedPage], bodies: Sequence[Row] | None = None) -> None:
    """Write down fetches with their bodies. A fetch that is known already (same page and time) changes nothing.

    `bodies` are the pages' own, packed; None packs them here. A body that is, byte for byte, the one cleaned last
    needs no cleaning.
    """
    if not pages:
        return
    rows = [_fetch_row(page) for page in pages]
    tx.insert("pages", [_page_row(page) for page in pages])
    tx.insert("bodies", pack(pages) if bodies is None else bodies)
    tx.insert("fetches", rows)
    with tx.batch("fetched", [{"page_key": row["page_key"]} for row in rows]):
        tx.run(query("update_pages"))
        tx.run(query("pass_over_same_bodies"))


def note_vanished(tx: Transaction, pages: Sequence[FetchedPage], now: datetime) -> list[Row]:
    """Which articles' pages, among those just fetched, turned out to be gone; written down, each once.

    A row has `article_id`, `gone_at` (the first look that did not find it) and `http_status`.
    """
    keys = [{"page_key": url_key(page.url)} for page in pages if page.outcome == "gone"]
    if not keys:
        return []
    with tx.batch("fetched", keys):
        rows = tx.rows(query("vanished_pages"), {"confirm": CONFIRM.total_seconds()})
    tx.insert("vanished", [row | {"recorded_at": now} for row in rows])
    return rows


def uncleaned(tx: Transaction, limit: int) -> list[FetchedPage]:
    """At most `limit` fetches that wait to be cleaned, oldest first: pages, items without one, files of records.

    Pages that could never be fetched and are given up are among them: their source's own text is all there will be.
    """
    return [
        FetchedPage(
            url=row["url"],
            source_id=row["source_id"],
            item=item_of(row["item"]),
            at=row["fetched_at"],
            outcome=row["outcome"],
            final_url=row["final_url"],
            http_status=row["http_status"],
            content_type=row["content_type"],
            body=gzip.decompress(row["gzipped"]) if row["gzipped"] else b"",
            validators=Validators(row["etag"], row["last_modified"]),
            error=row["error"],
            permanent=row["permanent"],
            attempts=row["attempts"],
            took_ms=row["took_ms"],
        )
        for row in tx.rows(query("uncleaned_pages"), {"limit": limit, "tries": TRIES})
    ]


def waiting(tx: Transaction, pages: Sequence[FetchedPage]) -> list[FetchedPage]:
    """Those of the pages just recorded that wait to be cleaned, in the order in which `uncleaned` gives them."""
    if not pages:
        return []
    with tx.batch("fetched", [{"page_key": url_key(page.url), "fetched_at": page.at} for page in pages]):
        keys = {row["page_key"] for row in tx.rows(query("waiting_pages"), {"tries": TRIES})}
    kept = {url_key(page.url): page for page in pages}
    return [kept[key] for key in sorted(keys)]


def mark_cleaned(tx: Transaction, pages: Sequence[FetchedPage], now: datetime, outcome: str = "cleaned") -> None:
    """These pages no longer wait: they were cleaned and filed, or `rejected`."""
    tx.insert(
        "cleanings",
        [
            {"page_key": url_key(page.url), "fetched_at": page.at, "outcome": outcome, "cleaned_at": now}
            for page in pages
        ],
    )


def mark_topic(tx: Transaction, pages: Sequence[tuple[str, bool]]) -> None:
    """Keep whether the articles of these addresses are on the topic: the others are not visited again."""
    if not pages:
        return
    latest = {url_key(url): not on_topic for url, on_topic in pages}
    rows = [{"page_key": key, "off_topic": off_topic} for key, off_topic in latest.items()]
    with tx.batch("filed", rows):
        tx.run(query("mark_topic"))


def _body_row(page: FetchedPage) -> Row:
    # The gzip header's time is left out: the same body gives the same bytes.
    packed = igzip.compress(page.body, LEVEL, mtime=0)
    return {"sha256": page.sha256, "gzipped": packed, "bytes": len(page.body), "packed": len(packed)}


def _page_row(page: FetchedPage) -> Row:
    return {
        "page_key": url_key(page.url),
        "url": page.url,
        "source_id": page.source_id,
        "item": item_json(page.item),
        "first_seen": page.at,
        "fetches": 0,
        "failures": 0,
    }


def _fetch_row(page: FetchedPage) -> Row:
    return {
        "page_key": url_key(page.url),
        "fetched_at": page.at,
        "url": page.url,
        "source_id": page.source_id,
        "outcome": page.outcome,
        "final_url": page.final_url,
        "http_status": page.http_status,
        "content_type": page.content_type,
        "sha256": page.sha256,
        "etag": page.validators.etag,
        "last_modified": page.validators.last_modified,
        "error": page.error,
        "permanent": page.permanent,
        "attempts": page.attempts,
        "took_ms": page.took_ms,
    }
