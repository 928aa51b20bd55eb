"""How fast articles are read on all cores, beside the bare parser on the same texts in the same run.

    .venv/bin/python bench/reading.py [--baseline FOLDER]

Reads the texts of ../shared/data/polnear's dev part with the default topic. One process a core; each gets its share of
the articles by chance of order; whole rounds of both in turn, the median of their ratios. The bare parser is our own
spaCy pipeline, an article at a time as the reader has it; and spaCy's efficiency preset where FOLDER (default
.baseline/model-last, made by `make baseline`) is there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import spacy
from attributions import article_of
from spacy.language import Language

from analysis.parser.pipeline import load_pipeline
from analysis.reading import Reader
from news.topic_file import load_topic

ROOT = Path(__file__).parents[1]
POLNEAR = ROOT.parent / "shared" / "data" / "polnear" / "dev.jsonl.gz"
TOPIC = ROOT / "topics" / "dprk-alignment.toml"
ROUNDS = 5


@cache
def reader() -> Reader:
    """The reader of this process."""
    return Reader(load_topic(TOPIC))


@cache
def preset(folder: str) -> Language:
    """SpaCy's pipeline of this process."""
    return spacy.load(folder)


def read(rows: list[dict[str, str]]) -> int:
    """Reads articles; returns the number of claims."""
    return sum(len(reader().read(article_of(row))) for row in rows)


def parse(rows: list[dict[str, str]]) -> int:
    """Parses the same texts, one at a time; returns the number of sentences."""
    return sum(len(list(load_pipeline()(row["text"]).sents)) for row in rows)


def parse_by_preset(folder: str, rows: list[dict[str, str]]) -> int:
    """Parses the same texts with spaCy's preset."""
    return sum(len(list(doc.sents)) for doc in preset(folder).pipe(row["text"] for row in rows))


class _Preset:
    """`parse_by_preset` of one folder, in a form that goes to another process."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def __call__(self, rows: list[dict[str, str]]) -> int:
        return parse_by_preset(self._folder, rows)


def timed(
    pool: ProcessPoolExecutor, work: Callable[[list[dict[str, str]]], int], shares: list[list[dict[str, str]]]
) -> tuple[float, int]:
    """Seconds of one round on all cores, and what it counted."""
    began = time.perf_counter()
    counted = sum(pool.map(work, shares))
    return time.perf_counter() - began, counted


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--baseline", type=Path, default=ROOT / ".baseline" / "model-last")
    folder = parser.parse_args().baseline
    if not POLNEAR.is_file():
        print(f"{POLNEAR} is not here: nothing measured.")
        return 0
    with gzip.open(POLNEAR, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    cores = os.cpu_count() or 1
    shares = [rows[number::cores] for number in range(cores)]
    works: dict[str, Callable[[list[dict[str, str]]], int]] = {"read": read, "bare parser": parse}
    if folder.is_dir():
        works["efficiency preset"] = _Preset(str(folder))
    seconds: dict[str, list[float]] = {name: [] for name in works}
    claims = 0
    with ProcessPoolExecutor(cores) as pool:
        for work in works.values():
            timed(pool, work, [share[:1] for share in shares])  # what is loaded once is no speed
        for _ in range(ROUNDS):
            for name, work in works.items():
                spent, counted = timed(pool, work, shares)
                seconds[name].append(spent)
                claims = counted if name == "read" else claims
    took = statistics.median(seconds["read"])
    print(f"{len(rows)} articles, {claims:,} claims, {cores} cores, median of {ROUNDS} rounds")
    print(f"read: {len(rows) / took:.1f} articles and {claims / took:.0f} claims a second")
    for name in list(works)[1:]:
        ratios = [bare / ours for ours, bare in zip(seconds["read"], seconds[name], strict=True)]
        each = len(rows) / statistics.median(seconds[name])
        between = f"{statistics.median(ratios):.2f} of that ({min(ratios):.2f} to {max(ratios):.2f})"
        print(f"{name}: {each:.1f} articles a second; reading is {between}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
