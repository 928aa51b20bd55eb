"""Which findings a digest carries, and in what order."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alerts.digest import compose
from alerts.selection import choose, eligible
from news.digest import Tally
from news.finding import Finding, FindingKind
from news.topic import Subscriber

DESK = Subscriber("desk", "Desk", "file", "out")


def ids(findings):
    return [one.finding_id for one in findings]


def test_shifts_come_first_and_trouble_last(world):
    """A reader meets the change of mind first and the silent source last."""
    assert ids(choose(world["every_kind"](), DESK)) == [
        "fnd_shift",
        "fnd_dispute",
        "fnd_figure",
        "fnd_new",
        "fnd_trouble",
    ]


def test_a_holders_shift_is_folded_under_the_actors(world):
    """The president's answer that moves the country is one event, and is told once, with her name."""
    chosen = choose([world["shift"](finding_id="fnd_own", holder="Mara Voss"), world["shift"]()], DESK)
    assert ids(chosen) == ["fnd_shift"]
    assert chosen[0].detail["folded"] == [{"finding_id": "fnd_own", "holder": "Mara Voss"}]


def test_another_day_or_stance_or_proposition_is_another_event(world):
    """Only the same proposition, day and stance make a holder's shift the actor's own."""
    own = world["shift"](finding_id="fnd_own", holder="Mara Voss")
    others = [
        replace(own, at=date(2024, 10, 23)),
        replace(own, proposition=world["talks"]),
        replace(own, actor="kesh"),
        replace(own, detail={**own.detail, "to": "affirms"}),
    ]
    for other in others:
        assert len(choose([world["shift"](), other], DESK)) == 2


def test_history_is_never_alerted(world):
    """A finding read silently as a baseline stays out of every digest."""
    assert choose([world["shift"](baseline=True)], DESK) == ()


def test_a_subscriber_gets_what_they_asked_for(world):
    """Propositions and kinds narrow a digest; what could not be seen concerns everyone."""
    narrow = replace(DESK, propositions=(world["talks"],))
    assert ids(choose(world["every_kind"](), narrow)) == ["fnd_new", "fnd_trouble"]
    assert ids(choose(world["every_kind"](), replace(DESK, kinds=("dispute",)))) == ["fnd_dispute"]


def test_a_correction_reaches_whoever_asked_for_shifts_only(world):
    """Who was told of a shift hears that it was wrong, whatever kinds they asked for."""
    wrong = world["finding"]("fnd_corrected", FindingKind.CORRECTION)
    assert ids(choose([wrong], replace(DESK, kinds=("shift",)))) == ["fnd_corrected"]


def test_new_claims_are_seven_the_weightiest_and_counted(world, topic):
    """Of twenty new claims the seven with an actor and the highest office stay, and the rest are counted."""
    claims = [
        world["finding"](f"fnd_{rank:02}", FindingKind.NEW_CLAIM, actor="kesh", detail={"rank": rank})
        for rank in range(1, 15)
    ]
    claims += [world["finding"](f"fnd_nobody_{n}", FindingKind.NEW_CLAIM) for n in range(6)]
    digest = compose(claims, DESK, topic, world["since"], world["until"], Tally(), [], [])
    assert ids(digest.findings) == [f"fnd_{rank:02}" for rank in range(1, 8)]
    assert digest.left_out == 13


def test_claims_on_one_proposition_stand_together(world):
    """New claims are grouped by proposition, each group where its weightiest claim stood."""
    claims = [
        world["finding"](
            f"fnd_{rank}",
            FindingKind.NEW_CLAIM,
            actor="kesh",
            detail={"rank": rank},
            proposition=world["filling"] if rank % 2 else world["talks"],
        )
        for rank in range(1, 6)
    ]
    assert ids(choose(claims, DESK)) == ["fnd_1", "fnd_3", "fnd_5", "fnd_2", "fnd_4"]


def test_reversals_come_before_softenings(world):
    """Among shifts of actors the greater change of mind leads."""
    soft = world["shift"](finding_id="fnd_soft", detail={"kind": "softening", "from": "doubts", "to": "neutral"})
    turn = world["shift"](finding_id="fnd_turn", detail={"kind": "reversal", "from": "denies", "to": "affirms"})
    person = replace(turn, finding_id="fnd_person", holder="Mara Voss", at=date(2024, 10, 2))
    assert ids(choose([person, soft, turn], DESK)) == ["fnd_turn", "fnd_soft", "fnd_person"]


def test_the_digest_id_depends_on_topic_subscriber_and_end_alone(world, topic, subscriber):
    """A rerun after a kill composes the same digest, not a second one."""

    def made(findings, until):
        return compose(findings, subscriber, topic, world["since"], until, Tally(), [], []).digest_id

    assert made([], world["until"]) == made(world["every_kind"](), world["until"])
    assert made([], world["until"]) != made([], world["until"] + timedelta(seconds=1))


@st.composite
def findings(draw, day):
    kinds = st.sampled_from(list(FindingKind))
    made = draw(
        st.lists(
            st.builds(
                lambda number, kind, proposition, actor, holder, at, confidence, baseline, rank, to: Finding(
                    finding_id=f"fnd_{number}",
                    kind=kind,
                    at=at,
                    recorded_at=day,
                    sentence="",
                    proposition=proposition,
                    actor=actor,
                    holder=holder,
                    confidence=confidence,
                    baseline=baseline,
                    detail={"rank": rank, "to": to},
                ),
                st.integers(0, 60),
                kinds,
                st.sampled_from([None, "a", "b"]),
                st.sampled_from([None, "x", "y"]),
                st.sampled_from([None, "X", "Y"]),
                st.sampled_from([None, date(2024, 1, 1), date(2024, 1, 2)]),
                st.floats(0, 1),
                st.booleans(),
                st.sampled_from([None, 1, "2", 3]),
                st.sampled_from(["denies", "neutral"]),
            ),
            max_size=30,
        )
    )
    return list({one.finding_id: one for one in made}.values())


@given(st.data(), st.randoms())
def test_choosing_is_stable(data, random):
    """The order findings come in does not matter, choosing twice changes nothing, nothing is told twice or made up."""
    given_findings = data.draw(findings(datetime(2024, 1, 3, tzinfo=UTC)))
    chosen = choose(given_findings, DESK)
    shuffled = list(given_findings)
    random.shuffle(shuffled)
    assert choose(shuffled, DESK) == chosen
    assert choose(chosen, DESK) == chosen
    told = ids(chosen)
    assert len(told) == len(set(told))
    assert set(told) <= set(ids(given_findings))
    assert all(not one.baseline for one in chosen)
    folded = {held["finding_id"] for one in chosen for held in one.detail.get("folded", [])}
    due = {one.finding_id for one in given_findings if not one.baseline}
    assert len(due) == len(eligible(given_findings, DESK)) + len(folded)
