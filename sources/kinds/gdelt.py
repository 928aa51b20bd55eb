"""The article list of the GDELT DOC 2.0 API (blog.gdeltproject.org/gdelt-doc-2-0-api-debuts).

A source's address is the API's, with at least a query: https://api.gdeltproject.org/api/v2/doc/doc?query=…; what else
an article list needs is added before it is asked. The list says when GDELT saw a page, to the quarter of an hour,
never when the page was published: that is kept as the item's `updated`, and its date of publication stays unknown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from babel import Locale

from news.article import FeedItem
from sources.kinds.document import Document, Reader, Reading, finish, make_item
from sources.moments import Moment, read_moment

ASKED_S = 900.0
"""Seconds between two updates of GDELT: to ask more often brings nothing."""

APART_S = 5.0
"""GDELT answers one request every 5 seconds from one address, and refuses those between."""

_ACCEPT = "application/json,*/*;q=0.5"
_DEFAULTS = {"mode": "artlist", "format": "json", "maxrecords": "250", "sort": "datedesc"}
# A backslash that begins no escape of JSON (RFC 8259, 7); titles come with \' and worse.
_BAD_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|)')
_SEEN = re.compile(r"(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)Z?", re.ASCII)
_SAID = 160
_TAG = re.compile(r"<[^<>]{0,500}>")

# Names that GDELT has and the CLDR has not.
_OTHER_NAMES = {"norwegiannynorsk": "nn", "sinhalese": "si"}


def complete(address: str) -> str:
    """The address with what an article list in JSON needs, where it does not say so itself: the newest 250 pages.

    GDELT's own defaults are a web page, and the 75 most relevant of three months.
    """
    given = {name.lower() for name, _ in parse_qsl(urlsplit(address).query, keep_blank_values=True)}
    added = [f"{name}={value}" for name, value in _DEFAULTS.items() if name not in given]
    return address + "".join(f"&{one}" for one in added) if "?" in address else f"{address}?{'&'.join(added)}"


def read(document: Document, now: datetime) -> Reading:
    """The pages of an article list; GDELT answers a bad query with a sentence, which is the error then."""
    text = document.body.decode("utf-8-sig", errors="replace").strip()
    if not text.startswith("{"):
        said = " ".join(_TAG.sub(" ", text[:2000]).split())[:_SAID]
        return Reading(error=f"GDELT answered: {said}" if said else "an empty answer", understood=False)
    try:
        # Not strict: titles hold tabs and other control characters as they are.
        answer = json.loads(_BAD_ESCAPE.sub(_mend, text), strict=False)
    except (ValueError, RecursionError) as fault:
        return Reading(error=f"not well-formed ({str(fault)[:120]})", understood=False)
    listed = answer.get("articles", [])
    if not isinstance(listed, list):
        return Reading(error="no article list there", understood=False)
    rows = [row for row in listed if isinstance(row, Mapping)]
    if not rows:
        return Reading(error="no page found", asked_s=ASKED_S)
    found = finish([_make_item(document, row, now) for row in rows], None)
    error = found.error if found.items else f"none of {len(rows)} pages has a web address"
    return Reading(found.items, error, asked_s=ASKED_S)


def find_code(language: str | None) -> str | None:
    """The ISO 639 code of a language by its English name, or None."""
    return _languages().get(language.lower()) if language else None


@cache
def _languages() -> Mapping[str, str]:
    return {name.lower(): code for code, name in Locale("en").languages.items()} | _OTHER_NAMES


def _make_item(document: Document, row: Mapping[str, Any], now: datetime) -> FeedItem | None:
    return make_item(
        document,
        _text(row, "url"),
        now,
        title=_tidy(_text(row, "title")),
        updated=_read_seen(_text(row, "seendate")),
        lang=find_code(_text(row, "language")),
        outlet=_text(row, "domain"),
    )


def _read_seen(stated: str | None) -> Moment | None:
    match = _SEEN.fullmatch(stated or "")
    return read_moment("{}-{}-{}T{}:{}:{}Z".format(*match.groups())) if match else None


def _mend(match: re.Match[str]) -> str:
    return match[0] if match[1] else ""


def _tidy(title: str | None) -> str | None:
    """A title without the blanks that GDELT sets before marks ("Talks fail , envoy says")."""
    return re.sub(r" +(?=[,.;:!?])", "", title) if title else None


def _text(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) and value.strip() else None


READER = Reader(_ACCEPT, read, complete, APART_S)
