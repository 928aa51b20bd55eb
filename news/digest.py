"""Digests and their delivery: what a subscriber is told, and how far each message got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.finding import Finding


@dataclass(frozen=True, slots=True)
class Tally:
    """The round in numbers, over the digest's span: what was seen and what came of it."""

    sources: int = 0
    pages: int = 0
    articles: int = 0
    copies: int = 0
    off_topic: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Digest:
    """What one subscriber is told about one span of time (`since` exclusive, `until` inclusive).

    `findings` come chosen and ranked. `unseen` are plain sentences about what could not be seen (silent sources,
    unread languages); `notices` about the product itself (a delivery whose end is unknown). `left_out` counts the
    lesser findings that were due but did not fit a two-minute read.
    """

    digest_id: str
    subscriber: str
    topic_id: str
    topic_title: str
    since: datetime
    until: datetime
    findings: tuple[Finding, ...]
    tally: Tally = Tally()
    unseen: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    left_out: int = 0


class DeliveryState(StrEnum):
    """How far a message got. `sending` is written before the first byte goes out; found at a start, it is unknown."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"  # for good: the server refused it, or the tries are used up
    UNKNOWN = "unknown"  # the other side may have taken it: named in the next digest, sent again only when asked


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one subscriber: the rendered digest and where it stands."""

    delivery_id: str
    digest_id: str
    subscriber: str
    channel: str
    message_id: str
    state: DeliveryState
    created_at: datetime
    attempts: int = 0
    next_at: datetime | None = None
    last_error: str | None = None
    notified_at: datetime | None = None  # when an unknown end was named in a later digest
