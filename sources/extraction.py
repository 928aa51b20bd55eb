"""The body of a page, by trafilatura: without navigation, related links, comments and advertisement."""

from __future__ import annotations

import logging
from copy import copy
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
    try:
        found: Any = trafilatura.bare_extraction(copy(tree), url=url, date_extraction_params=dates, **_OPTIONS)
    except Exception as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise RejectedInput(f"{url} cannot be taken apart ({reason})", "look at the page in a browser") from error
    text = (found.text or "").strip() if found is not None else ""
    if found is None or not text:
        raise RejectedInput(f"{url} holds no article", "if it does in a browser, report the page")
    return Extract(text, found.title, found.author, found.date)
