"""The small parser: exact on the text it is given, whole trees, the same words again, and news's own manner."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.parser.lemmas import apply_rule, rule_of
from analysis.parser.names import KINDS, LABELS, best_names, labels_of
from analysis.parser.network import LONGEST, MODEL, Network
from analysis.parser.pieces import Pieces
from analysis.parser.pipeline import load_pipeline
from analysis.parser.trees import best_tree, lifted

MOST_BYTES = 15_000_000


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


@pytest.fixture(scope="module")
def network():
    return Network()


def test_the_model_is_small_enough_to_ship():
    """The trained pipeline with its lists and its card takes 15 MB at most."""
    assert sum(one.stat().st_size for one in MODEL.iterdir()) <= MOST_BYTES


def test_words_are_cut_into_known_pieces():
    """The longest known piece goes first, accents and case aside; a word nobody can cut is one unknown piece."""
    pieces = Pieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "kim", "##chi", "-", "un", "ki", "##m"])
    assert pieces.cut("Kímchi") == (4, 5)
    assert pieces.cut("Kim-un") == (4, 6, 7)
    assert pieces.cut("xyz") == (pieces.unknown,)
    assert pieces.cut("k" * 100) == (pieces.unknown,)


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_lemma_rule_gives_the_lemma_it_was_made_of(form, lemma):
    """Whatever form and lemma a rule is made of, it makes that lemma of that form."""
    if "|" not in lemma and not lemma.startswith("="):
        assert apply_rule(form, rule_of(form, lemma)) in (lemma, lemma.lower(), form)


squares = st.integers(1, 6).flatmap(
    lambda size: st.lists(st.lists(st.floats(-5, 5), min_size=size, max_size=size), min_size=size, max_size=size)
)


def _is_tree(heads):
    roots = [word for word, head in enumerate(heads) if word == head]

    def reaches(word):
        seen = set()
        while word not in seen:
            seen.add(word)
            word = heads[word]
        return heads[word] == word

    return len(roots) == 1 and all(reaches(word) for word in range(len(heads)))


@given(squares)
def test_every_sentence_gets_one_whole_tree(rows):
    """Whatever the scores, each word hangs on another, all on one root."""
    assert _is_tree(best_tree(np.array(rows, np.float32)))


@given(st.lists(st.lists(st.integers(-50, 50), min_size=3, max_size=3), min_size=3, max_size=3))
def test_the_tree_is_the_best_of_all(rows):
    """No tree of three words has a higher score, looked for among all of them."""
    scores = np.array(rows, np.float32)

    def total(heads):
        return sum(float(scores[word, head]) for word, head in enumerate(heads))

    every = [heads for heads in itertools.product(range(3), repeat=3) if _is_tree(heads)]
    assert total(best_tree(scores)) == pytest.approx(max(map(total, every)))


@given(squares)
def test_lifting_uncrosses_the_arcs_and_keeps_the_tree(rows):
    """After lifting, the words under any word stand together, and it is still one tree."""
    heads = lifted(best_tree(np.array(rows, np.float32)))
    assert _is_tree(heads)
    for top in range(len(heads)):
        below = [word for word in range(len(heads)) if top in _path(heads, word)]
        assert below == list(range(below[0], below[-1] + 1))


def _path(heads, word):
    path = [word]
    while heads[path[-1]] != path[-1]:
        path.append(heads[path[-1]])
    return path


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from([*KINDS, None])), min_size=1, max_size=8))
def test_names_come_back_from_their_labels(runs):
    """Names written as labels are read again as the same names."""
    names, at = [], 0
    for length, kind in runs:
        if kind:
            names.append((at, at + length, kind))
        at += length
    scores = np.full((at, len(LABELS)), -1, np.float32)
    for word, label in enumerate(labels_of(names, at)):
        scores[word, LABELS.index(label)] = 1
    assert best_names(scores) == names


@given(st.lists(st.lists(st.floats(-5, 5), min_size=len(LABELS), max_size=len(LABELS)), min_size=1, max_size=6))
def test_no_scores_make_half_a_name(rows):
    """Whatever the scores, names have a beginning and an end, and none overlaps another."""
    names = best_names(np.array(rows, np.float32))
    assert all(0 <= start < end <= len(rows) for start, end, _ in names)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(names))


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from('ab .,\n"“”’?!-—\t中é\u200b12'), max_size=200))
def test_any_text_is_parsed_to_the_character(text):
    """Whatever the text, its tokens put together are the text again, and every word has a head in its sentence."""
    doc = load_pipeline()(text)
    assert doc.text == text
    assert all(token.head.sent == token.sent for token in doc)


def test_a_line_break_ends_a_sentence(nlp):
    """A headline without a full stop does not run into the line below it."""
    doc = nlp("Minister rejects talk of shells\nThe ships left on Monday.")
    assert [sent.text.strip() for sent in doc.sents] == ["Minister rejects talk of shells", "The ships left on Monday."]


def test_a_quotation_stays_with_its_speaker(nlp):
    """A sentence does not end at the comma that closes a quotation, whatever its marks."""
    for opening, closing in (("“", "”"), ('"', '"'), ("''", "''")):
        doc = nlp(f"{opening}The ships were empty,{closing} the minister said on Monday.")
        assert len(list(doc.sents)) == 1
        (said,) = [token for token in doc if token.text == "said"]
        assert [one.text for one in said.children if one.dep_ == "nsubj"] == ["minister"]


def test_names_of_korean_news_are_persons(nlp):
    """Family name first, the given one with a hyphen or in two words: one person."""
    for name in ("Kim Myong-ho", "Ri Song Chol", "Park Jin-sup"):
        doc = nlp(f"On Friday {name} told reporters in Geneva that the talks would go on.")
        assert name in [one.text for one in doc.ents if one.label_ == "PERSON"]


def test_a_paragraph_longer_than_the_network_reads_is_parsed_whole(network):
    """Words beyond the network's window are parsed in the next one, none is lost."""
    words = ["The", "ships", "left", "the", "harbour", "before", "the", "sun", "rose", "."] * 60
    (parse,) = network.parse([words])
    assert len(words) > LONGEST
    assert len(parse.heads) == len(parse.deprels) == len(parse.tags) == len(parse.lemmas) == len(words)


class Noting:
    """A session that keeps the scores it gives."""

    def __init__(self, session):
        self._session = session
        self.scores = []

    def run(self, names, feeds):
        """The scores, as the session gives them."""
        found = self._session.run(names, feeds)
        self.scores.append(dict(zip(names, found, strict=True)))
        return found


def test_a_text_scores_the_same_in_any_company(network, monkeypatch):
    """What else is in a batch changes no score, so that no arc and no name hangs on a text's neighbours."""
    noting = Noting(network._session)
    monkeypatch.setattr(network, "_session", noting)
    plain = "Jon Abel, the mayor of Ostburg, said on Monday that it had rained for seven days ."
    shouted = "WOW !!! http://x.example 999,999,999 §§§ ÄÖÜ ?!?! so loud a text as this one is no news ."
    text, loud = plain.split(), shouted.split()
    assert network.parse([text, loud])[0] == network.parse([text])[0]
    together, alone = noting.scores
    assert together["arcs"].shape[0] == len((text, loud))
    for name in ("arcs", "name_scores"):
        size = len(text)
        ours = np.array([row[:size] for row in together[name]])
        mine = ours[:, :, :size] if name == "arcs" else ours
        wanted = alone[name][0]
        assert min(float(np.abs(row - wanted).max()) for row in mine) < 1e-3


def test_given_sentence_bounds_are_kept(network):
    """Where the caller knows where sentences start, no arc crosses from one to another."""
    words = ["the", "ships", "left", "the", "crew", "stayed"]
    (parse,) = network.parse([words], [[0, 3]])
    assert parse.starts == [0, 3]
    assert {head < 3 for head in parse.heads[:3]} == {True}
    assert {head >= 3 for head in parse.heads[3:]} == {True}


def test_nothing_to_parse_is_no_trouble(nlp):
    """An empty text and one of blanks have no words and no sentences that fail."""
    assert len(nlp("")) == 0
    assert [token.text for token in nlp(" \n ")] != []
