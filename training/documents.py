"""Treebank sentences as spaCy documents of five, for spaCy's own training and scoring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from training.treebank import Sentence

_FIVE = 5


def documents(sentences: Sequence[Sentence], vocab: Vocab, *, size: int = _FIVE) -> Iterator[Doc]:
    """Gold documents of some sentences each; what a sentence is not annotated for is missing in its document."""
    for at in range(0, len(sentences), size):
        yield _document(sentences[at : at + size], vocab)


def _document(group: Sequence[Sentence], vocab: Vocab) -> Doc:
    words = [word for one in group for word in one.words]
    spaces = [space for one in group for space in [*one.spaces[:-1], True]]
    starts = [place == 0 for one in group for place in range(len(one.words))]
    if all(one.heads is not None for one in group):
        offsets = [sum(len(one.words) for one in group[:number]) for number in range(len(group))]
        heads = [offset + head for offset, one in zip(offsets, group, strict=True) for head in one.heads or ()]
        doc = Doc(
            vocab,
            words=words,
            spaces=spaces,
            heads=heads,
            deps=["ROOT" if rel == "root" else rel for one in group for rel in one.deprels],
            tags=[tag for one in group for tag in one.xpos],
            pos=[pos for one in group for pos in one.upos],
            morphs=[feats for one in group for feats in one.feats],
            lemmas=[lemma for one in group for lemma in one.lemmas],
        )
    else:
        doc = Doc(vocab, words=words, spaces=spaces, sent_starts=starts)
    named, missing, at = [], [], 0
    for one in group:
        end = at + len(one.words)
        if one.names is None:
            missing.append(Span(doc, at, end))
        else:
            named += [Span(doc, at + first, at + last, kind) for first, last, kind in one.names]
        at = end
    doc.set_ents(named, missing=missing)
    return doc
