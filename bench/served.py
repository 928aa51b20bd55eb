"""Real pages served on loopback and taken in like any outlet's: listed, fetched, filed, rejected, seconds by stage.

    .venv/bin/python bench/served.py [FOLDER]

FOLDER as in bench/pages.py, which judges what is cleaned; here the pages of one sitemap source go through the real
stages of a round, poll → fetch → file, into a temporary warehouse. Hosts resolve to the local server; the pauses
between two requests to one host are kept up, as for a real outlet.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pages import DEFAULT, MAP_HOST, Sample, load, serve
from rig.desk import temporary_desk
from rig.stopwatch import Stopwatch
from rig.table import circumstances, markdown, share

from flows import intake, stages
from flows.desk import Desk
from news.topic import Source, Topic
from news.topic_file import load_topic
from volteface.options import DEFAULT_TOPIC
from warehouse import listings

STEPS: dict[str, Callable[[Desk, datetime], object]] = {"poll": stages.poll, "fetch, clean and file": intake.take_in}


def topic_of(samples: Sequence[Sample], address: str) -> Topic:
    """The default topic with the sitemap as its only source, and every host at the local server."""
    hosts = {urlsplit(one.url).hostname or "" for one in samples} | {MAP_HOST}
    source = Source("map", "map", "sitemap", f"http://{MAP_HOST}/sitemap.xml")
    resolve = tuple((host, address) for host in sorted(hosts))
    return replace(load_topic(DEFAULT_TOPIC), sources=(source,), resolve=resolve)


def take_in(desk: Desk, now: datetime, watch: Stopwatch) -> dict[str, list[dict[str, Any]]]:
    """One round as far as the warehouse; what it then lists, and the pages' states."""
    for name, step in STEPS.items():
        with watch.timing(name):
            step(desk, now)
    with desk.warehouse.reading() as tx:
        listed = {name: listings.listing(tx, name) for name in ("articles", "rejects", "sources")}
        states = tx.rows("SELECT outcome, error, count(*) AS pages FROM fetches GROUP BY ALL ORDER BY pages DESC")
    return {**listed, "pages": states}


def show(samples: Sequence[Sample], found: dict[str, list[dict[str, Any]]], threshold: float) -> None:
    """Prints what became of the pages."""
    articles, rejects = found["articles"], found["rejects"]
    known = sum(row["pages"] for row in found["pages"])
    got = sum(row["pages"] for row in found["pages"] if row["outcome"] == "page")
    kinds = Counter(article["copy_kind"] for article in articles if article["original_id"])
    languages = Counter(article["lang"] or "unknown" for article in articles)
    on_topic = sum(article["relevance"] >= threshold for article in articles)
    undated = sum(article["published"] is None for article in articles)
    rows = [
        ("pages served", f"{len(samples)} ({len({one.url for one in samples})} addresses)"),
        ("named by the sitemap", known),
        ("fetched", share(got, known)),
        ("filed", share(len(articles), got)),
        ("rejected", len(rejects)),
        ("folded as copies", f"{kinds.total()} {dict(kinds)}" if kinds else 0),
        ("no date", undated),
        ("on the topic", on_topic),
        ("languages", ", ".join(f"{lang} {count}" for lang, count in languages.most_common())),
    ]
    print(markdown(["", "count"], rows) + "\n")
    for row in found["pages"]:
        if row["outcome"] != "page":
            print(f"- not fetched, {row['pages']}: {row['outcome']}: {row['error']}")
    for reject in rejects:
        print(f"- rejected: {reject['given']}: {reject['reason']}")
    for article in articles:
        if article["original_id"]:
            print(f"- folded as {article['copy_kind']}: {article['url']}")


def main(folder: Path) -> int:
    """Measure and print."""
    if not folder.is_dir():
        print(f"{folder} is not there: nothing measured")
        return 0
    print(circumstances() + "\n")
    samples = list(load(folder))
    server = serve(samples)
    watch = Stopwatch()
    topic = topic_of(samples, f"127.0.0.1:{server.server_port}")
    with temporary_desk(topic) as desk:
        found = take_in(desk, datetime.now(UTC), watch)
    server.shutdown()
    show(samples, found, topic.scope.threshold)
    print("\n" + markdown(["stage", "seconds", "share"], watch.rows()))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
