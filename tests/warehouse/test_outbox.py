from datetime import timedelta

import pytest

from news.digest import DeliveryState, Digest, Tally
from news.errors import StepError
from news.finding import Finding, FindingKind
from tests.warehouse.records import T0, at, page
from warehouse import deliveries, digests, findings, rounds

SHIFT = Finding("fnd_1", FindingKind.SHIFT, T0.date(), at(-1), "It moved.")
DIGEST = Digest("dig_1", "desk", "dam", "The dam", at(-24), at(0), (SHIFT,), Tally(articles=3), ("One source silent.",))
FORMS = {"text": "It moved \N{SNOWMAN}", "mail": b"\x00raw\xff"}


@pytest.fixture
def posted(store):
    """A digest with one message in the outbox; gives the message's id."""
    with store.transaction() as tx:
        findings.record(tx, [SHIFT])
        assert digests.record(tx, DIGEST, [("email", "<m1@dam>", FORMS)], at(0))
        (one,) = deliveries.outbox(tx, at(0))
    return one.delivery_id


def test_a_digest_is_recorded_once_with_its_messages(store, posted):
    """A digest made again after a kill adds no second message, and its findings are not told twice."""
    with store.transaction() as tx:
        assert not digests.record(tx, DIGEST, [("email", "<m1@dam>", FORMS), ("slack", "<m2@dam>", FORMS)], at(1))
        assert len(deliveries.outbox(tx, at(1))) == 1
        assert digests.last(tx, "desk") == at(0)
        assert digests.last(tx, "somebody else") is None
        assert findings.undigested(tx, "desk", at(-9), at(9)) == []
        assert findings.undigested(tx, "somebody else", at(-9), at(9)) == [SHIFT]
        assert digests.latest_text(tx) == FORMS["text"]


def test_a_message_comes_back_to_the_byte(store, posted):
    """What is sent later is what was rendered when the digest was decided."""
    with store.reading() as tx:
        assert deliveries.payload(tx, posted) == {"text": FORMS["text"].encode(), "mail": FORMS["mail"]}


def test_a_message_goes_its_way(store, posted):
    """Begun, failed for now, tried later, sent: every change of state is a row of the log."""
    with store.transaction() as tx:
        begun = deliveries.begin(tx, posted, at(1))
        assert (begun.state, begun.attempts) == (DeliveryState.SENDING, 1)
        deliveries.finish(tx, posted, DeliveryState.PENDING, "server away", at(1), at(2))
        assert deliveries.outbox(tx, at(1.5)) == []
        (due,) = deliveries.outbox(tx, at(2))
        assert due.last_error == "server away"
        deliveries.begin(tx, posted, at(2))
        deliveries.finish(tx, posted, DeliveryState.SENT, None, at(2))
        log = tx.rows("SELECT n, state, error FROM delivery_events ORDER BY n")
    states = ["pending", "sending", "pending", "sending", "sent"]
    assert [(row["n"], row["state"]) for row in log] == list(enumerate(states, 1))
    assert [row["error"] for row in log] == [None, None, "server away", None, None]


def test_nothing_is_begun_or_finished_twice(store, posted):
    """A message another process has begun, or that was sent, cannot be begun; one not begun cannot end."""
    with store.transaction() as tx:
        with pytest.raises(StepError, match="not being sent"):
            deliveries.finish(tx, posted, DeliveryState.SENT, None, at(1))
        deliveries.begin(tx, posted, at(1))
        with pytest.raises(StepError, match="not waiting"):
            deliveries.begin(tx, posted, at(1))
        with pytest.raises(StepError, match="no delivery dlv_0"):
            deliveries.get(tx, "dlv_0")


def test_a_send_cut_off_is_unknown_and_named_once(store, posted):
    """Found sending at a start, a message is unknown: never sent again unasked, named once."""
    with store.transaction() as tx:
        deliveries.begin(tx, posted, at(1))
    with store.transaction() as tx:
        assert deliveries.recover(tx, at(2), timedelta(hours=3)) == []
        (lost,) = deliveries.recover(tx, at(2), timedelta(0))
        assert (lost.state, deliveries.outbox(tx, at(99))) == (DeliveryState.UNKNOWN, [])
        assert [one.delivery_id for one in deliveries.unknown(tx, "desk")] == [posted]
        deliveries.notified(tx, [posted], at(3))
        deliveries.notified(tx, [posted], at(4))
        assert deliveries.unknown(tx, "desk") == []
        assert deliveries.get(tx, posted).notified_at == at(3)


def test_a_file_cut_off_is_simply_written_again(store):
    """A file is written in one step and again without harm: cut off, it waits to be written again."""
    with store.transaction() as tx:
        digests.record(tx, DIGEST, [("file", "<m1@dam>", FORMS)], at(0))
        (one,) = deliveries.outbox(tx, at(0))
        deliveries.begin(tx, one.delivery_id, at(1))
        (again,) = deliveries.recover(tx, at(2), timedelta(0))
        assert (again.state, deliveries.outbox(tx, at(2))) == (DeliveryState.PENDING, [again])


def test_a_message_is_sent_again_only_when_asked(store, posted):
    """Resending puts an unknown message back under the same message id; one that was sent is left alone."""
    with store.transaction() as tx:
        with pytest.raises(StepError, match="neither unknown nor failed"):
            deliveries.resend(tx, posted, at(1))
        deliveries.begin(tx, posted, at(1))
        deliveries.recover(tx, at(2), timedelta(0))
        deliveries.resend(tx, posted, at(3))
        (again,) = deliveries.outbox(tx, at(3))
        assert (again.message_id, again.attempts) == ("<m1@dam>", 1)


def test_a_round_is_remembered_when_it_is_done(store):
    """A replay goes on after the last moment that was finished, not the last that was begun."""
    with store.transaction() as tx:
        assert rounds.last(tx, "replay") is None
        first = rounds.begin(tx, "replay", at(0), at(0))
        rounds.finish(tx, first, at(0), {"articles": 3})
        second = rounds.begin(tx, "replay", at(24), at(24))
        assert rounds.begin(tx, "replay", at(24), at(24)) == second
        assert rounds.last(tx, "replay") == at(0)
        assert rounds.last(tx, "run") is None


def test_the_tally_counts_the_span(store, filed):
    """Articles, copies and off-topic pages recorded after its beginning, up to its end."""
    filed(
        page("http://coastwire.example/0", "An old story of the river and its bridges, told long before."), now=at(-1)
    )
    filed(
        page("http://coastwire.example/1", "A new story of the dam, the gates and the villages below it, told today.")
    )
    with store.reading() as tx:
        assert rounds.tally(tx, at(-0.5), at(1)) == Tally(articles=1)
        assert rounds.tally(tx, at(-2), at(1)).articles == 2
