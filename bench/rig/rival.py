"""One other library's reading of pages, for `bench/pages.py`: run by the rivals' own Python (`make rivals`).

    .rivals/bin/python bench/rig/rival.py NAME

Reads JSON Lines of `{"url", "html"}` from standard input and writes one of `{"title", "date", "text"}` for each. Every
library runs with its defaults, and none may go to the network; a page it fails on is empty.
"""

from __future__ import annotations

import importlib
import json
import logging
import sys
import warnings
from collections.abc import Callable
from typing import Any

Reading = dict[str, str | None]


def read_by_trafilatura(html: str, url: str) -> Reading:
    """Its defaults, with metadata."""
    found = importlib.import_module("trafilatura").bare_extraction(html, url=url, with_metadata=True)
    return {"title": found.title, "date": found.date, "text": found.text}


def read_by_newspaper(html: str, url: str) -> Reading:
    """newspaper4k, without fetching pictures."""
    article = importlib.import_module("newspaper").Article(url, fetch_images=False)
    article.download(input_html=html)
    article.parse()
    return {"title": article.title, "date": _iso(article.publish_date), "text": article.text}


def read_by_readability(html: str, url: str) -> Reading:
    """readability-lxml: a title and the body's markup, no date."""
    document = importlib.import_module("readability").Document(html, url=url)
    body = importlib.import_module("lxml.html").fromstring(document.summary())
    return {"title": document.short_title(), "date": None, "text": "\n".join(body.itertext())}


def read_by_goose(html: str, _: str) -> Reading:
    """goose3, without fetching pictures."""
    goose = importlib.import_module("goose3").Goose({"enable_image_fetching": False, "http_timeout": 0.001})
    article = goose.extract(raw_html=html)
    date = article.publish_datetime_utc or article.publish_date
    return {"title": article.title, "date": _iso(date), "text": article.cleaned_text}


RIVALS: dict[str, Callable[[str, str], Reading]] = {
    "trafilatura": read_by_trafilatura,
    "newspaper4k": read_by_newspaper,
    "readability-lxml": read_by_readability,
    "goose3": read_by_goose,
}


def _iso(when: Any) -> str | None:
    if isinstance(when, list):
        when = when[0] if when else None
    if when is None:
        return None
    return str(when.isoformat()) if hasattr(when, "isoformat") else str(when)


def main(name: str) -> None:
    """Read every page that comes in."""
    warnings.simplefilter("ignore")
    logging.disable()
    for line in sys.stdin:
        page = json.loads(line)
        try:
            reading = RIVALS[name](page["html"], page["url"])
        except Exception:  # noqa: BLE001 - a page that a rival fails on is empty, and the others count
            reading = {"title": None, "date": None, "text": None}
        print(json.dumps(reading), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
