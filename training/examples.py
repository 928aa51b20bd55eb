"""From sentences to the network's batches: windows of whole sentences, cut into pieces, labels as numbers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.parser.lemmas import rule_of
from analysis.parser.names import LABELS, labels_of
from analysis.parser.pieces import Pieces, letters
from training.treebank import Sentence

LENGTHS = (48, 64, 96, 128, 192, 256)  # pieces; each is compiled once
BUDGET = 4096  # pieces a batch
_RARE = 3


@dataclass(frozen=True)
class Labels:
    """The label lists of every head, in the order of their numbers."""

    deprel: list[str]
    xpos: list[str]
    morph: list[str]
    lemma: list[str]

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Labels:
        """The labels that stand at least a few times in the sentences."""

        def often(values: Iterable[str]) -> list[str]:
            return sorted(value for value, count in Counter(values).items() if count >= _RARE)

        parsed = [one for one in sentences if one.heads is not None]
        return cls(
            often(value for one in parsed for value in one.deprels),
            often(value for one in parsed for value in one.xpos),
            often(f"{u}|{f}" for one in parsed for u, f in zip(one.upos, one.feats, strict=True)),
            often(rule_of(w, m) for one in parsed for w, m in zip(one.words, one.lemmas, strict=True)),
        )


class Encoder:
    """Encodes windows of sentences for the network."""

    def __init__(self, pieces: Pieces, labels: Labels) -> None:
        self._pieces = pieces
        self._numbers = {
            name: {v: n for n, v in enumerate(getattr(labels, name))} for name in ("deprel", "xpos", "morph", "lemma")
        }
        self._names = {value: number for number, value in enumerate(LABELS)}

    def length(self, one: Sentence) -> int:
        """How many pieces a sentence has."""
        return sum(len(self._pieces.cut(word)) for word in one.words)

    def window(self, sentences: Sequence[Sentence]) -> dict[str, list[int]]:
        """One window's numbers, by field."""
        out: dict[str, list[int]] = {
            key: []
            for key in (
                "pieces",
                "letters",
                "first",
                "last",
                "sentence",
                "head",
                "deprel",
                "xpos",
                "morph",
                "lemma",
                "name",
                "start",
            )
        }
        out["pieces"].append(self._pieces.opens)
        out["letters"].append(0)
        for number, one in enumerate(sentences):
            offset = len(out["first"])
            for word in one.words:
                cut = self._pieces.cut(word)
                out["first"].append(len(out["pieces"]))
                out["pieces"].extend(cut)
                out["letters"].extend([letters(word)] * len(cut))
                out["last"].append(len(out["pieces"]) - 1)
            size = len(one.words)
            out["sentence"] += [number] * size
            out["start"] += [1] + [0] * (size - 1)
            if one.heads is None:
                for key in ("head", "deprel", "xpos", "morph", "lemma"):
                    out[key] += [-1] * size
            else:
                out["head"] += [offset + head for head in one.heads]
                out["deprel"] += [self._numbers["deprel"].get(value, -1) for value in one.deprels]
                out["xpos"] += [self._numbers["xpos"].get(value, -1) for value in one.xpos]
                out["morph"] += [
                    self._numbers["morph"].get(f"{u}|{f}", -1) for u, f in zip(one.upos, one.feats, strict=True)
                ]
                out["lemma"] += [
                    self._numbers["lemma"].get(rule_of(w, m), -1) for w, m in zip(one.words, one.lemmas, strict=True)
                ]
            if one.names is None:
                out["name"] += [-1] * size
            else:
                out["name"] += [self._names[value] for value in labels_of(one.names, size)]
        out["pieces"].append(self._pieces.closes)
        out["letters"].append(0)
        return out


def pad(windows: Sequence[dict[str, list[int]]], length: int, count: int) -> dict[str, np.ndarray]:
    """Windows as arrays of `count` rows by `length`; -1 where nothing is annotated, piece 0 beyond the end."""
    batch = {}
    for key in windows[0]:
        fill = 0 if key in ("pieces", "letters", "first", "last") else -1
        array = np.full((count, length), fill, np.int32)
        for row, window in enumerate(windows):
            array[row, : len(window[key])] = window[key]
        batch[key] = array
    return batch


def windows(
    sentences: Sequence[Sentence], encoder: Encoder, rng: random.Random, most: int = 120
) -> list[list[Sentence]]:
    """Neighbouring sentences grouped at random, one to five together, as long as they fit."""
    found: list[list[Sentence]] = []
    size, wanted, limit = 0, 0, LENGTHS[-1] - 2
    for one in sentences:
        length = encoder.length(one)
        if length > limit:
            continue
        if found and len(found[-1]) < wanted and size + length <= most and found[-1][-1].document == one.document:
            found[-1].append(one)
            size += length
        else:
            found.append([one])
            size, wanted = length, rng.choice((1, 1, 2, 3, 4, 5))
    return found


def batches(grouped: Sequence[Sequence[Sentence]], encoder: Encoder, rng: random.Random) -> list[dict[str, np.ndarray]]:
    """Windows of like length together, in random order."""
    by_length: dict[int, list[dict[str, list[int]]]] = {length: [] for length in LENGTHS}
    order = list(grouped)
    rng.shuffle(order)
    for group in order:
        window = encoder.window(group)
        by_length[next(length for length in LENGTHS if len(window["pieces"]) <= length)].append(window)
    found = []
    for length, all_of in by_length.items():
        count = BUDGET // length
        found += [pad(all_of[at : at + count], length, count) for at in range(0, len(all_of), count)]
    rng.shuffle(found)
    return found
