import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.figures import read_figures
from analysis.relevance import relevance
from news.article import Precision
from news.quotations import find_quotations
from news.sentences import blank, find_sentences


def sentences(text):
    return [text[one.start : one.end] for one in find_sentences(text, find_quotations(text))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It rained. It stopped.", ["It rained.", "It stopped."]),
        (
            "Mr. Grim met Gen. Moe in the U.S. Senate. He left.",
            ["Mr. Grim met Gen. Moe in the U.S. Senate.", "He left."],
        ),
        ("“It rained. It stopped,” Grim said. He left.", ["“It rained. It stopped,” Grim said.", "He left."]),
        ("“It rained.” He left.", ["“It rained.”", "He left."]),
        ("“Is it wet?” Jon Abel asked. Yes.", ["“Is it wet?” Jon Abel asked.", "Yes."]),
        ("It weighs 1.5 tons. J. R. Moe lifted it.", ["It weighs 1.5 tons.", "J. R. Moe lifted it."]),
        ("A heading\nIt rained.", ["A heading", "It rained."]),
    ],
)
def test_sentences_know_abbreviations_and_quotations(text, parts):
    """Abbreviations, initials, decimals and stops inside a quotation end no sentence; a line always does."""
    assert sentences(text) == parts


@given(st.text(alphabet="aB .!?“”\"'’\n«»é", max_size=60))
def test_sentences_never_change_or_overlap(text):
    """Sentences and quotations are ranges of the text, in order, without overlap."""
    quotations = find_quotations(text)
    found = find_sentences(text, quotations)
    for ranges in (quotations, found):
        assert all(0 <= one.start < one.end <= len(text) for one in ranges)
        assert all(one.end <= other.start for one, other in itertools.pairwise(ranges))
    covered = "".join(text[one.start : one.end] for one in found)
    assert "".join(covered.split()) == "".join(text.split())


def test_blanking_keeps_every_offset():
    """What is excluded becomes line breaks, so that nothing else moves."""
    assert blank("abcdef", [(1, 3)]) == "a\n\ndef"


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("more than 1,000 containers of goods", ("containers", 1000, 1000, None)),
        ("up to 12,000 troops", ("troops", 12000, None, 12000)),
        ("about 300 soldiers were there", ("soldiers", 300, None, None)),
        ("between 10 and 20 ships", ("ships", 15, 10, 20)),
        ("three million shells", ("shells", 3e6, None, None)),
        ("at least two dozen", None),
        ("for 12 months", None),
    ],
)
def test_figures_have_units_and_bounds(text, figure):
    """“Up to” bounds above, “more than” below, a range both; a span of time is no figure."""
    found = read_figures(text)
    assert [(one.unit, one.value, one.low, one.high) for one in found] == ([figure] if figure else [])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Grim said it rained.", date(2031, 5, 14)),
        ("Grim said on Monday that it rained.", date(2031, 5, 12)),
        ("Grim said on 10 May that it rained.", date(2031, 5, 10)),
        ("On Nov. 3, Grim said that it rained.", date(2030, 11, 3)),
        ("Grim said yesterday that it rained.", date(2031, 5, 13)),
        ("Grim said last month that it rained.", None),
        ("The Citadel's answer is a week old: Grim dismissed the story as a hoax.", None),
        ("Grim had said that it rained.", None),
        ("Grim said that it rained on Monday.", date(2031, 5, 14)),
        ("Eleven days ago Grim said that it rained.", date(2031, 5, 3)),
        ("The reports were a canard, Grim said then.", None),
        ("Grim dismissed talk of rain on 10 May as a hoax.", None),
        ("On Monday Grim dismissed talk of rain on 10 May as a hoax.", date(2031, 5, 12)),
    ],
)
def test_the_day_spoken_is_resolved(read, text, day):
    """A day beside the cue counts from publication; one inside the content does not; looking back gives none.

    A date in what is denied may be the day of the denial as well: the day is not known.
    """
    assert read(text)[0].spoken_on == day


def test_a_page_dated_to_the_month_gives_no_day(read):
    """Without a publication day an unnamed day stays unknown, and one named in full does not."""
    assert read("Grim said it rained.", published_precision=Precision.MONTH)[0].spoken_on is None
    full = read("Grim said on 10 May 2029 that it rained.", published_precision=Precision.MONTH)[0]
    assert full.spoken_on == date(2029, 5, 10)


def test_relevance_asks_for_every_required_group(topic):
    """All required groups must be met; a passing mention is too little; the reasons name the terms."""
    on = relevance("Saltpetre for Sudria", "Ships with saltpetre left Havn.", topic)
    assert on.on_topic
    assert "trade: saltpetre" in on.reasons
    assert not relevance("Fish", "Sudrian fish are fresh. " * 5, topic).on_topic
    passing = relevance("Fish", "Fish. " * 200 + "Saltpetre. Sudria.", topic)
    assert 0 < passing.score < topic.scope.threshold
    assert not passing.on_topic
