import time
from datetime import timedelta

import pytest

from news.article import Exclusion, FeedItem, FetchedPage, Precision, Relevance
from tests.warehouse.records import T0, at, page
from warehouse import articles, pages

STORY = (
    "BRANFORD, March 1 (Coast Wire) -- The Uplands will open the Kessel Dam within ten days, Water Minister Ana Oren "
    "told parliament on Tuesday. Engineers had finished testing all 14 gates, she said, and the reservoir stood at 81 "
    "percent of its capacity. Foreign Minister Tomas Reve recalled his ambassador from Branford and asked the River "
    "Commission for an emergency session before March 9. Hydrologist Miren Castell of the Ister Institute warned that "
    "a sudden opening could flood the villages of Orsa and Telling within hours."
)
OTHER = (
    "Snow fell on the market square of Port Maren all afternoon, and by evening the trams had stopped. Children pulled "
    "sledges along Harbour Street while the city council met to discuss the price of salt. Mayor Ilse Brandt said that "
    "the ploughs would be out before dawn, and that schools would open an hour later than usual on Thursday."
)


def stored(store, *ids):
    """These articles by id, as stored."""
    with store.reading() as tx:
        return {one.article_id: one for one in articles.get(tx, ids)}


def unread(store, hours=1.0, **more):
    """The addresses that are left to be read."""
    with store.transaction() as tx:
        return [one.url for one in articles.unread(tx, "rules-1", 50, now=at(hours), **more)]


def test_a_page_is_stored_to_the_character(store, filed):
    """Text, excluded ranges, dates, credit and relevance come back as they were given."""
    text = "Share \N{SNOWMAN}\n" + STORY + "\x00\r\n "
    given, relevance = page(
        "http://coastwire.example/1",
        text,
        excluded=(Exclusion(0, 7, "share"),),
        byline="Jo Abel",
        credit="Hilltop Post",
        external_id="x-1",
        outlet="coastwire",
        published=T0 - timedelta(days=1),
        published_precision=Precision.DAY,
    )
    (article_id,) = filed((given, relevance)).new
    one = stored(store, article_id)[article_id]
    assert (one.text, one.excluded, one.byline, one.external_id) == (text, given.excluded, "Jo Abel", "x-1")
    assert (one.published, one.published_precision) == (given.published, Precision.DAY)
    assert (one.origin, one.relevance, one.revision) == ("hilltop", relevance, 1)


def test_filing_twice_changes_nothing(store, filed):
    """The same pages filed again, in any spelling of their addresses, are unchanged, and so is the warehouse."""
    first = filed(page("http://coastwire.example/1", STORY), page("http://coastwire.example/2", OTHER))
    again = filed(page("https://www.coastwire.example/1/", STORY), page("http://coastwire.example/2#x", OTHER))
    assert (len(first.new), again.new, again.revised) == (2, (), ())
    assert sorted(again.unchanged) == sorted(first.new)


def test_a_changed_page_is_a_new_revision_and_furniture_is_none(store, filed):
    """New words make revision 2 with its kind; counters and labels around the same words make none."""
    url = "http://coastwire.example/1"
    (article_id,) = filed(page(url, STORY)).new
    assert filed(page(url, "2 weeks ago 38\n" + STORY + "\nRead more", seen=at(1))).unchanged == (article_id,)
    assert filed(page(url, STORY.replace("81", "78"), seen=at(2)), now=at(2)).revised == (article_id,)
    assert filed(page(url, STORY.replace("81", "78"), title="Dam opens", seen=at(3)), now=at(3)).revised
    assert stored(store, article_id)[article_id].revision == 3
    with store.reading() as tx:
        kinds = [row["kind"] for row in tx.rows("SELECT kind FROM v_revisions ORDER BY revision")]
    assert kinds == ["corrected", "headline"]


def test_an_older_version_that_arrives_late_changes_nothing(store, filed):
    """An old dump imported again does not undo what a page has become since."""
    url = "http://coastwire.example/1"
    filed(page(url, STORY.replace("81", "78"), seen=at(5)))
    assert filed(page(url, STORY, seen=at(1))).unchanged


def test_a_page_is_one_article_under_its_listed_and_its_final_address(store, filed):
    """Two listed addresses that lead to one page are one article; a front page that catches dead links is not one."""
    for url, final in (("a", "real"), ("b", "real"), ("dead", ""), ("gone", "")):
        listed = "http://coastwire.example/" + url
        fetched = FetchedPage(
            listed, "coast", FeedItem(listed), T0, "page", final_url="http://coastwire.example/" + final, body=b"x"
        )
        with store.transaction() as tx:
            pages.record(tx, [fetched])
    first = filed(page("http://coastwire.example/a", STORY))
    again = filed(page("http://coastwire.example/b", STORY), page("http://coastwire.example/real", STORY))
    assert again.unchanged == first.new * 2
    dead = filed(page("http://coastwire.example/dead", OTHER), page("http://coastwire.example/gone", OTHER[:200]))
    assert len({*dead.new, *dead.copies}) == 2


def test_copies_fold_onto_the_original_in_one_batch_or_several(store, filed):
    """A reprint names its original and takes over its origin, whether it comes with it or later."""
    original = page("http://coastwire.example/1", STORY, outlet="coastwire")
    (first,) = filed(original).new
    second = filed(page("http://hilltop.example/1", STORY, outlet="hilltop", seen=at(1), published=at(1)))
    third = filed(
        page("http://valley.example/1", STORY, seen=at(2), published=at(2)),
        page("http://brook.example/1", STORY, seen=at(3), published=at(3)),
    )
    assert (second.new, third.new) == ((), ())
    for one in stored(store, *second.copies, *third.copies).values():
        assert (one.original_id, one.copy_kind, one.origin) == (first, "identical", "coastwire")


def test_an_earlier_page_that_arrives_late_takes_the_original_s_place(store, filed):
    """When an older original turns up, the old one and all its copies become copies of it, and history is kept."""
    (was,) = filed(page("http://hilltop.example/1", STORY, outlet="hilltop", published=at(5), seen=at(5))).new
    (copy,) = filed(page("http://valley.example/1", STORY, published=at(6), seen=at(6))).copies
    late = filed(page("http://coastwire.example/1", STORY, outlet="coastwire", published=at(1), seen=at(9)), now=at(9))
    (root,) = late.new
    assert late.turned == (was,)
    now = stored(store, was, copy, root)
    assert [now[one].original_id for one in (was, copy, root)] == [root, root, None]
    with store.reading() as tx:
        before = tx.rows(
            "SELECT original_id FROM articles_at($moment) WHERE article_id = $id", {"moment": at(8), "id": copy}
        )
    assert before == [{"original_id": was}]


def test_other_stories_are_left_apart(filed):
    """Different texts of one outlet and day are different articles."""
    assert len(filed(page("http://coastwire.example/1", STORY), page("http://coastwire.example/2", OTHER)).new) == 2


def test_one_page_twice_in_a_batch_is_one_article(filed):
    """A page listed twice in a batch is filed once, and a changed text between them is its revision."""
    url = "http://coastwire.example/1"
    done = filed(page(url, STORY), page(url, STORY), page(url, OTHER, seen=at(1)))
    assert (len(done.new), len(done.unchanged), len(done.revised)) == (1, 1, 1)


def test_only_originals_on_the_topic_in_a_known_language_are_left_to_read(store, filed):
    """Copies, off-topic pages and other languages are passed over, with the reason; languages are counted."""
    off = Relevance(0.1, on_topic=False)
    filed(
        page("http://coastwire.example/1", STORY),
        page("http://hilltop.example/1", STORY, seen=at(1), published=at(1)),
        page("http://coastwire.example/off", OTHER, relevance=off),
        page("http://coastwire.example/ko", "눈이 내렸다. " * 20, lang="ko", relevance=off),
    )
    assert unread(store) == ["http://coastwire.example/1"]
    assert sorted(unread(store, read_all=True)) == ["http://coastwire.example/1", "http://coastwire.example/off"]
    with store.reading() as tx:
        assert articles.unread_languages(tx, T0, at(1)) == {"ko": 1}
        assert articles.unread_languages(tx, at(1), at(2)) == {}
        why = tx.rows("SELECT outcome, count(*) AS n FROM readings GROUP BY outcome ORDER BY outcome")
    assert why == [{"outcome": "copy", "n": 1}, {"outcome": "language", "n": 1}, {"outcome": "off_topic", "n": 1}]


def test_a_copy_that_turns_out_to_be_the_original_is_read_after_all(store, filed):
    """Passing a copy over is no verdict for good."""
    filed(page("http://hilltop.example/1", STORY, outlet="hilltop", published=at(5), seen=at(5)))
    assert unread(store, 6) == ["http://hilltop.example/1"]
    filed(page("http://coastwire.example/1", STORY, outlet="coastwire", published=at(1), seen=at(9)), now=at(9))
    assert unread(store, 9) == ["http://coastwire.example/1"]


def test_a_page_of_any_text_can_be_filed(filed):
    """Empty, tiny and strange texts are filed like any other."""
    strange = ["", " ", "\x00", "\ud800", "'; DROP TABLE articles; --", "\u202e" * 100, "a" * 100_000]
    done = filed(*[page(f"http://coastwire.example/{n}", text) for n, text in enumerate(strange)])
    assert len(done.new) + len(done.copies) == len(strange)


@pytest.mark.parametrize("size", [200])
def test_a_batch_is_filed_within_seconds(filed, size):
    """Two hundred articles are filed and judged in a few seconds."""
    batch = [
        page(
            f"http://coastwire.example/{n}",
            " ".join(
                f"Report {n}.{line}: village number {n * 31 + line} of the valley counted its sheep."
                for line in range(25)
            ),
        )
        for n in range(size)
    ]
    began = time.monotonic()
    assert len(filed(*batch).new) > 0
    assert time.monotonic() - began < 10
