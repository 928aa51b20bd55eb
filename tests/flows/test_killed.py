"""A round killed anywhere and run again ends as one that never was: same rows, same digests, no mail twice."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller

from demo.world import days, load_pages
from news.topic_file import load_topic
from tests.places import ROOT, free_port
from warehouse.store import Warehouse

TOPIC = ROOT / "topics" / "dprk-alignment.toml"
DRIVER = ROOT / "tests" / "flows" / "replay_driver.py"
MAIL_SUBSCRIBER = """
[[subscribers]]
id = "mail"
name = "The desk by mail"
channel = "email"
address = "desk@desk.example"
every = "2d"
"""
KILLS = 10
# What a replay comes to. Times it took and how often a server was asked are no part of it.
FACTS = {
    "articles": "from articles order by all",
    "revisions": "from revisions order by all",
    "copies": "from copies order by all",
    "claims": "from v_claims order by claim_id",
    "stances": "from v_claim_propositions order by all",
    "positions": "from v_positions order by all",
    "findings": "from findings order by finding_id, version",
    "corrections": "from corrections order by all",
    "collated": "from collated_mutations order by all",
    "polls": "select * exclude (took_ms) from polls order by all",
    "told": "from digest_findings order by all",
}


class Mailbox:
    """A mail server's handler that keeps every message it accepted."""

    def __init__(self):
        self.accepted = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd calls it so
        """Takes the message."""
        self.accepted.append(message_from_bytes(envelope.content)["Message-ID"])
        return "250 taken"


@pytest.fixture
def mailbox():
    """A real SMTP server on loopback, and what it accepted."""
    handler = Mailbox()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, f"smtp://127.0.0.1:{controller.port}?starttls=no"
    controller.stop()


def moments():
    """The simulated moments of the weeks in which most happens."""
    return [one.isoformat() for one in days(load_pages()) if "2024-10-05" <= one.isoformat() <= "2024-11-10"]


def start(folder, environment):
    """Starts the replay as a process of its own."""
    folder.mkdir(exist_ok=True)
    overlay = folder / "wire.toml"
    overlay.write_text((ROOT / "demo" / "wire.toml").read_text(encoding="utf-8") + MAIL_SUBSCRIBER, encoding="utf-8")
    command = [sys.executable, DRIVER, TOPIC, overlay, folder, *moments()]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)


def facts(folder):
    """Everything a replay came to, by kind."""
    topic = load_topic(TOPIC)
    with Warehouse.open(folder / "demo.duckdb", topic.id, topic.path).reading() as tx:
        found = {name: tx.rows(sql) for name, sql in FACTS.items()}
        deliveries = tx.rows("from v_deliveries where channel = 'email' order by created_at")
        texts = {row["digest_id"]: str(row) for row in tx.rows("from digests")}
    return found, deliveries, texts


def wait_until_under_way(process, clock, before):
    """Waits until the process has moved the simulated clock, or has ended."""
    while process.poll() is None and (not clock.exists() or clock.stat().st_mtime_ns == before):
        time.sleep(0.02)


def check(folder, expected, handler):
    """The folder's replay ended like the unbroken one, and each of its mails went once or is named as unknown."""
    found, deliveries, texts = facts(folder)
    for name, rows in expected.items():
        assert found[name] == rows, name
    accepted = Counter(handler.accepted)
    assert max(accepted.values()) == 1
    for number, row in enumerate(deliveries):
        if row["state"] == "sent":
            assert accepted[row["message_id"]] == 1
        else:
            assert row["state"] == "unknown"
            later = [texts[one["digest_id"]] for one in deliveries[number + 1 :]]
            assert not later or any(row["delivery_id"] in text for text in later)


@pytest.mark.slow
@pytest.mark.timeout(420)
def test_a_killed_replay_ends_like_an_unbroken_one(prefect_server, mailbox, tmp_path):
    """Killed at ten random points and run again, a replay ends in the same rows; no mail goes twice or is lost."""
    handler, address = mailbox
    environment = prefect_server | {"VOLTEFACE_SMTP": address, "PYTHONPATH": str(ROOT)}
    whole = start(tmp_path / "whole", environment)
    wait_until_under_way(whole, tmp_path / "whole" / "clock", 0)
    begun = time.monotonic()
    assert whole.wait(200) == 0, (tmp_path / "whole" / "log").read_text()
    span = time.monotonic() - begun
    expected, sent, _ = facts(tmp_path / "whole")
    assert Counter(handler.accepted) == {row["message_id"]: 1 for row in sent}
    assert len(sent) > 3

    handler.accepted.clear()
    kills, folder = 0, tmp_path / "broken-0"
    while kills < KILLS:
        before = (folder / "clock").stat().st_mtime_ns if (folder / "clock").exists() else 0
        broken = start(folder, environment)
        wait_until_under_way(broken, folder / "clock", before)
        # Real chance: every run of the test kills at other points, so in time it kills everywhere.
        time.sleep(random.uniform(0, span / 5))  # noqa: S311 - where to kill is no secret
        broken.kill()
        if broken.wait(30) == -signal.SIGKILL:
            kills += 1
            continue
        # It had come to its end before: another one is broken from the beginning.
        assert broken.returncode == 0, (folder / "log").read_text()
        check(folder, expected, handler)
        handler.accepted.clear()
        folder = tmp_path / f"broken-{kills}"
    last = start(folder, environment)
    assert last.wait(200) == 0, (folder / "log").read_text()
    check(folder, expected, handler)
