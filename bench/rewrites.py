"""News stories rewritten at other reading levels, filed in one warehouse: how many rewrites find their story.

    .venv/bin/python bench/rewrites.py

The 95 stories of ../shared/data/onestop in three versions each, the hardest level first. Nothing is held out: the last
thresholds were set with all misses in view. Every pair of pages under one original that is not of one story is named.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

from rig.desk import SHARED, temporary_desk
from rig.table import circumstances, markdown, share

from flows.stages import file_batch
from news.article import CleanArticle
from warehouse import listings

DEFAULT = SHARED / "data" / "onestop" / "rewrites.jsonl.gz"
LEVELS = ("adv", "int", "ele")
SEEN = datetime(2030, 1, 1, tzinfo=UTC)


def address(level: str, place: int) -> str:
    """Where one version of one story is published."""
    return f"https://{level}.example/{place}"


def file_all(stories: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The original of each address, after all versions were filed."""
    with temporary_desk() as desk:
        for hours, level in enumerate(LEVELS):
            seen = SEEN + timedelta(hours=hours)
            file_batch(
                desk,
                [
                    CleanArticle(url=address(level, at), text=one[level], title=one["title"], seen=seen, outlet=level)
                    for at, one in enumerate(stories)
                ],
                seen,
            )
        with desk.warehouse.reading() as tx:
            rows = listings.listing(tx, "articles")
    return {row["url"]: row["original_id"] or row["article_id"] for row in rows}


def main() -> int:
    """Measure and print."""
    if not DEFAULT.exists():
        print(f"{DEFAULT} is not there: nothing measured")
        return 0
    print(circumstances() + "\n")
    with gzip.open(DEFAULT, "rt", encoding="utf-8") as lines:
        stories = [json.loads(line) for line in lines]
    under = file_all(stories)
    places = range(len(stories))
    rows = [
        (
            f"{one} and {other}",
            share(sum(under[address(one, at)] == under[address(other, at)] for at in places), len(stories)),
        )
        for one, other in combinations(LEVELS, 2)
    ]
    print(markdown(["levels", "under one original"], rows) + "\n")
    joined = [pair for pair in combinations(sorted(under), 2) if under[pair[0]] == under[pair[1]]]
    wrong = [pair for pair in joined if len({url.rsplit("/", 1)[1] for url in pair}) > 1]
    print(f"Pairs joined: {len(joined)}; of these not of one story: {len(wrong)}")
    for pair in wrong:
        print("- " + " and ".join(pair))
    return 0


if __name__ == "__main__":
    sys.exit(main())
