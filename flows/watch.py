"""The flow that is scheduled: one whole round. Its tasks are the steps; the grain is a batch, never an article."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows import delivering, intake, recleaning, stages
from flows.collating import collate
from flows.comparing import compare_claims
from flows.intake import TakenIn
from flows.job import Job, open_desk
from news.errors import StepError

RETRIES = 2  # of a step that failed as a whole: a locked warehouse, a network that is gone
RETRY_AFTER_S = 30


@task(name="poll", cache_policy=NO_CACHE, retries=RETRIES, retry_delay_seconds=RETRY_AFTER_S)
def poll(job: Job, now: datetime) -> int:
    """Asks every source that is due; the number of new pages."""
    return stages.poll(open_desk(job), now)


@task(name="fetch, clean and file", cache_policy=NO_CACHE, retries=RETRIES, retry_delay_seconds=RETRY_AFTER_S)
def take_in(job: Job, now: datetime) -> TakenIn:
    """Fetches what is pending, cleans and files it; the numbers of pages got and of new articles."""
    return intake.take_in(open_desk(job), now)


@task(name="read", cache_policy=NO_CACHE, retries=RETRIES, retry_delay_seconds=RETRY_AFTER_S)
def read(job: Job, now: datetime) -> int:
    """Reads what was filed; the number of claims."""
    return stages.read(open_desk(job), now)


@task(name="compare", cache_policy=NO_CACHE, retries=RETRIES, retry_delay_seconds=RETRY_AFTER_S)
def compare(job: Job, now: datetime) -> int:
    """Compares new claims and derives positions; the number of new findings."""
    desk = open_desk(job)
    return compare_claims(desk, now) + collate(desk, now)


@task(name="digest", cache_policy=NO_CACHE, retries=RETRIES, retry_delay_seconds=RETRY_AFTER_S)
def digest(job: Job, now: datetime) -> list[str]:
    """Composes the digests that are due; their ids."""
    return [one.digest_id for one in delivering.digest(open_desk(job), now)]


@task(name="deliver", cache_policy=NO_CACHE)
def deliver(job: Job, now: datetime) -> delivering.Delivered:
    """Sends what is in the outbox. No retries here: the outbox itself knows what may go again, and when."""
    return delivering.deliver(open_desk(job), now)


@task(name="let go of old bytes", cache_policy=NO_CACHE)
def retain(job: Job, now: datetime) -> int:
    """Lets go of raw pages beyond the age and size of the settings; their number."""
    return recleaning.retain(open_desk(job), now)


@flow(name="volteface-round", validate_parameters=False)
def round_flow(topic: str, warehouse: str, out: str | None = None, *, files_only: bool = False) -> dict[str, int]:
    """One whole round for a topic file and its warehouse; returns the counts of each step.

    Raises:
        StepError: a message did not go out; everything else was done, and the outbox keeps it.
    """
    job = Job(topic=topic, warehouse=warehouse, out=out, files_only=files_only)
    now = datetime.now(UTC)
    named, taken = poll(job, now), take_in(job, now)
    counts = {
        "new pages": named,
        "fetched": taken.fetched,
        "filed": taken.new,
        "claims": read(job, now),
        "findings": compare(job, now),
        "digests": len(digest(job, now)),
    }
    delivered = deliver(job, now)
    retain(job, now)
    if delivered.problems:
        raise StepError("\n".join(delivered.problems), "they stay in the outbox; see `volteface deliveries`")
    return counts | {"sent": delivered.sent}
