"""A text as words: all of them in order, by sentence, by quotation; and hashes that stand for them."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

_QUOTE_WORDS = 4  # a shorter quotation is a phrase anybody may use
LEAST_WORDS = 5  # of a sentence: a shorter one says nothing by itself

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:'[a-z]+)?")
QUOTATION = re.compile(r"[“\"«„]([^“”\"«»„]{12,2000})[”\"»“]")
_BREAK = re.compile(r"[.!?…][\"'”\u2019»)\]]*\s+(?=[\"'“\u2018«(\[]?[A-Z0-9])|\n+")


def words_of(text: str) -> list[str]:
    """All words of a text in order, lower case, possessives as their stems."""
    return list(chain.from_iterable(map(_pieces.__getitem__, text.split())))


class _Pieces(dict[str, tuple[str, ...]]):
    """The words of what stands between two spaces, kept: most of it was met before."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        if len(self) >= _KEPT:
            self.clear()
        small = piece.lower()
        if small.isalnum():
            made: tuple[str, ...] = (small,)
        else:  # the pattern is slow
            made = tuple([word.removesuffix("'s") for word in _WORD.findall(small.replace("\u2019", "'"))])
        self[piece] = made
        return made


_KEPT = 200_000
_pieces = _Pieces()


@lru_cache(maxsize=8192)  # a sentence is asked for with its quotations and without, in a copy and in its original
def sentence_words(text: str) -> tuple[str, ...]:
    """As `words_of`, for a sentence."""
    return tuple(words_of(text))


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text as written, in order, without the space and closing marks behind them."""
    start = 0
    for gap in _BREAK.finditer(text):
        yield text[start : gap.start() + (gap[0][0] != "\n")]
        start = gap.end()
    yield text[start:]


def told(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The sentences of a text, quotations and all, each as written and by its words; those of five words or more."""
    found = ((part.strip(), sentence_words(part)) for part in sentences_of(text))
    return [(part, words) for part, words in found if len(words) >= LEAST_WORDS]


def spoken(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The quotations of a text, each as written without its marks and by its words; those of four words or more."""
    found = ((match[1].strip(), tuple(words_of(match[1]))) for match in QUOTATION.finditer(text))
    return [(part, words) for part, words in found if len(words) >= _QUOTE_WORDS]


def hash_words(words: Iterable[str]) -> str:
    """32 hex digits that stand for these words in this order."""
    return hashlib.blake2b(encoded(" ".join(words)), digest_size=16).hexdigest()


class _Checksums(dict[str, int]):
    """The CRC-32 of each word, kept: most words of a text were met before."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        made = self[word] = zlib.crc32(encoded(word))
        return made


_checksums = _Checksums()


def checksums(words: Iterable[str]) -> list[int]:
    """A number below 2³² for each word, the same everywhere and always."""
    return list(map(_checksums.__getitem__, words))


def encoded(text: str) -> bytes:
    """As UTF-8, whatever it holds."""
    return text.encode("utf-8", "surrogatepass")
