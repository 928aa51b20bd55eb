import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.alignment import Unit, align, units_of
from news.differences import What, find_differences

QUIET = {What.WORDING, What.SPELLING}


def told(before, after):
    """What differs, less mere wording."""
    return [one.what.value for one in find_differences(Unit(before), Unit(after)) if one.what not in QUIET]


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        # Numbers.
        ("About 300 divers have been hurt at the dam.", "About 3,000 swimmers have been injured at the dam.", "number"),
        ("The mine sent 1.2 million tons east in May.", "The mine sent 2.1 million tons east in May.", "number"),
        ("Seven barges left the port on Monday.", "Nine ships left the port on Monday.", "number"),
        (
            "The sale brought us 2.3 million crowns.",
            "The sale brought us 2.3 billion crowns.",
            "number",
        ),
        ("The dam was built by the hills in 2019.", "The dam was built by the hills in 2020.", "number"),
        # Negations.
        ("The palace did not comment on the divers.", "The palace did remark on the swimmers.", "negation"),
        ("The dam is not expected to hold this year.", "The dam is anticipated to hold this year.", "negation"),
        ("No barges were seen near the port on Monday.", "Barges were seen near the port on Monday.", "negation"),
        ("The guards never fired on the crowd.", "The guards fired on the crowd.", "negation"),
        (
            "The council has approved the plan of the mayor.",
            "The council has not approved the plan of the mayor.",
            "negation",
        ),
        (
            "The palace denied on Monday that it had sold the boats.",
            "The palace confirmed on Monday that it had sold the boats.",
            "negation",
        ),
        # How sure.
        ("The quarrel over the alleged sale goes on.", "The quarrel over the confirmed sale goes on.", "certainty"),
        (
            "The valley may have sold its boats to the hills.",
            "The valley has sold its boats to the hills.",
            "certainty",
        ),
        (
            "The barges reportedly carried rockets to the coast.",
            "The barges carried rockets to the coast.",
            "certainty",
        ),
        ("The hills could send more divers in June.", "The hills will send more divers in June.", "certainty"),
        ("The valley will have its boats ready.", "The valley may have its boats ready.", "caution"),
        # Whose word.
        (
            "The hills have begun to ship divers, the valley's intelligence service said on Friday.",
            "The hills have begun to ship divers.",
            "attribution",
        ),
        ("A second trip would follow soon, it predicted.", "A second trip would follow soon.", "attribution"),
        (
            "According to the figures in the report, the valley lost 76 boats in May.",
            "The valley lost 76 boats in May.",
            "attribution",
        ),
        (
            "Mara Hodge, who heads the committee, told the council that the firms paid no tax at all.",
            "The firms paid no tax at all.",
            "attribution",
        ),
        ("The boats were sold in the spring.", "The boats were sold in the spring, the mayor said.", "credit"),
        (
            "The divers are trained in the hills, Oren Vass told reporters.",
            "The divers are trained in the hills, Ilan Teresk told reporters.",
            "source",
        ),
        ("Vass said the boats are old and slow.", "Teresk said the boats are old and slow.", "source"),
    ],
)
def test_what_differs_is_told(before, after, what):
    """A changed number, a lost or won negation, more or less certainty, a source dropped or swapped."""
    assert told(before, after) == [what]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Nearly 2,950 divers were hurt at the dam.", "About 3,000 swimmers were injured at the dam."),
        ("The road is 300 miles long.", "The road is 480 kilometres long."),
        ("He has led it for two decades now.", "He has led it for twenty years now."),
        ("Seven barges left on Oct. 8 for the coast.", "7 ships left on 8 October for the coast."),
        ("The council did not approve the plan.", "The council rejected the plan."),
        ("The palace failed to answer the letter.", "The palace did not answer the letter."),
        ("The gates did not open until Monday.", "The gates opened on Monday."),
        ("Others were perplexed by the vote.", "Others were not sure of the vote."),
        ("The people don't want the dam.", "The people don\N{RIGHT SINGLE QUOTATION MARK}t want the dam."),
        ("The sale may be wrong in its size.", "The sale could be improper in its size."),
        ("The mayor flew home in May this year.", "The mayor flew home this year."),
        ("The boats are old, the mayor said.", "The boats are elderly, the mayor stated."),
        (
            "\N{LEFT DOUBLE QUOTATION MARK}The boats are old and slow,\N{RIGHT DOUBLE QUOTATION MARK} the mayor said.",
            "\N{LEFT DOUBLE QUOTATION MARK}The boats are old and slow.\N{RIGHT DOUBLE QUOTATION MARK}",
        ),
        ("The boats, which critics said were old, left the port at noon.", "The boats left the port at noon."),
        ("The boats left at noon, leading a fleet of barges.", "The boats left at noon."),
        ("The mayor opened the dam, said nobody would pay and left.", "The mayor opened the dam and left."),
        ("That said, the mayor has kept his word on the dam.", "However, the mayor has kept his word on the dam."),
        ("According to some divers, the boats are old and slow.", "Some divers say that the boats are old and slow."),
        ("The boats left on a trip, during which he admitted that they were old.", "The boats left on a trip."),
        ("The man denied he was the owner of the boat.", "The man said he was not the owner of the boat."),
        ("It is a myth that the dam does not affect the fields.", "The study says that the dam affects the fields."),
        ("He and half a dozen friends bought the boat.", "He and six friends bought the boat."),
        ("The gates may have been late, but they hold.", "The gates were late, but they hold."),
        ("He is the No. 2 official of the valley.", "He is the second official of the valley."),
        ("The council adopted Resolution No. 2270 in March.", "The council adopted Resolution 2270 in March."),
        ("The dam is on the edge, Havn said on Monday.", "Havn's view is that the dam is on the edge."),
        ("The plane reportedly landed in the hills.", "Media reports said that the plane landed in the hills."),
        ("It was 86 degrees Fahrenheit in the valley.", "It was 30 degrees Celsius in the valley."),
        ("The boats left at 8:30 in the evening.", "The boats left at 20:30 in the evening."),
        ("It rained all day in the valley.", "The council of the hills met to vote on the budget."),
    ],
)
def test_what_says_the_same_is_told_as_no_difference(before, after):
    """Rounding, other units, other words of the same meaning, and a clause that is gone whole alter nothing."""
    assert told(before, after) == []


SENTENCES = st.lists(
    st.sampled_from(["the", "boats", "not", "left", "300", "may", "said", ".", ",", "Oren", "two", "’"]), max_size=12
)


@given(SENTENCES, SENTENCES)
def test_any_two_sentences_can_be_compared(one, other):
    """Nothing breaks the rules; a sentence never differs from itself, and every difference is cut from the two."""
    before, after = Unit(" ".join(one)), Unit(" ".join(other))
    for found in find_differences(before, after):
        assert found.before in before.text
        assert found.after in after.text
    assert find_differences(before, before) == []


@given(
    st.lists(st.sampled_from(["A b c d e.", "F g h i j.", "K l m n o.", "A b c x y."]), max_size=8), st.integers(0, 7)
)
def test_alignment_is_in_order_and_pairs_equals(sentences, gone):
    """Pairs never cross; a text less one sentence pairs all the others."""
    units = units_of("\n".join(sentences))
    pairs = align(units, [unit for place, unit in enumerate(units) if place != gone])
    assert pairs == sorted(pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(pairs))
    assert len(pairs) >= len(units) - 1


def test_what_is_no_sentence_any_more_is_not_compared():
    """A text of a hundred thousand words without a stop is passed over; aligning it would never end."""
    long = "boat " * 100_000
    assert find_differences(Unit(long), Unit(long.replace("boat", "ship", 500))) == []


def test_a_number_of_hundreds_of_digits_is_none():
    """A hostile number neither counts nor breaks anything."""
    text = "About 300 divers were hurt at the dam on Monday."
    assert told(text, text.replace("300", "1" + "0" * 400)) == []
