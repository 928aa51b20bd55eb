"""The labelled stances are whole, and their bench counts rightly and keeps the held-out half to itself."""

from collections import Counter

import pytest
import stances
from stance_set import DAM, STANCES, f1, macro_f1, main, measure, names_of, rows

from news.topic_file import load_topic
from volteface.options import DEFAULT_TOPIC

SETS = {"set": DEFAULT_TOPIC, "dam": DAM}


def firm(one):
    """The stance wanted on the proposition that a sentence is about, or none."""
    sides = [stance for _, proposition, stance in one["labels"] if proposition == one["about"]]
    return next((side for side in sides if side in STANCES), "none")


def test_the_set_is_as_large_and_as_mixed_as_promised():
    """At least 300 sentences, 30 for each of ten propositions, each stance of each in both halves; 60 for the other."""
    counts = Counter((one["about"], one["part"], firm(one)) for one in rows("set"))
    ids = {proposition.id for proposition in load_topic(DEFAULT_TOPIC).propositions}
    assert len(ids) == 10
    assert sum(counts.values()) >= 300
    for each in ids:
        assert sum(count for (about, *_), count in counts.items() if about == each) >= 30
        assert all(counts[each, part, side] for part in ("train", "held") for side in (*STANCES, "none")), each
    assert len(rows("dam")) == 60


def test_halves_follow_the_places():
    """Within each proposition the odd places are for training, the even ones held out: nobody picked."""
    places = Counter()
    for one in rows("set"):
        places[one["about"]] += 1
        assert one["part"] == ("train" if places[one["about"]] % 2 else "held"), one["text"]


@pytest.mark.parametrize("name", SETS)
def test_labels_name_what_there_is(name):
    """Each label has a holder whose name stands in the text, a proposition of the topic and one stance."""
    ids = {proposition.id for proposition in load_topic(SETS[name]).propositions}
    for one in rows(name):
        assert one["about"] in ids
        assert len({(holder, proposition) for holder, proposition, _ in one["labels"]}) == len(one["labels"])
        for holder, proposition, stance in one["labels"]:
            assert any(each.lower() in one["text"].lower() for each in holder.split("|")), one["text"]
            assert proposition in ids
            assert stance.strip("()") in STANCES


def test_no_text_stands_twice_or_was_developed_on():
    """A text is in one half of one set alone, and is none of the development texts nor of the topics' examples."""
    known = [one["text"] for name in ("sentences", "articles", "fresh") for one in stances.load(name)]
    known += [
        example.text
        for path in SETS.values()
        for proposition in load_topic(path).propositions
        for example in proposition.examples
    ]
    texts = [one["text"] for name in SETS for one in rows(name)]
    assert len(set(texts)) == len(texts)
    assert not set(texts) & set(known)


def test_macro_f1_is_the_mean_over_the_stances():
    """A stance read of nobody's and one not read at all both lower it."""
    pairs = Counter(
        {("affirms", "affirms"): 2, ("affirms", "none"): 1, ("none", "affirms"): 1, ("denies", "denies"): 1}
    )
    assert f1(pairs, "affirms") == pytest.approx(4 / 6)
    assert f1(pairs, "doubts") == 0
    assert macro_f1(pairs) == pytest.approx((4 / 6 + 1) / 4)


def test_a_holder_goes_by_every_name_of_the_topic():
    """A capital stands for its country, an office's title for its holders."""
    dam = load_topic(DAM)
    assert "Velmora" in names_of("Harrowgate", dam).split("|")
    assert "Corvin Sable" in names_of("Tower spokesman", dam).split("|")


def test_a_title_of_several_countries_is_the_named_one():
    """A ministry that several countries have is nobody's until the label says whose."""
    topic = load_topic(DEFAULT_TOPIC)
    ministries = [entity for entity in topic.entities if any(one.id == "foreign-ministry" for one in entity.offices)]
    assert len(ministries) > 1
    assert names_of("foreign ministry", topic) == "foreign ministry"
    assert "Ministry of Foreign Affairs of China" in names_of("foreign ministry|China", topic).split("|")


def test_a_reader_that_reads_nothing_scores_nothing():
    """Every label is then missed and linked to nobody, and no text is linked in vain."""
    score = measure(rows("dam"), load_topic(DAM), lambda _: [])
    assert (macro_f1(score.tally.pairs), score.unlinked, score.bare_linked) == (0, score.labels, 0)
    assert score.labels > score.bare > 0


def test_misses_of_the_held_out_half_are_never_shown(capsys):
    """With every label missed, `--misses` prints texts of the training half only."""
    assert main(["--misses"], lambda _: lambda _: []) == 0
    told = capsys.readouterr().out
    begins = {part: [one["text"][:60] for one in rows("set") if one["part"] == part] for part in ("train", "held")}
    assert any(one in told for one in begins["train"])
    assert not any(one in told for one in [*begins["held"], *(one["text"][:60] for one in rows("dam"))])
