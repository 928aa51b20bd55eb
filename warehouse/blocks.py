"""The blocks of text of each host's latest pages, and which of them are its furniture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from news.article import CleanArticle
from news.blocks import FEWEST, LATEST, SHARE, blocks_of
from news.filing import url_key
from news.hosts import host_of
from news.texts import hash_body
from warehouse.queries import query
from warehouse.transaction import Row, Transaction


def learn(tx: Transaction, pages: Sequence[CleanArticle], now: datetime) -> None:
    """Take note of the blocks of these pages, and of what is furniture of their hosts from now on.

    Of each host only the latest pages are kept, so that the cost of a page stays what it is as the warehouse grows. The
    same pages a second time change nothing.
    """
    rows = [row for page in pages for row in _rows(page, now)]
    if not rows:
        return
    tx.insert("blocks", rows)
    params = {"hosts": sorted({row["host"] for row in rows}), "now": now}
    bounds = {"fewest": FEWEST, "share": SHARE, "latest": LATEST}
    tx.run(query("insert_furniture"), params | bounds)
    tx.run(query("forget_blocks"), params | bounds)


def furniture(tx: Transaction, hosts: Sequence[str]) -> dict[str, frozenset[int]]:
    """The blocks that are furniture, by host; a host without any is left out."""
    found: dict[str, set[int]] = defaultdict(set)
    sql = "SELECT host, block FROM furniture WHERE host IN (SELECT unnest($hosts::VARCHAR[]))"
    for row in tx.rows(sql, {"hosts": list(hosts)}):
        found[row["host"]].add(row["block"])
    return {host: frozenset(blocks) for host, blocks in found.items()}


def count(tx: Transaction) -> int:
    """How many blocks are known to be furniture."""
    row = tx.row("SELECT count(*) AS blocks FROM furniture")
    return int(row["blocks"]) if row else 0


def _rows(page: CleanArticle, now: datetime) -> list[Row]:
    host = host_of(page.url)
    if host is None or page.partial is not None:
        return []
    same = {
        "host": host,
        "page_key": url_key(page.url),
        "body_hash": hash_body(page.body),
        "seen": page.seen,
        "recorded_at": now,
    }
    return [same | {"block": block} for block in blocks_of(page.text)]
