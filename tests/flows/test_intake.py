"""Fetching, cleaning and filing at the same time: nothing lost, nothing twice, in one order, whatever breaks."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flows import intake
from flows.cleaning import POOL_FROM, Cleaner, deal
from flows.desk import Desk
from flows.intake import TakenIn, take_in
from flows.setting import Settings
from news.article import CleanArticle, FeedItem, FetchedPage, PageToFetch, Poll, Reject
from news.rhythm import Verdict
from news.topic_file import load_topic
from sources.fetcher import FetchLimits
from sources.pages import PageFetcher
from tests.flows.deadly import clean_or_die
from tests.sources.conftest import Site
from tests.volteface.command import DAM
from warehouse import polls
from warehouse.store import Warehouse

NOW = datetime(2024, 10, 24, 12, 0, tzinfo=UTC)
HOSTS = 7
PAGES = 40
TABLES = ("articles", "article_urls", "revisions", "copies", "sketches", "fetches", "cleanings", "pages", "rejects")


def story(number):
    """A page like no other, but for every tenth, which copies the one before it."""
    own = number - 1 if number % 10 == 9 else number
    words = " ".join(f"word{own * 31 + at}" for at in range(60))
    return (
        f'<html lang="en"><head><title>Report {own}</title></head><body><article><h1>Report {own}</h1>'
        f"<p>The {own}th report of the year, said the mayor, is about {words}.</p><p>More of {words} came later.</p>"
        "</article></body></html>"
    )


def address(number):
    return f"http://h{number % HOSTS}.test/{number}"


@pytest.fixture(scope="module")
def site():
    made = Site()
    for number in range(PAGES):
        made.page(f"/{number}", story(number))
    made.page("/3", "", status=404)
    made.page("/5", "%PDF", "application/pdf")
    made.page("/8", "<html><title>Just a moment...</title><body><p>Checking</p></body></html>")
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="module")
def make_desk(site, tmp_path_factory):
    """Makes desks over new warehouses in which the pages are pending; batches are small, and processes shared."""
    topic = load_topic(DAM)
    topic = replace(topic, resolve=tuple((f"h{n}.test", site.address) for n in range(HOSTS)))
    cleaner = Cleaner(topic)

    def make():
        warehouse = Warehouse.open(tmp_path_factory.mktemp("desk") / "w.duckdb", topic.id, topic.path)
        items = tuple(FeedItem(address(number), title=f"Report {number}") for number in range(PAGES))
        with warehouse.transaction() as tx:
            polls.record_all(tx, [(Poll("s", NOW, "items", items), Verdict(NOW))])
        desk = Desk(topic, warehouse, Settings(), FetchLimits(host_delay_s=0), patience=False)
        desk.cleaner = cleaner
        return desk

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(intake, "BATCH", 9)
        patched.setattr(intake, "WINDOW", 25)
        patched.setattr(intake, "SMALL", 2)
        yield make


def facts(desk):
    """Every row of what was taken in, times it took left out."""
    with desk.warehouse.reading() as tx:
        found = {name: tx.rows(f"from {name} order by all") for name in TABLES}
    for rows in found.values():
        for row in rows:
            row.pop("took_ms", None)
    return found


@pytest.fixture(scope="module")
def whole(make_desk):
    """What an unbroken run comes to."""
    desk = make_desk()
    done = take_in(desk, NOW)
    return done, facts(desk)


def test_every_page_is_fetched_cleaned_and_filed(whole):
    """Each of forty pages is an article or a reject; of one gone and one that is no page, its source's words stand."""
    done, found = whole
    assert done.fetched == PAGES - 2
    assert len(found["fetches"]) == len(found["pages"]) == len(found["cleanings"]) == PAGES
    assert len(found["articles"]) + len(found["rejects"]) == PAGES
    partial = {row["title"]: row["partial"] for row in found["revisions"] if row["partial"]}
    assert partial["Report 3"] == "not fetched: answered 404"
    assert "is no HTML page (application/pdf)" in partial["Report 5"]
    assert len(found["copies"]) == PAGES // 10 - 1  # what the ninth copies is the wall
    # One that is taken for an original at first may turn out to be the copy, when the other one is filed.
    assert len(found["articles"]) - len(found["copies"]) <= done.new <= len(found["articles"])


def test_a_second_run_does_nothing(make_desk):
    """What was taken in is not asked for, cleaned or filed again."""
    desk = make_desk()
    take_in(desk, NOW)
    before = facts(desk)
    assert take_in(desk, NOW) == TakenIn(0, 0)
    assert facts(desk) == before


@pytest.mark.parametrize(("step", "after"), [("_record", 0), ("_record", 3), ("_file", 0), ("_file", 2)])
def test_broken_off_and_run_again_it_ends_like_an_unbroken_run(make_desk, whole, monkeypatch, step, after):
    """Broken off while several batches are on their way, it takes up what was written down and fetches the rest."""
    desk = make_desk()
    calls = []
    going = getattr(intake._Line, step)

    def fail(line, given):
        calls.append(given)
        if len(calls) > after:
            raise KeyboardInterrupt
        going(line, given)

    with monkeypatch.context() as patched:
        patched.setattr(intake._Line, step, fail)
        with pytest.raises(KeyboardInterrupt):
            take_in(desk, NOW)
    take_in(desk, NOW)
    found = facts(desk)
    for name in ("articles", "article_urls", "fetches", "cleanings", "pages", "rejects"):
        assert found[name] == whole[1][name], name
    assert {(row["article_id"], row["original_id"]) for row in found["copies"]} == {
        (row["article_id"], row["original_id"]) for row in whole[1]["copies"]
    }


def test_no_more_than_a_few_batches_are_on_their_way(make_desk, monkeypatch):
    """However slowly batches are filed, only so many are fetched ahead of them: memory is bounded."""
    desk = make_desk()
    monkeypatch.setattr(intake, "BATCH", 5)
    monkeypatch.setattr(intake, "SMALL", 5)
    begun, filed = [], []
    begin, file_batch = PageFetcher.begin, intake.file_batch
    monkeypatch.setattr(PageFetcher, "begin", lambda self, *given: begun.extend(given[0]) or begin(self, *given))

    def file_slowly(desk, cleaned, *given):
        filed.extend(cleaned)
        assert len(begun) - len(filed) < 5 * intake.AHEAD
        return file_batch(desk, cleaned, *given)

    monkeypatch.setattr(intake, "file_batch", file_slowly)
    take_in(desk, NOW)
    assert len(begun) >= PAGES // 9


def test_large_pages_come_a_few_at_a_time(make_desk, monkeypatch):
    """What is on its way is bounded in bytes too: after a batch of large pages the next ones have fewer."""
    monkeypatch.setattr(intake, "BATCH", 40)
    monkeypatch.setattr(intake, "SMALL", 20)
    line = intake._Line(make_desk(), NOW)
    line.waiting = [PageToFetch(address(number), None, FeedItem(address(number))) for number in range(400)]
    sizes = [line._size() for _ in range(3)]
    line.mean_bytes = 10_000_000
    assert sizes == [20, 40, 40]
    assert line._size() == 2
    line.mean_bytes = 300_000
    assert [line._size() for _ in range(4)] == [4, 8, 16, 32]


def test_a_process_is_given_no_more_than_it_can_hold():
    """Pages are dealt four at a time, fewer where they are large, each once and in order."""
    sizes = [10, 10, 10, 10, 10, 900_000, 200_000, 3_000_000, 10]
    pages = [
        FetchedPage(address(number), None, FeedItem(address(number)), NOW, "page", body=b"x" * size)
        for number, size in enumerate(sizes)
    ]
    dealt = list(deal(pages))
    assert [[len(one.body) for one in some] for some in dealt] == [
        [10, 10, 10, 10],
        [10, 900_000],
        [200_000],
        [3_000_000],
        [10],
    ]
    assert [one.url for some in dealt for one in some] == [one.url for one in pages]


def test_a_page_that_kills_its_process_is_kept_out():
    """A page on which the cleaning process dies is a reject; every other page of the batch is cleaned all the same."""
    topic = load_topic(DAM)
    bodies = [story(0), "deadly", story(2)]
    pages = [
        FetchedPage(address(number), None, FeedItem(address(number)), NOW, "page", body=body.encode())
        for number, body in enumerate(bodies)
    ]
    cleaner = Cleaner(topic, clean_or_die)
    cleaner.warm_up(POOL_FROM)
    first, deadly, last = cleaner.clean(pages, NOW)
    assert isinstance(deadly, Reject)
    assert "the process that tried died" in deadly.reason
    assert isinstance(first, CleanArticle)
    assert (first.url, last.url) == (address(0), address(2))
