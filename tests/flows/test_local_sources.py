"""Sources of local files, through the steps of a round with a real warehouse: each file is taken once."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows import intake, stages
from flows.desk import Desk
from flows.intake import take_in
from flows.setting import read_settings
from news.article import FeedItem, Poll
from news.topic import Source
from news.topic_file import load_topic
from tests.places import ROOT
from warehouse import listings, polls
from warehouse.store import Warehouse

NOW = datetime(2024, 10, 24, 12, 0, tzinfo=UTC)
TEXT = "Velmora is not filling the Sarn reservoir, Water Minister Irja Tamm said in Harrowgate on Monday, story {}."


@pytest.fixture
def desk(tmp_path):
    """A desk whose topic has an inbox, and nothing else to poll."""
    topic = load_topic(ROOT / "tests" / "topics" / "dam-dispute.toml")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    sources = (Source("drop", "sarn-wire", "inbox", str(inbox), every=timedelta(minutes=1), lang="en"),)
    warehouse = Warehouse.open(tmp_path / "w.duckdb", topic.id, topic.path)
    return Desk(replace(topic, sources=sources), warehouse, read_settings({}))


@pytest.fixture
def letters(desk, tmp_path):
    """The desk with a Maildir of one newsletter instead, and the folder."""
    folder = tmp_path / "mail"
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    letter = f"Message-ID: <1@x>\nSubject: The dam\nDate: Tue, 22 Oct 2024 08:00:00 +0200\n\n{TEXT.format('m')}\n"
    (folder / "new" / "1.host").write_text(letter, encoding="utf-8")
    sources = (Source("letters", "lowmere-gazette", "mail", str(folder), every=timedelta(minutes=1), lang="en"),)
    return replace(desk, topic=replace(desk.topic, sources=sources)), folder


def live(desk, minutes):
    """One round up to filing; the number of new articles."""
    now = NOW + timedelta(minutes=minutes)
    stages.poll(desk, now)
    return take_in(desk, now).new


def rows(desk, view):
    """What the warehouse lists."""
    with desk.warehouse.reading() as tx:
        return listings.listing(tx, view)


def write_rows(path, count):
    """A JSONL file of so many rows."""
    lines = [json.dumps({"url": f"http://hill.example/{n}", "text": TEXT.format(n)}) for n in range(count)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_an_inbox_takes_every_file_once(desk, tmp_path):
    """Rows, texts and pages dropped into the inbox are filed as its outlet's, what cannot be read is named, once."""
    inbox = tmp_path / "inbox"
    write_rows(inbox / "a.jsonl", 3)
    (inbox / "note.txt").write_text("Ostrany has asked the River Council for talks.", encoding="utf-8")
    (inbox / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    assert live(desk, 0) == 4
    assert {row["outlet"] for row in rows(desk, "articles")} == {"hill.example", "sarn-wire"}
    (reject,) = rows(desk, "rejects")
    assert "photo.jpg is of no kind that is read" in reject["reason"]
    with desk.warehouse.reading() as tx:
        before = tx.rows("SELECT count(*) AS n FROM fetches")
    assert [live(desk, minutes) for minutes in (2, 4, 60 * 24 * 2)] == [0, 0, 0]
    with desk.warehouse.reading() as tx:
        assert tx.rows("SELECT count(*) AS n FROM fetches") == before
    assert all(path.exists() for path in (inbox / "a.jsonl", inbox / "note.txt", inbox / "photo.jpg"))


def test_a_file_that_grew_is_read_again_and_only_what_is_new_is_filed(desk, tmp_path):
    """Two more rows in a known file are two more articles, with no revision and no second reject of the others."""
    path = tmp_path / "inbox" / "a.jsonl"
    write_rows(path, 3)
    assert live(desk, 0) == 3
    write_rows(path, 5)
    assert live(desk, 2) == 2
    assert len(rows(desk, "articles")) == 5
    assert rows(desk, "revisions") == []


def test_a_kill_between_two_batches_costs_nothing(desk, tmp_path, monkeypatch):
    """A run that ends in the middle of a file leaves it waiting: the next one files the rest."""
    monkeypatch.setattr("flows.records.BATCH", 2)
    write_rows(tmp_path / "inbox" / "a.jsonl", 5)
    stages.poll(desk, NOW)
    whole, calls = intake.file_batch, []

    def die(*words):
        calls.append(words)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return whole(*words)

    monkeypatch.setattr(intake, "file_batch", die)
    with pytest.raises(KeyboardInterrupt):
        take_in(desk, NOW)
    assert len(rows(desk, "articles")) == 2
    monkeypatch.setattr(intake, "file_batch", whole)
    assert take_in(desk, NOW).new == 3
    assert take_in(desk, NOW).new == 0


def test_a_newsletter_is_filed_once_whatever_becomes_of_its_file(letters):
    """A message is its source's article, under an address of its own; moved or copied, it is not filed again."""
    desk, folder = letters
    assert live(desk, 0) == 1
    (row,) = rows(desk, "articles")
    assert (row["title"], row["outlet"], row["url"][:12]) == ("The dam", "lowmere-gazette", "import:mail:")
    assert row["published"].date().isoformat() == "2024-10-22"
    (folder / "new" / "1.host").rename(folder / "cur" / "1.host:2,S")
    assert live(desk, 2) == 0
    (folder / "new" / "2.host").write_bytes((folder / "cur" / "1.host:2,S").read_bytes())
    assert live(desk, 4) == 0
    assert len(rows(desk, "articles")) == 1
    assert (rows(desk, "revisions"), rows(desk, "rejects")) == ([], [])


def test_an_item_without_a_page_is_filed_as_what_its_source_says(desk):
    """A search result that hides its address becomes a partial article of its outlet, without any request."""
    item = FeedItem("https://search.invalid/1", "Velmora denies filling the dam", outlet="wire.sarn.example")
    look = Poll("drop", NOW, "items", (replace(item, partial="its address is hidden"),))
    desk = replace(desk, topic=replace(desk.topic, sources=()))
    with desk.warehouse.transaction() as tx:
        polls.record(tx, look, NOW)
    assert take_in(desk, NOW).new == 1
    (row,) = rows(desk, "articles")
    assert (row["title"], row["outlet"]) == (item.title, "sarn-wire")
    with desk.warehouse.reading() as tx:
        assert tx.rows("SELECT DISTINCT partial FROM revisions") == [{"partial": "its address is hidden"}]
