"""What repeats across a host's pages is no part of an article."""

from datetime import UTC, datetime

from news.article import CleanArticle, Exclusion
from news.blocks import WHY, blocks_of, find_furniture, without_furniture

NOTE = "The Gull is free because readers like you pay for it."
BODY = "The dam above the town held through the night.\nEngineers said that the water would be let out slowly."


def article(text, *excluded):
    return CleanArticle("http://gull.example/a", "Dam", text, datetime(2030, 1, 1, tzinfo=UTC), excluded=excluded)


def test_blocks_are_lines_of_some_length():
    """Case, punctuation and blanks make no other block; short lines are none; each place is kept."""
    found = blocks_of(f"{NOTE}\n  Dam news \n\t{NOTE.upper()}!!\n{BODY}")
    (first, *_) = found
    assert [len(places) for places in found.values()] == [2, 1, 1]
    assert found[first][0] == (0, len(NOTE))
    assert all(0 <= block < 2**63 for block in found)


def test_furniture_is_marked_and_the_text_stays():
    """The ranges of known blocks are excluded, with the reason; offsets hold, and the body is what is left."""
    made = without_furniture(article(f"{BODY}\n{NOTE}"), set(blocks_of(NOTE)))
    assert made.text == f"{BODY}\n{NOTE}"
    assert made.body == BODY
    assert [one.why for one in made.excluded] == [WHY]
    assert without_furniture(article(BODY), set(blocks_of(NOTE))) == article(BODY)


def test_what_is_excluded_already_is_left_alone():
    """A block inside another excluded range makes no second range."""
    before = Exclusion(len(BODY), len(BODY) + 1 + len(NOTE), "subscribe line")
    assert without_furniture(article(f"{BODY}\n{NOTE}", before), set(blocks_of(NOTE))).excluded == (before,)


def test_a_page_of_nothing_else_stays_as_it_is():
    """When all of a text is known furniture, cutting it would leave nothing to judge by."""
    assert find_furniture(NOTE, (), set(blocks_of(NOTE))) == ()
