"""What leaves the outbox next, and what a failure means."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.outbox import BACKOFF, after_failure, due, notices
from news.digest import Delivery, DeliveryState
from news.errors import TransportError

NOW = datetime(2024, 5, 4, 9, tzinfo=UTC)
LETTER = Delivery(
    "dlv_1", "dig_1", "desk", "email", "<dlv_1@osk>", DeliveryState.PENDING, datetime(2024, 5, 3, 9, tzinfo=UTC)
)


@pytest.mark.parametrize("state", [one for one in DeliveryState if one is not DeliveryState.PENDING])
def test_only_what_is_pending_goes_out(state):
    """A message that is sent, failed, unknown or being sent never goes out by itself."""
    assert due([replace(LETTER, state=state)], NOW) == []


def test_the_oldest_goes_first_and_none_before_its_time():
    """Messages leave in the order they were made; one that waits for a retry waits."""
    later = replace(LETTER, delivery_id="dlv_2", created_at=NOW)
    waiting = replace(LETTER, delivery_id="dlv_3", next_at=NOW + timedelta(seconds=1))
    ready = replace(LETTER, delivery_id="dlv_0", next_at=NOW, created_at=NOW - timedelta(hours=1))
    assert [one.delivery_id for one in due([later, waiting, ready, LETTER], NOW)] == ["dlv_1", "dlv_0", "dlv_2"]


def test_waits_grow_and_then_it_has_failed():
    """A server that is away is tried at the next round, after 5, 30 minutes, 2 and 12 hours, and then no more."""
    waits = [after_failure(replace(LETTER, attempts=n), TransportError("away"), NOW) for n in range(6)]
    assert [(state, next_at and next_at - NOW) for state, next_at in waits] == [
        *((DeliveryState.PENDING, wait) for wait in BACKOFF),
        (DeliveryState.FAILED, None),
    ]


def test_a_refusal_for_good_is_not_tried_again():
    """What the server refused for good has failed at once."""
    assert after_failure(LETTER, TransportError("no", permanent=True), NOW) == (DeliveryState.FAILED, None)


def test_an_end_that_was_not_seen_never_goes_again_by_itself():
    """Whatever may have arrived is unknown, however few the tries and whatever else the error says."""
    error = TransportError("lost", unknown=True, permanent=True)
    assert after_failure(LETTER, error, NOW) == (DeliveryState.UNKNOWN, None)


@given(st.one_of(st.none(), st.floats()), st.integers(0, 20))
def test_a_server_that_asks_for_time_gets_it_up_to_a_day(seconds, attempts):
    """The wait is at least ours and at most a day, whatever number the other side sends."""
    state, next_at = after_failure(
        replace(LETTER, attempts=attempts), TransportError("slow down", retry_after_s=seconds), NOW
    )
    assert (next_at is None) == (state is DeliveryState.FAILED)
    if next_at is not None:
        assert BACKOFF[attempts] <= next_at - NOW <= timedelta(days=1)


def test_an_unknown_end_is_told_with_the_command_that_mends_it():
    """The next digest says which message may not have come, and how to have it again."""
    assert notices([replace(LETTER, state=DeliveryState.UNKNOWN)]) == (
        (
            "The digest of 3 May 2024 may or may not have reached desk by email: its end was not seen. "
            "`volteface deliveries resend dlv_1` sends it again."
        ),
    )


def test_a_failed_message_is_told_with_its_reason():
    """A message given up is named, with the other side's words made harmless."""
    failed = replace(LETTER, state=DeliveryState.FAILED, channel="slack", last_error="410\x1b[2J gone")
    assert notices([LETTER, failed]) == (
        (
            "The digest of 3 May 2024 did not reach desk on Slack (410[2J gone). "
            "`volteface deliveries resend dlv_1` sends it again."
        ),
    )
