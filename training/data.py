"""What the parser is trained on: the treebanks' training parts, with the names that are annotated there."""

from __future__ import annotations

from pathlib import Path

from training.treebank import Sentence, read_columns, read_trees

TREEBANK = Path(__file__).parents[2] / "shared" / "data" / "treebank"


def training_sentences() -> list[Sentence]:
    """EWT (trees), GUM (trees and names), WikiGold (names)."""
    return [
        *read_trees(TREEBANK / "ewt-train.conllu.gz"),
        *read_trees(TREEBANK / "gum-train.conllu.gz", mentions=True),
        *read_columns(TREEBANK / "wikigold-names.conllu.gz"),
    ]
