from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.comparison import compare
from analysis.drafts import BACKGROUND
from analysis.novelty import tell_claims
from analysis.positions import derive
from analysis.shifts import shift_kind
from news.claim import Figure, HolderKind, Novelty
from news.finding import FindingKind
from news.topic import Stance

NOW = datetime(2031, 6, 1, tzinfo=UTC)
GRIM, TARROW, HALE = "Pelle Grim", "Orm Tarrow", "Sten Hale"


def kinds(derived, kind, *, holder=False):
    return [one for one in derived.findings if one.kind is kind and (one.holder is not None) == holder]


def stance_of(derived, actor="norland", holder=None):
    return next(one.stance for one in derived.positions if one.actor == actor and one.holder == holder)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("affirms", "neutral", "retreat"),
        ("affirms", "doubts", "reversal"),
        ("affirms", "denies", "reversal"),
        ("neutral", "affirms", "commitment"),
        ("neutral", "denies", "commitment"),
        ("doubts", "affirms", "reversal"),
        ("doubts", "neutral", "softening"),
        ("doubts", "denies", "hardening"),
        ("denies", "affirms", "reversal"),
        ("denies", "neutral", "concession"),
        ("denies", "doubts", "concession"),
        ("denies", "denies", None),
    ],
)
def test_every_shift_has_its_name(before, after, kind):
    """The twelve moves bear the names of the design's table; standing still is none."""
    assert shift_kind(Stance(before), Stance(after)) == kind


def test_a_higher_word_moves_the_actor(topic, said):
    """The spokesman denied, the king does not deny: a concession of the actor, with both sentences."""
    derived = derive([said(GRIM, "denies", "2031-05-01"), said(TARROW, "neutral", "2031-05-15", rank=1)], topic, NOW)
    (shift,) = kinds(derived, FindingKind.SHIFT)
    assert (shift.detail["kind"], shift.detail["from"], shift.detail["to"]) == ("concession", "denies", "neutral")
    assert shift.detail["before"]["on"] == "2031-05-01"
    assert shift.after[0].holder == TARROW
    assert "Norland moves from denying to not taking a side on" in shift.sentence
    assert stance_of(derived) == "neutral"


def test_a_lower_word_moves_nobody_above(topic, said):
    """A clerk's contrary word leaves the king's position standing, and is the clerk's own position."""
    derived = derive(
        [said(TARROW, "denies", "2031-05-01", rank=1), said("A clerk", "affirms", "2031-05-20", rank=4)], topic, NOW
    )
    assert kinds(derived, FindingKind.SHIFT) == []
    assert (stance_of(derived), stance_of(derived, holder="A clerk")) == ("denies", "affirms")


def test_two_voices_are_a_divergence(topic, said):
    """Equal ranks opposed within a fortnight are reported as that; the actor does not move."""
    derived = derive([said(GRIM, "denies", "2031-05-01"), said(HALE, "affirms", "2031-05-10")], topic, NOW)
    assert len(kinds(derived, FindingKind.DIVERGENCE)) == 1
    assert kinds(derived, FindingKind.SHIFT) == []
    assert stance_of(derived) == "denies"


def test_a_quarrel_within_is_told_once(topic, said):
    """Two voices that go on contradicting each other are one divergence."""
    ledger = [
        said(GRIM, "denies", "2031-05-01"),
        said(HALE, "affirms", "2031-05-05"),
        said(GRIM, "denies", "2031-05-06", words="still no"),
        said(HALE, "affirms", "2031-05-08", words="still yes"),
    ]
    assert len(kinds(derive(ledger, topic, NOW), FindingKind.DIVERGENCE)) == 1


def test_what_has_been_denied_is_no_new_denial(topic, said):
    """“Has denied it”, told after the denial had ended, takes nobody back to it; a new stance in those words counts."""
    words = "Norland has denied it"
    ledger = [said("Norland", "denies", "2031-04-01"), said("Norland", "neutral", "2031-05-01")]
    old = said("Norland", "denies", "2031-05-10", words=words)
    old = replace(old, claim=replace(old.claim, cue=((8, 18),)))
    assert stance_of(derive([*ledger, old], topic, NOW)) == "neutral"
    fresh = said("Norland", "affirms", "2031-05-10", words="Norland has admitted it")
    fresh = replace(fresh, claim=replace(fresh.claim, cue=((8, 20),)))
    assert stance_of(derive([*ledger, fresh], topic, NOW)) == "affirms"


def test_nobody_in_particular_changes_no_mind(topic, said):
    """Officials without a name are not one holder who moved; their country's position does move."""
    ledger = [
        said("Norlandic officials", stance, day, rank=4)
        for stance, day in [("denies", "2031-04-01"), ("affirms", "2031-05-01")]
    ]
    derived = derive(ledger, topic, NOW)
    assert kinds(derived, FindingKind.SHIFT, holder=True) == []
    assert len(kinds(derived, FindingKind.SHIFT)) == 1


def test_a_new_formula_is_told_in_a_sentence(topic, said):
    """The same stance in quite other words is a line change, and names the proposition."""
    ledger = [
        said(GRIM, "denies", "2031-04-01", quoted=True, words="nothing whatever leaves our harbours"),
        said(GRIM, "denies", "2031-05-01", quoted=True, words="these tales come from envious neighbours"),
    ]
    (line,) = kinds(derive(ledger, topic, NOW), FindingKind.LINE_CHANGE, holder=True)
    assert line.sentence == "Pelle Grim (Norland) is still denying “Norland ships saltpetre to Sudria”, in new words."


def test_later_than_a_fortnight_the_later_word_counts(topic, said):
    """The same two a month apart are a reversal."""
    derived = derive([said(GRIM, "denies", "2031-04-01"), said(HALE, "affirms", "2031-05-10")], topic, NOW)
    assert [one.detail["kind"] for one in kinds(derived, FindingKind.SHIFT)] == ["reversal"]


def test_what_cannot_be_dated_moves_nobody(topic, said):
    """Claims of unknown day, told of an earlier time, copied or made in passing carry no position."""
    first = said(GRIM, "denies", "2031-05-01")
    idle = [
        said(GRIM, "affirms", None),
        said(GRIM, "affirms", "2031-05-03", is_copy=True),
        said(GRIM, "affirms", "2031-05-04", score=0.4),
        said("The Wire", "affirms", "2031-05-05", actor=None, holder_kind=HolderKind.OUTLET),
    ]
    looking_back = said(GRIM, "affirms", None, rule="said-before:say" + BACKGROUND, words="earlier", on=NOW.date())
    derived = derive([first, *idle, looking_back], topic, NOW)
    assert kinds(derived, FindingKind.SHIFT) == kinds(derived, FindingKind.SHIFT, holder=True) == []


def test_an_old_quotation_printed_again_is_no_news(topic, said):
    """The same words seen again after a change of mind do not undo the change."""
    first = said(GRIM, "denies", "2031-04-01", words="no ships at all have left the port")
    second = said(GRIM, "affirms", "2031-05-01")
    again = said(
        GRIM, "denies", "2031-05-10", words="no ships at all have left the port ", repeat_of=first.claim.claim_id
    )
    again = replace(again, claim=replace(again.claim, content_key=first.claim.content_key))
    derived = derive([first, second, again], topic, NOW)
    assert stance_of(derived) == "affirms"


def test_analysts_are_told_of_when_they_reverse(topic, said):
    """Who speaks for nobody has a position; only its reversal is a finding."""
    said_by = [
        said("Jon Abel", stance, day, actor=None, rank=None)
        for stance, day in [("doubts", "2031-04-01"), ("affirms", "2031-04-20")]
    ]
    assert kinds(derive(said_by, topic, NOW), FindingKind.SHIFT, holder=True) == []
    turned = said("Jon Abel", "denies", "2031-05-20", actor=None, rank=None)
    assert len(kinds(derive([*said_by, turned], topic, NOW), FindingKind.SHIFT, holder=True)) == 1


@pytest.mark.parametrize("why", ["refers:declined", "declined-to-comment", "did-not-say"])
def test_silence_moves_nobody(topic, said, why):
    """Who denied and later will not comment has not changed their mind; who answers and takes no side has."""
    denial = said(GRIM, "denies", "2031-05-01")
    silent = said(GRIM, "neutral", "2031-05-20", why=why)
    assert kinds(derive([denial, silent], topic, NOW), FindingKind.SHIFT) == []
    answer = said(GRIM, "neutral", "2031-05-20", why="did-not-deny")
    assert len(kinds(derive([denial, answer], topic, NOW), FindingKind.SHIFT, holder=True)) == 1


def test_one_stray_sentence_flips_a_position_once(topic, said):
    """Back within a week on no more than the move rested on: no second shift; told again by more origins, it is one."""
    ledger = [
        said(GRIM, "denies", "2031-05-01"),
        said(GRIM, "affirms", "2031-05-10"),
        said(GRIM, "denies", "2031-05-12"),
    ]
    derived = derive(ledger, topic, NOW)
    assert [one.detail["to"] for one in kinds(derived, FindingKind.SHIFT, holder=True)] == ["affirms"]
    assert [one.detail["to"] for one in kinds(derived, FindingKind.SHIFT)] == ["affirms"]
    assert stance_of(derived) == stance_of(derived, holder=GRIM) == "denies"
    second = said(GRIM, "denies", "2031-05-12", words="denied to another", origin="herald", credited="herald")
    told = derive([*ledger, second], topic, NOW)
    assert [one.detail["to"] for one in kinds(told, FindingKind.SHIFT)] == ["affirms", "denies"]
    later = derive([*ledger[:2], said(GRIM, "denies", "2031-05-20")], topic, NOW)
    assert [one.detail["to"] for one in kinds(later, FindingKind.SHIFT)] == ["affirms", "denies"]


def test_a_late_page_makes_no_shift_in_the_past_look_new(topic, said):
    """What was said before something known already, and what follows from it, is a baseline; hours do not count."""
    known = [said(GRIM, "denies", "2031-05-01"), said(GRIM, "neutral", "2031-05-18")]
    late = said(GRIM, "affirms", "2031-05-12", seen=datetime(2031, 5, 20, tzinfo=UTC))
    shifts = kinds(derive([*known, late], topic, NOW), FindingKind.SHIFT, holder=True)
    assert [(one.detail["to"], one.baseline) for one in shifts] == [("affirms", True), ("neutral", True)]
    (shift,) = kinds(derive(known, topic, NOW), FindingKind.SHIFT, holder=True)
    assert not shift.baseline
    hours = said(GRIM, "denies", "2031-05-17", seen=datetime(2031, 5, 18, 8, tzinfo=UTC))
    (shift,) = kinds(derive([hours, known[1]], topic, NOW), FindingKind.SHIFT, holder=True)
    assert not shift.baseline


def test_who_follows_the_line_has_not_changed_his_mind(topic, said):
    """A deputy who takes over what the king has said is told of no more; one who goes first, or a minister, is."""
    king = said(TARROW, "affirms", "2031-05-10", rank=1)
    before = said("A. Deputy", "denies", "2031-05-01", rank=3)
    after = said("A. Deputy", "affirms", "2031-05-12", rank=3)
    assert kinds(derive([before, king, after], topic, NOW), FindingKind.SHIFT, holder=True) == []
    first = said("A. Deputy", "affirms", "2031-05-08", rank=3)
    assert len(kinds(derive([before, first, king], topic, NOW), FindingKind.SHIFT, holder=True)) == 1
    minister = [said(HALE, "denies", "2031-05-01"), king, said(HALE, "affirms", "2031-05-12")]
    assert [one.holder for one in kinds(derive(minister, topic, NOW), FindingKind.SHIFT, holder=True)] == [HALE]


def test_a_shaky_stance_moves_nobody(topic, said):
    """A stance read with too little certainty is a claim, and no position."""
    ledger = [said(GRIM, "denies", "2031-05-01"), said(GRIM, "affirms", "2031-05-20", score=0.55)]
    assert kinds(derive(ledger, topic, NOW), FindingKind.SHIFT) == []


def test_what_is_written_down_late_is_history(topic, said):
    """A claim seen in its time but written down years later, as an archive's, is a baseline."""
    late = NOW + timedelta(days=900)
    ledger = [
        said(GRIM, "denies", "2031-05-01", recorded_at=late),
        said(GRIM, "affirms", "2031-05-20", recorded_at=late),
    ]
    derived = derive(ledger, topic, late)
    assert derived.findings
    assert all(one.baseline for one in derived.findings)


def test_history_is_read_silently(topic, said):
    """What was said more than a fortnight before it was seen is a baseline."""
    late = NOW + timedelta(days=90)
    derived = derive(
        [said(GRIM, "denies", "2031-05-01", seen=late), said(GRIM, "affirms", "2031-05-20", seen=late)], topic, late
    )
    assert derived.findings
    assert all(one.baseline for one in derived.findings)


def test_two_actors_at_odds_are_a_dispute(topic, said):
    """One dispute for as long as the two stand against each other, however often they say so."""
    ledger = [
        said(GRIM, "denies", "2031-05-01"),
        said("Ines Calvo", "affirms", "2031-05-03", actor="sudria", rank=1),
        said(GRIM, "denies", "2031-05-09", words="still not"),
    ]
    (dispute,) = kinds(derive(ledger, topic, NOW), FindingKind.DISPUTE)
    assert dispute.detail["between"] == ["norland", "sudria"]
    assert dispute.detail["since"] == "2031-05-03"


def test_an_offices_word_is_at_odds_though_it_moves_nobody(topic, said):
    """An ambassador denying what another country says is a dispute, in either order, once; an unnamed clerk is not."""
    king = said(TARROW, "affirms", "2031-04-01", rank=1)
    envoy = said("Ada Quill", "denies", "2031-05-10", rank=3)
    ostia = said("Ostia", "affirms", "2031-05-12", actor="ostia")
    again = said("Ada Quill", "denies", "2031-05-14", rank=3, words="no again")
    (dispute,) = kinds(derive([king, envoy, ostia, again], topic, NOW), FindingKind.DISPUTE)
    assert dispute.detail["between"] == ["norland", "ostia"]
    early = replace(ostia, on=envoy.on.replace(month=4))
    assert len(kinds(derive([king, early, envoy], topic, NOW), FindingKind.DISPUTE)) == 1
    clerk = said("an official", "denies", "2031-05-10", rank=4)
    assert kinds(derive([king, clerk, ostia], topic, NOW), FindingKind.DISPUTE) == []


def test_a_moving_figure_is_told(topic, said):
    """A number that moves by a tenth or more is a finding with its whole series."""
    ledger = [
        said("Ines Calvo", "affirms", "2031-05-01", actor="sudria", figures=(Figure("tons", 1500),)),
        said("Ines Calvo", "affirms", "2031-05-02", actor="sudria", figures=(Figure("tons", 1510),)),
        said("Ines Calvo", "affirms", "2031-05-08", actor="sudria", figures=(Figure("tons", 10000, high=10000),)),
    ]
    (figure,) = kinds(derive(ledger, topic, NOW), FindingKind.FIGURE, holder=True)
    assert [one["value"] for one in figure.detail["values"]] == [1500, 10000]
    assert "from 1,500 (Ines Calvo, Sudria, 1 May 2031) to as many as 10,000 (" in figure.sentence


def test_one_thing_by_several_names_and_mouths_is_one_line(topic, said):
    """Soldiers and troops are one series, the fallen another; another's lower guess is no move."""
    ledger = [
        said("Ines Calvo", "affirms", "2031-05-01", actor="sudria", figures=(Figure("soldiers", 1500),)),
        said("Jon Abel", "affirms", "2031-05-03", actor=None, figures=(Figure("troops", 3000, 3000),)),
        said("Mira Ode", "affirms", "2031-05-04", actor=None, figures=(Figure("men", 2000),)),
        said(
            "Jon Abel",
            "affirms",
            "2031-05-05",
            actor=None,
            words="400 soldiers were killed or wounded",
            figures=(Figure("soldiers", 400, fate="killed or wounded"),),
        ),
    ]
    (figure,) = kinds(derive(ledger, topic, NOW), FindingKind.FIGURE, holder=True)
    assert figure.detail["line"] == "saltpetre/troops"
    assert [(one["value"], one["holder"]) for one in figure.detail["values"]] == [
        (1500, "Ines Calvo"),
        (3000, "Jon Abel"),
        (2000, "Mira Ode"),
    ]
    assert [one["value"] for one in figure.detail["steps"]] == [1500, 3000]
    more = [
        *ledger,
        said(
            "Ines Calvo",
            "affirms",
            "2031-05-09",
            words="900 troops killed or wounded",
            figures=(Figure("troops", 900, fate="killed or wounded"),),
        ),
    ]
    lines = [one.detail["line"] for one in kinds(derive(more, topic, NOW), FindingKind.FIGURE, holder=True)]
    assert lines == ["saltpetre/troops", "saltpetre/troops killed or wounded"]


STATEMENTS = st.lists(
    st.tuples(
        st.sampled_from([(GRIM, 2), (HALE, 2), (TARROW, 1)]),
        st.sampled_from(["affirms", "denies", "doubts", "neutral"]),
        st.integers(1, 28),
    ),
    min_size=1,
    max_size=8,
)


@given(STATEMENTS, st.randoms())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_arrival_changes_nothing(topic, said, made, rng):
    """The same ledger in any order gives the same findings, and no shift from a stance to itself."""
    ledger = [said(holder, stance, f"2031-05-{day:02}", rank=rank) for (holder, rank), stance, day in made]
    shuffled = list(ledger)
    rng.shuffle(shuffled)
    one, other = derive(ledger, topic, NOW), derive(shuffled, topic, NOW)
    assert {each.finding_id for each in one.findings} == {each.finding_id for each in other.findings}
    assert all(each.detail["from"] != each.detail["to"] for each in one.findings if each.kind is FindingKind.SHIFT)
    assert len({each.finding_id for each in one.findings}) == len(one.findings)


def test_comparison_names_the_novelty(said):
    """New, repeated, corroborated, disputed, changed: each by its rule and with the claim compared with."""
    first = said(GRIM, "denies", "2031-05-01")
    new = [
        said(GRIM, "denies", "2031-05-01", words="no, said in other words"),
        said("Jon Abel", "denies", "2031-05-02", actor=None, origin="gazette"),
        said("Ines Calvo", "affirms", "2031-05-03", actor="sudria"),
        said(GRIM, "neutral", "2031-05-04"),
    ]
    assert compare([first], [])[0].novelty is Novelty.NEW
    found = compare(new, [first])
    assert [one.novelty for one in found] == [
        Novelty.REPEAT,
        Novelty.CORROBORATION,
        Novelty.DISPUTE,
        Novelty.CHANGE,
    ]
    assert all(one.rule and one.line == "saltpetre" and one.of_claim for one in found)


def test_pages_of_one_origin_never_corroborate(said):
    """Another holder's agreement counts only by the word of another origin."""
    first = said(GRIM, "denies", "2031-05-01")
    same, other = (
        said("Jon Abel", "denies", "2031-05-02", actor=None, origin=origin) for origin in ("wire", "gazette")
    )
    assert compare([same], [first])[0].novelty is Novelty.NEW
    assert compare([other], [first])[0].novelty is Novelty.CORROBORATION


def test_one_side_does_not_corroborate_itself(said):
    """The minister saying what his spokesman said is the same side's stance again, whatever the origin."""
    again = said(HALE, "denies", "2031-05-02", origin="gazette")
    assert compare([again], [said(GRIM, "denies", "2031-05-01")])[0].rule == "same-actor-same-stance"


def test_a_new_claim_is_told_once(topic, said):
    """New claims on a proposition are findings with stable ids; repeats are none."""
    ledger = [said(GRIM, "denies", "2031-05-01"), said(GRIM, "denies", "2031-05-02", words="again no")]
    comparisons = compare(ledger, [])
    told = tell_claims(comparisons, {one.claim.claim_id: one for one in ledger}, topic, NOW)
    assert [one.kind for one in told] == [FindingKind.NEW_CLAIM]
    assert told[0].sentence == "Pelle Grim denies “Norland ships saltpetre to Sudria”."


def test_weak_and_nameless_claims_are_not_told(topic, said):
    """An unnamed analyst's claim, a stance one can hardly read, and none at all are no findings by themselves."""
    ledger = [
        said("Analysts", "denies", "2031-05-01", actor=None, holder_kind=HolderKind.GROUP),
        said("an official", "denies", "2031-05-02"),
        said(GRIM, "denies", "2031-05-03", score=0.55),
        said("Mira Ode", "neutral", "2031-05-04", actor=None),
    ]
    comparisons = compare(ledger, [])
    assert tell_claims(comparisons, {one.claim.claim_id: one for one in ledger}, topic, NOW) == []
