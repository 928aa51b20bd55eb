"""Figures while training, on the treebank's own words: documents of five sentences, bounds given and not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import jax
import numpy as np

from analysis.parser.names import best_names
from analysis.parser.trees import best_tree
from training import network
from training.examples import LENGTHS, Encoder, Labels, pad
from training.treebank import Sentence

Figures: TypeAlias = dict[str, float]
_FIVE = 5


@jax.jit
def _run(params, batch):  # noqa: ANN001, ANN202 - trees of arrays, which JAX names no type for
    return network.score(params, network.encode(params, batch))


@jax.jit
def _label(params, word, head):  # noqa: ANN001, ANN202 - as above
    return network.labels_between(params, word, head)


def groups(sentences: Sequence[Sentence], encoder: Encoder) -> list[list[Sentence]]:
    """Documents of five sentences, cut where they are longer than the network reads."""
    found = []
    for at in range(0, len(sentences), _FIVE):
        size = LENGTHS[-1]
        for one in sentences[at : at + _FIVE]:
            length = encoder.length(one)
            if length > LENGTHS[-1] - 2:
                continue
            if size + length > LENGTHS[-1] - 2:
                found.append([])
                size = 0
            found[-1].append(one)
            size += length
    return found


def evaluate(
    params: network.Params, encoder: Encoder, labels: Labels, dev: dict[str, list[Sentence]]
) -> dict[str, Figures]:
    """Percentages per part: LAS and UAS without punctuation, bounds given (`las`) and found (`own`), and so on."""
    found = {name: _trees(params, encoder, labels, dev[name]) for name in ("ewt", "gum")}
    for name in ("gum", "ewt-names"):
        found[f"{name} names"] = _names(params, encoder, dev[name])
    return found


def _scored(params: network.Params, encoder: Encoder, sentences: Sequence[Sentence]):  # noqa: ANN202
    grouped = groups(sentences, encoder)
    for at in range(0, len(grouped), 16):
        some = grouped[at : at + 16]
        batch = pad([encoder.window(group) for group in some], LENGTHS[-1], 16)
        scores = jax.tree.map(np.asarray, _run(params, batch))
        for row, group in enumerate(some):
            size = sum(len(one.words) for one in group)
            yield group, {key: value[row][:size] for key, value in scores.items()}


def _parse(params: network.Params, labels: Labels, scores: dict, bounds: list[int]) -> tuple[list[int], list[str]]:
    size = len(scores["label_word"])
    heads: list[int] = []
    for start, end in zip(bounds, [*bounds[1:], size], strict=True):
        heads += [start + head for head in best_tree(scores["arcs"][start:end, start:end])]
    between = _label(params, scores["label_word"][None], scores["label_head"][heads][None])
    return heads, [labels.deprel[number] for number in np.asarray(between)[0].argmax(-1)]


def _trees(params: network.Params, encoder: Encoder, labels: Labels, sentences: Sequence[Sentence]) -> Figures:
    count = dict.fromkeys(
        ("words", "all", "las", "uas", "own", "xpos", "morph", "lemma", "tp", "found", "gold", "las+punct"), 0
    )
    for group, scores in _scored(params, encoder, sentences):
        bounds = [sum(len(one.words) for one in group[:place]) for place in range(len(group))]
        own = [0, *(place for place in range(1, len(scores["start"])) if scores["start"][place].argmax() == 1)]
        count["tp"] += len(set(own) & set(bounds))
        count["found"] += len(own)
        count["gold"] += len(bounds)
        gold_heads = [bound + head for bound, one in zip(bounds, group, strict=True) for head in one.heads or ()]
        gold_labels = [label for one in group for label in one.deprels]
        window = encoder.window(group)
        for key in ("xpos", "morph", "lemma"):
            count[key] += int((scores[key].argmax(-1) == np.array(window[key])).sum())
        heads, rels = _parse(params, labels, scores, bounds)
        own_heads, own_rels = _parse(params, labels, scores, own)
        count["all"] += len(heads)
        for place, (head, label) in enumerate(zip(gold_heads, gold_labels, strict=True)):
            count["las+punct"] += heads[place] == head and rels[place] == label
            if label == "punct":
                continue
            count["words"] += 1
            count["uas"] += heads[place] == head
            count["las"] += heads[place] == head and rels[place] == label
            count["own"] += own_heads[place] == head and own_rels[place] == label
    found = {key: 100 * count[key] / count["words"] for key in ("las", "uas", "own")}
    found |= {key: 100 * count[key] / count["all"] for key in ("las+punct", "xpos", "morph", "lemma")}
    return found | {"bounds": 200 * count["tp"] / (count["found"] + count["gold"])}


def _names(params: network.Params, encoder: Encoder, sentences: Sequence[Sentence]) -> Figures:
    right, found, gold = ({"": 0, "PERSON": 0, "ORG": 0, "PLACE": 0} for _ in range(3))
    for group, scores in _scored(params, encoder, sentences):
        at = 0
        for one in group:
            mine = set(best_names(scores["name"][at : at + len(one.words)]))
            theirs = set(one.names or ())
            at += len(one.words)
            for kind in right:
                right[kind] += sum(name[2].startswith(kind) for name in mine & theirs)
                found[kind] += sum(name[2].startswith(kind) for name in mine)
                gold[kind] += sum(name[2].startswith(kind) for name in theirs)
    return {kind or "all": 200 * right[kind] / max(1, found[kind] + gold[kind]) for kind in right}
