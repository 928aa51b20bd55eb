"""Whether a word is a verb with a subject of its own: auxiliaries, and past forms that do not end in -ed."""

from __future__ import annotations

from analysis.skeleton import Skeleton
from news.cues import AUXILIARIES
from news.vocabulary import word_set

# "'s" may be a genitive, the rest names, months or nouns.
_CLEAR = AUXILIARIES - {"'s", "can", "may", "might", "will", "must", "having", "being", "been", "be"}
_SPOKEN = word_set("said says told would will may might can must say")
_IRREGULAR = word_set(
    """
    spoke met went came took made gave saw held brought became began kept knew led lost ran sent stood wrote got grew
    fell drew chose broke won thought bought caught taught fought sought sat rose flew threw wore shook drove paid
    remains seems appears makes takes gives goes comes needs wants gets keeps"""
)


def is_finite(skeleton: Skeleton, at: int) -> bool:
    """Whether the word at that place is surely a finite verb (regular past forms may be participles: they are not)."""
    word = skeleton.low(at)
    return word in _CLEAR or (
        skeleton.kind(at) == "w" and not skeleton.tokens[at].capital and (word in _SPOKEN or word in _IRREGULAR)
    )
