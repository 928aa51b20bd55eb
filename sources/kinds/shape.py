"""Whether a document is shaped like a feed at all, found out before a parser that would take minutes over it is asked.

feedparser's time grows with the square of the depth of unclosed elements and of brackets that open nothing, and with
whatever entities made of entities come to; a real feed has none of them.
"""

from __future__ import annotations

import re

DEEPEST = 200
"""Elements within each other: a feed has a few, an article inside it some dozens."""

MOST_STRAY = 2_000
"""Brackets that begin no tag: a broken feed has some."""

_MARK = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(?P<end>/)?(?P<name>[A-Za-z_][^\s<>/]{0,100})[^<>]{0,5000}?(?P<empty>/)?>",
    re.DOTALL,
)
_STRAY = re.compile(rb"<(?![A-Za-z_/!?])")
_NESTED = re.compile(rb"<!ENTITY[^>]{0,300}?[\"'][^>\"']{0,300}?&[A-Za-z]")
_VOID = frozenset({b"br", b"img", b"hr", b"input", b"meta", b"wbr", b"col", b"embed", b"area"})


def find_fault(body: bytes) -> str | None:
    """What keeps a document from being parsed in bounded time; None when nothing does."""
    if sum(1 for _ in zip(range(MOST_STRAY + 1), _STRAY.finditer(body), strict=False)) > MOST_STRAY:
        return "no markup: thousands of brackets that open nothing"
    if _NESTED.search(body):
        return "entities made of entities"
    depth = 0
    for match in _MARK.finditer(body):
        name = match["name"]
        if name is None or match["empty"] or name.lower() in _VOID:
            continue
        depth = max(0, depth - 1) if match["end"] else depth + 1
        if depth > DEEPEST:
            return f"more than {DEEPEST} elements within each other"
    return None
