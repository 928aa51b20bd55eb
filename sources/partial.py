"""An article made of what a source itself says of a page, where the page gives none: it is marked as partial."""

from __future__ import annotations

from datetime import datetime

from news.article import CleanArticle, FeedItem
from news.errors import RejectedInput
from news.hosts import host_of
from news.outlets import find_by_host, find_by_name
from news.topic import Topic
from sources.dating import DateClaim, decide_date
from sources.language import find_language
from sources.moments import find_url_day, read_epoch
from sources.titles import make_title


def partial_article(
    item: FeedItem, url: str, topic: Topic, now: datetime, *, seen: datetime | None, why: str
) -> CleanArticle:
    """The article that an item's own title and text make; `why` says why that is all there is.

    A title alone is enough: the reader learns at least that there is such a page.

    Raises:
        RejectedInput: the item has neither a title nor any text.
    """
    text = item.content or item.summary or item.title
    if not text or not any(map(str.isalpha, text)):
        raise RejectedInput(f"{url}: {why}, and its source says nothing of it", "look at it in a browser")
    host = host_of(url)
    outlet = find_by_name(item.outlet, topic) or (None if item.outlet else find_by_host(host, topic))
    moments = {"feed": item.published and read_epoch(item.published.timestamp()), "url": find_url_day(url)}
    dating = decide_date([DateClaim(moment, name) for name, moment in moments.items() if moment], None, seen or now)
    article = CleanArticle(
        url=url,
        title=item.title or make_title(text),
        title_made=not item.title,
        text=text,
        seen=seen or now,
        lang=find_language(text, item.lang),
        outlet=outlet.id if outlet else item.outlet or host,
        byline=item.byline,
        partial=why,
    )
    return dating.put_on(article)
