"""Articles as the copy rules see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from news.article import Precision, without
from news.filing import credit_of, is_wire, names_of
from news.texts import CopyText
from news.topic import Topic
from warehouse.encoding import exclusions_of
from warehouse.queries import query
from warehouse.revisions import first_seen
from warehouse.transaction import Row, Transaction


def copy_texts(tx: Transaction, ids: Sequence[str], topic: Topic) -> dict[str, CopyText]:
    """These articles at their latest versions, by id; unknown ids are left out."""
    if not ids:
        return {}
    rows = tx.rows(query("texts_for_copies"), {"ids": ids, "seen": first_seen(tx, ids)})
    return {row["article_id"]: _text_of(row, topic) for row in rows}


def _text_of(row: Row, topic: Topic) -> CopyText:
    return copy_text(
        article_id=row["article_id"],
        url=row["url"],
        outlet=row["outlet"],
        title=row["title"],
        body=without(row["text"], exclusions_of(row["excluded"])),
        seen=row["seen"],
        published=row["published"],
        precision=Precision(row["published_precision"]),
        credit=credit_of(row["credit"], row["canonical"], row["url"]),
        credit_evidence=row["credit_evidence"],
        partial=row["partial"] is not None,
        topic=topic,
    )


def copy_text(
    *,
    article_id: str,
    url: str,
    outlet: str,
    title: str,
    body: str,
    seen: datetime,
    published: datetime | None,
    precision: Precision,
    credit: str | None,
    credit_evidence: str | None,
    partial: bool,
    topic: Topic,
) -> CopyText:
    """An article as the copy rules see it. A date known to the week or worse is none."""
    dated = precision in (Precision.SECOND, Precision.DAY)
    return CopyText(
        article_id=article_id,
        outlet=outlet,
        title=title,
        body=body,
        seen=seen,
        published=published if dated else None,
        exact=precision is Precision.SECOND,
        names=names_of(outlet, url, topic),
        credit=credit,
        credit_evidence=credit_evidence,
        partial=partial,
        wire=is_wire(outlet, url, topic),
    )
