"""Sitemaps (sitemaps.org 0.9) of XML or plain text, with Google's news extension, packed or not, and indexes of them.

A news sitemap holds the pages of the last two days and drops older ones; any other is a list of the whole site.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from lxml import etree

from news.errors import FetchError
from sources.decoding import gunzip
from sources.kinds.document import Document, Reader, Reading, finish, make_item
from sources.moments import Moment, read_moment

_ACCEPT = "application/xml,text/xml;q=0.9,*/*;q=0.5"
_LARGEST_BYTES = 50 * 1024 * 1024  # the protocol's own limit for one sitemap, unpacked
_MOST_SITEMAPS = 20  # of one index: the newest


def read(document: Document, now: datetime) -> Reading:
    """The addresses of a sitemap as items, or of a sitemap index the sitemaps to read, newest first."""
    try:
        body = gunzip(document.address, document.body, limit=_LARGEST_BYTES)
    except FetchError as fault:
        return Reading(error=fault.message, understood=False)
    if (lines := _read_lines(body)) is not None:
        return _read_pages(document, [{"loc": line} for line in lines if line.strip()], None, now)
    return _read_markup(document, body, now)


def _read_markup(document: Document, body: bytes, now: datetime) -> Reading:
    # Outside text: no entities, no DTD, no network; `recover` keeps what stands before a fault.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        return Reading(error=f"the sitemap cannot be parsed ({str(fault)[:120]})", understood=False)
    name = _local(root) if root is not None else ""
    if name not in {"urlset", "sitemapindex"}:
        return Reading(error=f"no sitemap there ({document.content_type or 'no content type'})", understood=False)
    error = f"not well-formed ({str(parser.error_log[0].message)[:120]})" if len(parser.error_log) else None
    if name == "sitemapindex":
        return _read_index(document, root, error, now)
    return _read_pages(document, [_fields(entry) for entry in root if _local(entry) == "url"], error, now)


def _read_pages(document: Document, entries: list[dict[str, str]], error: str | None, now: datetime) -> Reading:
    if not entries:
        return Reading(error=error or "empty sitemap", understood=error is None, windowed=False)
    reading = finish(
        [
            make_item(
                document,
                fields.get("loc"),
                now,
                title=fields.get("title"),
                published=_moment(fields, "publication_date"),
                updated=_moment(fields, "lastmod"),
                lang=fields.get("language"),
            )
            for fields in entries
        ],
        error,
    )
    if not reading.items:
        return Reading(error=f"none of {len(entries)} addresses is a web page", windowed=False)
    return replace(reading, windowed=all("publication_date" in fields for fields in entries))


def _read_lines(body: bytes) -> list[str] | None:
    """The addresses of a sitemap in plain text, one a line; None when it is none."""
    if not body.lstrip(b"\xef\xbb\xbf").startswith((b"http://", b"https://")):
        return None
    return body.decode("utf-8-sig", errors="replace").splitlines()


def _read_index(document: Document, root: Any, error: str | None, now: datetime) -> Reading:
    listed = finish(
        [
            make_item(document, fields.get("loc"), now, updated=_moment(fields, "lastmod"))
            for fields in (_fields(entry) for entry in root if _local(entry) == "sitemap")
        ],
        error,
    )
    if not listed.items:
        return Reading(error=error or "empty sitemap index", understood=error is None)
    newest = sorted(listed.items, key=lambda item: item.updated.timestamp() if item.updated else 0.0, reverse=True)
    if len(newest) > _MOST_SITEMAPS:
        error = error or f"{len(newest)} sitemaps, only the newest {_MOST_SITEMAPS} read"
    return Reading(error=error, further=tuple(item.url for item in newest[:_MOST_SITEMAPS]))


def _fields(entry: Any) -> dict[str, str]:
    """The texts below one <url> or <sitemap>, by local name; the first of a name counts."""
    fields: dict[str, str] = {}
    for name, text in _walk(entry):
        fields.setdefault(name, text)
    return fields


def _walk(entry: Any) -> Iterator[tuple[str, str]]:
    for part in entry:
        name = _local(part)
        if name in {"image", "video"}:
            continue  # they have titles and addresses of their own
        if part.text and part.text.strip():
            yield name, part.text.strip()
        yield from _walk_news(part, name)


def _walk_news(part: Any, name: str) -> Iterator[tuple[str, str]]:
    if name not in {"news", "publication"}:
        return
    for inner in part:
        if inner.text and inner.text.strip():
            yield _local(inner), inner.text.strip()
        yield from _walk_news(inner, _local(inner))


def _local(element: Any) -> str:
    # Not by etree.QName: after `recover`, a name need not be one (`<:`), and that refuses it.
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _moment(fields: dict[str, str], key: str) -> Moment | None:
    return read_moment(fields[key]) if key in fields else None


READER = Reader(_ACCEPT, read)
