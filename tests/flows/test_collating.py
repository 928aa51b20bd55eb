"""What a copy alters is found, told once with all pages that print it, and never twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flows.collating import collate
from flows.comparing import compare_claims
from flows.stages import file_batch, read
from news.article import CleanArticle, Precision
from warehouse import articles, findings, listings

NOW = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)
STORY = (
    "HARROWGATE, May 1 (SW) - Velmora has begun to fill the Sarn reservoir, Water Minister Irja Tamm said on Friday.\n"
    "About 300 divers were hurt when the third gate gave way, the river council of Harrowgate told reporters.\n"
    "Ostrany did not comment on the divers, and its envoy left the council before the vote on the gates of the dam.\n"
    "Farmers of the lower valley have waited for the water since the spring, when the last of their wells ran dry.\n"
    "The council will meet again on Monday to hear the engineers who tested the gates in the autumn of last year."
)
ALTERED = (
    STORY.replace(", Water Minister Irja Tamm said on Friday", "")
    .replace("300", "3,000")
    .replace("did not comment on", "did remark on")
)


def page(host, text, hours=0.0, **more):
    """One page, seen and published so many hours after the story."""
    seen = NOW + timedelta(hours=hours)
    given = {"title": "Velmora fills Sarn", "published": seen, "published_precision": Precision.SECOND, **more}
    return CleanArticle(f"http://{host}.example/1", text=text, seen=seen, outlet=host, lang="en", **given)


def take(desk, *pages, hours=0.0, silent=False):
    """Files pages, reads and collates; how many findings that made."""
    now = NOW + timedelta(hours=hours)
    file_batch(desk, pages, now)
    read(desk, now)
    return collate(desk, now, silent=silent)


def told(desk):
    """The mutations found, by what was altered."""
    with desk.warehouse.reading() as tx:
        return {row["detail"]["what"]: row for row in listings.listing(tx, "findings") if row["kind"] == "mutation"}


def held(desk):
    """The addresses whose claims each position rests on, by actor and stance."""
    with desk.warehouse.reading() as tx:
        rows = listings.listing(tx, "positions")
        urls = {row["claim_id"]: row["url"] for row in listings.listing(tx, "claims")}
    return {(row["actor"], row["stance"]): {urls[one] for one in row["claims"]} for row in rows}


def test_what_a_copy_alters_is_told_with_both_sentences(desk):
    """A number, a negation and a lost source are a finding each, joined to the claim of the original they alter."""
    assert take(desk, page("wire", STORY), page("mill", ALTERED, 2), hours=2) == 3
    found = told(desk)
    assert set(found) == {"number", "negation", "attribution"}
    number = found["number"]
    assert "300" in number["before"][0]["evidence"]
    assert number["before"][0]["url"] == "http://wire.example/1"
    assert "3,000" in number["after"][0]["evidence"]
    assert number["after"][0]["url"] == "http://mill.example/1"
    assert "3,000" in number["sentence"]
    lost = found["attribution"]
    assert (lost["before"][0]["holder"], lost["holder"], lost["actor"]) == ("Irja Tamm", "Irja Tamm", "velmora")
    assert lost["before"][0]["claim_id"]


def test_nothing_is_told_twice_and_every_page_is_named(desk):
    """Run again nothing is new; another page that prints the same joins the finding it belongs to."""
    take(desk, page("wire", STORY), page("mill", ALTERED, 2), hours=2)
    assert take(desk, hours=3) == 0
    assert take(desk, page("heap", "Reprinted.\n" + ALTERED, 4), hours=4) == 0
    number = told(desk)["number"]
    assert [one["url"] for one in number["after"]] == ["http://mill.example/1", "http://heap.example/1"]
    assert number["detail"]["pages"] == 2


def test_a_true_copy_alters_nothing(desk):
    """A cut copy, a copy with a credit, and one with other marks of quotation make no finding."""
    cut = STORY.rpartition("\n")[0]
    assert (
        take(desk, page("wire", STORY), page("mill", cut, 1), page("heap", STORY + "\nCredit: Wire", 2), hours=2) == 0
    )


def test_what_the_original_said_once_is_no_mutation(desk):
    """When the original is corrected after it was copied, its copies did not alter anything."""
    take(desk, page("wire", STORY), page("mill", "Reprinted from the wire.\n" + STORY, 1), hours=1)
    corrected = page("wire", STORY.replace("300", "30"), 5)
    assert take(desk, corrected, hours=5) == 0
    assert told(desk) == {}


def test_old_and_silent_alterations_alert_nobody(desk):
    """What was altered long before we saw it, and what is found in silence, is kept as a baseline."""
    old = NOW - timedelta(days=90)
    take(desk, page("wire", STORY, published=old), page("mill", ALTERED, 2, published=old), hours=2)
    assert {row["baseline"] for row in told(desk).values()} == {True}
    assert take(desk, page("hill", ALTERED.replace("3,000", "30"), 3, published=old), hours=3, silent=True) == 1
    assert {row["baseline"] for row in told(desk).values()} == {True}


def test_a_revision_is_joined_to_the_claims_it_changes(desk):
    """The claims that a new version adds, changes and withdraws are listed with it and told with it."""
    first = page("wire", STORY)
    take(desk, first)
    new = STORY.replace(
        "Velmora has begun to fill the Sarn reservoir, Water Minister",
        "Velmora may fill the Sarn reservoir, Water Minister",
    ).replace("\nFarmers", "\nOstrany will destroy the dam, President Pellin Dray warned.\nFarmers")
    take(desk, replace(first, text=new, seen=NOW + timedelta(hours=3)), hours=3)
    with desk.warehouse.reading() as tx:
        (revision,) = listings.listing(tx, "revisions")
        (finding,) = [row for row in listings.listing(tx, "findings") if row["kind"] == "revision"]
        said = {row["claim_id"]: row for row in listings.listing(tx, "claims")}
        (known,) = findings.get(tx, [finding["finding_id"]])
        text = articles.get(tx, [revision["article_id"]])[0].text
    assert revision["kind"] == "softened"
    changes = {row["change"]: row for row in revision["claims"]}
    assert set(changes) == {"added", "changed"}
    assert said[changes["added"]["claim_id"]]["holder"] == "Pellin Dray"
    assert changes["changed"]["before"] not in said
    assert finding["detail"]["claims"] == {"added": 1, "changed": 1, "withdrawn": 0}
    assert "1 added, 1 changed" in finding["sentence"]
    assert {one.claim_id for one in known.after if one.claim_id} == {row["claim_id"] for row in revision["claims"]}
    assert all(one.evidence in text for one in known.after)
    gone = replace(first, text="\n".join(STORY.split("\n")[1:]), seen=NOW + timedelta(hours=9))
    take(desk, gone, hours=9)
    with desk.warehouse.reading() as tx:
        last = listings.listing(tx, "revisions")[-1]
    assert last["kind"] == "removed"
    assert "withdrawn" in {row["change"] for row in last["claims"]}


def test_what_rests_on_a_page_that_turns_out_to_be_a_copy_falls_with_it(desk):
    """When the original of a page we took for one turns up, positions rest on the original's claims, or on none.

    The clock may have been set back in between.
    """
    late = page("mill", STORY, 5)
    take(desk, late, hours=5)
    compare_claims(desk, NOW)
    assert held(desk)["velmora", "affirms"] == {"http://mill.example/1"}
    file_batch(desk, [page("wire", STORY.replace("has begun to fill", "fills"), 0)], NOW)
    assert ("velmora", "affirms") not in held(desk)
    read(desk, NOW)
    compare_claims(desk, NOW)
    assert held(desk)["velmora", "affirms"] == {"http://wire.example/1"}


def test_what_rests_on_a_page_that_takes_over_a_text_falls_and_comes_back(desk):
    """A page revised into a copy has no positions of its own; revised into a report of its own again, it has."""
    own = STORY.replace("\n", "\n\n").split("\n\n")[0] + "".join(
        f"\nReporter {n} counted {n * 7} boats near Tolm before the ferry left for the sea." for n in range(9)
    )
    mill = page("mill", own, 2)
    take(desk, mill, hours=2)
    compare_claims(desk, NOW + timedelta(hours=2))
    assert held(desk)["velmora", "affirms"] == {"http://mill.example/1"}
    other = STORY.replace("Velmora has begun to fill the Sarn reservoir", "The Sarn reservoir is low")
    file_batch(desk, [page("wire", other, 0)], NOW + timedelta(hours=3))
    file_batch(desk, [replace(mill, text=other, seen=NOW + timedelta(hours=4))], NOW + timedelta(hours=4))
    assert ("velmora", "affirms") not in held(desk)
    take(desk, replace(mill, text=own, seen=NOW + timedelta(hours=9)), hours=9)
    compare_claims(desk, NOW + timedelta(hours=9))
    assert held(desk)["velmora", "affirms"] == {"http://mill.example/1"}


def test_a_copy_keeps_its_kind_and_its_alterations_when_an_earlier_original_turns_up(desk):
    """What a copy is does not change with the page that takes its original's place; what it alters is found still."""
    mirror, altered = page("mill", STORY, 5), page("heap", ALTERED, 6)
    take(desk, mirror, altered, hours=6)
    take(desk, page("wire", STORY + "\nThe council of Harrowgate has nine members.", 0), hours=7)
    with desk.warehouse.reading() as tx:
        found = {row["url"]: row for row in listings.listing(tx, "articles")}
    heap = found["http://heap.example/1"]
    assert heap["copy_kind"] in {"edited", "spun"}
    assert heap["original_id"] == found["http://wire.example/1"]["article_id"]
    assert set(told(desk)) == {"number", "negation", "attribution"}


def test_what_was_filed_long_ago_is_history(desk):
    """Copies that an earlier version filed, and never compared, alert nobody when they are compared at last."""
    file_batch(desk, [page("wire", STORY), page("mill", ALTERED, 2)], NOW)
    assert collate(desk, NOW + timedelta(days=3)) == 3
    assert {row["baseline"] for row in told(desk).values()} == {True}


def test_a_copy_rewritten_into_a_report_of_its_own_is_read_and_counts(desk):
    """Its claims were those of its original: once it is another text it is read, and its positions are its own."""
    take(desk, page("wire", STORY), page("mill", "Reprinted from the wire.\n" + STORY, 1), hours=1)
    own = (
        "HILL, May 2 - Ostrany will destroy the dam, President Pellin Dray warned at a rally of farmers on Saturday.\n"
        "Some nine hundred people had come to the square of Upper Hill, where the rain had not stopped since noon.\n"
        "Dray spoke for an hour from the steps of the old mill and left by the back door without taking questions."
    )
    take(desk, page("mill", own, 9, published=NOW), hours=9)
    with desk.warehouse.reading() as tx:
        said = {(row["url"], row["holder"]) for row in listings.listing(tx, "claims")}
        history = tx.rows("SELECT kind FROM v_copies WHERE url = 'http://mill.example/1' ORDER BY version")
    assert ("http://mill.example/1", "Pellin Dray") in said
    assert [row["kind"] is None for row in history] == [False, True]
