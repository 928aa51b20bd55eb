"""The hand-made pairs, filed as they would come: every copy finds its story, by its kind; nothing else is merged."""

import json
from collections import Counter

import pytest

from news.article import Relevance
from tests.warehouse.pairs import pairs
from warehouse import articles
from warehouse.store import Warehouse

PAIRS = pairs()
KINDS = {pair.other.url: pair.kind for pair in PAIRS}
STORY = {pair.other.url: pair.one.url for pair in PAIRS if pair.kind}


@pytest.fixture(scope="module")
def filed(tmp_path_factory, topic):
    """Every page's verdict, by its address, after all were filed into one warehouse in the order they were seen."""
    store = Warehouse.open(tmp_path_factory.mktemp("pairs") / "w.duckdb", topic.id, topic.path)
    pages = {page.url: page for pair in PAIRS for page in (pair.one, pair.other)}
    rows = [(page, Relevance(0.8, on_topic=True)) for page in sorted(pages.values(), key=lambda page: page.seen)]
    with store.transaction() as tx:
        articles.file(tx, rows, rows[-1][0].seen, topic=topic)
    with store.reading() as tx:
        found = tx.rows(
            "SELECT url, original_url, kind, evidence FROM v_copies WHERE holds AND original_id IS NOT NULL"
        )
    return {row["url"]: row for row in found}


def test_there_are_enough_pairs():
    """At least sixty, of every kind, a fifth of them no copies."""
    counts = Counter(pair.kind for pair in PAIRS)
    assert len(PAIRS) >= 60
    assert set(counts) == {"identical", "syndicated", "edited", "spun", "summary", None}
    assert counts[None] >= 20


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.why} {pair.other.url}")
def test_a_pair_is_judged_rightly(filed, pair):
    """A copy is under its story with the kind that was made of it; a report of another hand, or a form, is none."""
    verdict = filed.get(pair.other.url)
    assert (verdict["kind"] if verdict else None) == pair.kind
    assert (verdict["original_url"] if verdict else None) == STORY.get(pair.other.url)


def test_no_story_is_merged_with_another(filed):
    """Nothing but the copies that were made is a copy of anything."""
    assert set(filed) == set(STORY)


def test_the_evidence_names_what_is_shared(filed):
    """A reader is given sentences, quotations, names in order and the credit, to check a verdict by."""
    shared = {url: json.loads(row["evidence"]).get("shared") for url, row in filed.items()}
    spun = shared["http://mill.example/ferry"]
    assert spun["quotations"] == [1, 1]
    assert spun["quoted"] == ["I had the fog horn, my ears and nothing else,"]
    assert spun["sentences"][0] <= 1
    assert {"212", "almersund", "wedel", "moberg"} <= set(spun["named"])
    assert shared["http://county.example/ferry"]["sentences"] == [5, 6]
    assert shared["http://mirror.example/ferry"] is None
    assert shared["http://city.example/ferry"]["credit"] == "Source: Northern Press"
    assert spun["credit"] is None
