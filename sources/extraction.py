"""The body of a page, by trafilatura: without navigation, related links, comments and advertisement."""

from __future__ import annotations

import logging
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import trafilatura

from news.errors import RejectedInput
from sources.metadata import Tree

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its complaints about a page are told as rejects
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_OPTIONS: dict[str, Any] = {
    "with_metadata": True,
    "include_comments": False,
    "include_tables": True,
    # Never `deduplicate`: it remembers earlier pages, so a page's text would depend on what was read before it.
}


_LAYOUT_CELL = 400  # characters of running text: a cell of data has less
_TABLE_TAGS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")


@dataclass(frozen=True, slots=True)
class Extract:
    """What trafilatura found; `day` is the date of publication it read off the page, as YYYY-MM-DD."""

    text: str
    title: str | None
    author: str | None
    day: str | None


def extract_body(tree: Tree, url: str, latest: datetime) -> Extract:
    """The article in a page's tree, paragraphs on lines of their own.

    `latest` is the last day its date may have.

    Raises:
        RejectedInput: there is no article in the page.
    """
    # Not extensively: that takes a copyright year, or a day that the article tells of, for the day it was published.
    dates = {"original_date": True, "extensive_search": False, "max_date": latest.strftime("%Y-%m-%d")}
    page = _unlay(deepcopy(tree))
    try:
        found: Any = trafilatura.bare_extraction(page, url=url, date_extraction_params=dates, **_OPTIONS)
    except Exception as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise RejectedInput(f"{url} cannot be taken apart ({reason})", "look at the page in a browser") from error
    text = (found.text or "").strip() if found is not None else ""
    if found is None or not text:
        raise RejectedInput(f"{url} holds no article", "if it does in a browser, report the page")
    return Extract(text, found.title, found.author, found.date)


def _unlay(tree: Tree) -> Tree:
    """The tree with tables that only lay out the page turned into blocks: their cells hold paragraphs, not data."""
    for table in list(tree.iter("table")):
        if any(_is_layout(cell) for cell in table.iter("td")):
            for node in [table, *table.iter(*_TABLE_TAGS)]:
                node.tag = "div"
    return tree


def _is_layout(cell: Tree) -> bool:
    return len(cell.text_content()) > _LAYOUT_CELL and next(cell.iter("p", "br", "table"), None) is not None
