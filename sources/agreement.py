"""Whether a text is about what somebody says it is about: the share of the said words that it has.

A page's description, title and feed summary are written for its article; navigation, a sidebar or another story on the
page has few of their words. Words are compared by their first letters, because a language inflects them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

FEWEST_WORDS = 6
"""Of fewer different words nothing can be told."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5  # letters
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]")  # written without blanks
_MOST_CHARACTERS = 5_000  # of what is said


def share_told(text: str, told: Iterable[str | None], fewest: int = FEWEST_WORDS) -> float | None:
    """The share (0 to 1) of the words in `told` that `text` has too; None when `told` has under `fewest` of them."""
    wanted = _words(" ".join(part for part in told if part)[:_MOST_CHARACTERS])
    if len(wanted) < fewest:
        return None
    return len(wanted & _words(text)) / len(wanted)


@lru_cache(maxsize=8)  # one page's texts, each of which is compared with several things
def _words(text: str) -> frozenset[str]:
    text = text.casefold()
    if _UNSPACED.search(text):
        return frozenset(text[at : at + 2] for at in range(len(text) - 1) if text[at : at + 2].isalpha())
    return frozenset(word[:_STEM] for word in _WORD.findall(text))
