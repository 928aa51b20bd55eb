"""What leaves the outbox next, what a failure means for a message, and what the reader must be told: pure.

pending ──begin──▶ sending ──accepted──▶ sent
   ▲                 │ │
   └─not sent, later─┘ ├─refused, or tries used up──▶ failed
                       └─end not seen──────────────▶ unknown   (again only by `deliveries resend`)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from alerts.dates import day
from alerts.plain import clean, clip
from news.digest import Delivery, DeliveryState
from news.errors import TransportError

BACKOFF = (
    timedelta(0),  # the very next round: a server that was restarted is there again
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
_LONGEST_WISH = timedelta(days=1)
_WAYS = {"email": "by email", "slack": "on Slack", "file": "as a file"}


def due(deliveries: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """The messages to send now, oldest first: pending ones whose time has come, and no other state."""
    ready = [
        one for one in deliveries if one.state is DeliveryState.PENDING and (one.next_at is None or one.next_at <= now)
    ]
    return sorted(ready, key=lambda one: (one.created_at, one.delivery_id))


def after_failure(delivery: Delivery, error: TransportError, now: datetime) -> tuple[DeliveryState, datetime | None]:
    """The state after a send that raised, and when to try again (None: never by itself).

    `delivery.attempts` counts the tries before the one that failed. The next round tries again; then the waits
    are five minutes, half an hour, two and twelve hours; the other side's wish to wait longer is granted up to a day.
    """
    if error.unknown:
        return DeliveryState.UNKNOWN, None
    if error.permanent or delivery.attempts >= len(BACKOFF):
        return DeliveryState.FAILED, None
    # As seconds first, for a server may ask for more than a timedelta holds; 0.0 first, for max then drops a NaN.
    wish = min(max(0.0, error.retry_after_s or 0.0), _LONGEST_WISH.total_seconds())
    return DeliveryState.PENDING, now + max(BACKOFF[delivery.attempts], timedelta(seconds=wish))


def notices(unknown: Sequence[Delivery]) -> tuple[str, ...]:
    """One sentence for each message whose end was not seen, or that failed for good, with the command that mends it."""
    told = (DeliveryState.UNKNOWN, DeliveryState.FAILED)
    return tuple(
        _notice(one) for one in sorted(unknown, key=lambda one: (one.created_at, one.delivery_id)) if one.state in told
    )


def _notice(delivery: Delivery) -> str:
    what = f"The digest of {day(delivery.created_at.date())}"
    way = f"{clean(delivery.subscriber)} {_WAYS.get(delivery.channel, 'by ' + clean(delivery.channel))}"
    again = f"`volteface deliveries resend {clean(delivery.delivery_id)}` sends it again."
    if delivery.state is DeliveryState.UNKNOWN:
        return f"{what} may or may not have reached {way}: its end was not seen. {again}"
    why = f" ({clip(clean(delivery.last_error), 160)})" if delivery.last_error else ""
    return f"{what} did not reach {way}{why}. {again}"
