"""The parser beside spaCy's efficiency preset trained on the same data: quality on the treebank's dev parts, speed.

    .venv/bin/python bench/parser.py [--baseline FOLDER]

Reads ../shared/data/treebank (dev parts) and, for speed, the texts of ../shared/data/polnear's dev part. FOLDER
(default .baseline/model-last, made by `make baseline`) is spaCy's pipeline; without it only ours is measured. Both get
raw text, cut by spaCy's English tokenizer, in documents of five sentences, and are scored by spaCy's own scorer
(punctuation is left out of LAS, as spaCy does): once with the sentence bounds given, once with their own. Speed is one
process, one thread, rounds of both in turn, the median of their ratios.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from analysis.parser.network import MODEL
from analysis.parser.pipeline import load_pipeline
from training.data import TREEBANK
from training.documents import documents
from training.treebank import Sentence, read_columns, read_trees

POLNEAR = TREEBANK.parent / "polnear" / "dev.jsonl.gz"
BASELINE = Path(".baseline/model-last")
ROUNDS = 5


def examples(nlp: Language, gold: Sequence[Doc], *, given: bool) -> list[Example]:
    """Predictions beside gold documents, made from their text; with `given`, within the gold sentence bounds."""
    made = [nlp.make_doc(doc.text) for doc in gold]
    if given:
        for doc, reference in zip(made, gold, strict=True):
            starts = {sent.start_char for sent in reference.sents}
            for token in doc:
                token.is_sent_start = token.idx in starts
    return [Example(done, reference) for done, reference in zip(nlp.pipe(made), gold, strict=True)]


def share(value: float | None) -> str:
    """A share in per cent."""
    return "   –" if value is None else f"{100 * value:5.1f}"


def trees(name: str, nlp: Language, part: str, sentences: Sequence[Sentence]) -> None:
    """Prints the scores of one pipeline on one part."""
    gold = list(documents(sentences, nlp.vocab))
    rows = {}
    for given in (True, False):
        pairs = examples(nlp, gold, given=given)
        scores = Scorer.score_deps(
            pairs, "dep", getter=lambda token, _: token.dep_, ignore_labels=("punct",), head_attr="head"
        )
        rows[given] = scores["dep_las"], scores["dep_uas"]
    bounds = Scorer.score_spans(pairs, "sents", has_annotation=lambda doc: doc.has_annotation("SENT_START"))["sents_f"]
    tags = Scorer.score_token_attr(pairs, "tag")["tag_acc"]
    morph = Scorer.score_token_attr(pairs, "morph", getter=lambda token, _: str(token.morph))["morph_acc"]
    lemma = Scorer.score_token_attr(pairs, "lemma", getter=lambda token, _: token.lemma_)["lemma_acc"]
    words = sum(map(len, gold))
    print(
        f"{name:<10} {part:<5} {share(rows[True][0])} {share(rows[True][1])} {share(rows[False][0])} {share(bounds)}"
        f" {share(tags)} {share(morph)} {share(lemma)}   {len(sentences):,} sentences, {words:,} words"
    )


def names(name: str, nlp: Language, part: str, sentences: Sequence[Sentence]) -> None:
    """Prints the names' scores of one pipeline on one part."""
    pairs = examples(nlp, list(documents(sentences, nlp.vocab)), given=False)
    found = Scorer.score_spans(pairs, "ents", allow_overlap=False)
    kinds = found["ents_per_type"]
    each = "  ".join(f"{kind} {share(kinds.get(kind, {}).get('f'))}" for kind in ("PERSON", "ORG", "PLACE"))
    count = sum(len(one.names or ()) for one in sentences)
    print(
        f"{name:<10} {part:<5} F1 {share(found['ents_f'])} (precision {share(found['ents_p'])}, recall"
        f" {share(found['ents_r'])})  {each}   {count:,} names"
    )


def speed(pipelines: dict[str, Language]) -> None:
    """Prints words a second of each, and the ratio, on the same texts in turn."""
    if not POLNEAR.is_file():
        print(f"{POLNEAR} is not here: speed not measured.")
        return
    with gzip.open(POLNEAR, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    seconds: dict[str, list[float]] = {name: [] for name in pipelines}
    words = {}
    for _ in range(ROUNDS):
        for name, nlp in pipelines.items():
            began = time.perf_counter()
            words[name] = sum(len(doc) for doc in nlp.pipe(texts))
            seconds[name].append(time.perf_counter() - began)
    for name, each in seconds.items():
        rate = words[name] / statistics.median(each)
        print(f"{name:<10} {rate:8,.0f} words a second, {len(texts)} documents, median of {ROUNDS}")
    if len(seconds) > 1:
        ours, theirs = seconds.values()
        ratios = [b / a for a, b in zip(ours, theirs, strict=True)]
        print(f"ours is {statistics.median(ratios):.2f} times as fast ({min(ratios):.2f} to {max(ratios):.2f})")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--baseline", type=Path, default=BASELINE)
    given = parser.parse_args()
    if not TREEBANK.is_dir():
        print(f"{TREEBANK} is not here: nothing measured.")
        return 0
    size = sum(one.stat().st_size for one in MODEL.iterdir())
    print(f"ours: {size / 1e6:.1f} MB")
    pipelines = {"ours": load_pipeline(closed=False)}
    if given.baseline.is_dir():
        pipelines["efficiency"] = spacy.load(given.baseline)
    else:
        print(f"{given.baseline} is not here (make baseline): only ours is measured.")
    parts = {
        "EWT": read_trees(TREEBANK / "ewt-dev.conllu.gz"),
        "GUM": read_trees(TREEBANK / "gum-dev.conllu.gz", mentions=True),
    }
    parts["both"] = parts["EWT"] + parts["GUM"]
    print("                  bounds given   own bounds\n                 LAS   UAS   LAS  bounds tags morph lemma")
    for part, sentences in parts.items():
        for name, nlp in pipelines.items():
            trees(name, nlp, part, sentences)
    named = {"EWT": read_columns(TREEBANK / "ewt-dev-names.iob2.gz"), "GUM": parts["GUM"]}
    for part, sentences in named.items():
        for name, nlp in pipelines.items():
            names(name, nlp, part, sentences)
    speed(pipelines)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
