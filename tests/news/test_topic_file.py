"""Topic files: what is right loads, what is wrong is named with its line and the mend."""

from __future__ import annotations

import ast
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from news.errors import ConfigurationError, TopicError
from news.topic import Counted, Stance
from news.topic_file import MAX_BYTES, load_topic, parse_topic
from news.topic_route import SOURCE_KINDS

ROOT = Path(__file__).parents[2]
DEFAULT = ROOT / "topics" / "dprk-alignment.toml"
UNRELATED = ROOT / "tests" / "topics" / "dam-dispute.toml"

# Each line that a problem must be reported on ends in `#!` and a part of the problem's key and message.
BROKEN = """\
id = "Not An Id" #! id: is no id
title = 7 #! title: must be text
languages = ["english"] #! languages[0]: no language code
colour = "red" #! colour: unknown key

[scope]
threshold = 3 #! scope.threshold: out of range
[[scope.groups]] #! scope.groups[0].terms: is missing
name = "all"
[[scope.groups]]
name = "names"
terms = [
  "word",
  "@nobody", #! scope.groups[1].terms[1]: no entity has the id
  "wo*rd", #! scope.groups[1].terms[2]: stands elsewhere
  "*", #! scope.groups[1].terms[3]: nearly everything
  "", #! scope.groups[1].terms[4]: is empty
]

[[entities]]
id = "land"
name = "Land"
kind = "kingdom" #! entities[0].kind: is not known
aliasses = ["Old Land"] #! entities[0].aliasses: unknown key
[[entities.offices]]
id = "crown"
title = "Crown"
rank = 0 #! entities[0].offices[0].rank: out of range
holders = [
  { name = "Ann", since = 2020-01-01, until = 2022-01-01 },
  { name = "Bea", since = 2021-01-01 }, #! holders[1].since: holds the office while Ann
  { name = "Cat", since = 2030-01-01, until = 2029-01-01 }, #! holders[2].until: is not after since
  { name = "Dot", since = "2020-13-01" }, #! holders[3].since: must be a date
]
[[entities.offices]] #! entities[0].offices[1]: neither titles nor holders
id = "crown" #! entities[0].offices[1].id: is taken
title = "Crown"
rank = 1

[[entities]]
id = "land" #! entities[1].id: is taken
name = "Other"
kind = "country"

[[entities]]
id = "third"
name = "land" #! entities[2].name: already stands for land
kind = "country"

[[propositions]] #! propositions[0].patterns: is missing
id = "claim"
statment = "It is so" #! propositions[0].statment: unknown key
[[propositions.examples]]
text = "So."
stance = "affirm" #! propositions[0].examples[0].stance: is not known
[[propositions]]
id = "other"
statement = "It is not so"
[[propositions.patterns]] #! propositions[1].patterns[0]: asks for nothing
never = ["x"]
[[propositions.patterns]]
who = "@land" #! propositions[1].patterns[1].who: must be a list

[[counted]]
name = "carts"
proposition = "clam" #! counted[0].proposition: no proposition has the id
words = ["cart*"]
whom = ["@land"] #! counted[0].whom: unknown key
[[counted]] #! counted[1].words: is missing
name = "carts at the mill"
proposition = "other"
where = ["m*ll"] #! counted[1].where[0]: stands elsewhere
[[counted]]
name = "carts"
proposition = "other"
words = ["cart*", "wagons"]
[[counted]]
name = "Carts" #! counted[3].name: is counted on other already
proposition = "other"
words = ["lorries", "wagons"] #! counted[3].words: counts carts already
whose = ["@nobody"] #! counted[3].whose[0]: no entity has the id

[[outlets]]
id = "paper"
name = "Paper"
hosts = ["https://paper.example/"] #! outlets[0].hosts[0]: is no host name
voice = "lnad" #! outlets[0].voice: no entity has the id

[[sources]] #! sources[0]: neither where its address was found
id = "one"
outlet = "papr" #! sources[0].outlet: no outlet has the id
kind = "feed"
address = "ftp://paper.example/feed" #! sources[0].address: is no web address
every = "10s" #! sources[0].every: is too short
[[sources]]
id = "two"
outlet = "paper"
kind = "rss" #! sources[1].kind: is not known
address = "https://paper.example/rss"
unverified = "yes" #! sources[1].unverified: must be true or false
[[sources]]
id = "three"
outlet = "paper"
kind = "feed"
address = "https://paper.example/a b" #! sources[2].address: blank or control character
every = "2 fortnights" #! sources[2].every: is no span
unverified = true
[[sources]]
id = "four"
outlet = "paper"
kind = "feed"
address = "https://ann:secret@paper.example/" #! sources[3].address: seems to hold a secret
unverified = true
[[sources]]
id = "five"
outlet = "paper"
kind = "feed"
address = "https://paper.example/rss" #! sources[4].address: is that of two
every = "40d" #! sources[4].every: is too long
unverified = true

[[sources]] #! sources[5].select: is missing
id = "six"
outlet = "paper"
kind = "listing"
address = "https://paper.example/news"
every = "1h"
fastest = "2h" #! sources[5].fastest: is slower than every
slowest = "30m" #! sources[5].slowest: is faster than every
unverified = true
[[sources]]
id = "seven"
outlet = "paper"
kind = "feed"
address = "https://paper.example/atom"
select = ".news a" #! sources[6].select: means nothing for a feed
fastest = "10s" #! sources[6].fastest: is too short
slowest = 6 #! sources[6].slowest: must be text
unverified = true
[[sources]]
id = "eight"
outlet = "paper"
kind = "gdelt"
address = "https://gdelt.example/doc?mode=artlist" #! sources[7].address: asks for nothing
unverified = true
[[sources]]
id = "nine"
outlet = "paper"
kind = "mail"
address = "imap://paper.example/INBOX" #! sources[8].address: is a web address

[[subscribers]] #! subscribers[0]: has no address
id = "a"
name = "A"
channel = "email"
propositions = ["clam"] #! subscribers[0].propositions[0]: no proposition has the id
timezone = "Asia/Soul" #! subscribers[0].timezone: no time zone
[[subscribers]]
id = "b"
name = "B"
channel = "slack"
address = "https://hooks.slack.com/services/T0/B0/xyz" #! subscribers[1].address: seems to hold a secret
[[subscribers]]
id = "c"
name = "C"
channel = "slack"
address_env = "https://hooks.slack.com/services/T0/B0/xyz" #! subscribers[2].address_env: is no name
[[subscribers]]
id = "d"
name = "D"
channel = "email"
address = "desk at example" #! subscribers[3].address: is no mail address
kinds = ["shifts"] #! subscribers[3].kinds[0]: no kind of finding

[fetch]
allow_hosts = ["Local Host"] #! fetch.allow_hosts[0]: is no host name
[fetch.resolve]
"paper.example" = "localhost" #! fetch.resolve.paper.example: is no address with a port
"""

# One source of each kind, as a topic file declares it.
KINDS = """
[[sources]]
id = "wire-feed"
outlet = "sarn-wire"
kind = "feed"                                  # RSS 0.9x, 1.0, 2.0 or Atom
address = "https://wire.sarn.example/atom"
every = "30m"                                  # until its rhythm is known; then between the next two
fastest = "10m"
slowest = "12h"
found_in = "https://wire.sarn.example/"

[[sources]]
id = "wire-jsonfeed"
outlet = "sarn-wire"
kind = "jsonfeed"                              # jsonfeed.org
address = "https://wire.sarn.example/feed.json"
unverified = true

[[sources]]
id = "wire-sitemap"
outlet = "sarn-wire"
kind = "sitemap"                               # sitemaps.org: news sitemap, index, plain text; packed or not
address = "https://wire.sarn.example/news-sitemap.xml"
found_in = "https://wire.sarn.example/robots.txt"

[[sources]]
id = "gdelt"
outlet = "sarn-wire"
kind = "gdelt"                                 # GDELT DOC 2.0; mode, format, maxrecords and sort are added
address = "https://api.gdeltproject.org/api/v2/doc/doc?query=%22Sarn%20dam%22%20sourcelang:english"
unverified = true

[[sources]]
id = "search"
outlet = "sarn-wire"
kind = "search"                                # a search engine's feed: its links are unwrapped
address = "https://www.bing.com/news/search?q=%22Sarn+dam%22&format=rss"
unverified = true

[[sources]]
id = "gazette-list"
outlet = "lowmere-gazette"
kind = "listing"                               # a page of links
address = "https://gazette.ost.example/news"
select = ".headlines article"                  # links, or what holds one
unverified = true

[[sources]]
id = "saved"
outlet = "sarn-wire"
kind = "folder"                                # HTML and text files
address = "saved"

[[sources]]
id = "letters"
outlet = "lowmere-gazette"
kind = "mail"                                  # a Maildir, or a folder of .eml files
address = "/var/mail/letters"
lang = "en"

[[sources]]
id = "drop"
outlet = "sarn-wire"
kind = "inbox"                                 # whatever people put there: HTML, TXT, EML, JSONL, WARC, each also .gz
address = "inbox"

[[sources]]
id = "past"
outlet = "sarn-wire"
kind = "archive"                               # a file or a tree of the same kinds, other files passed over
address = "archive/2023.warc.gz"
every = "1d"
"""


def test_default_topic_loads() -> None:
    """The default topic is right, with the ten propositions of the design and the nine actors it names."""
    topic = load_topic(DEFAULT)
    assert topic.id == "dprk-alignment"
    assert [one.id for one in topic.propositions] == [
        "dprk-arms-to-russia",
        "dprk-troops-to-russia",
        "russia-tech-to-dprk",
        "dprk-joins-drills",
        "china-backs-alignment",
        "arms-length",
        "rok-arms-to-ukraine",
        "russia-upholds-sanctions",
        "dprk-nuclear-test",
        "treaty-is-alliance",
    ]
    assert {one.id for one in topic.entities} == {
        "dprk",
        "russia",
        "china",
        "rok",
        "usa",
        "ukraine",
        "nato",
        "un",
        "japan",
    }


def test_default_topic_examples() -> None:
    """Every proposition of the default topic has examples of each stance and of what must not be linked."""
    for proposition in load_topic(DEFAULT).propositions:
        assert {one.stance for one in proposition.examples} == {*Stance, None}, proposition.id
        assert len(proposition.examples) >= 6


def test_default_topic_sources() -> None:
    """At least half of the default topic's 25 or more sources name the public document their address was found in."""
    sources = load_topic(DEFAULT).sources
    assert len(sources) >= 25
    assert sum(one.found_in is not None for one in sources) * 2 >= len(sources)


def test_offices_change_hands() -> None:
    """An office of the default topic is held by whoever held it on the day asked for."""
    topic = load_topic(DEFAULT)
    russia = topic.entity("russia")
    assert russia is not None
    office = next(one for one in russia.offices if one.id == "defence-minister")
    holders = [next(h.name for h in office.holders if h.held_on(day)) for day in (date(2024, 5, 1), date(2024, 6, 1))]
    assert holders == ["Sergei Shoigu", "Andrei Belousov"]


def test_unrelated_topic_loads() -> None:
    """A topic about something else entirely loads the same way, and its spans, dates and defaults are read."""
    topic = load_topic(UNRELATED)
    assert topic.sources[0].every == timedelta(minutes=30)
    assert topic.entities[0].offices[0].holders[0].until == date(2024, 6, 10)
    assert topic.propositions[0].patterns[0].stance is Stance.AFFIRMS
    assert topic.propositions[0].examples[-1].stance is None
    assert topic.scope.groups[0].required
    assert not topic.scope.groups[2].required
    assert topic.counted[1] == Counted(
        "soldiers", "ostrany-threatens-force", ("soldier*", "troops", "men"), whose=("@ostrany",)
    )


def test_every_problem_at_once() -> None:
    """A file with dozens of different problems has each one reported, with its key, at its line, and nothing else."""
    marked = [(number, line.partition("#!")[2]) for number, line in enumerate(BROKEN.splitlines(), 1) if "#!" in line]
    expected = [(number, *map(str.strip, note.split(":", 1))) for number, note in marked]
    with pytest.raises(TopicError) as caught:
        parse_topic(BROKEN, "broken.toml")
    problems = list(caught.value.problems)
    for number, key, message in expected:
        match = [one for one in problems if one.line == number and one.key.endswith(key) and message in one.message]
        assert match, f"line {number}: {key}: {message} not among {[p for p in problems if p.line == number]}"
        problems.remove(match[0])
    assert [(one.line, one.key) for one in problems] == [(50, "propositions[0].statement")]
    assert len(expected) > 40


def test_problems_read_well() -> None:
    """Each problem says what to do, and the message names the file, the line and the key on one line a problem."""
    with pytest.raises(TopicError) as caught:
        parse_topic(BROKEN, "broken.toml")
    assert all(one.mend for one in caught.value.problems)
    assert "line 4, colour: unknown key; did you mean" not in str(caught.value)
    assert "entities[0].aliasses: unknown key; did you mean aliases?" in str(caught.value)
    assert len(str(caught.value).splitlines()) == len(caught.value.problems) + 1


def test_secrets_are_not_shown() -> None:
    """A secret that somebody put into the file does not appear in any message."""
    with pytest.raises(TopicError) as caught:
        parse_topic(BROKEN, "broken.toml")
    assert "xyz" not in str(caught.value)
    assert "ann:secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id = 'a'\x00", "is binary"),
        ("id = 'Zürich'".encode("latin-1"), "is not UTF-8 at line 1"),
        (b"x" * (MAX_BYTES + 1), "is larger than"),
    ],
    ids=["binary", "latin-1", "huge"],
)
def test_unreadable_content(tmp_path: Path, content: bytes, message: str) -> None:
    """A file that is no UTF-8 text of reasonable size is refused in one line that names it and the mend."""
    path = tmp_path / "t.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=message) as caught:
        load_topic(path)
    assert str(path) in str(caught.value)
    assert caught.value.mend


def test_no_file(tmp_path: Path) -> None:
    """A missing file, a folder, a pipe and an impossible name are each refused, without waiting on the pipe."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path / "none.toml", tmp_path, pipe, Path("a\x00b")):
        with pytest.raises(ConfigurationError):
            load_topic(path)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "is empty"),
        ("id = 'a'\n\ntitle = \n", 3, "is no TOML"),
        ("id = 'a'\nid = 'b'\n", 2, "is no TOML"),
        ("id = 'a'\n[scope]\nthreshold = [0.3,\n", 3, "is no TOML"),
        ("a = " + "[" * 5000, 1, "cannot be read as TOML"),
        ("a = 1" + "0" * 5000, 1, "cannot be read as TOML"),
    ],
    ids=["empty", "syntax", "twice", "truncated", "deep", "digits"],
)
def test_not_toml(text: str, line: int, message: str) -> None:
    """A text that is no TOML is one problem, at the line where reading stopped."""
    with pytest.raises(TopicError) as caught:
        parse_topic(text, "t.toml")
    (problem,) = caught.value.problems
    assert problem.line == line
    assert message in problem.message


def test_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    """A file saved with a byte order mark and Windows line ends is read like any other, its lines counted alike."""
    path = tmp_path / "t.toml"
    path.write_bytes(b"\xef\xbb\xbf" + UNRELATED.read_bytes().replace(b"\n", b"\r\n"))
    assert load_topic(path).id == "sarn-dam"
    with pytest.raises(TopicError) as caught:
        parse_topic(BROKEN.replace("\n", "\r\n"), "broken.toml")
    with pytest.raises(TopicError) as plain:
        parse_topic(BROKEN, "broken.toml")
    assert caught.value.problems == plain.value.problems


def test_folder_and_local_sources_need_no_document() -> None:
    """A folder, and an address on a host that the file itself resolves, need not say where they were found."""
    text = UNRELATED.read_text("utf-8").replace("unverified = true", "")
    text += '\n[fetch]\nresolve = { "wire.sarn.example" = "127.0.0.1:8080" }\n'
    text += '[[sources]]\nid = "files"\noutlet = "sarn-wire"\nkind = "folder"\naddress = "inbox"\n'
    topic = parse_topic(text, "t.toml")
    assert topic.resolve == (("wire.sarn.example", "127.0.0.1:8080"),)
    assert topic.sources[-1].kind == "folder"


def test_every_kind_of_source_can_be_declared() -> None:
    """One table declares a source of each kind, with its own interval and selector."""
    topic = parse_topic(UNRELATED.read_text("utf-8") + KINDS, "t.toml")
    declared = {one.kind: one for one in topic.sources}
    assert set(declared) == set(SOURCE_KINDS)
    assert (declared["feed"].fastest, declared["feed"].slowest) == (timedelta(minutes=10), timedelta(hours=12))
    assert (declared["mail"].fastest, declared["mail"].slowest, declared["mail"].lang) == (None, None, "en")
    assert [kind for kind, one in declared.items() if one.select] == ["listing"]


def test_code_knows_no_topic() -> None:
    """No string or comment-free line of the topic reader names anything of the default topic."""
    names = {name.casefold() for one in load_topic(DEFAULT).entities for name in one.names if len(name) > 3}
    for path in sorted((ROOT / "news").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value:
                assert node.value.casefold() not in names, f"{path.name}:{node.lineno}"
