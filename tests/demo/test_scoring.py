"""The comparison with the planted list can be trusted: it neither flatters nor misses."""

from datetime import UTC, date, datetime

from demo.planted import Planted
from demo.scoring import Ledger, overlap, same_holder, score
from demo.world import Page, Version

AT = datetime(2024, 10, 10, tzinfo=UTC)
TEXT = "The spokesman said the reports were invented."
PAGE = Page("p1", "meridian", "/a", AT, AT, (Version(AT, "A", f"<p>{TEXT}</p>"),))
URL = "http://meridianwire.example/a"
CLAIM = {
    "page": "p1",
    "holder": "Ann Example",
    "modality": "denied",
    "evidence": TEXT,
    "content": "the reports were invented",
    "actor": "russia",
    "propositions": [{"id": "x", "stance": "denies"}],
}
SHIFT = {
    "proposition": "x",
    "actor": "russia",
    "holder": None,
    "from": "denies",
    "to": "neutral",
    "at": date(2024, 10, 24),
}


def found(**changed):
    """A claim as the ledger lists it, matching the planted one but for what is changed."""
    row = {
        "claim_id": "c1",
        "url": URL,
        "holder": "Ann Example",
        "actor": "russia",
        "modality": "denied",
        "evidence": TEXT,
        "start": 0,
        "content": [[19, 44]],
    }
    return row | changed


def table(claims=(), stances=(), shifts=(), planted=None):
    """The scores by name."""
    ledger = Ledger((), claims, stances, shifts, (), (), (), (), threshold=0.3)
    return {one.what: one for one in score(planted or Planted(claims=(CLAIM,)), [PAGE], ledger)}


def test_a_claim_counts_only_with_its_holder():
    """The same words under another holder are no find; under the right one they are."""
    assert table([found()])["claims, with the right holder"].found == 1
    assert table([found(holder="Bob Other")])["claims, with the right holder"].found == 0
    assert table([])["claims, with the right holder"].found == 0


def test_other_words_are_no_find():
    """A claim on the same page over other words does not count."""
    assert (
        table([found(evidence="Nothing alike here at all.", content=[[0, 7]])])["claims, with the right holder"].found
        == 0
    )


def test_stances_are_counted_of_the_claims_found():
    """The right stance counts, another one does not."""
    right = [{"claim_id": "c1", "proposition": "x", "stance": "denies"}]
    wrong = [{"claim_id": "c1", "proposition": "x", "stance": "affirms"}]
    assert table([found()], right)["  … of these, the right stance"].found == 1
    assert table([found()], wrong)["  … of these, the right stance"].found == 0


def test_a_shift_that_was_not_planted_is_false():
    """A planted shift found once is found; a second one like it, or any other, is counted as false."""
    planted = Planted(shifts=({key: value for key, value in SHIFT.items() if key != "holder"},))
    other = SHIFT | {"to": "affirms"}
    row = table(shifts=[SHIFT, other], planted=planted)["shifts"]
    assert (row.planted, row.found, row.false) == (1, 1, 1)


def test_holders_and_words_compare_as_a_reader_would():
    """Articles and small words make no other holder; unrelated names and texts have nothing in common."""
    assert same_holder("the National Intelligence Service", "South Korea's National Intelligence Service")
    assert not same_holder("Kim Jong Un", "Kim Yo Jong")
    assert overlap("a b c d", "a b c d e f") == 1
    assert overlap("", "a") == 0
