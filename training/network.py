"""The network in JAX: the lower layers of MiniLM over word pieces, and heads over words.

Heads: biaffine arcs and labels (Dozat and Manning 2017), and linear ones for tags, morphology, lemma rules, names and
sentence starts. The lower layers are those of MiniLM-L6-H384-uncased (Wang et al. 2020), tuned further here.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

WIDTH, HEADS, HIDDEN = 384, 12, 1536
ARC, LABEL = 256, 96
Params = dict[str, Any]


def start(
    weights: dict[str, np.ndarray], rows: list[int], sizes: dict[str, int], *, layers: int, rank: int, seed: int
) -> Params:
    """The parameters before training: `rows` are the kept pieces' rows, `rank` the width of their factored table."""
    rng = np.random.default_rng(seed)

    def dense(inner: int, outer: int) -> dict[str, np.ndarray]:
        bound = (6 / (inner + outer)) ** 0.5
        return {"w": rng.uniform(-bound, bound, (inner, outer)).astype(np.float32), "b": np.zeros(outer, np.float32)}

    table = weights["embeddings.word_embeddings.weight"].astype(np.float32)[rows]
    mean = table.mean(0)
    left, values, right = np.linalg.svd(table - mean, full_matrices=False)
    scale = np.sqrt(values[:rank])
    places = (
        weights["embeddings.position_embeddings.weight"][:256] + weights["embeddings.token_type_embeddings.weight"][0]
    )

    def norm(name: str) -> dict[str, np.ndarray]:
        return {"g": weights[f"{name}.weight"], "b": weights[f"{name}.bias"]}

    def linear(name: str) -> dict[str, np.ndarray]:
        return {"w": weights[f"{name}.weight"].T, "b": weights[f"{name}.bias"]}

    stack = []
    for number in range(layers):
        at = f"encoder.layer.{number}"
        parts = [linear(f"{at}.attention.self.{one}") for one in ("query", "key", "value")]
        stack.append(
            {
                "qkv": {key: np.concatenate([part[key] for part in parts], -1) for key in ("w", "b")},
                "out": linear(f"{at}.attention.output.dense"),
                "norm1": norm(f"{at}.attention.output.LayerNorm"),
                "up": linear(f"{at}.intermediate.dense"),
                "down": linear(f"{at}.output.dense"),
                "norm2": norm(f"{at}.output.LayerNorm"),
            }
        )
    return jax.tree.map(
        jnp.asarray,
        {
            "table": left[:, :rank] * scale,
            "spread": {"w": scale[:, None] * right[:rank], "b": mean},
            "places": places,
            "letters": np.zeros((sizes["letters"], WIDTH), np.float32),
            "norm": norm("embeddings.LayerNorm"),
            "layers": stack,
            "arc_word": dense(WIDTH, ARC),
            "arc_head": dense(WIDTH, ARC),
            "arc": rng.normal(0, 0.02, (ARC, ARC)).astype(np.float32),
            "arc_bias": np.zeros(ARC, np.float32),
            "label_word": dense(WIDTH, LABEL),
            "label_head": dense(WIDTH, LABEL),
            "label": rng.normal(0, 0.05, (LABEL + 1, sizes["deprel"], LABEL + 1)).astype(np.float32),
            "tags": {name: dense(WIDTH, size) for name, size in sizes.items() if name not in ("deprel", "letters")},
        },
    )


def _norm(x: jnp.ndarray, p: Params) -> jnp.ndarray:
    mean = x.mean(-1, keepdims=True)
    spread = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(spread + 1e-12) * p["g"] + p["b"]


def _dense(x: jnp.ndarray, p: Params) -> jnp.ndarray:
    return x @ p["w"] + p["b"]


def _drop(x: jnp.ndarray, rate: float, key: Any) -> jnp.ndarray:
    if key is None:
        return x
    kept = jax.random.bernoulli(key, 1 - rate, x.shape)
    return jnp.where(kept, x / (1 - rate), 0)


def encode(p: Params, batch: dict[str, jnp.ndarray], key: Any = None, rate: float = 0.1) -> jnp.ndarray:
    """Words' vectors, `[batch, word, WIDTH]`: the sum of the vectors of a word's first and last piece."""
    keys = iter(jax.random.split(key, 2 + 3 * len(p["layers"]))) if key is not None else iter([None] * 99)
    x = (
        _dense(p["table"][batch["pieces"]], p["spread"])
        + p["places"][: batch["pieces"].shape[1]]
        + p["letters"][batch["letters"]]
    )
    x = _drop(_norm(x, p["norm"]), rate, next(keys))
    size, length, _ = x.shape
    mask = jnp.where(batch["pieces"] == 0, -1e9, 0.0)[:, None, None, :]
    for layer in p["layers"]:
        q, k, v = jnp.moveaxis(_dense(x, layer["qkv"]).reshape(size, length, 3, HEADS, WIDTH // HEADS), (2, 3), (0, 2))
        weights = jax.nn.softmax(q @ jnp.swapaxes(k, -1, -2) / (WIDTH // HEADS) ** 0.5 + mask)
        weights = _drop(weights, rate, next(keys))
        mixed = jnp.swapaxes(weights @ v, 1, 2).reshape(size, length, WIDTH)
        x = _norm(x + _drop(_dense(mixed, layer["out"]), rate, next(keys)), layer["norm1"])
        inner = jax.nn.gelu(_dense(x, layer["up"]), approximate=False)
        x = _norm(x + _drop(_dense(inner, layer["down"]), rate, next(keys)), layer["norm2"])
    first = jnp.take_along_axis(x, batch["first"][..., None], 1)
    last = jnp.take_along_axis(x, batch["last"][..., None], 1)
    return first + last


def score(p: Params, words: jnp.ndarray, key: Any = None, rate: float = 0.3) -> dict[str, jnp.ndarray]:
    """All heads' scores over words' vectors; labels come as the two sides' vectors, for `label` to be put between."""
    keys = jax.random.split(key, 5) if key is not None else [None] * 5
    arc_word = _drop(jax.nn.gelu(_dense(words, p["arc_word"]), approximate=False), rate, keys[0])
    arc_head = _drop(jax.nn.gelu(_dense(words, p["arc_head"]), approximate=False), rate, keys[1])
    found = {
        "arcs": arc_word @ p["arc"] @ jnp.swapaxes(arc_head, -1, -2) + (arc_head @ p["arc_bias"])[:, None, :],
        "label_word": _drop(jax.nn.gelu(_dense(words, p["label_word"]), approximate=False), rate, keys[2]),
        "label_head": _drop(jax.nn.gelu(_dense(words, p["label_head"]), approximate=False), rate, keys[3]),
    }
    inner = _drop(words, rate, keys[4])
    return found | {name: _dense(inner, one) for name, one in p["tags"].items()}


def _picked(logits: jnp.ndarray, gold: jnp.ndarray) -> jnp.ndarray:
    """Mean cross entropy over what is annotated (gold of 0 or more)."""
    known = gold >= 0
    lost = -jnp.take_along_axis(jax.nn.log_softmax(logits), jnp.maximum(gold, 0)[..., None], -1)[..., 0]
    return jnp.where(known, lost, 0).sum() / jnp.maximum(known.sum(), 1)


def labels_between(p: Params, word: jnp.ndarray, head: jnp.ndarray) -> jnp.ndarray:
    """Scores of every label, `[batch, word, label]`, of words' sides and their heads' sides."""
    word, head = (jnp.pad(one, ((0, 0), (0, 0), (0, 1)), constant_values=1) for one in (word, head))
    size, length, width = word.shape
    return jnp.einsum("bwlj,bwj->bwl", (word @ p["label"].reshape(width, -1)).reshape(size, length, -1, width), head)


def loss(p: Params, batch: dict[str, jnp.ndarray], key: Any) -> jnp.ndarray:
    """The sum of the heads' losses on one batch."""
    one, two = jax.random.split(key)
    found = score(p, encode(p, batch, one), two)
    inside = (batch["sentence"][:, :, None] == batch["sentence"][:, None, :]) & (batch["sentence"][:, :, None] >= 0)
    arcs = jnp.where(inside, found["arcs"], -1e9)
    total = _picked(arcs, batch["head"])
    head = jnp.take_along_axis(found["label_head"], jnp.maximum(batch["head"], 0)[..., None], 1)
    total += _picked(labels_between(p, found["label_word"], head), batch["deprel"])
    weights = {"name": 1.0, "start": 0.5, "lemma": 0.5, "xpos": 0.5, "morph": 0.5}
    return total + sum(weights[name] * _picked(found[name], batch[name]) for name in p["tags"])
