from dataclasses import replace
from pathlib import Path

import pytest

from analysis.comparison import MOVES_AT
from analysis.ledger import FIRM_AT
from analysis.reading import Reader
from bench.stances import measure
from news.errors import TopicError
from news.topic import Pattern, Stance
from news.topic_file import load_topic

SENT = "Ostia said that Norland ships saltpetre to Sudria."
REPORTS = "Reports say that Norland ships saltpetre to Sudria."


def stances_of(claims, holder):
    return [
        one.stance.value
        for claim in claims
        if claim.holder == holder
        for one in claim.propositions
        if one.score >= MOVES_AT
    ]


@pytest.mark.parametrize(
    ("answer", "stance"),
    [
        ("“It is a canard,” Grim said.", "denies"),
        ("Grim said there was no such trade.", "denies"),
        ("Grim said such deliveries were out of the question.", "denies"),
        ("“That is our own business,” Grim said.", "neutral"),
        ("Grim said he was not aware of it.", "neutral"),
        ("Asked about that, Grim said the two were old friends.", "neutral"),
        ("“Why not? They are neighbours,” Grim said.", "affirms"),
        ("Grim confirmed the assessment.", "affirms"),
        ("Grim doubted it.", "doubts"),
        ("Grim said those reports were unproven.", "denies"),
        ("“I cannot confirm that,” Grim said.", "doubts"),
        ("Grim condemned the deliveries.", "affirms"),
        ("Grim said he was not in a position to know.", "neutral"),
        ("“That is one for the army, and you may put it to Castel,” Grim said.", "neutral"),
        ("“It lies outside the remit of our ministry,” Grim said.", "neutral"),
        ("“We see no need to verify it for anyone,” Grim said.", "neutral"),
        ("Grim said he did not know the details.", "neutral"),
        ("Grim waved away a question about it.", "neutral"),
        ("“If it happened, the law would allow it,” Grim said.", "neutral"),
        ("“It would be perfectly lawful,” Grim said.", "neutral"),
        ("Asked whether that was true, Grim said that it was.", "affirms"),
        ("Asked whether the reports were true, Grim replied that they were not.", "denies"),
        ("Grim said no trade of the kind had taken place, and that whoever said so was no friend.", "denies"),
        ("Grim said nothing in the pictures bore out what was alleged.", "denies"),
        ("Grim said the charge was made again and again without a shred of evidence.", "denies"),
        ("“I don't believe there is one,” Grim said.", "denies"),
        ("“Not one barrel has left,” Grim said.", "denies"),
        ("“The deliveries are going on,” Grim said.", "affirms"),
        ("“We welcome the finding,” Grim said.", "affirms"),
        ("“We can confirm that,” Grim said.", "affirms"),
    ],
)
def test_an_answer_is_read_with_what_it_answers(read, answer, stance):
    """“It”, “such trade”, “the deliveries” mean what was spoken of just before; the answer is one on that."""
    assert stances_of(read(f"{SENT} {answer}"), "Pelle Grim") == [stance]


@pytest.mark.parametrize(
    "answer",
    [
        "“It is a lovely day,” Grim said.",
        "Grim said the harvest would be good.",
        "Grim said the king would travel in June.",
        "Grim denied that the king was ill.",
        "Grim said the king was well. “We have nothing more to say on that,” he added.",
    ],
)
def test_an_answer_about_something_else_points_nowhere(read, answer):
    """What has a subject of its own, or follows another subject, says nothing of the matter before."""
    assert stances_of(read(f"{SENT} {answer}"), "Pelle Grim") == []


def test_one_who_is_quoted_on_and_on_stays_with_the_matter(read):
    """Between a question and its answer the same man's words may wander; another's lead away from it."""
    aside = "“The press is trumpeting again,” {} said."
    asked = "Grim was asked whether Norland ships saltpetre to Sudria. {} “I see no need to comment,” Grim said."
    assert stances_of(read(asked.format(aside.format("Grim"))), "Pelle Grim")[-1:] == ["neutral"]
    assert stances_of(read(f"{SENT} The king was well, Hale said. “It is a canard,” Grim said."), "Pelle Grim") == []


def test_what_is_said_of_the_goods_takes_the_deed_for_a_fact(read):
    """A bystander who tells more of the saltpetre is linked, too weakly to move him; a party, or one unsure, is not."""
    (told,) = (one for one in read(f"{SENT} Ostia said the saltpetre was damp.") if "damp" in one.evidence)
    (stance,) = told.propositions
    assert (stance.stance, stance.rule, stance.score) == (Stance.AFFIRMS, "refers:presupposes", 0.5)
    assert stances_of(read(f"{SENT} Grim said the saltpetre was damp."), "Pelle Grim") == []
    assert "affirms" not in stances_of(read(f"{REPORTS} Ostia said the saltpetre might be damp."), "Ostia")


def test_who_calls_the_deed_a_breach_takes_it_for_a_fact(read):
    """The deed named again as something known is that of the article, whatever else the words speak of."""
    assert stances_of(read(f"{SENT} Jon Abel called the shipments a breach of the rules."), "Jon Abel") == ["affirms"]


def test_what_another_charge_is_stays_open(read):
    """“A charge he rejected” closes the sentence that says which charge; it is no word on what was said before."""
    text = f"{SENT} A member of the Diet accused Grim of dressing up a guess as news, a charge Grim rejected."
    assert "denies" not in stances_of(read(text), "Pelle Grim")


def test_a_party_left_out_is_found_above(read):
    """Where all but one party is told, that party may stand in the sentences before: linked, too weakly to move."""
    text = "Sudria is short of powder. Norland ships saltpetre by night, Ostia said."
    (claim,) = (one for one in read(text) if one.holder == "Ostia")
    assert [(one.stance, one.score < 0.6) for one in claim.propositions] == [(Stance.AFFIRMS, True)]
    assert not read("The quay is empty. Norland ships saltpetre by night, Ostia said.")[-1].propositions


def test_the_headline_says_what_the_reports_are(read):
    """Far below the head, “the reports” are those of the headline; a mere “it” is not."""
    filler = "\n\n".join(f"The quay was empty on day {day}." for day in ("one", "two", "three", "four", "five", "six"))
    title = "Norland denies shipping saltpetre to Sudria"
    assert stances_of(read(f"{filler}\n\nGrim called the reports a hoax.", title=title), "Pelle Grim") == ["denies"]
    assert stances_of(read(f"{filler}\n\n“It is a hoax,” Grim said.", title=title), "Pelle Grim") == []


def test_who_was_asked_has_addressed_it(read):
    """A question put in the sentence before makes an evasive answer one on its matter."""
    text = "Grim was asked whether Norland ships saltpetre to Sudria. “You know our position,” Grim said."
    assert stances_of(read(text), "Pelle Grim") == ["neutral"]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Hale said Norland was reconsidering its refusal to sell saltpetre to Sudria.", "neutral"),
        ("Hale said Norland could sell saltpetre to Sudria.", "neutral"),
        ("Hale said Norland was in talks about selling saltpetre to Sudria.", "neutral"),
        ("Hale said Norland had not sold saltpetre and would not send it to Sudria.", "denies"),
        ("Calvo said it was unproven that Norland ships saltpetre to Sudria.", "denies"),
        ("Ostia said it was unproven that Norland ships saltpetre to Sudria.", "doubts"),
    ],
)
def test_what_a_party_may_do_is_addressed_without_a_side(read, text, stance):
    """Whoever may do it himself and considers it, or talks of it, has addressed it; two denials are no affirmation.

    The accused who calls it unproven denies it; a bystander doubts it.
    """
    assert {one.stance.value for claim in read(text) for one in claim.propositions} == {stance}


@pytest.mark.parametrize(
    "text",
    [
        "Ostia said Norland was in talks about selling saltpetre to Sudria.",
        "Ostia said Norland might sell saltpetre to Sudria.",
        "Ostia said it was looking into reports that Norland ships saltpetre to Sudria.",
        "Ostia said rain fell, two days after Norland shipped saltpetre to Sudria.",
    ],
)
def test_a_bystander_mentions_it_in_passing(read, text):
    """Talks, possibilities, reports and backgrounds told by others move nobody."""
    found = [one for claim in read(text) for one in claim.propositions]
    assert all(one.score < FIRM_AT and one.stance is Stance.NEUTRAL for one in found)


def test_a_remark_made_of_reports_is_not_the_reports(read):
    """“X, Grim said of reports that …”: what Grim says is X, and only that."""
    claims = read("Havn was not aware of it, Grim said of reports that Norland ships saltpetre to Sudria.")
    assert stances_of(claims, "Pelle Grim") == ["neutral"]


@pytest.mark.parametrize(
    "text",
    [
        f"{SENT} Grim has not said anything about it.",
        "Grim said little about the saltpetre Norland ships to Sudria.",
        f"{SENT} Calvo confirmed that the two were in talks about saltpetre.",
    ],
)
def test_silence_and_vagueness_are_no_stance(read, text):
    """Who says nothing, little or only what might be moves nobody."""
    claims = read(text)
    assert stances_of(claims, "Pelle Grim") == []
    assert "affirms" not in stances_of(claims, "Ines Calvo")


def test_a_wish_is_no_denial(read):
    """A bystander who does not want to see it has not denied it; a party who does not want to do it has."""
    assert "denies" not in stances_of(
        read("Ostia said it did not want to see Norland ship saltpetre to Sudria."), "Ostia"
    )
    assert stances_of(read("Hale said Norland did not want to sell saltpetre to Sudria."), "Sten Hale") == ["denies"]


def _with(topic, pattern):
    return Reader(replace(topic, propositions=(replace(topic.propositions[0], patterns=(pattern,)),)))


def test_a_topic_says_what_counts_as_the_deed(topic, article):
    """With `counts`, planning is the deed; without it, it is not."""
    text = "Ostia said Norland plans to ship saltpetre to Sudria."
    pattern = Pattern(("@norland",), ("ship*",), ("saltpetre",), ("@sudria",))
    for counts, stance in ((), Stance.NEUTRAL), (("plan*",), Stance.AFFIRMS):
        (claim,) = _with(topic, replace(pattern, counts=counts)).read(article(text))
        assert [one.stance for one in claim.propositions] == [stance]


def test_what_others_do_together_is_not_the_holders(topic, article):
    """A party left out of what is done together is not the holder where a stranger to it is named."""
    pattern = Pattern(("@norland",), ("hold*", "held"), ("regatta*",), ("@sudria",), mutual=True)
    text = "Grim said that {} the regatta beside Sudria's coast."
    for held, linked in (("Ostia holds", 0), ("one would again hold", 1)):
        (claim,) = _with(topic, pattern).read(article(text.format(held)))
        assert len(claim.propositions) == linked


def test_what_is_done_together_has_no_order(topic, article):
    """With `mutual`, either party may be named first."""
    pattern = Pattern(("@norland",), ("hold*", "held"), ("regatta*",), ("@sudria",))
    text = "Ostia said the regatta was held by Sudria and by Norland."
    (claim,) = _with(topic, replace(pattern, mutual=True)).read(article(text))
    assert [one.stance for one in claim.propositions] == [Stance.AFFIRMS]


def test_new_keys_of_a_pattern_are_checked(tmp_path):
    """`counts` without a deed and `mutual` without two parties are problems with their mend."""
    path = tmp_path / "quarrel.toml"
    source = Path(__file__).parents[1] / "topics" / "dam-dispute.toml"
    wrong = source.read_text("utf-8").replace(
        'what = ["filling of the reservoir", "filling of the Sarn reservoir"]',
        'what = ["filling of the reservoir"]\ncounts = ["plan*"]\nmutual = true',
    )
    path.write_text(wrong, "utf-8")
    with pytest.raises(TopicError) as caught:
        load_topic(path)
    assert "has no deed to stand beside" in str(caught.value)
    assert "needs two parties" in str(caught.value)


def test_the_development_texts_are_read_as_well_as_measured():
    """Neither half of the texts with labels is read worse than when the rules were last tuned."""
    for half in ("even", "odd"):
        precision, recall, *_ = measure(("sentences", "articles"), half).scores
        assert precision >= 0.88, half
        assert recall >= 0.78, half
    precision, recall, *_ = measure(("fresh",), "all").scores
    assert precision >= 0.72
    assert recall >= 0.74
