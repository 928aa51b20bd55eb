"""What could not be seen: silent or failing sources and languages that are not read, as plain sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from news.finding import Finding, FindingKind
from news.identity import stable_id

FAILURES_TOLD = 3  # in a row: less may be the network's hiccup


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source has fared: its last poll, the last one that gave something, the failures in a row since.

    `last_success` is None when it never answered; `error` is the last poll's, even when that gave items.
    """

    source_id: str
    outlet: str
    last_poll: datetime
    last_success: datetime | None
    failures: int
    error: str | None


def unseen(sources: Sequence[SourceHealth], languages: Mapping[str, int], now: datetime) -> tuple[str, ...]:
    """One sentence for each source that cannot be read and each language that is not; empty when all was seen."""
    lines = [_source_line(one, now) for one in sources if one.failures or one.error]
    counted = sorted(languages.items(), key=lambda item: (-item[1], item[0]))
    lines += [
        f"{count} {'page' if count == 1 else 'pages'} in {lang}, a language that is not read yet."
        for lang, count in counted
    ]
    return tuple(lines)


def _source_line(one: SourceHealth, now: datetime) -> str:
    if not one.failures:
        return f"{one.outlet} ({one.source_id}) is not well-formed; what could be read of it was ({one.error})."
    if one.last_success is None:
        since = "has given nothing yet"
    else:
        days = (now - one.last_success).days
        since = f"has not answered for {days} {'day' if days == 1 else 'days'}" if days else "did not answer"
    return f"{one.outlet} ({one.source_id}) {since}: {one.error}."


def troubles(sources: Sequence[SourceHealth], now: datetime) -> list[Finding]:
    """A finding for each source that has failed three times in a row or more; the same one for as long as it lasts."""
    return [_trouble(one, now) for one in sources if one.failures >= FAILURES_TOLD]


def _trouble(one: SourceHealth, now: datetime) -> Finding:
    return Finding(
        finding_id=stable_id("fnd", "source_trouble", one.source_id, one.last_success),
        kind=FindingKind.SOURCE_TROUBLE,
        at=one.last_success.date() if one.last_success else None,
        recorded_at=now,
        sentence=_source_line(one, now),
        detail={"source": one.source_id},
    )
