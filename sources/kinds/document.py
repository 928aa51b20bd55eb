"""What every kind of source reads, and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin

from news.article import FeedItem
from news.errors import FetchError
from sources.guard import check_url
from sources.moments import Moment
from sources.plain import make_paragraphs, make_plain

MOST_ITEMS = 10_000
"""Items taken from one document; a sitemap may hold 50,000 addresses of years ago."""

CLOCK_SKEW = timedelta(hours=26)
"""How far ahead of our clock a date may lie by a wrong zone; it then means now. Later ones mean nothing."""

_LONGEST_TITLE = 500
_LONGEST_SUMMARY = 2_000
_LONGEST_CONTENT = 30_000


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of a source as they were fetched; `address` is the base of relative links, `language` the header's."""

    address: str
    body: bytes
    content_type: str | None = None
    language: str | None = None
    select: str | None = None  # Source.select


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document gave.

    `error` says, in one line, what is wrong with it (None: nothing). `understood` is false when it is no document of
    this kind at all. `further` are documents to read in its place (a sitemap index), best first. `asked_s` is how long
    the document asks us to wait, `moved_to` the new address it names for itself; `windowed` as in `Poll`.
    """

    items: tuple[FeedItem, ...] = ()
    error: str | None = None
    understood: bool = True
    further: tuple[str, ...] = ()
    asked_s: float | None = None
    moved_to: str | None = None
    windowed: bool = True


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind: the media types to ask for, the function that reads (document, now), and which address to ask.

    `complete` makes that of the source's address, without asking anybody. `apart_s` is how long the service wants to
    be left alone between two requests, of whatever sources.
    """

    accept: str
    read: Callable[[Document, datetime], Reading]
    complete: Callable[[str], str] = str
    apart_s: float = 0.0


def make_item(
    document: Document,
    link: str | None,
    now: datetime,
    *,
    title: str | None = None,
    published: Moment | None = None,
    updated: Moment | None = None,
    summary: str | None = None,
    byline: str | None = None,
    lang: str | None = None,
    content: str | None = None,
    outlet: str | None = None,
) -> FeedItem | None:
    """An item with its link made absolute and its texts plain, or None when it links to no web page.

    `content` is kept only when it says more than the summary.
    """
    try:
        url = check_url(urljoin(document.address, (link or "").strip()))
    except (FetchError, ValueError):
        return None
    if not link or url == document.address:
        return None
    short, long = make_plain(summary, limit=_LONGEST_SUMMARY), make_paragraphs(content, limit=_LONGEST_CONTENT)
    return FeedItem(
        url=url,
        title=make_plain(title, limit=_LONGEST_TITLE),
        published=_not_ahead(published, now),
        updated=_not_ahead(updated, now),
        summary=short,
        byline=make_plain(byline, limit=200),
        lang=make_plain(lang, limit=20),
        content=long if long and len(long) > len(short or "") else None,
        outlet=make_plain(outlet, limit=200),
    )


def finish(items: list[FeedItem | None], error: str | None) -> Reading:
    """The reading of a document that was understood: one item an address, newest first when there are too many."""
    first: dict[str, FeedItem] = {}
    for item in items:
        if item is not None:
            first.setdefault(item.url, item)
    kept = list(first.values())
    if len(kept) > MOST_ITEMS:
        error = error or f"{len(kept)} items, only the newest {MOST_ITEMS} taken"
        # Stable: items without a date keep the document's order behind the dated ones.
        kept.sort(key=lambda item: -(item.published or item.updated or _LONG_AGO).timestamp())
        kept = kept[:MOST_ITEMS]
    return Reading(tuple(kept), error)


_LONG_AGO = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _not_ahead(moment: Moment | None, now: datetime) -> datetime | None:
    if moment is None or moment.when > now + CLOCK_SKEW:
        return None
    return min(moment.when, now)
