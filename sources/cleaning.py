"""A fetched page made into a clean article: its own title, byline, date, language, body, and the origin it credits.

decode ─▶ parse ─▶ read metadata ─▶ extract body ─▶ take wrapping out ─▶ credit, date, language ─▶ CleanArticle
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from news.article import CleanArticle, Exclusion, FeedItem, FetchedPage, Precision, without
from news.errors import FetchError, RejectedInput
from news.hosts import host_of
from news.outlets import find_by_host
from news.topic import Topic
from sources.agreement import share_told
from sources.charset import decode, is_binary
from sources.credit import PageIdentity, find_credit, foreign_canonical
from sources.dateline import find_dateline
from sources.dating import DateClaim, Dating, decide_date
from sources.decoding import gunzip
from sources.extraction import extract_body, guess_author, guess_day, guess_title
from sources.language import find_language
from sources.mail import clean_message
from sources.metadata import PageData, Tree, parse_page, read_metadata
from sources.moments import Moment, find_day, find_relative, find_url_day, read_epoch, read_moment
from sources.nonarticle import find_reason, is_behind_paywall, read_links
from sources.originals import find_original_day
from sources.partial import partial_article
from sources.plaintext import clean_text
from sources.titles import choose_title, make_title
from sources.wrapping import find_wrapping

CLEANER = "rules-2"
"""The version of these rules: what an older one made is worth cleaning again."""

LARGEST_BYTES = 30_000_000
"""A page, file or row above this is not read."""

_FEWEST_LETTERS = 40
_LONGEST_DATE_LINE = 60  # characters
_TITLE_WITHIN = 8  # lines of a body that may stand above its repeated title, navigation mostly
_LONGEST_ABOVE = 100
_LONGEST_WHY = 200
_FULLER = 1.3  # times as long: an article's text in the data, from which it is taken instead of the page's
_ENOUGH_TOLD = 0.5
_COARSE = frozenset({Precision.MONTH, Precision.YEAR})


@dataclass(frozen=True, slots=True)
class _Document:
    """One page on its way: what its markup says, and what was found in it. `text` is the body with its wrapping."""

    url: str
    tree: Tree
    page: PageData
    item: FeedItem
    seen: datetime | None
    now: datetime
    title: str | None
    text: str
    wrapping: list[Exclusion]
    body: str


def clean_page(page: FetchedPage, topic: Topic, now: datetime) -> CleanArticle:
    """The article of one fetched page; `page.at` is when it was seen, `now` the round's time.

    Where the page gives none (it is no article, or cannot be had), the source's own text is kept as a partial one.

    Raises:
        RejectedInput: nothing is there to file, and why.
    """
    if page.outcome == "feed":
        article = partial_article(page.item, page.url, topic, now, seen=page.at, why=page.item.partial or "no page")
        return replace(article, source_id=page.source_id)
    if page.outcome in {"failed", "gone"}:
        return replace(_stand_in(page, topic, now), source_id=page.source_id)
    if page.outcome != "page" or not page.body:
        raise RejectedInput(f"{page.url} has no body ({page.outcome})", page.error or "fetch it again")
    url, item = page.final_url or page.url, page.item
    media_type = (page.content_type or "").partition(";")[0].strip()
    html = partial(clean_html, topic=topic, now=now, seen=page.at)
    if media_type == "message/rfc822":
        article = clean_message(page.body, url, item, html, topic=topic, now=now, seen=page.at)
    elif media_type == "text/plain":
        article = clean_text(
            _read(page, url), url=url, title=item.title, topic=topic, now=now, seen=page.at, outlet=item.outlet
        )
    else:
        article = html(_read(page, url), url, item)
    return replace(article, source_id=page.source_id, raw_sha256=page.sha256)


def _stand_in(page: FetchedPage, topic: Topic, now: datetime) -> CleanArticle:
    """What its source says of a page that could not be fetched.

    Raises:
        RejectedInput: the source says nothing of it; why it could not be fetched.
    """
    reason, _, mend = (page.error or f"{page.url} is {page.outcome}").rpartition(": ")
    item = page.item
    if not (item.content or item.summary or item.title):
        raise RejectedInput(reason or mend, mend)
    why = (reason or mend).removeprefix(page.url).strip()
    return partial_article(item, page.url, topic, now, seen=page.at, why=f"not fetched: {why}"[:_LONGEST_WHY])


def clean_html(
    markup: str, url: str, item: FeedItem, topic: Topic, now: datetime, *, seen: datetime | None
) -> CleanArticle:
    """The article of one HTML document; `item` is what the feed said of it (its address alone when nothing did).

    `seen` is when it came to our notice, None when that is unknown: then relative dates mean nothing. A page that is
    no article gives the item's own text, as a partial article that says why.

    Raises:
        RejectedInput: there is no article in it, and the item has no text.
    """
    tree = parse_page(markup)
    if tree is None:
        raise RejectedInput(f"{url} is no HTML document", "look at it in a browser")
    try:
        document = _take_apart(tree, url, item, seen, now)
    except RejectedInput:
        return _instead(item, url, topic, now, seen=seen, why="no article")
    page, body = document.page, document.body
    why = find_reason(page, item, document.title, document.text, body, links=read_links(tree, page))
    why = why or ("paywall" if is_behind_paywall(page, body, markup) else None)
    if why is None and sum(map(str.isalpha, body)) < _FEWEST_LETTERS:
        why = "no article"
    if why == "paywall" and len(item.content or item.summary or "") < len(body):
        return replace(_compose(document, topic), partial=why)
    return _instead(item, url, topic, now, seen=seen, why=why) if why else _compose(document, topic)


def _instead(item: FeedItem, url: str, topic: Topic, now: datetime, *, seen: datetime | None, why: str) -> CleanArticle:
    if not (item.content or item.summary):
        raise RejectedInput(f"{url} holds no article ({why})", "look at it in a browser")
    return partial_article(item, url, topic, now, seen=seen, why=why)


def _take_apart(tree: Tree, url: str, item: FeedItem, seen: datetime | None, now: datetime) -> _Document:
    page = read_metadata(tree, url)
    title = choose_title(page, item.title, host_of(url)) or guess_title(tree)
    told = (title, item.summary, *page.descriptions)
    extracted = _fuller(extract_body(tree, url, told, is_free=page.is_free), page, told)
    text = _drop_title(extracted, title)
    wrapping = find_wrapping(text)
    return _Document(url, tree, page, item, seen, now, title, text, wrapping, _join(without(text, tuple(wrapping))))


def _fuller(text: str, page: PageData, told: tuple[str | None, ...]) -> str:
    """The text that the data give for the article, where it is longer and as much on it; never what is paid for."""
    stated = page.article_body or ""
    if not page.is_free or len(stated) < _FULLER * len(text):
        return text
    share = share_told(stated, told)
    return stated if share is None or share >= max(_ENOUGH_TOLD, share_told(text, told) or 0.0) else text


def _compose(document: _Document, topic: Topic) -> CleanArticle:
    page, item, body = document.page, document.item, document.body
    host = host_of(document.url)
    outlet = find_by_host(host, topic)
    identity = PageIdentity(host, outlet.id if outlet else None, page.canonical, page.publisher, page.based_on)
    credit = find_credit(document.text, document.wrapping, identity, topic)
    dating = _date(document)
    article = CleanArticle(
        url=document.url,
        title=document.title or make_title(body),
        title_made=not document.title,
        text=body,
        seen=document.seen or document.now,
        lang=find_language(body, page.lang, item.lang),
        outlet=outlet.id if outlet else host or item.outlet,
        byline=", ".join(page.authors) or item.byline or guess_author(document.tree),
        credit=credit.name if credit else None,
        credit_evidence=credit.evidence if credit else None,
        canonical=foreign_canonical(identity, topic),
    )
    return dating.put_on(article)


def _date(document: _Document) -> Dating:
    page, seen = document.page, document.seen or document.now
    stated = list(_stated_dates(page, document.item))
    printed = _lines_of_dates(page, document.text, document.wrapping)
    claims = [*stated, *_printed_dates(printed, document.url, document.seen, needed=not stated)]
    if moment := find_original_day(document.text):
        claims.append(DateClaim(moment, "original"))
    vague = all(claim.moment.precision in _COARSE for claim in claims)
    if vague and (moment := guess_day(document.tree, document.url, seen)):
        claims.append(DateClaim(moment, "guess"))
    return decide_date(claims, find_dateline(document.body), seen)


def _read(page: FetchedPage, url: str) -> str:
    try:
        body = gunzip(url, page.body, limit=LARGEST_BYTES)
    except FetchError as error:
        raise RejectedInput(error.message, "fetch it again") from error
    if is_binary(body):
        raise RejectedInput(f"{url} is binary, not text", "remove it from the source")
    text = decode(body, page.content_type)
    if text is None:
        raise RejectedInput(f"{url} is in no encoding that can be read", "look at it in a browser")
    return text


def _stated_dates(page: PageData, item: FeedItem) -> Iterator[DateClaim]:
    for stated in page.published:
        if moment := read_moment(stated):
            yield DateClaim(moment, "metadata")
            break
    if item.published is not None and (moment := read_epoch(item.published.timestamp())):
        yield DateClaim(moment, "feed")


def _printed_dates(printed: list[str], url: str, seen: datetime | None, *, needed: bool) -> Iterator[DateClaim]:
    """Dates of the address and, when nothing else is stated (`needed`), of what the page prints."""
    found: list[tuple[str, Moment | None]] = [("url", find_url_day(url))]
    if needed:
        lines = "\n".join(printed)
        found.append(("page", next(filter(None, map(_read_printed, printed)), None) or find_day(lines)))
        found.append(("relative", find_relative(lines, seen) if seen is not None else None))
    yield from (DateClaim(moment, where) for where, moment in found if moment is not None)


def _read_printed(line: str) -> Moment | None:
    """The day of a line that is nothing but an ISO date, as <time> elements give it."""
    moment = read_moment(line) if line[:4].isdecimal() and line[4:5] == "-" else None
    return moment if moment and moment.precision in {Precision.SECOND, Precision.DAY} else None


def _lines_of_dates(page: PageData, text: str, wrapping: list[Exclusion]) -> list[str]:
    """The short lines in which a page prints its date: by its heading, and the counters and date lines of its text.

    The article's own sentences tell of other days.
    """
    marked = [text[one.start : one.end] for one in wrapping if one.why in {"counter", "date line"}]
    return [line for line in (*page.near_heading, *marked) if len(line) <= _LONGEST_DATE_LINE]


def _drop_title(text: str, title: str | None) -> str:
    """The text without the headline that many pages repeat above it, and the short lines that stand above that."""
    lines = text.split("\n")
    for place, line in enumerate(lines[:_TITLE_WITHIN]):
        if title and line.strip().casefold() == title.casefold() and place + 1 < len(lines):
            return "\n".join(lines[place + 1 :]).lstrip()
        if len(line) > _LONGEST_ABOVE:
            break
    return text


def _join(text: str) -> str:
    """The text without the empty lines that removed wrapping leaves behind."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
