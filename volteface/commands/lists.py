"""The commands that list what the warehouse holds, one a view: as lines for a reader, or as JSON Lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from news.errors import ConfigurationError
from volteface import figure_rows, precision, source_rows
from volteface.options import Session, common
from volteface.terminal import plain, print_json, print_rows
from volteface.times import moment
from warehouse import listings

HELP = {
    "articles": "Articles, the newest last: originals, copies and what they copy.",
    "claims": "Claims: who said what, how firmly, when, and where the text says so.",
    "positions": "Where each holder and actor stands on each proposition.",
    "shifts": "Changes of position, with the claims before and after.",
    "disputes": "Pairs of actors at odds over a proposition.",
    "figures": "Numbers that move over time, or are in dispute: each series with whose word every number is.",
    "revisions": "Pages that changed after they were first seen.",
    "findings": "Everything a digest may carry, with its id for `volteface why`.",
    "marks": "Your words on findings, claims and holders, and the precision of past alerts by them.",
    "sources": "How each source fares: when it answered, what it gave, what is wrong, when it is asked again.",
    "rejects": "Given input that was not filed, and why.",
}
# What a reader sees of a row; `--json` has every key.
SHOWN = {
    "articles": ("published", "outlet", "title", "copy_kind", "origin"),
    "claims": ("spoken_on", "holder", "modality", "evidence", "claim_id"),
    "positions": ("proposition", "actor", "holder", "stance", "since"),
    "shifts": ("at", "actor", "holder", "proposition", "from", "to", "kind", "finding_id"),
    "disputes": ("since", "proposition", "between", "finding_id"),
    "revisions": ("recorded_at", "url", "revision", "kind", "title"),
    "findings": ("at", "kind", "sentence", "finding_id", "status"),
    "marks": ("mark", "recorded_at", "subject", "word", "other", "because", "holds"),
    "rejects": ("at", "given", "reason", "mend"),
}
FILTERS = {
    "since": click.option(
        "--since", metavar="WHEN", help="Only from this day or time on (2024-10-10, 2024-10-10T12:00Z, 7d)."
    ),
    "until": click.option("--until", metavar="WHEN", help="Only up to and including this day or time."),
    "as_of": click.option("--as-of", metavar="WHEN", help="As it was known at that time."),
    "holder": click.option("--holder", metavar="NAME", help="Only this holder (part of the name will do)."),
    "actor": click.option("--actor", metavar="ID", help="Only this actor, by its id in the topic."),
    "proposition": click.option("--proposition", metavar="ID", help="Only this proposition, by its id in the topic."),
    "match": click.option("--match", metavar="TEXT", help="Only rows whose text has this."),
}


def _listing(view: str) -> click.Command:
    @common
    def command(session: Session, *, as_json: bool, text: bool = False, **given: str | None) -> None:
        rows = rows_of(session, view, given, text=text)
        if view == "sources":
            rows = source_rows.with_unasked(rows, session.topic, given.get("match"))
        if as_json:
            print_json(rows)
        elif view == "sources":
            print_rows([source_rows.shown(row, session.topic) for row in rows], source_rows.SHOWN, "note")
        elif view == "figures":
            print_rows([figure_rows.shown(row) for row in rows], figure_rows.SHOWN, "series")
        else:
            print_rows(rows, SHOWN[view])
        if view == "marks":
            precision.tell(session, given.get("as_of"))

    for name in reversed([name for name in FILTERS if name in listings.FILTERS[view]]):
        command = FILTERS[name](command)
    if view == "articles":
        command = click.option("--text", is_flag=True, help="With --json: the stored text too.")(command)
    command = click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout.")(command)
    return click.command(name=view, help=HELP[view])(command)


def rows_of(
    session: Session, view: str, given: dict[str, str | None], *, text: bool = False
) -> Sequence[dict[str, Any]]:
    """The rows of a view under the filters that were given.

    Raises:
        ConfigurationError: an unknown actor or proposition, or a time that cannot be read.
    """
    _known(session, given)
    filters = {
        name: moment(value, f"--{name.replace('_', '-')}") if name in {"since", "until", "as_of"} else value
        for name, value in given.items()
        if value is not None
    }
    with session.existing().reading() as tx:
        return listings.listing(tx, view, filters, text=text)


def _known(session: Session, given: dict[str, str | None]) -> None:
    topic = session.topic
    for name, ids in (
        ("actor", [one.id for one in topic.entities]),
        ("proposition", [one.id for one in topic.propositions]),
    ):
        value = given.get(name)
        if value is not None and value not in ids:
            raise ConfigurationError(f"--{name} {plain(value)} is not in topic {topic.id}", f"one of {', '.join(ids)}")


articles = _listing("articles")
claims = _listing("claims")
positions = _listing("positions")
shifts = _listing("shifts")
disputes = _listing("disputes")
figures = _listing("figures")
revisions = _listing("revisions")
findings = _listing("findings")
marks = _listing("marks")
sources = _listing("sources")
rejects = _listing("rejects")
