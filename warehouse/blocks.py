"""The blocks of text of each host's latest pages, and which of them are its furniture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from news.article import CleanArticle
from news.blocks import FEWEST, LATEST, SHARE, blocks_of, is_furniture, is_one_story
from news.filing import url_key
from news.hosts import host_of
from news.texts import hash_body
from warehouse.queries import query
from warehouse.transaction import Row, Transaction

Furniture = dict[str, frozenset[int]]
"""The blocks that are furniture, by host; a host without any is left out."""


@dataclass(frozen=True, slots=True)
class _Page:
    """One page's blocks: the length of each, and the text."""

    host: str
    key: str
    body_hash: str
    seen: datetime
    letters: Mapping[int, int]
    lines: Mapping[int, str]

    def less(self, known: Furniture) -> dict[int, int]:
        """The lengths of its blocks that are no furniture."""
        return {one: length for one, length in self.letters.items() if one not in known.get(self.host, ())}


def learn(
    tx: Transaction, pages: Sequence[CleanArticle], now: datetime, is_topical: Callable[[str], bool]
) -> Furniture:
    """Take note of the blocks of these pages; gives what is furniture of their hosts from now on.

    `is_topical` tells whether a line names what the topic is about. Of each host only the latest pages are kept, so
    that the cost of a page stays what it is as the warehouse grows. The same pages a second time change nothing.
    """
    hosts = sorted({host for page in pages if (host := host_of(page.url))})
    known = furniture(tx, hosts)
    learned = [made for page in pages if (made := _page(page))]
    if not learned:
        return known
    tx.insert("blocks", _rows(learned, _find_stories(tx, learned, known), now))
    bounds = {"hosts": hosts, "fewest": FEWEST, "share": SHARE, "latest": LATEST}
    lines = {(page.host, block): line for page in learned for block, line in page.lines.items()}
    found = [
        {"host": row["host"], "block": row["block"], "recorded_at": now}
        for row in tx.rows(query("repeated_blocks"), bounds)
        # A block that is not in these pages has its turn with the next page that has it.
        if (line := lines.get((row["host"], row["block"]))) is not None
        and is_furniture(row["stories"], row["known"], is_topical=is_topical(line))
    ]
    tx.insert("furniture", found)
    tx.run(query("forget_blocks"), bounds)
    for one in found:
        known[one["host"]] = known.get(one["host"], frozenset()) | {one["block"]}
    return known


def furniture(tx: Transaction, hosts: Sequence[str]) -> Furniture:
    """What is known to be furniture of these hosts."""
    found: dict[str, set[int]] = defaultdict(set)
    sql = "SELECT host, block FROM furniture WHERE host IN (SELECT unnest($hosts::VARCHAR[]))"
    for row in tx.rows(sql, {"hosts": list(hosts)}):
        found[row["host"]].add(row["block"])
    return {host: frozenset(blocks) for host, blocks in found.items()}


def _page(page: CleanArticle) -> _Page | None:
    host = host_of(page.url)
    if host is None or page.partial is not None:
        return None
    places = {block: found[0] for block, found in blocks_of(page.text).items()}
    return _Page(
        host,
        url_key(page.url),
        hash_body(page.body),
        page.seen,
        {block: end - start for block, (start, end) in places.items()},
        {block: page.text[start:end] for block, (start, end) in places.items()},
    )


def _find_stories(tx: Transaction, pages: Sequence[_Page], known: Furniture) -> dict[str, str]:
    """The story that each page tells, by the page's key: that of an earlier page it shares most of its text with."""
    fresh = [{"host": page.host, "page_key": page.key, "block": block} for page in pages for block in page.less(known)]
    stored: dict[str, list[Row]] = defaultdict(list)
    if fresh:
        with tx.batch("fresh", fresh):
            for row in tx.rows(query("pages_sharing_blocks")):
                stored[row["page_key"]].append(row)
    stories: dict[str, str] = {}
    met: dict[str, list[_Page]] = defaultdict(list)
    for page in pages:
        own = page.less(known)
        length = sum(own.values())
        near = [row["story"] for row in stored[page.key] if is_one_story(row["shared"], length, row["letters"])]
        near += [stories[other.key] for other in met[page.host] if _tell_one_story(own, other.less(known))]
        stories.setdefault(page.key, near[0] if near else page.body_hash)
        met[page.host].append(page)
    return stories


def _tell_one_story(one: Mapping[int, int], other: Mapping[int, int]) -> bool:
    shared = sum(length for block, length in one.items() if block in other)
    return is_one_story(shared, sum(one.values()), sum(other.values()))


def _rows(pages: Sequence[_Page], stories: Mapping[str, str], now: datetime) -> list[Row]:
    return [
        {
            "host": page.host,
            "block": block,
            "page_key": page.key,
            "story": stories[page.key],
            "letters": length,
            "seen": page.seen,
            "recorded_at": now,
        }
        for page in pages
        for block, length in page.letters.items()
    ]
