"""What could not be seen: sources that fail, fall silent, have moved or run ahead of us, and languages not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from news.article import Poll
from news.finding import Finding, FindingKind
from news.identity import stable_id

FAILURES_TOLD = 3  # in a row: less may be the network's hiccup
SILENCES = 3.0
"""A source is silent when it has listed nothing new for so many times its usual longest pause."""

SHORTEST_SILENCE = timedelta(days=3)  # a weekend and a holiday are no trouble
FEWEST_PAUSES = 10  # from which on a usual pause can be told


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source has fared: its last poll, the last one that gave something, the failures in a row since.

    `last_success` is None when it never answered; `error` is the last poll's, even when that gave items. `last_item` is
    when its newest item came, `usual_gap_s` the pause between two items that 19 of 20 keep within, in seconds (None:
    not known), `pauses` how many of them that rests on. `moved_to` is the address it should be polled at instead.
    """

    source_id: str
    outlet: str
    last_poll: datetime
    last_success: datetime | None
    failures: int
    error: str | None
    last_item: datetime | None = None
    usual_gap_s: float | None = None
    pauses: int = 0
    moved_to: str | None = None


def unseen(sources: Sequence[SourceHealth], languages: Mapping[str, int], now: datetime) -> tuple[str, ...]:
    """One sentence for each source that cannot be read and each language that is not; empty when all was seen."""
    lines = [_source_line(one, now) for one in sources if one.failures or one.error]
    lines += [_silence_line(one, now) for one in sources if is_silent(one, now)]
    lines += [_moved_line(one) for one in sources if one.moved_to]
    counted = sorted(languages.items(), key=lambda item: (-item[1], item[0]))
    lines += [
        f"{count} {'page' if count == 1 else 'pages'} in {lang}, a language that is not read yet."
        for lang, count in counted
    ]
    return tuple(lines)


def is_silent(one: SourceHealth, now: datetime) -> bool:
    """Whether a source that answers has listed nothing new for far longer than it ever takes.

    That is three times the pause that 19 of 20 of its pauses keep within, and three days at least.
    """
    if one.failures or one.last_item is None or one.usual_gap_s is None or one.pauses < FEWEST_PAUSES:
        return False
    return now - one.last_item > max(SILENCES * timedelta(seconds=one.usual_gap_s), SHORTEST_SILENCE)


def troubles(sources: Sequence[SourceHealth], now: datetime) -> list[Finding]:
    """A finding for each source that keeps failing or has fallen silent; the same one for as long as that lasts."""
    failing = [
        _trouble(one.source_id, "", one.last_success, _source_line(one, now), now)
        for one in sources
        if one.failures >= FAILURES_TOLD
    ]
    silent = [
        _trouble(one.source_id, "silent", one.last_item, _silence_line(one, now, told=True), now)
        for one in sources
        if is_silent(one, now)
    ]
    return [*failing, *silent]


def gap(look: Poll, outlet: str, since: datetime) -> Finding:
    """The finding that more appeared between two looks than a source shows at once: some of it was never seen."""
    sentence = (
        f"{outlet} ({look.source_id}) listed more than the {len(look.items)} items it shows at once between "
        f"{_moment(since)} and {_moment(look.at)}: some may have been missed."
    )
    return _trouble(look.source_id, f"gap {look.at.isoformat()}", since, sentence, look.at)


def _source_line(one: SourceHealth, now: datetime) -> str:
    if not one.failures:
        return f"{one.outlet} ({one.source_id}) is not well-formed; what could be read of it was ({one.error})."
    if one.last_success is None:
        since = "has given nothing yet"
    else:
        days = (now - one.last_success).days
        since = f"has not answered for {days} {'day' if days == 1 else 'days'}" if days else "did not answer"
    return f"{one.outlet} ({one.source_id}) {since}: {one.error}."


def _silence_line(one: SourceHealth, now: datetime, *, told: bool = False) -> str:
    """`told`: for a finding, which is worded once and says since when instead of for how long."""
    last = one.last_item or one.last_poll
    usual = _span(one.usual_gap_s or 0.0)
    how_long = f"since {last:%-d %B %Y}" if told else f"for {(now - last).days} days"
    silence = f"{one.outlet} ({one.source_id}) answers, but has listed nothing new {how_long}"
    return f"{silence}; its pauses are hardly ever over {usual}."


def _moved_line(one: SourceHealth) -> str:
    return f"{one.outlet} ({one.source_id}) has moved: put {one.moved_to} into the topic file as its address."


def _span(seconds: float) -> str:
    hours = max(1, round(seconds / 3600))
    if hours < 48:  # noqa: PLR2004 - two days
        return f"{hours} {'hour' if hours == 1 else 'hours'}"
    return f"{round(hours / 24)} days"


def _moment(when: datetime) -> str:
    return f"{when:%-d %B %Y %H:%M} UTC"


def _trouble(source_id: str, episode: str, since: datetime | None, sentence: str, now: datetime) -> Finding:
    names = (source_id, episode) if episode else (source_id,)
    return Finding(
        finding_id=stable_id("fnd", "source_trouble", *names, since),
        kind=FindingKind.SOURCE_TROUBLE,
        at=since.date() if since else None,
        recorded_at=now,
        sentence=sentence,
        detail={"source": source_id},
    )
