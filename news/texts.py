"""A text as the copy rules see it: its words, marks, quotations, names and numbers, sentence by sentence."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

SHINGLE = 5  # words
SAMPLE = 4  # every fourth shingle is kept as a mark, chosen by its hash: copies keep the same ones (mod-p sampling)
_KEPT, _PER_MARK, _MOST_MARKS = 48, 16, 1000  # so many marks are kept, and one for so many words, the smallest first
_MIX, _LOW = 0x100000001B3, 0xFFFFFFFFFFFFFFFF
_REACH = 3  # a name or number is paired with each of the next three
_QUOTE_WORDS = 4  # a shorter quotation is a phrase anybody may use

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['\u2019][a-z]+)?")
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
        found = (tuple(words_of(match[1])) for match in _QUOTATION.finditer(self.body))
        return tuple(words for words in found if len(words) >= _QUOTE_WORDS)

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
        has enough of them (Broder 1997, section 5).
        """
        sampled = {mark for mark in self.shingles if mark % SAMPLE == 0}
        pairs = {
            (anchor, other) if anchor < other else (other, anchor)
            for at, anchor in enumerate(self.anchors)
            for other in self.anchors[at + 1 : at + 1 + _REACH]
            if anchor != other
        }
        hashed = (_hash_pair(*pair) for pair in pairs)
        sampled.update(mark for mark in hashed if mark % SAMPLE == 0)
        return frozenset(sorted(sampled)[: min(_MOST_MARKS, _KEPT + len(self.words) // _PER_MARK)])


def hash_words(words: Iterable[str]) -> str:
    """32 hex digits that stand for these words in this order."""
    return hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _hash_pair(one: str, other: str) -> int:
    """60 bits that stand for two neighbours."""
    stated = f"anchors {one} {other}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(stated, digest_size=16).digest()[:8]) >> 4


def shingles(words: tuple[str, ...]) -> frozenset[int]:
    """Hashes (of 62 bits) of all runs of five words; of the whole where it is shorter."""
    if len(words) < SHINGLE:
        words = words + ("",) * (SHINGLE - len(words))
    # A checksum of each word, mixed along the run: a tenth of the cost of a real hash per run. The lower bits of a
    # product or xor depend on lower bits alone, so cutting to 64 of them once, at a run's end, is cutting at each step.
    by_word = {word: zlib.crc32(word.encode("utf-8", "surrogatepass")) * 0x9E3779B97F4A7C15 for word in set(words)}
    codes = [by_word[word] & _LOW for word in words]
    runs = zip(codes, codes[1:], codes[2:], codes[3:], codes[4:], strict=False)
    mixed = [((((a * _MIX ^ b) * _MIX ^ c) * _MIX ^ d) * _MIX ^ e) & _LOW for a, b, c, d, e in runs]
    mixed = [(one ^ one >> 31) * 0xBF58476D1CE4E5B9 & _LOW for one in mixed]
    return frozenset((one ^ one >> 29) >> 2 for one in mixed)


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
    lower_seen = set(re.findall(r"\b[a-z]+\b", text))
    found: list[str] = []
    for part in _SENTENCE.split(text):
        for place, word in enumerate(_WORD.findall(part or "")):
            if word[0].islower():
                continue
            stem = word[:-2] if word.endswith(_POSSESSIVE) else word
            plain = stem.lower()
            if stem[0].isdigit():
                found.append(stem.replace(",", ""))
            elif stem[0].isupper() and plain not in _PLAIN and (place > 0 or plain not in lower_seen):
                found.append(plain)
    return tuple(found)
