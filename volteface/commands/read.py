"""`volteface read`: one document's claims, without a warehouse."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from analysis.reading import Reader
from analysis.relevance import relevance
from news.article import Article, CleanArticle, Reject
from news.claim import Claim
from news.identity import stable_id
from sources.imports import read_imports
from volteface.options import Session, common
from volteface.rejection import tell_rejected
from volteface.terminal import print_json, print_rows

SHOWN = ("start", "end", "holder", "actor", "modality", "stances", "evidence")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout.")
@common
def read(session: Session, file: Path, *, as_json: bool) -> None:
    """Read one document (TXT, HTML, JSONL) and print its claims; no warehouse is opened.

    Coloured text and pages (--html) are still to come.
    """
    now = datetime.now(UTC)
    reader = Reader(session.topic)
    rows = []
    rejected = []
    for one in read_imports([file], mapping={}, topic=session.topic, now=now):
        if isinstance(one, Reject):
            rejected.append(one)
            continue
        article = _article(one, session, now)
        rows += [_row(claim, article) for claim in reader.read(article)]
    if as_json:
        print_json(rows)
    else:
        print_rows([row | {"stances": _stances(row)} for row in rows], SHOWN)
    tell_rejected(rejected)


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
