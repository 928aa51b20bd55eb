"""The demo wire replayed without Prefect: what was found of what it plants, every miss named, and seconds by stage.

    .venv/bin/python bench/planted.py

Each simulated day goes through the same stages as a round of `volteface run --demo`, in a temporary folder. The table
is the one `make run` prints (demo/scoring.py says what counts as found). A second table compares what was stored of
each page with what its author wrote: the title to the character, the body by word F1; and tells how many pages
written on the topic were held to be so. The file is not called demo.py: it would hide the folder of that name.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rig.likeness import word_f1
from rig.stopwatch import Stopwatch, peak_memory_mb
from rig.table import circumstances, markdown, share

from demo.outlets import BY_ID
from demo.planted import blocks, load_planted
from demo.replay import OVERLAY, DemoRun, prepare_demo
from demo.scoring import Ledger, Score, score
from demo.world import Page
from flows import delivering, stages
from flows.collating import collate
from flows.comparing import compare_claims
from flows.desk import Desk
from flows.intake import take_in
from flows.job import Job, open_desk
from volteface.demonstration import ledger
from volteface.options import DEFAULT_TOPIC
from warehouse import listings, rounds

LOW_F1 = 0.9


def replay(demo: DemoRun, watch: Stopwatch) -> Desk:
    """Lives through every moment of the replay, as `flows.replaying` does; gives the desk it was done at."""
    job = Job(
        topic=str(DEFAULT_TOPIC),
        warehouse=str(demo.warehouse),
        out=str(demo.out),
        overlay=str(OVERLAY),
        values=demo.values,
        patience=False,
    )
    desk = open_desk(job)
    for moment in map(datetime.fromisoformat, demo.moments):
        # Nobody asks the wire between two rounds, so nobody reads half a moment.
        demo.clock.write_text(moment.isoformat(), encoding="ascii")
        with desk.warehouse.lease():
            _live(desk, moment, watch)
    return desk


def _live(desk: Desk, now: datetime, watch: Stopwatch) -> None:
    steps = {
        "poll": stages.poll,
        "fetch, clean and file": take_in,
        "read": stages.read,
        "compare": compare_claims,
        "collate": collate,
        "digest": delivering.digest,
        "deliver": delivering.deliver,
    }
    with desk.warehouse.transaction() as tx:
        round_id = rounds.begin(tx, "bench", now, now)
    for name, step in steps.items():
        with watch.timing(name):
            step(desk, now)
    with desk.warehouse.transaction() as tx:
        rounds.finish(tx, round_id, now)


def show_scores(scores: Sequence[Score]) -> None:
    """Prints the table of the planted and the found, and below it every miss by name."""
    rows = [
        (one.what, one.planted, one.found, f"{one.found / one.planted:.0%}" if one.planted else "", _false(one))
        for one in scores
    ]
    print(markdown(["planted thing", "planted", "found", "share", "false"], rows) + "\n")
    for one in scores:
        if one.missed:
            print(f"- missed, {one.what.strip(' …')}: " + "; ".join(one.missed))
    print()


def _false(one: Score) -> str:
    return "" if one.false is None else str(one.false)


def show_pages(pages: Sequence[Page], found: Ledger, texts: Mapping[str, Mapping[str, Any]], last: datetime) -> None:
    """Prints how exactly the pages were stored, by outlet, and the worst ones by name."""
    counts: dict[str, Counter[str]] = {}
    bodies: dict[str, list[float]] = {}
    worst = []
    for page in pages:
        count = counts.setdefault(page.outlet, Counter())
        count["pages"] += 1
        stored = texts.get(f"http://{BY_ID[page.outlet].host}{page.path}")
        version = page.version_at(last)
        if stored is None or version is None:
            worst.append((page.id, "not stored"))
            continue
        count["stored"] += 1
        written = " ".join(blocks(version.body_html))
        likeness = word_f1(_body(stored), written)
        bodies.setdefault(page.outlet, []).append(likeness)
        exact = " ".join(stored["title"].split()) == " ".join(version.title.split())
        count["title"] += exact
        held = stored["relevance"] >= found.threshold
        count["on topic" if page.on_topic else "off topic"] += 1
        count["right topic"] += held == page.on_topic
        if not exact or likeness < LOW_F1 or held != page.on_topic:
            worst.append((page.id, _faults(exact=exact, likeness=likeness, held=held, page=page)))
    rows = [
        (
            outlet,
            share(count["stored"], count["pages"]),
            share(count["title"], count["stored"]),
            f"{sum(bodies[outlet]) / len(bodies[outlet]):.3f} (least {min(bodies[outlet]):.3f})",
            share(count["right topic"], count["on topic"] + count["off topic"]),
        )
        for outlet, count in sorted(counts.items())
    ]
    print(markdown(["outlet", "pages stored", "title exact", "body word F1, mean", "topic judged right"], rows) + "\n")
    for name, fault in worst:
        print(f"- {name}: {fault}")


def _faults(*, exact: bool, likeness: float, held: bool, page: Page) -> str:
    faults = ["title not exact"] * (not exact)
    faults += [f"body F1 {likeness:.2f}"] * (likeness < LOW_F1)
    faults += ["held to be on the topic" if held else "held to be off the topic"] * (held != page.on_topic)
    return ", ".join(faults)


def _body(article: Mapping[str, Any]) -> str:
    """The stored text without its excluded ranges."""
    kept, at = [], 0
    for one in sorted(article["excluded"] or (), key=lambda one: one["start"]):
        kept.append(article["text"][at : one["start"]])
        at = one["end"]
    return " ".join([*kept, article["text"][at:]])


def main() -> int:
    """Measure and print."""
    print(circumstances() + "\n")
    watch = Stopwatch()
    with tempfile.TemporaryDirectory(prefix="volteface-bench-") as folder:
        with prepare_demo(Path(folder) / "data", Path(folder) / "out") as demo:
            desk = replay(demo, watch)
            found = ledger(desk.warehouse, desk.topic)
            with desk.warehouse.reading() as tx:
                texts = {row["url"]: row for row in listings.listing(tx, "articles", text=True)}
                sent = listings.listing(tx, "deliveries")
        show_scores(score(load_planted(), demo.pages, found))
        show_pages(demo.pages, found, texts, datetime.fromisoformat(demo.moments[-1]))
        states = Counter(row["state"] for row in sent)
        print(
            f"\n{len(demo.moments)} simulated days; {len(found.articles)} articles, {len(found.claims)} claims, "
            f"{len(found.findings)} findings; messages: {dict(states)}; "
            f"peak memory {peak_memory_mb():.0f} MB (the server and all stages in one process)\n"
        )
        print(markdown(["stage", "seconds", "share"], watch.rows()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
