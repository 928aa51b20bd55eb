"""Whose words a paragraph is: answers, statements, lists and layers of report, in the invented quarrel's world."""

from datetime import date

import pytest

from news.claim import Modality
from tests.analysis.saying import said

INTERVIEW = """Jon Abel is the head of the bakers' guild. He spoke to this paper on Monday.

Q. Does Norland ship saltpetre to Sudria?

{a} It has for a year. I have seen the sacks.

And nobody hides them.

Q. And men?

{a} None so far.
"""


@pytest.mark.parametrize("mark", ["A.", "A:", "Answer:"])
def test_an_answer_is_the_one_who_is_asked(read, mark):
    """What follows "A." up to the next question is the words of the one the text presents; questions are no claims."""
    claims = read(INTERVIEW.format(a=mark))
    assert said(claims) == [
        ("Jon Abel", "It has for a year. … I have seen the sacks."),
        ("Jon Abel", "And nobody hides them."),
        ("Jon Abel", "None so far."),
    ]


def test_the_title_may_present_who_answers(read):
    """“Interview with X" in the title is enough."""
    claims = read("Q. So?\n\nA. It rained.", title="Interview with Jon Abel of the Bakers' Institute")
    assert said(claims) == [("Jon Abel", "It rained.")]


def test_what_an_answer_reports_is_a_claim_of_its_own(read):
    """In a turn of a transcript the turn stays one claim, and those it tells of have theirs."""
    claims = read("Jon Abel spoke to us.\n\nQ. So?\n\nA. It rained. Ivar Moe says that it snowed. It was cold.")
    assert ("Ivar Moe", "that it snowed") in said(claims)
    assert ("Jon Abel", "It rained. … Ivar Moe says that it snowed. … It was cold.") in said(claims)


def test_nobody_answers_where_nobody_is_presented(read):
    """Where the text names nobody, an answer has no holder, and the outlet does not say it either."""
    assert read("Q. Does Norland ship saltpetre to Sudria?\n\nA. Norland ships saltpetre to Sudria.") == []


def test_a_question_keeps_what_it_reports(read):
    """Somebody a question cites has spoken; the question itself claims nothing."""
    claims = read("Jon Abel spoke to us.\n\nQ. Ivar Moe says that it snowed. Did it?\n\nA. It rained.")
    assert said(claims) == [("Ivar Moe", "that it snowed"), ("Jon Abel", "It rained.")]


STATEMENT = """Havn, May 14 (NPA) -- {who} {gave} on Monday:

Norland ships nothing to Sudria. The story is absurd.

Should the talk go on, its authors will pay.
"""


@pytest.mark.parametrize(
    ("who", "gave"),
    [
        ("Sten Hale", "made public the following press statement"),
        ("Sten Hale", "gave the following answer to a question put by NPA"),
        ("Sten Hale", "issued a statement that reads as follows"),
    ],
)
def test_a_printed_statement_is_whose_it_is(read, who, gave):
    """A statement printed without quotation marks is its author's to the end, sentence by sentence."""
    claims = read(STATEMENT.format(who=who, gave=gave))
    assert said(claims) == [
        ("Sten Hale", "Norland ships nothing to Sudria."),
        ("Sten Hale", "The story is absurd."),
        ("Sten Hale", "Should the talk go on, its authors will pay."),
    ]
    assert claims[0].modality is Modality.DENIED
    assert claims[2].modality is Modality.CONDITIONAL
    assert {one.actor for one in claims} == {"norland"}


def test_a_statement_ends_where_its_author_is_told_of(read):
    """Behind a printed statement the article goes on: what it says of the author by name is no part of it."""
    claims = read(
        "Jon Abel released the following statement:\n\nRain is bad.\n\nAbel also said that it snowed.\n\nIt was cold."
    )
    assert said(claims) == [("Jon Abel", "Rain is bad."), ("Jon Abel", "that it snowed")]


@pytest.mark.parametrize(
    "text",
    [
        "Jon Abel closed his shop following the storm.\n\nThe rain is bad.",
        "Jon Abel read the full text.\n\nThe rain is bad.",
    ],
)
def test_following_alone_prints_nothing(read, text):
    """Only a statement that is announced is taken for one."""
    assert read(text) == []


def test_in_a_statement_we_is_its_author(read):
    """“We deny", in a printed statement, is a denial of its author's, not a word of nobody's."""
    claims = read(
        "Sten Hale made public the following statement on Monday:\n\nWe deny that Norland ships saltpetre to Sudria."
    )
    (claim,) = claims
    assert claim.holder == "Sten Hale"
    assert claims[0].modality is Modality.DENIED
    assert claims[0].propositions[0].stance.value == "denies"


def test_a_colon_brings_one_paragraph(read):
    """“X said:" before a paragraph without quotation marks brings that paragraph, and no more."""
    claims = read("Jon Abel said:\n\nIt rained. It snowed.\n\nThe weather in Norland is mild.")
    assert said(claims) == [("Jon Abel", "It rained."), ("Jon Abel", "It snowed.")]


@pytest.mark.parametrize("mark", ["•", "-", "*", "–", "1.", "(a)"])
def test_list_items_are_whose_list_it_is(read, mark):
    """Each item of a list that somebody sets out is that one's claim; its mark is in no content."""
    items = "\n".join(f"{mark} {words}" for words in ("It rained all day.", "It snowed all night."))
    claims = read(f"The baker Jon Abel set out two points on Monday:\n{items}\nIvar Moe said that it was cold.")
    assert said(claims) == [
        ("Jon Abel", "It rained all day."),
        ("Jon Abel", "It snowed all night."),
        ("Ivar Moe", "that it was cold"),
    ]


def test_items_keep_what_the_list_is_for(read):
    """What somebody denies as a list is denied item by item."""
    claims = read("Jon Abel denied the following points:\n• It rained all day.\n• It snowed all night.")
    assert [one.modality for one in claims] == [Modality.DENIED, Modality.DENIED]


def test_items_have_their_own_speakers(read):
    """In a list of reactions each item is its own speaker's, by a label or by a verb."""
    claims = read(
        "Reactions to the report:\n\n- Havn: There was no rain.\n\n- Sudria: It rained.\n\n* Norland said it snowed."
    )
    assert [(one.holder, words) for one, (_, words) in zip(claims, said(claims), strict=True)] == [
        ("Norland", "There was no rain"),
        ("Sudria", "It rained"),
        ("Norland", "it snowed"),
    ]


def test_a_dash_before_a_name_is_a_label(read):
    """In a headline the name behind the last dash is whose word the headline is."""
    assert said(read("Norland ‘ships saltpetre to Sudria’ – Havn\n\nIt was cold.")) == [
        ("Norland", "Norland ‘ships saltpetre to Sudria’")
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Coast Wire quoted a lawmaker as saying that it rained.", "that it rained"),
        ("It had rained, Coast Wire quoted a lawmaker as saying.", "It had rained"),
        ("It had rained, Coast Wire quoted a lawmaker as saying after a closed briefing.", "It had rained"),
    ],
)
def test_who_is_quoted_and_who_quotes_have_both_a_claim(read, text, words):
    """“X quoted Y as saying" is Y's word, and X's word that Y said it."""
    claims = read(text)
    assert ("lawmaker", words) in said(claims)
    outer = next(one for one in claims if one.holder == "Coast Wire")
    assert words in " ".join(text[start:end] for start, end in outer.content)


@pytest.mark.parametrize(
    "text",
    [
        "Jon Abel said, citing two officials, that it rained.",
        "Jon Abel said that it rained, citing two officials.",
        "It rained, Jon Abel said, quoting two officials.",
    ],
)
def test_who_is_cited_has_said_it_too(read, text):
    """“X said, citing Y, that": both have said it."""
    found = {who: words.removeprefix("that ").lower() for who, words in said(read(text))}
    assert found == {"Jon Abel": "it rained", "two officials": "it rained"}


def test_what_cannot_speak_is_not_cited(read):
    """Pictures and figures that somebody cites are no holders."""
    assert said(read("Jon Abel said that it rained, citing satellite images.")) == [("Jon Abel", "that it rained")]


def test_a_belief_told_by_another_is_kept(read):
    """“The agency believes that …, X said": both hold it, each in their own way."""
    claims = said(read("The Havn agency now believes that it rained, lawmaker Jon Abel said after a closed session."))
    assert ("Jon Abel", "The Havn agency now believes that it rained") in claims
    assert ("Havn agency", "that it rained") in claims


def test_he_goes_on_within_a_sentence(read):
    """“The rain, he went on, had …": what stands on both sides is said by the last speaker."""
    claims = read("Jon Abel said it snowed. The rain, he went on, had drowned the fields.")
    assert ("Jon Abel", "The rain … had drowned the fields") in said(claims)


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        (
            "The guild's head, Jon Abel, told a fair that ovens were old, while conceding that the bread was good.",
            "Jon Abel",
            "that the bread was good",
        ),
        ("Ivar Moe “has a lot of good roles to play,” said Jon Abel, whose town is a small one.", "Jon Abel", None),
        ("The storm led Jon Abel to declare that it rained.", "Jon Abel", "that it rained"),
        ("Jon Abel used the fair to argue that it rained.", "Jon Abel", "that it rained"),
        ("Jon Abel calls for an end to rain; Ivar Moe aims to build a roof.", "Jon Abel", "an end to rain"),
    ],
)
def test_the_verb_keeps_its_own_subject(read, text, who, words):
    """A cue's speaker is who does it, wherever the tree has hung the verb."""
    claims = said(read(text))
    assert who in [holder for holder, _ in claims]
    assert words is None or (who, words) in claims
    assert "ovens" not in [holder for holder, _ in claims]


@pytest.mark.parametrize(
    "text",
    [
        "Jon Abel spoke to us on Monday.\n\nQ. So?\n\nA. It rained.",
        "Jon Abel talked to this paper on Monday.\n\nABEL: It rained.",
        "Jon Abel issued the following statement on Monday:\n\nIt rained.",
    ],
)
def test_a_turn_was_said_when_it_was_given(read, text):
    """The day of an interview or a statement is the day of all that is said in it."""
    assert read(text)[-1].spoken_on == date(2031, 5, 12)
