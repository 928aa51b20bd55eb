"""What `make run` shows when the replay is over: the last digest, what was found of the planted, where things are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from demo.planted import load_planted
from demo.queries import QUERIES
from demo.replay import DemoRun
from demo.scoring import Ledger, Score, score
from news.spelling import name_key
from news.topic import Topic
from volteface.options import Session
from volteface.terminal import plain
from warehouse import digests, listings
from warehouse.store import Warehouse

MISSED_SHOWN = 6


def report(session: Session, demo: DemoRun, seconds: float) -> None:
    """Prints the last digest and the comparison on stdout, with the places to look next."""
    warehouse = Warehouse.open(demo.warehouse, session.topic.id, session.topic.path, wait_s=session.settings.wait_s)
    console = Console()
    with warehouse.reading() as tx:
        last = digests.latest_text(tx)
    if last:
        console.rule("The last digest")
        click.echo(last)
    console.rule("What was planted in the demo wire, and what was found")
    scores = score(load_planted(), demo.pages, ledger(warehouse, session.topic))
    console.print(table(scores))
    console.print("\nMissed:", style="bold")
    for line in missed(scores):
        console.print(Text(f"  {line}", style="dim"))
    _say_where(console, demo, seconds)


def ledger(warehouse: Warehouse, topic: Topic) -> Ledger:
    """What the warehouse lists, for comparing with what was planted."""
    with warehouse.reading() as tx:
        listed = [name for name in Ledger.__dataclass_fields__ if name not in {"threshold", "names"}]
        return Ledger(
            **{name: listings.listing(tx, name) for name in listed},
            threshold=topic.scope.threshold,
            names=_names(topic),
        )


def _names(topic: Topic) -> Callable[[str], str]:
    """What a holder's name is known as: the topic's entity or body of that name, else a key for its spellings."""
    bodies = [(one.id, (one.name, *one.names)) for one in topic.entities]
    bodies += [
        (f"{entity.id} {office.id}", (office.title, *office.titles))
        for entity in topic.entities
        for office in entity.offices
        if office.kind == "organisation"
    ]
    known = {name.lower().removeprefix("the "): key for key, names in reversed(bodies) for name in names}
    return lambda name: known.get(name.lower().removeprefix("the ")) or name_key(name)


def table(scores: Sequence[Score]) -> Table:
    """The comparison as a table: planted, found, and false ones where they can be told."""
    made = Table(box=None, header_style="bold", pad_edge=False)
    made.add_column("planted thing", no_wrap=True)
    for column in ("planted", "found", "share", "false"):
        made.add_column(column, justify="right")
    for one in scores:
        share = f"{one.found / one.planted:.0%}" if one.planted else ""
        false = "" if one.false is None else str(one.false)
        made.add_row(one.what, str(one.planted), str(one.found), share, false)
    return made


def missed(scores: Sequence[Score]) -> list[str]:
    """What was missed, a line a kind, the first few by name; page ids are those of `demo/pages`."""
    lines = []
    for one in scores:
        shown = "; ".join(plain(name) for name in one.missed[:MISSED_SHOWN])
        more = len(one.missed) - MISSED_SHOWN
        if one.missed:
            lines.append(f"{one.what}: {shown}" + (f"; and {more} more" if more > 0 else ""))
    return lines


def _say_where(console: Console, demo: DemoRun, seconds: float) -> None:
    console.rule("Where the rest is")
    click.echo(f"The replay took {seconds:.0f} s.")
    click.echo(f"Digests, as .eml, .html, .slack.json, .json and .txt: {demo.out}/ (latest.* is the last)")
    click.echo(f"Warehouse: {demo.warehouse}. Three queries worth trying:")
    for title, sql in QUERIES:
        quoted = sql.replace('"', '\\"')
        click.echo(f'\n  # {title}\n  .venv/bin/volteface query --warehouse {demo.warehouse} "{quoted}"')
    click.echo(f"\nHow a finding came about: .venv/bin/volteface why FINDING --warehouse {demo.warehouse}")
