"""Another library's near copies of texts, for `bench/copies.py`: run by the rivals' own Python (`make rivals`).

    .rivals/bin/python bench/rig/near.py NAME

Reads a JSON list of texts from standard input and writes one JSON object: for each setting (`features threshold`) the
pairs of places it joins, and the seconds of one pass at its usual setting: making a sketch of each text, looking it up,
adding it to the index in memory. Usual settings: 128 permutations; of the features a user may choose, words, runs of
three words and of five letters are tried.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

THRESHOLDS = [place / 20 for place in range(1, 20)]
PERMUTATIONS = 128
DISTANCES = range(0, 26, 1)  # bits of 64 in which two simhashes may differ
USUAL = 0.5
_WORD = re.compile(r"\w+")

Pairs = set[tuple[int, int]]
Found = tuple[dict[str, Pairs], float]


def words(text: str) -> list[str]:
    """The distinct words."""
    return sorted(set(_WORD.findall(text.lower())))


def threes(text: str) -> list[str]:
    """The distinct runs of three words."""
    found = _WORD.findall(text.lower())
    return sorted({" ".join(found[at : at + 3]) for at in range(max(1, len(found) - 2))})


def letters(text: str) -> list[str]:
    """The distinct runs of five letters."""
    plain = " ".join(_WORD.findall(text.lower()))
    return sorted({plain[at : at + 5] for at in range(max(1, len(plain) - 4))})


FEATURES: dict[str, Callable[[str], list[str]]] = {"words": words, "3 words": threes, "5 letters": letters}


def find_by_datasketch(texts: Sequence[str]) -> Found:
    """MinHash and MinHashLSH: what the index gives, kept where the estimate reaches the threshold."""
    datasketch = importlib.import_module("datasketch")

    def sketch(features: Iterable[str]) -> Any:
        made = datasketch.MinHash(num_perm=PERMUTATIONS)
        made.update_batch([one.encode() for one in features])
        return made

    def index(threshold: float) -> Any:
        return datasketch.MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)

    return _by_index(texts, sketch, index)


def find_by_rensa(texts: Sequence[str]) -> Found:
    """RMinHash and RMinHashLSH, likewise; bands of four as in its guide."""
    rensa = importlib.import_module("rensa")

    def sketch(features: Iterable[str]) -> Any:
        made = rensa.RMinHash(num_perm=PERMUTATIONS, seed=42)
        made.update(list(features))
        return made

    def index(threshold: float) -> Any:
        return rensa.RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=32)

    return _by_index(texts, sketch, index)


def _by_index(texts: Sequence[str], sketch: Callable[[Iterable[str]], Any], index: Callable[[float], Any]) -> Found:
    found: dict[str, Pairs] = {}
    for name, features in FEATURES.items():
        sketches = [sketch(features(text)) for text in texts]
        for threshold in THRESHOLDS:
            known = index(threshold)
            pairs: Pairs = set()
            for place, one in enumerate(sketches):
                near = [other for other in known.query(one) if one.jaccard(sketches[other]) >= threshold]
                pairs.update((other, place) for other in near)
                known.insert(place, one)
            found[f"{name} {threshold:.2f}"] = pairs
    began = time.perf_counter()
    known = index(USUAL)
    for place, text in enumerate(texts):
        one = sketch(threes(text))
        known.query(one)
        known.insert(place, one)
    return found, time.perf_counter() - began


def find_by_simhash(texts: Sequence[str]) -> Found:
    """Simhash: pairs within so many bits of each other; the index at its usual three bits is what is timed."""
    simhash = importlib.import_module("simhash")
    found: dict[str, Pairs] = {}
    for name, features in FEATURES.items():
        values = [simhash.Simhash(features(text)).value for text in texts]
        apart = [
            ((one ^ other).bit_count(), before, place)
            for place, one in enumerate(values)
            for before, other in enumerate(values[:place])
        ]
        for most in DISTANCES:
            found[f"{name} {most} bits"] = {(before, place) for bits, before, place in apart if bits <= most}
    began = time.perf_counter()
    index = simhash.SimhashIndex([], k=3)
    for place, text in enumerate(texts):
        one = simhash.Simhash(threes(text))
        index.get_near_dups(one)
        index.add(str(place), one)
    return found, time.perf_counter() - began


RIVALS: dict[str, Callable[[Sequence[str]], Found]] = {
    "datasketch": find_by_datasketch,
    "rensa": find_by_rensa,
    "simhash": find_by_simhash,
}


def main(name: str) -> None:
    """Read the texts, find the pairs, write them."""
    found, seconds = RIVALS[name](json.load(sys.stdin))
    json.dump({"pairs": {setting: sorted(pairs) for setting, pairs in found.items()}, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
