"""A desk over a temporary warehouse, and an import whose stages are timed one by one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from rig.stopwatch import Stopwatch

from flows import stages
from flows.comparing import compare_claims
from flows.desk import Desk
from flows.importing import FILE_BATCH, Imported, batches
from flows.setting import Settings
from news.article import Reject
from news.topic import Topic
from news.topic_file import load_topic
from sources.imports import read_imports
from volteface.options import DEFAULT_TOPIC
from warehouse.store import Warehouse

SHARED = Path(__file__).parents[3] / "shared"


@contextmanager
def temporary_desk(topic: Topic | None = None) -> Iterator[Desk]:
    """A desk for the topic (the default one where none is given), whose warehouse is gone after the block."""
    with tempfile.TemporaryDirectory(prefix="volteface-bench-") as folder:
        kept = topic or load_topic(DEFAULT_TOPIC)
        settings = Settings(data=Path(folder), out=Path(folder) / "out")
        warehouse = Warehouse.open(Path(folder) / "bench.duckdb", kept.id, kept.path)
        yield Desk(kept, warehouse, settings)


def import_timed(
    desk: Desk, paths: Sequence[Path], mapping: Mapping[str, str], now: datetime, watch: Stopwatch
) -> Imported:
    """What `flows.importing.import_files` does, in the same order, with each stage's seconds on the watch."""
    given = new = 0
    rejected: list[Reject] = []
    cleaned = batches(read_imports(paths, mapping=dict(mapping), topic=desk.topic, now=now), FILE_BATCH)
    while True:
        with watch.timing("clean"):
            batch = next(cleaned, None)
        if batch is None:
            break
        with watch.timing("file"):
            new += stages.file_batch(desk, batch, now)
        given += len(batch)
        rejected += [one for one in batch if isinstance(one, Reject)]
    with watch.timing("read"):
        claims = stages.read(desk, now)
    with watch.timing("compare"):
        findings = compare_claims(desk, now)
    return Imported(given, new, claims, findings, tuple(rejected))
