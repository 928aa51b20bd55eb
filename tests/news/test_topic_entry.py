"""A source added to somebody's topic file: whole or not at all, and nothing else touched."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import ConfigurationError
from news.topic import Outlet, Source
from news.topic_entry import append_entry, toml_text, write_entry
from tests.places import ROOT

DAM = ROOT / "tests" / "topics" / "dam-dispute.toml"
OUTLET = Outlet("vale-post", 'The "Vale" Post \\ №', hosts=("vale.example",))
SOURCE = Source(
    "vale-post", "vale-post", "feed", "http://vale.example/feed/", found_in="http://vale.example/", lang="en"
)


@pytest.fixture
def file(tmp_path):
    """A topic file of one's own, without a line break at its end."""
    path = tmp_path / "mine.toml"
    path.write_bytes(DAM.read_bytes() + b"# my last word")
    return path


@given(st.text(max_size=60))
def test_any_text_survives_toml(text):
    """What is written as TOML is read back as it was, and shows nothing that a terminal would obey."""
    written = toml_text(text)
    assert written.isprintable()
    expected = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    assert tomllib.loads(f"it = {written}")["it"] == expected


def test_the_tables_are_added_and_nothing_else_changes(file):
    """The new tables stand at the end; all that was there, comments included, is as it was to the byte."""
    before = file.read_bytes()
    file.chmod(0o640)
    topic = append_entry(file, OUTLET, SOURCE)
    assert topic.sources[-1] == SOURCE
    assert topic.outlets[-1].name == OUTLET.name
    assert file.read_bytes() == before + b"\n\n" + write_entry(OUTLET, SOURCE).encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_link_to_a_topic_file_stays_a_link(file, tmp_path):
    """A topic file kept elsewhere and linked to is changed where it is."""
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    append_entry(link, OUTLET, SOURCE)
    assert link.is_symlink()
    assert b"vale.example/feed" in file.read_bytes()


@pytest.mark.parametrize(
    ("outlet", "source"),
    [
        (None, SOURCE),  # an outlet that nobody declares
        (
            OUTLET,
            Source("vale-post", "vale-post", "feed", "http://vale.example/?token=secret", found_in="http://a.example/"),
        ),
        (OUTLET, Source("No Id", "vale-post", "feed", "http://vale.example/", found_in="http://a.example/")),
    ],
)
def test_a_file_that_would_be_wrong_is_left_as_it_is(file, outlet, source):
    """Tables that would spoil the topic are refused with the reason, and the file keeps every byte."""
    before = file.read_bytes()
    with pytest.raises(ConfigurationError, match="nothing was changed"):
        append_entry(file, outlet, source)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_file_that_writes_its_sources_inline_is_left_as_it_is(tmp_path):
    """A list written inline cannot be added to at the end; that is said, and nothing is changed."""
    path = tmp_path / "inline.toml"
    kept = DAM.read_text(encoding="utf-8")
    head, _, _ = kept.partition("[[outlets]]")
    path.write_text('outlets = [{ id = "w", name = "W" }]\n' + head, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="nothing was changed"):
        append_entry(path, OUTLET, SOURCE)
