"""WARC archives, record by record: pages become articles, broken records cost only themselves."""

import gzip
import io
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from news.article import CleanArticle, Reject
from sources import warc
from sources.imports import read_imports
from sources.warc import WarcFault, WarcPage, read_warc

PAGE = """<html><head><title>Council votes for dam</title></head><body><article><h1>Council votes for dam</h1>
<p>The valley council voted on Thursday to build the dam above the old mill, after nine hours of debate.</p>
<p>Farmers downstream called the vote a mistake and promised to go to court over it, story {}.</p></article></body>"""
DAY = "2024-10-18T09:30:00Z"


def record(number=0, body=None, *, kind="response", status="200 OK", date=DAY, url=None, served=True, **headers):
    """One record as (kind, url, payload, HTTP headers, WARC headers); HTTP headers by name with _ for -."""
    data = PAGE.format(number).encode() if body is None else body
    stated = {"Content-Type": "text/html; charset=utf-8"} | {name.replace("_", "-"): it for name, it in headers.items()}
    http = (
        StatusAndHeaders(status, [pair for pair in stated.items() if pair[1]], protocol="HTTP/1.1") if served else None
    )
    return kind, url or f"http://gazette.test/{number}", data, http, date


def pack(*records, gz=False, content_type=None):
    """The bytes of an archive."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gz)
    for kind, url, data, http, date in records:
        made = writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(data),
            http_headers=http,
            warc_content_type=content_type or "",
            warc_headers_dict={"WARC-Date": date},
        )
        writer.write_record(made)
    return out.getvalue()


def read(raw):
    return list(read_warc(io.BufferedReader(io.BytesIO(raw)), "a.warc"))


@pytest.fixture
def load(tmp_path, topic, now):
    """A function that imports an archive of these bytes."""

    def make(raw, name="a.warc"):
        path = tmp_path / name
        path.write_bytes(raw)
        return list(read_imports([path], mapping={}, topic=topic, now=now))

    return make


@pytest.mark.parametrize("form", ["plain", "by record", "as a whole"])
def test_pages_become_articles(load, form):
    """Each page is filed under its own address, as seen when it was fetched, whichever way the archive is packed."""
    raw = pack(record(1), record(2), gz=form == "by record")
    first, second = load(gzip.compress(raw) if form == "as a whole" else raw, "a.warc.gz")
    assert (first.url, first.title, first.outlet) == ("http://gazette.test/1", "Council votes for dam", "gazette")
    assert first.seen.isoformat() == "2024-10-18T09:30:00+00:00"
    assert "story 2." in second.text


def chunked(data):
    return b"%x\r\n" % len(data) + data + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("coding", "squeeze"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("gzip", bytes),  # a tool unpacked it, and left the header
        (None, bytes),
    ],
)
@pytest.mark.parametrize("transfer", ["chunked", None])
def test_payloads_are_unpacked(coding, squeeze, transfer):
    """What the server and the transfer wrapped around a page is taken off."""
    data = squeeze(PAGE.encode())
    data = chunked(data) if transfer else data
    (page,) = read(pack(record(body=data, Content_Encoding=coding, Transfer_Encoding=transfer)))
    assert page.body == PAGE.encode()


def test_only_pages_are_taken(load):
    """Redirects, pictures, requests, empty pages and other forms of a page are passed over without a word."""
    raw = pack(
        record(1, status="301 Moved"),
        record(2, Content_Type="image/png"),
        record(3, b""),
        record(4, kind="conversion", served=False),
        record(5, kind="metadata", served=False),
        record(6, b"plain words", Content_Type=None),
    )
    (reject,) = load(raw)
    assert "holds no HTML page" in reject.reason
    resource = pack(record(7, kind="resource", served=False), content_type="text/html")
    assert [page.url for page in read(resource)] == ["http://gazette.test/7"]


def test_a_date_ahead_is_not_when_it_was_seen(load, now):
    """A record dated in the future was seen now; one without a date likewise."""
    assert [one.seen for one in load(pack(record(1, date="2031-01-01T00:00:00Z"), record(2, date="soon")))] == [now] * 2


def test_a_broken_record_costs_only_itself():
    """Wrong lengths, no length, no address, a bad body: each is named by file and offset, the others are read."""
    sound, other = pack(record(1)), pack(record(2))
    start = sound.index(b"Content-Length: ") + 16
    end = sound.index(b"\r\n", start)
    broken = {
        "short": sound[:start] + b"100" + sound[end:],
        "none": sound[:start] + b"many" + sound[end:],
        "gone": sound.replace(b"Content-Length", b"X-Length", 1),
        "local": pack(record(1, url="file:///etc/passwd", kind="resource", served=False), content_type="text/html"),
        "garbage": b"\x00" * 100_000 + b"\nnot WARC/1.0\n",
        "coded": pack(record(1, b"\x00\x01", Content_Encoding="gzip")),
        "strange": pack(record(1, b"\x00\x01", Content_Encoding="zstd")),
    }
    for name, raw in broken.items():
        found = read(raw + b"\r\n\r\n" + other)
        assert [one.url for one in found if isinstance(one, WarcPage)][-1] == "http://gazette.test/2", name
        faults = [one for one in found if isinstance(one, WarcFault)]
        assert faults, name
        assert all(one.name.startswith("a.warc:") and "a.warc:" in one.error.message for one in faults), name


def test_an_endless_header_ends(load):
    """A header of megabytes, in one line or in many, is refused, and the next record is read."""
    for header in (b"X: " + b"x" * 10_000_000, b"X: y\r\n" * 1_000_000):
        found = read(b"WARC/1.0\r\n" + header + b"\r\n\r\n" + pack(record(2)))
        assert [one.url for one in found if isinstance(one, WarcPage)] == ["http://gazette.test/2"]
        assert "header is longer than" in found[0].error.message


def test_broken_records_without_end_are_given_up(load):
    """An archive of nothing but broken records is given up after a thousand of them."""
    assert "broken records in a row" in load(b"WARC/1.0\r\n\r\n" * 5_000)[-1].reason


@pytest.mark.parametrize("gz", [True, False])
def test_a_cut_archive_keeps_what_stands_before_the_cut(load, gz):
    """The records before the cut are filed, and the cut is named."""
    raw = pack(record(1), record(2), gz=gz)
    article, reject = load(raw[:-100], "a.warc.gz" if gz else "a.warc")
    assert (article.url, isinstance(reject, Reject)) == ("http://gazette.test/1", True)
    assert ("is cut off" if gz else "breaks off in the middle") in reject.reason


def test_a_page_too_large_is_not_read(monkeypatch):
    """A page above the limit, and one that unpacks to more, are refused by name; memory does not follow them."""
    monkeypatch.setattr(warc, "LARGEST_BYTES", 100_000)
    bomb = gzip.compress(b"<html>" + bytes(50_000_000), 1)[:90_000]
    large, packed, good = read(
        pack(record(1, bytes(200_000)), record(2, bomb, Content_Encoding="gzip"), record(3))
    )  # fmt: skip
    assert "larger than 0.1 MB" in large.error.message
    assert "larger than 0.1 MB unpacked" in packed.error.message
    assert good.url == "http://gazette.test/3"


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_damage_gives_pages_or_faults(data):
    """Wherever bytes are changed, cut or put in, all is a page or a named fault, and nothing is raised."""
    raw = bytearray(pack(record(1), record(2)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=12))
    for one in read(bytes(raw)):
        assert isinstance(one, WarcPage | WarcFault)


def test_records_are_streamed(tmp_path, topic, now):
    """The first article comes before the rest of the archive has been read."""
    path = tmp_path / "a.warc"
    path.write_bytes(pack(*map(record, range(20))))
    rows = read_imports(iter([path]), mapping={}, topic=topic, now=now)
    assert isinstance(next(rows), CleanArticle)
    assert len(list(rows)) == 19
