"""A message is never sent twice unasked and never lost unnamed, wherever its sender is killed."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from aiosmtpd.controller import Controller

from flows.delivering import resend
from flows.job import Job, open_desk
from news.finding import Evidence, Finding, FindingKind
from tests.places import ROOT, clean_environment, free_port
from warehouse import deliveries, findings, listings

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)
DRIVER = ROOT / "tests" / "flows" / "deliver_driver.py"
SUBSCRIBERS = """
[[subscribers]]
id = "mail"
name = "River desk"
channel = "email"
address = "desk@river.example"
every = "1d"
"""
SLACK = """
[[subscribers]]
id = "slack"
name = "River channel"
channel = "slack"
address_env = "RIVER_WEBHOOK"
every = "1d"
"""


def finding(number, at):
    """A finding worth a digest."""
    words = f"We fill it now, for the {number}th time."
    return Finding(
        finding_id=f"fnd_{number}",
        kind=FindingKind.NEW_CLAIM,
        at=at.date(),
        recorded_at=at,
        sentence=f"Claim {number}.",
        proposition="velmora-fills-reservoir",
        actor="velmora",
        after=(Evidence(None, "The prime minister", words, "http://a.example/", "A", at.date()),),
    )


class Post:
    """A mail server that can kill its client before, at or after its acceptance, and keeps what it accepted."""

    def __init__(self):
        self.accepted = []
        self.kill_at = None
        self.client = None

    def strike(self, point):
        """Kills the client when this is the point."""
        if self.kill_at == point:
            self.client.kill()
            self.client.wait()

    async def handle_MAIL(self, server, session, envelope, address, mail_options):  # noqa: N802 - aiosmtpd calls it so
        """The sender has said who it is; nothing of the message has come."""
        self.strike("before")
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd calls it so
        """The whole message is here; the reply has not gone out."""
        self.accepted.append(message_from_bytes(envelope.content)["Message-ID"])
        self.strike("during")
        return "250 taken"

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802 - aiosmtpd calls it so
        """The sender has our acceptance, and has written down nothing yet."""
        self.strike("after")
        return "221 bye"


@pytest.fixture
def post():
    """The mail server, listening, and its address."""
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, f"smtp://127.0.0.1:{controller.port}?starttls=no"
    controller.stop()


@pytest.fixture
def desk(tmp_path):
    """A desk with one finding to tell, and its job; its only subscriber gets mail."""
    return make_desk(tmp_path, SUBSCRIBERS)


def make_desk(folder, subscribers):
    """The dam topic with other subscribers, on a warehouse of its own."""
    text = (ROOT / "tests" / "topics" / "dam-dispute.toml").read_text(encoding="utf-8")
    topic = folder / "dam.toml"
    topic.write_text(text[: text.index("[[subscribers]]")] + subscribers, encoding="utf-8")
    job = Job(topic=str(topic), warehouse=str(folder / "dam.duckdb"))
    made = open_desk(job)
    with made.warehouse.transaction() as tx:
        findings.record(tx, [finding(1, NOW)])
    return made, job


def send(job, moment, **environment):
    """Starts the sender."""
    return subprocess.Popen(
        [sys.executable, DRIVER, job.topic, job.warehouse, moment.isoformat()],
        env=clean_environment(PYTHONPATH=str(ROOT), **environment),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def states(desk):
    """The messages' states, oldest first."""
    with desk.warehouse.reading() as tx:
        return [(row["delivery_id"], row["state"], row["message_id"]) for row in listings.listing(tx, "deliveries")]


@pytest.mark.parametrize("point", ["before", "during", "after"])
def test_mail_killed_at_any_point_goes_again_only_when_asked(desk, post, monkeypatch, point):
    """Cut off before, during or after the server's acceptance, a mail is named in the next digest and goes if asked."""
    made, job = desk
    handler, address = post
    handler.kill_at = point
    handler.client = send(job, NOW, VOLTEFACE_SMTP=address)
    handler.client.wait(60)
    assert [state for _, state, _ in states(made)] == ["sending"]
    handler.kill_at = None
    accepted = list(handler.accepted)
    assert len(accepted) == (0 if point == "before" else 1)

    later = NOW + timedelta(days=2)
    with made.warehouse.transaction() as tx:
        findings.record(tx, [finding(2, later)])
    assert send(job, later, VOLTEFACE_SMTP=address).wait(60) == 0
    (first, state, message_id), (second, state_2, _) = states(made)
    assert (state, state_2) == ("unknown", "sent")
    assert len(handler.accepted) == len(accepted) + 1
    with made.warehouse.reading() as tx:
        named = " ".join(deliveries.payload(tx, second)["text"].decode().split())
    assert f"deliveries resend {first}" in named

    monkeypatch.setenv("VOLTEFACE_SMTP", address)
    open_desk.cache_clear()
    assert resend(open_desk(job), first, later) is None
    assert handler.accepted[-1] == message_id
    assert handler.accepted.count(message_id) == len(accepted) + 1


class Webhook(BaseHTTPRequestHandler):
    """A Slack-compatible webhook that can kill its client before it answers."""

    def do_POST(self):
        """Takes a message."""
        self.server.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        if self.server.client is not None:
            self.server.client.kill()
            self.server.client.wait()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        """Says nothing."""


def test_a_slack_message_cut_off_is_unknown_and_not_repeated(tmp_path):
    """Killed after the webhook has the message, before its answer: unknown, and not posted again by itself."""
    made, job = make_desk(tmp_path, SLACK)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Webhook)
    server.taken, server.client = [], None
    Thread(target=server.serve_forever, daemon=True).start()
    webhook = f"http://127.0.0.1:{server.server_address[1]}/services/secret"
    try:
        server.client = process = send(job, NOW, RIVER_WEBHOOK=webhook)
        process.wait(60)
        server.client = None
        for days in (1, 2):
            assert send(job, NOW + timedelta(days=days), RIVER_WEBHOOK=webhook).wait(60) == 0
    finally:
        server.shutdown()
        server.server_close()
    assert [state for _, state, _ in states(made)] == ["unknown"]
    assert len(server.taken) == 1
    assert server.taken[0]["blocks"]


def test_a_server_that_is_away_gets_the_mail_later_once(desk, post):
    """While the server cannot be reached the mail waits, with the reason; when it is back it goes out, once."""
    made, job = desk
    handler, address = post
    away = f"smtp://127.0.0.1:{free_port()}?starttls=no"
    process = send(job, NOW, VOLTEFACE_SMTP=away)
    said = process.communicate(timeout=60)[0].decode()
    assert process.returncode == 1
    assert "127.0.0.1" in said
    assert [state for _, state, _ in states(made)] == ["pending"]
    assert send(job, NOW + timedelta(hours=1), VOLTEFACE_SMTP=address).wait(60) == 0
    assert send(job, NOW + timedelta(hours=2), VOLTEFACE_SMTP=address).wait(60) == 0
    assert [state for _, state, _ in states(made)] == ["sent"]
    assert len(handler.accepted) == 1
