"""A text as the copy rules see it: its words, marks, quotations, names and numbers, sentence by sentence."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import accumulate

_EPOCH = date(1970, 1, 1)
SHINGLE = 5  # words
SAMPLE_OF_PAIRS = 2  # likewise of pairs of names, of which there are fewer
SAMPLE = 4  # every fourth shingle is kept as a mark, chosen by its hash: copies keep the same ones (mod-p sampling)
_MOST_MARKS = 1000  # of a kind
_REACH = 3  # a name or number is paired with each of the next three
_QUOTE_WORDS = 4  # a shorter quotation is a phrase anybody may use

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['\u2019][a-z]+)?")
_CAPITAL = re.compile(r"(?<![^\W_])(?:[^\W\d_a-z]|\d)[^\W_]*(?:[.,]\d+)*(?:['\u2019][a-z]+)?")
_BEHIND = 12  # characters before a word that tell whether a sentence begins with it
_ENDS = frozenset([".", "!", "?", "…"])
_LOWER = re.compile(r"\b[a-z]+\b")
_QUOTATION = re.compile(r"[“\"«„]([^“”\"«»„]{12,2000})[”\"»“]")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”\u2019»)\]]*\s+(?=[\"'“\u2018«(\[]?[A-Z0-9])|\n+")
_POSSESSIVE = ("'s", "\u2019s")
# Words that stand in capitals for their place or as forms of address, not as names.
_PLAIN = frozenset(
    (
        *("a", "an", "and", "as", "at", "but", "by", "for", "from", "he", "her", "his", "how", "i", "if", "in", "it"),
        *("its", "many", "meanwhile", "more", "mr", "mrs", "ms", "no", "not", "of", "on", "one", "or", "our", "she"),
        *("so", "some", "such", "that", "the", "their", "then", "there", "these", "they", "this", "those", "to", "we"),
        *("what", "when", "where", "which", "while", "who", "why", "with", "you", "yet"),
    )
)


@dataclass(frozen=True)
class CopyText:
    """One article as far as it matters for telling copies: text without wrapping, when, and whose.

    `published` is None unless known to the day; `exact` when to the second. `names` are all lower-case words by which
    a credit could mean its outlet; `credit` is whom it credits itself, and `credit_evidence` the words that do so.
    `partial`: it is only what a source says of an article.
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

    @property
    def day(self) -> int:
        """The day it was published, where that is known, else the day it was seen; since 1970."""
        return ((self.published or self.seen).date() - _EPOCH).days

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words in order, lower case."""
        return body_words(self.body)

    @cached_property
    def body_hash(self) -> str:
        """Equal for bodies of the same words."""
        return hash_words(self.words)

    @cached_property
    def shingles(self) -> frozenset[int]:
        """Hashes of all runs of five words."""
        return shingles(self.words)

    @cached_property
    def quotations(self) -> tuple[tuple[str, ...], ...]:
        """The words of each quotation of four words or more, in order."""
        return tuple(words for _, words in spoken(self.body))

    @cached_property
    def quoted_runs(self) -> tuple[frozenset[int], ...]:
        """The hashes of the runs of five words of each quotation."""
        return tuple(shingles(words) for words in self.quotations)

    @cached_property
    def sentences(self) -> tuple[frozenset[str], ...]:
        """The distinct words of each sentence of five words or more, quotations left out."""
        spoken_less = _QUOTATION.sub(" ", self.body)
        found = (words_of(part) for part in _SENTENCE.split(spoken_less) if part)
        return tuple(frozenset(words) for words in found if len(words) >= SHINGLE)

    @cached_property
    def anchors(self) -> tuple[str, ...]:
        """Names (word by word) and numbers in order, as they stand outside quotations."""
        return _anchors(_QUOTATION.sub(" ", self.body))

    @cached_property
    def marks(self) -> frozenset[int]:
        """The sample of hashes by which candidates are found: shingles, and pairs of neighbouring names or numbers.

        Copies keep the same ones, for of all hashes the smallest are kept; more of a longer text, so that an excerpt
        has enough of them (Broder 1997, section 5). Pairs have a share of their own: they are all that a rewording or
        a brief of two sentences has in common with its original.
        """
        names = self.anchors
        pairs = {
            (one, other) if one < other else (other, one)
            for reach in range(1, 1 + _REACH)
            for one, other in zip(names, names[reach:], strict=False)
        }
        hashed = [zlib.crc32(_bytes(f"anchors {one} {other}")) for one, other in pairs if one != other]
        most = len(self.words)
        runs = _smallest(self.shingles, SAMPLE, 32 + most // 32)
        return frozenset((*runs, *_smallest(hashed, SAMPLE_OF_PAIRS, 48 + most // 8)))


def _smallest(hashes: Iterable[int], sample: int, most: int) -> list[int]:
    """Of so much of the hashes the smallest, at most so many and never more than a thousand."""
    return sorted({one for one in hashes if not one % sample})[: min(most, _MOST_MARKS)]


def hash_words(words: Iterable[str]) -> str:
    """32 hex digits that stand for these words in this order."""
    return hashlib.blake2b(_bytes(" ".join(words)), digest_size=16).hexdigest()


def shingles(words: tuple[str, ...]) -> frozenset[int]:
    """Hashes (of 32 bits) of all runs of five words; of the whole where it is shorter.

    A checksum is enough: two texts of five hundred runs have one in common by chance once in twenty thousand times.
    """
    text = _bytes(" ".join(words))
    if len(words) <= SHINGLE:
        return frozenset((zlib.crc32(text),))
    # Runs are cut from the text as it stands: joining five words each time would cost more than twice as much.
    lengths = map(len, words) if len(text) == sum(map(len, words)) + len(words) - 1 else map(len, map(_bytes, words))
    ends = list(accumulate(length + 1 for length in lengths))
    starts = [0, *ends]
    crc = zlib.crc32
    return frozenset([crc(text[start : end - 1]) for start, end in zip(starts, ends[SHINGLE - 1 :], strict=False)])


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def told(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The sentences of a text, quotations and all, each as written and by its words; those of five words or more."""
    found = ((part.strip(), tuple(words_of(part))) for part in _SENTENCE.split(text) if part)
    return [(part, words) for part, words in found if len(words) >= SHINGLE]


def spoken(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The quotations of a text, each as written without its marks and by its words; those of four words or more."""
    found = ((match[1].strip(), tuple(words_of(match[1]))) for match in _QUOTATION.finditer(text))
    return [(part, words) for part, words in found if len(words) >= _QUOTE_WORDS]


@lru_cache(maxsize=256)  # a batch's bodies, which are asked for when they are filed, folded and learned from
def body_words(text: str) -> tuple[str, ...]:
    """As `words_of`, for the text of a whole article."""
    return tuple(words_of(text))


def hash_body(text: str) -> str:
    """Equal for bodies of the same words."""
    return hash_words(body_words(text))


def words_of(text: str) -> list[str]:
    """All words of a text in order, lower case, possessives as their stems."""
    found = _WORD.findall(text.lower().replace("\u2019", "'"))
    return [word.removesuffix("'s") for word in found]


def _anchors(text: str) -> tuple[str, ...]:
    """Words in capitals that are names, and numbers, in order.

    The first word of a sentence is in capitals anyhow: it counts when the text never has it in small letters.
    """
    lower_seen: frozenset[str] | None = None
    found: list[str] = []
    for match in _CAPITAL.finditer(text):
        word = match[0]
        stem = word[:-2] if word.endswith(_POSSESSIVE) else word
        if stem[0].isdecimal():
            found.append(stem.replace(",", ""))
            continue
        plain = stem.lower()
        if plain in _PLAIN or not stem[0].isupper():
            continue
        if _is_first(text, match.start()):
            lower_seen = frozenset(_LOWER.findall(text)) if lower_seen is None else lower_seen
            if plain in lower_seen:
                continue
        found.append(plain)
    return tuple(found)


def _is_first(text: str, at: int) -> bool:
    """Whether a word is the first of its sentence, opening marks before it aside."""
    before = text[max(0, at - _BEHIND) : at]
    closed = before.rstrip(" \t\"'“\u2018«([")
    if not closed or closed[-1] == "\n":
        return True
    apart = any(mark.isspace() for mark in before[len(closed) :])
    return apart and closed.rstrip("\"'”\u2019»)]")[-1:] in _ENDS
