"""Whom a name means: spelling, and before it the analyst's word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.mark import Word
from news.namesakes import NameMark, Naming, find_name, lend_voices, settle

OREN, ORIN, ORINE = "Mira Oren", "Miriam Orinsky", "Miriam Orinski"  # the last two are spellings of one name
DALE = "Dale"
NAMES = [OREN, ORIN, ORINE, DALE, "Abe Ash"]


def same(name, other):
    return NameMark(name, Word.SAME_AS, other)


def apart(name, other):
    return NameMark(name, Word.APART_FROM, other)


def settled(*marks, marked=(), names=NAMES):
    """Whom each name means, the word apart added where it stands apart."""
    found = settle(marks, marked, names)
    return {name: (one.holder, "apart") if one.apart else one.holder for name, one in found.items()}


def test_what_no_mark_touches_is_left_to_its_spelling():
    """Without a mark nothing is said of any name; a mark says nothing of names that are unlike both."""
    assert settled() == {}
    assert settled(same(OREN, DALE)) == {OREN: DALE, DALE: DALE}


def test_a_joined_name_brings_its_other_spellings():
    """Whoever is spelled like a joined name is joined with it, though no mark names that spelling."""
    assert settled(same(ORIN, OREN)) == {OREN: OREN, ORIN: OREN, ORINE: OREN}


def test_joins_go_on_from_one_to_the_next():
    """With A is B, B is C, all are C, in whatever order it was said; who is joined to A later is C too."""
    for marks in ((same(OREN, ORIN), same(ORIN, DALE)), (same(ORIN, DALE), same(OREN, ORIN))):
        assert settled(*marks) == dict.fromkeys([OREN, ORIN, ORINE, DALE], DALE)
    assert settled(same(OREN, DALE), same("Abe Ash", OREN))["Abe Ash"] == DALE


def test_who_is_parted_stands_apart_from_his_spelling():
    """Of two spellings that met, the one set apart stands alone; other spellings stay with the second."""
    names = [*NAMES, "Miriam Orinskiy"]
    found = settled(apart(ORINE, ORIN), names=names)
    assert found == {ORIN: ORIN, "Miriam Orinskiy": ORIN, ORINE: (ORINE, "apart")}


def test_who_is_parted_can_be_joined_elsewhere():
    """Set apart from one spelled alike and joined to another: he goes by the other's name."""
    found = settled(apart(ORINE, ORIN), same(ORINE, DALE))
    assert found == {ORIN: ORIN, ORINE: DALE, DALE: DALE}
    # The other way round, the one who stands for both is set apart from those spelled like him.
    found = settled(apart(ORINE, ORIN), same(DALE, ORINE))
    assert found == {ORIN: ORIN, ORINE: (ORINE, "apart"), DALE: (ORINE, "apart")}


def test_the_newest_word_wins():
    """What is parted after it was joined is apart, along a chain too; what is joined after it was parted is one."""
    assert settled(same(OREN, DALE), same(DALE, "Abe Ash"), apart(OREN, "Abe Ash")) == {
        OREN: OREN,
        DALE: "Abe Ash",
        "Abe Ash": "Abe Ash",
    }
    assert settled(apart(OREN, DALE), same(OREN, DALE)) == {OREN: DALE, DALE: DALE}
    assert settled(apart(ORINE, ORIN), same(ORINE, ORIN)) == {ORIN: ORIN, ORINE: ORIN}


def test_after_an_undone_mark_the_first_spelling_stands_for_all():
    """Names that were marked once and are not now mean whom their spelling says, by the name that was read first."""
    assert settled(marked=[ORINE, OREN]) == {OREN: OREN, ORIN: ORIN, ORINE: ORIN}


def test_a_joined_name_speaks_for_whom_its_holder_speaks():
    """A name never read as anybody's voice takes the one actor of its holder; one with an actor of its own keeps it."""
    joined = settle([same(OREN, DALE), same(ORIN, DALE)], [], NAMES)
    lent = lend_voices(joined, {DALE: {"uplands": 2}, ORINE: {"uplands": 3}})
    assert lent[OREN] == lent[ORIN] == Naming(DALE, actor="uplands", rank=2)
    assert lent[DALE] == lent[ORINE] == Naming(DALE)
    assert lend_voices(joined, {DALE: {"uplands": 2, "lowlands": 1}}) == joined
    assert lend_voices(joined, {}) == joined


MARKS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from([Word.SAME_AS, Word.APART_FROM]), st.sampled_from(NAMES))
    .filter(lambda mark: mark[0] != mark[2])
    .map(lambda mark: NameMark(*mark)),
    max_size=8,
)


@given(MARKS)
def test_the_last_word_always_holds(marks):
    """Whatever was said before: the two of the last mark are one, or are not; each holder goes by a name of his own."""
    found = settle(marks, [], NAMES)
    if marks:
        one, other = (found[name] for name in (marks[-1].name, marks[-1].other))
        assert (one == other) == (marks[-1].word is Word.SAME_AS)
    assert all(found[naming.holder] == naming for naming in found.values())


def test_a_name_is_meant_as_it_stands_or_as_it_is_shown():
    """Capitals, blanks and what a terminal does not show make no difference, while only one name can be meant."""
    assert find_name("mira  oren", NAMES) == (OREN, [])
    assert find_name("Mira Oren", ["Mira \x1b\u202eOren"]) == ("Mira \x1b\u202eOren", [])
    assert find_name("Mira Oren", ["MIRA OREN", "Mira Oren"]) == ("Mira Oren", [])
    assert find_name("mira oren", ["MIRA OREN", "Mira Oren"]) == (None, ["MIRA OREN", "Mira Oren"])


@pytest.mark.parametrize(("given", "near"), [("Orin", ORIN), ("Mirra Oren", OREN), ("Miriam Orinskiy", ORIN)])
def test_an_unknown_name_is_told_what_is_near(given, near):
    """Part of a name, a slip of the hand, another spelling: the likeliest names come back, none is taken for it."""
    name, candidates = find_name(given, NAMES)
    assert name is None
    assert near in candidates


def test_nothing_is_near_a_name_that_is_nothing():
    """No candidates for what is like no name."""
    assert find_name("qqqq", NAMES) == (None, [])
    assert find_name("", NAMES) == (None, [])
