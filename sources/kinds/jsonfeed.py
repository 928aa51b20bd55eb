"""JSON Feed 1.0 and 1.1 (jsonfeed.org); of one that breaks off, the items before the break."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from news.article import FeedItem
from sources.kinds.document import Document, Reader, Reading, finish, make_item
from sources.moments import Moment, read_moment

_ACCEPT = "application/feed+json,application/json;q=0.9,*/*;q=0.5"


def read(document: Document, now: datetime) -> Reading:
    """The items of a JSON feed, in its order."""
    text = document.body.decode("utf-8-sig", errors="replace")
    error = None
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as fault:
        feed = {"items": _salvage(text)}
        error = f"not well-formed ({str(fault)[:120]})"
        if not feed["items"]:
            return Reading(error=error, understood=False)
    if not isinstance(feed, Mapping) or not isinstance(feed.get("items"), list):
        return Reading(error="no JSON feed there: no list of items", understood=False)
    entries = [entry for entry in feed["items"] if isinstance(entry, Mapping)]
    if not feed["items"]:
        return Reading(error="empty feed")
    lang = _text(feed, "language")
    reading = finish([_make_item(document, entry, lang, now) for entry in entries], error)
    if not reading.items:
        return Reading(error=f"none of {len(feed['items'])} items links to a web page")
    return reading


def _make_item(document: Document, entry: Mapping[str, Any], lang: str | None, now: datetime) -> FeedItem | None:
    identity = _text(entry, "id") or ""
    return make_item(
        document,
        _text(entry, "url") or _text(entry, "external_url") or (identity if identity.startswith("http") else None),
        now,
        title=_text(entry, "title"),
        published=_moment(entry, "date_published"),
        updated=_moment(entry, "date_modified"),
        summary=_text(entry, "summary") or _text(entry, "content_text") or _text(entry, "content_html"),
        byline=_name_authors(entry),
        lang=_text(entry, "language") or lang,
        content=_text(entry, "content_html") or _text(entry, "content_text"),
    )


def _name_authors(entry: Mapping[str, Any]) -> str | None:
    authors = entry.get("authors")
    listed = authors if isinstance(authors, list) else [entry.get("author")]  # 1.0 had one
    names = [_text(author, "name") for author in listed if isinstance(author, Mapping)]
    return ", ".join(name for name in names if name) or None


def _moment(entry: Mapping[str, Any], key: str) -> Moment | None:
    stated = _text(entry, key)
    return read_moment(stated) if stated else None


def _text(entry: Mapping[str, Any], key: str) -> str | None:
    value = entry.get(key)
    return value if isinstance(value, str) and value.strip() else None


def _salvage(text: str) -> list[Any]:
    """The whole items at the start of a list that breaks off."""
    at = text.find('"items"')
    at = text.find("[", at) + 1 if at >= 0 else 0
    items: list[Any] = []
    decoder = json.JSONDecoder()
    while at > 0:
        at = text.find("{", at)
        if at < 0:
            break
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        items.append(item)
    return items


READER = Reader(_ACCEPT, read)
