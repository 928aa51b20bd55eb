"""`volteface deliveries`: what was sent to whom, and how it ended; `resend` sends one again when asked."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from flows.delivering import resend as send_again
from flows.desk import Desk
from news.errors import StepError
from volteface.options import Session, common
from volteface.terminal import plain, print_json, print_rows, say
from warehouse import listings

SHOWN = ("created_at", "subscriber", "channel", "state", "attempts", "last_error", "delivery_id")


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout.")
@common
@click.pass_context
def deliveries(ctx: click.Context, session: Session, *, as_json: bool) -> None:
    """Every message: pending, sent, failed, or of unknown end."""
    if ctx.invoked_subcommand is not None:
        return
    with session.existing().reading() as tx:
        rows = listings.listing(tx, "deliveries", {})
    if as_json:
        print_json(rows)
    else:
        print_rows(rows, SHOWN)


@deliveries.command()
@click.argument("delivery")
@common
def resend(session: Session, delivery: str) -> None:
    """Send DELIVERY again, with the same Message-ID: the only way a message of unknown end goes a second time."""
    desk = Desk(session.topic, session.existing(), session.settings)
    problem = send_again(desk, delivery, datetime.now(UTC))
    if problem:
        raise StepError(problem, "it stays in the outbox; `volteface deliveries` shows it")
    say(f"sent again: {plain(delivery)}")
