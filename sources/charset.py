"""Bytes to text: the encoding that is true, not always the one that is declared."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-zA-Z0-9_.:-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([a-zA-Z0-9_.:-]{2,40})""", re.IGNORECASE)
_META_WITHIN = 4096  # HTML asks for 1,024; real pages put it later
_SAMPLE = 100_000
_MOST_CONTROLS = 0.02
_CONTROLS = bytes(number for number in range(32) if number not in b"\t\n\r\f\x1b")
# What HTML means by these names (Encoding Standard, 4.2): browsers read them so, and pages are written for browsers.
_BROWSER_NAMES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252"} | {
    "us-ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
}


def is_binary(body: bytes) -> bool:
    """Whether bytes are no text in any encoding: zero bytes without a mark of UTF-16 or 32, or many controls."""
    if any(body.startswith(mark) for mark, _ in _BOMS):
        return False
    sample = body[:_SAMPLE]
    if b"\x00" in sample:
        return True
    return len(sample) - len(sample.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(sample)


def decode(body: bytes, content_type: str | None = None) -> str | None:
    """The text of a document, or None when no encoding fits.

    Tried in turn: a byte order mark; UTF-8, which other text hardly ever is by chance, whatever is declared; what the
    Content-Type, then the document itself declares; what charset-normalizer finds most likely.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _try(body, name)
    declared = [name for name in _declared(body, content_type) if name.startswith("iso-2022")]
    for name in [*declared, "utf-8", *_declared(body, content_type)]:
        text = _try(body, name)
        if text is not None:
            return text
    guess = from_bytes(body[:_SAMPLE]).best()
    if guess is None:
        # One broken byte in a long text of UTF-8 is a fault of that byte, not of the text.
        return _mostly_utf8(body)
    return _mostly_utf8(body) or _try(body, guess.encoding) or body.decode(guess.encoding, errors="replace")


def _declared(body: bytes, content_type: str | None) -> list[str]:
    head = body[:_META_WITHIN]
    found = [match[1] for match in [_HEADER.search(content_type or "")] if match]
    found += [match[1].decode("ascii") for match in (_XML.search(head), _META.search(head)) if match]
    return [_BROWSER_NAMES.get(name.lower(), name.lower()) for name in found]


def _try(body: bytes, name: str) -> str | None:
    try:
        if not codecs.lookup(name)._is_text_encoding:  # noqa: SLF001 - "zip" and "hex" are codecs too; bytes.decode asks this
            return None
        text = body.decode(name)
    except (UnicodeError, LookupError):
        return None
    return None if "\x00" in text else text


def _mostly_utf8(body: bytes) -> str | None:
    text = body.decode("utf-8", errors="replace")
    return text if text.count("\ufffd") <= len(text) / 2_000 and not text.isascii() else None
