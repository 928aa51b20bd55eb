"""Trains spaCy's efficiency preset on the same data: `python -m training.baseline OUT [--steps N]`."""

from __future__ import annotations

import argparse
from pathlib import Path

import spacy
from spacy.cli.init_config import init_config
from spacy.cli.train import train
from spacy.tokens import DocBin

from training.data import TREEBANK, training_sentences
from training.documents import documents
from training.treebank import read_columns, read_trees

PIPES = ["tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner"]


def main() -> None:
    """Writes the data and the configuration into the folder and trains there."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=4000)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    vocab = spacy.blank("en").vocab
    dev = read_trees(TREEBANK / "ewt-dev.conllu.gz") + read_trees(TREEBANK / "gum-dev.conllu.gz", mentions=True)
    DocBin(docs=documents(training_sentences(), vocab), store_user_data=False).to_disk(args.out / "train.spacy")
    named = read_columns(TREEBANK / "ewt-dev-names.iob2.gz")
    DocBin(docs=[*documents(dev, vocab), *documents(named, vocab)]).to_disk(args.out / "dev.spacy")
    init_config(lang="en", pipeline=PIPES, optimize="efficiency").to_disk(args.out / "config.cfg")
    train(
        args.out / "config.cfg",
        args.out,
        overrides={
            "paths.train": str(args.out / "train.spacy"),
            "paths.dev": str(args.out / "dev.spacy"),
            "training.max_steps": args.steps,
            "training.eval_frequency": 500,
        },
    )


if __name__ == "__main__":
    main()
