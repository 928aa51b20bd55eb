"""Silent changes of pages, worded as findings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from news.article import Article
from news.finding import Evidence, Finding, FindingKind
from news.identity import stable_id

WORDS = {
    "headline": "was given another headline",
    "extended": "was extended",
    "cut": "was cut",
    "changed": "was changed",
}


def revision_finding(row: Mapping[str, Any], article: Article, outlet: str, now: datetime) -> Finding:
    """The finding for one new revision: `row` has its number, kind, title and the title before."""
    sentence = f"{outlet}: “{row['title_before']}” {WORDS.get(row['kind'], 'was changed')} after publication"
    if row["title"] != row["title_before"]:
        sentence += f"; it is now “{row['title']}”"
    return Finding(
        finding_id=stable_id("fnd", "revision", article.article_id, row["revision"]),
        kind=FindingKind.REVISION,
        at=now.date(),
        recorded_at=now,
        sentence=sentence + ".",
        after=(Evidence(None, outlet, row["title"], article.url, outlet, now.date()),),
        detail={"article_id": article.article_id, "revision": row["revision"], "kind": row["kind"]},
    )
