"""The body of a page, by trafilatura: without navigation, related links, comments and advertisement.

Its metadata is asked for only where the page's own markup states none: reading it costs as much as all the rest of a
page's cleaning, and most of it is there already (`sources.metadata`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime
from typing import Any

import htmldate
import trafilatura
from trafilatura.meta import reset_caches
from trafilatura.metadata import extract_author, extract_title

from news.errors import RejectedInput
from sources.agreement import share_told
from sources.metadata import Tree
from sources.moments import Moment, read_moment

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its complaints about a page are told as rejects
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_OPTIONS: dict[str, Any] = {
    "with_metadata": False,
    "include_comments": False,
    "include_tables": True,
    # Never `deduplicate`: it remembers earlier pages, so a page's text would depend on what was read before it.
}
_UNSEEN = ("script", "style", "svg", "template")
_LAYOUT_CELL = 400  # characters of running text: a cell of data has less
_TABLE_TAGS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
_ENOUGH_TOLD = 0.5  # of the words that are told of an article: its text has 0.9 of them at the median
_LEAST_KEPT = 0.4  # of the characters of a page's paragraphs
_PARAGRAPH = 80  # characters
_LONGEST_GUESS = 200


def extract_body(tree: Tree, url: str, told: Iterable[str | None] = (), *, is_free: bool = True) -> str:
    """The text of the article in a page's tree, paragraphs on lines of their own.

    `told` is what the page and its source say of the article (description, title, summary). The tree loses what is
    never shown: scripts (but for the data they hold, unless the page is paid for), styles, drawings.

    Raises:
        RejectedInput: there is no article in the page.
    """
    _shed(tree, keep_data=is_free)
    _unlay(tree)
    told = tuple(told)
    text = _extract(tree, url, fast=True)
    share = share_told(text, told)
    is_another = share is not None and share < _ENOUGH_TOLD
    if is_another or len(text) < _LEAST_KEPT * _count_paragraphs(tree):
        # Comparing with other ways to find a body costs two thirds more, and finds another story on the page about as
        # often as the right one: so it is done where the first way seems to have found the wrong text or too little.
        other = _extract(tree, url, fast=False)
        gain = (share_told(other, told) or 0.0) - (share or 0.0)
        if not text or gain > 0 or (gain == 0 and not is_another):
            text = other
    if not text:
        raise RejectedInput(f"{url} holds no article", "if it does in a browser, report the page")
    return text


def _extract(tree: Tree, url: str, *, fast: bool) -> str:
    try:
        found: Any = trafilatura.bare_extraction(tree, url=url, fast=fast, **_OPTIONS)  # it works on a copy
    except Exception as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise RejectedInput(f"{url} cannot be taken apart ({reason})", "look at the page in a browser") from error
    return (found.text or "").strip() if found is not None else ""


def _count_paragraphs(tree: Tree) -> int:
    """The characters of a page's longer paragraphs."""
    lengths = (len(paragraph.text_content()) for paragraph in tree.iter("p"))
    return sum(length for length in lengths if length >= _PARAGRAPH)


def forget() -> None:
    """Lets go of what trafilatura and the libraries below it keep of earlier pages to be quicker."""
    reset_caches()


def guess_title(tree: Tree) -> str | None:
    """A title for a page that states none."""
    return _guess(extract_title, tree)


def guess_author(tree: Tree) -> str | None:
    """Whom a page that states no author seems to name as one."""
    return _guess(extract_author, tree)


def guess_day(tree: Tree, url: str, latest: datetime) -> Moment | None:
    """The day of publication that a page that states none seems to bear, not after `latest`."""
    # Not extensively: that takes a copyright year, or a day that the article tells of, for the day it was published.
    last = latest.strftime("%Y-%m-%d")
    try:
        found = htmldate.find_date(deepcopy(tree), extensive_search=False, original_date=True, url=url, max_date=last)
    except Exception:  # noqa: BLE001 - whatever it trips over, there is no date then
        return None
    return read_moment(found) if found else None


def _guess(extract: Any, tree: Tree) -> str | None:
    try:
        found = extract(tree)
    except Exception:  # noqa: BLE001 - a guess that fails is none
        return None
    return " ".join(found.split())[:_LONGEST_GUESS] or None if isinstance(found, str) else None


def _shed(tree: Tree, *, keep_data: bool) -> None:
    """Takes out what is never shown: every later pass and copy then costs less."""
    for node in list(tree.iter(*_UNSEEN)):
        if not keep_data or node.tag != "script" or "ld+json" not in (node.get("type") or ""):
            node.drop_tree()


def _unlay(tree: Tree) -> None:
    """Turns tables that only lay out the page into blocks: their cells hold paragraphs, not data."""
    for table in list(tree.iter("table")):
        if any(_is_layout(cell) for cell in table.iter("td")):
            for node in [table, *table.iter(*_TABLE_TAGS)]:
                node.tag = "div"


def _is_layout(cell: Tree) -> bool:
    return len(cell.text_content()) > _LAYOUT_CELL and next(cell.iter("p", "br", "table"), None) is not None
