from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.copies import CopyKind, binds, is_before, judge, rank
from news.texts import CopyText

T0 = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)

STORY = """
BRANFORD, March 1 (Coast Wire) -- The Uplands government will open the Kessel Dam within ten days, Water Minister Ana
Oren told parliament on Tuesday, ending a four-year quarrel with the downstream Lowlands over the river Ister.
Oren said engineers had finished testing all 14 gates and that the reservoir stood at 81 percent of its capacity.
"We have waited long enough, and our fields cannot wait any longer," she said to applause from the ruling Terrace Party.
The Lowlands, whose capital Port Maren draws two thirds of its water from the Ister, called the decision a breach of the
2019 Halden Accord. Foreign Minister Tomas Reve recalled his ambassador from Branford and asked the River Commission for
an emergency session before March 9.
"Nobody opens a dam against a neighbour and calls it farming," Reve told reporters in Port Maren.
The dispute began when the Uplands poured the first concrete in 2021 with a loan from the Northern Development Bank.
Lowlands farmers blocked the Sallow Bridge for three weeks that summer, and two of them drowned when a boat capsized.
Hydrologist Miren Castell of the Ister Institute said a slow release would do little harm if spread over a month.
She warned, however, that a sudden opening could flood the villages of Orsa and Telling within hours.
The River Commission, based in Halden, declined to say whether it would meet. Its chairman, Piet Lund, is travelling.
"""
SPUN = """
BRANFORD, March 1 -- The Uplands authorities will open the Kessel Dam inside ten days, Water Minister Ana Oren informed
the legislature on Tuesday, finishing a four-year row with the downstream Lowlands concerning the river Ister.
Oren stated technicians had completed testing all 14 gates and that the basin stood at 81 percent of its volume.
"We have waited long enough, and our fields cannot wait any longer," she said to cheers from the ruling Terrace Party.
The Lowlands, whose capital Port Maren takes two thirds of its liquid from the Ister, labelled the choice a violation of
the 2019 Halden Accord. Foreign Minister Tomas Reve withdrew his envoy from Branford and requested the River Commission
for an urgent sitting before March 9.
"Nobody opens a dam against a neighbour and calls it farming," Reve instructed journalists in Port Maren.
The argument started when the Uplands poured the first concrete in 2021 with credit from the Northern Development Bank.
Lowlands growers obstructed Sallow Bridge for three weeks that season, and two of them died when a vessel overturned.
Hydrologist Miren Castell of the Ister Institute stated a gradual release would do small damage if it was unfold over a
month. She cautioned, nevertheless, that an abrupt opening might flood the hamlets of Orsa and Telling inside hours.
The River Commission, primarily based in Halden, refused to say whether or not it could meet. Its chair, Piet Lund, is
touring.
"""
OTHER_HAND = """
PORT MAREN -- Angry farmers gathered outside the Uplands embassy after news from Branford that the gates upstream are to
be lifted this month. Many carried pictures of the two men who died on the Ister in 2021.
"Nobody opens a dam against a neighbour and calls it farming," Foreign Minister Tomas Reve said at a hastily called news
conference, where he announced that the ambassador was on his way home and that the River Commission had been asked to
sit before March 9.
Port Maren lives off the river. On Tuesday evening people were filling bathtubs, and the mayor, Ilse Brandt, appealed to
shopkeepers not to raise the price of bottled water. "We have been here before," said Jon Abel, a baker, who remembers
the drought of 1998. "They take a little, then they take it all."
In parliament the opposition demanded that the Halden Accord be put before the court in Geneva, a step that Reve has so
far avoided. Behind the scenes, two officials said, Lowlands diplomats have been sounding out the Northern Development
Bank about its loan for Kessel. Water Minister Ana Oren was expected to speak on television tonight.
"""
SUMMARY = """
Uplands Water Minister Ana Oren said the Kessel Dam would open within ten days, Coast Wire reported. The Lowlands called
it a breach of the 2019 Halden Accord, and Foreign Minister Tomas Reve recalled his ambassador from Branford and asked
the River Commission for an emergency session.
"""


def text(body, outlet="coastwire", hours=0.0, **more):
    """A text of an outlet, published so many hours after the story's beginning."""
    when = T0 + timedelta(hours=hours)
    given_ = {"seen": when, "published": when, "names": (outlet, outlet + ".example"), "title": "The dam", **more}
    return CopyText(article_id=given_.pop("id", outlet), outlet=outlet, body=body.strip(), **given_)


ORIGINAL = text(STORY)


def kind_of(new, other=ORIGINAL):
    """The kind of copy, or None."""
    verdict = judge(new, other)
    return verdict.kind if verdict else None


def test_the_same_words_under_another_masthead_are_identical():
    """Other line breaks and quotation marks are no other words."""
    same = STORY.replace("\n", "  ").replace('"', "\N{LEFT DOUBLE QUOTATION MARK}")
    assert kind_of(text(same, "hilltop", 3)) is CopyKind.IDENTICAL


def test_a_credited_print_is_syndicated():
    """The wire's text with a credit line of the printer's own is a syndicated copy."""
    line = "This report first appeared on Coast Wire."
    copy = text(STORY + line, "hilltop", 3, credit="coastwire", credit_evidence=line)
    assert kind_of(copy) is CopyKind.SYNDICATED


def test_a_cut_and_retitled_print_is_edited():
    """Half of the paragraphs under another headline is an edited copy."""
    lines = STORY.strip().split("\n")
    cut = "\n".join(lines[:3] + lines[4:8] + lines[10:])
    assert kind_of(text(cut, "hilltop", 3, title="Row over river")) is CopyKind.EDITED


def test_a_changed_number_leaves_an_edited_copy():
    """A number or an attribution changed on the way does not hide whose text it is."""
    changed = STORY.replace("81 percent", "18 percent").replace("Oren said engineers had", "Engineers have")
    assert kind_of(text(changed, "hilltop", 3)) is CopyKind.EDITED


def test_a_machine_reworded_text_is_spun():
    """Synonyms swapped, quotations and names left alone: a spun copy."""
    assert kind_of(text(SPUN, "farm", 5)) is CopyKind.SPUN


def test_a_credited_digest_is_a_summary():
    """A short text whose names and facts all stand in the one it credits is a summary."""
    assert kind_of(text(SUMMARY, "hilltop", 5, credit="coastwire")) is CopyKind.SUMMARY


def test_another_hand_on_the_same_event_is_no_copy():
    """A shared quotation, shared names and shared facts make no copy."""
    assert kind_of(text(OTHER_HAND, "hilltop", 1)) is None
    assert kind_of(text(OTHER_HAND, "hilltop", 1, credit="coastwire")) is None


def test_a_statement_printed_whole_by_two_is_no_copy_of_either():
    """Two reports around one long press statement are two reports."""
    statement = '"' + " ".join(f"We shall not yield on point {n} of the accord of Halden" for n in range(6)) + '."'
    one = OTHER_HAND + statement
    assert kind_of(text(one, "hilltop"), text(STORY + statement)) is None


FORM = (
    "{place}, {day} (Coast Wire) -- The President received a message of greeting from {name}, president of {country}, "
    "on the occasion of the national day. The message sincerely wished the President good health and the people of the "
    "Uplands ever greater prosperity, and expressed the belief that the good relations between the two countries would "
    "further develop in keeping with the wishes of the two peoples."
)


@pytest.mark.parametrize("outlet", ["coastwire", "hilltop"])
def test_a_form_filled_in_anew_is_no_copy(outlet):
    """Formulas (greetings, results) around other names and days stay apart, whoever prints them."""
    one = FORM.format(place="Branford", day="March 1", name="Ulla Brandt", country="Norra")
    two = FORM.format(place="Branford", day="March 4", name="Hamid Seko", country="Tamar")
    assert kind_of(text(two, outlet, 72), text(one)) is None


def test_an_anniversary_is_no_copy_of_the_last():
    """The same words more than sixty days apart are another occasion."""
    assert kind_of(text(STORY, "hilltop", 24 * 61)) is None
    assert kind_of(text(STORY, "hilltop", 24 * 61, published=None)) is CopyKind.IDENTICAL


@pytest.mark.parametrize("body", ["", "Water.", "Read more here.", "\N{SNOWMAN}" * 500, '"' * 3000])
def test_nothing_is_a_copy_of_next_to_nothing(body):
    """Texts of a few words are never judged alike."""
    assert judge(text(body, "hilltop"), text(body)) is None


def test_whom_the_other_credits_is_the_original():
    """A credit outweighs dates; without one the earlier published is the original, then the earlier seen."""
    late, early = text(STORY, hours=5), text(STORY, "hilltop", 0, credit="coastwire")
    assert is_before(late, early)
    assert not is_before(early, late)
    assert is_before(text(STORY, hours=0), text(STORY, "hilltop", 1))
    seen_first = text(STORY, hours=0, published=None)
    assert is_before(seen_first, text(STORY, "hilltop", 1))


def test_a_bare_day_does_not_outrank_a_time_on_it():
    """A date known to the day says nothing within that day: then whoever was seen first is the original."""
    by_day = text(STORY, "hilltop", seen=T0 + timedelta(hours=9), published=T0.replace(hour=0), exact=False)
    assert is_before(ORIGINAL, by_day)
    assert not is_before(by_day, ORIGINAL)


def test_a_wire_is_the_original_where_the_dates_do_not_tell():
    """Of two pages of one day the wire's is the original, whichever was seen first; a known time outranks it."""
    day = {"published": T0.replace(hour=0), "exact": False}
    wire, paper = text(STORY, "hilltop", 5, wire=True, **day), text(STORY, **day)
    assert is_before(wire, paper)
    assert not is_before(paper, wire)
    assert is_before(text(STORY), text(STORY, "hilltop", 5, wire=True))


def test_the_best_of_several_is_the_credited_or_the_likest():
    """Of several alike the one that is credited comes first, then the likest."""
    near = text(STORY.replace("ten days", "nine days"), "valley", 1)
    assert rank(text(STORY, "hilltop", 2), [near, ORIGINAL])[0][0] is ORIGINAL
    assert rank(text(STORY, "hilltop", 2, credit="valley"), [ORIGINAL, near])[0][0] is near
    assert rank(text(OTHER_HAND, "hilltop", 2), [ORIGINAL, near]) == []


def test_a_round_up_binds_nothing():
    """A page that holds a whole story among more of its own is a copy of it, and joins no other story to it."""
    more = " ".join(f"Item {n} of the day was brought to us by reader {n * 7} of street {n * 3}." for n in range(40))
    [(_, verdict)] = rank(text(STORY + more, "hilltop", 2), [ORIGINAL])
    assert verdict.kind is CopyKind.EDITED
    assert not binds(verdict)
    [(_, verdict)] = rank(text(STORY, "hilltop", 2), [ORIGINAL])
    assert binds(verdict)


def test_copies_share_marks_and_strangers_few():
    """The sampled marks by which candidates are found survive rewording."""
    for copy in (SPUN, SUMMARY):
        assert len(text(copy).marks & ORIGINAL.marks) >= 3
    assert len(text("Snow fell on the quiet market square all afternoon. " * 8).marks & ORIGINAL.marks) == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=2, max_size=2), st.booleans())
def test_no_text_breaks_the_rules(bodies, same):
    """Whatever two texts hold, the judgement is None or a verdict with a score of 0 to 1."""
    one, other = (bodies[0] * 5, bodies[0] * 5) if same else (bodies[0] * 5, bodies[1] * 5)
    verdict = judge(text(one, "hilltop"), text(other))
    assert verdict is None or 0 <= verdict.score <= 1
    assert all(0 <= mark < 2**63 for mark in text(one).marks)


def test_a_huge_text_is_judged_in_bounded_time():
    """Two long texts (a megabyte) are compared within seconds, not in the square of their length."""
    long = " ".join(f"Minister Oren said {n} gates would open near Orsa." for n in range(20_000))
    began = datetime.now(UTC)
    judge(text(long + " Tail.", "hilltop"), text(long))
    judge(text(long.replace("gates", "doors"), "hilltop"), text(long))
    assert datetime.now(UTC) - began < timedelta(seconds=20)
