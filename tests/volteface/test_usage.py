"""Wrong usage: one line and status 2 before anything is done; and what every command owes its caller."""

import subprocess
import sys

import duckdb
import pytest

from tests.places import ROOT
from tests.volteface.command import DAM, VOLTEFACE, Command
from volteface import cli

COMMANDS = tuple(cli.COMMANDS)
LATE = 9_999


@pytest.fixture(scope="module")
def helps():
    """Every command's help, by its name; asked of one process, for what they import is much the same."""
    code = (
        "import sys; from volteface.cli import COMMANDS, command_line as ask\n"
        "for name in COMMANDS: ask.main([name, '--help'], 'volteface', standalone_mode=False); print(end='\\0')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not done.stderr
    return dict(zip(COMMANDS, done.stdout.split("\0"), strict=False))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_help(helps, name):
    """What the overview lists explains itself: its usage, the topic and the warehouse it takes."""
    assert f"Usage: volteface {name}" in helps[name]
    assert "--topic FILE" in helps[name]
    assert "--warehouse FILE" in helps[name]


def test_the_promised_commands_are_there():
    """The overview has the commands of this version, and one asked for by its name explains itself."""
    for words in ((), ("claims",)):
        done = subprocess.run([VOLTEFACE, *words, "--help"], capture_output=True, text=True, check=True)
        assert done.stdout.startswith("Usage: volteface")
    assert {"run", "import", "add", "read", "replay", "articles", "claims", "positions", "shifts"} <= set(COMMANDS)
    assert {"disputes", "figures", "revisions", "findings", "sources", "deliveries", "rejects"} <= set(COMMANDS)
    assert {"why", "digest", "query", "check"} <= set(COMMANDS)


# words → what the one line must say
WRONG = {
    ("claims", "--since", "yesterday"): "--since 'yesterday' is no time",
    ("claims", "--until", "2024-13-40"): "--until '2024-13-40' is no time",
    ("claims", "--as-of", ""): "--as-of '' is no time",
    ("digest", "--since", "\x1b[31m"): "--since",
    ("articles", "--since", "0001-01-01T00:00+14:00", "--until", "9999-12-31T23:59-12:00"): None,
    ("claims", "--since", f"{LATE}w"): None,
    ("articles", "--since", "0001-01-01", "--until", "9999-12-31"): None,
    ("import", "story.jsonl", "--map", "text"): "--map 'text' is no pair",
    ("import", "story.jsonl", "--map", "=x"): "is no pair",
    ("import", "story.jsonl", "--map", "headline=title"): "a row has no 'headline'",
    ("why", "fnd_unknown"): "no finding fnd_unknown",
    ("claims", "--actor", "atlantis"): "atlantis",
    ("claims", "--proposition", "sun-rises"): "sun-rises",
    ("query", "select"): "parser error",
    ("query", ""): "query is empty",
    ("deliveries", "resend", "dlv_unknown"): "dlv_unknown",
}


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_usage_is_one_line(told, words):
    """What cannot be meant is said in one line that names it, with status 2; what is only far away is no error."""
    done = told(*words)
    if WRONG[words] is None:
        assert (done.status, done.err) == (0, "")
        return
    assert (done.status, done.out) == (1 if "resend" in words else 2, "")
    assert WRONG[words] in done.complaint
    assert "\x1b" not in done.err


@pytest.mark.parametrize(
    "words",
    [("nonsense",), ("claims", "--nonsense"), ("import",), ("digest", "--format", "pdf"), ("run", "--demo", "--live")],
)
def test_a_wrong_option_is_status_2(told, words):
    """Unknown commands and options, and options that exclude each other, are usage errors."""
    done = told(*words)
    assert (done.status, done.out) == (2, "")
    assert done.err.splitlines()[-1].startswith("Error: ")


WRITING = (
    "INSERT INTO rejects SELECT 'a', 'b', 'c', 'd', 'e', now()",
    "DELETE FROM claims",
    "SELECT 1; DROP TABLE claims",
    "COPY (SELECT 1) TO 'stolen.csv'",
    "ATTACH 'other.duckdb'",
    "SELECT * FROM read_text('/etc/hostname')",
    "INSTALL httpfs",
    "SET enable_external_access = true",
)


def test_queries_only_read(told):
    """SQL that would write, look outside or lift a limit is refused with status 2, and changes nothing."""
    before = told.warehouse.read_bytes()
    running = [
        subprocess.Popen(
            told.start("query", sql), env=told.environment, cwd=told.folder, stdout=-1, stderr=-1, text=True
        )
        for sql in WRITING
    ]
    for sql, one in zip(WRITING, running, strict=True):
        out, err = one.communicate(timeout=120)
        assert (one.returncode, out) == (2, ""), sql
        assert len(err.splitlines()) == 1, err
        assert "only reading is allowed" in err
    assert told.warehouse.read_bytes() == before
    assert not [path.name for path in told.folder.iterdir() if path.name in {"stolen.csv", "other.duckdb"}]


BROKEN = """
id = "Sarn Dam"
title = 7
colour = "red"

[[entities]]
name = "Velmora"

[[propositions]]
id = "fills"
statement = "Velmora fills the reservoir"

[[propositions.patterns]]
who = ["@atlantis"]

[[sources]]
id = "feed"
outlet = "nobody"
kind = "carrier pigeon"
address = "nowhere"
"""


def test_a_topic_file_tells_all_its_faults_at_once(volteface):
    """A topic file with many faults is status 2, with one line for each: its line or key, and the mend."""
    topic = volteface.folder / "broken.toml"
    topic.write_text(BROKEN, encoding="utf-8")
    done = Command(volteface.folder, topic=topic)("check")
    assert (done.status, done.out) == (2, "")
    first, *faults = done.err.splitlines()
    assert first == f"volteface: {topic}: {len(faults)} problems"
    assert len(faults) >= 6
    for word in ("id", "title", "colour", "atlantis", "nobody", "carrier pigeon"):
        assert [line for line in faults if word in line and "; " in line], word


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("missing.toml", None, "does not exist"),
        ("folder.toml", "folder", "folder"),
        ("binary.toml", b"\x89PNG\x00\xff", "utf-8"),
        ("prose.toml", b"Dear editor, the dam is full.", "toml"),
        ("empty.toml", b"", "is empty"),
    ],
)
def test_a_topic_file_that_is_none_is_named(volteface, name, content, word):
    """A topic file that is missing, a folder, binary or no TOML is named, with status 2, and no warehouse is made."""
    topic = volteface.folder / name
    if content == "folder":
        topic.mkdir()
    elif content is not None:
        topic.write_bytes(content)
    done = Command(volteface.folder, topic=topic)("claims")
    assert (done.status, done.out) == (2, "")
    assert name in done.err
    assert word in done.err.lower()
    assert not (volteface.folder / "data").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VOLTEFACE_WAIT_S", "soon"),
        ("VOLTEFACE_SMTP", "mail.example:25"),
        ("VOLTEFACE_SMTP", "smtp://desk:secret@mail.example:port"),
    ],
)
def test_a_wrong_setting_is_named(told, name, value):
    """An environment variable that cannot be used is named, with status 2; a password in it is never shown."""
    done = told("claims", environment={name: value})
    assert (done.status, done.out) == (2, "")
    assert name.lower() in done.complaint
    assert "secret" not in done.err


@pytest.mark.parametrize("words", ["claims --json", "articles", "query 'select unnest(range(200000)) as n'", "--help"])
def test_a_reader_that_closes_early_is_no_error(told, words):
    """`| head -1` gets its line; the command ends without a word on stderr."""
    name, *rest = words.split(" ", 1)
    topic = "" if name == "--help" else f"--topic {DAM}"
    script = f"{VOLTEFACE} {name} {topic} {' '.join(rest)} | head -1"
    done = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", script], env=told.environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize("words", [("query", "select 1"), ("claims",), ("articles", "--json")])
def test_looking_never_pays_for_prefect(told, words):
    """Queries and lists import neither Prefect nor the engines of reading and cleaning."""
    probe = (
        "import sys; from volteface.cli import main\ntry: main()\nexcept SystemExit as end: assert not end.code\n"
        "print([name for name in ('prefect', 'spacy', 'trafilatura', 'httpx') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, *told.start(*words)[1:]],
        env=told.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == "[]\n"


def test_reading_commands_leave_the_warehouse_as_it_is(told):
    """Lists, queries, digests and explanations write nothing, and can be asked while each other's are open."""
    with duckdb.connect(told.warehouse, read_only=True):
        for words in (("claims",), ("digest",)):
            assert told(*words).status == 0
