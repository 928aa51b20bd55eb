"""Kinds of source that are files of this machine: what is in them, what changed, and never anything outside of them."""

import os
from dataclasses import replace

import pytest

from news.article import PageToFetch
from news.topic import Source
from sources.fetcher import NO_VALIDATORS
from sources.kinds import LISTERS, local
from sources.kinds.local import locate
from sources.pages import fetch_pages
from sources.polling import poll_sources

MESSAGE = b"Subject: Dam\nMessage-ID: <1@x>\n\nThe dam."


@pytest.fixture
def poll(topic, limits, now, sleep):
    """A function that polls one local source, with the validators of an earlier poll or none."""

    def ask(kind, address, before=None):
        source = Source("s", "gazette", kind, str(address), lang="en")
        asked = before.validators if before else NO_VALIDATORS
        return poll_sources([(source, asked)], limits, topic, now, lambda _: None, sleep=sleep)[0]

    return ask


@pytest.fixture
def fetch(topic, limits, now, sleep):
    """A function that fetches the items of a poll."""

    def ask(kind, address, items):
        topic_of = replace(topic, sources=(Source("s", "gazette", kind, str(address)),))
        pages = [PageToFetch(item.url, "s", item) for item in items]
        return fetch_pages(pages, limits, topic_of, now, lambda _: None, sleep=sleep)

    return ask


def names(poll):
    return [locate(item.url).name for item in poll.items]


@pytest.fixture
def maildir(tmp_path):
    """A Maildir with one new message, one read, one half written."""
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "new" / "100.M1.host").write_bytes(MESSAGE)
    (tmp_path / "cur" / "99.M1.host,S=9:2,RS").write_bytes(MESSAGE)
    (tmp_path / "tmp" / "101.M1.host").write_bytes(MESSAGE)
    return tmp_path


def test_a_maildir_gives_each_message_once(maildir, poll, fetch):
    """A message keeps its item when it is read, flagged or moved; what is still being written is none."""
    first = poll("mail", maildir)
    assert names(first) == ["100.M1.host", "99.M1.host,S=9"]
    assert {(item.outlet, item.lang) for item in first.items} == {("gazette", "en")}
    (maildir / "new" / "100.M1.host").rename(maildir / "cur" / "100.M1.host:2,S")
    (maildir / "cur" / "99.M1.host,S=9:2,RS").rename(maildir / "cur" / "99.M1.host,S=9:2,FRS")
    assert poll("mail", maildir, first).outcome == "unchanged"
    pages = fetch("mail", maildir, first.items)
    assert [(page.outcome, page.content_type, page.body) for page in pages] == [("page", "message/rfc822", MESSAGE)] * 2


def test_a_message_that_is_gone_is_gone(maildir, poll, fetch):
    """A message deleted between two rounds is told apart from one that cannot be read."""
    items = poll("mail", maildir).items
    (maildir / "new" / "100.M1.host").unlink()
    assert [page.outcome for page in fetch("mail", maildir, items)] == ["gone", "page"]


def test_a_folder_of_messages(tmp_path, poll, fetch):
    """Without a Maildir's folders, the .eml files below are the messages, packed ones too."""
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "a.EML").write_bytes(MESSAGE)
    (tmp_path / "b.txt").write_bytes(MESSAGE)
    found = poll("mail", tmp_path)
    assert names(found) == ["a.EML"]
    assert fetch("mail", tmp_path, found.items)[0].body == MESSAGE


@pytest.mark.parametrize(
    ("kind", "taken"), [("inbox", ["a.jsonl", "b.pdf", "c.warc.gz"]), ("archive", ["a.jsonl", "c.warc.gz"])]
)
def test_files_of_records(tmp_path, poll, fetch, kind, taken):
    """An inbox names every file, an archive those it can read; each is fetched without being read, then unchanged."""
    for name in ("a.jsonl", "b.pdf", "c.warc.gz", ".hidden.txt"):
        (tmp_path / name).write_bytes(b"x")
    first = poll(kind, tmp_path)
    assert names(first) == taken
    assert (first.windowed, first.error) == (False, None)
    pages = fetch(kind, tmp_path, first.items)
    assert {(page.outcome, page.body, page.final_url == page.url) for page in pages} == {("records", b"", True)}
    assert poll(kind, tmp_path, first).outcome == "unchanged"


def test_another_size_or_time_is_another_state(tmp_path, poll):
    """A file that grew within one tick of the clock is seen to have grown; so is one written anew."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x")
    first = poll("archive", path)
    time = path.stat().st_mtime_ns
    path.write_bytes(b"xx")
    os.utime(path, ns=(time, time))
    grown = poll("archive", path, first)
    assert (grown.outcome, grown.items[0].updated) == ("items", first.items[0].updated)
    assert grown.items[0].title != first.items[0].title
    os.utime(path, ns=(time + 1_000_000, time + 1_000_000))
    assert poll("archive", path, grown).outcome == "items"


@pytest.mark.parametrize("kind", sorted(LISTERS))
def test_nothing_outside_of_a_folder_is_listed_or_read(tmp_path, poll, fetch, kind):
    """Links out of the folder, round in a ring, and climbing addresses lead nowhere."""
    inside, outside = tmp_path / "in", tmp_path / "secret.html"
    (inside / "sub").mkdir(parents=True)
    outside.write_bytes(b"secret")
    (inside / "link.html").symlink_to(outside)
    (inside / "link.eml").symlink_to(outside)
    (inside / "sub" / "ring").symlink_to(inside)
    (inside / "sub" / "away").symlink_to(tmp_path)
    found = poll(kind, inside)
    assert (found.items, found.error) == ((), "empty folder")
    (inside / "a.html").write_bytes(b"fine")
    (item,) = [item for item in poll("inbox", inside).items if item.url.endswith("a.html")]
    urls = [
        outside.as_uri(),
        inside.as_uri() + "/../secret.html",
        (inside / "link.html").as_uri(),
        "file:///etc/passwd",
    ]
    pages = fetch(kind, inside, [replace(item, url=url) for url in urls])
    assert [(page.outcome, page.permanent, page.body) for page in pages] == [("failed", True, b"")] * 4


def test_strange_names_are_read(tmp_path, poll, fetch):
    """Names with line breaks, marks of addresses, and bytes that are no UTF-8 lead to their own files."""
    strange = [b"a\nb.txt", b"c%41?x=1#y.txt", b"\xff\xfe.txt", "\u2028\u202e.txt".encode(), b" .txt"]
    for number, name in enumerate(strange):
        (tmp_path / os.fsdecode(name)).write_bytes(b"%d" % number)
    found = poll("folder", tmp_path)
    assert all(item.url.isascii() and "\n" not in item.url for item in found.items)
    assert sorted(page.body for page in fetch("folder", tmp_path, found.items)) == [b"0", b"1", b"2", b"3", b"4"]
    records = poll("inbox", tmp_path).items
    assert all(item.title.isprintable() for item in records)
    assert {page.outcome for page in fetch("inbox", tmp_path, records)} == {"records"}


def test_more_files_than_are_taken_are_told(tmp_path, poll, monkeypatch):
    """A folder of too many files says how many it has; those taken are the first by path."""
    monkeypatch.setattr(local, "MOST_FILES", 2)
    for number in range(4):
        (tmp_path / f"{number}.txt").write_bytes(b"x")
    found = poll("folder", tmp_path)
    assert (names(found), found.error) == (["0.txt", "1.txt"], "4 files, only the first 2 taken")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_closed_subfolder_costs_only_its_own(tmp_path, poll):
    """A subfolder without permission is named, the other files are listed."""
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "a.txt").write_bytes(b"x")
    found = poll("folder", tmp_path)
    assert names(found) == ["a.txt"]
    assert "closed" in found.error


@pytest.mark.parametrize("kind", sorted(LISTERS))
def test_a_missing_folder_fails_by_name(tmp_path, poll, kind):
    """The error names the path."""
    found = poll(kind, tmp_path / "none")
    assert found.outcome == "failed"
    assert str(tmp_path / "none") in found.error
