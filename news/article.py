"""From a feed item to a stored article: the records that sources, warehouse and flows hand to each other.

FeedItem ──poll──▶ stored as pending ──fetch──▶ FetchedPage ──clean──▶ CleanArticle ──file──▶ Article

All times are UTC-aware. Text offsets are Unicode code points of `text`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property


class Precision(StrEnum):
    """How exactly a publication time is known."""

    SECOND = "second"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "has it changed?" with (RFC 9110, 13)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """The robots.txt of one host as it was fetched: `place` is its address, `status` the answer's (404: no such file).

    Good for a day (RFC 9309, 2.4), so it is kept from round to round.
    """

    place: str
    fetched_at: datetime
    status: int
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a source. `updated` is the source's own word that the page changed.

    `summary` and `content` are plain text: what the source says of the page, and what it carries of the page's own
    text (paragraphs on lines of their own). `outlet` is the publisher the source names for it (a name or a host, for
    sources that list others' pages). `partial` is why its page cannot be fetched at all (None when it can): then the
    source's own text is all there is.
    """

    url: str
    title: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    summary: str | None = None
    byline: str | None = None
    lang: str | None = None
    content: str | None = None
    outlet: str | None = None
    partial: str | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """One look at one source.

    `outcome`: `items` (a new document was read), `unchanged` (304 or the same bytes), `failed` (`error` says why).
    A document that was not well-formed but gave items is `items` with `error` set. `moved_to`: a permanent redirect,
    or the new address the document itself names.

    `asked_s` is how long the publisher asks us to wait before the next look (the longest of `ttl`, `sy:updatePeriod`,
    `Cache-Control`; None: nothing said), `retry_after_s` the same by a Retry-After, which is never undercut. `robots`
    is what the host's robots.txt says of the address: `open`, `closed`, `none` (no such file), `unreachable`,
    `not asked`, or `open, every 10 s` with a crawl delay; None where there is no host. `windowed` is true when the
    document shows only the newest items and drops older ones (a feed), false when it is a whole list (a folder, an
    archive).
    """

    source_id: str
    at: datetime
    outcome: str
    items: tuple[FeedItem, ...] = ()
    validators: Validators = Validators()
    http_status: int | None = None
    error: str | None = None
    moved_to: str | None = None
    took_ms: int = 0
    asked_s: float | None = None
    retry_after_s: float | None = None
    robots: str | None = None
    windowed: bool = True


@dataclass(frozen=True, slots=True)
class PageToFetch:
    """A page that is pending: new, due again after a failure, or due for another visit."""

    url: str
    source_id: str | None
    item: FeedItem
    validators: Validators = Validators()
    attempts: int = 0  # earlier fetches of this page, failed or not


@dataclass(frozen=True)
class FetchedPage:
    """What a fetch of one page gave.

    `outcome`: `page` (body is there), `unchanged` (304), `gone` (404, 410), `failed`, `feed` (there is no page to
    fetch: the item's own text is all), `records` (a local file of many articles, read record by record when it is
    filed; `final_url` is its address, `body` empty). `permanent`: do not try again. `final_url` is the address after
    redirects. `body` is decompressed and within the limits.
    """

    url: str
    source_id: str | None
    item: FeedItem
    at: datetime
    outcome: str
    final_url: str | None = None
    http_status: int | None = None
    content_type: str | None = None
    body: bytes = b""
    validators: Validators = Validators()
    error: str | None = None
    permanent: bool = False
    attempts: int = 1
    took_ms: int = 0

    @cached_property
    def sha256(self) -> str | None:
        """The name under which the body is kept, in hex digits; None without a page. Worked out once."""
        return hashlib.sha256(self.body).hexdigest() if self.outcome == "page" else None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A range of the stored text that is wrapping, not article, and why it was taken for it."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class DateWitness:
    """One date that something says an article was published on, and what became of it.

    `found_in` is as `CleanArticle.published_from`; `verdict` is `taken`, `agrees`, or why it was not taken.
    """

    found_in: str
    when: datetime
    precision: Precision
    verdict: str


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """One page or import row, cleaned, ready to be filed.

    `credit` is the outlet or host the page itself names as its origin, `credit_evidence` the words that do so, and
    `canonical` another host's address the page gives as the original. `partial` says why the body is not the whole
    article (None when it is). `published_from` says where the date was taken from: feed, metadata, page, dateline,
    import, relative, or None; `dating` is every date that was found, with its verdict, and `dating_rule` names the
    rule that decided between them (None when there was none to decide between).
    """

    url: str
    title: str
    text: str
    seen: datetime
    lang: str | None = None
    outlet: str | None = None  # Outlet.id where the topic knows it, else the publisher's name or host
    byline: str | None = None
    title_made: bool = False
    published: datetime | None = None
    published_precision: Precision = Precision.UNKNOWN
    published_from: str | None = None
    excluded: tuple[Exclusion, ...] = ()
    credit: str | None = None
    credit_evidence: str | None = None
    canonical: str | None = None
    partial: str | None = None
    source_id: str | None = None
    external_id: str | None = None
    raw_sha256: str | None = None
    dating: tuple[DateWitness, ...] = ()
    dating_rule: str | None = None

    @property
    def body(self) -> str:
        """The text without its excluded ranges."""
        return without(self.text, self.excluded)


@dataclass(frozen=True, slots=True)
class Relevance:
    """How much an article is on the topic: a score of 0 to 1, whether it passes, and the terms that made it so."""

    score: float
    on_topic: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A stored article at one revision (1 is the first), as the later floors read it."""

    article_id: str
    revision: int
    url: str
    outlet: str
    title: str
    text: str
    seen: datetime
    recorded_at: datetime
    lang: str | None = None
    byline: str | None = None
    published: datetime | None = None
    published_precision: Precision = Precision.UNKNOWN
    excluded: tuple[Exclusion, ...] = ()
    credit: str | None = None
    origin: str | None = None
    original_id: str | None = None
    copy_kind: str | None = None
    external_id: str | None = None
    relevance: Relevance = field(default_factory=lambda: Relevance(0.0, on_topic=False))

    @property
    def body(self) -> str:
        """The text without its excluded ranges."""
        return without(self.text, self.excluded)


@dataclass(frozen=True, slots=True)
class Reject:
    """One given row, file or page that was not filed: `given` names it (`path:line`), `excerpt` shows its start."""

    given: str
    reason: str
    mend: str
    excerpt: str
    at: datetime


def without(text: str, excluded: tuple[Exclusion, ...]) -> str:
    """The text less the excluded ranges, in order; ranges may touch but not overlap."""
    kept: list[str] = []
    at = 0
    for one in sorted(excluded, key=lambda item: item.start):
        kept.append(text[at : one.start])
        at = max(at, one.end)
    kept.append(text[at:])
    return "".join(kept).strip()
