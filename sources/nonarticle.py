"""Pages that are no articles, though a server sent them as such: why, in one of a few fixed words.

| reason | the page |
|---|---|
| `challenge page` | asks for a human or a browser before it shows anything |
| `error page` | says that there is no such page, with status 200 (a "soft 404") |
| `consent wall` | asks for consent to cookies or data in place of the text |
| `paywall` | shows the beginning and asks for a subscription |
| `listing page` | is made of links to other pages |
| `another text` | has a text with next to none of the words that its metadata and its source say of the article |
| `less than its source` | gives less than half of the text that its source carries |

A false alarm costs an article, so phrases count on short pages alone: news is also written about walls and errors.
"""

from __future__ import annotations

from news.article import FeedItem
from sources.agreement import FEWEST_WORDS, share_told
from sources.metadata import PageData, Tree
from sources.walls import PAYWALL, TEXTS, TITLES

SHORT = 1_500
"""Characters: a text that is longer is an article, whatever its phrases."""

_OPENING = 400  # characters of a text in which a wall says what it is
_CLOSING = 400  # characters of a text in which a paywall speaks
_FEWEST_LINES = 5
_LISTED = 0.5  # of a text's characters in the words of links
_SHORTEST_LINK = 20  # characters
_LEAST_TOLD = 0.1
_ENOUGH_TOLD = 0.5
_WORDS_TO_TELL = 2 * FEWEST_WORDS
_LEAST_OF_SOURCE = 0.5
_ENOUGH_CONTENT = 500  # characters of a source's own text, from which it can be more than a teaser
_LONGEST_WALL_TITLE = 60


def find_reason(
    page: PageData, item: FeedItem, title: str | None, text: str, body: str, *, links: frozenset[str]
) -> str | None:
    """Why a page is no article, or None when it is one.

    `text` is what was taken out of it, `body` that without its wrapping, `links` the texts of the page's links.
    """
    told = (item.summary, *page.descriptions)
    if len(body) < SHORT:
        is_told = (share_told(body, told) or 0.0) >= _ENOUGH_TOLD
        if not is_told and (why := _find_wall(title, text, is_marked=page.is_article)):
            return why
        if PAYWALL.search(text[-_CLOSING:]):
            return "paywall"
    if not page.is_article and _is_listing(body, links):
        return "listing page"
    share = share_told(body, (title, *told), fewest=_WORDS_TO_TELL)
    if share is not None and share < _LEAST_TOLD:
        return "another text"
    content = item.content or ""
    if len(content) >= _ENOUGH_CONTENT and len(body) < _LEAST_OF_SOURCE * len(content):
        return "less than its source"
    return None


def is_behind_paywall(page: PageData, text: str, markup: str) -> bool:
    """Whether the page says that it is paid for, asks for it, and gives little."""
    return not page.is_free and len(text) < SHORT and PAYWALL.search(markup) is not None


def read_links(tree: Tree, page: PageData) -> frozenset[str]:
    """The texts of a page's longer links; none are read of a page that states to be an article."""
    if page.is_article:
        return frozenset()
    texts = (" ".join(str(link.text_content()).split()) for link in tree.iter("a"))
    return frozenset(text for text in texts if len(text) >= _SHORTEST_LINK)


def _find_wall(title: str | None, text: str, *, is_marked: bool) -> str | None:
    bare = (title or "").strip()
    if len(bare) <= _LONGEST_WALL_TITLE:
        for why, pattern in TITLES:
            # A page that states to be an article may have an odd headline; then its text must speak as well.
            if pattern.match(bare) and (not is_marked or _speaks(why, text)):
                return why
    if is_marked:
        return None
    return next((why for why, pattern in TEXTS if pattern.search(text[:_OPENING])), None)


def _speaks(why: str, text: str) -> bool:
    return any(one == why and pattern.search(text[:_OPENING]) for one, pattern in TEXTS)


def _is_listing(text: str, links: frozenset[str]) -> bool:
    lines = [line.strip(" -\u2022\u00b7") for line in text.splitlines() if line.strip()]
    listed = [line for line in lines if line in links]
    if len(listed) < _FEWEST_LINES:
        return False
    return sum(map(len, listed)) >= _LISTED * sum(map(len, lines)) or 2 * len(listed) >= len(lines)
