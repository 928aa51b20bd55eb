"""A text that came as text: stored as it is, to the character, with its wrapping marked."""

from __future__ import annotations

from datetime import datetime

from news.article import CleanArticle, Exclusion
from news.errors import RejectedInput
from news.hosts import host_of
from news.outlets import find_by_host, find_by_name
from news.topic import Topic
from sources.credit import PageIdentity, find_credit
from sources.dateline import find_dateline
from sources.dating import DateClaim, Dating, decide_date
from sources.language import find_language
from sources.moments import Moment, find_relative, find_url_day
from sources.titles import make_title
from sources.wrapping import find_wrapping

_LONGEST_TITLE = 200


def clean_text(
    text: str,
    *,
    url: str,
    topic: Topic,
    now: datetime,
    title: str | None = None,
    outlet: str | None = None,
    lang: str | None = None,
    published: Moment | None = None,
    seen: datetime | None = None,
    external_id: str | None = None,
) -> CleanArticle:
    """The article of a plain text.

    Without a `title`, a short first line set off by an empty one is it (and is excluded from the body), else one is
    made of the first sentence. `seen` None means that nobody said when it came to our notice: relative dates then mean
    nothing. `published` is the date that was given with it.

    Raises:
        RejectedInput: the text has no letters.
    """
    if not any(map(str.isalpha, text)):
        raise RejectedInput(f"{url} has no text", "give the article's text")
    heading = None if title else find_title(text)
    wrapping = [one for one in find_wrapping(text) if heading is None or one.start >= heading.end]
    excluded = ([heading] if heading else []) + wrapping
    host = host_of(url)
    known = find_by_name(outlet, topic) or (None if outlet else find_by_host(host, topic))
    identity = PageIdentity(host, known.id if known else outlet)
    credit = find_credit(text, wrapping, identity, topic)
    counters = "\n".join(text[one.start : one.end] for one in wrapping if one.why == "counter")
    dating = _date(text, counters, url, published=published, seen=seen, now=now)
    if heading is not None:
        title = text[heading.start : heading.end]
    article = CleanArticle(
        url=url,
        title=title or make_title(_unwrapped(text, wrapping)),
        title_made=not title,
        text=text,
        seen=seen or now,
        lang=find_language(text, lang),
        outlet=known.id if known else outlet or host,
        excluded=tuple(excluded),
        credit=credit.name if credit else None,
        credit_evidence=credit.evidence if credit else None,
        external_id=external_id,
    )
    return dating.put_on(article)


def find_title(text: str) -> Exclusion | None:
    """The range of a title: a first line that is short and set off from more text by an empty line."""
    start = len(text) - len(text.lstrip())
    lines = text[start:].splitlines(keepends=True)
    if len(lines) < 3 or lines[1].strip():  # noqa: PLR2004 - title, empty line, text
        return None
    line = lines[0].strip()
    if not line or len(line) > _LONGEST_TITLE or not any(rest.strip() for rest in lines[2:]):
        return None
    return Exclusion(start, start + len(line), "title")


def _date(
    text: str, counters: str, url: str, *, published: Moment | None, seen: datetime | None, now: datetime
) -> Dating:
    if published is not None:
        return decide_date([DateClaim(published, "import")], None, now)
    claims: list[DateClaim] = []
    if moment := find_url_day(url):
        claims.append(DateClaim(moment, "url"))
    if seen is None:
        # Nobody said when this was seen, so neither "2 weeks ago" nor a dateline's day has a year to count from.
        dateline = find_dateline(text)
        return decide_date(claims, dateline if dateline is not None and dateline.year else None, now)
    if moment := find_relative(counters, seen):
        claims.append(DateClaim(moment, "relative"))
    return decide_date(claims, find_dateline(text), seen)


def _unwrapped(text: str, wrapping: list[Exclusion]) -> str:
    at = 0
    for one in wrapping:
        if text[at : one.start].strip():
            break
        at = one.end
    return text[at:]
