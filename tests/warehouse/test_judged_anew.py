"""Copies are judged anew when a text changes: the copy's, its original's, or that of what had joined them."""

import tempfile
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.records import T0, at, page
from tests.warehouse.test_order import sentences
from warehouse import articles, listings
from warehouse.store import Warehouse

STORY, OTHER = sentences(21, 24), sentences(22, 24)
ONE, TWO, THREE = "http://coastwire.example/1", "http://hilltop.example/1", "http://tern.example/1"


def told(url, lines, hours=0.0, **more):
    """A page of these sentences, first seen and published so many hours after the beginning of time."""
    published = more.pop("published", at({ONE: 0, TWO: 1, THREE: 2}.get(url, 3)))
    return page(url, "\n".join(lines), seen=at(hours), published=published, **more)


def verdicts(store, url):
    """Every verdict on a page, first to last: its kind and the address of its original."""
    with store.reading() as tx:
        sql = "SELECT kind, original_url, score, evidence, holds FROM v_copies WHERE url = $url ORDER BY version"
        return tx.rows(sql, {"url": url})


def kinds(store, url):
    """Every verdict on a page, first to last, by its kind."""
    return [row["kind"] for row in verdicts(store, url)]


def test_a_copy_rewritten_into_a_report_of_its_own_is_a_copy_no_more(store, filed):
    """What it was is kept, it is an original from then on, and it is left to be read."""
    filed(told(ONE, STORY), told(TWO, STORY, 1))
    done = filed(told(TWO, OTHER, 5), now=at(5))
    assert kinds(store, TWO) == ["identical", None]
    assert [row["holds"] for row in verdicts(store, TWO)] == [False, True]
    assert (len(done.revised), len(done.released), done.turned) == (1, 1, ())
    with store.transaction() as tx:
        assert {one.url for one in articles.unread(tx, "rules-1", 9, now=at(6))} == {ONE, TWO}
        history = tx.rows("SELECT original_id FROM copies_at($now::TIMESTAMPTZ)", {"now": at(1)})
    assert [bool(row["original_id"]) for row in history] == [True]


def test_an_original_rewritten_loses_its_copies_and_they_have_one_of_their_own(store, filed):
    """Of two pages that print what the first page no longer says, the earlier one is the original now."""
    filed(told(ONE, STORY), told(TWO, STORY, 1), told(THREE, STORY[:-1], 2))
    done = filed(told(ONE, OTHER, 5), now=at(5))
    assert kinds(store, TWO) == ["identical", None]
    assert [row["original_url"] for row in verdicts(store, THREE)] == [ONE, TWO]
    assert len(done.released) == 1


def test_a_copy_cut_short_is_of_another_kind(store, filed):
    """The kind, the score and what is shared are those of the text as it is now."""
    filed(told(ONE, STORY), told(TWO, STORY, 1))
    filed(told(TWO, STORY[:14], 5), now=at(5))
    assert kinds(store, TWO) == ["identical", "edited"]
    assert '"sentences": [14, 14]' in verdicts(store, TWO)[-1]["evidence"]


def test_an_original_that_grows_changes_the_measures_of_its_copies(store, filed):
    """An original that has sentences more: its copy is the same page as before, beside another text."""
    filed(told(ONE, STORY[:16]), told(TWO, STORY[:16], 1))
    filed(told(ONE, STORY, 5), now=at(5))
    assert kinds(store, TWO) == ["identical", "edited"]


def test_a_page_becomes_a_copy_when_it_takes_over_the_text(store, filed):
    """An original that prints another's text in its next version is that one's copy, and what rested on it is told."""
    filed(told(ONE, STORY), told(TWO, OTHER, 1))
    done = filed(told(TWO, STORY, 5), now=at(5))
    assert kinds(store, TWO) == ["identical"]
    assert len(done.turned) == 1


def test_what_only_a_changed_page_had_joined_falls_apart(store, filed):
    """Two stories that were one through a page that drifted between them are two once that page is another text."""
    between = told(TWO, STORY[6:], 1)
    filed(told(ONE, STORY[:18]), told(THREE, [*STORY[12:], *OTHER[:6]], 2))
    filed(between)
    assert [row["original_url"] for row in verdicts(store, THREE)] == [ONE]
    filed(told(TWO, sentences(23, 18), 5), now=at(5))
    assert kinds(store, THREE)[-1] is None


def test_a_change_that_changes_no_verdict_leaves_no_row(store, filed):
    """Pages of a group that are judged again and come out as they were get no new verdict."""
    filed(told(ONE, STORY), told(TWO, STORY, 1), told(THREE, STORY[:-2], 2))
    filed(told(TWO, STORY[:-1], 5), now=at(5))
    assert (kinds(store, TWO), kinds(store, THREE)) == (["identical", "syndicated"], ["syndicated"])


def test_new_copies_are_found_by_the_text_as_it_is_now(store, filed):
    """A page's marks are those of its last version: what copies that is found, what was copied before is not."""
    filed(told(ONE, STORY))
    filed(told(ONE, OTHER, 5), now=at(5))
    filed(told(TWO, STORY[1:], 6), told(THREE, OTHER[1:], 6), now=at(6))
    assert (kinds(store, TWO), kinds(store, THREE)) == ([], ["syndicated"])


def test_a_title_alone_judges_nothing_anew(store, filed):
    """A new headline over the same words is no new verdict."""
    filed(told(ONE, STORY), told(TWO, STORY, 1))
    filed(told(TWO, STORY, 5, title="Otherwise"), now=at(5))
    assert kinds(store, TWO) == ["identical"]


# ── order ───────────────────────────────────────────────────────────────────────────────────────────────────────────

VERSIONS = (
    (ONE, STORY[:18], OTHER),
    (TWO, STORY[:17], STORY[3:]),
    (THREE, OTHER[:20], STORY[5:]),
    ("http://gull.example/1", STORY, OTHER[2:]),
    ("http://heron.example/1", OTHER, OTHER[:22]),
)


def last_groups(batches, topic):
    """The sets of addresses under one original after these batches of pages."""
    with tempfile.TemporaryDirectory() as folder:
        store = Warehouse.open(Path(folder) / "order.duckdb", topic.id, topic.path)
        for batch in batches:
            with store.transaction() as tx:
                articles.file(tx, batch, at(50), topic=topic)
        with store.reading() as tx:
            rows = listings.listing(tx, "articles")
    under = {}
    for row in rows:
        under.setdefault(row["original_id"] or row["article_id"], set()).add(row["url"])
    return sorted(map(sorted, under.values()))


def version(one, number):
    """A page in its first or second version; when it was published depends on the page alone."""
    url, *texts = VERSIONS[one]
    return told(url, texts[number], one + 10 * number, published=T0 + timedelta(hours=one))


def as_they_are_now(topic):
    """The groups when each page's last version is all that was ever seen of it."""
    return last_groups([[version(one, 1) for one in range(len(VERSIONS))]], topic)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations([*range(len(VERSIONS))] * 2),
    cuts=st.sets(st.integers(1, 2 * len(VERSIONS) - 1)),
)
def test_same_groups_in_any_order_of_versions(order, cuts, topic):
    """However pages and their versions come, in any batches, the groups are those of the texts as they are now."""
    pages = [version(one, order[:place].count(one)) for place, one in enumerate(order)]
    batches = [pages[start:end] for start, end in pairwise([0, *sorted(cuts), len(pages)])]
    assert last_groups(batches, topic) == as_they_are_now(topic)


def test_groups_of_the_textsas_they_are_now(topic):
    """What the property test compares with is what filing the last versions alone gives: two stories."""
    assert sorted(map(len, as_they_are_now(topic))) == [2, 3]
