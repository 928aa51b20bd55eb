"""RSS and Atom in all their versions, well-formed or not, by feedparser."""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Mapping
from datetime import datetime
from time import struct_time
from typing import Any

import feedparser

from news.article import FeedItem
from sources.kinds.document import Document, Reader, Reading, finish, make_item
from sources.moments import Moment, read_epoch, read_moment

_ACCEPT = "application/rss+xml,application/atom+xml,application/xml;q=0.9,text/xml;q=0.8,*/*;q=0.5"
_PAGE = re.compile(rb"\s*(?:<!doctype\s+html|<html)", re.IGNORECASE)


def read(document: Document, now: datetime) -> Reading:
    """The items of a feed; one that is not well-formed gives what can be read, with its error named."""
    headers = {"content-location": document.address}
    if document.content_type:
        headers["content-type"] = document.content_type
    try:
        # A stream always: feedparser opens bytes that look like a path, and fetches those that look like a URL.
        # Links are resolved and texts made plain by us, so its own sanitiser would be work for nothing.
        parsed = feedparser.parse(
            io.BytesIO(document.body), response_headers=headers, sanitize_html=False, resolve_relative_uris=True
        )
    except Exception as fault:  # noqa: BLE001 - whatever feedparser trips over is this one document's fault
        return Reading(error=f"the feed cannot be parsed ({_short(fault)})", understood=False)
    entries = [entry for entry in parsed.get("entries", ()) if isinstance(entry, Mapping)]
    error = _name_fault(parsed) if parsed.get("bozo") else None
    if not entries:
        if not parsed.get("version") or _PAGE.match(document.body):
            return Reading(error=f"no feed there ({document.content_type or 'no content type'})", understood=False)
        return Reading(error=error or "empty feed", understood=error is None)
    lang = _text(_get(parsed.get("feed", {}), "language"))
    reading = finish([_make_item(document, entry, lang, now) for entry in entries], error)
    if not reading.items:
        return Reading(error=error or f"none of {len(entries)} items links to a web page", understood=True)
    return reading


def _make_item(document: Document, entry: Mapping[str, Any], lang: str | None, now: datetime) -> FeedItem | None:
    updated = _moment(entry, "updated")
    return make_item(
        document,
        _find_link(entry),
        now,
        title=_text(_get(entry, "title")),
        # Atom asks for `updated` only; what appears in a feed was published then at the latest.
        published=_moment(entry, "published") or _moment(entry, "created") or updated,
        updated=updated,
        summary=_text(_get(entry, "summary")) or _content(entry),
        byline=_text(_get(entry, "author")),
        lang=lang,
    )


def _find_link(entry: Mapping[str, Any]) -> str | None:
    if link := _text(_get(entry, "link")):
        return link
    for link in _get(entry, "links") or ():
        if isinstance(link, Mapping) and link.get("rel") in {None, "alternate"} and _text(link.get("href")):
            return _text(link.get("href"))
    identity = _text(_get(entry, "id")) or ""
    return identity if identity.startswith(("http://", "https://")) else None


def _moment(entry: Mapping[str, Any], key: str) -> Moment | None:
    parsed = _get(entry, f"{key}_parsed")
    if isinstance(parsed, struct_time):
        try:
            return read_epoch(timegm(parsed)) if parsed.tm_year >= 1900 else None  # noqa: PLR2004 - nobody published
        except (ValueError, OverflowError):
            return None
    stated = _text(_get(entry, key))
    return read_moment(stated) if stated else None


def _content(entry: Mapping[str, Any]) -> str | None:
    parts = _get(entry, "content")
    if isinstance(parts, list) and parts and isinstance(parts[0], Mapping):
        return _text(parts[0].get("value"))
    return None


def _get(entry: Mapping[str, Any], key: str) -> Any:
    # Its own lookup falls back from `updated` to `published`, with a warning.
    return dict.get(entry, key) if isinstance(entry, dict) else entry.get(key)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _name_fault(parsed: Mapping[str, Any]) -> str | None:
    fault = parsed.get("bozo_exception")
    if isinstance(fault, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType):
        return None  # the server's label is wrong, the feed is not
    return f"not well-formed ({_short(fault)})"


def _short(error: object) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__


READER = Reader(_ACCEPT, read)
