"""The list of sources tells a reader how each one fares, and forgets none."""

from datetime import UTC, datetime

from rich.console import Console

from news.topic import Source, Topic
from volteface import terminal
from volteface.source_rows import SHOWN, shown, with_unasked

TOPIC = Topic(
    "t",
    "T",
    "t.toml",
    sources=tuple(Source(name, name, "feed", f"http://{name}.example/") for name in ("gull", "tern")),
)
NOON = datetime(2030, 1, 10, 12, tzinfo=UTC)
ROW = {"source_id": "gull", "last_poll": NOON, "last_success": NOON, "failures": 0, "articles": 40, "on_topic": 3}


def test_a_source_never_asked_is_listed():
    """Sources of the topic that nobody has asked yet stand among the others, with every key."""
    rows = with_unasked([ROW], TOPIC, None)
    assert [(row["source_id"], set(row) == set(ROW)) for row in rows] == [("gull", True), ("tern", True)]
    assert shown(rows[1], TOPIC)["note"] == "never asked yet"
    assert [row["source_id"] for row in with_unasked([], TOPIC, "TER")] == ["tern"]


def test_a_row_says_in_words_what_is_wrong():
    """The yield comes with its counts; error, move, gaps and a source that left the topic are named."""
    row = ROW | {
        "error": "timed out",
        "moved_to": "http://new.example/",
        "gaps": 2,
        "last_gap": NOON,
        "source_id": "auk",
    }
    line = shown(row, TOPIC)
    assert tuple(line) == SHOWN
    assert line["on_topic"] == "3 of 40"
    assert line["answered"] == "2030-01-10 12:00"
    for words in ("timed out", "http://new.example/", "2 gaps", "no longer in the topic"):
        assert words in line["note"]
    assert shown(ROW, TOPIC)["note"] is None


def test_on_a_terminal_what_is_wrong_stands_below_the_table(monkeypatch, capsys):
    """In 80 columns each note is a sentence of its own behind its source's name, harmless, and no narrow column."""
    monkeypatch.setattr(terminal, "Console", lambda: Console(force_terminal=True, width=80, color_system=None))
    rows = [shown(ROW | {"error": "answered\x1b[31m 500"}, TOPIC), shown(ROW, TOPIC)]
    terminal.print_rows(rows, SHOWN, "note")
    said = capsys.readouterr().out.split("\n")
    assert "gull: answered[31m 500" in said
    assert not any("note" in line for line in said)
