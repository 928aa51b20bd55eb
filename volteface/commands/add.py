"""`volteface add`: one page, now."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from flows.importing import add_page
from flows.stages import Desk
from volteface.commands.importing import tell_imported
from volteface.options import Session, common


@click.command()
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="The counts as one JSON object on stdout.")
@common
def add(session: Session, url: str, *, as_json: bool) -> None:
    """Fetch, file, read and compare the page at URL now."""
    desk = Desk(session.topic, session.warehouse(), session.settings)
    tell_imported(add_page(desk, url, datetime.now(UTC)), as_json=as_json)
