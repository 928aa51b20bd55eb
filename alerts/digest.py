"""A digest put together from findings: pure, so the same round gives the same digest again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from alerts.selection import choose, eligible
from news.digest import Digest, Tally
from news.finding import Finding
from news.identity import stable_id
from news.topic import Subscriber, Topic


def compose(  # noqa: PLR0917  # the flows call it so; the order is that of a sentence
    findings: Sequence[Finding],
    subscriber: Subscriber,
    topic: Topic,
    since: datetime,
    until: datetime,
    tally: Tally,
    unseen: Sequence[str],
    notices: Sequence[str],
) -> Digest:
    """What this subscriber is told about the span (`since` exclusive, `until` inclusive).

    Give it all findings of the span: it chooses and ranks them itself, and says how many it left out. Findings that
    were chosen already come out as they are. Its id depends on topic, subscriber and `until` alone, so a rerun after
    a kill makes the same digest and not a second one.
    """
    chosen = choose(findings, subscriber)
    return Digest(
        digest_id=stable_id("dig", topic.id, subscriber.id, until.astimezone(UTC).isoformat()),
        subscriber=subscriber.id,
        topic_id=topic.id,
        topic_title=topic.title,
        since=since,
        until=until,
        findings=chosen,
        tally=tally,
        unseen=tuple(unseen),
        notices=tuple(notices),
        left_out=len(eligible(findings, subscriber)) - len(chosen),
    )
