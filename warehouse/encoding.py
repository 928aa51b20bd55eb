"""Records as JSON columns, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from news.article import DateWitness, Exclusion, FeedItem
from news.claim import Figure, Span
from news.finding import Evidence
from news.revising import Change


def packed(value: object) -> str:
    """JSON with sorted keys and dates in ISO form: equal values give equal text."""
    return _encode(value)


def _plain(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")


_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, default=_plain
).encode  # made once: making it takes longer


def instant(text: str | None) -> datetime | None:
    """A packed time, UTC-aware; None stays None."""
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def day(text: str | None) -> date | None:
    """A packed day; None stays None."""
    return date.fromisoformat(text) if text else None


def item_json(item: FeedItem) -> str:
    """A source's entry."""
    return packed(
        {
            "url": item.url,
            "title": item.title,
            "published": item.published,
            "updated": item.updated,
            "summary": item.summary,
            "byline": item.byline,
            "lang": item.lang,
            "content": item.content,
            "outlet": item.outlet,
            "partial": item.partial,
        }
    )


def item_of(text: str) -> FeedItem:
    """The entry that `item_json` packed."""
    row: dict[str, Any] = json.loads(text)
    row["published"], row["updated"] = instant(row["published"]), instant(row["updated"])
    return FeedItem(**row)


def dating_json(dating: Sequence[DateWitness]) -> str:
    """Every date that was found for an article, with its verdict."""
    return packed(
        [
            {"found_in": one.found_in, "when": one.when, "precision": one.precision.value, "verdict": one.verdict}
            for one in dating
        ]
    )


def exclusions_json(excluded: Sequence[Exclusion]) -> str:
    """Excluded ranges, in order."""
    return packed([{"start": one.start, "end": one.end, "why": one.why} for one in excluded])


def exclusions_of(text: str) -> tuple[Exclusion, ...]:
    """The ranges that `exclusions_json` packed."""
    return tuple(Exclusion(**one) for one in json.loads(text))


def spans_of(text: str) -> tuple[Span, ...]:
    """Packed `[[start, end], …]`."""
    return tuple((start, end) for start, end in json.loads(text))


def figures_json(figures: Sequence[Figure]) -> str:
    """A claim's numbers."""
    return packed([asdict(one) for one in figures])


def figures_of(text: str) -> tuple[Figure, ...]:
    """The numbers that `figures_json` packed."""
    return tuple(Figure(**one) for one in json.loads(text))


def evidence_json(evidence: Sequence[Evidence]) -> str:
    """The sentences of one side of a finding."""
    return packed(
        [
            {
                "claim_id": one.claim_id,
                "holder": one.holder,
                "evidence": one.evidence,
                "url": one.url,
                "outlet": one.outlet,
                "on": one.on,
            }
            for one in evidence
        ]
    )


def evidence_of(text: str) -> tuple[Evidence, ...]:
    """The sentences that `evidence_json` packed."""
    return tuple(Evidence(**{**one, "on": day(one["on"])}) for one in json.loads(text))


def diff_json(changes: Sequence[Change]) -> str | None:
    """What a new version of a page changed, sentence by sentence; None for nothing but its title."""
    if not changes:
        return None
    return packed(
        [
            {
                "op": change.op,
                "before": change.before,
                "after": change.after,
                "what": [{"what": one.what.value, "before": one.before, "after": one.after} for one in change.what],
            }
            for change in changes
        ]
    )
