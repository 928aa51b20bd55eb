"""The feeds of the demo wire, in the formats real outlets use; every text is escaped for its format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from demo.world import Page, Version

Entry = tuple[Page, Version]


def rss(name: str, host: str, entries: Sequence[Entry]) -> bytes:
    """RSS 2.0."""
    items = "".join(_rss_item(host, page, version) for page, version in entries)
    return _xml(
        f'<rss version="2.0"><channel><title>{escape(name)}</title><link>http://{host}/</link>'
        f"<description>{escape(name)}</description>{items}</channel></rss>"
    )


def malformed_rss(name: str, host: str, entries: Sequence[Entry]) -> bytes:
    """RSS as a hobbyist's script writes it: bare ampersands, unclosed tags, an entity of HTML."""
    whole = rss(name, host, entries).decode()
    broken = whole.replace("</description><item>", "&nbsp;ships & ports <br><item>", 1).replace("</channel></rss>", "")
    return broken.encode()


def atom(name: str, host: str, entries: Sequence[Entry]) -> bytes:
    """Atom 1.0 (RFC 4287). `updated` is the first publication's: these outlets change pages silently."""
    body = "".join(_atom_entry(host, page, version) for page, version in entries)
    return _xml(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(name)}</title><id>http://{host}/</id>'
        f'<link rel="self" href="http://{host}/atom.xml"/>{body}</feed>'
    )


def json_feed(name: str, host: str, entries: Sequence[Entry]) -> bytes:
    """JSON Feed 1.1."""
    items = []
    for page, version in entries:
        item = {"id": page.path, "url": f"http://{host}{_linked(page)}", "title": version.title}
        if page.shown:
            item["date_published"] = page.shown.isoformat()
        if page.summary:
            item["summary"] = page.summary
        items.append(item)
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": name, "home_page_url": f"http://{host}/"}
    return json.dumps(feed | {"items": items}).encode()


def news_sitemap(name: str, host: str, entries: Sequence[Entry]) -> bytes:
    """A sitemap with the news extension (sitemap protocol 0.9, sitemap-news 0.9)."""
    urls = "".join(_sitemap_url(name, host, page, version) for page, version in entries)
    return _xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )


def _xml(body: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8"?>' + body).encode()


def _linked(page: Page) -> str:
    return page.moved_from or page.path


def _rss_item(host: str, page: Page, version: Version) -> str:
    date = f"<pubDate>{format_datetime(page.shown)}</pubDate>" if page.shown else ""
    summary = f"<description>{escape(page.summary)}</description>" if page.summary else ""
    link = escape(f"http://{host}{_linked(page)}")
    return f"<item><title>{escape(version.title)}</title><link>{link}</link><guid>{link}</guid>{date}{summary}</item>"


def _atom_entry(host: str, page: Page, version: Version) -> str:
    link = f"http://{host}{_linked(page)}"
    dates = f"<published>{_iso(page.shown)}</published><updated>{_iso(page.shown)}</updated>" if page.shown else ""
    author = f"<author><name>{escape(page.byline)}</name></author>" if page.byline else ""
    summary = f"<summary>{escape(page.summary)}</summary>" if page.summary else ""
    return (
        f"<entry><title>{escape(version.title)}</title><link href={quoteattr(link)}/><id>{escape(link)}</id>"
        f"{dates}{author}{summary}</entry>"
    )


def _sitemap_url(name: str, host: str, page: Page, version: Version) -> str:
    date = f"<news:publication_date>{_iso(page.shown)}</news:publication_date>" if page.shown else ""
    return (
        f"<url><loc>{escape(f'http://{host}{_linked(page)}')}</loc><news:news><news:publication><news:name>{escape(name)}"
        f"</news:name><news:language>en</news:language></news:publication>{date}"
        f"<news:title>{escape(version.title)}</news:title></news:news></url>"
    )


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
