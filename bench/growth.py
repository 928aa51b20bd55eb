"""What filing costs as the warehouse grows: five hundred new articles on top of ten thousand, and of a million.

    .venv/bin/python bench/growth.py [--one-day] [STORED …]

STORED (default 10,000 100,000) are the sizes, in articles; a million takes some minutes and gigabytes. They come in at
1,000 a day, as they do in the life of a warehouse; with --one-day all of them on one day, the worst case. The stored
articles are synthetic: texts of 25 sentences from a pool, of 500 outlets, with the rows that filing leaves and as many
marks as a real article of that length leaves: some of one paragraph that stands in all of them, and one in thirty of a
formula that others have too. They are
written by the driver, not filed one by one. On top come batches of 500 new articles with words of their own,
distributed as words are (Zipf); every fifth is a copy of one filed before, and all share a paragraph. Each size is
measured three times; told are the medians of the wall seconds, of this process's CPU seconds and of the candidates that
were looked at for an article, and the most memory the process ever held, filling included.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any
from unittest.mock import patch

from rig.desk import temporary_desk
from rig.stopwatch import peak_memory_mb
from rig.table import circumstances, markdown

from flows.desk import Desk
from flows.stages import file_batch
from news.article import CleanArticle, FeedItem, FetchedPage
from news.texts import CopyText
from warehouse import folding, pages
from warehouse.transaction import Transaction

SIZES = (10_000, 100_000)
NEW = 500
ROUNDS = 3
OUTLETS = 500
SENTENCES = 20_000
AT_ONCE = 50_000
PER_DAY = 1_000
NOW = datetime(2030, 1, 1, tzinfo=UTC)
BOILERPLATE = (
    "This paragraph of twenty words or more stands in every article of every outlet and tells nothing of it at all."
)
_rng = random.Random(7)  # noqa: S311 - the same articles each time
_WORDS = [f"{a}{b}{c}" for a in ("ka", "lo", "mi", "ne", "ru", "sta") for b in "aeiou" for c in map(str, range(400))]
_WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(_WORDS) + 1)))


def sentence() -> str:
    """Twenty words, now and then a name or a number among them."""
    words = _rng.choices(_WORDS, cum_weights=_WEIGHTS, k=20)
    words[7] = words[7].title()
    words[13] = words[13].title() if _rng.random() < 0.5 else str(_rng.randrange(2, 9_000))
    return " ".join(words).capitalize() + "."


def new_articles(number: int, before: list[CleanArticle], now: datetime = NOW) -> list[CleanArticle]:
    """A batch: every fifth a copy, by another outlet, of one filed before."""
    made = []
    for at in range(NEW):
        url = f"http://outlet{_rng.randrange(OUTLETS)}.test/new/{number}/{at}"
        if before and at % 5 == 0:
            text = _rng.choice(before[-NEW * ROUNDS :]).text + "\n" + sentence()
        else:
            text = "\n".join([*(sentence() for _ in range(25)), BOILERPLATE])
        made.append(CleanArticle(url, f"Report {number} {at}", text, now, published=now, lang="en"))
    return made


def seed(desk: Desk) -> None:
    """One page that was fetched and cleaned, the pattern of those of the queue."""
    url = "http://outlet0.test/pattern"
    page = FetchedPage(url, "s", FeedItem(url), NOW, "page", final_url=url, body=b"<p>x")
    with desk.warehouse.transaction() as tx:
        pages.record(tx, [page])
        pages.mark_cleaned(tx, [page], NOW)


def moment(stored: int, per_day: int | None) -> datetime:
    """When so many articles are stored."""
    return NOW + timedelta(days=stored // per_day) if per_day else NOW


def store(tx: Transaction, first: int, count: int, per_day: int | None) -> None:
    """Writes so many synthetic articles behind the first ones; one filed article is the pattern of all rows."""
    span = {"first": first, "count": count, "outlets": OUTLETS, "sentences": SENTENCES}
    span |= {"start": NOW, "per_day": per_day or 10**9}
    tx.run(
        "CREATE OR REPLACE TEMP TABLE made AS "
        "SELECT i, 'art_' || md5(i::VARCHAR)[:20] AS id, 'outlet' || i % $outlets AS outlet, "
        "  $start::TIMESTAMPTZ + to_days((i // $per_day)::INTEGER) AS came, "
        "  'outlet' || i % $outlets || '.test/' || i AS key "
        "FROM range($first::BIGINT, ($first + $count)::BIGINT) AS r(i)",
        span,
    )
    tx.run(
        "CREATE OR REPLACE TEMP TABLE told AS SELECT i, string_agg(s.text, chr(10)) AS text "
        "FROM (SELECT i, (hash(i, n) % $sentences)::INTEGER AS number FROM made, range(25) AS k(n)) AS drawn "
        "JOIN sentences AS s USING (number) GROUP BY i",
        span,
    )
    for table, replaced in {
        "articles": "id AS article_id, 'http://' || key AS url, key AS url_key, came AS seen",
        "article_urls": "key AS url_key, id AS article_id",
        "pages": "key AS page_key, 'http://' || key AS url",
        "fetches": "key AS page_key, 'http://' || key AS url, md5(key) AS sha256",
        "cleanings": "key AS page_key",
    }.items():
        # Names of our own tables and columns, never values.
        tx.run(
            "INSERT INTO " + table + " BY NAME SELECT p.* REPLACE (" + replaced + ") "
            "FROM made, (FROM " + table + " LIMIT 1) AS p"
        )
    tx.run(
        "INSERT INTO revisions BY NAME SELECT p.* REPLACE (id AS article_id, 1 AS revision, 'first' AS kind, "
        "made.outlet AS outlet, 'Title ' || i AS title, told.text AS text, md5(told.text) AS body_hash, "
        "came AS seen, came AS published) "
        "FROM made JOIN told USING (i), (FROM revisions LIMIT 1) AS p"
    )
    tx.run(
        "INSERT INTO sketches BY NAME SELECT "
        "CASE WHEN n < len($boilerplate::BIGINT[]) THEN ($boilerplate::BIGINT[])[n + 1]::UINTEGER "
        "WHEN hash(i, n) % 30 = 0 THEN (hash(i, n, 1) % 5000)::UINTEGER * 4 "
        "ELSE (hash(i, n) % 1073741824)::UINTEGER * 4 END AS mark, id AS article_id, "
        "epoch(came)::BIGINT // 86400 AS day FROM made, range($marks::BIGINT) AS k(n)",
        {"marks": marks_each(), "boilerplate": sorted(CopyText("a", "a", "T", BOILERPLATE, NOW).marks)},
    )


def marks_each() -> int:
    """The marks that a real article of 25 sentences leaves."""
    return len(CopyText("a", "a", "T", "\n".join(sentence() for _ in range(25)), NOW).marks)


def measure(desk: Desk, before: list[CleanArticle], number: int, now: datetime) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and candidates an article of one batch."""
    found: list[int] = []
    join = folding.joined  # counted, not changed

    def counted(*likely: Any) -> Any:
        candidates = join(*likely)
        found.append(sum(map(len, candidates.values())))
        return candidates

    batch = new_articles(number, before, now)
    with patch.object(folding, "joined", counted):
        began, spent = time.monotonic(), time.process_time()
        file_batch(desk, batch, now)
        took = time.monotonic() - began, time.process_time() - spent
    before.extend(batch)
    return *took, sum(found) / NEW


def grow(sizes: Sequence[int], per_day: int | None) -> Iterator[tuple[int, float, float, float, float]]:
    """Size, median wall and CPU seconds, candidates an article, peak memory in MB."""
    with temporary_desk() as desk:
        before: list[CleanArticle] = []
        with desk.warehouse.transaction() as tx:
            tx.run("CREATE TABLE sentences (number INTEGER, text VARCHAR)")
            tx.append("sentences", [{"number": n, "text": sentence()} for n in range(SENTENCES)])
        file_batch(desk, new_articles(0, before), NOW)
        seed(desk)
        stored, number = 0, 1
        for size in sizes:
            while stored < size:
                count = min(AT_ONCE, size - stored)
                with desk.warehouse.transaction() as tx:
                    store(tx, stored, count, per_day)
                stored += count
            rounds = []
            for _ in range(ROUNDS):
                rounds.append(measure(desk, before, number, moment(stored, per_day)))
                number += 1
            wall, cpu, candidates = (statistics.median(column) for column in zip(*rounds, strict=True))
            yield stored, wall, cpu, candidates, peak_memory_mb()


def main(given: Sequence[str]) -> int:
    """Measure and print."""
    sizes = [int(one) for one in given if not one.startswith("--")] or SIZES
    per_day = None if "--one-day" in given else PER_DAY
    print(circumstances() + "\n")
    rows = []
    for stored, wall, cpu, candidates, memory in grow(sizes, per_day):
        rows.append((f"{stored:,}", f"{wall:.1f}", f"{cpu:.1f}", f"{candidates:.1f}", f"{memory:.0f}", wall))
        print(rows[-1], file=sys.stderr, flush=True)
    header = ["stored", f"seconds for {NEW}", "CPU seconds", "candidates an article", "peak memory, MB", "of the first"]
    print(markdown(header, [(*row[:5], f"{row[5] / rows[0][5]:.2f}") for row in rows]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
