"""Markup made into one line of plain text: titles, summaries, names."""

from __future__ import annotations

import re

from lxml import etree, html

_LONGEST_MARKUP = 100_000
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


def _text_of(markup: str) -> str:
    try:
        tree = html.fromstring(f"<div>{_UNSEEN.sub('', markup)}</div>")
    except (etree.ParserError, ValueError):
        return ""
    for unseen in tree.xpath(".//script|.//style|.//comment()"):
        unseen.drop_tree()
    return " ".join(str(piece) for piece in tree.itertext())
