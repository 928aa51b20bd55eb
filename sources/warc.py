"""Pages out of a WARC file (ISO 28500), one record at a time.

A record is taken when it is an HTML page as it was served: a `response` with status 200, or a `resource`. A
`conversion` is another form of a page that stands elsewhere, a `revisit` has no page of its own; they, requests,
metadata and all that is no HTML are passed over. Records are parsed by warcio; finding them is ours, so that a broken
one costs only itself, and so is unpacking, which has to be bounded.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecordLoader

from news.errors import FetchError, RejectedInput
from sources.decoding import BoundedBody
from sources.files import LARGEST_BYTES
from sources.guard import check_url
from sources.moments import read_moment

_LONGEST_LINE = 1 << 16
_LONGEST_HEADER = 1 << 18
_CHUNK = 1 << 16
_MOST_SKIPPED = 10_000_000_000  # bytes of one record that are passed over to reach the next
_MOST_LOST = 1_000_000_000  # bytes of what is no record
_MOST_FAULTS = 1_000  # in a row
_MAGIC = b"WARC/"
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_OK = "200"
_SNIFFED = 1024


@dataclass(frozen=True, slots=True)
class WarcPage:
    """One page: its address, when it was fetched, its bytes as they were served, unpacked; `name` is file:offset."""

    name: str
    url: str
    seen: datetime | None
    body: bytes
    content_type: str | None


@dataclass(frozen=True, slots=True)
class WarcFault:
    """One record that cannot be read; `name` is file:offset (in the unpacked file), `error` says why."""

    name: str
    error: RejectedInput


def read_warc(stream: io.BufferedReader, path: str) -> Iterator[WarcPage | WarcFault]:
    """The pages of an unpacked WARC stream in order, and a fault for each record that cannot be read.

    Raises:
        RejectedInput: there is no end to what is no record, or to broken ones.
        EOFError, zlib.error, OSError: the stream's own, for whoever opened it.
    """
    lines = _Lines(stream)
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    faults = 0
    while True:
        if faults > _MOST_FAULTS:
            raise RejectedInput(f"{path} has over {_MOST_FAULTS} broken records in a row", "make the archive again")
        faults += 1
        start, line, lost = lines.find_record(path)
        if lost is not None:
            error = RejectedInput(f"{path}:{lost} is no WARC record", "it was passed over: make the archive again")
            yield WarcFault(f"{path}:{lost}", error)
        if not line:
            return
        name = f"{path}:{start}"
        try:
            page = _read_record(loader, lines, line, name)
        except RejectedInput as error:
            yield WarcFault(name, error)
        except Exception as error:  # one record must not stop the others; it is kept as a reject
            if lines.fault is not None:
                raise lines.fault from error
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            yield WarcFault(name, RejectedInput(f"{name} is no sound record ({reason})", "make the archive again"))
        else:
            faults = 0
            if page is not None:
                yield page


def _read_record(loader: Any, lines: _Lines, line: bytes, name: str) -> WarcPage | None:
    lines.limit_header()
    record = loader.parse_record_stream(lines, line, "warc")
    lines.lift_limit()
    stated = record.rec_headers.get_header("Content-Length") or ""
    if not (stated.isascii() and stated.isdecimal()):
        raise RejectedInput(f"{_call(record, name)} does not say how long it is", "make the archive again")
    if not _is_page(record):
        _skip(record, name)
        return None
    if record.length > LARGEST_BYTES:
        _skip(record, name)
        raise RejectedInput(f"{_call(record, name)} is larger than {LARGEST_BYTES / 1e6:g} MB", "it is not read")
    raw = record.raw_stream.read()
    if record.raw_stream.limit:
        raise _cut_off(record, name)
    return _make_page(record, raw, name)


def _is_page(record: Any) -> bool:
    kind, served = record.rec_type, record.http_headers
    if kind == "response" and served is not None:
        stated = served.get_header("Content-Type")
        return served.get_statuscode() == _OK and (not stated or _media_type(stated) in _HTML)
    return kind == "resource" and _media_type(record.content_type) in _HTML


def _make_page(record: Any, raw: bytes, name: str) -> WarcPage | None:
    called = _call(record, name)
    served = record.http_headers
    if served is not None:
        raw = _unpack(raw, served.get_header("Transfer-Encoding"), served.get_header("Content-Encoding"), called)
    content_type = served.get_header("Content-Type") if served is not None else record.content_type
    if not raw.strip() or (not content_type and not _looks_like_html(raw)):
        return None
    try:
        url = check_url((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> "))
    except FetchError as error:
        raise RejectedInput(f"{called}: {error.message}", "only web pages are read") from error
    fetched = read_moment(record.rec_headers.get_header("WARC-Date") or "")
    return WarcPage(name, url, fetched.when if fetched else None, raw, content_type)


def _unpack(raw: bytes, transfer: str | None, coding: str | None, called: str) -> bytes:
    """The bytes of a page without what the transfer and the server wrapped around them."""
    if (transfer or "").strip().lower() == "chunked":
        raw = ChunkedDataReader(io.BytesIO(raw)).read()
    if not coding:
        return raw
    try:
        body = BoundedBody(called, coding, wire_bytes=LARGEST_BYTES, body_bytes=LARGEST_BYTES)
        body.take(raw)
        return body.whole()
    except FetchError as error:
        if raw.lstrip().startswith(b"<"):
            return raw  # some tools unpack the page and leave the header as it was
        raise RejectedInput(error.message, "the page cannot be unpacked") from error


def _skip(record: Any, name: str) -> None:
    """Pass over the rest of a record."""
    skipped = 0
    while part := record.raw_stream.read(_CHUNK):
        skipped += len(part)
        if skipped > _MOST_SKIPPED:
            raise RejectedInput(f"{_call(record, name)} is longer than {_MOST_SKIPPED / 1e9:g} GB", "split the file")
    if record.raw_stream.limit:
        raise _cut_off(record, name)


def _cut_off(record: Any, name: str) -> RejectedInput:
    return RejectedInput(f"{_call(record, name)} breaks off in the middle", "what stands before it is read")


def _call(record: Any, name: str) -> str:
    """A record by file, offset and its own id."""
    identity = " ".join((record.rec_headers.get_header("WARC-Record-ID") or "").split())[:100]
    return f"{name} ({identity})" if identity.isprintable() and identity else name


def _media_type(stated: str | None) -> str:
    return (stated or "").partition(";")[0].strip().lower()


def _looks_like_html(body: bytes) -> bool:
    head = body[:_SNIFFED].lower()
    return b"<html" in head or b"<!doctype html" in head


class _Lines:
    """A stream as warcio reads it, which knows where it is and gives no line and no header without an end."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._at = 0
        self._left: int | None = None
        self.fault: Exception | None = None

    def limit_header(self) -> None:
        """From here on a header is read, which has to end."""
        self._left = _LONGEST_HEADER

    def lift_limit(self) -> None:
        """The header is read."""
        self._left = None

    def find_record(self, path: str) -> tuple[int, bytes, int | None]:
        """Where the next record begins, its first line (empty at the end), and where what is none begins before it."""
        self.lift_limit()
        lost, begins = None, True
        while True:
            start = self._at
            line = self.readline()
            if not line or (begins and line.startswith(_MAGIC)):
                return start, line, lost
            if lost is None and line.strip():
                lost = start
            if lost is not None and self._at - lost > _MOST_LOST:
                raise RejectedInput(f"{path}:{lost} goes on without a record", "make the archive again")
            begins = line.endswith(b"\n")

    def readline(self, length: int | None = None) -> bytes:
        """The next line, or as much of it as is allowed."""
        limit = _LONGEST_LINE if length is None or length < 0 else min(length, _LONGEST_LINE)
        line = self._take(self._stream.readline, limit)
        if self._left is not None:
            self._left -= len(line)
            if self._left < 0:
                raise RejectedInput(f"a record's header is longer than {_LONGEST_HEADER} bytes", "it is not read")
        return line

    def read(self, length: int) -> bytes:
        """So many bytes, fewer at the end."""
        return self._take(self._stream.read, length)

    def _take(self, read: Any, length: int) -> bytes:
        try:
            part: bytes = read(length)
        except (EOFError, zlib.error, OSError) as error:
            self.fault = error
            raise
        self._at += len(part)
        return part
