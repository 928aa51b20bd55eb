"""Runs a replay of the demo wire through the real flow, for tests that kill it: topic, overlay, folder, moments."""

import sys
from pathlib import Path

from demo.clock import FileClock
from demo.server import DemoWire
from flows.job import Job
from flows.replaying import replay_flow


def main(topic, overlay, folder, *moments):
    """Lives through the moments, on a warehouse in the folder."""
    home = Path(folder)
    clock = home / "clock"
    with DemoWire(FileClock(clock)) as wire:
        job = Job(
            topic=topic,
            warehouse=str(home / "demo.duckdb"),
            out=str(home / "out"),
            overlay=overlay,
            values=(("address", wire.address), ("out", str(home / "out"))),
            patience=False,
        )
        replay_flow(job, str(clock), moments)


if __name__ == "__main__":  # pages are cleaned in processes that import this file again
    main(*sys.argv[1:])
