"""`volteface reclean`: the past, cleaned again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

import click

from flows.desk import Desk
from flows.recleaning import reclean as clean_again
from volteface.options import Session, common
from volteface.progress import Display
from volteface.terminal import print_json, say
from volteface.times import moment


@click.command()
@click.option("--since", metavar="WHEN", help="Only pages fetched from this day or time on (2024-10-10, 7d).")
@click.option("--until", metavar="WHEN", help="Only pages fetched up to and including this day or time.")
@click.option("--match", metavar="TEXT", help="Only pages whose address has this.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="The counts as one JSON object on stdout.")
@common
def reclean(
    session: Session, *, since: str | None, until: str | None, match: str | None, dry_run: bool, as_json: bool
) -> None:
    """Clean the stored pages again with the cleaner of today.

    What comes out otherwise is filed as a new revision of kind `recleaned` and read again. Nothing of it is told in a
    digest: the pages did not change, we did. Killed and run again, it goes on where it was.
    """
    desk = Desk(session.topic, session.existing(), session.settings)
    span = {"since": moment(since, "--since") if since else None, "until": moment(until, "--until") if until else None}
    with Display("Cleaning again"):
        done = clean_again(desk, datetime.now(UTC), **span, match=match, dry_run=dry_run)
    if as_json:
        print_json([asdict(done)])
        return
    would = "would be revised" if dry_run else "revised"
    say(
        f"{done.looked_at:,} articles cleaned again: {done.revised:,} {would}, {done.same:,} the same, "
        f"{done.rejected:,} give nothing now and stay as they are; {done.claims:,} claims read; of {done.missing:,} "
        "more the bytes are not kept any longer"
    )
