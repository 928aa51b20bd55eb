"""Filing: is this page new, a copy, a new version of a known page, or nothing new; and what is left to be read."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from news.article import Article, CleanArticle, Precision, Relevance, without
from news.blocks import WHY, find_furniture
from news.filing import Filed, credit_of, is_page_of_its_own, origin, url_key
from news.hosts import host_of
from news.identity import stable_id
from news.revising import revise
from news.texts import CopyText, hash_body
from news.topic import Topic
from warehouse.copy_texts import copy_text
from warehouse.encoding import dating_json, diff_json, exclusions_json, exclusions_of, packed
from warehouse.folding import fold
from warehouse.queries import query
from warehouse.revisions import first_seen
from warehouse.transaction import Row, Transaction

_JUDGED_BY = ("outlet", "credit", "canonical", "published", "published_precision", "partial")
"""What the copy rules go by, the text aside."""


@dataclass
class _Desk:
    """A batch being filed: what is known of its pages, and the rows it will leave."""

    now: datetime
    topic: Topic
    ids: dict[str, str]
    latest: dict[str, Row]
    new: dict[str, CopyText] = field(default_factory=dict)
    articles: list[Row] = field(default_factory=list)
    urls: list[Row] = field(default_factory=list)
    revisions: list[Row] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)
    reworded: set[str] = field(default_factory=set)  # of these, known before, those whose copies are judged anew
    unchanged: list[str] = field(default_factory=list)
    off_topic: list[str] = field(default_factory=list)
    furniture: Mapping[str, Collection[int]] = field(default_factory=dict)


def file(
    tx: Transaction,
    cleaned: Sequence[tuple[CleanArticle, Relevance]],
    now: datetime,
    *,
    topic: Topic,
    furniture: Mapping[str, Collection[int]] | None = None,
) -> Filed:
    """File cleaned pages, in the order given.

    A known page whose words (furniture, case and punctuation aside) or title changed is a new revision; an older
    version of it that arrives late changes nothing, and neither does a partial one of a page that is known whole. A new
    page is judged against what is stored: original, or copy of which original. `furniture` are the blocks that repeat
    on a host, by host: one that became known since the last version is no change of the page.
    """
    if not cleaned:
        return Filed()
    desk = _known(tx, [page for page, _ in cleaned], now, topic)
    desk.furniture = furniture or {}
    for page, relevance in cleaned:
        _sort(desk, page, relevance)
    tx.insert("articles", desk.articles)
    tx.insert("article_urls", desk.urls)
    tx.insert("revisions", desk.revisions)
    folded = fold(tx, list(desk.new.values()), now, topic, revised=desk.reworded)
    copies = set(folded.copies)
    return Filed(
        new=tuple(one for one in desk.new if one not in copies),
        copies=folded.copies,
        revised=tuple(desk.revised),
        unchanged=tuple(desk.unchanged),
        off_topic=tuple(desk.off_topic),
        turned=folded.turned,
        released=folded.released,
    )


def unread(
    tx: Transaction,
    engine: str,
    limit: int,
    *,
    now: datetime,
    languages: Sequence[str] = ("en",),
    read_all: bool = False,
) -> list[Article]:
    """At most `limit` articles that this engine should read and has not: oldest first, never a copy.

    Off the topic only with `read_all`; in a language that was recognised only when it is among `languages`. What is
    passed over is written down with the reason (`copy`, `language`, `off_topic`); when that no longer holds (a copy
    turns out to be an original), the article is read after all.
    """
    params = {"engine": engine, "now": now, "limit": limit, "languages": list(languages), "read_all": read_all}
    tx.run(query("pass_over"), params)
    return [_article(row) for row in tx.rows(query("unread_articles"), params)]


def unread_languages(tx: Transaction, since: datetime, until: datetime) -> dict[str, int]:
    """Pages passed over after `since`, up to `until`, for their language: how many of each."""
    rows = tx.rows(query("unread_languages"), {"since": since, "until": until})
    return {row["lang"]: row["pages"] for row in rows}


def get(tx: Transaction, ids: Sequence[str]) -> list[Article]:
    """These articles at their latest revisions, by id; unknown ids are left out."""
    if not ids:
        return []
    return [_article(row) for row in tx.rows(query("articles_by_id"), {"ids": list(ids), "seen": first_seen(tx, ids)})]


def changes(tx: Transaction, ids: Sequence[str]) -> list[Row]:
    """The later versions of these articles that are changes of their pages, by number.

    Each with the title before it and, where it is known, every sentence that is otherwise (`diff`).
    """
    rows = tx.rows(query("changes_of_articles"), {"ids": list(ids)})
    return [row | {"diff": json.loads(row["diff"]) if row["diff"] else []} for row in rows]


def of_url(tx: Transaction, url: str) -> Article | None:
    """The article that an address leads to, at its latest revision, or None when none is stored."""
    rows = tx.rows(query("known_pages"), {"keys": [url_key(url)]})
    found = get(tx, [row["article_id"] for row in rows if row["article_id"]])
    return found[0] if found else None


def _known(tx: Transaction, pages: Sequence[CleanArticle], now: datetime, topic: Topic) -> _Desk:
    """What the warehouse has of these addresses, and of those they redirect to."""
    rows = _known_pages(tx, {url_key(page.url) for page in pages})
    ids = {row["url_key"]: row["article_id"] for row in rows if row["article_id"]}
    finals = {
        row["url_key"]: url_key(row["final_url"])
        for row in rows
        if row["final_url"] and is_page_of_its_own(row["final_url"])
    }
    led_to = {row["url_key"]: row["article_id"] for row in _known_pages(tx, set(finals.values())) if row["article_id"]}
    for key, final in finals.items():
        ids.setdefault(key, led_to.get(final) or stable_id("art", final))
    found = sorted(set(ids.values()))
    latest = tx.rows(query("latest_revisions"), {"ids": found, "seen": first_seen(tx, found)}) if found else []
    return _Desk(now, topic, ids, {row["article_id"]: row for row in latest})


def _known_pages(tx: Transaction, keys: Collection[str]) -> list[Row]:
    return tx.rows(query("known_pages"), {"keys": sorted(keys)}) if keys else []


def _sort(desk: _Desk, page: CleanArticle, relevance: Relevance) -> None:
    """Put one page where it belongs."""
    key = url_key(page.url)
    article_id = desk.ids.setdefault(key, stable_id("art", key))
    desk.urls.append({"url_key": key, "article_id": article_id, "recorded_at": desk.now})
    last = desk.latest.get(article_id)
    if last is None:
        _add(desk, article_id, page, relevance)
        return
    # What was taken for furniture once, and is no longer, is a part of the text as it is of the new one.
    excluded = tuple(one for one in exclusions_of(last["excluded"]) if one.why != WHY)
    known = desk.furniture.get(host_of(page.url) or "", ())
    body = without(last["text"], (*excluded, *find_furniture(last["text"], excluded, known)))
    revised = revise(last["title"], body, page.title, page.body)
    kind = revised.kind if revised else None
    if last["partial"] and not page.partial:
        kind, revised = "completed", None
    if kind is None or page.seen < last["seen"] or (page.partial and not last["partial"]):
        desk.unchanged.append(article_id)
        return
    row = revision_row(article_id, page, relevance, desk.topic)
    diff = diff_json(revised.changes) if revised else None
    row |= {"revision": last["revision"] + 1, "kind": kind, "diff": diff, "recorded_at": desk.now}
    desk.revisions.append(row)
    desk.latest[article_id] = row
    desk.revised.append(article_id)
    if article_id in desk.new:
        desk.new[article_id] = replace(_copy_text(article_id, page, desk.topic), seen=desk.new[article_id].seen)
    elif hash_body(body) != row["body_hash"] or any(row[key] != last[key] for key in _JUDGED_BY):
        desk.reworded.add(article_id)


def _add(desk: _Desk, article_id: str, page: CleanArticle, relevance: Relevance) -> None:
    desk.articles.append(
        {
            "article_id": article_id,
            "url": page.url,
            "url_key": url_key(page.url),
            "source_id": page.source_id,
            "seen": page.seen,
            "recorded_at": desk.now,
        }
    )
    desk.new[article_id] = _copy_text(article_id, page, desk.topic)
    if not relevance.on_topic:
        desk.off_topic.append(article_id)
    row = revision_row(article_id, page, relevance, desk.topic)
    row |= {"revision": 1, "kind": "first", "diff": None, "recorded_at": desk.now}
    desk.revisions.append(row)
    desk.latest[article_id] = row


def _copy_text(article_id: str, page: CleanArticle, topic: Topic) -> CopyText:
    return copy_text(
        article_id=article_id,
        url=page.url,
        outlet=_outlet(page),
        title=page.title,
        body=page.body,
        seen=page.seen,
        published=page.published,
        precision=page.published_precision,
        credit=credit_of(page.credit, page.canonical, page.url),
        credit_evidence=page.credit_evidence,
        partial=page.partial is not None,
        topic=topic,
    )


def revision_row(article_id: str, page: CleanArticle, relevance: Relevance, topic: Topic) -> Row:
    """The row of one version of a page, less its number, its kind and when it was recorded."""
    return {
        "article_id": article_id,
        "external_id": page.external_id,
        "outlet": _outlet(page),
        "title": page.title,
        "title_made": page.title_made,
        "text": page.text,
        "body_hash": hash_body(page.body),
        "excluded": exclusions_json(page.excluded),
        "lang": page.lang,
        "byline": page.byline,
        "published": page.published,
        "published_precision": page.published_precision.value,
        "published_from": page.published_from,
        "dating": dating_json(page.dating),
        "dating_rule": page.dating_rule,
        "seen": page.seen,
        "credit": page.credit,
        "credit_evidence": page.credit_evidence,
        "canonical": page.canonical,
        "partial": page.partial,
        "raw_sha256": page.raw_sha256,
        "origin": origin(_outlet(page), credit_of(page.credit, page.canonical, page.url), page.body, topic),
        "relevance": relevance.score,
        "on_topic": relevance.on_topic,
        "reasons": packed(list(relevance.reasons)),
    }


def _outlet(page: CleanArticle) -> str:
    return page.outlet or host_of(page.url) or "unknown"


def _article(row: Row) -> Article:
    return Article(
        article_id=row["article_id"],
        revision=row["revision"],
        url=row["url"],
        outlet=row["outlet"],
        title=row["title"],
        text=row["text"],
        seen=row["seen"],
        recorded_at=row["recorded_at"],
        lang=row["lang"],
        byline=row["byline"],
        published=row["published"],
        published_precision=Precision(row["published_precision"]),
        excluded=exclusions_of(row["excluded"]),
        credit=row["credit"],
        origin=row["origin"],
        original_id=row["original_id"],
        copy_kind=row["copy_kind"],
        external_id=row["external_id"],
        relevance=Relevance(row["relevance"], row["on_topic"], tuple(json.loads(row["reasons"]))),
    )
