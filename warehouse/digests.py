"""Digests and the messages that carry them, written down together: neither without the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from news.digest import DeliveryState, Digest
from news.identity import stable_id
from warehouse.encoding import packed
from warehouse.queries import query
from warehouse.transaction import Row, Transaction

Message = tuple[str, str, Mapping[str, str | bytes]]
"""A channel, the message id (the same at every attempt), and the digest rendered in each format it is kept in."""


def last(tx: Transaction, subscriber: str) -> datetime | None:
    """The end of the span that this subscriber's latest digest told of, or None before the first."""
    row = tx.row("SELECT max(until) AS until FROM digests WHERE subscriber = $subscriber", {"subscriber": subscriber})
    until: datetime | None = row["until"] if row else None
    return until


def latest_text(tx: Transaction) -> str | None:
    """The plain text of the latest digest of all, or None before the first."""
    row = tx.row(query("latest_digest_text"))
    return bytes(row["content"]).decode("utf-8", "replace") if row else None


def record(tx: Transaction, digest: Digest, messages: Sequence[Message], now: datetime) -> bool:
    """Write down a digest and put its messages into the outbox; False when it was there already (nothing changes)."""
    row: Row = {
        "digest_id": digest.digest_id,
        "subscriber": digest.subscriber,
        "topic_id": digest.topic_id,
        "topic_title": digest.topic_title,
        "since": digest.since,
        "until": digest.until,
        "tally": packed(asdict(digest.tally)),
        "unseen": packed(list(digest.unseen)),
        "notices": packed(list(digest.notices)),
        "recorded_at": now,
    }
    if not tx.insert("digests", [row]):
        return False
    told = [
        {"digest_id": digest.digest_id, "place": place, "finding_id": finding.finding_id}
        for place, finding in enumerate(digest.findings, 1)
    ]
    tx.insert("digest_findings", told)
    for message in messages:
        _post(tx, digest, message, now)
    return True


def _post(tx: Transaction, digest: Digest, message: Message, now: datetime) -> None:
    channel, message_id, rendered = message
    delivery_id = stable_id("dlv", digest.digest_id, channel, message_id)
    pending = DeliveryState.PENDING.value
    delivery: Row = {
        "delivery_id": delivery_id,
        "digest_id": digest.digest_id,
        "subscriber": digest.subscriber,
        "channel": channel,
        "message_id": message_id,
        "state": pending,
        "created_at": now,
        "attempts": 0,
    }
    tx.insert("deliveries", [delivery])
    tx.insert("delivery_events", [{"delivery_id": delivery_id, "n": 1, "entered_at": now, "state": pending}])
    payloads: list[Row] = [
        {
            "delivery_id": delivery_id,
            "format": name,
            "content": text if isinstance(text, bytes) else text.encode("utf-8", "replace"),
        }
        for name, text in rendered.items()
    ]
    tx.insert("payloads", payloads)
