"""Blocks of text that repeat across the pages of one host: its furniture, no part of any article. Pure rules.

A block is a line of some length. It is furniture when it stands in at least `FEWEST` of the host's latest stories and
in at least `SHARE` of them: what a template prints stands in nearly all, while a paragraph of background that an outlet
repeats stands in a few, and stays. Versions of one running story at several addresses are one story.

A block that names what the topic is about could be background that is in every article we know of a host, because we
know only those on the topic; to cut it would lose claims. So it is furniture only with `MANY` stories to judge by, and
in at least `MOST` of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from news.article import CleanArticle, Exclusion

FEWEST = 4
"""Stories in which a block has to stand."""

SHARE = 0.4
"""Of a host's latest stories, the share in which it has to stand."""

MANY, MOST = 20, 0.6
"""For a block that names what the topic is about: how many stories have to be known, and the share of them."""

LATEST = 50
"""Articles of a host that are looked at: the latest."""

WHY = "repeats on the host"

_SHORTEST = 20  # letters: shorter lines are names, subheadings, one-word answers
_MOST = 400  # blocks of one article
_MOST_CUT = 0.8  # of an article's letters: what would lose more has no body but its template, and stays as it is
_ONE_STORY = 0.5  # of the letters of the shorter of two articles
_WORD = re.compile(r"\w+")
_LINE = re.compile(r"[^\r\n]+")


def blocks_of(text: str) -> dict[int, list[tuple[int, int]]]:
    """The blocks of a text, by a hash of their words: where each stands."""
    found: dict[int, list[tuple[int, int]]] = {}
    for start, end, line in _lines(text):
        if len(found) >= _MOST:
            break
        words = _WORD.findall(line.lower())
        if sum(map(len, words)) >= _SHORTEST:
            found.setdefault(_hash(words), []).append((start, end))
    return found


def is_furniture(stories: int, known: int, *, is_topical: bool) -> bool:
    """Whether a block that stands in so many of a host's known stories is no part of any."""
    if is_topical and (known < MANY or stories < MOST * known):
        return False
    return stories >= max(FEWEST, SHARE * known)


def is_one_story(shared: int, one: int, other: int) -> bool:
    """Whether two articles are versions of one story: by their letters, and those of the blocks that both have."""
    return shared > 0 and shared >= _ONE_STORY * min(one, other)


def find_furniture(text: str, excluded: Collection[Exclusion], furniture: Collection[int]) -> tuple[Exclusion, ...]:
    """The ranges of a text that are known to be its host's furniture, less what is excluded already.

    Nothing, when hardly anything would be left.
    """
    if not furniture:
        return ()
    ranges = [place for block, places in blocks_of(text).items() if block in furniture for place in places]
    free = [
        Exclusion(start, end, WHY)
        for start, end in sorted(ranges)
        if not any(one.start < end and start < one.end for one in excluded)
    ]
    cut = sum(one.end - one.start for one in free)
    return tuple(free) if cut <= _MOST_CUT * len(text) else ()


def without_furniture(article: CleanArticle, furniture: Collection[int]) -> CleanArticle:
    """The article with its host's furniture marked as excluded."""
    found = find_furniture(article.text, article.excluded, furniture)
    if not found:
        return article
    return replace(article, excluded=tuple(sorted((*article.excluded, *found), key=lambda one: one.start)))


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """The lines that are not blank, without the blanks around them."""
    for match in _LINE.finditer(text):
        bare = match[0].strip()
        if bare:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield start, start + len(bare), bare


def _hash(words: list[str]) -> int:
    """63 bits, so that it fits a signed column."""
    digest = hashlib.blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1
