"""What a copy and its original have in common, as a reader can check it: sentences, quotations, names, the credit."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from news.texts import CopyText

_SHOWN_QUOTATIONS, _SHOWN_NAMES = 3, 20
_CLIP = 160  # characters of a quotation
_LONG = 1000  # names and numbers; beyond it, matching leaves frequent ones out
_MOST_NAMES = 3000


def in_common(copy: CopyText, original: CopyText) -> dict[str, Any]:
    """As JSON types, what of the copy stands in its original.

    `sentences` [how many to the word, of how many], `quotations` likewise and the first of them as written, `names`
    [how many names and numbers in the same order, of how many] and the first of them, `credit` the words by which the
    copy says whose text it is (None: it does not).
    """
    theirs = {words for _, words in original.read.told}
    mine = copy.read.told
    quotations = copy.read.spoken
    quoted = set(original.quotations)
    kept = [text for text, words in quotations if words in quoted]
    names = _in_order(copy.anchors, original.anchors)
    return {
        "sentences": [sum(words in theirs for _, words in mine), len(mine)],
        "quotations": [len(kept), len(quotations)],
        "quoted": [_clip(text) for text in kept[:_SHOWN_QUOTATIONS]],
        "names": [len(names), len(copy.anchors)],
        "named": names[:_SHOWN_NAMES],
        "credit": copy.credit_evidence,
    }


def _in_order(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """The names and numbers that stand in both in the same order; of very long texts only those at their beginnings."""
    mine, theirs = mine[:_MOST_NAMES], theirs[:_MOST_NAMES]
    matcher = SequenceMatcher(None, mine, theirs, autojunk=max(len(mine), len(theirs)) > _LONG)
    return [name for block in matcher.get_matching_blocks() for name in mine[block.a : block.a + block.size]]


def _clip(text: str) -> str:
    return text if len(text) <= _CLIP else text[: _CLIP - 1].rstrip() + "…"
