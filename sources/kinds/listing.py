"""An outlet's own listing page, for outlets without a feed: its links by a CSS selector (Source.select)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import chain, islice, takewhile
from typing import Any
from urllib.parse import urljoin, urlsplit

from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from news.article import FeedItem
from sources.charset import decode, is_binary
from sources.kinds.document import Document, Reader, Reading, finish, make_item
from sources.metadata import parse_page
from sources.moments import Moment, read_moment

_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
_MOST_ELEMENTS = 2_000
_HEADINGS = "self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6"
_LEVELS_UP = 3  # how far around a link its date is looked for
_NO_PAGES = (
    *(".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".mp3", ".mp4", ".m4a", ".pdf", ".zip", ".xml", ".rss"),
    *(".doc", ".docx", ".xls", ".xlsx", ".css", ".js", ".ics"),
)


def read(document: Document, now: datetime) -> Reading:
    """The links that the selector finds, in the page's order. A selector that finds nothing is a failure.

    An element that it finds is a link, holds one, or stands in one.
    """
    try:
        find = CSSSelector(document.select or "a", translator="html")
    except SelectorError as fault:
        return Reading(error=f"select = {document.select!r} is no CSS selector ({_short(fault)})", understood=False)
    text = None if is_binary(document.body) else decode(document.body, document.content_type)
    tree = parse_page(text) if text else None
    if tree is None:
        return Reading(error=f"no page there ({document.content_type or 'no content type'})", understood=False)
    found = find(tree)[:_MOST_ELEMENTS]
    if not found:
        return Reading(
            error=f"select = {document.select!r} finds nothing there: the page may have changed", understood=False
        )
    base = _find_base(tree, document.address)
    links = [(element, _find_link(element)) for element in found]
    around = _share_places(links)
    made = [_make_item(document, base, pair, around, now) for pair in links if pair[1] is not None]
    # A picture's link often stands before the headline's, to the same page.
    titled = {item.url for item in made if item and item.title}
    reading = finish([item for item in made if item and (item.title or item.url not in titled)], None)
    if not reading.items:
        return Reading(error=f"none of the {len(found)} elements that select finds leads to a page", understood=False)
    return reading


def _make_item(
    document: Document, base: str, pair: tuple[Any, Any], around: Mapping[Any, set[str]], now: datetime
) -> FeedItem | None:
    element, link = pair
    href = str(link.get("href") or "").strip()
    try:
        address = urljoin(base, href)
        path = urlsplit(address).path.lower()
    except ValueError:
        return None
    if not href or href.startswith("#") or path.endswith(_NO_PAGES):
        return None
    return make_item(document, address, now, title=_find_title(element, link), published=_find_date(element, around))


def _find_link(element: Any) -> Any:
    """The link of an element: itself, the first below it (in a heading, when one has it), or the nearest around it."""
    for path in ("self::a[@href]", f".//*[{_HEADINGS}]//a[@href]", ".//a[@href]", "ancestor::a[@href][1]"):
        if links := element.xpath(path):
            return links[0]
    return None


def _share_places(links: list[tuple[Any, Any]]) -> dict[Any, set[str]]:
    """What stands around each element, up to a few levels, with the addresses that lie within."""
    places: dict[Any, set[str]] = {}
    for element, link in links:
        for place in islice(element.iterancestors(), _LEVELS_UP) if link is not None else ():
            places.setdefault(place, set()).add(str(link.get("href")))
    return places


def _find_title(element: Any, link: Any) -> str | None:
    headings = link.xpath(f".//*[{_HEADINGS}]") or element.xpath(f".//*[{_HEADINGS}]")
    stated = (*map(_text_of, headings[:1]), _text_of(link), link.get("title"), link.get("aria-label"))
    return next((str(text) for text in stated if text and str(text).strip()), None)


def _find_date(element: Any, around: Mapping[Any, set[str]]) -> Moment | None:
    """The date of the first `<time datetime>` in the element, or around it where no other link's element stands."""
    places = takewhile(lambda place: len(around[place]) == 1, islice(element.iterancestors(), _LEVELS_UP))
    for place in chain((element,), places):
        for time in place.iter("time"):
            if moment := read_moment(str(time.get("datetime") or "")):
                return moment
    return None


def _find_base(tree: Any, address: str) -> str:
    """The base of relative links: the page's own `<base href>`, else its address."""
    stated = tree.xpath("//base/@href")
    try:
        return urljoin(address, str(stated[0]).strip()) if stated else address
    except ValueError:
        return address


def _text_of(element: Any) -> str:
    return " ".join(str(element.xpath("string()")).split())


def _short(error: object) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__


READER = Reader(_ACCEPT, read)
