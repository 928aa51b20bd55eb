"""The demo wire keeps what the planted list promises."""

import re
from collections import Counter
from itertools import chain, pairwise

import pytest

from demo.outlets import BY_ID
from demo.planted import blocks, load_planted
from demo.world import days, load_pages

PAGES = load_pages()
BY_PAGE = {page.id: page for page in PAGES}
PLANTED = load_planted()
KINDS = {"identical", "syndicated", "edited", "spun", "summary"}
SENTENCE = re.compile(r"(?<=[.!?])[\"”’']?\s+")


def test_enough_pages_and_outlets():
    """There are at least eighty pages of at least eight outlets, a quarter of the originals off the topic."""
    assert len(PAGES) >= 80
    assert len({page.outlet for page in PAGES}) >= 8
    assert {page.outlet for page in PAGES} <= set(BY_ID)
    off = [page for page in PAGES if not page.on_topic]
    assert len(off) / len(PAGES) >= 0.2


def test_addresses_are_unique():
    """No two pages share an address, so every planted thing has one page."""
    assert len({(page.outlet, page.path) for page in PAGES}) == len(PAGES)


def test_no_two_originals_share_a_sentence():
    """Each original is written, not filled into a pattern: no sentence of six words or more stands twice."""
    seen: Counter[str] = Counter()
    for page in PAGES:
        if page.original is None:
            text = chain.from_iterable(SENTENCE.split(block) for block in blocks(page.versions[0].body_html))
            seen.update({one.strip().casefold() for one in text if len(one.split()) >= 6})
    assert [sentence for sentence, count in seen.items() if count > 1] == []


@pytest.mark.parametrize("row", PLANTED.claims, ids=lambda row: f"{row['page']}-{row['holder'][:20]}")
def test_planted_evidence_stands_on_its_page(row):
    """A planted claim's evidence is verbatim on its page, and its content verbatim in the evidence."""
    page = BY_PAGE[row["page"]]
    texts = [block for version in page.versions for block in blocks(version.body_html)]
    assert any(" ".join(row["evidence"].split()) in block for block in texts)
    assert row.get("content", "") in row["evidence"]


def test_every_difficulty_is_planted():
    """Copies of all five kinds, silent changes, bad dates, a failing and a moved page, shifts and traps are there."""
    assert {row["kind"] for row in PLANTED.copies} == KINDS
    assert {"headline", "corrected", "softened", "extended"} <= {row["kind"] for row in PLANTED.revisions}
    assert {"missing", "wrong", "relative"} == {row["quirk"] for row in PLANTED.dates}
    assert {"fails_first", "moved"} <= {row["quirk"] for row in PLANTED.fetch}
    for table in ("shifts", "divergences", "disputes", "figures", "mutations", "traps"):
        assert getattr(PLANTED, table), table


def test_planted_pages_are_there_and_labels_agree():
    """Every page a planted row names exists, and copies and off-topic pages are labelled alike in both places."""
    for table in PLANTED.__dataclass_fields__:
        for row in getattr(PLANTED, table):
            for key in ("page", "original", "before_page", "after_page"):
                assert row.get(key) is None or row[key] in BY_PAGE, (table, row)
    assert {row["page"]: row["kind"] for row in PLANTED.copies} == {
        page.id: page.copy_kind for page in PAGES if page.original
    }
    assert {row["page"] for row in PLANTED.off_topic} == {page.id for page in PAGES if not page.on_topic}


def test_days_cover_every_change():
    """Every version is served at some simulated moment, at most two days after it appeared."""
    moments = days(PAGES)
    for page in PAGES:
        for version in page.versions:
            assert any(0 <= (moment - version.at).total_seconds() <= 2 * 86400 for moment in moments)
        for before, after in pairwise(page.versions):
            assert any(before.at <= moment < after.at for moment in moments)
