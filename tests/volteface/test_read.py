"""`volteface read`: one document in every form it is shown in."""

import os
import pty
import re
import subprocess

import pytest

from tests.volteface.command import DENIAL, STORY, Command

SGR = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture(scope="module")
def command(tmp_path_factory):
    """The command with a document and a file of two articles in its folder."""
    made = Command(tmp_path_factory.mktemp("read"))
    made.document = made.folder / "denial.txt"
    made.document.write_text(DENIAL, encoding="utf-8")
    made.story = made.write("story.jsonl", *STORY)
    return made


def on_terminal(command, *words, columns=140):
    """What the command sends to a terminal of that width, and its exit status."""
    ours, theirs = pty.openpty()
    environment = command.environment | {"TERM": "xterm-256color", "COLUMNS": str(columns)}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen(command.start(*words), env=environment, stdout=theirs, stderr=subprocess.PIPE) as running:
        os.close(theirs)
        sent = b""
        try:
            while part := os.read(ours, 65536):
                sent += part
        except OSError:  # the end of a terminal
            pass
        os.close(ours)
        err = running.stderr.read().decode()
    assert "Traceback" not in err, err
    return sent.decode().replace("\r\n", "\n"), running.returncode


def test_a_terminal_gets_the_marked_text_and_the_table(command):
    """The whole text stands there, each claim's number in it and in the table."""
    sent, status = on_terminal(command, "read", command.document)
    told = SGR.sub("", sent)
    assert status == 0
    assert SGR.search(sent)
    numbers = [f"[{number}]" for number in range(1, len(command("read", command.document, "--json").rows) + 1)]
    assert numbers
    table = told.split("[1] claim\n")[1]
    for number in numbers:
        assert number in told.split("holder  cue")[0]
        assert number in table
    unnumbered = " ".join(re.sub(r"\[\d+\]", "", told).split())
    for line in DENIAL.split("\n\n"):
        assert " ".join(line.split()) in unnumbered


def test_a_pipe_gets_a_line_for_each_claim(command):
    """Nothing is marked in a pipe: as many lines as claims, the same cells in each."""
    done = command("read", command.document)
    assert (done.status, done.err) == (0, "")
    assert len(done.out.splitlines()) == len(command("read", command.document, "--json").rows)
    assert {line.count("\t") for line in done.out.splitlines()} == {6}
    assert not SGR.search(done.out)


def test_the_page_has_a_row_for_each_claim(command):
    """`--html` prints one page, in UTF-8 whatever the locale, with a section for each article of the file."""
    done = command(
        "read", command.story, "--html", environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    )
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("<!doctype html>")
    assert done.out.rstrip().endswith("</html>")
    assert "“Velmora is filling" in done.out
    assert done.out.count("<article ") == len(STORY)
    rows = command("read", command.story, "--json").rows
    assert rows
    assert len(re.findall(r'<tr role="row" id="d[12]-claim-\d+"', done.out)) == len(rows)


def test_the_page_goes_on_after_a_bad_row(command):
    """Good rows are on the page, bad ones are named on stderr, and the status says that some were rejected."""
    done = command("read", command.write("bad.jsonl", STORY[0], {"title": "no text"}), "--html")
    assert done.status == 3
    assert "bad.jsonl:2" in done.err
    assert "<h1" in done.out
    assert STORY[0]["title"] in done.out


def test_no_page_of_nothing(command):
    """A file without any document gives no page, and ends with 3."""
    empty = command.folder / "empty.txt"
    empty.write_text("", encoding="utf-8")
    done = command("read", empty, "--html")
    assert (done.status, done.out) == (3, "")


def test_two_forms_at_once_are_a_mistake(command):
    """`--json --html` is refused as wrong usage, before anything is read."""
    done = command("read", command.document, "--json", "--html")
    assert (done.status, done.out) == (2, "")
    assert "--json and --html" in done.err
