"""Bytes off the wire, unpacked within bounds: a kilobyte can say it is a gigabyte."""

from __future__ import annotations

import zlib
from typing import Protocol

import brotli

from news.errors import FetchError

ACCEPTED = "gzip, deflate, br"
"""The content codings we understand (RFC 9110, 8.4.1), as an Accept-Encoding value."""

_GZIP_MAGIC = b"\x1f\x8b"
_ANY_WRAPPER = 32 + zlib.MAX_WBITS  # zlib finds out by itself whether it is gzip or zlib
_RAW = -zlib.MAX_WBITS  # "deflate" without its wrapper, as some servers send it
_UNPACKED = frozenset({"", "identity"})
_KNOWN = _UNPACKED | {"gzip", "deflate", "br"}


class _Unpacker(Protocol):
    """Unpacks a stream piece by piece, never more than is asked for at once."""

    @property
    def eof(self) -> bool:
        """Whether the stream has come to its end."""

    def unpack(self, data: bytes, room: int) -> tuple[bytes, bytes]:
        """About `room` bytes at most of what `data` holds, and what is left of `data`, unpacked or of no use."""


class _Zlib:
    """gzip and deflate (RFC 1952, 1950, 1951)."""

    def __init__(self, bits: int = _ANY_WRAPPER) -> None:
        self._stream = zlib.decompressobj(bits)

    @property
    def eof(self) -> bool:
        return self._stream.eof

    def unpack(self, data: bytes, room: int) -> tuple[bytes, bytes]:
        part = self._stream.decompress(data, room)
        return part, self._stream.unconsumed_tail or self._stream.unused_data


class _Brotli:
    """Brotli (RFC 7932); what it has taken in and not given out yet comes when it is asked with nothing more."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def eof(self) -> bool:
        return bool(self._stream.is_finished())

    def unpack(self, data: bytes, room: int) -> tuple[bytes, bytes]:
        parts = [self._stream.process(data, output_buffer_limit=room)]
        while not self._stream.can_accept_more_data() and sum(map(len, parts)) < room:
            parts.append(self._stream.process(b"", output_buffer_limit=room))
        return b"".join(parts), b""


class BoundedBody:
    """A body as it arrives: counts the bytes on the wire, unpacks them, and stops at either limit.

    `coding` is the Content-Encoding header. `wire_bytes` and `body_bytes` are the limits before and after unpacking.
    """

    def __init__(self, name: str, coding: str | None, *, wire_bytes: int, body_bytes: int) -> None:
        self._name = name
        self._wire_left = wire_bytes
        self._limits = (wire_bytes, body_bytes)
        self._parts: list[bytes] = []
        self._size = 0
        self._coding = (coding or "").strip().lower().removeprefix("x-")
        if self._coding not in _KNOWN:
            raise FetchError(
                f"{name} is coded as {self._coding[:40]!r}, which was not asked for", "tell its owner", permanent=True
            )
        self._unpacker: _Unpacker | None = None
        if self._coding not in _UNPACKED:
            self._unpacker = _Brotli() if self._coding == "br" else _Zlib()
        self._started = False

    def expect(self, content_length: str | None) -> None:
        """Refuse a body that announces to be too large; raises FetchError (permanent) before a byte of it is read."""
        if content_length and content_length.isdecimal() and int(content_length[:18]) > self._wire_left:
            raise self._too_large("on the wire", self._limits[0])

    def take(self, chunk: bytes) -> None:
        """Add a chunk off the wire.

        Raises:
            FetchError: permanent, when a limit is passed; not permanent when the coding is broken.
        """
        self._wire_left -= len(chunk)
        if self._wire_left < 0:
            raise self._too_large("on the wire", self._limits[0])
        if self._unpacker is None:
            self._keep(chunk)
            return
        try:
            self._unpack(chunk)
        except (zlib.error, brotli.error) as error:
            raise FetchError(f"{self._name} sent a broken {self._coding} body ({error})", "try again later") from error

    def whole(self) -> bytes:
        """The unpacked body; raises FetchError when the packed stream ended before its end."""
        if self._unpacker is not None and self._started and not self._unpacker.eof:
            raise FetchError(f"{self._name} broke off in the middle of its body", "try again later")
        return b"".join(self._parts)

    def _unpack(self, chunk: bytes) -> None:
        data = chunk
        while data and self._unpacker is not None:
            if not self._started:
                data = self._start(data)
            elif self._unpacker.eof:
                # Several gzip members in a row are one body (RFC 1952, 2.2); other trailing bytes mean nothing.
                if not data.startswith(_GZIP_MAGIC) or self._coding == "br":
                    return
                self._unpacker = _Zlib()
            part, data = self._unpacker.unpack(data, self._limits[1] - self._size + 1)
            self._keep(part)

    def _start(self, data: bytes) -> bytes:
        self._started = True
        if self._coding == "deflate" and not _has_zlib_header(data):
            self._unpacker = _Zlib(_RAW)
        return data

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._limits[1]:
            raise self._too_large("unpacked", self._limits[1])
        self._parts.append(part)

    def _too_large(self, where: str, limit: int) -> FetchError:
        return FetchError(
            f"{self._name} is larger than {limit / 1e6:g} MB {where}", "it is not read any further", permanent=True
        )


def gunzip(name: str, packed: bytes, *, limit: int) -> bytes:
    """The bytes inside a gzip file of at most `limit` bytes unpacked; other bytes come back as they are.

    Raises:
        FetchError: larger than the limit, broken, or cut off.
    """
    if not packed.startswith(_GZIP_MAGIC):
        return packed
    body = BoundedBody(name, "gzip", wire_bytes=len(packed), body_bytes=limit)
    body.take(packed)
    return body.whole()


def _has_zlib_header(data: bytes) -> bool:
    """RFC 1950, 2.2: method 8, and the first two bytes a multiple of 31."""
    return len(data) > 1 and data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
