"""Markup made into one line of plain text: titles, summaries, names."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

_LONGEST_MARKUP = 100_000
_MARKUP_PER_CHARACTER = 10  # what is looked at of markup, beside the text that may come of it
_RAW = re.compile(r"</?(?:iframe|noscript|noframes|noembed|xmp|plaintext)\b[^<>]{0,2000}>", re.IGNORECASE)
"""Elements whose content HTML takes for bare text, tags and all."""

_BLOCKS = (
    *("p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "blockquote", "pre", "section", "article"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "figure", "figcaption", "header", "footer", "aside", "main"),
)
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
# Control characters, and the ones that turn the direction of what follows or cannot be seen.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def make_plain(markup: str | None, *, limit: int) -> str | None:
    """The text of a piece of HTML (or of plain text), blanks joined, at most `limit` characters; None when empty."""
    if not markup:
        return None
    text = markup[:_LONGEST_MARKUP]
    if _MARKUP.search(text):
        text = _text_of(text)
    text = " ".join(_UNSEEN.sub("", text).split())
    if len(text) > limit:
        text = text[: limit - 1].rsplit(" ", 1)[0] + "…"
    return text or None


def make_paragraphs(markup: str | None, *, limit: int) -> str | None:
    """The text of a piece of HTML (or of plain text), a paragraph a line, at most `limit` characters; None when empty.

    What is cut off is cut at the end of a line.
    """
    if not markup:
        return None
    text = markup[: _MARKUP_PER_CHARACTER * limit]
    if _MARKUP.search(text):
        text = _lines_of(text)
    lines = (" ".join(_UNSEEN.sub("", line).split()) for line in text.splitlines())
    kept: list[str] = []
    for line in lines:
        limit -= len(line) + 1
        if limit < 0:
            break
        if line:
            kept.append(line)
    return "\n".join(kept) or None


def _lines_of(markup: str) -> str:
    """The text of markup with a line break wherever a block begins or ends."""
    tree = _parse(markup)
    if tree is None:
        return ""
    for block in tree.iter(*_BLOCKS):
        block.text = "\n" + (block.text or "")
        block.tail = "\n" + (block.tail or "")
    return "".join(str(piece) for piece in tree.itertext())


def _text_of(markup: str) -> str:
    tree = _parse(markup)
    return " ".join(str(piece) for piece in tree.itertext()) if tree is not None else ""


def _parse(markup: str) -> Any:
    """The tree of a piece of markup without what is not shown, or None when there is none."""
    try:
        tree = html.fromstring(f"<div>{_RAW.sub('', _UNSEEN.sub('', markup))}</div>")
    except (etree.ParserError, ValueError):
        return None
    for unseen in tree.xpath(".//script|.//style|.//comment()"):
        unseen.drop_tree()
    return tree
