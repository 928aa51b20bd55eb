"""Which of the titles a page gives is its headline."""

from __future__ import annotations

import re

from sources.metadata import PageData

_SEPARATOR = re.compile("\\s+(?:[-\u2013\u2014|\u00b7\u2022\u00bb:]|--)+\\s+|\\s*[\uff1a\uff5c|]\\s*")
_LETTERS = re.compile(r"[\W_]+")
_SENTENCE = re.compile('(?<=[.!?])["\u201d\u2019)]?\\s+(?=[\\W\\d]*[^\\W\\d_])')
_LONGEST_MADE = 140
_SHORT_OF = re.compile(r"(?:\b[A-Z]\.|\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|No|vs|[A-Z][a-z]{2,3}))\.$")


def choose_title(page: PageData, feed_title: str | None, host: str | None) -> str | None:
    """The headline of a page, without the name of the site behind it.

    1. The only heading, where the sharing title says the same.
    2. The sharing title, where the heading ends in it: what stands before is the kicker above the headline.
    3. The article data's headline, the sharing title, the heading, the head's title, the feed's: the first there is.
    """
    heading, headline, shared, head, fed = _without_sites(page, feed_title, host)
    if heading and shared and heading.endswith(shared):
        return shared
    return headline or shared or heading or head or fed


def _without_sites(page: PageData, feed_title: str | None, host: str | None) -> list[str | None]:
    stated = (page.heading, page.headline, page.og_title, page.head_title, feed_title)
    titles = [" ".join(title.split()) if title else None for title in stated]
    names = (page.site_name, page.publisher, host)
    return [
        _without_site(title, [other for other in titles if other and other != title], names) if title else None
        for title in titles
    ]


def make_title(text: str) -> str:
    """A title for a text that has none: its first sentence, cut at a word when it is long."""
    line = next((part.strip() for part in text.splitlines() if part.strip()), "")
    end = len(line)
    for match in _SENTENCE.finditer(line[: 2 * _LONGEST_MADE]):
        if not _SHORT_OF.search(line[: match.start()]):
            end = match.start()
            break
    title = " ".join(line[:end].split())
    return title if len(title) <= _LONGEST_MADE else title[: _LONGEST_MADE - 1].rsplit(" ", 1)[0] + "\u2026"


def _without_site(title: str, others: list[str], names: tuple[str | None, ...]) -> str:
    """Cut at a separator when another title is what stands before it, or the site's name what stands behind."""
    known = {_letters(name) for name in names if name}
    known |= {_letters(name.split(".")[0]) for name in names if name and "." in name}
    for match in _SEPARATOR.finditer(title):
        before, behind = title[: match.start()].strip(), title[match.end() :].strip()
        if before and (before in others or _letters(behind) in known):
            return before
    return title


def _letters(text: str) -> str:
    return _LETTERS.sub("", text).casefold()
