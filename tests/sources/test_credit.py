from dataclasses import replace

import pytest

from news.topic import Entity, Office, OfficeHolder
from sources.credit import PageIdentity, find_credit, foreign_canonical
from sources.metadata import parse_page, read_metadata
from sources.wrapping import find_wrapping

LD = '<script type="application/ld+json">{"@type": "NewsArticle", %s}</script>'
BODY = "The dam will be built, the minister said. It will take nine years and cost two billion crowns.\n"


def credit(text, topic, **page):
    found = find_credit(text, find_wrapping(text), PageIdentity(**page), topic)
    return (found.name, found.evidence) if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (BODY + "Content Source: www.gazette.test", "www.gazette.test"),
        (BODY + "Source: Hill Gazette", "Hill Gazette"),
        (BODY + "This article originally appeared on The Hill Gazette.", "The Hill Gazette"),
        (BODY + "This story was first published by Valley Wire.", "Valley Wire"),
        (BODY + "Republished with permission from gazette.test", "gazette.test"),
        (BODY + "Credit: Ann Lee and Bob Ray, Valley Wire", "Valley Wire"),
        (BODY + "The Hill Gazette first reported this story.", "The Hill Gazette"),
        ("UPTOWN, June 21 (VW) -- " + BODY, "VW"),
        ("UPTOWN (Valley Wire) — " + BODY, "Valley Wire"),
        ("Uptown, June 21 (VW) -- " + BODY + " -0-", "VW"),
        ("UPTOWN, June 21. /VW/. " + BODY, "VW"),
    ],
)
def test_a_stated_origin_is_found(topic, text, name):
    """Source lines, sentences of republication and wires' datelines name the origin, with the words that do."""
    found, evidence = credit(text, topic, host="other.test")
    assert found == name
    assert evidence
    assert name in evidence


@pytest.mark.parametrize(
    "text",
    [
        "UPTOWN, June 21 (VW) -- " + BODY,
        BODY + "Source: www.wire.test",
        BODY + "This story was first published by Valley Wire.",
    ],
)
def test_no_page_credits_itself(topic, text):
    """A credit of the page's own outlet, by any of its names or hosts, is none."""
    assert credit(text, topic, host="wire.test", outlet="wire") is None
    assert credit(text, topic, host="news.wire.test", outlet="wire") is None


def test_an_unknown_wire_does_not_credit_itself(topic):
    """A page of an outlet the topic does not know is recognised by the name in its host."""
    text = "UPTOWN (NBA) — " + BODY
    assert credit(text, topic, host="nbanews.test", outlet="nbanews.test") is None
    assert credit(text, topic, host="nba.co.test", outlet="nba.co.test") is None
    assert credit(text, topic, host="other.test", outlet="other.test")[0] == "NBA"


def test_passing_mentions_are_no_credit(topic):
    """A scoop credited in passing, a remark in brackets and a source in a sentence are not the origin."""
    for text in (
        "The plan was first reported by Valley Wire. " + BODY,
        "The Upland Movement (which he leads) - once small - has grown. " + BODY,
        "The source: a man who knows. " + BODY,
        "The book was first published in Uptown. " + BODY,
    ):
        assert credit(text, topic, host="other.test") is None


def test_the_canonical_address_counts_when_it_is_anothers(topic):
    """A canonical address on another publisher's host is a credit, one on a sister host is not."""
    page = {"host": "heap.test", "outlet": "heap", "canonical": "https://www.gazette.test/a"}
    assert credit(BODY, topic, **page)[0] == "gazette.test"
    assert foreign_canonical(PageIdentity(**page), topic) == "https://www.gazette.test/a"
    page["canonical"] = "https://m.heap.test/a"
    assert credit(BODY, topic, **page) is None
    assert foreign_canonical(PageIdentity(**page), topic) is None


def test_on_an_aggregators_page_speakers_name_the_paper(topic):
    """Whom several speakers told it is the origin of an aggregator's page, and of no other's."""
    text = '"Yes," Ann Lee told the Morning Star. ' + BODY + '"No," Bob Ray told the Morning Star on Sunday.'
    assert credit(text, topic, host="heap.test", outlet="heap")[0] == "Morning Star"
    assert credit(text, topic, host="other.test") is None
    assert credit("2 weeks ago 38\n" + text, topic)[0] == "Morning Star"


def test_people_and_subjects_are_not_papers(topic):
    """Who speaks in the text, whom the topic is about, and parliaments are told things but publish nothing."""
    ruler = Entity("up", "Upland", "country", offices=(Office("k", "King", 1, holders=(OfficeHolder("Otto Ray"),)),))
    topic = replace(topic, entities=(ruler,))
    for name in ("Otto Ray", "Parliament", "Ann Lee"):
        text = f"She told {name} so. He told {name} too. Ann Lee said nothing. " + BODY
        assert credit(text, topic, host="heap.test", outlet="heap") is None


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<meta name="syndication-source" content="https://www.wire.test/dam">', "wire.test"),
        ('<meta name="original-source" content="https://gazette.test/dam">', "gazette.test"),
        (LD % '"isBasedOn": "https://gazette.test/dam"', "gazette.test"),
        (LD % '"sourceOrganization": {"name": "Valley Wire"}', "Valley Wire"),
        (LD % '"isBasedOn": "https://news.other.test/dam"', None),
    ],
)
def test_the_markup_names_what_a_page_is_a_copy_of(topic, head, name):
    """Syndication links and article data that point to another publisher are a credit; to the page's own, none."""
    tree = parse_page(f"<html><head>{head}</head><body><p>{BODY}</p></body></html>")
    based_on = read_metadata(tree, "http://other.test/dam").based_on
    assert based_on
    found = credit(BODY, topic, host="other.test", based_on=based_on)
    assert (found[0] if found else None) == name
