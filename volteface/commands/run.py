"""`volteface run`: one whole round, of the topic's own sources or of the demo wire."""

from __future__ import annotations

import os
import time

import click

from demo.replay import OVERLAY, prepare_demo
from flows.job import Job
from flows.scheduler import prepare
from news.errors import StepError, WarehouseError
from volteface.demonstration import report
from volteface.options import Session, common
from volteface.progress import Display
from volteface.terminal import plain, say


@click.command()
@click.option("--demo", is_flag=True, help="Replay the demo wire: two years of invented news, with a simulated clock.")
@click.option("--live", is_flag=True, help="The topic's real sources; digests go to out/ only, nothing is sent.")
@click.option("--fresh", is_flag=True, help="With --demo: begin anew, even where an interrupted replay could go on.")
@common
def run(session: Session, *, demo: bool, live: bool, fresh: bool) -> None:
    """One whole round: poll, fetch, file, read, compare, digest, deliver.

    Without --demo or --live, digests go to the topic's subscribers.
    """
    if demo and live:
        raise click.UsageError("--demo and --live are two different rounds: choose one")
    if demo and session.warehouse_given:
        raise click.UsageError("--demo has a warehouse of its own, data/demo.duckdb: leave --warehouse out")
    if fresh and not demo:
        raise click.UsageError("--fresh goes with --demo")
    prepare(os.environ)
    if demo:
        _run_demo(session, fresh=fresh)
    else:
        _run_round(session, files_only=live)


def _run_round(session: Session, *, files_only: bool) -> None:
    # Prefect costs seconds to import: only the commands that run flows pay for it.
    from flows.watch import round_flow  # noqa: PLC0415 - see above

    if session.settings.contact is None:
        say("No publisher can reach you: set VOLTEFACE_CONTACT to a mail or web address, for the user agent.")
    session.warehouse()  # a warehouse that cannot be used is said before Prefect starts
    counts: dict[str, int] = {}
    undelivered = None
    with Display("Round"):
        try:
            counts = round_flow(
                session.topic.path,
                str(session.warehouse_path),
                # Of an ordinary round, each subscriber's own folder is where the topic says.
                str(session.settings.out) if files_only else None,
                files_only=files_only,
            )
        except WarehouseError:
            raise
        except StepError as error:  # a message did not go out; all the rest was done, and is told as ever
            undelivered = error
    _tell_unseen(session)
    if undelivered is not None:
        raise undelivered
    say(", ".join(f"{count} {what}" for what, count in counts.items()))
    if files_only:
        say(f"Digests: {session.settings.out}/   Warehouse: {session.warehouse_path}")


def _tell_unseen(session: Session) -> None:
    failing = session.failing_sources()
    for line in failing:
        say(plain(f"not seen: {line}"))
    if failing and len(failing) == len(session.topic.sources):
        say("No source at all could be reached: is this machine online?")


def _run_demo(session: Session, *, fresh: bool) -> None:
    from flows.replaying import replay_flow  # noqa: PLC0415 - see above

    begun = time.monotonic()
    with prepare_demo(session.settings.data, session.settings.out, fresh=fresh) as demo:
        if demo.resumed:
            say("An earlier replay was interrupted: going on where it was (--fresh begins anew).")
        job = Job(
            topic=session.topic.path,
            warehouse=str(demo.warehouse),
            out=str(demo.out),
            overlay=str(OVERLAY),
            values=demo.values,
            patience=False,
        )
        failure = None
        with Display("Replaying two years of the demo wire", total=len(demo.moments)):
            try:
                replay_flow(job, str(demo.clock), demo.moments)
            except StepError as error:
                failure = error
        if failure is None:
            demo.finish()
        report(session, demo, time.monotonic() - begun)
    if failure is not None:
        raise failure
