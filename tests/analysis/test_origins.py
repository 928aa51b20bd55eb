from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from analysis.citing import Citations
from analysis.comparison import compare
from analysis.novelty import tell_claims
from analysis.origins import trace, with_origins
from news.claim import Novelty
from news.topic import Outlet

NOW = datetime(2031, 5, 20, tzinfo=UTC)
OUTLETS = (
    Outlet("wire", "The Wire", aliases=("Wire Service",)),
    Outlet("herald", "State Herald", "state", family="state"),
    Outlet("channel", "State Channel", "state", family="state"),
    Outlet("post", "Hill Post", aliases=("HP",)),
    Outlet("mill", "Rumour Mill"),
)


@pytest.fixture(scope="module")
def pressed(topic):
    """The quarrel with a press of five outlets."""
    return replace(topic, outlets=OUTLETS)


@pytest.fixture
def report(said):
    """A maker of reports of one statement: by which outlet, citing whom, so many hours after the first."""

    def make(outlet, cited=None, hours=0, *, credited=None, holder="Pelle Grim", stance="denies"):
        made = said(holder, stance, "2031-05-14", words=f"{holder} {stance} as {outlet} has it")
        seen = datetime(2031, 5, 14, 9, tzinfo=UTC) + timedelta(hours=hours)
        claim = replace(made.claim, claim_id=f"clm_{outlet}_{hours}", cited=cited)
        return replace(
            made, claim=claim, outlet=outlet, origin=credited or outlet, credited=credited or outlet, seen=seen
        )

    return make


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("Norland ships saltpetre, the Hill Post reported on Monday.", "post"),
        ("The Hill Post has reported that Norland ships saltpetre.", "post"),
        ("According to the Hill Post, Norland ships saltpetre.", "post"),
        ("“We ship nothing,” Pelle Grim told Norland's State Herald.", "herald"),
        ("Norland ships saltpetre, a clerk said in an interview with HP.", "post"),
        ("Norland's Rumour Mill, a daily newspaper, said the king is ill.", "mill"),
        ("Rumour Mill's editors wrote that the king is ill.", "mill"),
        ("The Hill Post said, citing the State Channel, that ships had left.", "channel"),
        ("The Wire reported that Norland ships saltpetre.", None),
        ("Norland opened a museum for the Hill Post.", None),
        ("The hill post said nothing of the ships.", None),
        ("Norland ships saltpetre, officials said.", None),
    ],
)
def test_the_outlet_a_sentence_cites_is_found(pressed, sentence, cited):
    """A report passed on names whose report it is; one's own report, and a name beside no word of telling, do not."""
    assert Citations(pressed).cited(sentence, "wire") == cited


def test_a_topic_without_outlets_cites_nobody(topic):
    """With no outlet known nothing is found, and nothing breaks."""
    assert Citations(replace(topic, outlets=())).cited("The Hill Post reported it.", "wire") is None


def test_claims_carry_what_they_cite(reader, article):
    """The reader keeps the cited outlet with the claim."""
    (claim,) = reader.read(article("Norland ships no saltpetre, Pelle Grim told the State Herald."))
    assert claim.cited == "herald"


def test_an_origin_is_followed_through_those_who_pass_it_on(pressed, report):
    """The Mill has it from the Post, which has it from the Wire, which has its own: the Wire's word, three times."""
    claims = [report("wire"), report("post", "wire", 2), report("mill", "post", 4)]
    found = trace(claims, pressed)
    assert found["clm_mill_4"].chain == ("mill", "post", "wire")
    assert {one.outlet for one in found.values()} == {"wire"}
    assert not any(one.circular for one in found.values())
    assert trace(list(reversed(claims)), pressed) == found


def test_a_page_s_credit_is_followed_too(pressed, report):
    """An article that credits a wire is that wire's word, without any sentence that says so."""
    assert trace([report("mill", credited="wire")], pressed)["clm_mill_0"].chain == ("mill", "wire")


def test_outlets_that_cite_each_other_are_a_circle(pressed, report):
    """A cites B and B cites A: one origin between them, marked, whoever came first."""
    claims = [report("post", "mill", 1), report("mill", "post", 3), report("herald", "post", 5)]
    found = trace(claims, pressed)
    assert {one.outlet for one in found.values()} == {"mill"}
    assert all(one.circular for one in found.values())
    assert found["clm_herald_5"].chain == ("herald", "post", "mill", "post")


@pytest.mark.parametrize("own", [0, 2, 6])
def test_a_report_of_its_own_breaks_the_circle(pressed, report, own):
    """When one of them has it itself, that is the origin, whatever else it prints."""
    claims = [report("post", "mill", 1), report("mill", "post", 3), report("post", None, own)]
    found = trace(claims, pressed)
    assert not found["clm_mill_3"].circular
    assert found["clm_mill_3"].outlet == "post"


def test_other_statements_and_other_times_make_no_circle(pressed, report):
    """Two outlets may cite each other for different things, or half a year apart."""
    other = report("mill", "post", 3, stance="affirms")
    late = report("mill", "post", 24 * 180)
    for one in (other, late):
        found = trace([report("post", "mill", 1), one], pressed)
        assert not any(each.circular for each in found.values())


def test_another_source_of_one_of_them_breaks_the_circle(pressed, report):
    """A and B cite each other, and B has another report that it has from a third: the third's word, and no circle."""
    claims = [report("post", "mill", 1), report("mill", "post", 3), report("mill", "wire", 6)]
    found = trace(claims, pressed)
    assert found["clm_post_1"].chain == ("post", "mill", "wire")
    assert not found["clm_post_1"].circular


def test_one_origin_and_one_family_corroborate_nothing(pressed, report):
    """Agreement counts when it is another's own word: not what is passed on, not a sister outlet's."""
    first = report("herald", holder="Ines Calvo", stance="affirms")
    first = replace(first, claim=replace(first.claim, actor="sudria"))
    for outlet, cited, novelty in (
        ("post", None, Novelty.CORROBORATION),
        ("post", "herald", Novelty.NEW),
        ("channel", None, Novelty.NEW),
        ("mill", "channel", Novelty.NEW),
    ):
        one = report(outlet, cited, 5, holder="Ulla Brandt", stance="affirms")
        traced = with_origins([first, replace(one, claim=replace(one.claim, actor="ostia"))], pressed)
        assert compare(traced[1:], traced[:1])[0].novelty is novelty, (outlet, cited)


def test_a_circle_is_told_with_less_confidence(pressed, report):
    """The finding of a claim that outlets have from each other says so, and is half as sure."""

    def told(*claims):
        traced = with_origins(claims, pressed)
        by_id = {one.claim.claim_id: one for one in traced}
        return tell_claims(compare(traced[:1], []), by_id, pressed, NOW)[0]

    plain = told(report("post"))
    circle = told(report("post", "mill", 1), report("mill", "post", 3))
    assert circle.confidence == pytest.approx(plain.confidence / 2)
    assert circle.sentence.endswith("; the outlets that report it have it from each other.")
    assert circle.detail["circular"]
