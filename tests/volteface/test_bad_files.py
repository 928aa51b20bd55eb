"""Bad files beside good ones: each is named in a line of its own, kept as a reject, and costs nothing else."""

import codecs
import gzip
import json
import os

import pytest

from tests.volteface.command import STORY, Command

GOOD = {
    "url": "https://wire.sarn.example/good",
    "title": "Council mediates",
    "text": "The River Council is mediating the dispute over the Sarn dam, its chair Mirela Voss confirmed.",
}
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20
PAGE = "<html><head><title>Dam</title></head><body><article><p>{}</p></article></body></html>"
HUNDRED_MB = 100_000_000


def line(row):
    """One row of JSONL."""
    return json.dumps(row).encode() + b"\n"


def cut(data):
    """A gzip stream without its second half."""
    packed = gzip.compress(data)
    return packed[: len(packed) // 2]


# file → its bytes, and a word of the reason it must be rejected for
BAD = {
    "empty.jsonl": (b"", "empty"),
    "empty.html": (b"", "empty"),
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n\t", "empty"),
    "binary.jsonl": (PNG, "binary"),
    "binary.html": (PNG, "binary"),
    "binary.txt": (PNG, "binary"),
    "cut.jsonl.gz": (cut(line(GOOD) + os.urandom(60_000).hex().encode()), "cut off"),
    "cut.html.gz": (cut(PAGE.format(os.urandom(60_000).hex()).encode()), "cut off"),
    "cut.txt.gz": (cut(os.urandom(60_000).hex().encode()), "cut off"),
    "broken.txt.gz": (gzip.compress(b"text" * 999)[:20] + b"\x00" * 50, "gzip"),
    "utf16.jsonl": (codecs.BOM_UTF16_LE + json.dumps(GOOD).encode("utf-16-le"), "utf-8"),
    "wordless.txt": (b"1234 5678 !!!", "no text"),
    "furniture.html": (b"<html><body><nav>Home</nav></body></html>", "furniture.html"),
    "table.xlsx": (b"PK\x03\x04", "no kind"),
}
# a row → a word of the reason
BAD_ROWS = {
    b"[1, 2]": "no object",
    b'"text"': "no object",
    b"null": "no object",
    b"{not json": "no json",
    b"[" * 100_000: "no json",
    b'{"url": "https://wire.sarn.example/x", "title": "No text"}': "neither",
    b'{"text": ""}': "empty",
    b'{"text": 7}': "no text",
    b'{"text": {"a": 1}}': "no text",
    b'{"text": "A dam.", "title": ["A"]}': "no text",
    b'{"text": "A dam.", "url": "javascript:alert(1)"}': "no web address",
    '{"text": "Öl für Köln"}'.encode("latin-1"): "utf-8",
    b'{"text": "cut in the mid': "no json",
}


@pytest.fixture(scope="module")
def heap(tmp_path_factory):
    """The command after one import of a folder of bad files with good rows and files among them, and a missing one."""
    command = Command(tmp_path_factory.mktemp("heap"))
    folder = command.folder / "in"
    folder.mkdir()
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    rows = [line(STORY[0]), *(row + b"\n" for row in BAD_ROWS), b"\n", line(STORY[1])]
    (folder / "rows.jsonl").write_bytes(b"".join(rows))
    (folder / "latin.txt").write_bytes("Der Müller sprach über die Brücke am Fluß, sagte er.\n".encode("latin-1"))
    os.mkfifo(folder / "pipe.txt")
    command.imported = command("import", folder, command.folder / "missing.jsonl", "--json")
    command.rejects = {row["given"]: row for row in command("rejects", "--json").rows}
    command.articles = command("articles", "--json", "--text").rows
    return command


def test_some_bad_input_is_status_3_and_the_rest_is_filed(heap):
    """An import with bad input ends with 3; the good rows before, between and after it are all there."""
    assert heap.imported.status == 3
    (counts,) = heap.imported.rows
    assert counts["rejected"] == len(heap.rejects) == len(BAD) + len(BAD_ROWS) + 2
    there = {row["url"] for row in heap.articles}
    assert {STORY[0]["url"], STORY[1]["url"], GOOD["url"]} <= there
    assert counts["new"] == len(heap.articles) == 4


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_its_reason(heap, name):
    """A file that cannot be used is kept as a reject that says what is wrong with it and what to do."""
    (reject,) = [row for given, row in heap.rejects.items() if f"in/{name}" in given]
    assert BAD[name][1] in reject["reason"].lower()
    assert name in reject["reason"]
    assert reject["mend"]


@pytest.mark.parametrize("number", range(len(BAD_ROWS)), ids=[row[:30].decode("latin-1") for row in BAD_ROWS])
def test_a_bad_row_is_named_by_its_line(heap, number):
    """A bad row is kept with file, line, reason and the row's own beginning."""
    row, reason = list(BAD_ROWS.items())[number]
    reject = heap.rejects[f"{heap.folder}/in/rows.jsonl:{number + 2}"]
    assert reason in reject["reason"].lower()
    assert reject["excerpt"].startswith(row[:8].decode())
    assert reject["mend"]


def test_what_is_missing_or_no_file_is_named(heap):
    """A path with nothing there, and a pipe that would never end, are rejects like any others."""
    assert "does not exist" in heap.rejects[f"{heap.folder}/missing.jsonl"]["reason"]
    assert "neither a file" in heap.rejects[f"{heap.folder}/in/pipe.txt"]["reason"]


def test_each_reject_is_one_line_on_stderr(heap):
    """Stderr names the first rejects, a line each with the mend, and says where the others are."""
    told = [one for one in heap.imported.err.splitlines() if one.startswith("rejected ")]
    assert len(told) == 10
    assert f"{len(heap.rejects) - 10} more: `volteface rejects`" in heap.imported.err
    assert all("; " in one and len(one) < 600 for one in told)


def test_an_old_encoding_is_read(heap):
    """A text in Latin-1 is no bad input: it is stored in the right letters."""
    assert any("Müller sprach über die Brücke am Fluß" in row["text"] for row in heap.articles)


def test_rejects_are_kept_once(heap):
    """Giving the same bad file again keeps no second reject."""
    again = heap("import", heap.folder / "in" / "binary.txt")
    assert again.status == 3
    assert len(heap("rejects", "--json").rows) == len(heap.rejects)


def test_a_missing_file_alone_is_one_line_and_status_3(volteface):
    """A path that is wrong is named in one line with its mend."""
    done = volteface("import", "nowhere.jsonl")
    assert done.status == 3
    assert "rejected nowhere.jsonl does not exist; check the path" in done.err.splitlines()


def test_a_page_of_100_mb_is_refused_unread(volteface):
    """A page, a packed page and a row of 100 MB are refused in a moment; the row after it is filed."""
    folder = volteface.folder / "in"
    folder.mkdir()
    with (folder / "page.html").open("wb") as page:
        page.write(b"<html><body><p>")
        page.truncate(HUNDRED_MB)
    with gzip.open(folder / "page.txt.gz", "wb", compresslevel=1) as packed:
        for _ in range(100):
            packed.write(b"The dam. " * 111_112)
    with gzip.open(folder / "rows.jsonl.gz", "wb", compresslevel=1) as packed:
        packed.write(b'{"text": "')
        for _ in range(100):
            packed.write(b"The dam. " * 111_112)
        packed.write(b'"}\n' + line(GOOD))
    done = volteface("import", folder)
    assert done.status == 3
    assert "3 rejected" in done.err
    told = [one for one in done.err.splitlines() if one.startswith("rejected ")]
    assert len(told) == 3
    assert all("larger than 30 MB" in one or "too long" in one for one in told)
    assert [row["url"] for row in volteface("articles", "--json").rows] == [GOOD["url"]]


@pytest.mark.parametrize("name", ["empty.txt", "binary.html"])
def test_read_says_what_is_wrong_with_its_file(heap, name):
    """`volteface read` of a file it cannot use prints no claim, one line, and ends with 3."""
    done = heap("read", heap.folder / "in" / name, "--json")
    assert (done.status, done.out) == (3, "")
    assert len(done.err.splitlines()) == 1
    assert name in done.err


def test_read_goes_on_after_a_bad_row(heap):
    """`volteface read` of a file with bad rows prints the claims of the good ones, and ends with 3."""
    done = heap("read", heap.folder / "in" / "rows.jsonl", "--json")
    assert done.status == 3
    assert {row["external_id"] for row in done.rows} == {"one", "2"}
    assert len(done.err.splitlines()) == len(BAD_ROWS)
