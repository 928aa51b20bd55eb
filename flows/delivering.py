"""The last two steps: compose what each subscriber is told, and see each message out, never twice unasked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alerts.channels.protocol import Channel, Outgoing
from alerts.digest import compose
from alerts.messages import compose_mail
from alerts.outbox import after_failure, due, notices
from alerts.render import render
from flows.channels import address_of, open_channel
from flows.desk import Desk
from flows.progress import tell
from flows.stages import health
from news.digest import Delivery, DeliveryState, Digest, Tally
from news.errors import ConfigurationError, TransportError
from news.health import unseen
from news.identity import stable_id
from news.topic import Subscriber
from warehouse import articles, deliveries, digests, findings, rounds
from warehouse.transaction import Transaction

STALE = timedelta(minutes=10)  # longer than any channel's own deadline: whoever began this sending is gone


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one pass over the outbox did; `problems` are lines for the user, one a message that did not go out."""

    sent: int
    problems: tuple[str, ...] = ()


def digest(desk: Desk, now: datetime, stale: timedelta = STALE) -> list[Digest]:
    """Composes a digest for every subscriber whose time has come and for whom there is something to tell.

    Messages found half sent, for `stale` or longer, are marked unknown first, so that these digests name them.
    """
    with desk.warehouse.transaction() as tx:
        deliveries.recover(tx, now, stale)
    made = []
    for subscriber in desk.topic.subscribers:
        if _unaddressed(subscriber, desk):
            continue  # what there is to tell is kept until there is an address; `deliver` says so
        one = _digest_for(desk, subscriber, now)
        if one is not None:
            made.append(one)
            tell("digests")
    return made


def _unaddressed(subscriber: Subscriber, desk: Desk) -> str | None:
    """Why no mail can be written to a subscriber: a letter in the outbox has its address. None when it can."""
    if subscriber.channel != "email":
        return None
    try:
        address_of(subscriber, desk.settings)
    except ConfigurationError as error:
        return str(error)
    return None


def _digest_for(desk: Desk, subscriber: Subscriber, now: datetime) -> Digest | None:
    with desk.warehouse.transaction() as tx:
        last = digests.last(tx, subscriber.id)
        if last is not None and now - last < subscriber.every:
            return None
        since = last or now - subscriber.every
        unknown = deliveries.unknown(tx, subscriber.id)
        found = findings.undigested(tx, subscriber.id, since, now)
        one = compose(found, subscriber, desk.topic, since, now, *_surroundings(desk, tx, since, now), notices(unknown))
        if not one.findings:
            # Nothing to tell is told by silence; what could not be delivered is named in the next digest there is.
            return None
        message_id = f"<{stable_id('msg', one.digest_id, subscriber.channel)}@{desk.topic.id}.volteface>"
        digests.record(tx, one, [(subscriber.channel, message_id, _forms(desk, one, subscriber, message_id))], now)
        deliveries.notified(tx, [item.delivery_id for item in unknown], now)
    return one


def preview(desk: Desk, since: datetime, until: datetime) -> Digest:
    """What a subscriber to everything would be told about a span; nothing is written or sent."""
    reader = Subscriber(id="preview", name="Preview", channel="file")
    with desk.warehouse.reading() as tx:
        found = findings.undigested(tx, reader.id, since, until, everything=True)
        return compose(found, reader, desk.topic, since, until, *_surroundings(desk, tx, since, until), ())


def _surroundings(desk: Desk, tx: Transaction, since: datetime, until: datetime) -> tuple[Tally, tuple[str, ...]]:
    """The span in numbers, and what could not be seen in it."""
    unread = articles.unread_languages(tx, since, until)
    return rounds.tally(tx, since, until), unseen(health(desk, tx, until), unread, until)


def _forms(desk: Desk, one: Digest, subscriber: Subscriber, message_id: str) -> dict[str, str | bytes]:
    """The digest in every form it is kept in, so that what goes out later is what was decided now."""
    rendered = render(one, desk.topic)
    addressed = subscriber
    if subscriber.channel == "email" and subscriber.address is None:
        addressed = replace(subscriber, address=address_of(subscriber, desk.settings))
    return {
        "subject": rendered.subject,
        "mail": compose_mail(rendered, one, addressed, desk.settings.sender, message_id),
        "html": rendered.html,
        "text": rendered.text,
        "slack": json.dumps(rendered.slack),
        "json": json.dumps(rendered.json),
    }


def deliver(desk: Desk, now: datetime, stale: timedelta = STALE) -> Delivered:
    """Sends what is due. A message found half sent is marked unknown; one that fails is tried again later.

    The problems name every message that did not go out, and every subscriber who could not be written to.
    """
    with desk.warehouse.transaction() as tx:
        deliveries.recover(tx, now, stale)
        waiting = due(deliveries.outbox(tx, now), now)
    problems = [line for delivery in waiting if (line := _send(desk, delivery, now))]
    silent = [line for subscriber in desk.topic.subscribers if (line := _unaddressed(subscriber, desk))]
    return Delivered(len(waiting) - len(problems), (*problems, *silent))


def resend(desk: Desk, delivery_id: str, now: datetime) -> str | None:
    """Sends one message of unknown or failed end again, as asked; returns the line to show when it did not go out.

    Raises:
        StepError: there is no such message in such a state.
    """
    with desk.warehouse.transaction() as tx:
        deliveries.resend(tx, delivery_id, now)
        delivery = deliveries.get(tx, delivery_id)
    return _send(desk, delivery, now)


def _send(desk: Desk, delivery: Delivery, now: datetime) -> str | None:
    """Sends one message; returns the line to show when it did not go out."""
    subscriber = next((one for one in desk.topic.subscribers if one.id == delivery.subscriber), None)
    if subscriber is None:
        return f"{delivery.delivery_id}: subscriber {delivery.subscriber} is no longer in the topic file"
    try:
        channel = open_channel(subscriber, desk.settings)
        address = address_of(subscriber, desk.settings)
    except ConfigurationError as error:
        return f"{delivery.delivery_id} to {subscriber.id}: {error}"
    with desk.warehouse.transaction() as tx:
        forms = deliveries.payload(tx, delivery.delivery_id)
        begun = deliveries.begin(tx, delivery.delivery_id, now)
    return _settle(desk, delivery, channel, _outgoing(begun, address, forms), now)


def _outgoing(delivery: Delivery, address: str, forms: Mapping[str, bytes]) -> Outgoing:
    return Outgoing(
        delivery_id=delivery.delivery_id,
        message_id=delivery.message_id,
        address=address,
        subject=forms["subject"].decode(),
        mail=forms["mail"],
        html=forms["html"].decode(),
        text=forms["text"].decode(),
        slack=json.loads(forms["slack"]),
        json=json.loads(forms["json"]),
    )


def _settle(desk: Desk, delivery: Delivery, channel: Channel, outgoing: Outgoing, now: datetime) -> str | None:
    state, next_at, line = DeliveryState.SENT, None, None
    try:
        channel.send(outgoing)
        tell("delivered")
    except TransportError as error:
        state, next_at = after_failure(delivery, error, now)
        line = f"{delivery.delivery_id} to {delivery.subscriber} by {delivery.channel}: {error}"
    with desk.warehouse.transaction() as tx:
        deliveries.finish(tx, delivery.delivery_id, state, line, now, next_at=next_at)
    return line


def problems_of(results: Sequence[Delivered]) -> list[str]:
    """Every line to show, of several passes, each once."""
    return list(dict.fromkeys(line for one in results for line in one.problems))
