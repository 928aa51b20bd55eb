"""`volteface replay`: imports an archive in the order it was seen, with a simulated clock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from flows.desk import Desk
from flows.importing import replay_files
from flows.job import to_files
from volteface.commands.importing import read_mapping, tell_imported
from volteface.options import Session, common
from volteface.progress import Display


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--by", type=click.Choice(["day"]), default="day", show_default=True, help="How time passes.")
@click.option("--map", "mapping", multiple=True, metavar="K=V,…", help="Rename a row's keys: url=link,seen=first_seen")
@click.option("--read-all", is_flag=True, help="Read articles that are off the topic too.")
@click.option("--json", "as_json", is_flag=True, help="The counts as one JSON object on stdout.")
@common
def replay(session: Session, path: Path, by: str, mapping: tuple[str, ...], *, read_all: bool, as_json: bool) -> None:
    """Import the archive at PATH as if its days were passing now: filed, read, compared and digested day by day.

    Rows come in the order of `seen`; the recording time is the simulated clock. Digests go to out/ only, nothing is
    sent. Use a warehouse of its own.
    """
    del by
    renamed = read_mapping(mapping)
    topic = to_files(session.topic, str(session.settings.out))
    desk = Desk(topic, session.warehouse(), session.settings, read_all=read_all)
    with Display("Replaying"):
        done = replay_files(desk, [path], renamed, datetime.now(UTC))
    tell_imported(done, as_json=as_json)
