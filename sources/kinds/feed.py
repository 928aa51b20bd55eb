"""RSS and Atom in all their versions, well-formed or not, by feedparser."""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from time import struct_time
from typing import Any
from urllib.parse import urljoin

import feedparser

from news.article import FeedItem
from news.errors import FetchError
from sources.asking import read_rhythm
from sources.guard import check_url
from sources.kinds.document import Document, Reader, Reading, finish, make_item
from sources.kinds.shape import find_fault
from sources.moments import Moment, read_epoch, read_moment

ACCEPT = "application/rss+xml,application/atom+xml,application/xml;q=0.9,text/xml;q=0.8,*/*;q=0.5"
_ITEM = re.compile(rb"<item[\s>](?:(?!<item[\s>]).){0,100000}?</item\s*>", re.DOTALL | re.IGNORECASE)
_OPENING = (
    b'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
    b' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
)
_CLOSING = b"</channel></rss>"
_PAGE = re.compile(rb"\s*(?:<!doctype\s+html|<html)", re.IGNORECASE)


Finisher = Callable[[FeedItem, Mapping[str, Any]], FeedItem]
"""Looks once more at an item, with the feed's own entry beside it."""


def read(document: Document, now: datetime, finish_item: Finisher | None = None) -> Reading:
    """The items of a feed; one that is not well-formed gives what can be read, with its error named.

    `finish_item` is for kinds that are feeds with a difference.
    """
    headers = {"content-location": document.address}
    if document.content_type:
        headers["content-type"] = document.content_type
    if document.language:
        headers["content-language"] = document.language
    parsed = _parse(document.body, headers)
    if isinstance(parsed, Reading):
        return parsed
    channel = parsed.get("feed", {})
    return replace(
        _read_entries(document, parsed, headers, now, finish_item),
        asked_s=read_rhythm(channel),
        moved_to=_find_new_address(document, channel),
    )


def _read_entries(
    document: Document,
    parsed: Mapping[str, Any],
    headers: Mapping[str, str],
    now: datetime,
    finish_item: Finisher | None,
) -> Reading:
    error = _name_fault(parsed) if parsed.get("bozo") else None
    entries = _entries(parsed)
    if error:
        entries = max(entries, _salvage(document.body, headers), key=len)
    if not entries:
        if parsed.get("feed", {}).get("newlocation"):
            return Reading(error="the feed names its new address, and nothing else", understood=False)
        if not parsed.get("version") or _PAGE.match(document.body):
            return Reading(error=f"no feed there ({document.content_type or 'no content type'})", understood=False)
        return Reading(error=error or "empty feed", understood=error is None)
    lang = _text(_get(parsed.get("feed", {}), "language"))
    pairs = [(_make_item(document, entry, lang, now), entry) for entry in entries]
    reading = finish([finish_item(item, entry) if item and finish_item else item for item, entry in pairs], error)
    if not reading.items:
        return Reading(error=error or f"none of {len(entries)} items links to a web page", understood=True)
    return reading


def _find_new_address(document: Document, channel: Mapping[str, Any]) -> str | None:
    """The address a feed says it is found at from now on: iTunes' `new-feed-url`, or a redirect written as XML."""
    stated = _text(channel.get("itunes_new-feed-url")) or _text(channel.get("newlocation"))
    try:
        address = check_url(urljoin(document.address, stated.strip())) if stated else None
    except (FetchError, ValueError):
        return None
    return address if address != document.address else None


def _parse(body: bytes, headers: Mapping[str, str]) -> Mapping[str, Any] | Reading:
    if fault := find_fault(body, headers.get("content-type")):
        return Reading(error=f"the feed is not parsed ({fault})", understood=False)
    try:
        # A stream always: feedparser opens bytes that look like a path, and fetches those that look like a URL.
        # Texts are made plain by us, so its own sanitiser would be work for nothing.
        parsed: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(body), response_headers=dict(headers), sanitize_html=False, resolve_relative_uris=True
        )
    except Exception as fault:  # noqa: BLE001 - whatever feedparser trips over is this one document's fault
        return Reading(error=f"the feed cannot be parsed ({_short(fault)})", understood=False)
    return parsed


def _entries(parsed: Mapping[str, Any] | Reading) -> list[Mapping[str, Any]]:
    found = parsed.get("entries", ()) if isinstance(parsed, Mapping) else ()
    return [entry for entry in found if isinstance(entry, Mapping)]


def _salvage(body: bytes, headers: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """The items of a feed whose frame is so broken that the parser misses some, read in a sound frame."""
    items = [match[0] for match in _ITEM.finditer(body)]
    return _entries(_parse(_OPENING + b"".join(items) + _CLOSING, headers)) if items else []


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
        content=_content(entry),
        outlet=_name_outlet(entry),
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


def _name_outlet(entry: Mapping[str, Any]) -> str | None:
    """Whose page the item is, where the feed says that it is another's (RSS 2.0 and Atom: `source`)."""
    source = _get(entry, "source")
    return _text(_get(source, "title")) if isinstance(source, Mapping) else None


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


READER = Reader(ACCEPT, read)
