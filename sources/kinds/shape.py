"""Whether a document is shaped like a feed at all, found out before a parser that would take minutes over it is asked.

feedparser's time grows with the square of the depth of unclosed elements, of the attributes of one tag and of brackets
that open nothing, and with whatever entities made of entities come to; some codecs of Python need as long to decode. A
real feed has none of them. Within the bounds here the dearest take seconds, not minutes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from feedparser.encodings import EBCDIC_MARKER, convert_to_utf8

DEEPEST = 200
"""Elements within each other: a feed has a few, an article inside it some dozens."""

MOST_STRAY = 2_000
"""Brackets that begin no tag, and empty elements of HTML that are not closed: a broken feed has some."""

MOST_ATTRIBUTES = 500
"""Attributes of one tag, by their signs of equality: a real one has a dozen."""

MOST_MARKS = 150_000
"""Brackets, written out or escaped: a long feed has some thousands, one of whole articles ten times that."""

MOST_REFERENCES = 600_000
"""Ampersands: each escaped tag of an article has a few."""

MOST_ATTRIBUTES_IN_ALL = 200_000
"""Of all tags: as many as a feed of the most marks would have if each tag had two or three."""

LONGEST_TAG = 2_000_000
"""Bytes between two brackets: a picture written into its own tag has some hundred thousand."""

_QUOTED = rb"\"[^\"]*+\"|'[^']*+'"
_REST = rb"(?P<end>/)?(?P<name>[A-Za-z_:\x80-\xff][^\s<>/]*+)(?P<inside>%s)>"
_HIDDEN = rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|"
# A broken feed is read again by a parser for which a quotation mark hides no bracket: each way of reading is bounded.
_READINGS = tuple(
    re.compile(_HIDDEN + b"<" + _REST % inside, re.DOTALL)
    for inside in (rb"[^<>]*+", rb"(?:[^<>\"']|" + _QUOTED + rb")*+")
)
_OPENERS = ((b"<![CDATA[", b"]]>"), (b"<!--", b"-->"))
_STRAY = re.compile(rb"<(?![A-Za-z_:/!?\x80-\xff])")
_NESTED = re.compile(rb"<!ENTITY(?:[^<>&]|&(?![A-Za-z]))*+&")
_VOID = frozenset({b"br", b"img", b"hr", b"input", b"meta", b"wbr", b"col", b"embed", b"area"})
_CHARSET = re.compile(r"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE | re.ASCII)
_NO_TEXT = frozenset({"punycode", "idna", "utf-7", "unicode-escape", "raw-unicode-escape"})
"""Codecs of Python that no feed is written in: minutes for a megabyte, or brackets made of other letters."""


def find_fault(body: bytes, content_type: str | None = None) -> str | None:
    """What keeps a document from being parsed in bounded time; None when nothing does."""
    if codec := _find_codec(body, content_type):
        return f"written in {codec}, as no feed is"
    text = convert_to_utf8({"content-type": content_type} if content_type else {}, body, {})
    if text.count(b"<") + text.count(b"&lt;") + text.count(b"&#") > MOST_MARKS:
        return f"more than {MOST_MARKS} marks of markup"
    if text.count(b"&") > MOST_REFERENCES:
        return f"more than {MOST_REFERENCES} ampersands"
    if sum(1 for _ in zip(range(MOST_STRAY + 1), _STRAY.finditer(text), strict=False)) > MOST_STRAY:
        return "no markup: thousands of brackets that open nothing"
    if _NESTED.search(text):
        return "entities made of entities"
    text = _without_open_ends(text)
    return next((fault for reading in _READINGS if (fault := _find_in_tags(reading.finditer(text)))), None)


def _find_codec(body: bytes, content_type: str | None) -> str | None:
    """The codec that a document names, in its header or its first line, if that is one that no feed is written in."""
    first = body[:4_000]
    told = first.decode("cp037") if first.startswith(EBCDIC_MARKER) else first.replace(b"\0", b"").decode("latin-1")
    for match in (*_CHARSET.finditer(content_type or ""), *_CHARSET.finditer(told.partition("?>")[0])):
        try:
            name = codecs.lookup(match[1]).name.replace("_", "-")
        except (LookupError, ValueError):
            continue
        if name in _NO_TEXT:
            return name
    return None


def _without_open_ends(text: bytes) -> bytes:
    """The text without the last opening of CDATA and of a comment, where it is never closed: it then hides nothing."""
    for opening, closing in _OPENERS:
        at = text.find(opening, text.rfind(closing) + 1)
        if at >= 0:
            text = text[:at] + text[at:].replace(opening, b"")
    return text


def _find_in_tag(inside: bytes) -> str | None:
    if len(inside) > LONGEST_TAG:
        return f"a tag of more than {LONGEST_TAG / 1e6:g} MB"
    return f"a tag of more than {MOST_ATTRIBUTES} attributes" if inside.count(b"=") > MOST_ATTRIBUTES else None


def _find_in_tags(marks: Iterator[re.Match[bytes]]) -> str | None:
    depth = unclosed = attributes = 0
    for match in marks:
        name = match["name"]
        if name is None:
            continue
        if fault := _find_in_tag(match["inside"]):
            return fault
        attributes += match["inside"].count(b"=")
        if attributes > MOST_ATTRIBUTES_IN_ALL:
            return f"more than {MOST_ATTRIBUTES_IN_ALL} attributes"
        if match["inside"].endswith(b"/"):
            continue
        if name.lower() in _VOID:
            unclosed += -1 if match["end"] else 1
        else:
            depth = max(0, depth - 1) if match["end"] else depth + 1
        if unclosed > MOST_STRAY:
            return f"more than {MOST_STRAY} elements such as <br> that are never closed"
        if depth > DEEPEST:
            return f"more than {DEEPEST} elements within each other"
    return None
