"""What a new user does first: checks a home page for sources, adds one, looks at those there are, adds a page."""

import json
import sys
import tomllib
from functools import partial

import pytest

from flows.desk import Desk
from sources.fetcher import FetchLimits
from tests.sources.conftest import Site
from tests.volteface.command import DAM
from volteface import candidates, cli, looks
from volteface.commands import add as add_command

AT_ONCE = FetchLimits(connect_s=2, read_s=2, deadline_s=5, host_delay_s=0, attempts=1)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title><item><title>Water \x1b[31mrises</title>'
    "<link>http://post.test/a</link><pubDate>Mon, 04 Mar 2024 09:00:00 GMT</pubDate></item></channel></rss>"
).replace("\x1b", "&#x9b;")
HOME = """<html lang="en"><head><title>The Post</title>
<meta property="og:site_name" content='The &quot;Post&quot;&#x202e;31m'>
<link rel="alternate" type="application/rss+xml" href="/feed"></head><body>hello</body></html>"""
STORY = """<html lang="en"><head><title>Velmora denies filling the reservoir</title>
<meta property="article:published_time" content="2024-03-04T09:00:00Z"></head><body><article>
<h1>Velmora denies filling the reservoir</h1>
<p>Velmora is not filling the Sarn reservoir, Water Minister Irja Tamm told reporters in Harrowgate this morning.</p>
<p>Ostrany accused Velmora of filling the Sarn reservoir in secret, and asked the River Council for a meeting.</p>
<p>The dam has divided the two countries for years, and no agreement on the water of the river is in sight.</p>
</article></body></html>"""
CAKES = """<html lang="en"><head><title>Baker wins the cake contest</title></head><body><article>
<h1>Baker wins the cake contest</h1><p>The annual cake contest of the county was won by a baker from the hills, who
had entered it eleven times before, said Mayor Ann Lee. The second prize went to a school from the town.</p>
<p>More than four hundred cakes were shown in the hall this year, and all of them were eaten by the evening.</p>
</article></body></html>"""


@pytest.fixture
def site():
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def topic(tmp_path, site):
    """A topic file of one's own whose hosts are the local server."""
    path = tmp_path / "mine.toml"
    hosts = ", ".join(f'"{host}" = "{site.address}"' for host in ("post.test", "echo.test", "wire.sarn.example"))
    # Mine, with a comment of mine.
    path.write_text(DAM.read_text(encoding="utf-8") + f"\n[fetch] # mine\nresolve = {{ {hosts} }}\n", encoding="utf-8")
    return path


@pytest.fixture
def volteface(topic, tmp_path, monkeypatch, capsys):
    """Runs a command as `main` does, without its pauses; gives its status, stdout and stderr."""
    monkeypatch.setenv("VOLTEFACE_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(add_command, "Desk", partial(Desk, limits=AT_ONCE))
    monkeypatch.setattr(
        candidates.find_sources, "__kwdefaults__", candidates.find_sources.__kwdefaults__ | {"limits": AT_ONCE}
    )
    monkeypatch.setattr(looks, "FetchLimits", lambda: AT_ONCE)

    def run(name, *words):
        monkeypatch.setattr(sys, "argv", ["volteface", name, "--topic", str(topic), *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        assert not [char for char in told.out + told.err if not char.isprintable() and char != "\n"]
        return ended.value.code, told.out, told.err

    return run


def test_a_home_page_gives_tables_to_paste(volteface, site, topic):
    """A home page's address gives TOML on stdout that, pasted, makes a right topic; what was found is on stderr."""
    site.page("/", HOME)
    site.page("/feed", FEED, "text/xml")
    before = topic.read_bytes()
    status, out, err = volteface("check", "http://post.test")
    assert status == 0
    tables = tomllib.loads(out)
    assert tables["outlets"] == [{"id": "post", "name": 'The "Post"31m', "hosts": ["post.test"]}]
    assert tables["sources"][0]["found_in"] == "http://post.test"
    assert "1 items, the newest of 2024-03-04" in err
    assert topic.read_bytes() == before
    topic.write_bytes(before + b"\n" + out.encode())
    assert volteface("check")[0] == 0


def test_a_source_is_added_once(volteface, site, topic):
    """--add puts the best source at the end of the topic file; a second time it is refused, and nothing changes."""
    site.page("/", HOME)
    site.page("/feed", FEED, "text/xml")
    before = topic.read_bytes()
    status, out, err = volteface("check", "http://post.test/", "--add")
    assert (status, out) == (0, "")
    assert "added outlet post and source post" in err
    after = topic.read_bytes()
    assert after.startswith(before)
    status, _, err = volteface("check", "http://post.test/", "--add")
    assert status == 2
    assert "already, as post" in err
    assert topic.read_bytes() == after


def test_candidates_as_json(volteface, site):
    """--json gives one row for each address that was tried, with the tables for those that work."""
    site.page("/", HOME)
    site.page("/feed", FEED, "text/xml")
    status, out, _ = volteface("check", "http://post.test/", "--json")
    first, *others = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert (first["address"], first["works"], first["items"], first["added"]) == (
        "http://post.test/feed",
        True,
        1,
        False,
    )
    assert tomllib.loads(first["toml"])["sources"][0]["address"] == "http://post.test/feed"
    assert not any(one["works"] or one["toml"] for one in others)


def test_a_page_without_sources_gets_a_selector(volteface, site):
    """A page with no feed anywhere is status 1, and the message says how to poll it as a listing."""
    cards = "".join(f'<p class="card"><a href="/{n}">The water rises on day {n} of it</a></p>' for n in range(4))
    site.page("/", f"<html><body>{cards}</body></html>")
    status, out, err = volteface("check", "http://post.test/")
    assert (status, out) == (1, "")
    assert 'kind = "listing" with select = ".card a", which selects 4 links' in err


@pytest.mark.parametrize(
    ("words", "status", "word"),
    [
        (("two words",), 2, "no web address"),
        (("file:///etc/passwd",), 2, "not an http or https address"),
        (("--add",), 2, "--add needs the address"),
        (("--json",), 2, "--json goes with"),
        (("http://post.test/", "--sources"), 2, "do not go together"),
        (("http://post.test/",), 1, "closed to robots"),
        (("http://127.0.0.1/",), 1, "not a public address"),
    ],
)
def test_what_cannot_be_checked_is_said(volteface, site, words, status, word):
    """Wrong usage is status 2, an address that cannot be fetched status 1; one line says why, and nothing is asked."""
    site.page("/robots.txt", "User-agent: *\nDisallow: /\n", "text/plain")
    found, out, err = volteface("check", *words)
    assert (found, out) == (status, "")
    assert word in err
    assert len(err.splitlines()) == 1
    assert set(site.asked) <= {"/robots.txt"}


def test_the_sources_of_a_topic_are_looked_at(volteface, site, topic):
    """--sources polls each source once and says which work, which have moved and where to, and which fail."""
    topic.write_text(topic.read_text(encoding="utf-8").replace("https://", "http://"), encoding="utf-8")
    site.pages["/rss"] = (301, {"Location": "/feed"}, b"")
    site.page("/feed", FEED, "text/xml")
    with topic.open("a", encoding="utf-8") as file:
        for name, path in (("well", "feed"), ("gone", "gone")):
            address = f"http://post.test/{path}"
            file.write(f'\n[[sources]]\nid = "{name}"\noutlet = "sarn-wire"\nkind = "feed"\naddress = "{address}"\n')
    status, out, err = volteface("check", "--sources", "--json")
    rows = {row["source_id"]: row for row in map(json.loads, out.splitlines())}
    assert status == 0
    assert {name: row["state"] for name, row in rows.items()} == {
        "sarn-wire-feed": "moved",
        "gazette-sitemap": "fails",
        "well": "works",
        "gone": "fails",
    }
    assert rows["sarn-wire-feed"]["detail"] == 'put in address = "http://wire.sarn.example/feed"'
    assert "404" in rows["gone"]["error"]
    assert "4 sources: 1 work, 1 have moved, 0 are empty, 2 fail" in err
    assert not (topic.parent / "data").exists()


def test_a_page_added_by_hand_is_told_about(volteface, site):
    """A page on the topic: its title, outlet, date and where that is from, why it is on the topic, and its claims."""
    site.page("/a", STORY)
    status, out, err = volteface("add", "wire.sarn.example/a")
    assert (status, out) == (0, "")
    assert (
        "Velmora denies filling the reservoir\n  new; Sarn Wire, dated 2024-03-04 09:00 UTC by the metadata, en:" in err
    )
    assert "on the topic (" in err
    assert "Irja Tamm" in err
    assert "1 given: 1 new articles" in err
    assert "known, unchanged" in volteface("add", "http://wire.sarn.example/a")[2]


def test_a_copy_added_by_hand_names_its_original(volteface, site):
    """A page that copies a stored one says what it is a copy of."""
    site.page("/a", STORY)
    volteface("add", "http://wire.sarn.example/a")
    status, _, err = volteface("add", "http://echo.test/a")
    assert status == 0
    assert "identical copy of Sarn Wire: Velmora denies filling the reservoir (http://wire.sarn.example/a)" in err


def test_a_page_off_the_topic_is_read_when_it_is_added_by_hand(volteface, site):
    """A page off the topic is filed and read all the same, and said to be off it; --json gives the counts alone."""
    site.page("/cakes", CAKES)
    status, out, err = volteface("add", "http://post.test/cakes")
    assert (status, out) == (0, "")
    assert "off the topic (0.00, and 0.30 with every required group is asked: no term of the scope in it)" in err
    assert "Ann Lee" in err
    status, out, _ = volteface("add", "http://post.test/cakes", "--json")
    assert json.loads(out) == {"given": 1, "new": 0, "claims": 0, "findings": 0, "rejected": 0}


@pytest.mark.parametrize(
    ("url", "status", "word"),
    [
        ("http://post.test/nowhere", 1, "answered 404: check the address"),
        ("http://post.test/closed/a", 1, "closed to robots"),
        ("http://127.0.0.1/a", 1, "127.0.0.1, not a public address"),
        ("http://post.test/wall", 3, "challenge page"),
        ("ftp://post.test/a", 2, "not an http or https address"),
    ],
)
def test_a_page_that_cannot_be_added_says_why(volteface, site, url, status, word):
    """Not found, closed, private: status 1; no article on it: 3; no web address: 2; each with one clear line."""
    site.page("/robots.txt", "User-agent: *\nDisallow: /closed/\n", "text/plain")
    site.page("/wall", "<html><head><title>Just a moment...</title></head><body>" + "<p>Checking you.</p>" * 9)
    found, out, err = volteface("add", url)
    assert (found, out) == (status, "")
    assert [line for line in err.splitlines() if word in line]
