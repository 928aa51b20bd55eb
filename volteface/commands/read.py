"""`volteface read`: one document's claims, without a warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from alerts.reading import render_reading
from analysis.reading import Reader
from analysis.relevance import relevance
from news.article import Article, CleanArticle, Reject
from news.claim import Claim
from news.identity import stable_id
from sources.imports import read_imports
from volteface.marked import print_reading
from volteface.options import Session, common
from volteface.rejection import tell_rejected
from volteface.terminal import print_json, print_rows

Reading = tuple[Article, list[Claim]]
SHOWN = ("start", "end", "holder", "actor", "modality", "stances", "evidence")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout, one for each claim.")
@click.option(
    "--html", "as_html", is_flag=True, help="A web page on stdout: the marked text, and its claims in a table."
)
@common
def read(session: Session, file: Path, *, as_json: bool, as_html: bool) -> None:
    """Read one document (TXT, HTML, JSONL) and show its claims; no warehouse is opened.

    On a terminal the text is shown with holders, cues and contents marked, and the claims in a table under it; in a
    pipe each claim is one tab-separated line.
    """
    if as_json and as_html:
        raise click.UsageError("--json and --html are two forms: ask for one of them.")
    rejected: list[Reject] = []
    readings = _readings(session, file, rejected)
    console = Console()
    if as_json:
        print_json(_row(claim, article) for article, claims in readings for claim in claims)
    elif as_html:
        _print_page(list(readings))
    elif console.is_terminal:
        for article, claims in readings:
            print_reading(console, article, claims)
    else:
        rows = [_row(claim, article) for article, claims in readings for claim in claims]
        print_rows([row | {"stances": _stances(row)} for row in rows], SHOWN)
    tell_rejected(rejected)


def _readings(session: Session, file: Path, rejected: list[Reject]) -> Iterator[Reading]:
    """Each article of the file with its claims; what cannot be read is added to `rejected`."""
    now = datetime.now(UTC)
    reader = Reader(session.topic)
    for one in read_imports([file], mapping={}, topic=session.topic, now=now):
        if isinstance(one, Reject):
            rejected.append(one)
        else:
            article = _article(one, session, now)
            yield article, reader.read(article)


def _print_page(readings: list[Reading]) -> None:
    """The page on stdout, in UTF-8 as it says itself, whatever the locale; nothing when nothing was read."""
    if readings:
        click.echo(render_reading(readings).encode(), nl=False)


def _article(one: CleanArticle, session: Session, now: datetime) -> Article:
    return Article(
        article_id=stable_id("art", one.url),
        revision=1,
        url=one.url,
        outlet=one.outlet or "unknown outlet",
        title=one.title,
        text=one.text,
        seen=one.seen,
        recorded_at=now,
        lang=one.lang,
        published=one.published,
        published_precision=one.published_precision,
        excluded=one.excluded,
        credit=one.credit,
        origin=one.credit or one.outlet,
        external_id=one.external_id,
        relevance=relevance(one.title, one.body, session.topic),
    )


def _row(claim: Claim, article: Article) -> dict[str, Any]:
    links = [
        {"id": link.proposition, "stance": link.stance.value, "score": link.score, "rule": link.rule}
        for link in claim.propositions
    ]
    return {
        "claim_id": claim.claim_id,
        "article_id": claim.article_id,
        "external_id": article.external_id,
        "url": article.url,
        "holder": claim.holder,
        "holder_kind": claim.holder_kind.value,
        "actor": claim.actor,
        "source": claim.source,
        "cue": claim.cue,
        "content": claim.content,
        "modality": claim.modality.value,
        "quoted": claim.quoted,
        "evidence": claim.evidence,
        "start": claim.start,
        "end": claim.end,
        "spoken_on": claim.spoken_on,
        "repeat_of": None,
        "propositions": links,
    }


def _stances(row: dict[str, Any]) -> list[str]:
    return [f"{link['stance']} {link['id']}" for link in row["propositions"]]
