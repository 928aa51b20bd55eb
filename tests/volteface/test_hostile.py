"""Text from outside that would drive a terminal: whatever prints it, nothing of it is obeyed."""

import json
import os
import pty
import re
import subprocess

import pytest

from tests.volteface.command import Command

ESCAPES = "\x1b[2J\x1b[31m\x1b]0;owned\x07\x9b31m\x08\x7f"
TURNS = "\u202eesrever\u202c\u2066inside\u2069\u200f"
BREAKS = "\ttab\nnew line\r\u2028line\x85next"
# Everything a terminal would obey, and whatever breaks one row of a list into two.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
TITLE = f"Velmora {ESCAPES}{TURNS}{BREAKS} fills the Sarn reservoir"
TEXT = (
    f"“Velmora is filling the Sarn reservoir{ESCAPES}{TURNS} now,” Water Minister Irja Tamm said on Monday.\n\n"
    f"Ostrany{TURNS} accused Velmora of filling the Sarn reservoir in secret{ESCAPES}.\n\n"
    f"“The Sarn dam is a danger for Velmora,” said Professor Ada\x1b[31m Nimm\u202e of Lowmere.\n"
)
ROW = {
    "url": "https://evil.example/\x1b[31m\u202e",
    "title": TITLE,
    "text": TEXT,
    "outlet": f"Out\x1b[5mlet{TURNS}",
    "id": f"id{ESCAPES}{TURNS}",
    "published": "2024-03-04T09:00:00Z",
    "seen": "2024-03-04T10:00:00Z",
}
LISTS = ("articles", "claims", "positions", "findings", "rejects")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The command after an import of a hostile row, a bad row of hostile words, and a file of a hostile name."""
    command = Command(tmp_path_factory.mktemp("hostile"))
    folder = command.folder / "in"
    folder.mkdir()
    (folder / "\x1b[31mred\u202e.txt").write_bytes(b"")
    bad = {"title": TITLE, "url": f"evil:{ESCAPES}", "text": TEXT}
    dated = {**ROW, "url": "https://evil.example/2", "text": "Dam " + TEXT, "published": f"{ESCAPES}yesterday"}
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in (ROW, bad, dated)), encoding="utf-8")
    command.imported = command("import", folder, "--read-all")
    assert command.imported.status == 3, command.imported.err
    return command


def harmless(text):
    """Whether no character of a text would be obeyed, newlines and tabs between our own cells aside."""
    return not OBEYED.search(text)


def test_what_an_import_says_is_harmless(hostile):
    """Names of files and rows, reasons and warnings come to stderr without anything a terminal obeys."""
    assert harmless(hostile.imported.err), ascii(hostile.imported.err)
    assert "red.txt is empty" in hostile.imported.err
    assert "is no date" in hostile.imported.err


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_harmless(hostile, name):
    """In a pipe each row is one line of as many cells as any other; as JSON it is one line, and parses."""
    shown, told = hostile(name), hostile(name, "--json")
    for done in (shown, told):
        assert (done.status, done.err) == (0, "")
        assert harmless(done.out), ascii(done.out)
    lines = shown.out.splitlines()
    assert len(lines) == len(told.rows)
    assert len({line.count("\t") for line in lines}) <= 1


def test_json_gives_the_text_to_the_character(hostile):
    """What JSON escapes comes back as it was given: nothing is lost for a program."""
    article = next(row for row in hostile("articles", "--json", "--text").rows if row["external_id"] == ROW["id"])
    assert article["text"] == TEXT
    done = hostile("articles", "--json", "--text")
    assert harmless(done.out)
    for claim in hostile("claims", "--json").rows:
        if claim["article_id"] == article["article_id"]:
            assert claim["evidence"] == TEXT[claim["start"] : claim["end"]]


@pytest.mark.parametrize("words", [("from v_articles",), ("from v_articles", "--json"), ("from v_claims",)])
def test_queries_are_harmless(hostile, words):
    """What a query finds is printed like a list."""
    done = hostile("query", *words)
    assert done.status == 0
    assert harmless(done.out), ascii(done.out)


@pytest.mark.parametrize("form", ["text", "html", "slack", "json"])
def test_digests_are_harmless(hostile, form):
    """A digest in any form has nothing in it that its reader's terminal would obey."""
    done = hostile("digest", "--since", "2020-01-01", "--format", form)
    assert done.status == 0, done.err
    assert "Velmora" in done.out
    assert harmless(done.out), ascii(done.out)


def test_explanations_are_harmless(hostile):
    """`why` tells a finding of hostile words, evidence and address, in harmless lines."""
    findings = hostile("findings", "--json").rows
    assert findings
    for finding in findings[:1]:
        done = hostile("why", finding["finding_id"])
        assert done.status == 0
        assert harmless(done.out), ascii(done.out)


def test_a_document_is_read_harmlessly(hostile):
    """`read` prints claims of a hostile document like a list, and shows them on a page."""
    path = hostile.folder / "letter.txt"
    path.write_text(TEXT, encoding="utf-8")
    for words in ((), ("--html",), ("--json",)):
        done = hostile("read", path, *words)
        assert (done.status, done.err) == (0, "")
        assert harmless(done.out), ascii(done.out)
    assert [row for row in done.rows if row["evidence"] in TEXT]


def test_a_real_terminal_gets_only_our_own_escapes(hostile):
    """On a terminal a table has our colours and the words, and none of the title's own escapes."""
    ours, theirs = pty.openpty()
    environment = hostile.environment | {"TERM": "xterm", "COLUMNS": "200"}
    with subprocess.Popen(hostile.start("articles"), env=environment, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:  # the end of a terminal
            pass
        os.close(ours)
    assert running.returncode == 0
    text = shown.decode()
    assert "Velmora" in text
    assert not re.search("\x1b\\]|\x1b\\[2J|\x1b\\[5m|[\x07\x08\x7f-\x9f\u202e\u2066]", text), ascii(text)
