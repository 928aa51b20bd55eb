"""The list commands: one view's rows, chosen by parameters, as of any moment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from news.errors import ConfigurationError
from warehouse.queries import query
from warehouse.transaction import Row, Transaction

VIEWS = (
    "articles",
    "claims",
    "positions",
    "shifts",
    "disputes",
    "figures",
    "revisions",
    "findings",
    "sources",
    "deliveries",
    "rejects",
)
FILTERS = ("since", "until", "as_of", "holder", "actor", "proposition", "match", "limit")
_END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)
_JSON = frozenset(
    ["excluded", "source", "cue", "content", "propositions", "claims", "before", "after", "between", "values", "detail"]
)


def listing(tx: Transaction, view: str, filters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """The rows of a view (`articles`, or `v_articles`), one key per promised column, JSON columns unpacked.

    Filters: `since`, `until` (both inclusive, UTC-aware, on the row's own day or time), `as_of` (facts recorded by
    then), `holder`, `actor` and `proposition` (equal, without case), `match` (anywhere in the row's text, without
    case), `limit`. One that makes no sense for a view is an error; None is no filter.

    Raises:
        ConfigurationError: no such view, or a filter this view does not have.
    """
    name = view.removeprefix("v_")
    given = {key: value for key, value in (filters or {}).items() if value is not None}
    if name not in VIEWS:
        raise ConfigurationError(f"there is nothing to list called {view!r}", "one of: " + ", ".join(VIEWS))
    sql = query("list_" + name)
    for key in given:
        if key not in FILTERS or "$" + key not in sql:
            raise ConfigurationError(f"{name} cannot be listed by {key!r}", "leave that option out")
    params: dict[str, Any] = dict.fromkeys(FILTERS)
    params |= {"as_of": _END_OF_TIME, "limit": 2**62} | given
    return [_unpacked(row) for row in tx.rows(sql, params)]


def text(tx: Transaction, article_ids: list[str]) -> dict[str, str]:
    """The stored text of these articles' latest revisions, by id."""
    return {row["article_id"]: row["text"] for row in tx.rows(query("articles_by_id"), {"ids": article_ids})}


def _unpacked(row: Row) -> dict[str, Any]:
    # A source's `items` is a count and `content` a list of spans: only text is JSON to unpack.
    return {key: json.loads(value) if key in _JSON and isinstance(value, str) else value for key, value in row.items()}
