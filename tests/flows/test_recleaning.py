"""Better cleaning reaches the past, silently; raw bytes are kept as long as the settings say."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows import recleaning
from flows.comparing import compare_claims
from flows.desk import Desk
from flows.recleaning import Recleaning, reclean, retain
from flows.setting import Settings
from flows.stages import file_batch, read
from news.article import FeedItem, FetchedPage
from news.topic_file import load_topic
from sources.cleaning import clean_page
from tests.volteface.command import DAM
from warehouse import listings, pages
from warehouse.store import Warehouse

NOW = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)
PAGES = 5


def story(number):
    # The fourth page alone has news at its end, in what its first cleaning lost.
    end = (
        "“Ostrany will destroy the dam,” Pellin Dray warned."
        if number == 3
        else f"Ostrany had no word on day {number}."
    )
    return (
        f'<html lang="en"><head><title>Dam {number}</title></head><body><article><h1>Dam {number}</h1>'
        f"<p>“Velmora is filling the Sarn reservoir for the {number}th time,” Water Minister Irja Tamm said on Thursday"
        f" in Harrowgate, where the river council met about the dam.</p><p>{end}</p>"
        "</article></body></html>"
    ).encode()


@pytest.fixture
def desk(tmp_path):
    """A desk whose warehouse was filled by a cleaner that lost the end of every other page, and has been read."""
    topic = load_topic(DAM)
    desk = Desk(topic, Warehouse.open(tmp_path / "w.duckdb", topic.id, topic.path), Settings())
    raw, cleaned = [], []
    for number in range(PAGES):
        url = f"http://gull.example/{number}"
        at = NOW + timedelta(hours=number)
        page = FetchedPage(url, "gull", FeedItem(url), at, "page", final_url=url, body=story(number))
        article = clean_page(page, topic, at)
        raw.append(page)
        cleaned.append(replace(article, text=article.text[:60]) if number % 2 else article)
    with desk.warehouse.transaction() as tx:
        pages.record(tx, raw, pages.pack(raw))
    file_batch(desk, cleaned, NOW, raw)
    read(desk, NOW)
    compare_claims(desk, NOW)
    return desk


def rows(desk, sql):
    with desk.warehouse.reading() as tx:
        return tx.rows(sql)


LATER = NOW + timedelta(days=300)


def test_what_comes_out_otherwise_is_a_silent_revision(desk):
    """The lost text is there, its claims are read, and neither a change of the page nor news is told of it."""
    before = len(rows(desk, "FROM v_claims"))
    done = reclean(desk, LATER)
    assert (done.looked_at, done.revised, done.same, done.rejected, done.missing) == (PAGES, 2, 3, 0, 0)
    assert len(rows(desk, "FROM v_claims")) > before
    kinds = rows(desk, "SELECT kind, seen, recorded_at FROM revisions WHERE revision = 2 ORDER BY seen")
    assert {row["kind"] for row in kinds} == {"recleaned"}
    assert all(row["recorded_at"] == LATER and row["seen"] < NOW + timedelta(hours=PAGES) for row in kinds)
    with desk.warehouse.reading() as tx:
        assert listings.listing(tx, "revisions") == []
    told = [row["baseline"] for row in rows(desk, "FROM v_findings") if row["recorded_at"] == LATER]
    assert told
    assert all(told)


def test_a_second_time_there_is_nothing_to_do(desk):
    """The same cleaner goes over a page once; a page it gave nothing new for is not looked at again."""
    reclean(desk, LATER)
    assert reclean(desk, LATER) == Recleaning(0, 0, 0, 0, 0)


@pytest.mark.parametrize(("host", "due"), [("gull.example", PAGES), ("heron.example", 0)])
def test_what_is_learned_of_a_host_concerns_its_pages(desk, host, due):
    """New furniture makes the pages of its host due again, and no others'; and once only."""
    reclean(desk, LATER)
    with desk.warehouse.transaction() as tx:
        tx.insert("furniture", [{"host": host, "block": 7, "recorded_at": LATER}])
    assert reclean(desk, LATER).looked_at == due
    assert reclean(desk, LATER).looked_at == 0


def test_a_page_that_turns_out_to_be_on_the_topic_is_visited_again(desk):
    """What a poor cleaning lost may be what makes a page worth another look."""
    with desk.warehouse.transaction() as tx:
        tx.run("UPDATE pages SET off_topic = TRUE")
        tx.run("UPDATE revisions SET on_topic = FALSE")
    reclean(desk, LATER)
    assert rows(desk, "SELECT DISTINCT off_topic FROM pages") == [{"off_topic": False}]


def test_broken_off_it_goes_on(desk, monkeypatch):
    """Killed between two batches, the next run does the rest and no page twice."""
    monkeypatch.setattr(recleaning, "BATCH", 2)
    calls = []
    going = recleaning.recleanings.record

    def record(*given):
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return going(*given)

    with monkeypatch.context() as patched:
        patched.setattr(recleaning.recleanings, "record", record)
        with pytest.raises(KeyboardInterrupt):
            reclean(desk, LATER)
    assert reclean(desk, LATER).looked_at == PAGES - 2
    assert len(rows(desk, "FROM revisions WHERE kind = 'recleaned'")) == 2


def test_a_dry_run_and_a_choice(desk, monkeypatch):
    """A dry run counts over all batches and writes nothing; a span and a part of the address choose."""
    monkeypatch.setattr(recleaning, "BATCH", 2)
    assert reclean(desk, LATER, dry_run=True).revised == 2
    assert rows(desk, "FROM recleanings") == []
    assert reclean(desk, LATER, match="example/3", dry_run=True).looked_at == 1
    assert reclean(desk, LATER, since=NOW + timedelta(hours=3), dry_run=True).looked_at == 2


def meet(desk, url, body, at, *, known=False):
    """Fetches a page once more or for the first time, and files it where it was not known."""
    page = FetchedPage(url, "gull", FeedItem(url), at, "page", final_url=url, body=body)
    with desk.warehouse.transaction() as tx:
        pages.record(tx, [page], pages.pack([page]))
    if not known:
        file_batch(desk, [clean_page(page, desk.topic, at)], at, [page])


def test_bytes_met_again_are_cleaned_once_and_as_of_their_first_time(desk):
    """A page visited again without a change is one page, seen when it was filed: relative dates count from then."""
    for days in (1, 3, 7):
        meet(desk, "http://gull.example/1", story(1), NOW + timedelta(days=days), known=True)
    with desk.warehouse.reading() as tx:
        kept = {one.page.url: one.page.at for one in recleaning.recleanings.pending(tx, "new", 100)}
    assert kept["http://gull.example/1"] == NOW + timedelta(hours=1)
    assert reclean(desk, LATER).looked_at == PAGES


def test_the_same_bytes_elsewhere_stay_another_page(desk):
    """One text under two addresses, and at another host, keeps each outlet's name when it is cleaned again."""
    meet(desk, "http://gull.example/special/1", story(1), NOW + timedelta(days=1))
    meet(desk, "http://heron.example/1", story(1), NOW + timedelta(days=2))
    sql = "SELECT url, list(DISTINCT outlet) AS outlets FROM revisions JOIN articles USING (article_id) GROUP BY ALL"
    before = {row["url"]: row["outlets"] for row in rows(desk, sql)}
    assert reclean(desk, LATER).looked_at == PAGES + 2
    assert {row["url"]: row["outlets"] for row in rows(desk, sql)} == before


def test_the_file_stops_growing(desk):
    """Bytes that were let go of leave room for those that come: the file of a full warehouse keeps its size."""
    desk.settings = replace(desk.settings, raw_bytes=2_000_000)
    sizes = []
    for turn in range(12):
        at = NOW + timedelta(days=turn)
        noise = [random.Random(turn * 100 + n).randbytes(100_000) for n in range(10)]  # noqa: S311 - bytes that will not pack
        raw = [
            FetchedPage(f"http://gull.example/t{turn}/{n}", "gull", FeedItem("x"), at, "page", body=one)
            for n, one in enumerate(noise)
        ]
        with desk.warehouse.transaction() as tx:
            pages.record(tx, raw, pages.pack(raw))
            pages.mark_cleaned(tx, raw, at)
        retain(desk, at)
        sizes.append(desk.warehouse.path.stat().st_size)
    # A single size goes up and down by a block or two of each table.
    assert max(sizes[6:]) <= 1.1 * max(sizes[3:6])


def test_old_bytes_go_and_new_ones_stay(desk):
    """Beyond the age they go, the oldest first beyond the space; what was let go of is named as missing."""
    desk.settings = replace(desk.settings, raw_age=timedelta(days=30))
    assert retain(desk, NOW + timedelta(days=30, hours=1, minutes=30)) == 2
    sizes = [row["size"] for row in rows(desk, "SELECT octet_length(gzipped) AS size FROM bodies")]
    desk.settings = replace(desk.settings, raw_bytes=max(sizes) + 10)
    assert retain(desk, NOW) == 2
    assert retain(desk, NOW) == 0
    assert rows(desk, "SELECT url FROM fetches JOIN bodies USING (sha256)") == [{"url": "http://gull.example/4"}]
    assert {row["why"] for row in rows(desk, "FROM dropped_bodies")} == {"age", "space"}
    assert reclean(desk, LATER, dry_run=True).missing == 4


def test_bytes_fetched_again_are_there_again(desk):
    """A page that is met again after its bytes were let go of is kept anew, and no longer missing."""
    (first,) = rows(desk, "SELECT url, fetched_at FROM fetches ORDER BY fetched_at LIMIT 1")
    desk.settings = replace(desk.settings, raw_age=timedelta(0))
    assert retain(desk, NOW + timedelta(minutes=1)) == 1
    page = FetchedPage(first["url"], "gull", FeedItem(first["url"]), LATER, "page", body=story(0))
    with desk.warehouse.transaction() as tx:
        pages.record(tx, [page], pages.pack([page]))
        pages.mark_cleaned(tx, [page], LATER)
    assert reclean(desk, LATER, dry_run=True).looked_at == PAGES
    desk.settings = replace(desk.settings, raw_age=timedelta(days=1000))
    assert retain(desk, LATER) == 0
    assert reclean(desk, LATER, dry_run=True).missing == 0


def test_bytes_that_wait_to_be_cleaned_stay(desk):
    """What was fetched and not filed yet is never let go of."""
    url = "http://gull.example/new"
    page = FetchedPage(url, "gull", FeedItem(url), NOW, "page", final_url=url, body=b"<p>new")
    with desk.warehouse.transaction() as tx:
        pages.record(tx, [page], pages.pack([page]))
    desk.settings = replace(desk.settings, raw_bytes=0)
    assert retain(desk, LATER) == PAGES
    assert len(rows(desk, "FROM bodies")) == 1
