"""Series of figures: what moves one, what only stands in it, and what never enters it."""

from datetime import UTC, datetime
from pathlib import Path

from analysis.comparison import compare
from analysis.figures import read_figures
from analysis.numbers import figure_findings
from analysis.reading import Reader
from news.claim import Figure, HolderKind, LedgerClaim, Novelty
from news.topic_file import load_topic

NOW = datetime(2031, 6, 1, tzinfo=UTC)
DAM = Path(__file__).parents[1] / "topics" / "dam-dispute.toml"
INES, GRIM, ABEL = "Ines Calvo", "Aldo Grim", "Jon Abel"


def troops(value, low=None, high=None, **more):
    return Figure("troops", value, low, high, **more)


def told(topic, *ledger):
    return figure_findings(ledger, topic.propositions[0], topic, NOW)


def values(finding):
    return [(one["value"], one["holder"]) for one in finding.detail["values"]]


def steps(finding):
    return [one["value"] for one in finding.detail["steps"]]


def gives(said, holder, day, *figures, **changes):
    changes.setdefault("words", f"{holder} {day} {[one.value for one in figures]}")
    return said(holder, "affirms", f"2031-05-{day:02}", figures=figures, **changes)


def test_a_series_goes_up_with_its_sources(topic, said):
    """Each move is a finding; the last one's series holds every number with its bounds, day and holder."""
    found = told(
        topic,
        gives(said, INES, 1, troops(1500), actor="sudria"),
        gives(said, INES, 8, troops(3000), actor="sudria"),
        gives(said, ABEL, 12, troops(10000, 10000), actor=None),
        gives(said, GRIM, 14, troops(10000)),
    )
    assert [steps(one) for one in found] == [[1500, 3000], [1500, 3000, 10000]]
    assert found[1].detail["line"] == "saltpetre/troops"
    assert values(found[1]) == [(1500, INES), (3000, INES), (10000, ABEL), (10000, GRIM)]
    assert found[1].detail["values"][2]["low"] == 10000


def test_losses_increments_parts_plans_and_orders_of_magnitude_never_move_the_whole(topic, said):
    """The killed, "another 3,000", "8,000 of them", what is planned and "thousands" are no number of all there are."""
    others = [
        troops(4000, fate="killed or wounded"),
        troops(3000, more=True),
        troops(8000, part=True),
        troops(12000, planned=True),
        troops(None, 20000),
    ]
    found = told(
        topic,
        gives(said, INES, 1, troops(1500)),
        *(gives(said, INES, 5 + place, one) for place, one in enumerate(others)),
        gives(said, INES, 20, troops(2500)),
    )
    assert [steps(one) for one in found] == [[1500, 2500]]
    assert values(found[0]) == [(1500, INES), (2500, INES)]


def test_a_part_of_the_whole_has_a_series_of_its_own(topic, said):
    """A place declared by the topic is counted apart; the dead are counted for the whole."""
    found = told(
        topic,
        gives(said, INES, 1, troops(900, part=True, clause="900 of them are at Havn")),
        gives(said, INES, 2, troops(9000)),
        gives(said, INES, 3, troops(300, fate="killed", clause="300 troops were killed at Havn")),
        gives(said, INES, 8, troops(2000, clause="2,000 troops are at Havn")),
        gives(said, INES, 9, troops(500, fate="killed", clause="500 troops were killed at Havn")),
    )
    assert {one.detail["unit"]: steps(one) for one in found} == {
        "troops at Havn": [900, 2000],
        "troops killed": [300, 500],
    }


def test_two_holders_of_one_day_are_in_dispute(topic, said):
    """Numbers of one day that cannot both be right are no move; both stand in the series, with both sentences."""
    (found,) = told(
        topic,
        gives(said, INES, 5, troops(1100), actor="sudria"),
        gives(said, GRIM, 5, troops(3000, 3000)),
    )
    assert found.detail["differ"] is True
    assert found.holder is None
    assert set(values(found)) == {(1100, INES), (3000, GRIM)}
    assert (found.before[0].holder, found.after[0].holder) == (INES, GRIM)
    assert "is in dispute: 1,100 (Ines Calvo, Sudria, 5 May 2031) or over 3,000 (Aldo Grim, " in found.sentence


def test_numbers_that_can_both_be_right_are_no_dispute(topic, said):
    """“Over 10,000” and "11,000 to 12,000" agree."""
    assert not told(
        topic,
        gives(said, INES, 5, troops(10000, 10000), actor="sudria"),
        gives(said, GRIM, 5, troops(11500, 11000, 12000)),
    )


def test_a_later_day_bears_one_side_out(topic, said):
    """Who comes to the other's number later has moved to it; each side is measured by its own."""
    ledger = [
        gives(said, INES, 5, troops(1100), actor="sudria"),
        gives(said, GRIM, 5, troops(3000, 3000)),
        gives(said, INES, 15, troops(3000), actor="sudria"),
    ]
    assert [steps(one) for one in told(topic, *ledger) if not one.detail["differ"]] == [[1100, 3000]]
    ledger[2] = gives(said, ABEL, 15, troops(3100), actor=None)
    assert [steps(one) for one in told(topic, *ledger) if not one.detail["differ"]] == [[1100, 3100]]


def test_only_a_side_that_rules_its_number_out_lowers_it(topic, said):
    """Another's lower guess is no move, nor is "over 10,000" after "11,000 to 12,000"; "only 8,000" is."""
    first = gives(said, INES, 1, troops(11500, 11000, 12000), actor="sudria")
    assert not told(topic, first, gives(said, GRIM, 5, troops(8000)))
    assert not told(topic, first, gives(said, INES, 5, troops(10000, 10000), actor="sudria"))
    (fall,) = told(topic, first, gives(said, INES, 5, troops(8000), actor="sudria"))
    assert steps(fall) == [11500, 8000]


def test_a_lower_official_lowers_no_number(topic, said):
    """Of one side only the same rank or a higher one takes a number back: a clerk's smaller one is of some of them."""
    first = gives(said, INES, 1, troops(9000), rank=2)
    assert not told(topic, first, gives(said, GRIM, 5, troops(3000), rank=3))
    (fall,) = told(topic, first, gives(said, GRIM, 5, troops(3000), rank=1))
    assert steps(fall) == [9000, 3000]


def test_a_number_far_below_counts_something_else(topic, said):
    """More than ten times apart two numbers are of different things: no fall, and no dispute."""
    first = gives(said, INES, 1, troops(11000), actor="sudria")
    assert not told(topic, first, gives(said, INES, 5, troops(300), actor="sudria"))
    assert not told(topic, first, gives(said, GRIM, 1, troops(300)))


def test_a_part_named_beside_the_whole_is_no_fall(topic, said):
    """Of several numbers of one holder and day the greatest is the whole."""
    first = gives(said, INES, 1, troops(11000))
    assert not told(topic, first, gives(said, INES, 5, troops(11000), troops(4000)))


def test_what_is_printed_again_moves_nothing(topic, said):
    """Copies, old words printed again, background of no day and an outlet's own voice are no numbers of a series."""
    first, second = gives(said, INES, 1, troops(1500)), gives(said, INES, 8, troops(6000))
    again = gives(said, INES, 20, troops(1500), words=first.claim.evidence, repeat_of=first.claim.claim_id)
    ledger = [
        first,
        second,
        again,
        gives(said, INES, 21, troops(90000), is_copy=True),
        gives(said, "The Wire", 22, troops(70000), actor=None, holder_kind=HolderKind.OUTLET),
    ]
    (found,) = told(topic, *ledger)
    assert values(found) == [(1500, INES), (6000, INES)]


def test_an_old_number_recalled_beside_the_new_one_is_no_fall(topic, said):
    """“10,000; in May it was 6,700” on one day gives the new number."""
    (found,) = told(
        topic,
        gives(said, INES, 1, troops(6700)),
        gives(said, INES, 9, troops(10000), troops(6700)),
    )
    assert values(found) == [(6700, INES), (10000, INES)]


def test_anothers_things_are_not_counted(topic, said):
    """Another's soldiers, his and ours together, and those of a subject who is another enter no series."""
    first = gives(said, INES, 1, troops(1500))
    for words in (
        "28,500 Ostian troops are at the border with Norland",
        "50,000 Ostian and Norlandic troops are there",
        "Ostia has massed 50,000 troops, including Norlandic ones",
    ):
        assert not told(topic, first, gives(said, INES, 9, *read_figures(words), words=words)), words
    ours = "Ostia has received 5,000 Norlandic troops"
    assert told(topic, first, gives(said, INES, 9, *read_figures(ours), words=ours))


def test_the_killed_and_the_wounded_of_one_statement_are_its_losses(topic, said):
    """“300 killed and 2,700 wounded” is a number of both, with the bounds of each."""
    found = told(
        topic,
        gives(said, INES, 1, troops(1100, fate="killed or wounded")),
        gives(said, INES, 9, troops(300, 300, fate="killed"), troops(2700, fate="wounded")),
    )
    (moved,) = [one for one in found if one.detail["unit"] == "troops killed or wounded"]
    assert steps(moved) == [1100, 3000]
    assert moved.detail["values"][-1]["low"] == 3000


def test_a_move_is_one_finding_whoever_tells_it_first(topic, said):
    """An earlier report that comes late, and others that follow, leave the id as it was and join the series."""
    ledger = [gives(said, INES, 1, troops(1500)), gives(said, INES, 8, troops(3000))]
    (before,) = told(topic, *ledger)
    ledger += [gives(said, GRIM, 7, troops(3000, 3000), actor=None), gives(said, ABEL, 9, troops(3050), actor=None)]
    (after,) = told(topic, *reversed(ledger))
    assert after.finding_id == before.finding_id
    assert len(after.detail["values"]) == 4


def test_coming_back_to_a_number_is_another_move(topic, said):
    """A number that rises, falls and rises again to where it was has moved three times."""
    found = told(topic, *(gives(said, INES, day, troops(value)) for day, value in ((1, 5), (5, 9), (9, 5), (13, 9))))
    assert len({one.finding_id for one in found}) == 3


def test_nobody_moves_a_number_by_denying_it(topic, said):
    """A claim that denies or doubts the proposition tells no number of it."""
    denied = said(GRIM, "denies", "2031-05-08", figures=(troops(9000),))
    assert not told(topic, gives(said, INES, 1, troops(1500)), denied)


def test_one_origin_is_marked(topic, said):
    """A number on one origin's word says so, and is less sure than one that two have."""
    ledger = [gives(said, INES, 1, troops(1500)), gives(said, INES, 8, troops(3000))]
    (single,) = told(topic, *ledger)
    more = gives(said, GRIM, 9, troops(3000), actor=None, origin="herald", outlet="herald")
    (both,) = told(topic, *ledger, more)
    assert (single.single_origin, both.single_origin) == (True, False)
    assert single.confidence < both.confidence


def test_a_new_number_of_the_same_things_is_a_change(said):
    """The same holder's same stance with another number changes his claim; with the same one it repeats it."""
    first = gives(said, INES, 1, troops(1500))
    same = gives(said, INES, 8, troops(1510))
    other = gives(said, INES, 9, troops(3000))
    more = gives(said, INES, 10, troops(900, more=True))
    verdicts = [compare([one], [first])[0] for one in (same, other, more)]
    assert [one.novelty for one in verdicts] == [Novelty.REPEAT, Novelty.CHANGE, Novelty.REPEAT]
    assert verdicts[1].rule == "same-holder-other-figure"


def test_another_topics_things_are_counted_with_no_code_touched(article):
    """Villagers, families and "300 more" of a dam's topic, read from articles, make the series its file declares."""
    topic = load_topic(DAM)
    reader = Reader(topic)
    said_on = {
        3: "Velmora has moved 1,200 villagers out of the Sarn valley, Water Minister Irja Tamm said.",
        9: "Velmora has moved another 300 families out of the valley, Tamm said.",
        15: "Some 4,000 people have been moved out of the Sarn valley, Tamm said. Most of the tourists have left.",
        20: "About 900 tourists have left the Sarn valley, Tamm said.",
    }
    ledger = []
    for day, text in said_on.items():
        when = datetime(2024, 5, day, tzinfo=UTC)
        one = article(text, article_id=f"art_{day}", outlet="sarn-wire", published=when, seen=when)
        for claim in reader.read(one):
            on = claim.spoken_on
            ledger.append(LedgerClaim(claim, on, one.url, one.outlet, one.outlet, False, when, when))  # noqa: FBT003
    (found,) = [each for proposition in topic.propositions for each in figure_findings(ledger, proposition, topic, NOW)]
    assert found.detail["line"] == "velmora-fills-reservoir/villagers moved for the reservoir"
    assert values(found) == [(1200, "Irja Tamm"), (4000, "Irja Tamm")]
