"""The list commands: one view's rows, chosen by parameters, as of any moment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from news.errors import ConfigurationError
from warehouse.queries import query
from warehouse.transaction import Row, Transaction

_SPAN = ("since", "until", "as_of")
_WHO = ("holder", "actor", "proposition")
FILTERS: dict[str, tuple[str, ...]] = {
    "articles": (*_SPAN, "match"),
    "claims": (*_SPAN, *_WHO, "match"),
    "claim_propositions": (*_SPAN, *_WHO),
    "positions": (*_SPAN, *_WHO),
    "shifts": (*_SPAN, *_WHO, "match"),
    "disputes": (*_SPAN, "actor", "proposition", "match"),
    "figures": (*_SPAN, *_WHO, "match"),
    "revisions": (*_SPAN, "match"),
    "findings": (*_SPAN, *_WHO, "match"),
    "sources": ("as_of", "match"),
    "marks": (*_SPAN, "match"),
    "deliveries": ("since", "until", "match"),
    "rejects": (*_SPAN, "match"),
}
"""What each view can be listed by."""

_END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)
_JSON = frozenset(
    (
        *("excluded", "source", "cue", "content", "propositions", "claims"),
        *("before", "after", "between", "values", "detail", "diff"),
    )
)


def listing(
    tx: Transaction, view: str, filters: Mapping[str, Any] | None = None, *, text: bool = False
) -> list[dict[str, Any]]:
    """The rows of a view (`articles`, or `v_articles`), the newest last, one key per promised column.

    JSON columns come unpacked. `text` adds the stored text to articles. Filters: `since`, `until` (both inclusive,
    UTC-aware, on the row's own day or time), `as_of` (facts recorded by then), `holder` (part of the name), `actor`
    and `proposition` (ids), `match` (anywhere in the row's text); none of them minds case. None is no filter.

    Raises:
        ConfigurationError: no such view, or a filter it does not have (`FILTERS`).
    """
    name = view.removeprefix("v_")
    if name not in FILTERS:
        raise ConfigurationError(f"there is nothing to list called {view!r}", "one of: " + ", ".join(FILTERS))
    given = {key: value for key, value in (filters or {}).items() if value is not None}
    for key in given:
        if key not in FILTERS[name]:
            raise ConfigurationError(f"{name} cannot be listed by {key!r}", "leave that option out")
    params: dict[str, Any] = dict.fromkeys((*_SPAN, *_WHO, "match")) | {"as_of": _END_OF_TIME, "text": text} | given
    rows = [_unpacked(row) for row in tx.rows(query("list_" + name), params)]
    if name == "articles" and not text:
        for row in rows:
            del row["text"]
    return rows


def _unpacked(row: Row) -> dict[str, Any]:
    return {key: json.loads(value) if key in _JSON and isinstance(value, str) else value for key, value in row.items()}
