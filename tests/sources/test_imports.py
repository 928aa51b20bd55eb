import gzip
import json
import os
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.article import CleanArticle, Precision, Reject
from sources import files
from sources.imports import read_imports

TEXT = (
    "UPTOWN, October 18 (VW) -- The valley council voted on Thursday to build the dam.\n"
    "“We have waited for thirty years,” said Ann Lee, who leads the council.\r\n"
    "It will be finished in nine years. -0-"
)


@pytest.fixture
def load(topic, now):
    def run(*paths, mapping=None, seen=None):
        return list(read_imports(paths, mapping=mapping or {}, topic=topic, now=now, seen=seen))

    return run


def write_rows(path, *rows, opener=open):
    with opener(path, "wt", encoding="utf-8") as stream:
        for row in rows:
            stream.write((row if isinstance(row, str) else json.dumps(row)) + "\n")
    return path


@pytest.mark.parametrize(("name", "opener"), [("a.jsonl", open), ("a.jsonl.gz", gzip.open)])
def test_a_row_becomes_an_article(tmp_path, load, name, opener):
    """Every key of the contract is used, unknown ones are ignored, the text is kept to the character."""
    row = {
        "url": "http://wire.test/dam",
        "title": "Dam vote",
        "text": TEXT,
        "published": "2024-10-18T09:30:00Z",
        "seen": "2024-10-19",
        "outlet": "Valley Wire",
        "lang": "en",
        "id": 17,
        "mood": "good",
    }
    (article,) = load(write_rows(tmp_path / name, row, opener=opener))
    assert (article.url, article.title, article.text, article.external_id) == (row["url"], "Dam vote", TEXT, "17")
    assert (article.outlet, article.lang) == ("wire", "en")
    assert article.published == datetime(2024, 10, 18, 9, 30, tzinfo=UTC)
    assert (article.seen, article.published_from) == (datetime(2024, 10, 19, tzinfo=UTC), "import")
    assert [article.text[one.start : one.end] for one in article.excluded] == ["-0-"]
    assert article.credit is None  # the wire's own dateline


def test_keys_can_be_renamed(tmp_path, load):
    """A mapping says which key of the row stands for ours; milliseconds are dates."""
    path = write_rows(
        tmp_path / "a.jsonl", {"link": "http://other.test/1", "story": TEXT, "head": "T", "ms": 1703376000000}
    )
    (article,) = load(path, mapping={"url": "link", "text": "story", "title": "head", "published": "ms"})
    assert (article.url, article.title, article.credit) == ("http://other.test/1", "T", "VW")
    assert (article.published, article.published_precision) == (datetime(2023, 12, 24, tzinfo=UTC), Precision.DAY)


def test_a_row_without_address_or_title_gets_stable_ones(tmp_path, load):
    """The address is made of the text, the title of its first sentence and marked as made."""
    first, again = load(*[write_rows(tmp_path / f"{n}.jsonl", {"text": TEXT}) for n in (1, 2)])
    assert first.url == again.url
    assert first.url.startswith("import:")
    assert first.title_made
    assert first.outlet is None
    assert first.credit == "VW"


def test_bad_rows_cost_only_themselves(tmp_path, load):
    """Rows that are no object or no JSON, lack text, or hold another thing are rejected by line, the rest is filed."""
    good = {"text": TEXT}
    rows = [good, "[1]", "{", {"title": "x"}, {"text": ""}, {"text": 3}, {"text": TEXT, "url": "ftp://x"}, "", good]
    path = write_rows(tmp_path / "a.jsonl", *rows)
    found = load(path)
    rejects = [one for one in found if isinstance(one, Reject)]
    assert len(found) - len(rejects) == 2
    assert [one.given for one in rejects] == [f"{path}:{line}" for line in (2, 3, 4, 5, 6, 7)]
    assert all(one.given in one.reason and one.mend and "\n" not in one.reason for one in rejects)
    assert rejects[0].excerpt == "[1]"


def test_a_bad_date_leaves_a_row_without_one(tmp_path, load, caplog):
    """A date that cannot be read, or lies ahead, is unknown, with a warning that names the line; the row is filed."""
    path = write_rows(
        tmp_path / "a.jsonl",
        {"text": "The council voted.", "published": "soon"},
        {"text": "The council voted.", "published": "2031-01-01"},
        '{"text": "The council voted.", "published": 1e400}',
        {"text": "The council voted.", "published": True},
    )
    assert [one.published for one in load(path)] == [None] * 4
    assert f"{path}:1: published 'soon' is no date" in caplog.text


def test_half_a_character_can_be_stored(tmp_path, load):
    """A lone surrogate, which JSON can write and no storage can hold, is replaced; offsets stay."""
    (article,) = load(write_rows(tmp_path / "a.jsonl", '{"text": "a \\ud83d b said so"}'))
    assert article.text == "a \ufffd b said so"


def test_relative_dates_need_to_have_been_seen(tmp_path, load):
    """A relative date counts from when the file was seen, and means nothing when nobody said when."""
    path = tmp_path / "a.txt"
    path.write_text("Dam vote\n\n2 weeks ago 38\n\nThe council voted for the dam.\n")
    (unknown,) = load(path)
    assert (unknown.published, unknown.published_precision) == (None, Precision.UNKNOWN)
    (known,) = load(path, seen=datetime(2024, 10, 24, tzinfo=UTC))
    assert (known.published, known.published_precision) == (datetime(2024, 10, 10, tzinfo=UTC), Precision.WEEK)


def test_a_text_has_its_first_line_for_a_title(tmp_path, load):
    """A short first line set off by an empty one is the title and excluded; else the first sentence makes one."""
    titled, plain = tmp_path / "a.txt", tmp_path / "b.txt"
    titled.write_text("Dam vote\n\nThe council voted for the dam. It was late.\n")
    plain.write_text("The council voted for the dam. It was late.\nNobody left.\n")
    first, second = load(titled, plain)
    assert (first.title, first.title_made, first.excluded[0].why) == ("Dam vote", False, "title")
    assert first.body == "The council voted for the dam. It was late."
    assert (second.title, second.title_made, second.excluded) == ("The council voted for the dam.", True, ())
    assert first.url.startswith("import:a.txt:")


def test_a_saved_page_knows_its_address(tmp_path, load):
    """An HTML file, packed or not, is cleaned like a page, and its address is the one it states."""
    head = '<link rel="canonical" href="http://gazette.test/dam"><title>Dam vote</title>'
    body = "".join(f"<p>{line} And so on, for a good while longer than that.</p>" for line in TEXT.splitlines() * 3)
    html = f"<html><head>{head}</head><body><nav>Home</nav><article><h1>Dam vote</h1>{body}</article></body></html>"
    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(html.encode()))
    (article,) = load(path)
    assert (article.url, article.title, article.outlet) == ("http://gazette.test/dam", "Dam vote", "gazette")
    assert "<" not in article.text
    assert "Home" not in article.text


def test_a_folder_is_read_in_order(tmp_path, load):
    """Files come sorted, subfolders too; hidden ones are passed over, unknown kinds are named."""
    (tmp_path / "b").mkdir()
    for name in ("b/2.txt", "a.txt", "b/1.txt", ".hidden", "z.pdf"):
        (tmp_path / name).write_text(f"The council voted for the dam, says {name}.")
    *found, unknown = load(tmp_path)
    assert [one.text.rsplit(" ", 1)[1] for one in found] == ["a.txt.", "b/1.txt.", "b/2.txt."]
    assert unknown.given.endswith("z.pdf")
    assert "of no kind that is read" in unknown.reason


def test_bad_files_are_named(tmp_path, load):
    """Missing, empty, binary, cut-off, broken and wordless files each give one clear line, and cost nothing else."""
    made = {
        "empty.txt": b"",
        "blank.txt": b"  \n",
        "binary.txt": bytes(range(256)) * 9,
        "binary.jsonl": b"\x00\x01\x02" * 99,
        "wide.jsonl": '{"text": "x"}'.encode("utf-16"),
        "cut.jsonl.gz": gzip.compress(json.dumps({"text": TEXT}).encode() * 900)[:-40],
        "cut.txt.gz": gzip.compress(TEXT.encode() * 900)[:60],
        "broken.html.gz": b"\x1f\x8b\x08\x00rubbish rubbish rubbish",
        "numbers.txt": b"1 2 3",
        "page.html": b"<html></html>",
    }
    good = tmp_path / "good.txt"
    good.write_text(TEXT)
    for name, body in made.items():
        (tmp_path / name).write_bytes(body)
    found = load(tmp_path / "no.txt", *[tmp_path / name for name in made], good)
    assert isinstance(found[-1], CleanArticle)
    rejects = found[:-1]
    assert len(rejects) == 1 + len(made)
    for name, reject in zip(["no.txt", *made], rejects, strict=True):
        assert isinstance(reject, Reject)
        assert name in reject.reason
        assert reject.mend
        assert "\n" not in reject.reason
    assert "does not exist" in rejects[0].reason
    assert "cut off" in rejects[6].reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_named(tmp_path, load):
    """A file without read permission is rejected with the mend."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    assert "permissions" in load(path)[0].mend


def test_a_pipe_is_no_file(tmp_path, load):
    """What is neither file nor folder is refused without being opened, so nothing waits for a writer."""
    os.mkfifo(tmp_path / "a.txt")
    assert "neither a file nor a folder" in load(tmp_path / "a.txt")[0].reason


def test_what_is_too_large_is_not_read(tmp_path, load, monkeypatch):
    """A page, a packed bomb and a row above the limit are refused, and the rows behind it are read."""
    monkeypatch.setattr(files, "LARGEST_BYTES", 100_000)
    bomb = tmp_path / "a.html.gz"
    bomb.write_bytes(gzip.compress(bytes(50_000_000)))
    page = tmp_path / "b.html"
    with page.open("wb") as stream:
        stream.truncate(100_000_000)
    rows = write_rows(tmp_path / "c.jsonl", {"text": "x" * 3_000_000}, {"text": TEXT})
    first, second, third, good = load(bomb, page, rows)
    assert "larger than" in first.reason
    assert "larger than" in second.reason
    assert third.given == f"{rows}:1"
    assert "too long" in third.reason
    assert good.text == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "koi8-r", "shift_jis"])
def test_texts_of_many_encodings_are_read(tmp_path, load, encoding):
    """Texts in the encodings of their languages come out as they were written, without a byte order mark."""
    texts = {
        "koi8-r": "Совет долины в четверг проголосовал за плотину. ",
        "shift_jis": "谷の評議会は木曜日にダムの建設を決めた。",
    }
    text = texts.get(encoding, "The café’s owner, Émile, voted “no” at the council — twice. ") * 8
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    (article,) = load(path)
    assert article.text == text


VALUES = st.none() | st.booleans() | st.floats() | st.text(max_size=20) | st.lists(st.text(max_size=3), max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.lists(
        st.binary(max_size=80).map(lambda body: body.replace(b"\n", b" "))
        | VALUES.map(lambda value: json.dumps(dict.fromkeys(("text", "url", "published", "id"), value)).encode()),
        max_size=6,
    )
)  # fmt: skip
def test_any_row_is_an_article_or_a_reject(tmp_path, topic, now, lines):
    """Whatever stands in a JSONL file, each line is filed or rejected, and nothing is raised."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    for one in read_imports([path], mapping={}, topic=topic, now=now):
        assert isinstance(one, CleanArticle | Reject)
        if isinstance(one, CleanArticle):
            assert one.text.encode()
            assert one.published is None or one.published <= now


def test_rows_are_streamed(tmp_path, topic, now):
    """The first article comes before the file has been read: memory does not grow with the file."""
    path = write_rows(tmp_path / "a.jsonl", *[{"text": f"The council voted {n} times."} for n in range(3)])
    rows = read_imports(iter([path]), mapping={}, topic=topic, now=now)
    first = next(rows)
    take = partial(next, rows)
    assert (first.text, take().text) == ("The council voted 0 times.", "The council voted 1 times.")
