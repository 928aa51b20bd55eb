"""What a copy and its original have in common, as a reader can check it: sentences, quotations, names, the credit."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from news.texts import CopyText, spoken, told

_SHOWN_QUOTATIONS, _SHOWN_NAMES = 3, 20
_CLIP = 160  # characters of a quotation
_LONG = 1000  # names and numbers; beyond it, matching leaves frequent ones out


def in_common(copy: CopyText, original: CopyText) -> dict[str, Any]:
    """As JSON types, what of the copy stands in its original.

    `sentences` [how many to the word, of how many], `quotations` likewise and the first of them as written, `names`
    [how many names and numbers in the same order, of how many] and the first of them, `credit` the words by which the
    copy says whose text it is (None: it does not).
    """
    theirs = {words for _, words in told(original.body)}
    mine = told(copy.body)
    quotations = spoken(copy.body)
    quoted = {words for _, words in spoken(original.body)}
    kept = [text for text, words in quotations if words in quoted]
    long = max(len(copy.anchors), len(original.anchors)) > _LONG
    matcher = SequenceMatcher(None, copy.anchors, original.anchors, autojunk=long)
    names = [name for block in matcher.get_matching_blocks() for name in copy.anchors[block.a : block.a + block.size]]
    return {
        "sentences": [sum(words in theirs for _, words in mine), len(mine)],
        "quotations": [len(kept), len(quotations)],
        "quoted": [_clip(text) for text in kept[:_SHOWN_QUOTATIONS]],
        "names": [len(names), len(copy.anchors)],
        "named": names[:_SHOWN_NAMES],
        "credit": copy.credit_evidence,
    }


def _clip(text: str) -> str:
    return text if len(text) <= _CLIP else text[: _CLIP - 1].rstrip() + "…"
