"""Copies in one warehouse at one setting: rewrites, a real archive, the demo wire and hand-made pairs together.

    make rivals && .venv/bin/python bench/copies.py

Pages are imported and filed in the order in which they were seen. Compared are pairs of pages: those that are known to
be one text or a copy of one, and those that filing put under one original. Of ../shared/data the parts that are there
count. The kinds of the demo's copies and of the hand-made ones come as a confusion matrix. Beside it, on the same
texts in the same run: datasketch, rensa and simhash at each of their settings, and how long each takes for a sketch,
a look-up and an entry in its index in memory, against filing (all of that, the verdict, and the rows in DuckDB).

The hand-made pairs and the demo were written by this project; of onestop all misses were in view when thresholds were
set. What is measured here on unseen text is the archive alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any

from rig.corpora import LEVELS, Corpus, load_corpus
from rig.desk import temporary_desk
from rig.near import RIVALS
from rig.rivals import PYTHON
from rig.table import ROOT, circumstances, markdown, share

from analysis.relevance import relevance
from demo.replay import OVERLAY
from flows.desk import Desk
from news.topic_file import load_topic, with_overlay
from volteface.options import DEFAULT_TOPIC
from warehouse import articles, listings

BATCH = 500
SCRIPT = ROOT / "bench" / "rig" / "near.py"
PARTS = ("onestop", "kcna", "demo", "hand-made")
LONGEST_S = 1800

Pair = tuple[str, str]


def file_all(desk: Desk, corpus: Corpus) -> tuple[list[dict[str, Any]], float]:
    """The articles after all were filed, and the seconds of filing: sketch, look-up, verdict, rows."""
    judged = [(page, relevance(page.title, page.body, desk.topic)) for page in (one.page for one in corpus.texts)]
    began = time.perf_counter()
    with desk.warehouse.lease(threads=1):  # as a round holds it
        for at in range(0, len(judged), BATCH):
            batch = judged[at : at + BATCH]
            now: datetime = max(page.seen for page, _ in batch)
            with desk.warehouse.transaction() as tx:
                articles.file(tx, batch, now, topic=desk.topic)
    seconds = time.perf_counter() - began
    with desk.warehouse.reading() as tx:
        return listings.listing(tx, "articles"), seconds


def pairs_of(rows: Sequence[Mapping[str, Any]]) -> set[Pair]:
    """The pairs of addresses under one original."""
    under: dict[str, set[str]] = {}
    for row in rows:
        under.setdefault(row["original_id"] or row["article_id"], set()).add(row["url"])
    return {pair for urls in under.values() for pair in combinations(sorted(urls), 2)}


def f1(true: set[Pair], found: set[Pair]) -> float:
    """Of pairs, 0 to 1; 1 where there is nothing to find and nothing was found."""
    if not true and not found:
        return 1.0
    return 2 * len(true & found) / (len(true) + len(found))


def of_part(pairs: set[Pair], part: str, parts: Mapping[str, str]) -> set[Pair]:
    """The pairs that touch that part: one across two parts counts in both."""
    return {pair for pair in pairs if part in (parts[pair[0]], parts[pair[1]])}


def show_found(corpus: Corpus, found: set[Pair]) -> None:
    """Prints recall and precision of each part and the whole, and every pair that is missed or wrong."""
    parts, true = corpus.part_of(), set(corpus.true)
    rows = []
    for part in PARTS:
        wanted, got = of_part(true, part, parts), of_part(found, part, parts)
        pages = sum(one.part == part for one in corpus.texts)
        rows.append((part, pages, len(wanted), *_rates(wanted, got)))
    for one, other in combinations(LEVELS, 2):
        wanted = {pair for pair in true if {_level(pair[0]), _level(pair[1])} == {one, other}}
        got = {pair for pair in found if {_level(pair[0]), _level(pair[1])} == {one, other}}
        rows.append((f"  onestop, {one}-{other}", "", len(wanted), *_rates(wanted, got)))
    rows.append(("all", len(corpus.texts), len(true), *_rates(true, found)))
    print(markdown(["part", "pages", "pairs", "recall", "precision", "F1"], rows) + "\n")
    for name, pairs in (("missed", true - found), ("wrong", found - true)):
        print(f"Pairs, {name}: {len(pairs)}\n")
        for one, other in sorted(pairs)[:40]:
            print(f"- {parts[one]}: {one} / {other}")
        print()


def _level(url: str) -> str:
    return next((level for level in LEVELS if url.startswith(f"https://{level}.example/")), "")


def _rates(true: set[Pair], found: set[Pair]) -> tuple[str, str, str]:
    both = len(true & found)
    return share(both, len(true)), share(both, len(found)), f"{f1(true, found):.3f}"


def show_kinds(corpus: Corpus, rows: Sequence[Mapping[str, Any]]) -> None:
    """Prints the kinds that were made against the kinds found, of the demo and the hand-made pairs."""
    found = {row["url"]: row["copy_kind"] or "original" for row in rows}
    parts = corpus.part_of()
    names = ("identical", "syndicated", "edited", "spun", "summary", "original")
    for part in ("demo", "hand-made"):
        counts: Counter[Pair] = Counter()
        for url, here in parts.items():
            if here == part:
                counts[corpus.kinds.get(url, "original"), found[url]] += 1
        table = [(made, *(counts[made, got] or "" for got in names)) for made in names]
        print(markdown([f"{part}: made, and found", *names], table) + "\n")


def rivals(corpus: Corpus) -> Iterator[tuple[str, dict[str, set[Pair]], float]]:
    """Each rival's pairs at each of its settings, and its seconds; nothing where `make rivals` was not run."""
    if not PYTHON.is_file():
        print("The rivals are not there: make rivals\n")
        return
    urls = [one.page.url for one in corpus.texts]
    given = json.dumps([one.page.body for one in corpus.texts])
    for name in RIVALS:
        command = [str(PYTHON), str(SCRIPT), name]
        done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=LONGEST_S, check=True)  # noqa: S603 - our own script
        answer = json.loads(done.stdout)
        yield (
            name,
            {
                setting: {(min(pair), max(pair)) for pair in ((urls[one], urls[other]) for one, other in pairs)}
                for setting, pairs in answer["pairs"].items()
            },
            answer["seconds"],
        )


def show_rivals(corpus: Corpus, found: set[Pair], seconds: float) -> None:
    """Prints F1 at the setting that is best on the whole, and of each part at the setting that is best on it."""
    parts, true = corpus.part_of(), set(corpus.true)
    pages = len(corpus.texts)

    def scores(pairs: set[Pair]) -> list[float]:
        return [f1(true, pairs), *(f1(of_part(true, part, parts), of_part(pairs, part, parts)) for part in PARTS)]

    rows = [_line("Volteface, one setting", scores(found), pages / seconds)]
    for name, settings, took in rivals(corpus):
        scored = {setting: scores(pairs) for setting, pairs in settings.items()}
        best = max(scored, key=lambda setting: scored[setting][0])
        rows.append(_line(f"{name}, best on the whole", scored[best], pages / took, best))
        tops = (f"{max(column):.3f}" for column in list(zip(*scored.values(), strict=True))[1:])
        rows.append((f"{name}, each part at its own best", "", "", *tops, ""))
    print(markdown(["", "setting", "F1, all", *PARTS, "pages a second"], rows))


def _line(name: str, scores: Sequence[float], speed: float, setting: str = "") -> tuple[str, ...]:
    return (name, setting, *(f"{score:.3f}" for score in scores), f"{speed:.0f}")


def main() -> int:
    """Measure and print."""
    print(circumstances() + "\n")
    topic = with_overlay(load_topic(DEFAULT_TOPIC), OVERLAY, {"address": "127.0.0.1:1", "out": "out"})
    corpus = load_corpus(topic)
    with temporary_desk(topic) as desk:
        rows, seconds = file_all(desk, corpus)
    found = pairs_of(rows)
    show_found(corpus, found)
    show_kinds(corpus, rows)
    show_rivals(corpus, found, seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
