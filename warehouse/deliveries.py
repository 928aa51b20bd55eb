"""The outbox: how far each message got.

    pending ──begin──▶ sending ──finish──▶ sent | failed | pending again (a later try)
                          └── found at a start: recover ──▶ unknown ──resend──▶ pending

`sending` is committed before the first byte goes out and the end after the last, so whatever is killed in between is
found as `sending` and is never sent again unasked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from news.digest import Delivery, DeliveryState
from news.errors import StepError
from warehouse.transaction import Row, Transaction

_COLUMNS = """
    SELECT delivery_id, digest_id, subscriber, channel, message_id, state, created_at, attempts, next_at, last_error,
        notified_at
    FROM deliveries
"""
_ORDER = " ORDER BY created_at, subscriber, channel, delivery_id"


def outbox(tx: Transaction, now: datetime) -> list[Delivery]:
    """Messages that wait to be sent and are due at `now`, oldest first."""
    sql = _COLUMNS + " WHERE state = 'pending' AND (next_at IS NULL OR next_at <= $now)" + _ORDER
    return [_delivery(row) for row in tx.rows(sql, {"now": now})]


def begin(tx: Transaction, delivery_id: str, now: datetime) -> Delivery:
    """Commit this before sending: the message is `sending`, one attempt more.

    Raises:
        StepError: it is not pending (another process has begun it, or it was sent).
    """
    if not _move(tx, delivery_id, DeliveryState.PENDING, DeliveryState.SENDING, now, attempts=1):
        raise StepError(
            f"delivery {delivery_id} is not waiting to be sent", "see `volteface deliveries`; nothing was sent"
        )
    return get(tx, delivery_id)


def finish(  # noqa: PLR0917 - one row's facts, in the order of its columns
    tx: Transaction,
    delivery_id: str,
    state: DeliveryState,
    error: str | None,
    now: datetime,
    next_at: datetime | None = None,
) -> None:
    """Commit this after sending: `sent`, `failed` for good, `unknown`, or `pending` again from `next_at` on.

    Raises:
        StepError: it was not being sent.
    """
    if not _move(tx, delivery_id, DeliveryState.SENDING, state, now, error=error, next_at=next_at):
        raise StepError(f"delivery {delivery_id} was not being sent", "see `volteface deliveries`")


def recover(tx: Transaction, now: datetime, stale: timedelta) -> list[Delivery]:
    """Call before sending: messages `sending` for `stale` or longer were cut off there and are `unknown` from now on.

    A file is written in one step and written again without harm, so one that was cut off waits to be sent again.
    """
    cut_off = tx.rows(
        _COLUMNS + " WHERE state = 'sending' AND (SELECT max(entered_at) FROM delivery_events AS e"
        " WHERE e.delivery_id = deliveries.delivery_id) <= $latest" + _ORDER,
        {"latest": now - stale},
    )
    why = "cut off while it was being sent: the other side may have it"
    for row in cut_off:
        after = DeliveryState.PENDING if row["channel"] == "file" else DeliveryState.UNKNOWN
        _move(tx, row["delivery_id"], DeliveryState.SENDING, after, now, error=why)
    return [get(tx, row["delivery_id"]) for row in cut_off]


def unknown(tx: Transaction, subscriber: str) -> list[Delivery]:
    """This subscriber's messages of unknown end that no later digest has named."""
    sql = _COLUMNS + " WHERE state = 'unknown' AND notified_at IS NULL AND subscriber = $subscriber" + _ORDER
    return [_delivery(row) for row in tx.rows(sql, {"subscriber": subscriber})]


def notified(tx: Transaction, delivery_ids: Sequence[str], now: datetime) -> None:
    """Write down that a digest has named these; the first time counts."""
    tx.run(
        "UPDATE deliveries SET notified_at = $now"
        " WHERE notified_at IS NULL AND delivery_id IN (SELECT unnest($ids::VARCHAR[]))",
        {"ids": list(delivery_ids), "now": now},
    )


def resend(tx: Transaction, delivery_id: str, now: datetime) -> None:
    """The user asked: a message of unknown end, or one that failed, waits to be sent again under the same id.

    Raises:
        StepError: there is no such message in one of these states.
    """
    moved = any(
        _move(tx, delivery_id, state, DeliveryState.PENDING, now)
        for state in (DeliveryState.UNKNOWN, DeliveryState.FAILED)
    )
    if not moved:
        raise StepError(
            f"delivery {delivery_id} is neither unknown nor failed", "`volteface deliveries` lists those that are"
        )


def payload(tx: Transaction, delivery_id: str) -> dict[str, bytes]:
    """The rendered message, by format."""
    rows = tx.rows("SELECT format, content FROM payloads WHERE delivery_id = $id ORDER BY format", {"id": delivery_id})
    return {row["format"]: row["content"] for row in rows}


def get(tx: Transaction, delivery_id: str) -> Delivery:
    """One message.

    Raises:
        StepError: there is none of that id.
    """
    row = tx.row(_COLUMNS + " WHERE delivery_id = $id", {"id": delivery_id})
    if row is None:
        raise StepError(f"there is no delivery {delivery_id}", "`volteface deliveries` lists them")
    return _delivery(row)


def _move(
    tx: Transaction,
    delivery_id: str,
    before: DeliveryState,
    after: DeliveryState,
    now: datetime,
    *,
    attempts: int = 0,
    error: str | None = None,
    next_at: datetime | None = None,
) -> bool:
    """Change a message's state and write the change down; False when it was not in the state before."""
    params = {
        "id": delivery_id,
        "before": before.value,
        "after": after.value,
        "now": now,
        "attempts": attempts,
        "error": error,
        "next_at": next_at,
    }
    moved = tx.run(
        "UPDATE deliveries SET state = $after, attempts = attempts + $attempts, next_at = $next_at,"
        " last_error = $error WHERE delivery_id = $id AND state = $before",
        params,
    )
    if moved:
        tx.run(
            "INSERT INTO delivery_events BY NAME SELECT $id AS delivery_id,"
            " (SELECT count(*) + 1 FROM delivery_events WHERE delivery_id = $id) AS n,"
            " $now AS entered_at, $after AS state, $error AS error",
            params,
        )
    return moved > 0


def _delivery(row: Row) -> Delivery:
    return Delivery(**{**row, "state": DeliveryState(row["state"])})
