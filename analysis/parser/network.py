"""Runs the trained network over windows of words and decodes its scores."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from analysis.parser.lemmas import apply_rule
from analysis.parser.names import best_names
from analysis.parser.pieces import Pieces, letters
from analysis.parser.trees import best_tree, lifted

MODEL = Path(__file__).parent / "model"
LONGEST = 254  # pieces of a window, without its two marks
_AT_ONCE = 3072  # pieces of a batch
_FILLING = 100  # pieces of filling that cost as much as a batch of its own
_ENDS = frozenset(".!?…")
_QUOTES = frozenset(["“", "”", '"', "''", "``", "’", "‘", "'", "«", "»"])
_STOPS = frozenset([".", "!", "?", "…", "...", ":", ";", "--", "—", "–", "?!", "!!", ")", "]"])


@dataclass(frozen=True, slots=True)
class Parse:
    """What the network found in one run of words. Heads are places in the run; a root is its own head."""

    heads: list[int]
    deprels: list[str]
    tags: list[str]
    morphs: list[str]
    lemmas: list[str]
    starts: list[int]
    names: list[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class _Window:
    words: Sequence[str]
    cut: list[tuple[int, ...]]
    start: int

    def within(self, bounds: Sequence[int] | None) -> list[int] | None:
        """The sentence starts of a run that lie in the window, counted from its first word."""
        if bounds is None:
            return None
        inside = [one - self.start for one in bounds if 0 < one - self.start < len(self.words)]
        return [0, *inside]

    @property
    def length(self) -> int:
        return sum(map(len, self.cut)) + 2


def _too_wide(batch: Sequence[tuple[int, int, int]], length: int) -> bool:
    """Whether a longer window would make a batch too large, or more filling than a batch of its own costs."""
    filled = (len(batch) + 1) * length
    return filled > _AT_ONCE or filled - length - sum(one[0] for one in batch) > _FILLING


class Network:
    """The trained network; safe to share between threads, runs on one core."""

    def __init__(self, folder: Path = MODEL, *, closed: bool = False) -> None:
        """Loads the network.

        With `closed`, as edited text is read: a sentence ends only at a mark that can end one, and no arcs cross.
        """
        self._closed = closed
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = ort.InferenceSession(
            folder / "parser.onnx",
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # a fifth of the time: the fused kernel is the slower one
        )
        self._pieces = Pieces((folder / "pieces.txt").read_text("utf-8").split("\n"))
        labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text("utf-8"))
        self._deprels, self._tags, self._morphs, self._lemmas = (
            labels[one] for one in ("deprel", "xpos", "morph", "lemma")
        )
        self._root = self._deprels.index("root")
        table = np.load(folder / "label.npy").astype(np.float32)
        self._label = np.ascontiguousarray(table.reshape(table.shape[0], -1))

    def parse(self, runs: Sequence[Sequence[str]], bounds: Sequence[Sequence[int]] | None = None) -> list[Parse]:
        """The parse of every run of words; a run is a paragraph or less. `bounds` are sentence starts where known."""
        windows = [list(self._windows(words)) for words in runs]
        flat = sorted(((one.length, run, at) for run, each in enumerate(windows) for at, one in enumerate(each)))
        parsed: dict[tuple[int, int], Parse] = {}
        batch: list[tuple[int, int, int]] = []
        for item in [*flat, None]:
            if batch and (item is None or _too_wide(batch, item[0])):
                some = [(windows[run][at], bounds[run] if bounds else None) for _, run, at in batch]
                found = self._run([one for one, _ in some], [one.within(known) for one, known in some])
                parsed.update({(run, at): one for (_, run, at), one in zip(batch, found, strict=True)})
                batch = []
            if item is not None:
                batch.append(item)
        return [_joined([parsed[run, at] for at in range(len(each))]) for run, each in enumerate(windows)]

    def _windows(self, words: Sequence[str]) -> Iterator[_Window]:
        """The words in windows the network takes whole, cut behind the end of a sentence where there is one."""
        cut = [self._pieces.cut(word)[:LONGEST] for word in words]
        start, size, end = 0, 0, 0
        for place, one in enumerate(cut):
            if size + len(one) > LONGEST:
                stop = end if end > start else place
                yield _Window(words[start:stop], cut[start:stop], start)
                start, size, end = stop, sum(map(len, cut[stop:place])), stop
            size += len(one)
            if words[place] in _ENDS or (words[place] in ("”", '"', ";") and place and words[place - 1] in _ENDS):
                end = place + 1
        if start < len(words):
            yield _Window(words[start:], cut[start:], start)

    def _run(self, windows: Sequence[_Window], bounds: Sequence[Sequence[int] | None]) -> list[Parse]:
        count, length, most = len(windows), max(one.length for one in windows), max(len(one.words) for one in windows)
        feeds = {name: np.zeros((count, length), np.int64) for name in ("pieces", "letters")}
        feeds |= {name: np.zeros((count, most), np.int64) for name in ("first", "last")}
        for row, one in enumerate(windows):
            sizes = np.fromiter(map(len, one.cut), np.int64, len(one.cut))
            flat = [self._pieces.opens, *(number for cut in one.cut for number in cut), self._pieces.closes]
            feeds["pieces"][row, : len(flat)] = flat
            feeds["letters"][row, 1 : len(flat) - 1] = np.repeat([letters(word) for word in one.words], sizes)
            ends = np.cumsum(sizes)
            feeds["first"][row, : len(ends)], feeds["last"][row, : len(ends)] = ends - sizes + 1, ends
        names = ["arcs", "label_word", "label_head", "name_scores", "start_scores", "xpos", "morph", "lemma"]
        out = dict(zip(names, self._session.run(names, feeds), strict=True))
        return self._decoded(windows, out, bounds)

    def _decoded(
        self, windows: Sequence[_Window], out: dict[str, NDArray[Any]], bounds: Sequence[Sequence[int] | None]
    ) -> list[Parse]:
        trees = []
        for row, one in enumerate(windows):
            size = len(one.words)
            starts = list(bounds[row] or ()) or _starts(one.words, out["start_scores"][row, :size], closed=self._closed)
            heads: list[int] = []
            for start, end in zip(starts, [*starts[1:], size], strict=True):
                tree = best_tree(out["arcs"][row, start:end, start:end])
                heads += [start + head for head in (lifted(tree) if self._closed else tree)]
            trees.append((starts, heads))
        words = np.concatenate([out["label_word"][row, : len(one.words)] for row, one in enumerate(windows)])
        heads_of = np.concatenate([out["label_head"][row, heads] for row, (_, heads) in enumerate(trees)])
        roots = np.concatenate([np.array(heads) == np.arange(len(heads)) for _, heads in trees])
        labels = self._labelled(words, heads_of, roots)
        found, at = [], 0
        for row, (one, (starts, heads)) in enumerate(zip(windows, trees, strict=True)):
            size = len(one.words)
            deprels = [self._deprels[number] for number in labels[at : at + size]]
            at += size
            found.append(
                self._parse(one.words, starts, heads, deprels, {key: value[row, :size] for key, value in out.items()})
            )
        return found

    def _parse(
        self,
        words: Sequence[str],
        starts: list[int],
        heads: list[int],
        deprels: list[str],
        out: dict[str, NDArray[Any]],
    ) -> Parse:
        size = len(words)
        names = [
            (start + first, start + last, kind)
            for start, end in zip(starts, [*starts[1:], size], strict=True)
            for first, last, kind in best_names(out["name_scores"][start:end])
        ]
        lemmas = [apply_rule(word, self._lemmas[number]) for word, number in zip(words, out["lemma"], strict=True)]
        return Parse(
            heads,
            deprels,
            [self._tags[n] for n in out["xpos"]],
            [self._morphs[n] for n in out["morph"]],
            lemmas,
            starts,
            names,
        )

    def _labelled(
        self, words: NDArray[np.float32], heads: NDArray[np.float32], roots: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """The best label of every word; only a root is called one."""
        one = np.ones((len(words), 1), np.float32)
        words, heads = np.concatenate([words, one], 1), np.concatenate([heads, one], 1)
        width = words.shape[1]
        between = (words @ self._label).reshape(len(words), -1, width)
        scores = (between @ heads[:, :, None])[:, :, 0]
        scores[~roots, self._root] = -np.inf
        best: NDArray[np.int64] = scores.argmax(1)
        return best


def _starts(words: Sequence[str], scores: NDArray[np.float32], *, closed: bool) -> list[int]:
    """Where sentences start; none starts behind a comma, quotation marks between aside: "“A,” X said" is one."""
    found = [0]
    for at in np.flatnonzero(scores[1:, 1] > scores[1:, 0]) + 1:
        before = int(at) - 1
        while before > found[-1] and words[before] in _QUOTES:
            before -= 1
        if words[before] in _QUOTES or words[before] == "," or (closed and words[before] not in _STOPS):
            continue
        found.append(int(at))
    return found


def _joined(parts: list[Parse]) -> Parse:
    """The windows of one run put together again."""
    if len(parts) == 1:
        return parts[0]
    whole = Parse([], [], [], [], [], [], [])
    for part in parts:
        at = len(whole.heads)
        whole.heads.extend(at + head for head in part.heads)
        whole.starts.extend(at + start for start in part.starts)
        whole.names.extend((at + start, at + end, kind) for start, end, kind in part.names)
        for name in ("deprels", "tags", "morphs", "lemmas"):
            getattr(whole, name).extend(getattr(part, name))
    return whole
