"""Names from labels: BILOU (Ratinov and Roth 2009), read by the best allowed sequence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

KINDS = ("PERSON", "ORG", "PLACE")
LABELS = ("O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BILU"))


def labels_of(names: Sequence[tuple[int, int, str]], size: int) -> list[str]:
    """The labels of `size` words with those names: (first word, word after the last, kind)."""
    labels = ["O"] * size
    for start, end, kind in names:
        if end - start == 1:
            labels[start] = f"U-{kind}"
        else:
            labels[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 2), f"L-{kind}"]
    return labels


def _follows(label: str, other: str) -> bool:
    """Whether the other label may stand right behind the label."""
    if label[0] in "BI":
        return other[0] in "IL" and other[1:] == label[1:]
    return other[0] in "OBU"


_ALLOWED = np.array([[0.0 if _follows(one, other) else -1e9 for other in LABELS] for one in LABELS], np.float32)
_OPENS = np.array([0.0 if one[0] in "OBU" else -1e9 for one in LABELS], np.float32)
_CLOSES = np.array([0.0 if one[0] in "OLU" else -1e9 for one in LABELS], np.float32)


def best_names(scores: NDArray[np.float32]) -> list[tuple[int, int, str]]:
    """The names of one sentence from `scores[word, label]`, by the best allowed sequence (Viterbi 1967)."""
    labels = scores.argmax(axis=1)
    if not labels.any():
        return []
    return _spans(_viterbi(scores))


def _viterbi(scores: NDArray[np.float32]) -> list[int]:
    best = _OPENS + scores[0]
    back = []
    for row in scores[1:]:
        through = best[:, None] + _ALLOWED
        back.append(through.argmax(axis=0))
        best = through.max(axis=0) + row
    path = [int((best + _CLOSES).argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def _spans(path: Sequence[int]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    start = 0
    for place, number in enumerate(path):
        mark, _, kind = LABELS[number].partition("-")
        if mark in ("B", "U"):
            start = place
        if mark in ("L", "U"):
            found.append((start, place + 1, kind))
    return found
