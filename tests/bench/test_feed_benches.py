"""The benches of feeds and polls count rightly on small data of our own."""

import gzip
from datetime import UTC, datetime, timedelta

import feeds
import pytest
import statefeed
from feeds import compare
from statefeed import Snapshot, count_directly, read_words

from sources.kinds.document import Reading

START = datetime(2031, 3, 1, tzinfo=UTC)


def feed(*items):
    """A feed of items given as (number, title)."""
    listed = "".join(f"<item><title>{title}</title><link>http://x.org/{n}</link></item>" for n, title in items)
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>T</title>{listed}</channel></rss>".encode()


SEQUENCE = [
    feed((1, "One"), (2, "Two")),
    feed((1, "One"), (2, "Two")),
    feed((2, "Two, &lt;b&gt;later&lt;/b&gt;"), (3, "Three")),
    feed((3, "Three"), (4, "Four")),
    feed((5, "Five"), (6, "Six")),
]


@pytest.fixture
def snapshots():
    return [Snapshot(START + timedelta(hours=n), body) for n, body in enumerate(SEQUENCE)]


def test_the_direct_count_is_right(snapshots):
    """New, revised and unchanged items, a look at the same bytes, and the one gap, as counted by hand."""
    count = count_directly(snapshots)
    assert (count.new, count.revised, count.unchanged, count.same_bytes) == (6, 1, 1, 1)
    assert count.gaps == (START + timedelta(hours=4),)


def test_markup_alone_is_no_revision():
    """Words are compared without their markup."""
    assert read_words("<p class='a'>One <b>two</b></p>") == read_words("<div>One  two</div>") == "One two"


def test_the_polls_come_to_the_same(tmp_path, snapshots, capsys, monkeypatch):
    """Served and polled by the real stage, the sequence gives the same counts, and the bench says so."""
    monkeypatch.setattr(statefeed, "LEFT_OUT", (1, 2))
    for one in snapshots:
        (tmp_path / f"{one.at:%Y-%m-%dT%H%M%S}.xml.gz").write_bytes(gzip.compress(one.body))
    assert statefeed.main(tmp_path) == 0
    assert "| every poll | 5 (5 requests) | 6 / 6 | 1 / 1 | 1 / 1 | 1 / 1 | 1 / 1 | yes |" in capsys.readouterr().out


def test_a_feed_that_is_read_otherwise_is_told(tmp_path, capsys, monkeypatch):
    """The comparison with feedparser finds an item that we lack: then the bench fails."""
    (tmp_path / "a.xml").write_bytes(SEQUENCE[0])
    assert feeds.main(tmp_path) == 0
    assert "| item | 2 of 2 (100%) | 0 |" in capsys.readouterr().out
    monkeypatch.setattr(feeds, "read", lambda *_: Reading())
    assert feeds.main(tmp_path) == 1
    assert "item, unexplained: 2" in capsys.readouterr().out
    assert list(compare(Reading(), {"entries": [{"link": "file:///x"}], "feed": {}}, feeds.BASE)) == [
        ("item", "the link is no web address", "file:///x")
    ]
