"""What becomes of cleaned pages: furniture, partial texts, pages that come again, and what is off the topic."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.desk import Desk
from flows.setting import REVISITS, Settings
from flows.stages import file_batch
from news.article import CleanArticle, FeedItem, FetchedPage, Poll
from news.rhythm import Verdict
from news.topic_file import load_topic
from tests.volteface.command import DAM
from warehouse import articles, listings, pages, polls
from warehouse.store import Warehouse

NOW = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)
NOTE = "The Gull is free because readers like you pay for its reporters."
BACKGROUND = "Velmora and Ostrany have quarrelled over the Sarn dam since the river was first closed."


@pytest.fixture
def desk(tmp_path):
    """A desk over an empty warehouse."""
    topic = load_topic(DAM)
    return Desk(topic, Warehouse.open(tmp_path / "w.duckdb", topic.id, topic.path), Settings())


def article(number, *lines, **more):
    """An article of the Gull with a text of its own, and the given lines before and after it."""
    own = " ".join(f"word{number * 50 + at}" for at in range(30))
    text = "\n".join([f"The Sarn dam of Velmora is about {own}.", *lines])
    given = {"title": f"Dam {number}", "text": text, "seen": NOW, "published": NOW, **more}
    return CleanArticle(f"http://gull.example/{number}", **given)


def rows(desk, sql):
    with desk.warehouse.reading() as tx:
        return tx.rows(sql)


def test_a_block_on_most_pages_of_a_host_is_excluded(desk):
    """A line that stands on every page is cut from the later ones; one of background that a few repeat stays."""
    for number in range(12):
        lines = [NOTE, BACKGROUND] if number % 4 == 0 else [NOTE]
        file_batch(desk, [article(number, *lines)], NOW)
    with desk.warehouse.reading() as tx:
        ids = [row["article_id"] for row in tx.rows("SELECT article_id FROM articles")]
        bodies = {one.title: (one.text, one.body) for one in articles.get(tx, ids)}
    assert NOTE in bodies["Dam 0"][1]
    text, body = bodies["Dam 8"]
    assert NOTE in text
    assert NOTE not in body
    assert BACKGROUND in body


def test_one_text_under_many_addresses_makes_no_furniture(desk):
    """A story that a host lists under several headings is one text, however often it comes."""
    same = [replace(article(1, NOTE), url=f"http://gull.example/section{n}/story") for n in range(9)]
    file_batch(desk, same, NOW)
    assert rows(desk, "FROM furniture") == []


def test_a_running_story_makes_no_furniture(desk):
    """Versions of one story at addresses of their own, in one batch or over days, keep the sentences they share."""
    shared = [f"Officials of the {name} agency said that they had no word of the night's rain." * 2 for name in "ABCDE"]
    versions = [article(number, *shared) for number in range(12)]
    file_batch(desk, versions[:6], NOW)
    for one in versions[6:]:
        file_batch(desk, [one], NOW)
    assert rows(desk, "FROM furniture") == []
    assert rows(desk, "SELECT count(DISTINCT story) AS stories FROM blocks") == [{"stories": 1}]


def test_a_line_that_names_the_topic_needs_many_stories(desk):
    """Of a host known by a few articles, all on the topic, its background on the topic stays; after many it goes."""
    for number in range(30):
        file_batch(desk, [article(number, NOTE, BACKGROUND)], NOW)
        found = len(rows(desk, "FROM furniture"))
        assert found == (0 if number < 3 else 1 if number < 19 else 2), number


def test_what_is_furniture_no_longer_is_no_revision(desk):
    """A page cut by a rule that has changed since, met again as it was, has not changed."""
    file_batch(desk, [article(number, NOTE) for number in range(8)], NOW)
    with desk.warehouse.transaction() as tx:
        tx.run("DELETE FROM furniture")
        tx.run("DELETE FROM blocks")
    late = NOW + timedelta(days=1)
    file_batch(desk, [article(7, NOTE, seen=late)], late)
    assert rows(desk, "SELECT excluded FROM revisions WHERE excluded LIKE '%repeats%'") != []
    assert rows(desk, "SELECT * FROM revisions WHERE revision > 1") == []


def test_a_page_is_not_revised_by_what_we_learn(desk):
    """A page met again after a block of it turned out to be furniture has not changed."""
    first = article(0, NOTE)
    file_batch(desk, [first], NOW)
    file_batch(desk, [article(number, NOTE) for number in range(1, 8)], NOW)
    file_batch(desk, [replace(first, seen=NOW + timedelta(days=1))], NOW + timedelta(days=1))
    assert rows(desk, "SELECT * FROM revisions WHERE revision > 1") == []
    assert rows(desk, "FROM furniture") != []


def test_the_whole_text_completes_a_partial_one_silently(desk):
    """What its source said of a page gives way to the page, without any word of a change; never the other way."""
    part = article(0, partial="not fetched: answered 403")
    whole = replace(article(0, BACKGROUND), seen=NOW + timedelta(hours=1))
    wall = replace(part, seen=NOW + timedelta(hours=2), partial="paywall", text="The Sarn dam. Subscribe to read.")
    for one in (part, whole, wall):
        file_batch(desk, [one], one.seen)
    assert [row["kind"] for row in rows(desk, "SELECT kind FROM revisions ORDER BY revision")] == ["first", "completed"]
    assert rows(desk, "SELECT partial FROM v_provenance") == [{"partial": None}]
    with desk.warehouse.reading() as tx:
        assert listings.listing(tx, "revisions") == []
        assert listings.listing(tx, "findings") == []


@pytest.mark.parametrize("whole_first", [False, True])
def test_a_whole_article_is_never_a_copy_of_a_partial_one(desk, whole_first):
    """Whichever comes first: of a story given whole by one host and in part by another, the whole is the original."""
    lines = [" ".join(f"dam{at}" for at in range(start, start + 40)) + "." for start in (0, 40, 80)]
    part = article(0, *lines, partial="not fetched: answered 403")
    whole = replace(article(0, *lines, BACKGROUND), url="http://tern.example/0", seen=NOW + timedelta(hours=1))
    for one in [whole, part] if whole_first else [part, whole]:
        file_batch(desk, [one], one.seen)
    found = {row["url"]: row["original_id"] for row in rows(desk, "SELECT url, original_id FROM v_articles")}
    assert found["http://tern.example/0"] is None
    assert found["http://gull.example/0"] is not None


def take_in(desk, number, page, at):
    """Files one fetched page, as a round does."""
    url = f"http://gull.example/{number}"
    raw = FetchedPage(url, "gull", FeedItem(url), at, "page", final_url=url, body=b"<p>x")
    with desk.warehouse.transaction() as tx:
        pages.record(tx, [raw], pages.pack([raw]))
    file_batch(desk, [page], at, [raw])


def test_what_is_off_the_topic_is_not_visited_again(desk):
    """An article on the topic is looked at again; one off the topic only when its source says that it changed."""
    off = CleanArticle("http://gull.example/1", "Cake", "A recipe for a cake.", NOW)
    listed = tuple(FeedItem(f"http://gull.example/{number}", title="T") for number in (0, 1))
    with desk.warehouse.transaction() as tx:
        polls.record_all(tx, [(Poll("gull", NOW, "items", listed), Verdict(NOW))])
    take_in(desk, 0, article(0, BACKGROUND), NOW)
    take_in(desk, 1, off, NOW)
    later = NOW + timedelta(days=2)
    with desk.warehouse.transaction() as tx:
        assert [one.url for one in pages.pending(tx, later, 9, REVISITS)] == ["http://gull.example/0"]
        changed = (replace(listed[1], title="Another"),)
        polls.record_all(tx, [(Poll("gull", later, "items", changed), Verdict(later))])
        assert "http://gull.example/1" in [one.url for one in pages.pending(tx, later, 9, REVISITS)]


def test_a_host_that_suddenly_gives_nothing_is_a_finding(desk):
    """Whole articles for weeks and then only stubs: one warning, in the findings that digests carry."""
    for number in range(30):
        at = NOW + timedelta(hours=number)
        take_in(desk, number, article(number, partial="paywall" if number >= 20 else None), at)
    found = rows(desk, "SELECT sentence FROM v_findings WHERE kind = 'source_trouble'")
    assert len(found) == 1
    assert found[0]["sentence"].startswith("gull.example: only ")
