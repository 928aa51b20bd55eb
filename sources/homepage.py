"""What a home page says of the sources behind it: feeds it names, links that look like feeds, or its list of articles.

All of it is outside text: sizes and counts are bounded, and nothing is fetched here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from news.errors import FetchError
from news.hosts import host_of
from sources.charset import decode
from sources.guard import check_url
from sources.metadata import Tree, parse_page, read_metadata
from sources.plain import make_plain

FEED_TYPES = {
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/xml": "feed",
    "text/xml": "feed",
    "application/feed+json": "jsonfeed",
}
"""Media types of `<link rel="alternate">` and the kind of source they stand for; bare JSON is mostly no feed."""

_MOST_LINKS = 5_000
_LONGEST_NAME = 80
_FEWEST_LISTED = 3
_HEADLINE = 25  # characters; navigation is shorter
_FEED_PATH = re.compile(
    r"(?:^|[/._-])(?:rss|atom|feeds?|rdf)[0-9]{0,2}(?:[/._-]|$)|\.(?:rss|atom|rdf)$|(?:^|&)(?:feed|format|type)=(?:rss|atom)"
)
_FEED_WORD = re.compile(r"(?:rss|atom|xml)(?: ?[0-9.]{1,3})?(?: feeds?)?|(?:news )?feeds?", re.IGNORECASE)
_READERS = ("feedly.com", "inoreader.com", "newsblur.com", "netvibes.com", "facebook.com", "x.com", "twitter.com")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,40}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=[-_]|$)", re.ASCII)
_IDLE_TITLES = ("home", "homepage", "home page", "front page", "index", "welcome", "news")
_TITLE_BREAK = re.compile(" [|\u2013\u2014·:»-] ")


@dataclass(frozen=True, slots=True)
class Hint:
    """An address that may be a source, its likely kind, and what names it.

    `named_by`: `link` (the page's own word for it), `anchor`, `robots.txt`, `usual place`, or `itself`.
    """

    address: str
    kind: str
    named_by: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A guess at the selector of a page's list of articles: how many addresses it selects, and the first headlines."""

    select: str
    links: int
    headlines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """A home page: its address after redirects, its publisher's name, its language, its hints in order of trust."""

    address: str
    name: str | None = None
    lang: str | None = None
    hints: tuple[Hint, ...] = ()
    listing: Listing | None = None


def sniff(body: bytes) -> str | None:
    """The kind of source that a document is by its first bytes, or None when it looks like none."""
    head = body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{") and b"jsonfeed.org" in head:
        return "jsonfeed"
    if not head.startswith(b"<") or b"<html" in head:
        return None
    if any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf")):
        return "feed"
    return "sitemap" if b"<urlset" in head or b"<sitemapindex" in head else None


def read_home(address: str, body: bytes, content_type: str | None) -> Home:
    """What the page at `address` says of its sources; a page that cannot be read says nothing."""
    text = decode(body, content_type)
    tree = parse_page(text) if text is not None else None
    if tree is None:
        return Home(address)
    base = _base(tree, address)
    hints: dict[str, Hint] = {}
    for hint in (*_links(tree, base), *_anchors(tree, base)):
        hints.setdefault(hint.address, hint)  # what the page states stands before what it merely links to
    hints.pop(address, None)
    return Home(address, _name(tree, address), _language(tree), tuple(hints.values()), _guess_listing(tree, base))


def _links(tree: Tree, base: str) -> Iterator[Hint]:
    for node in tree.xpath(".//link[@rel and @href]")[:_MOST_LINKS]:
        if "alternate" not in node.get("rel").lower().split():
            continue
        kind = FEED_TYPES.get((node.get("type") or "").partition(";")[0].strip().lower())
        address = _absolute(base, node.get("href"))
        if kind and address:
            yield Hint(address, kind, "link", make_plain(node.get("title"), limit=_LONGEST_NAME))


def _anchors(tree: Tree, base: str) -> Iterator[Hint]:
    for node in tree.xpath(".//a[@href]")[:_MOST_LINKS]:
        address = _absolute(base, node.get("href"))
        words = make_plain(_words(node), limit=_LONGEST_NAME)
        kind = _kind_of_anchor(address, words or "") if address else None
        if address and kind:
            yield Hint(address, kind, "anchor", words)


def _kind_of_anchor(address: str, words: str) -> str | None:
    """The kind that a link's address or words promise; a headline about feeds is none."""
    parts = urlsplit(address.lower())
    if (parts.hostname or "").removeprefix("www.") in _READERS:
        return None  # a button that adds the feed to somebody's reader
    if "sitemap" in parts.path and parts.path.endswith((".xml", ".xml.gz")):
        return "sitemap"
    if parts.path.endswith("feed.json"):
        return "jsonfeed"
    path_says = _FEED_PATH.search(parts.path) or _FEED_PATH.search(parts.query)
    if _FEED_WORD.fullmatch(words.strip()) or (path_says and len(words) < _HEADLINE):
        return "feed"
    return None


def _guess_listing(tree: Tree, base: str) -> Listing | None:
    """The selector whose links are mostly headlines on the page's own host, and most of them."""
    host = host_of(base)
    nodes = tree.xpath(".//a[@href]")[:_MOST_LINKS]
    headlines: dict[str, dict[str, str]] = defaultdict(dict)
    every: dict[str, int] = defaultdict(int)
    for node in nodes:
        address, words = _absolute(base, node.get("href")), _words(node)
        counts = address is not None and host_of(address) == host and len(words) >= _HEADLINE
        for select in _selectors(node):
            every[select] += 1
            if address and counts:
                headlines[select].setdefault(address, words)
    scored = {select: len(found) ** 2 / every[select] for select, found in headlines.items()}
    if not scored:
        return None
    best = max(scored, key=lambda select: (scored[select], -len(select), select))
    found = headlines[best]
    return Listing(best, len(found), tuple(found.values())[:3]) if len(found) >= _FEWEST_LISTED else None


def _selectors(node: Tree) -> Iterator[str]:
    """Short selectors that select a link: by its own class, or by its three nearest elements around it."""
    yield from {f"a.{name}" for name in _classes(node)}
    around = node.getparent()
    for _ in range(3):
        if around is None or around.tag in {"body", "html"}:
            return
        if around.tag in {"h2", "h3", "article"}:
            yield f"{around.tag} a"
        yield from {f".{name} a" for name in _classes(around)}
        around = around.getparent()


def _classes(node: Tree) -> list[str]:
    return [name for name in (node.get("class") or "").split()[:8] if _NAME.fullmatch(name)]


def _words(node: Tree) -> str:
    return " ".join(str(node.text_content())[:500].split())


def _base(tree: Tree, address: str) -> str:
    stated = tree.xpath("string(.//base/@href)")
    return (_absolute(address, stated) if stated else None) or address


def _absolute(base: str, link: str) -> str | None:
    try:
        return check_url(urljoin(base, link.strip()))
    except (FetchError, ValueError):
        return None


def _name(tree: Tree, address: str) -> str | None:
    """The publisher's name as the page states it, else the part of its title that the host echoes, else the first."""
    page = read_metadata(tree, address)
    parts = [part.strip() for part in _TITLE_BREAK.split(page.head_title or "")]
    parts = [part for part in parts if part and part.casefold() not in _IDLE_TITLES]
    host = (host_of(address) or "").replace("-", "")
    echoed = [part for part in parts if _letters(part) in host]
    return make_plain(page.site_name or page.publisher or next(iter([*echoed, *parts]), None), limit=_LONGEST_NAME)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum()) or " "


def _language(tree: Tree) -> str | None:
    found = _LANGUAGE.match((tree.get("lang") or "").strip().lower())
    return found[0] if found else None
