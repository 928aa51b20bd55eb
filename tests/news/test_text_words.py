"""A text as words, names, sentences and marks: what they are, and that they stay what they are."""

import zlib

from hypothesis import given, settings
from hypothesis import strategies as st

from news import anchors, words
from news.anchors import anchors_of
from news.texts import Body, shingles
from news.words import sentences_of, words_of

TOLD = (
    "Minister Ana Oren said on Tuesday that 14 gates of the Kessel Dam near Orsa would open within ten days, and Tomas "
    "Reve protested."
)


def test_words_are_told_from_what_stands_around_them():
    """Marks, dashes and possessives are no part of a word; points and commas inside a number are."""
    text = "The “U.S.-led” talks cost 1,500.5 dollars, Kim\N{RIGHT SINGLE QUOTATION MARK}s aides said; naïve_co 3rd—no."
    assert words_of(text) == [
        *("the", "u", "s", "led", "talks", "cost", "1,500.5", "dollars", "kim", "aides", "said", "naïve", "co"),
        *("3rd", "no"),
    ]


def test_names_and_numbers_are_kept_in_order():
    """The first word of a sentence is a name unless the text has it in small letters; numbers lose their commas."""
    text = (
        'Rain fell. Rivals of "Moscow-based" U.S. aides lost 1,500 boats.\nBeijing (Wang Yi said) saw rain. Oren left.'
    )
    assert anchors_of(text) == ("rivals", "moscow", "u", "s", "1500", "beijing", "wang", "yi", "oren")


def test_sentences_end_at_their_marks_and_at_lines():
    """A mark that no capital or digit follows ends none."""
    assert list(sentences_of('He said "yes." Then he left.) Well\nNew line? no. 12 came')) == [
        *('He said "yes.', "Then he left.", "Well", "New line? no.", "12 came"),
    ]


def test_a_run_of_words_is_the_sum_of_its_words_by_place():
    """The rolling sums are those that adding each run by itself would give: the order of words counts."""
    told = words_of(TOLD)
    sums = [zlib.crc32(word.encode()) for word in told]
    runs = {sum(place * one for place, one in enumerate(sums[at : at + 5], 1)) for at in range(len(sums) - 4)}
    assert shingles(told) == runs
    assert shingles(told[:2]) == {sums[0] + 2 * sums[1]}
    assert shingles(("a", "b", "c", "d", "e")) != shingles(("b", "a", "c", "d", "e"))


def test_marks_stay_what_they_are():
    """Warehouses keep marks: made otherwise, everything stored would have to be marked anew by a migration."""
    assert sorted(Body(TOLD).marks)[:4] == [105196108, 116066600, 332885828, 500191706]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_what_is_kept_changes_nothing(text):
    """A text read for the second time, or after all that is kept was let go of, comes out as the first time."""
    first = words_of(text), anchors_of(text)
    assert (words_of(text), anchors_of(text)) == first
    words._pieces.clear()
    anchors._pieces.clear()
    assert (words_of(text), anchors_of(text)) == first
