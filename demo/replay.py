"""Sets the demo up for a replay: the server, the clock, and a warehouse, new or left by an interrupted replay."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from demo.clock import FileClock
from demo.server import DemoWire
from demo.world import Page, days

OVERLAY = Path(__file__).parent / "wire.toml"
FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class DemoRun:
    """One replay: where everything is, the moments to live through, and whether it takes up an interrupted one."""

    warehouse: Path
    clock: Path
    out: Path
    pages: tuple[Page, ...]
    moments: list[str]
    values: tuple[tuple[str, str], ...]
    resumed: bool

    def finish(self) -> None:
        """Marks the replay as complete, so that the next one begins anew."""
        self.clock.write_text(FINISHED, encoding="ascii")


@contextmanager
def prepare_demo(data: Path, out: Path, *, fresh: bool = False) -> Iterator[DemoRun]:
    """The demo wire, listening, with its clock and warehouse in `data`."""
    data.mkdir(parents=True, exist_ok=True)
    out = out / "demo"  # apart from real digests, so that beginning anew can clear it
    out.mkdir(parents=True, exist_ok=True)
    warehouse, clock = data / "demo.duckdb", data / "demo.clock"
    going = clock.is_file() and clock.read_text(encoding="ascii") != FINISHED and warehouse.is_file()
    resumed = going and not fresh
    if not resumed:
        for left in (warehouse, warehouse.with_name(warehouse.name + ".wal"), clock, *out.iterdir()):
            left.unlink(missing_ok=True)
    with DemoWire(FileClock(clock)) as wire:
        moments = [moment.isoformat() for moment in days(wire.pages)]
        values = (("address", wire.address), ("out", str(out)))
        yield DemoRun(warehouse, clock, out, wire.pages, moments, values, resumed)
