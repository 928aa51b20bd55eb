from dataclasses import replace
from datetime import date, timedelta

import pytest

from news.article import Precision
from news.claim import Comparison, Figure, Novelty
from news.errors import StepError
from news.finding import Evidence, Finding, FindingKind, Position
from news.topic import Stance
from tests.warehouse.records import T0, at, claim, page
from warehouse import articles, claims, comparisons, findings, positions

TEXT = (
    "Minister Oren said the dam would open in March. “Nothing will stop us,” she added. A spokesman for the Lowlands "
    "denied that the Halden Accord allowed it, and about 300 farmers blocked the bridge."
)
SAID = "Minister Oren said the dam would open in March."
ENGINE = "rules-1"


@pytest.fixture
def article(store, filed):
    """One filed article that waits to be read."""
    filed(page("http://coastwire.example/1", TEXT, outlet="coastwire"))
    with store.transaction() as tx:
        return articles.unread(tx, ENGINE, 1, now=T0)[0]


def record(store, article, *found, engine=ENGINE, hours=1.0):
    """Records a reading."""
    with store.transaction() as tx:
        return claims.record(tx, article, found, engine, at(hours))


def ledger(store, *propositions):
    """The ledger of these propositions."""
    with store.reading() as tx:
        return claims.ledger(tx, propositions or ("dam-opens",))


def test_a_claim_comes_back_as_it_was_read(store, article):
    """Every field of a claim, spans and figures included, comes back equal, with what its article adds."""
    one = claim(
        article,
        SAID,
        source=((0, 13),),
        cue=((14, 18),),
        content=((19, 46),),
        figures=(Figure("farmers", 300, None, 400),),
        rank=2,
        quoted=True,
        rule="said-that",
        modality_rule="cue",
    )
    assert record(store, article, one) == 1
    (entry,) = ledger(store)
    assert entry.claim == one
    assert (entry.on, entry.outlet, entry.origin, entry.is_copy) == (T0.date(), "coastwire", "coastwire", False)
    assert (entry.seen, entry.recorded_at, entry.repeat_of) == (T0, at(1), None)


@pytest.mark.parametrize(
    "wrong",
    [{"evidence": "Minister Oren said"}, {"start": 1}, {"end": 10_000}, {"cue": ((5, 10_000),)}, {"revision": 2}],
)
def test_evidence_that_is_not_in_the_text_cannot_be_stored(store, article, wrong):
    """A claim that does not match the stored text to the character is refused, with the whole reading."""
    right = claim(article, "denied that the Halden Accord allowed it")
    with pytest.raises(StepError):
        record(store, article, right, replace(claim(article, SAID), **wrong))
    assert ledger(store) == []
    with store.transaction() as tx:
        assert articles.unread(tx, ENGINE, 1, now=at(2))


def test_an_article_is_read_once_even_without_claims(store, article):
    """A reading that found nothing is remembered; another engine reads again; reading twice adds nothing."""
    record(store, article)
    with store.transaction() as tx:
        assert articles.unread(tx, ENGINE, 9, now=at(2)) == []
        assert len(articles.unread(tx, "rules-2", 9, now=at(2))) == 1
    one = claim(article, SAID)
    assert record(store, article, one, engine="rules-2") == 1
    assert record(store, article, one, engine="rules-2") == 0


def test_an_article_that_could_not_be_read_is_not_tried_again(store, article):
    """A reading that failed is kept with its reason."""
    with store.transaction() as tx:
        claims.skip(tx, [article.article_id], ENGINE, "failed: too deep", at(1))
        assert articles.unread(tx, ENGINE, 9, now=at(2)) == []


def test_the_latest_engine_and_revision_count(store, article, filed):
    """A new engine's or revision's claims take the place of the old ones, which stay as history."""
    record(store, article, claim(article, SAID))
    record(store, article, claim(article, SAID, Stance.DENIES), engine="rules-2", hours=2)
    assert [one.claim.propositions[0].stance for one in ledger(store)] == [Stance.DENIES]
    filed(page(article.url, TEXT.replace("March", "April"), outlet="coastwire", seen=at(3)), now=at(3))
    assert len(ledger(store)) == 1
    with store.transaction() as tx:
        (revised,) = articles.unread(tx, "rules-2", 9, now=at(3))
    record(store, revised, claim(revised, SAID.replace("March", "April")), engine="rules-2", hours=4)
    assert [one.claim.evidence for one in ledger(store)] == [SAID.replace("March", "April")]
    with store.reading() as tx:
        then = tx.rows("SELECT evidence FROM claims_at($moment)", {"moment": at(2)})
    assert then == [{"evidence": SAID}]


def test_claims_of_a_copy_do_not_count(store, article, filed):
    """When an article turns out to be a copy, its claims leave the ledger."""
    record(store, article, claim(article, SAID))
    filed(page("http://hilltop.example/1", TEXT, outlet="hilltop", published=at(-5), seen=at(3)), now=at(3))
    assert ledger(store) == []


def test_the_day_of_a_claim(store, filed):
    """Spoken, else published, else unknown; a date known only to the week says nothing of the day."""
    for number, (spoken, precision) in enumerate(
        [(date(2031, 2, 27), "second"), (None, "day"), (None, "week"), (None, "unknown")]
    ):
        text = TEXT.replace("Oren", f"Oren{number}").replace("Halden", f"Halden{number}")
        url = f"http://coastwire.example/{number}"
        known = T0 if precision != "unknown" else None
        filed(page(url, text, title=str(number), published=known, published_precision=Precision(precision)))
        with store.transaction() as tx:
            article = articles.unread(tx, ENGINE, 9, now=T0)[0]
        record(store, article, claim(article, SAID.replace("Oren", f"Oren{number}"), spoken_on=spoken))
    assert [one.on for one in ledger(store)] == [date(2031, 2, 27), T0.date(), None, None]


def test_claims_wait_to_be_compared_once(store, article):
    """A claim is compared once after each reading; a repeat names what it repeats."""
    one, two = claim(article, SAID), claim(article, "Nothing will stop us")
    record(store, article, one, two)
    with store.transaction() as tx:
        assert {entry.claim.claim_id for entry in claims.uncompared(tx, 9)} == {one.claim_id, two.claim_id}
        made = [
            Comparison(one.claim_id, Novelty.NEW, None, "line", "first"),
            Comparison(two.claim_id, Novelty.REPEAT, one.claim_id, "line", "same"),
        ]
        assert comparisons.record(tx, made, at(1)) == 2
        assert comparisons.record(tx, made, at(1)) == 0
        assert claims.uncompared(tx, 9) == []
    assert [entry.repeat_of for entry in ledger(store)] == [None, one.claim_id]
    with store.reading() as tx:
        assert len(claims.by_content(tx, [one.content_key, "no such"])) == 1
        assert "engine rules-1" in claims.rules(tx, [one.claim_id])[one.claim_id]


def held(stance, since, *ids, holder=None):
    """A position of the uplands on the dam."""
    return Position("dam-opens", stance, since, ids, "uplands", holder)


def test_positions_are_replaced_and_their_history_kept(store):
    """What is held now is what was derived last; what was held at a past moment can still be asked."""
    old, new = held("denies", date(2031, 1, 1), "clm_1"), held("affirms", date(2031, 3, 1), "clm_2")
    with store.transaction() as tx:
        positions.replace(tx, ["dam-opens"], [old], at(0))
    with store.transaction() as tx:
        positions.replace(tx, ["dam-opens"], [new], at(1))
        positions.replace(tx, ["dam-opens"], [new], at(2))
        positions.replace(tx, ["other"], [], at(2))
    with store.reading() as tx:
        assert positions.current(tx, ["dam-opens"]) == [new]
        assert [row["stance"] for row in tx.rows("SELECT * FROM positions_at($t)", {"t": at(0.5)})] == ["denies"]
        assert len(tx.rows("SELECT * FROM positions")) == 2


def test_replacing_twice_at_one_moment_is_as_replacing_once(store):
    """A position dropped and taken up again at the same moment is simply held."""
    one = held("denies", date(2031, 1, 1), "clm_1")
    with store.transaction() as tx:
        for standing in ([one], [], [one]):
            positions.replace(tx, ["dam-opens"], standing, at(0))
        assert positions.current(tx, ["dam-opens"]) == [one]


def finding(number=1, hours=1.0, **more):
    """A shift of the uplands."""
    side = Evidence("clm_1", "Oren", "No.", "http://coastwire.example/1", "coastwire", T0.date())
    given = {
        "proposition": "dam-opens",
        "actor": "uplands",
        "before": (side,),
        "after": (replace(side, evidence="Yes."),),
        "sentence": "It moved.",
    }
    detail = {"kind": "reversal", "from": "denies", "to": "affirms", "values": [1, None]}
    return Finding(f"fnd_{number}", FindingKind.SHIFT, T0.date(), at(hours), **(given | {"detail": detail} | more))


def test_a_finding_is_new_once_and_may_change(store):
    """The same id again is no new finding; other evidence is its next version; nothing else is written."""
    with store.transaction() as tx:
        assert findings.record(tx, [finding(), finding(), finding(2)]) == [finding(), finding(2)]
        assert findings.record(tx, [finding(hours=2)]) == []
        assert findings.record(tx, [finding(hours=3, sentence="It moved back.")]) == []
        assert findings.get(tx, ["fnd_1", "fnd_9"]) == [finding(sentence="It moved back.")]
        assert len(tx.rows("SELECT * FROM findings")) == 3


def test_what_a_subscriber_was_not_told(store):
    """Found after the last digest, up to now; history read silently never."""
    with store.transaction() as tx:
        findings.record(tx, [finding(1, 1), finding(2, 2), finding(3, 2, baseline=True), finding(4, 9)])
        assert [one.finding_id for one in findings.undigested(tx, "desk", at(1), at(5))] == ["fnd_2"]
        assert [one.finding_id for one in findings.undigested(tx, "desk", at(0), at(5))] == ["fnd_1", "fnd_2"]


def test_the_ledger_keeps_days_in_order(store, article):
    """Claims come by the day spoken, whatever order they were read in."""
    days = [T0.date() + timedelta(days=days) for days in (3, -2)]
    record(
        store,
        article,
        claim(article, SAID, spoken_on=days[0]),
        claim(article, "Nothing will stop us", spoken_on=days[1]),
    )
    assert [one.on for one in ledger(store)] == sorted(days)
