"""What a new article is compared with: those that share more of its marks than chance does, and no others."""

import pytest

from news.texts import CopyText
from news.topic import Topic
from tests.warehouse.records import T0, page
from warehouse.candidates import FEWEST, alike, marked, newcomers
from warehouse.folding import mark_anew

LONG = " ".join(f"word{number}" for number in range(400))
SHORT = " ".join(f"dam{number}" for number in range(16))


def candidates(store, body, shared, days=0):
    """The candidates of a new text, when a stored article has so many of its marks."""
    new = CopyText("new", "tern", "T", body, T0)
    with store.transaction() as tx:
        day = new.day + days
        tx.append("sketches", [{"mark": mark, "article_id": "old", "day": day} for mark in sorted(new.marks)[:shared]])
        with newcomers(tx, [new], Topic("t", "T", "t.toml")), marked(tx, [new]):
            return alike(tx, [new]).get("new", [])


@pytest.mark.parametrize(("shared", "found"), [(FEWEST - 1, []), (FEWEST, ["old"]), (60, ["old"])])
def test_a_few_marks_in_common_are_chance(store, shared, found):
    """Two long articles of one field share a mark or two: neither is looked at as a copy of the other."""
    assert candidates(store, LONG, shared) == found


def test_a_short_article_needs_fewer(store):
    """A brief of a sentence has hardly more marks than that: one of them is enough to look."""
    assert 1 <= len(CopyText("new", "tern", "T", SHORT, T0).marks) <= 4
    assert candidates(store, SHORT, 1) == ["old"]


@pytest.mark.parametrize(("days", "found"), [(-61, []), (-60, ["old"]), (60, ["old"]), (61, [])])
def test_what_is_far_apart_in_time_is_not_looked_at(store, days, found):
    """The marks of other months cost nothing: a text as like as that is a formula or an anniversary."""
    assert candidates(store, LONG, 60, days) == found


def test_what_an_earlier_version_filed_is_marked_anew(store, filed, topic):
    """Articles without marks, as an older warehouse has them, are found again once they are marked."""
    old, new = page("http://coastwire.example/1", LONG), page("http://hilltop.example/1", LONG[:-20] + " And more.")
    filed(old)
    with store.transaction() as tx:
        tx.run("DELETE FROM sketches")
        tx.run("INSERT INTO unmarked SELECT article_id FROM articles")
    with store.transaction() as tx:
        assert mark_anew(tx, topic, 10) == 1
        assert mark_anew(tx, topic, 10) == 0
    done = filed(new)
    assert done.copies or done.turned
