"""Years in minutes: rounds at simulated moments, a month of them in one Prefect task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows import delivering, stages
from flows.collating import collate
from flows.comparing import compare_claims
from flows.desk import Desk
from flows.intake import take_in
from flows.job import Job, open_desk
from flows.progress import tell_day
from news.errors import StepError
from warehouse import rounds

NAME = "replay"


def set_clock(path: Path, now: datetime) -> None:
    """Moves the simulated clock, in one step, so that nobody reads half a moment."""
    fresh = path.with_suffix(".new")
    fresh.write_text(now.isoformat(), encoding="ascii")
    fresh.replace(path)


def live_through(job: Job, clock: Path, moments: Iterable[datetime]) -> list[str]:
    """One round at each moment that no earlier run has finished; returns the lines of what did not go out."""
    desk = open_desk(job)
    with desk.warehouse.reading() as tx:
        done = rounds.last(tx, NAME)
    results = []
    for now in moments:
        if done is not None and now <= done:
            continue
        set_clock(clock, now)
        tell_day(now)
        with desk.warehouse.lease():
            results.append(_live_once(desk, now))
    return delivering.problems_of(results)


def _live_once(desk: Desk, now: datetime) -> delivering.Delivered:
    with desk.warehouse.transaction() as tx:
        round_id = rounds.begin(tx, NAME, now, now)
    stages.poll(desk, now)
    take_in(desk, now)
    stages.read(desk, now)
    compare_claims(desk, now)
    collate(desk, now)
    # Nobody else sends for a replay's warehouse, so what is found half sent was left by a run that is dead.
    delivering.digest(desk, now, stale=timedelta(0))
    delivered = delivering.deliver(desk, now)
    with desk.warehouse.transaction() as tx:
        rounds.finish(tx, round_id, now)
    return delivered


@task(name="replay a month", cache_policy=NO_CACHE)
def replay_month(job: Job, clock: str, moments: Sequence[str]) -> list[str]:
    """The rounds of one simulated month; the lines of what did not go out."""
    return live_through(job, Path(clock), [datetime.fromisoformat(one) for one in moments])


@flow(name="volteface-replay", validate_parameters=False)
def replay_flow(job: Job, clock: str, moments: Sequence[str]) -> int:
    """Replays the given moments in order; returns their number.

    Raises:
        StepError: a message did not go out; everything else was done, and the outbox keeps it.
    """
    problems: list[str] = []
    for _, month in groupby(moments, key=lambda moment: moment[:7]):
        problems += replay_month(job, clock, list(month))
    if problems:
        raise StepError("\n".join(dict.fromkeys(problems)), "they stay in the outbox; see `volteface deliveries`")
    return len(moments)
