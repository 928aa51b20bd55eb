"""`volteface import`: files articles from files and folders, then reads and compares them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from flows.desk import Desk
from flows.importing import Imported, import_files
from news.errors import ConfigurationError
from sources.rows import KEYS
from volteface.options import Session, common
from volteface.progress import Display
from volteface.rejection import tell_rejected
from volteface.terminal import plain, print_json, say

SHOWN_REJECTS = 10


@click.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--map", "mapping", multiple=True, metavar="K=V,…", help="Rename a row's keys: url=link,text=story_text")
@click.option("--read-all", is_flag=True, help="Read articles that are off the topic too.")
@click.option("--json", "as_json", is_flag=True, help="The counts as one JSON object on stdout.")
@common
def import_(
    session: Session, paths: tuple[Path, ...], mapping: tuple[str, ...], *, read_all: bool, as_json: bool
) -> None:
    """File articles from PATHS: JSONL, HTML, TXT, EML, WARC (each also .gz), or folders of them; then read them.

    A JSONL row has url, title, and text or html; optional published, seen, outlet, lang, id. Exit status 3 when some
    of it was rejected: `volteface rejects` lists what, and why.
    """
    renamed = read_mapping(mapping)
    desk = Desk(session.topic, session.warehouse(), session.settings, read_all=read_all)
    with Display("Importing"):
        done = import_files(desk, paths, renamed, datetime.now(UTC))
    tell_imported(done, as_json=as_json)


def tell_imported(done: Imported, *, as_json: bool) -> None:
    """Says what an import came to, and leaves with status 3 when something was rejected."""
    counts = {
        "given": done.given,
        "new": done.new,
        "claims": done.claims,
        "findings": done.findings,
        "rejected": len(done.rejected),
    }
    if as_json:
        print_json([counts])
    else:
        say(
            f"{done.given:,} given: {done.new:,} new articles, {done.claims:,} claims, {done.findings:,} findings, "
            f"{len(done.rejected):,} rejected"
        )
    tell_rejected(done.rejected, SHOWN_REJECTS)


def read_mapping(given: tuple[str, ...]) -> dict[str, str]:
    """The renamed keys of `--map url=link,text=story_text`.

    Raises:
        ConfigurationError: a part without `=`, or a key that a row does not have.
    """
    mapping = {}
    for part in (part for one in given for part in one.split(",") if part):
        ours, equals, theirs = part.partition("=")
        if not equals or not ours or not theirs:
            raise ConfigurationError(f"--map {plain(part)!r} is no pair", "write --map url=link,text=story_text")
        if ours.strip() not in KEYS:
            raise ConfigurationError(
                f"--map {plain(part)!r}: a row has no {plain(ours)!r}",
                f"one of {', '.join(KEYS)}, and then the row's own key",
            )
        mapping[ours.strip()] = theirs.strip()
    return mapping
