"""A mutation that is one no more is taken back, and those who were told of it are told that, once."""

from datetime import timedelta

import pytest

import flows.collating
from alerts.render import render
from flows import delivering
from flows.collating import collate
from news.mutations import find_mutations
from tests.flows.test_collating import ALTERED, NOW, STORY, page, take, told
from warehouse import corrections, listings

URL = "http://mill.example/1"


def rows(desk, view="findings"):
    """A list's rows."""
    with desk.warehouse.reading() as tx:
        return listings.listing(tx, view)


def corrected(desk):
    """What the corrections say, by what was altered."""
    by_id = {row["finding_id"]: row for row in rows(desk)}
    return {
        by_id[row["detail"]["corrects"]]["detail"]["what"]: row for row in by_id.values() if row["kind"] == "correction"
    }


def digests(desk, hours):
    """The kinds told in the digest at that time, and its subject-matter ids."""
    return [
        (one.subscriber, [finding.kind.value for finding in one.findings])
        for one in delivering.digest(desk, NOW + timedelta(hours=hours))
    ]


@pytest.fixture
def altered(desk):
    """A desk that has told its subscriber of three alterations."""
    assert take(desk, page("wire", STORY), page("mill", ALTERED, 2), hours=2) == 3
    ((_, kinds),) = digests(desk, 3)
    assert kinds.count("mutation") == 3
    return desk


def test_a_copy_that_mends_what_it_altered_is_corrected_once(altered):
    """The number is put right: that finding is taken back with the reason, the others stand, and it is told once."""
    mended = ALTERED.replace("3,000", "300")
    take(altered, page("mill", mended, 30, published=NOW), hours=30)
    (correction,) = corrected(altered).values()
    assert "number" in corrected(altered)
    assert "mill" in correction["detail"]["reason"].lower()
    assert "3,000" in correction["sentence"]
    status = {
        row["detail"]["what"]: (row["status"], row["reason"]) for row in rows(altered) if row["kind"] == "mutation"
    }
    assert status["number"] == ("corrected", correction["detail"]["reason"])
    assert status["negation"] == status["attribution"] == ("stands", None)
    ((_, kinds),) = digests(altered, 31)
    assert kinds.count("correction") == 1
    assert "mutation" not in kinds
    take(altered, hours=60)
    assert all("correction" not in kinds for _, kinds in digests(altered, 61))


def test_a_copy_that_becomes_identical_has_altered_nothing(altered):
    """Nothing is compared word by word any more, and all that it altered is taken back."""
    take(altered, page("mill", STORY, 30, published=NOW), hours=30)
    assert set(corrected(altered)) == {"number", "negation", "attribution"}


def test_an_original_that_says_the_same_now_takes_the_finding_back(altered):
    """When the original is corrected to what the copy printed, the copy altered nothing."""
    take(altered, page("wire", STORY.replace("300", "3,000"), 30, published=NOW), hours=30)
    assert set(corrected(altered)) == {"number"}
    assert "wire" in corrected(altered)["number"]["detail"]["reason"].lower()


def test_a_page_that_is_no_copy_any_more_has_altered_nothing(altered):
    """A page rewritten into a report of its own takes its alterations with it."""
    lines = [
        f"Reporter {n} counted {n * 7} boats on the river near Tolm before the ferry left for the sea."
        for n in range(9)
    ]
    take(altered, page("mill", "\n".join(lines), 30, published=NOW), hours=30)
    assert set(corrected(altered)) == {"number", "negation", "attribution"}


def test_a_finding_of_many_pages_stands_while_one_of_them_prints_it(altered):
    """A page that mends itself is named no more; the finding stands, in the name of the page that is left."""
    take(altered, page("heap", "Reprinted.\n" + ALTERED, 4), hours=4)
    take(altered, page("mill", STORY, 30, published=NOW), hours=30)
    assert corrected(altered) == {}
    number = told(altered)["number"]
    assert [one["url"] for one in number["after"]] == ["http://heap.example/1"]
    assert number["detail"]["pages"] == 1
    assert number["sentence"].lower().startswith("heap ")


def test_those_who_were_not_told_are_not_corrected(desk):
    """What was taken back before any digest told it is not told, and neither is its correction."""
    take(desk, page("wire", STORY), page("mill", ALTERED, 2), hours=2)
    take(desk, page("mill", STORY, 3, published=NOW), hours=3)
    assert set(corrected(desk)) == {"number", "negation", "attribution"}
    assert all({"mutation", "correction"}.isdisjoint(kinds) for _, kinds in digests(desk, 4))


def test_what_is_altered_again_stands_again(altered):
    """An alteration that comes back is no longer marked as taken back; nobody is told it twice."""
    take(altered, page("mill", STORY, 30, published=NOW), hours=30)
    assert digests(altered, 31)
    take(altered, page("mill", ALTERED, 60, published=NOW), hours=60)
    assert {row["status"] for row in rows(altered) if row["kind"] == "mutation"} == {"stands"}
    assert all("mutation" not in kinds for _, kinds in digests(altered, 61))


def test_any_finding_can_be_taken_back_once(altered):
    """`correct` takes a finding back with a reason, once; an unknown one is None."""
    finding = told(altered)["number"]["finding_id"]
    with altered.warehouse.transaction() as tx:
        made = corrections.correct(tx, finding, "an analyst marked it as wrong", NOW)
        assert corrections.correct(tx, finding, "an analyst marked it as wrong", NOW) is None
        assert corrections.correct(tx, "fnd_unknown", "whatever", NOW) is None
    assert made is not None
    assert made.detail["corrects"] == finding


def test_as_of_a_time_before_the_finding_stands(altered):
    """What we held when the alert went out can still be asked for."""
    take(altered, page("mill", STORY, 30, published=NOW), hours=30)
    with altered.warehouse.reading() as tx:
        before = listings.listing(tx, "findings", {"as_of": NOW + timedelta(hours=5)})
    assert {row["status"] for row in before} == {"stands"}


def test_a_pair_that_the_rules_trip_over_is_seen_and_tried_again_after_an_upgrade(desk, monkeypatch):
    """One text never stops the others; the failure is listed, and the next version of the rules looks again."""

    def broken(*_):
        raise ZeroDivisionError("nothing to align")

    monkeypatch.setattr(flows.collating, "find_mutations", broken)
    assert take(desk, page("wire", STORY), page("mill", ALTERED, 2), hours=2) == 0
    (row,) = rows(desk, "rejects")
    assert URL in row["given"]
    assert "ZeroDivisionError" in row["reason"]
    assert collate(desk, NOW) == 0
    assert len(rows(desk, "rejects")) == 1
    monkeypatch.setattr(flows.collating, "find_mutations", find_mutations)
    assert collate(desk, NOW) == 0
    monkeypatch.setattr(flows.collating, "RULES", "later rules")
    assert collate(desk, NOW) == 3


def test_the_digest_says_what_was_told_and_why_it_is_taken_back(altered):
    """The correction stands in the digest with the reason and the sentence that was told."""
    take(altered, page("mill", ALTERED.replace("3,000", "300"), 30, published=NOW), hours=30)
    (digest,) = delivering.digest(altered, NOW + timedelta(hours=31))
    shown = render(digest, altered.topic)
    for text in (shown.text, shown.html, str(shown.slack), str(shown.json)):
        assert "Correction" in text or "correction" in text
        assert "mill changed the text since" in text.lower()
        assert "3,000 divers" in text


def test_an_earlier_original_makes_no_second_finding_of_one_alteration(altered):
    """When the page we took for the original turns out to be a copy itself, what was told stands under its id."""
    before = told(altered)["number"]["finding_id"]
    assert take(altered, page("spring", STORY, 30, published=NOW - timedelta(hours=5)), hours=30) == 0
    assert told(altered)["number"]["finding_id"] == before
    assert corrected(altered) == {}
    with altered.warehouse.reading() as tx:
        (row,) = tx.rows("SELECT original_url FROM v_copies WHERE url = $url AND holds", {"url": URL})
    assert row["original_url"] == "http://spring.example/1"
