"""An invented world for the alerts: two countries, one river, one dam, and what their officials say about it."""

import socket
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alerts.channels.protocol import Outgoing
from alerts.digest import compose
from alerts.messages import compose_mail
from alerts.render import render
from news.digest import Tally
from news.finding import Evidence, Finding, FindingKind
from news.topic import Entity, Outlet, Proposition, Subscriber, Topic

SINCE = datetime(2024, 10, 23, 6, tzinfo=UTC)
UNTIL = datetime(2024, 10, 24, 18, tzinfo=UTC)
FILLING, TALKS, TREATY = "osk-filling", "osk-talks", "osk-treaty"


def evidence(holder, words, on, outlet="ledger", url="https://ledger.example/osk?id=7&p=1"):
    return Evidence("clm_" + str(abs(hash(words)) % 10**8), holder, words, url, outlet, on)


def finding(finding_id, kind, **given):
    plain = {
        "at": date(2024, 10, 24),
        "recorded_at": UNTIL - timedelta(hours=2),
        "sentence": "A sentence about it.",
        "proposition": FILLING,
        "confidence": 0.9,
    }
    return Finding(finding_id=finding_id, kind=kind, **{**plain, **given})


def shift(**given):
    plain = {
        "actor": "vardania",
        "sentence": (
            "Asked directly on 24 October, the president did not repeat the denial his minister gave a fortnight "
            "before, and a president outranks a minister."
        ),
        "before": (
            evidence("Ilan Teresk", "“Not a drop has been held back,” the water minister said.", date(2024, 10, 10)),
        ),
        "after": (
            evidence(
                "Mara Voss",
                "Asked whether the lake was rising, Voss answered that what her country does with its river is its "
                "own affair.",
                date(2024, 10, 24),
                "wire",
                "https://wire.example/2024/10/24/voss",
            ),
        ),
        "detail": {"kind": "concession", "from": "denies", "to": "neutral", "at": "2024-10-24"},
        "single_origin": True,
    }
    return finding(given.pop("finding_id", "fnd_shift"), FindingKind.SHIFT, **{**plain, **given})


def every_kind():
    """One finding of each kind, as a busy day has them."""
    return [
        finding(
            "fnd_trouble",
            FindingKind.SOURCE_TROUBLE,
            proposition=None,
            sentence="The feed of Kesh Radio has given nothing since 19 October.",
        ),
        finding(
            "fnd_figure",
            FindingKind.FIGURE,
            sentence="The number of families told to leave has grown more than sixfold in eight days.",
            detail={
                "line": "families told to leave the Osk valley",
                "unit": "families",
                "values": [
                    {"value": 1500.0, "on": "2024-10-16", "holder": "Kesh Relief", "url": "https://relief.example/1"},
                    {"value": 3000, "high": 3000, "on": "2024-10-20", "holder": "Kesh Relief", "url": "ftp://x/"},
                    {"value": 10000, "on": "2024-10-24", "holder": "Oda Brandt", "url": "https://wire.example/o"},
                ],
            },
        ),
        shift(),
        shift(finding_id="fnd_own", holder="Mara Voss"),
        finding(
            "fnd_dispute",
            FindingKind.DISPUTE,
            sentence="Kesh says the filling has begun; Vardania's minister said it had not.",
            detail={"between": ["kesh", "vardania"], "since": "2024-10-12"},
            before=(evidence("Oda Brandt", "Brandt said the gauge at Lom had fallen by a third.", date(2024, 10, 12)),),
            after=(evidence("Ilan Teresk", "The minister called it a dry autumn.", date(2024, 10, 13), "wire"),),
        ),
        finding(
            "fnd_new",
            FindingKind.NEW_CLAIM,
            proposition=TALKS,
            sentence="Oda Brandt says that both governments will meet in Lom on 3 November",
            actor="kesh",
            confidence=0.7,
            after=(
                evidence(
                    "Oda Brandt", "“We meet in Lom on the third,” said Brandt.", date(2024, 10, 24), "unknown.example"
                ),
            ),
        ),
    ]


@pytest.fixture
def topic():
    return Topic(
        id="osk",
        title="The Osk dam",
        path="osk.toml",
        entities=(Entity("vardania", "Vardania", "country"), Entity("kesh", "Kesh", "country")),
        propositions=(
            Proposition(FILLING, "Vardania has begun to fill the Osk dam.", ()),
            Proposition(TALKS, "The two countries will hold talks on the river", ()),
            Proposition(TREATY, "The treaty of Lom binds Vardania", ()),
        ),
        outlets=(Outlet("ledger", "The Lom Ledger"), Outlet("wire", "Valley Wire")),
        subscribers=(Subscriber("desk", "Water Desk", "email", "desk@paper.example"),),
    )


@pytest.fixture
def subscriber(topic):
    return topic.subscribers[0]


@pytest.fixture
def digest(topic, subscriber):
    return compose(
        every_kind(),
        subscriber,
        topic,
        SINCE,
        UNTIL,
        Tally(sources=12, pages=240, articles=181, copies=96, off_topic=31, claims=410),
        ["Kesh Radio has been silent since 19 October.", "14 pages in Vardanian were filed and not read."],
        ["The digest of 3 May 2024 may or may not have reached desk by email: its end was not seen."],
    )


@pytest.fixture
def world():
    """What the tests build on: the makers of findings, the days, the propositions."""
    return {
        "finding": finding,
        "shift": shift,
        "evidence": evidence,
        "every_kind": every_kind,
        "since": SINCE,
        "until": UNTIL,
        "filling": FILLING,
        "talks": TALKS,
        "treaty": TREATY,
        "replace": replace,
    }


@pytest.fixture
def outgoing(digest, topic, subscriber):
    rendered = render(digest, topic)
    mail = compose_mail(rendered, digest, subscriber, "Volteface <volteface@paper.example>", "<dlv_1@osk.volteface>")
    return Outgoing(
        delivery_id="dlv_1",
        message_id="<dlv_1@osk.volteface>",
        address="desk@paper.example",
        subject=rendered.subject,
        mail=mail,
        html=rendered.html,
        text=rendered.text,
        slack=rendered.slack,
        json=rendered.json,
    )


@pytest.fixture
def scripted():
    """Starts a server that accepts one connection at a time and does with each what the given function does."""
    servers = []

    def start(act):
        listening = socket.create_server(("127.0.0.1", 0))
        listening.settimeout(20)
        calls = []

        def serve():
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    connection.settimeout(20)
                    with connection, suppress(OSError):
                        calls.append(None)
                        act(connection)

        threading.Thread(target=serve, daemon=True).start()
        servers.append(listening)
        return listening.getsockname()[1], calls

    yield start
    for listening in servers:
        # A bare close does not wake the thread that waits in accept.
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
