"""A text as the copy rules see it: its words, marks, quotations, names and numbers, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from operator import add

from news.anchors import anchors_of
from news.words import (
    LEAST_WORDS,
    QUOTATION,
    checksums,
    hash_words,
    sentence_words,
    sentences_of,
    spoken,
    told,
    words_of,
)

_EPOCH = date(1970, 1, 1)
SHINGLE = 5  # words
SAMPLE_OF_PAIRS = 2  # likewise of pairs of names, of which there are fewer
SAMPLE = 4  # every fourth shingle is kept as a mark, chosen by its hash: copies keep the same ones (mod-p sampling)
_MOST_MARKS = 1000  # of a kind
_REACH = 3  # a name or number is paired with each of the next three
_BITS = 0xFFFFFFFF


class Body:
    """What a text comes to, each part of it told when it is asked for, and once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words in order, lower case."""
        return tuple(words_of(self.text))

    @cached_property
    def word_set(self) -> frozenset[str]:
        """The distinct words."""
        return frozenset(self.words)

    @cached_property
    def hash(self) -> str:
        """Equal for bodies of the same words."""
        return hash_words(self.words)

    @cached_property
    def shingles(self) -> frozenset[int]:
        """Hashes of all runs of five words."""
        return shingles(self.words)

    @cached_property
    def spoken(self) -> list[tuple[str, tuple[str, ...]]]:
        """Each quotation of four words or more as written and by its words, in order."""
        return spoken(self.text)

    @cached_property
    def quoted_runs(self) -> tuple[frozenset[int], ...]:
        """The hashes of the runs of five words of each quotation."""
        return tuple(shingles(words) for _, words in self.spoken)

    @cached_property
    def told(self) -> list[tuple[str, tuple[str, ...]]]:
        """Each sentence of five words or more as written and by its words, in order, quotations and all."""
        return told(self.text)

    @cached_property
    def unquoted(self) -> str:
        """The text without its quotations."""
        return QUOTATION.sub(" ", self.text)

    @cached_property
    def sentences(self) -> tuple[frozenset[str], ...]:
        """The distinct words of each sentence of five words or more, quotations left out."""
        found = map(sentence_words, sentences_of(self.unquoted))
        return tuple([frozenset(words) for words in found if len(words) >= LEAST_WORDS])

    @cached_property
    def anchors(self) -> tuple[str, ...]:
        """Names (word by word) and numbers in order, as they stand outside quotations."""
        return anchors_of(self.unquoted)

    @cached_property
    def anchor_counts(self) -> Counter[str]:
        """How often each of them stands there."""
        return Counter(self.anchors)

    @cached_property
    def marks(self) -> frozenset[int]:
        """The sample of hashes (32 bits) by which candidates are found: of shingles, and of pairs of names.

        Copies keep the same ones, for of all hashes the smallest are kept; more of a longer text, so that an excerpt
        has enough of them (Broder 1997, section 5). Pairs have a share of their own: they are all that a rewording or
        a brief of two sentences has in common with its original.
        """
        names = checksums(self.anchors)
        pairs = set(chain.from_iterable(map(add, names, names[reach:]) for reach in range(1, 1 + _REACH)))
        pairs.difference_update([2 * name for name in names])  # a name beside itself
        most = len(self.words)
        runs = _smallest(self.shingles, SAMPLE, 32 + most // 32)
        runs |= _smallest(pairs, SAMPLE_OF_PAIRS, 48 + most // 8)
        return frozenset(runs)


@lru_cache(maxsize=1024)  # a batch's bodies and what they are compared with, which are asked for again and again
def read_body(text: str) -> Body:
    """What a text comes to; the same object for the same text, for a time."""
    return Body(text)


@dataclass(frozen=True)
class CopyText:
    """One article as far as it matters for telling copies: text without wrapping, when, and whose.

    `published` is None unless known to the day; `exact` when to the second. `names` are all lower-case words by which
    a credit could mean its outlet; `credit` is whom it credits itself, and `credit_evidence` the words that do so.
    `partial`: it is only what a source says of an article. `wire`: its outlet is one whose stories others print.
    """

    article_id: str
    outlet: str
    title: str
    body: str
    seen: datetime
    published: datetime | None = None
    exact: bool = True
    names: tuple[str, ...] = ()
    credit: str | None = None
    credit_evidence: str | None = None
    partial: bool = False
    wire: bool = False

    @property
    def day(self) -> int:
        """The day it was published, where that is known, else the day it was seen; since 1970."""
        return ((self.published or self.seen).date() - _EPOCH).days

    @cached_property
    def read(self) -> Body:
        """What its text comes to."""
        return read_body(self.body)

    @property
    def words(self) -> tuple[str, ...]:
        """All words in order, lower case."""
        return self.read.words

    @property
    def body_hash(self) -> str:
        """Equal for bodies of the same words."""
        return self.read.hash

    @property
    def shingles(self) -> frozenset[int]:
        """Hashes of all runs of five words."""
        return self.read.shingles

    @property
    def sentences(self) -> tuple[frozenset[str], ...]:
        """The distinct words of each sentence, quotations left out."""
        return self.read.sentences

    @property
    def anchors(self) -> tuple[str, ...]:
        """Names (word by word) and numbers in order, as they stand outside quotations."""
        return self.read.anchors

    @property
    def marks(self) -> frozenset[int]:
        """The sample of hashes by which candidates are found."""
        return self.read.marks

    @cached_property
    def quotations(self) -> tuple[tuple[str, ...], ...]:
        """The words of each quotation of four words or more, in order."""
        return tuple([words for _, words in self.read.spoken])


def _smallest(hashes: Iterable[int], sample: int, most: int) -> set[int]:
    """Of so much of the hashes the smallest, at most so many and never more than a thousand."""
    return set(sorted({one & _BITS for one in hashes if not one % sample})[: min(most, _MOST_MARKS)])


def shingles(words: Sequence[str]) -> frozenset[int]:
    """Hashes of all runs of five words; of the whole where it is shorter.

    Each is the sum of the words' checksums, weighted by place: sums of sums are told in one pass (a rolling hash, Karp
    and Rabin 1987), and two texts of five hundred runs have one in common by chance once in a million times.
    """
    sums = list(accumulate(checksums(words), initial=0))
    of_sums = list(accumulate(sums, initial=0))
    if len(words) < SHINGLE:
        return frozenset((len(words) * sums[-1] - of_sums[-2],))
    return frozenset(
        [SHINGLE * end - to + start for end, to, start in zip(sums[SHINGLE:], of_sums[SHINGLE:], of_sums, strict=False)]
    )


def hash_body(text: str) -> str:
    """Equal for bodies of the same words."""
    return read_body(text).hash
