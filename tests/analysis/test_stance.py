from dataclasses import replace

import pytest

from analysis.stance import Statement, check_examples, stances
from news.claim import Modality
from news.topic import Example, Stance

THAT = "that Norland ships saltpetre to Sudria"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        (f"Calvo said {THAT}.", "affirms"),
        (f"Grim denied {THAT}.", "denies"),
        ("Grim denied sending saltpetre to Sudria.", "denies"),
        (f"Grim rejected reports {THAT}.", "denies"),
        ("Grim denied that Norland had stopped shipping saltpetre to Sudria.", "affirms"),
        ("Norland has never shipped saltpetre to Sudria, Grim said.", "denies"),
        ("Norland has no plans to send saltpetre to Sudria, Grim said.", "denies"),
        ("“There are no deliveries of saltpetre from Norland to Sudria,” Grim said.", "denies"),
        (f"Grim did not deny {THAT}.", "neutral"),
        (f"Grim declined to comment on reports {THAT}.", "neutral"),
        (f"Asked about reports {THAT}, Grim did not deny it.", "neutral"),
        (f"“It is our own business,” Grim said of reports {THAT}.", "neutral"),
        (f"Reports {THAT} are groundless, Grim said.", "denies"),
        (f"Grim called reports {THAT} a hoax.", "denies"),
        (f"Ostia could not confirm {THAT}.", "doubts"),
        (f"Jon Abel, an analyst, doubts {THAT}.", "doubts"),
        (f"Ostia sees no evidence {THAT}.", "doubts"),
        ("Calvo thanked Norland for the saltpetre it ships to Sudria.", "affirms"),
        ("Ostia condemned the shipping of saltpetre from Norland to Sudria.", "affirms"),
        ("Ostia accused Norland of selling saltpetre to Sudria.", "affirms"),
        ("Ostia warned Norland against selling saltpetre to Sudria.", "neutral"),
        ("If Norland sold saltpetre to Sudria, that would be a breach, Calvo said.", "neutral"),
        ("Hale said Norland wouldn't rule out selling saltpetre to Sudria.", "neutral"),
        ("“We do not comment on that,” Grim said when asked whether Norland sent saltpetre to Sudria.", "neutral"),
        ("Hale said the government would never sell saltpetre to Sudria.", "denies"),
        ("About 300 tonnes of Norlandic saltpetre have been sent to Sudria, Ostia said.", "affirms"),
        (f"Ostia could not at this stage confirm {THAT}.", "doubts"),
        (f"Ostia said it was too early to conclude {THAT}.", "doubts"),
        (f"It has not been established {THAT}, Ostia said.", "doubts"),
        ("Ostia said it had not seen Norland ship saltpetre to Sudria.", "doubts"),
        (f"Ostia said the story {THAT} was made up.", "denies"),
        ("The load was made up of saltpetre that Norland sold to Sudria, Ostia said.", "affirms"),
        ("It would be naive to think that Norland had stopped shipping saltpetre to Sudria, Ostia said.", "affirms"),
        ("Ostia said Norland had given up shipping saltpetre to Sudria.", "denies"),
        ("Without the king's help no saltpetre could have been shipped from Norland to Sudria, Ostia said.", "affirms"),
        ("If the king allows it, Norland will ship saltpetre to Sudria, Hale said.", "affirms"),
        ("Ostia will not sit idle if Norland ships saltpetre to Sudria, Jon Abel warned.", "neutral"),
        ("If Norland were to ship saltpetre to Sudria, it would not be alone, Ostia said.", "neutral"),
        ("Saltpetre shipped from Norland to Sudria would change the balance, Ostia warned.", "neutral"),
        ("Any shipping of saltpetre from Norland to Sudria is a breach of the rules, Ostia said.", "neutral"),
        ("Ostia will not forget the saltpetre that Norland ships to Sudria, Jon Abel said.", "affirms"),
        ("Hale said Norland kept open the option of selling saltpetre to Sudria.", "neutral"),
    ],
)
def test_cue_content_and_mood_compose(read, text, stance):
    """The side taken is that of cue, negation and mood together."""
    found = [one.stance.value for claim in read(text) for one in claim.propositions]
    assert stance in found
    assert all(one.rule for claim in read(text) for one in claim.propositions)


@pytest.mark.parametrize(
    "text",
    [
        "Sudria ships saltpetre to Norland, Grim said.",
        "Norland sells saltpetre soap to Sudria, Grim said.",
        "Norland opened a museum in Castel, Grim said.",
        "Ostia ships saltpetre to Sudria, Grim said.",
    ],
)
def test_other_matters_are_not_linked(read, text):
    """The wrong way round, the wrong party and what a pattern rules out link nothing."""
    assert [one for claim in read(text) for one in claim.propositions] == []


def test_it_points_to_what_was_spoken_of(read):
    """“Fake news” denies whatever the article has just spoken of, across a paragraph."""
    claims = read(f"Ostia said {THAT}.\n\n“This is fake news,” Grim told reporters.")
    assert [(one.holder, one.propositions[0].stance.value) for one in claims] == [
        ("Ostia", "affirms"),
        ("Pelle Grim", "denies"),
    ]
    assert claims[1].propositions[0].score < claims[0].propositions[0].score


def test_we_is_the_speakers_side(read):
    """In a quotation “we” is the entity that the holder speaks for."""
    claims = read("“We have sold no saltpetre to Sudria,” Grim said.")
    assert claims[0].propositions[0].stance is Stance.DENIES


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Grim said it was raining.", Modality.ASSERTED),
        ("Grim denied the report.", Modality.DENIED),
        ("Grim said there were no ships.", Modality.DENIED),
        ("Ostia accused Norland of sloth.", Modality.ALLEGED),
        ("Sources said the ships had left.", Modality.ALLEGED),
        ("Grim expects the ships to leave.", Modality.PREDICTED),
        ("Grim said the ships would leave if it rained.", Modality.CONDITIONAL),
        ("Grim doubts that the ships will leave.", Modality.DOUBTED),
    ],
)
def test_modality_says_how_firmly(read, text, modality):
    """The cue goes before the content, and each decision names its rule."""
    claim = read(text)[0]
    assert claim.modality is modality
    assert claim.modality_rule


def test_a_statement_can_be_judged_by_itself(topic):
    """The judgement is a pure function of the statement and the topic."""
    found = stances(Statement(THAT), topic)
    assert [(one.proposition, one.stance) for one in found] == [("saltpetre", Stance.AFFIRMS)]


def test_examples_are_checked(topic):
    """A topic's examples that read as they say give no lines; one that does not is quoted with both readings."""
    assert check_examples(topic) == []
    proposition = replace(
        topic.propositions[0], examples=(Example("Norland ships saltpetre to Sudria.", Stance.DENIES),)
    )
    (line,) = check_examples(replace(topic, propositions=(proposition,)))
    assert line == "saltpetre: expected denies, read affirms: Norland ships saltpetre to Sudria."
