"""Pages a second from served page to filed article, on every core, beside the bare library on the same pages.

    .venv/bin/python bench/speed.py [FOLDER] [ROUNDS]

FOLDER as in bench/pages.py. A server in a process of its own serves the pages under their hosts on loopback; a round
polls their sitemap, fetches each page, cleans it in as many processes as there are cores, and files it in a new
warehouse, without pauses between requests to a host. In between, as many processes call bare
`trafilatura.bare_extraction(with_metadata=True)` on the same bytes, which they hold already: no network, no queue, no
disk. Both have their processes started and warm before the first round; what starting costs is told apart. The bytes
are one set, the rounds alternate, and medians are compared, since the machine's speed changes by the minute.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import trafilatura
from pages import DEFAULT, load
from rig.desk import temporary_desk
from rig.table import circumstances, markdown
from rig.wire import Wire, serving, topic_of

from flows import intake, stages
from flows.cleaning import Cleaner
from flows.desk import Desk
from news.topic import Topic
from sources.fetcher import FetchLimits
from warehouse import pages as queue

CORES = os.cpu_count() or 1
ROUNDS = 5
TARGET = 0.85
UNHURRIED = FetchLimits(host_delay_s=0, per_host=4)
_BODIES: list[bytes] = []


@dataclass(frozen=True, slots=True)
class Round:
    """One round of ours: wall seconds, what it came to, and CPU seconds by who spent them."""

    seconds: float
    fetched: int
    filed: int
    rejected: int
    spent: dict[str, float]


def hold(folder: Path) -> None:
    """Loads the bytes in a process of the baseline's."""
    _BODIES[:] = [one.body for one in load(folder)]


def extract(number: int) -> bool:
    """The bare library on one page."""
    return trafilatura.bare_extraction(_BODIES[number], with_metadata=True) is not None


@dataclass(frozen=True, slots=True)
class Bare:
    """One round of the bare library: wall and CPU seconds, and how many pages gave something."""

    seconds: float
    cpu: float
    found: int


def baseline(pool: ProcessPoolExecutor, count: int, workers: Collection[int]) -> Bare:
    """One round of the bare library."""
    before, began = sum(map(cpu_of, workers)), time.monotonic()
    found = sum(pool.map(extract, range(count), chunksize=2))
    return Bare(time.monotonic() - began, sum(map(cpu_of, workers)) - before, found)


def ours(topic: Topic, cleaner: Cleaner, wire: Wire, others: Collection[int]) -> Round:
    """One round into a new warehouse; `others` are the processes that are not ours."""
    workers = [one.pid or 0 for one in multiprocessing.active_children() if one.pid not in others]
    watch = _Watch(workers, wire.pid)
    with temporary_desk(topic) as made, watch.listening():
        desk = replace(made, limits=UNHURRIED)
        desk.__dict__["cleaner"] = cleaner
        watch.begin()
        now = datetime.now(UTC)
        stages.poll(desk, now)
        done = intake.take_in(desk, now)
        seconds, spent = watch.end()
        filed, rejected = counts(desk)
    return Round(seconds, done.fetched, filed, rejected, spent)


def counts(desk: Desk) -> tuple[int, int]:
    """Articles filed (copies among them) and pages rejected."""
    with desk.warehouse.reading() as tx:
        rows = tx.rows("SELECT (SELECT count(*) FROM articles) AS filed, (SELECT count(*) FROM rejects) AS rejected")
    return rows[0]["filed"], rows[0]["rejected"]


class _Watch:
    """CPU seconds by process, and of this process by what its main thread was doing."""

    def __init__(self, workers: Sequence[int], server: int) -> None:
        self._workers = workers
        self._server = server
        self._parts: dict[str, float] = {}

    def listening(self) -> Any:
        """Counts the main thread's seconds inside the steps of the line."""
        steps = {"pack": (queue, "pack"), "record": (queue, "record"), "file": (intake, "file_batch")}
        return _Together([patch.object(place, name, self._timed(part, getattr(place, name)))
                          for part, (place, name) in steps.items()])  # fmt: skip

    def _timed(self, part: str, step: Any) -> Any:
        def run(*given: Any, **named: Any) -> Any:
            began = time.thread_time()
            try:
                return step(*given, **named)
            finally:
                self._parts[part] = self._parts.get(part, 0.0) + time.thread_time() - began

        return run

    def begin(self) -> None:
        self._wall, self._own, self._main = time.monotonic(), time.process_time(), time.thread_time()
        self._others = (sum(map(cpu_of, self._workers)), cpu_of(self._server))

    def end(self) -> tuple[float, dict[str, float]]:
        main, own = time.thread_time() - self._main, time.process_time() - self._own
        steps = sum(self._parts.values())
        return time.monotonic() - self._wall, {
            "cleaning (the processes)": sum(map(cpu_of, self._workers)) - self._others[0],
            "filing: copies, relevance, rows (main thread)": self._parts.get("file", 0.0),
            "recording fetches (main thread)": self._parts.get("record", 0.0) + self._parts.get("pack", 0.0),
            "polling, handing over, waiting (main thread)": main - steps,
            "fetching, gzip, DuckDB (other threads)": own - main,
            "the server": cpu_of(self._server) - self._others[1],
        }


class _Together:
    def __init__(self, blocks: list[Any]) -> None:
        self._blocks = blocks

    def __enter__(self) -> None:
        for block in self._blocks:
            block.__enter__()

    def __exit__(self, *error: object) -> None:
        for block in self._blocks:
            block.__exit__(*error)


def cpu_of(pid: int) -> float:
    """CPU seconds a process has spent so far (proc(5): fields 14 and 15 of its stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def show(rounds: list[Round], bare: list[Bare], count: int, started_s: float) -> float:
    """Prints the tables; gives the median ratio."""
    ratios = [base.seconds / mine.seconds for mine, base in zip(rounds, bare, strict=True)]
    rows = [
        (number, f"{count / mine.seconds:.1f}", f"{count / base.seconds:.1f}", f"{ratio:.2f}")
        for number, (mine, base, ratio) in enumerate(zip(rounds, bare, ratios, strict=True), 1)
    ]
    medians = (
        statistics.median(count / one.seconds for one in rounds),
        statistics.median(count / one.seconds for one in bare),
    )
    rows.append(("median", f"{medians[0]:.1f}", f"{medians[1]:.1f}", f"{statistics.median(ratios):.2f}"))
    print(markdown(["round", "ours, pages/s", f"{CORES} of the bare library, pages/s", "ratio"], rows))
    last = rounds[-1]
    print(
        f"\n{count} pages a round: {last.fetched} fetched, {last.filed} filed, {last.rejected} rejected; the bare "
        f"library gave something for {bare[-1].found}. Starting our processes took {started_s:.1f} s, not counted.\n"
    )
    parts = [
        (name, f"{statistics.median(one.spent[name] for one in rounds) / count * 1000:.1f}") for name in last.spent
    ]
    whole = statistics.median(sum(one.spent.values()) for one in rounds) / count * 1000
    wall = statistics.median(one.seconds for one in rounds) * CORES / count * 1000
    parts += [("all", f"{whole:.1f}"), (f"wall time of {CORES} cores", f"{wall:.1f}")]
    bare_wall = statistics.median(one.seconds for one in bare) * CORES / count * 1000
    bare_cpu = statistics.median(one.cpu for one in bare) / count * 1000
    parts += [("the bare library", f"{bare_cpu:.1f}"), (f"its wall time of {CORES} cores", f"{bare_wall:.1f}")]
    print(markdown(["CPU milliseconds a page", "median"], parts))
    return statistics.median(ratios)


def main(folder: Path, rounds: int) -> int:
    """Measure and print."""
    if not folder.is_dir():
        print(f"{folder} is not there: nothing measured")
        return 0
    print(circumstances() + "\n")
    samples = list(load(folder))
    context = multiprocessing.get_context("spawn")
    with (
        serving(folder) as wire,
        ProcessPoolExecutor(CORES, mp_context=context, initializer=hold, initargs=(folder,)) as pool,
    ):
        topic = topic_of(samples, wire.address)
        cleaner = Cleaner(topic)
        list(pool.map(extract, range(len(samples))))
        others = [one.pid or 0 for one in multiprocessing.active_children()]
        workers = [pid for pid in others if pid != wire.pid]
        began = time.monotonic()
        cleaner.warm_up(len(samples))
        ours(topic, cleaner, wire, others)  # the first round is slower for both: processes start, caches fill
        started_s = time.monotonic() - began
        mine, bare = [], []
        for _ in range(rounds):
            mine.append(ours(topic, cleaner, wire, others))
            bare.append(baseline(pool, len(samples), workers))
        started_s -= statistics.median(one.seconds for one in mine)
        ratio = show(mine, bare, len(samples), started_s)
    print(f"\nThe ratio is {ratio:.2f}; at least {TARGET} is asked: {'kept' if ratio >= TARGET else 'MISSED'}.")
    return 0


if __name__ == "__main__":
    given = [one for one in sys.argv[1:] if not one.isdecimal()]
    numbers = [int(one) for one in sys.argv[1:] if one.isdecimal()]
    sys.exit(main(Path(given[0]) if given else DEFAULT, numbers[0] if numbers else ROUNDS))
