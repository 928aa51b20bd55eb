"""From scores to trees: greedy heads where they make a tree, else the maximum spanning tree (Chu-Liu/Edmonds)."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

_MOST_LIFTS = 48  # a sentence needs a few; a run of marks would take for ever
Scores: TypeAlias = NDArray[np.float32]
"""`scores[word, head]`, square; the diagonal is the score of being the root."""


def best_tree(scores: Scores) -> list[int]:
    """The head of every word; the one root is its own head. Takes the scores of one sentence."""
    heads = [int(head) for head in scores.argmax(axis=1)]
    return heads if _is_tree(heads) else _rooted_tree(scores)


def lifted(heads: list[int]) -> list[int]:
    """The tree without crossing arcs: each one that crosses another is hung higher, the shortest first.

    Spans of text are read off trees, and a crossing arc makes a span of half a sentence. After Nivre and Nilsson 2005.
    """
    heads = list(heads)
    for _ in range(_MOST_LIFTS):
        crossing = _crossing(heads)
        if crossing is None:
            break
        heads[crossing] = heads[heads[crossing]]
    return heads


def _crossing(heads: list[int]) -> int | None:
    """The word at the lower end of the shortest arc that spans a word not below its head; None in a projective tree."""
    order = sorted((abs(head - word), word) for word, head in enumerate(heads) if head != word)
    for length, word in order:
        if length == 1:
            continue
        head = heads[word]
        low, high = min(word, head), max(word, head)
        for between in range(low + 1, high):
            at = between
            while low < at < high and heads[at] != at:
                at = heads[at]
            if at not in (low, high):
                # Lifting to the root's own root would take the tree apart.
                return word if heads[head] != head else _offender(heads, low, high)
    return None


def _offender(heads: list[int], low: int, high: int) -> int | None:
    """The word between the ends of an arc of the root whose own arc leaves it: that one is lifted instead."""
    for between in range(low + 1, high):
        head = heads[between]
        if not low <= head <= high and heads[head] != head:
            return between
    return None


def _is_tree(heads: list[int]) -> bool:
    """Whether exactly one word is its own head and every other word reaches it."""
    if sum(head == word for word, head in enumerate(heads)) != 1:
        return False
    state = [0] * len(heads)  # the walk that came by
    for start in range(len(heads)):
        at = start
        while state[at] == 0:
            state[at] = start + 1
            at = heads[at]
        if state[at] == start + 1 and heads[at] != at:
            return False
    return True


def _rooted_tree(scores: Scores) -> list[int]:
    """The best tree with one root: the likeliest roots are tried, the best whole wins."""
    size = len(scores)
    roots = np.argsort(-np.diag(scores))[:3]
    best: tuple[float, list[int]] | None = None
    for root in roots:
        arcs = scores.astype(np.float64).copy()
        np.fill_diagonal(arcs, -np.inf)
        heads = _edmonds(arcs, int(root))
        total = float(scores[root, root]) + sum(float(scores[w, heads[w]]) for w in range(size) if w != root)
        heads[int(root)] = int(root)
        if best is None or total > best[0]:
            best = (total, heads)
    return best[1] if best else []


def _edmonds(arcs: NDArray[np.float64], root: int) -> list[int]:
    """Chu-Liu/Edmonds: the best incoming arcs, every cycle shrunk to one node and opened again."""
    size = len(arcs)
    heads = [int(head) for head in arcs.argmax(axis=1)]
    heads[root] = root
    cycle = _cycle(heads, root)
    if not cycle:
        return heads
    inside = set(cycle)
    outside = [word for word in range(size) if word not in inside]
    number = {word: place for place, word in enumerate(outside)}
    whole = len(outside)
    shrunk = np.full((whole + 1, whole + 1), -np.inf)
    shrunk[:whole, :whole] = arcs[np.ix_(outside, outside)]
    enters, leaves = {}, {}
    kept = {word: arcs[word, heads[word]] for word in cycle}
    for word in outside:
        tail = max(cycle, key=lambda one: arcs[word, one])
        shrunk[number[word], whole], leaves[word] = arcs[word, tail], tail
        into = max(cycle, key=lambda one: arcs[one, word] - kept[one])
        shrunk[whole, number[word]], enters[word] = arcs[into, word] - kept[into], into
    found = _edmonds(shrunk, number[root])
    for word in outside:
        head = found[number[word]]
        heads[word] = leaves[word] if head == whole else outside[head]
    entry = outside[found[whole]]
    heads[enters[entry]] = entry
    heads[root] = root
    return heads


def _cycle(heads: list[int], root: int) -> list[int]:
    """The words of one cycle; empty where there is none."""
    seen: dict[int, int] = {root: -1}
    for start in range(len(heads)):
        at = start
        while at not in seen:
            seen[at] = start
            at = heads[at]
        if seen[at] == start and at != root:
            cycle = [at]
            while heads[cycle[-1]] != at:
                cycle.append(heads[cycle[-1]])
            return cycle
    return []
