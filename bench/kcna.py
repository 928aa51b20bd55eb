"""A real archive imported whole: rows, rejects, copies, claims, seconds by stage, and how well copies were folded.

    .venv/bin/python bench/kcna.py [FILE OR FOLDER]

The archive (default ../shared/data/kcna: JSON Lines, one row a page) goes into a temporary warehouse, each stage by
the functions that `volteface import` calls. Its duplicates are found a second time, without the product: two pages
are one when their normalised texts (words and numbers, lower case) are equal, or when normalised headline and date are
and the texts' words agree by at least 0.9 (difflib's ratio). Pairs of pages are compared: those the reference joins,
and those that folding put under one original. Last come the pairs of originals that neither joins though half of the
shorter one's five-word shingles stand in the other: a reader can tell at a glance whether a copy is among them.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import Any

from rig.desk import SHARED, import_timed, temporary_desk
from rig.stopwatch import Stopwatch, peak_memory_mb
from rig.table import circumstances, markdown, share

from warehouse import listings

DEFAULT = SHARED / "data" / "kcna"
MAPPING = {"url": "link", "title": "headline", "text": "story_text", "seen": "first_seen", "published": "date"}
NEAR = 0.9
ALIKE = 0.5
SHINGLE = 5
COMMON = 60  # a shingle of more pages than this is a formula
SHOWN = 12
_WORD = re.compile(r"[^\W_]+")

Pair = tuple[str, str]


def load(given: Path) -> Iterator[dict[str, Any]]:
    """Every row of the archive's files, as it stands there."""
    for path in sorted(given.glob("*.jsonl.gz")) if given.is_dir() else [given]:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def normalised(text: str | None) -> tuple[str, ...]:
    """The text's words and numbers in lower case."""
    return tuple(_WORD.findall((text or "").casefold()))


def reference_pairs(rows: Iterable[Mapping[str, Any]]) -> set[Pair]:
    """The pairs of addresses that are one text, by the two rules above; the first row of an address speaks for it."""
    texts: dict[str, tuple[str, ...]] = {}
    by_text: dict[tuple[str, ...], set[str]] = defaultdict(set)
    by_head: dict[tuple[tuple[str, ...], Any], set[str]] = defaultdict(set)
    for row in rows:
        url, words = row[MAPPING["url"]], normalised(row[MAPPING["text"]])
        if url in texts or not words:
            continue
        texts[url] = words
        by_text[words].add(url)
        by_head[normalised(row[MAPPING["title"]]), row[MAPPING["published"]]].add(url)
    pairs = {pair for urls in by_text.values() for pair in combinations(sorted(urls), 2)}
    near = {pair for urls in by_head.values() for pair in combinations(sorted(urls), 2)} - pairs
    return pairs | {pair for pair in near if likeness(texts[pair[0]], texts[pair[1]]) >= NEAR}


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How far two texts' words agree, in order, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def folded_pairs(articles: Iterable[Mapping[str, Any]]) -> set[Pair]:
    """The pairs of addresses that the warehouse holds for one original and its copies."""
    under: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        under[article["original_id"] or article["article_id"]].add(article["url"])
    return {pair for urls in under.values() for pair in combinations(sorted(urls), 2)}


def alike_pairs(texts: Mapping[str, Sequence[str]]) -> set[Pair]:
    """The pairs of pages of which one has at least half of its five-word shingles in common with the other."""
    shingles = {url: {tuple(words[at : at + SHINGLE]) for at in range(len(words))} for url, words in texts.items()}
    where: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for url, own in shingles.items():
        for shingle in own:
            where[shingle].append(url)
    shared: Counter[Pair] = Counter()
    for urls in where.values():
        if len(urls) <= COMMON:
            shared.update(combinations(sorted(urls), 2))
    return {pair for pair, count in shared.items() if count >= ALIKE * min(len(shingles[url]) for url in pair)}


def show_duplicates(rows: Sequence[Mapping[str, Any]], articles: Sequence[Mapping[str, Any]]) -> None:
    """Prints the reference against the folds, and the first pairs on which they differ."""
    stored = {article["url"]: article for article in articles}
    texts = {row[MAPPING["url"]]: normalised(row[MAPPING["text"]]) for row in rows}
    true, folded = reference_pairs(rows), folded_pairs(articles)
    both = true & folded
    print(
        markdown(
            ["duplicates, in pairs of pages", ""],
            [
                ("joined by the reference", f"{len(true)} ({len({url for pair in true for url in pair})} pages)"),
                ("folded", f"{len(folded)} ({len({url for pair in folded for url in pair})} pages)"),
                ("recall", share(len(both), len(true))),
                ("precision, as far as the reference sees", share(len(both), len(folded))),
            ],
        )
    )
    originals = {article["url"] for article in articles if not article["original_id"]}
    differences = {
        "missed": true - folded,
        "folded, not joined by the reference": folded - true,
        "originals alike": alike_pairs({url: texts[url] for url in sorted(originals)}) - true,
    }
    for name, pairs in differences.items():
        print(f"\nPairs, {name}: {len(pairs)}\n")
        if pairs:
            print(markdown(["titles", "words", "kinds", "ratio of words"], _told(sorted(pairs)[:SHOWN], stored, texts)))


def _told(
    pairs: Iterable[Pair], stored: Mapping[str, Mapping[str, Any]], texts: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str, str, str]]:
    for pair in pairs:
        titles = " / ".join(stored[url]["title"][:60] if url in stored else "not stored" for url in pair)
        kinds = " / ".join(str(stored.get(url, {}).get("copy_kind") or "original") for url in pair)
        words = " / ".join(str(len(texts[url])) for url in pair)
        yield titles, words, kinds, f"{likeness(*(texts[url] for url in pair)):.2f}"


def main(given: Path) -> int:
    """Measure and print."""
    if not given.exists():
        print(f"{given} is not there: nothing measured")
        return 0
    print(circumstances() + "\n")
    rows = list(load(given))
    watch = Stopwatch()
    with temporary_desk() as desk:
        done = import_timed(desk, [given], MAPPING, datetime.now(UTC), watch)
        memory = peak_memory_mb()
        with desk.warehouse.reading() as tx:
            names = ("articles", "claims", "claim_propositions", "findings", "revisions")
            found = {name: listings.listing(tx, name) for name in names}
    articles = found["articles"]
    kinds = Counter(article["copy_kind"] for article in articles if article["original_id"])
    on_topic = [article for article in articles if article["relevance"] >= desk.topic.scope.threshold]
    # No reason may name its row, or no two would be alike.
    reasons = Counter(reject.reason.removeprefix(f"{reject.given}: ") for reject in done.rejected)
    findings = Counter(finding["kind"] for finding in found["findings"])
    print(
        markdown(
            ["", "count"],
            [
                ("rows", f"{done.given:,} ({len({row[MAPPING['url']] for row in rows}):,} addresses)"),
                ("rejected", f"{len(done.rejected)}" + _listed(reasons)),
                ("articles stored", f"{len(articles):,}"),
                ("later revisions", sum(one["revision"] > 1 for one in found["revisions"])),
                ("folded as copies", f"{kinds.total()}" + _listed(kinds)),
                ("on the topic", share(len(on_topic), len(articles))),
                ("  of these originals, read", sum(not one["original_id"] for one in on_topic)),
                ("claims", f"{len(found['claims']):,}"),
                ("stances", f"{len(found['claim_propositions']):,}"),
                ("findings", f"{len(found['findings']):,}" + _listed(findings)),
                ("peak memory", f"{memory:.0f} MB"),
            ],
        )
        + "\n"
    )
    print(markdown(["stage", "seconds", "share"], watch.rows()))
    print(f"\n{done.given / sum(watch.seconds.values()):.0f} rows a second over all.\n")
    show_duplicates(rows, articles)
    return 0


def _listed(counts: Counter[str]) -> str:
    return ": " + ", ".join(f"{name} {count}" for name, count in counts.most_common()) if counts else ""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
