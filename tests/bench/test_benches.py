"""The benches count rightly, and pass by quietly where the data they measure on is not there."""

import subprocess
import sys
import tomllib

import pytest
from kcna import MAPPING, alike_pairs, folded_pairs, reference_pairs
from rig.likeness import compare_titles
from rig.stopwatch import Stopwatch
from rig.table import markdown, share
from seeds import QUOTATIONS, judge

from tests.places import ROOT


@pytest.mark.parametrize("name", ["feeds", "kcna", "pages", "seeds", "served", "statefeed"])
def test_missing_data_is_one_line(name, tmp_path):
    """A bench whose data is missing says so in one line that names the folder, and is no failure."""
    absent = tmp_path / "absent"
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / f"{name}.py", absent], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{absent} is not there: nothing measured\n", "")


@pytest.mark.parametrize(
    ("found", "expected", "kind"),
    [
        ("Ferry  sinks", "Ferry sinks", "exact"),
        ("The mayor’s ferry", "The mayor's ferry", "typography"),
        ("Lake: Ferry sinks", "Ferry sinks", "longer"),
        ("Ferry sinks", "Ferry sinks – The Daily", "shorter"),
        ("Ferry lost", "Ferry sinks", "other words"),
    ],
)
def test_titles_that_differ_are_told_apart(found, expected, kind):
    """A title that is not exact is filed under the one way in which it differs."""
    assert compare_titles(found, expected) == kind


def row(url, title, text, published=1):
    """A row of the archive."""
    values = {"url": url, "title": title, "text": text, "published": published}
    return {MAPPING[key]: value for key, value in values.items()}


def test_reference_joins_equal_texts_and_near_ones_under_one_headline():
    """Equal words make two pages one; nearly equal ones only under the same headline and date."""
    words = [f"word{number}" for number in range(40)]
    long, near = " ".join(words), " ".join([*words[:-1], "other"])
    rows = [row("a", "One", long), row("b", "Two", long.upper()), row("c", "One", near), row("d", "Three", near)]
    assert reference_pairs(rows) == {("a", "b"), ("a", "c"), ("c", "d")}


def test_empty_rows_are_nobodys_duplicates():
    """Rows without text are not joined for being equally empty."""
    assert reference_pairs([row("a", "One", ""), row("b", "One", None)]) == set()


def test_copies_of_one_original_are_pairs_of_each_other():
    """An original with two copies is three pairs, a page alone none."""
    articles = [
        {"article_id": "1", "original_id": None, "url": "a"},
        {"article_id": "2", "original_id": "1", "url": "b"},
        {"article_id": "3", "original_id": "1", "url": "c"},
        {"article_id": "4", "original_id": None, "url": "d"},
    ]
    assert folded_pairs(articles) == {("a", "b"), ("a", "c"), ("b", "c")}


def test_pages_with_half_their_words_in_common_are_alike():
    """A page that stands in another is alike to it; one that shares a phrase is not."""
    long = [f"word{number}" for number in range(40)]
    texts = {"long": long, "part": long[:20], "phrase": [*long[:6], *(f"own{number}" for number in range(30))]}
    assert alike_pairs(texts) == {("long", "part")}


TEXT = "“The dam is dry,” said the warden. “So be it.”"


@pytest.mark.parametrize(
    ("holder", "content", "verdict"),
    [
        ("warden", [[1, 15]], (True, True, True)),
        ("the Warden", [[1, 10]], (True, True, False)),
        ("mayor", [[1, 15]], (True, False, False)),
        ("warden", [[1, 4]], (False, False, False)),
        ("warden", None, (False, False, False)),
    ],
)
def test_quotation_counts_by_content_and_holder(holder, content, verdict):
    """A quotation is found by half of its characters, right by its holder, whole by all of them."""
    listed = {"start": 0, "end": 17, "holder": "Warden"}
    made = judge(listed, TEXT, [{"holder": holder, "content": content}])
    assert (made.found, made.right, made.whole) == verdict


def test_listed_quotations_stand_in_order_and_apart():
    """The seeds' list gives ranges that do not overlap, each with a holder."""
    listed = tomllib.loads(QUOTATIONS.read_text(encoding="utf-8"))["quotations"]
    for name in {one["file"] for one in listed}:
        places = [place for one in listed if one["file"] == name for place in (one["start"], one["end"])]
        assert places == sorted(set(places))
    assert all(one["holder"] for one in listed)


def test_table_keeps_its_columns_whatever_a_cell_holds():
    """A bar or a line break in a cell does not break the table."""
    assert markdown(["a"], [["x|y\nz"]]).splitlines() == ["| a |", "| --- |", "| x\\|y z |"]


def test_share_carries_its_counts():
    """No share stands without the counts behind it, and none is made of nothing."""
    assert (share(1, 4), share(0, 0)) == ("1 of 4 (25%)", "0 of none")


def test_stopwatch_adds_up_a_stage_that_comes_back():
    """A stage timed twice is one row, and the last row is the whole."""
    watch = Stopwatch()
    for stage in ("read", "file", "read"):
        with watch.timing(stage):
            pass
    assert [name for name, *_ in watch.rows()] == ["read", "file", "all"]
