"""`volteface digest`: what a digest of a span would say, without sending it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import click

from alerts.render import render
from flows.delivering import preview
from flows.desk import Desk
from news.errors import ConfigurationError
from volteface.options import Session, common
from volteface.times import moment

WEEK = timedelta(days=7)


@click.command()
@click.option("--since", metavar="WHEN", help="From when on (2024-10-10, 7d). Default: a week before --until.")
@click.option("--until", metavar="WHEN", help="Up to when. Default: now.")
@click.option(
    "--format", "form", type=click.Choice(["text", "html", "slack", "json"]), default="text", show_default=True
)
@common
def digest(session: Session, since: str | None, until: str | None, form: str) -> None:
    """Compose the digest of a span of time and print it; nothing is sent or marked as told."""
    end = moment(until, "--until") if until else datetime.now(UTC)
    begin = moment(since, "--since") if since else end - WEEK
    if begin >= end:
        raise ConfigurationError("--since is not before --until", "give the earlier time first")
    one = preview(Desk(session.topic, session.existing(), session.settings), begin, end)
    rendered = render(one, session.topic)
    shown = {"text": rendered.text, "html": rendered.html}
    click.echo(shown[form] if form in shown else json.dumps(rendered.slack if form == "slack" else rendered.json))
