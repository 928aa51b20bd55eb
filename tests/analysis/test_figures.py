"""What a reader takes a number to count: phrases written before the rules, and the promises behind them."""

import cProfile
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.figures import read_figures
from news.claim import Figure

PHRASES = tomllib.loads((Path(__file__).parent / "figure_phrases.toml").read_text(encoding="utf-8"))["phrases"]
SHOWN = [one for one in PHRASES if one["half"] == "shown"]
FIELDS = ("value", "low", "high")


def test_half_of_the_phrases_are_held_out():
    """Rules are made from one half; the other, of the same size, is only measured (bench/figures.py)."""
    assert len(PHRASES) >= 60
    assert 2 * len(SHOWN) == len(PHRASES)


@pytest.mark.parametrize("phrase", SHOWN, ids=lambda one: one["text"][:40])
def test_a_phrase_gives_its_figures(phrase):
    """Value, bounds, noun, fate, and whether it comes on top or is only planned; nothing where no number counts."""
    found = read_figures(phrase["text"])
    wanted = phrase.get("figures", [])
    assert len(found) == len(wanted), found
    for one, expected in zip(found, wanted, strict=True):
        assert [getattr(one, name) for name in FIELDS] == [expected.get(name) for name in FIELDS]
        assert (one.fate, one.more, one.planned) == (
            expected.get("fate", ""),
            expected.get("more", False),
            expected.get("planned", False),
        )
        if expected["unit"]:
            assert one.unit == expected["unit"]


def units(text, before=""):
    return [(one.unit, one.thing) for one in read_figures(text, before)]


def test_a_number_that_stands_alone_counts_what_was_counted_before():
    """“Of them” and a bare total take the noun of the last number, in the sentence or in the text before it."""
    before = "At least 900 Ostian loggers are in the forest."
    assert units("as many as 300 of them were in the north", before) == [("loggers", "Ostian loggers")]
    assert units("the total is now about 1,200", before) == [("loggers", "Ostian loggers")]
    assert units("the total is now about 1,200") == [("", "")]
    # The two states are not what there are fourteen thousand of.
    assert units("what becomes of those fourteen thousand", f"{before} The two states signed.")[0][0] == "loggers"


def test_the_same_number_again_is_what_it_was():
    """Who repeats a number that was told as planned has not said that it is so."""
    before = "The firm may have 4,000 pickers ready within weeks."
    (again,) = read_figures("we know of four thousand", before)
    assert (again.unit, again.planned) == ("pickers", True)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("300 of them are farmers", True),
        ("about 150 of the company's drivers", True),
        ("the 300 who came first", True),
        ("the more than 300 farmers of the valley", False),
        ("300 farmers", False),
        ("dozens of farmers", False),
    ],
)
def test_some_of_them_are_a_part(text, part):
    """“300 of them” are no number of all of them, nor are "the 300 who came first": they are known already."""
    assert [one.part for one in read_figures(text, "some 900 farmers came")] == [part]


@pytest.mark.parametrize(
    "text",
    [
        "They sent 3,000 drivers after heavy losses",
        "3,000 drivers took the place of those killed",
        "3,000 drivers reached the town where many had died",
    ],
)
def test_another_ones_fate_is_not_theirs(text):
    """A number has the fate of those it counts, not one that stands near."""
    assert [(one.value, one.fate) for one in read_figures(text)] == [(3000, "")]


@pytest.mark.parametrize(
    "text",
    [
        "They had not sent 3,000 drivers",
        "the mayor could not confirm that 3,000 drivers had come",
        "six in ten drivers and nine out of 10 Ostians agreed",
        "the 1968 campaign and the 2016 election",
        "the last 10 polls",
        "he was about 20",
        "more people than the 3,000 of last year",
    ],
)
def test_what_is_negated_or_counts_nothing_is_no_figure(text):
    """A denied number, a share, a year, an ordinal and an age are nobody's figure."""
    assert read_figures(text) == ()


@given(st.text(alphabet="0123456789,.-–$ abkmostw'of\n\u202e", max_size=60), st.text(max_size=30))
def test_no_text_breaks_the_reader(text, before):
    """Whatever stands there, figures come out whole: bounds in order, a value or a lower bound."""
    for one in read_figures(text, before):
        assert isinstance(one, Figure)
        assert one.value is not None or one.low is not None
        if one.low is not None and one.high is not None:
            assert one.low <= one.high


@pytest.mark.parametrize(
    "piece", ["12,000 cows and ", "12 ", "up to the 12 ", "12 men were now ", "12 a-b-c ", "two of "]
)
def test_a_hostile_row_of_numbers_costs_in_step_with_its_length(piece):
    """Ten times the text costs about ten times the calls, whatever stands in it: no page can hang the reader."""

    def calls(times):
        profile = cProfile.Profile()
        profile.runcall(read_figures, piece * times)
        return sum(one.callcount for one in profile.getstats())

    assert calls(2000) < 15 * calls(200)


def test_a_holder_stands_by_the_numbers_of_his_words(read):
    """What he says, reckons behind the cue, or expects; not what he denies or will not say."""
    (one,) = read("Norland has begun to ship saltpetre, Grim said, putting the first load at 1,500 tons.")[:1]
    assert [(figure.unit, figure.value) for figure in one.figures] == [("tons", 1500)]
    for words in ("denied that 300 ships had sailed", "would not say whether 300 ships had sailed"):
        assert not any(claim.figures for claim in read(f"Grim {words}."))
    (expected,) = read("Grim expects 300 ships to sail.")
    assert [figure.planned for figure in expected.figures] == [True]


def test_a_bare_number_is_read_with_the_sentences_before(read):
    """“8,000 of them” in a later sentence has the noun of the earlier one."""
    text = "About 9,000 Norlandic soldiers are in Sudria, Grim said. As many as 8,000 of them are at Havn, Grim said."
    figures = [figure for claim in read(text) for figure in claim.figures]
    assert [(one.unit, one.thing, one.part) for one in figures] == [
        ("soldiers", "Norlandic soldiers", False),
        ("soldiers", "Norlandic soldiers", True),
    ]


def test_a_number_links_its_claim_in_passing(read):
    """A claim that counts a proposition's things, with whose they are, is linked to it, but takes no side."""
    (claim,) = read("About 9,000 Norlandic soldiers are in the camp, Grim said.")
    assert [(one.proposition, one.stance.value, one.rule) for one in claim.propositions] == [
        ("saltpetre", "neutral", "counts")
    ]
    (other,) = read("About 9,000 soldiers of Ostia are in the camp, Grim said.")
    assert other.propositions == ()
