"""The steps of a round, on the demo wire's server and a real warehouse, without Prefect."""

from datetime import UTC, datetime, timedelta

import pytest

from demo.clock import FileClock
from demo.server import DemoWire
from flows.importing import add_page, import_files
from flows.job import Job, open_desk
from flows.replaying import live_through
from tests.places import ROOT
from warehouse import listings

MOMENTS = [datetime(2023, 2, 2, tzinfo=UTC), datetime(2023, 4, 20, tzinfo=UTC), datetime(2023, 9, 16, tzinfo=UTC)]
LATER = datetime(2025, 5, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def replayed(tmp_path_factory):
    """A desk whose warehouse has lived through the demo's first nine months in three steps, and its digests' folder."""
    folder = tmp_path_factory.mktemp("replayed")
    clock = folder / "clock"
    with DemoWire(FileClock(clock)) as wire:
        job = Job(
            topic=str(ROOT / "topics" / "dprk-alignment.toml"),
            warehouse=str(folder / "demo.duckdb"),
            out=str(folder / "out"),
            overlay=str(ROOT / "demo" / "wire.toml"),
            values=(("address", wire.address), ("out", str(folder / "out"))),
            patience=False,
        )
        assert live_through(job, clock, MOMENTS) == []
        yield job, clock, folder


def rows(job, view):
    """What the warehouse lists."""
    with open_desk(job).warehouse.reading() as tx:
        return listings.listing(tx, view)


def test_pages_come_in_through_every_difficulty(replayed):
    """The page that fails twice, the moved one and those of the malformed feed are articles; the dead feed is named."""
    job, _, _ = replayed
    urls = {row["url"] for row in rows(job, "articles")}
    assert any(url.startswith("http://docksidenotes.example/") for url in urls)
    sources = {row["source_id"]: row for row in rows(job, "sources")}
    assert sources["pacificsignal"]["last_outcome"] == "failed"
    assert sources["meridian"]["last_outcome"] in {"items", "unchanged"}
    kinds = {row["kind"] for row in rows(job, "findings")}
    assert "source_trouble" in kinds


def test_claims_are_exact_and_copies_make_none(replayed):
    """Every claim's evidence is its article's text to the character, and no copy has claims of its own."""
    job, _, _ = replayed
    with open_desk(job).warehouse.reading() as tx:
        texts = {row["article_id"]: row for row in listings.listing(tx, "articles", text=True)}
    found = rows(job, "claims")
    assert found
    for row in found:
        article = texts[row["article_id"]]
        assert article["text"][row["start"] : row["end"]] == row["evidence"]
        assert article["original_id"] is None


def test_a_digest_lies_in_the_folder_in_every_form(replayed):
    """A digest is written as mail, page, Slack message, JSON and text, and its delivery is recorded as sent."""
    job, _, folder = replayed
    out = folder / "out"
    for form in ("eml", "html", "slack.json", "json", "txt"):
        assert (out / f"latest.{form}").stat().st_size > 0
    assert {row["state"] for row in rows(job, "deliveries")} == {"sent"}


def test_running_again_changes_nothing(replayed):
    """The same moments lived through again leave every row as it was."""
    job, clock, _ = replayed
    views = ("articles", "claims", "positions", "findings", "deliveries", "sources")
    before = {view: rows(job, view) for view in views}
    assert live_through(job, clock, MOMENTS) == []
    assert {view: rows(job, view) for view in views} == before


def test_one_page_can_be_added_by_hand(replayed):
    """A page given by its address is fetched, filed and read at once; an address that gives nothing is an error."""
    job, clock, _ = replayed
    desk = open_desk(job)
    clock.write_text(LATER.isoformat(), encoding="ascii")
    done = add_page(desk, "http://volgacourier.example/politics/2024/10/10/peskov-canard", LATER)
    assert done.counts.given == 1
    assert (done.known, done.article.outlet) == (False, "volga")


def test_an_import_is_filed_read_and_repeatable(replayed, tmp_path):
    """A plain text file becomes an article with claims; given again, it changes nothing."""
    job, _, _ = replayed
    desk = open_desk(job)
    given = tmp_path / "note.txt"
    given.write_text(
        "Moscow denies shells deal\n\nRussia has received no shells from North Korea, Kremlin spokesman Dmitry Peskov "
        "said on Monday. South Korea's defence ministry said it had seen ships leave the port of Rajin for Russia.\n",
        encoding="utf-8",
    )
    now = LATER + timedelta(hours=1)
    first = import_files(desk, [given], {}, now)
    assert (first.given, first.new, first.rejected) == (1, 1, ())
    assert first.claims >= 1
    again = import_files(desk, [given], {}, now)
    assert (again.new, again.claims, again.findings) == (0, 0, 0)
