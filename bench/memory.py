"""Memory and the cost of a page over twenty thousand pages in one round: flat, or growing with what is stored?

    .venv/bin/python bench/memory.py [FOLDER] [PAGES]

FOLDER as in bench/pages.py, PAGES 20,000. One page a host is served under as many addresses as it takes, each with
a line of its own, so that no two bodies are the same; nearly all are copies of the first ones, as on the real web. They
go through one round, poll → fetch → clean → file, into a temporary warehouse. For each 2,000 pages: the largest
resident memory of this process and of a cleaning process (proc(5), statm), looked at after each batch, pages a second,
and what filing took of this thread's CPU. Flat means that the largest of the second half is at most a tenth above the
largest of the first half, less the first 2,000 pages, in which caches fill; in this process and in the others.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pages import DEFAULT, load
from rig.desk import temporary_desk
from rig.table import circumstances, markdown
from rig.wire import LISTED, one_a_host, serving, topic_of

from flows import intake, stages
from news.article import FetchedPage
from sources.fetcher import FetchLimits

PAGES = 20_000
EVERY = 2_000
LEEWAY = 1.1
COLUMNS = ["pages", "this process, MB", "largest of the others, MB", "pages/s", "filing, ms/page", "warehouse, MB"]


def resident_mb(pid: int) -> float:
    """The resident memory of a process, in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@dataclass
class Meter:
    """Samples taken as pages are filed."""

    warehouse: Path
    server: int
    done: int = 0
    spent: float = 0.0
    peaks: tuple[float, float] = (0.0, 0.0)  # of this process, of the largest other one
    began: float = field(default_factory=time.monotonic)
    samples: list[tuple[int, float, float, float, float, float]] = field(default_factory=list)

    def watching(self) -> Any:
        """Counts the pages that are filed, and the seconds that takes."""
        step = intake.file_batch

        def file_batch(desk: Any, cleaned: Any, now: datetime, raw: list[FetchedPage]) -> int:
            began = time.thread_time()
            new = step(desk, cleaned, now, raw)
            self.spent += time.thread_time() - began
            self.look()
            before, self.done = self.done, self.done + len(raw)
            if self.done // EVERY > before // EVERY:
                self.sample()
            return new

        return patch.object(intake, "file_batch", file_batch)

    def look(self) -> None:
        """Keeps what is larger than before."""
        others = [one.pid for one in multiprocessing.active_children() if one.pid and one.pid != self.server]
        own, other = self.peaks
        self.peaks = max(own, resident_mb(os.getpid())), max([other, *map(resident_mb, others)])

    def sample(self) -> None:
        """Prints a row, and begins the next."""
        since = self.samples[-1][0] if self.samples else 0
        count, took = self.done - since, time.monotonic() - self.began
        size = self.warehouse.stat().st_size / 1e6
        row = (self.done, *self.peaks, count / took, self.spent / count * 1000, size)
        self.samples.append(row)
        self.spent, self.began, self.peaks = 0.0, time.monotonic(), (0.0, 0.0)
        print(f"| {row[0]:,} | " + " | ".join(f"{value:.1f}" for value in row[1:]) + " |", flush=True)

    def is_flat(self, column: int) -> bool:
        """Whether the second half never rises a tenth above the first."""
        values = [row[column] for row in self.samples]
        half = len(values) // 2
        return max(values[half:]) <= LEEWAY * max(values[1:half])

    def slope(self, column: int) -> float:
        """MB for each thousand pages over the second half, by least squares."""
        rows = self.samples[len(self.samples) // 2 :]
        mid = sum(row[0] for row in rows) / len(rows)
        mean = sum(row[column] for row in rows) / len(rows)
        spread = sum((row[0] - mid) ** 2 for row in rows)
        return 1000 * sum((row[0] - mid) * (row[column] - mean) for row in rows) / spread


def main(folder: Path, count: int) -> int:
    """Measure and print."""
    if not folder.is_dir():
        print(f"{folder} is not there: nothing measured")
        return 0
    print(circumstances() + "\n")
    samples = list(load(folder))
    copies = ceil(count / len(one_a_host(samples)))
    with serving(folder, copies, count) as wire:
        topic = topic_of(samples, wire.address, ceil(count / LISTED))
        del samples
        with temporary_desk(topic) as made:
            desk = replace(made, limits=FetchLimits(host_delay_s=0, per_host=4))
            meter = Meter(desk.warehouse.path, wire.pid)
            now = datetime.now(UTC)
            stages.poll(desk, now)
            print(markdown(COLUMNS, []), flush=True)
            with meter.watching():
                done = intake.take_in(desk, now)
            with desk.warehouse.reading() as tx:
                (held,) = tx.rows("SELECT count(*) AS articles, count(original_id) AS copies FROM v_articles")
    print(f"\n{done.fetched:,} pages fetched; {held['articles']:,} articles, {held['copies']:,} of them copies.")
    if len(meter.samples) < 4:
        print("Too few samples to tell whether memory is flat.")
        return 0
    for name, column in (("This process", 1), ("The largest of the others", 2)):
        flat = "flat" if meter.is_flat(column) else "GROWING"
        print(f"{name}: {flat}; {meter.slope(column):+.2f} MB for each thousand pages of the second half.")
    return 0


if __name__ == "__main__":
    given = [one for one in sys.argv[1:] if not one.isdecimal()]
    numbers = [int(one) for one in sys.argv[1:] if one.isdecimal()]
    sys.exit(main(Path(given[0]) if given else DEFAULT, numbers[0] if numbers else PAGES))
