"""A fetched page made into a clean article: its own title, byline, date, language, body, and the origin it credits.

decode ─▶ parse ─▶ read metadata ─▶ extract body ─▶ take wrapping out ─▶ credit, date, language ─▶ CleanArticle
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from news.article import CleanArticle, Exclusion, FeedItem, FetchedPage, without
from news.errors import FetchError, RejectedInput
from news.topic import Topic
from sources.charset import decode, is_binary
from sources.credit import PageIdentity, find_credit, foreign_canonical
from sources.dateline import find_dateline
from sources.dating import DateClaim, decide_date
from sources.decoding import gunzip
from sources.extraction import extract_body, guess_author, guess_day, guess_title
from sources.language import find_language
from sources.mail import clean_message
from sources.metadata import PageData, parse_page, read_metadata
from sources.moments import Moment, find_day, find_relative, find_url_day, read_epoch, read_moment
from sources.outlets import find_by_host, host_of
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
_SHORT = 1_500  # characters: a page marked as paid for, yet longer than this, mostly has all its text
_WALLS = re.compile(
    r"just a moment\W*|attention required!.*|access denied|are you a robot\??|please enable (?:js|javascript).*"
    r"|(?:error )?40[34].*|page not found.*|verify(?:ing)? (?:that )?you are (?:a )?human.*|robot or human\?",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"(?:to continue reading|to read (?:the full|this|the rest of the) (?:article|story)|already a subscriber\?"
    r"|subscribers? only|this (?:article|content) is (?:only )?(?:for|available to) subscribers)",
    re.IGNORECASE,
)


def clean_page(page: FetchedPage, topic: Topic, now: datetime) -> CleanArticle:
    """The article of one fetched page; `page.at` is when it was seen, `now` the round's time.

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
    return replace(article, source_id=page.source_id, raw_sha256=hashlib.sha256(page.body).hexdigest())


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

    `seen` is when it came to our notice, None when that is unknown: then relative dates mean nothing.

    Raises:
        RejectedInput: there is no article in it.
    """
    tree = parse_page(markup)
    if tree is None:
        raise RejectedInput(f"{url} is no HTML document", "look at it in a browser")
    page = read_metadata(tree, url)
    stated = list(_stated_dates(page, item))
    host = host_of(url)
    title = choose_title(page, item.title, host) or guess_title(tree)
    extracted = extract_body(tree, url, (title, item.summary, *page.descriptions))
    text = _drop_title(extracted, title)
    wrapping = find_wrapping(text)
    body = _join(without(text, tuple(wrapping)))
    _check(body, title, url)
    outlet = find_by_host(host, topic)
    identity = PageIdentity(host, outlet.id if outlet else None, page.canonical, page.publisher)
    credit = find_credit(text, wrapping, identity, topic)
    printed = _lines_of_dates(page, text, wrapping)
    claims = [*stated, *_printed_dates(printed, url, seen, needed=not stated)]
    if not claims and (moment := guess_day(tree, url, seen or now)):
        claims.append(DateClaim(moment, "guess"))
    dating = decide_date(claims, find_dateline(body), seen or now)
    return CleanArticle(
        url=url,
        title=title or make_title(body),
        title_made=not title,
        text=body,
        seen=seen or now,
        lang=find_language(body, page.lang, item.lang),
        outlet=outlet.id if outlet else host or item.outlet,
        byline=", ".join(page.authors) or item.byline or guess_author(tree),
        published=dating.published,
        published_precision=dating.precision,
        published_from=dating.found_in,
        credit=credit.name if credit else None,
        credit_evidence=credit.evidence if credit else None,
        canonical=foreign_canonical(identity, topic),
        partial="paywall" if not page.is_free and _PAYWALL.search(markup) and len(body) < _SHORT else None,
    )


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


def _printed_dates(printed: str, url: str, seen: datetime | None, *, needed: bool) -> Iterator[DateClaim]:
    """Dates of the address and, when nothing else is stated (`needed`), of what the page prints."""
    found: list[tuple[str, Moment | None]] = [("url", find_url_day(url))]
    if needed:
        found.append(("page", find_day(printed)))
        found.append(("relative", find_relative(printed, seen) if seen is not None else None))
    yield from (DateClaim(moment, where) for where, moment in found if moment is not None)


def _lines_of_dates(page: PageData, text: str, wrapping: list[Exclusion]) -> str:
    """The short lines in which a page prints its date: by its heading, and the counters and date lines of its text.

    The article's own sentences tell of other days.
    """
    marked = [text[one.start : one.end] for one in wrapping if one.why in {"counter", "date line"}]
    return "\n".join(line for line in (*page.near_heading, *marked) if len(line) <= _LONGEST_DATE_LINE)


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


def _check(body: str, title: str | None, url: str) -> None:
    if title and _WALLS.fullmatch(title.strip()):
        raise RejectedInput(f"{url} is a wall, not an article ({title.strip()[:60]!r})", "fetch it again later")
    if sum(map(str.isalpha, body)) < _FEWEST_LETTERS:
        raise RejectedInput(f"{url} holds no article: {len(body)} characters of text", "look at it in a browser")
