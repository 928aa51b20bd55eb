from dataclasses import replace
from datetime import timedelta

import pytest

from news.article import FeedItem, FetchedPage, Poll, RobotsFile, Validators
from news.filing import url_key
from news.finding import Evidence, Finding, FindingKind
from news.rhythm import History
from news.topic import Source
from tests.warehouse.records import T0, at, claim, page
from warehouse import articles, claims, findings, listings, pages, polls, robots

COAST = Source("coast", "coastwire", "feed", "http://coastwire.example/feed")
HILL = Source("hill", "hilltop", "feed", "http://hilltop.example/feed")
URL = "http://coastwire.example/dam"
REVISITS = pages.Revisits((timedelta(hours=6), timedelta(hours=24)), (timedelta(hours=2), timedelta(hours=6)))


def look(hours=0.0, *items, source="coast", outcome="items", **more):
    """A poll so many hours after the beginning."""
    return Poll(source, at(hours), outcome, items, **more)


def fetched(hours=0.0, outcome="page", body=b"<p>Water.</p>", url=URL, **more):
    """A fetch of a page so many hours after the beginning."""
    return FetchedPage(url, "coast", FeedItem(url), at(hours), outcome, final_url=url, body=body, **more)


@pytest.fixture
def record(store):
    """A function that records polls or fetches, each in a transaction of its own."""

    def keep(one):
        with store.transaction() as tx:
            if isinstance(one, Poll):
                return polls.record(tx, one, one.at + timedelta(hours=1))
            return pages.record(tx, [one])

    return keep


@pytest.fixture
def waiting(store):
    """A function that gives the addresses that are pending so many hours after the beginning."""

    def ask(hours, limit=50):
        with store.reading() as tx:
            return [one.url for one in pages.pending(tx, at(hours), limit, REVISITS)]

    return ask


def due(store, hours):
    """The sources due so many hours after the beginning, with their validators."""
    with store.reading() as tx:
        return [(source.id, given) for source, given in polls.validators(tx, [COAST, HILL], at(hours))]


def test_a_source_never_polled_is_due_and_then_waits(store, record):
    """A source is due at first, and again when its next time has come, not before."""
    assert [one for one, _ in due(store, 0)] == ["coast", "hill"]
    record(look(0))
    assert [one for one, _ in due(store, 0.9)] == ["hill"]
    assert [one for one, _ in due(store, 1)] == ["coast", "hill"]


def test_validators_outlive_a_304_without_any_and_a_failure(store, record):
    """What the last answer gave is asked with again, until another answer gives something else or nothing."""
    record(look(0, validators=Validators('"a"', "Mon")))
    record(look(1, outcome="unchanged"))
    record(look(2, outcome="failed", error="no answer"))
    assert due(store, 9)[0] == ("coast", Validators('"a"', "Mon"))
    record(look(3, validators=Validators()))
    assert due(store, 9)[0] == ("coast", Validators())


def test_a_poll_recorded_twice_counts_once(store, record):
    """The same look at the same source again changes nothing and has no new items."""
    assert record(look(0, FeedItem(URL), FeedItem(URL + "/2"))) == 2
    assert record(look(0, FeedItem(URL), FeedItem(URL + "/3"))) == 0


def everything(store):
    """Every row of every table that a look could touch, but for the looks themselves."""
    with store.reading() as tx:
        return {name: tx.rows(f"FROM {name} ORDER BY ALL") for name in ("items", "pages", "findings", "fetches")}


def test_a_look_counts_what_is_new_revised_and_unchanged(store, record):
    """New pages, items said otherwise than before, and the rest are told apart; blanks make no revision."""
    first = FeedItem(URL, "The dam", summary="It holds."), FeedItem(URL + "/2", "Two"), FeedItem(URL + "/3", "Three")
    record(look(0, *first))
    record(
        look(1, FeedItem(URL, "The  dam", summary="It leaks."), replace(first[1], title=" Two\n"), FeedItem(URL + "/4"))
    )
    with store.reading() as tx:
        rows = tx.rows("SELECT items, new_items, revised_items, unchanged_items FROM polls ORDER BY polled_at")
    assert [tuple(row.values()) for row in rows] == [(3, 3, 0, 0), (3, 1, 1, 1)]


def test_a_look_that_finds_nothing_new_writes_its_own_row_alone(store, record):
    """The same items again, or an unchanged source, change no row of any other table."""
    record(look(0, FeedItem(URL, "The dam", published=T0), FeedItem(URL + "/2")))
    before = everything(store)
    record(look(1, FeedItem(URL, "The dam", published=T0), FeedItem(URL + "/2")))
    record(look(2, outcome="unchanged"))
    assert everything(store) == before
    with store.reading() as tx:
        assert len(tx.rows("FROM polls")) == 3


def test_a_changed_summary_queues_no_visit(record, waiting):
    """Many feeds count hours and views in their summaries: only another title or time fetches the page again."""
    record(look(0, FeedItem(URL, "The dam", summary="1 hour ago")))
    record(fetched(0))
    record(look(1, FeedItem(URL, "The dam", summary="2 hours ago")))
    assert waiting(1) == []
    record(look(2, FeedItem(URL, "The dam burst", summary="3 hours ago")))
    assert waiting(2) == [URL]


def test_what_is_known_of_a_source_comes_back(store, record):
    """Its arrivals by their own dates, its last answered look, what that listed, and the failures since."""
    early = T0 - timedelta(hours=5)
    record(look(0, FeedItem(URL, published=early), FeedItem(URL + "/2")))
    record(look(1, outcome="unchanged"))
    record(look(2, outcome="failed", error="503"))
    record(look(3, outcome="failed", error="503"))
    with store.reading() as tx:
        found = polls.histories(tx, ["coast", "hill"], at(4))
    assert found["coast"] == History({url_key(URL): early, url_key(URL + "/2"): T0}, at(1), 2, 2)
    assert found["hill"] == History()


def test_keys_in_addresses_reach_no_row(store, record):
    """What a failed look says of its address is stored without the key in it."""
    record(look(0, outcome="failed", error="http://x.org/f?api_key=s3cr3t answered 403"))
    record(look(1, moved_to="http://y.org/f?token=s3cr3t"))
    with store.reading() as tx:
        assert "s3cr3t" not in str(tx.rows("FROM polls"))


def test_robots_files_are_kept_and_replaced(store):
    """The last file of each host is kept with its time; older ones than asked for stay out."""
    first, later = (
        RobotsFile("http://x.org/robots.txt", T0, 404),
        RobotsFile("http://x.org/robots.txt", at(2), 200, b"a"),
    )
    with store.transaction() as tx:
        robots.record(tx, [first, RobotsFile("http://y.org/robots.txt", T0, 200, b"b")])
    with store.transaction() as tx:
        robots.record(tx, [later])
        robots.record(tx, [])
    with store.reading() as tx:
        assert robots.known(tx, at(1)) == [later]
        assert len(robots.known(tx, at(-1))) == 2


def test_spellings_of_one_address_are_one_page(record, waiting):
    """Trackers, fragments, scheme and a last slash do not make another page."""
    same = [URL, URL + "/", URL + "?utm_source=x", URL + "#top", URL.replace("http:", "https:")]
    assert record(look(0, *map(FeedItem, same))) == 1
    assert waiting(0) == [URL]


def test_a_page_is_fetched_once_and_visited_again(record, waiting):
    """A new page is due at once, then after each delay of the revisits, and never after the last."""
    record(look(0, FeedItem(URL)))
    assert waiting(0) == [URL]
    record(fetched(0))
    assert waiting(5.9) == []
    assert waiting(6) == [URL]
    record(fetched(6, "unchanged"))
    assert waiting(23) == []
    assert waiting(30) == [URL]
    record(fetched(30))
    assert waiting(1000) == []


def test_a_failed_page_is_tried_again_later_and_later(record, waiting):
    """A failed fetch is tried again after 5 minutes, then 20, and given up after the last try."""
    record(look(0, FeedItem(URL)))
    record(fetched(0, "failed", error="503"))
    assert waiting(4 / 60) == []
    assert waiting(5 / 60) == [URL]
    record(fetched(0.1, "failed", error="503"))
    assert waiting(0.1 + 19 / 60) == []
    assert waiting(0.1 + 20 / 60) == [URL]
    for hours in range(1, pages.TRIES):
        record(fetched(hours, "failed", error="503"))
    assert waiting(10_000) == []


def test_gone_and_refused_pages_are_left_alone(record, waiting):
    """A page that is gone, or whose failure is for good, is not asked for again, unless its source says it changed."""
    record(look(0, FeedItem(URL, "Dam"), FeedItem(URL + "/2", "Dam 2")))
    record(fetched(0, "gone"))
    record(fetched(0, "failed", url=URL + "/2", permanent=True))
    assert waiting(100) == []
    record(look(1, FeedItem(URL, "Dam, corrected"), FeedItem(URL + "/2", "Dam 2")))
    assert waiting(100) == [URL]


def test_the_page_of_an_article_is_looked_for_once_more_and_then_gone(store, filed, record):
    """One look that finds nothing is a doubt; the second makes sure, once; a page that comes back can vanish again."""
    (article_id,) = filed(page(URL, "The gates of the dam stand open."), now=T0).new
    record(look(0, FeedItem(URL)))
    record(fetched(0))

    def missing(hours, status=404, **more):
        one = fetched(hours, "gone", http_status=status, **more)
        record(one)
        with store.transaction() as tx:
            return [row["article_id"] for row in pages.note_vanished(tx, [one], at(hours))]

    with store.reading() as tx:
        assert pages.pending(tx, at(30), 9) == []
    assert missing(30) == []
    with store.reading() as tx:
        assert pages.pending(tx, at(35), 9) == []
        assert [one.url for one in pages.pending(tx, at(36), 9)] == [URL]
    assert missing(36) == [article_id]
    with store.reading() as tx:
        assert pages.pending(tx, at(99), 9) == []
        (row,) = listings.listing(tx, "revisions")
    assert (row["kind"], row["revision"], row["seen"], row["recorded_at"]) == ("gone", 1, at(30), at(36))
    assert missing(100) == []
    record(fetched(110))
    assert missing(120, status=410) == [article_id]


def test_a_page_that_is_there_at_another_address_is_not_gone(store, filed, record):
    """A dead short link, or two looks within minutes, make no page vanish as long as its own address may be good."""
    short = "http://short.example/x"
    filed(page(URL, "The gates of the dam stand open."))
    with store.transaction() as tx:
        key = tx.rows("SELECT article_id FROM articles")[0]["article_id"]
        tx.insert("article_urls", [{"url_key": url_key(short), "article_id": key, "recorded_at": T0}])

    def missing(hours, url, status=404):
        one = fetched(hours, "gone", url=url, http_status=status)
        record(one)
        with store.transaction() as tx:
            return pages.note_vanished(tx, [one], at(hours))

    record(fetched(0))
    record(fetched(0, url=short))
    assert missing(10, short, 410) == []
    assert missing(20, URL) == []
    assert missing(20.3, URL) == []
    assert len(missing(27, URL)) == 1


def test_pages_that_a_digest_told_of_are_visited_more_often(store, filed, record, waiting):
    """The page of a claim that readers were told of goes by the denser list, as long as the digest is recent."""
    filed(page(URL, "Minister Oren said the dam would open in March."), page(URL + "/2", "Another text of the dam."))
    record(look(0, FeedItem(URL), FeedItem(URL + "/2")))
    record(fetched(0))
    record(fetched(0, url=URL + "/2"))
    assert waiting(2) == []
    with store.transaction() as tx:
        (article,) = articles.get(tx, [articles.of_url(tx, URL).article_id])
        one = claim(article, "Minister Oren said the dam would open in March.")
        claims.record(tx, article, [one], "rules-1", at(1))
        told = Evidence(one.claim_id, one.holder, one.evidence, URL, "Coast Wire", T0.date())
        findings.record(tx, [Finding("fnd_1", FindingKind.NEW_CLAIM, T0.date(), at(1), "New.", after=(told,))])
        tx.insert(
            "digests",
            [
                {
                    "digest_id": "dig_1",
                    "subscriber": "desk",
                    "topic_id": "dam",
                    "topic_title": "The dam",
                    "since": T0,
                    "until": at(1),
                    "tally": "{}",
                    "unseen": "[]",
                    "notices": "[]",
                    "recorded_at": at(1),
                }
            ],
        )
        tx.insert("digest_findings", [{"digest_id": "dig_1", "place": 0, "finding_id": "fnd_1"}])
    assert waiting(2) == [URL]
    assert waiting(6) == [URL, URL + "/2"]
    with store.reading() as tx:
        late = at(1) + pages.CITED_FOR
        revisits = pages.Revisits(cited=(pages.CITED_FOR - timedelta(hours=1),))
        assert [one.url for one in pages.pending(tx, late - timedelta(minutes=1), 9, revisits)] == [URL]
        assert pages.pending(tx, late, 9, revisits) == []


@pytest.mark.parametrize("change", [{"title": "Dam bursts"}, {"updated": at(2)}])
def test_a_page_its_source_calls_changed_is_visited(record, waiting, change):
    """Another title or time of update by the same source sends us to the page again, once."""
    before = {"title": "Dam holds", "updated": T0}
    record(look(0, FeedItem(URL, **before)))
    record(fetched(0))
    record(look(1, FeedItem(URL, **before)))
    assert waiting(1) == []
    record(look(2, FeedItem(URL, **(before | change))))
    assert waiting(2) == [URL]
    record(fetched(2))
    record(look(3, FeedItem(URL, **(before | change))))
    assert waiting(3) == []


def test_two_sources_may_call_one_page_differently(record, waiting):
    """Another source's other title for the same page is no change of the page."""
    record(look(0, FeedItem(URL, "Dam holds")))
    record(fetched(0))
    for hours in (1, 2):
        record(look(hours, FeedItem(URL, "Coast Wire on the dam"), source="hill"))
        record(look(hours, FeedItem(URL, "Dam holds")))
    assert waiting(3) == []


def test_new_pages_come_before_retries_and_further_visits(record, waiting):
    """When there is more to fetch than the limit, what is new goes first."""
    record(look(0, FeedItem(URL), FeedItem(URL + "/failing")))
    record(fetched(0))
    record(fetched(0, "failed", url=URL + "/failing"))
    record(look(7, FeedItem(URL + "/new")))
    assert waiting(7) == [URL + "/new", URL + "/failing", URL]
    assert waiting(7, limit=1) == [URL + "/new"]


def test_hosts_take_turns(record, waiting):
    """The pages of one host are spread, so that its pauses hold up nobody else; within a host the oldest is first."""
    first = ("http://a.test/3", "http://b.test/1")
    later = ("http://a.test/1", "http://a.test/2", "http://www.c.test/1")
    record(look(0, *map(FeedItem, first)))
    record(look(1, *map(FeedItem, later)))
    assert waiting(2) == [
        *("http://a.test/3", "http://b.test/1", "http://www.c.test/1"),
        *("http://a.test/1", "http://a.test/2"),
    ]
    assert waiting(2, 2) == ["http://a.test/3", "http://b.test/1"]


def test_a_body_comes_back_to_the_byte_until_it_is_cleaned(store, record):
    """What was fetched waits with its exact bytes, once cleaned no longer."""
    body = bytes(range(256)) * 50
    record(fetched(0, body=body, content_type="text/html", validators=Validators('"x"')))
    with store.transaction() as tx:
        (one,) = pages.uncleaned(tx, 10)
        assert (one.body, one.content_type, one.validators.etag) == (body, "text/html", '"x"')
        pages.mark_cleaned(tx, [one], at(1))
        assert pages.uncleaned(tx, 10) == []


def test_an_item_without_a_page_and_a_file_of_records_wait_to_be_cleaned(store, record, waiting):
    """Both wait although there is no body, until they are marked; neither is visited again by itself."""
    for outcome, url in (("feed", URL), ("records", "file:///in/a.jsonl")):
        record(look(0, FeedItem(url, "Dam"), source=outcome))
        record(fetched(0, outcome, b"", url))
    with store.transaction() as tx:
        found = pages.uncleaned(tx, 10)
        assert [(one.outcome, one.body, one.item.title) for one in found] == [
            ("feed", b"", "Dam"),
            ("records", b"", "Dam"),
        ]
        pages.mark_cleaned(tx, found, at(1))
        assert pages.uncleaned(tx, 10) == []
    assert waiting(1000) == []
    record(look(2, FeedItem(URL, "Dam, again"), source="feed"))
    assert waiting(2) == [URL]


def test_the_same_bytes_again_need_no_cleaning(store, record):
    """A further visit that brings the same bytes is not cleaned again; other bytes are."""
    for hours, body in ((0, b"one"), (6, b"one"), (24, b"two")):
        record(fetched(hours, body=body))
    with store.reading() as tx:
        assert [one.body for one in pages.uncleaned(tx, 10)] == [b"one", b"two"]


def test_a_fetch_recorded_twice_counts_once(store, record):
    """After a kill the same fetch may be recorded again: attempts and bodies stay what they were."""
    record(look(0, FeedItem(URL)))
    for _ in range(2):
        record(fetched(0, "failed"))
    with store.reading() as tx:
        (one,) = pages.pending(tx, at(1), 10)
    assert one.attempts == 1


def test_health_counts_failures_in_a_row(store, record):
    """How a source fares: its last error, its last success, and failures since."""
    record(look(0))
    record(look(1, outcome="failed", error="no answer"))
    record(look(2, outcome="failed", error="refused"))
    with store.reading() as tx:
        (one,) = polls.health(tx, at(5), {"coast": "Coast Wire"})
        (earlier,) = polls.health(tx, at(0.5), {})
    assert (one.outlet, one.failures, one.last_success, one.error) == ("Coast Wire", 2, T0, "refused")
    assert (earlier.outlet, earlier.failures, earlier.error) == ("coast", 0, None)
