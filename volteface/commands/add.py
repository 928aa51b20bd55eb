"""`volteface add`: one page, now, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import click

from flows.desk import Desk
from flows.importing import Added, add_page
from news.article import Article, CleanArticle, Precision
from news.outlets import outlet_name
from news.topic import Topic
from volteface.candidates import check_address
from volteface.commands.importing import tell_imported
from volteface.options import Session, common
from volteface.terminal import plain, say

SHOWN_CLAIMS = 5
EVIDENCE = 160


@click.command()
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="The counts as one JSON object on stdout.")
@common
def add(session: Session, url: str, *, as_json: bool) -> None:
    """Fetch, file, read and compare the page at URL now, on the topic or not; say what became of it.

    Exit status 1 when it cannot be fetched, 3 when it holds no article.
    """
    now = datetime.now(UTC)
    check_address(url)
    desk = Desk(session.topic, session.warehouse(), session.settings)
    added = add_page(desk, url, now)
    if not as_json:
        for line in tell_added(added, session.topic):
            say(plain(line))
    tell_imported(added.counts, as_json=as_json)


def tell_added(added: Added, topic: Topic) -> Iterator[str]:
    """What became of a page, in a few lines; none when it holds no article (that is told as a reject)."""
    page, article = added.page, added.article
    if page is None or article is None:
        return
    state = "new" if not added.known else "known, unchanged" if article.recorded_at < page.seen else "known, revised"
    yield f"{article.title}"
    yield f"  {state}; {outlet_name(topic, article.outlet)}, {_date(page)}, {_language(article, topic)}: {article.url}"
    yield f"  {_relevance(article, topic)}"
    if page.partial:
        yield f"  only part of it: {page.partial}"
    if added.original is not None:
        original = added.original
        yield f"  {article.copy_kind} copy of {outlet_name(topic, original.outlet)}: {original.title} ({original.url})"
        yield "  a copy is not read: its original speaks for it"
    elif article.origin and article.origin != article.outlet:
        yield f"  on the word of {article.origin}"
    yield from _claims(added)


def _date(page: CleanArticle) -> str:
    if page.published is None:
        return "of unknown date"
    shown = {
        Precision.SECOND: f"{page.published:%Y-%m-%d %H:%M} UTC",
        Precision.MONTH: f"{page.published:%Y-%m}",
        Precision.YEAR: f"{page.published:%Y}",
    }.get(page.published_precision, f"{page.published:%Y-%m-%d}")
    about = " (that week)" if page.published_precision is Precision.WEEK else ""
    return f"dated {shown}{about} by the {page.published_from}"


def _language(article: Article, topic: Topic) -> str:
    if article.lang is None:
        return "language unknown"
    return article.lang if article.lang in topic.languages else f"{article.lang} (not read yet)"


def _relevance(article: Article, topic: Topic) -> str:
    one = article.relevance
    reasons = "; ".join(one.reasons) or "no term of the scope in it"
    if one.on_topic:
        return f"on the topic ({one.score:.2f}: {reasons})"
    asked = f"{one.score:.2f}, and {topic.scope.threshold:.2f} with every required group is asked"
    return f"off the topic ({asked}: {reasons})"


def _claims(added: Added) -> Iterator[str]:
    if added.claims:
        yield f"  {len(added.claims)} claims:"
    elif added.original is None:
        yield "  no claims in it"
    for one in added.claims[:SHOWN_CLAIMS]:
        stances = ", ".join(f"{link.stance} {link.proposition}" for link in one.propositions)
        evidence = one.evidence if len(one.evidence) <= EVIDENCE else one.evidence[:EVIDENCE] + "…"
        yield f"  - {one.holder} ({one.modality}{', ' + stances if stances else ''}): {evidence}"
    if len(added.claims) > SHOWN_CLAIMS:
        yield f"  … and {len(added.claims) - SHOWN_CLAIMS} more: `volteface claims` lists them"
