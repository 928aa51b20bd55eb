"""Who speaks, by which cue, and which words are theirs: one promise a test, in the invented quarrel's world."""

import pytest

from news.claim import HolderKind, Modality
from tests.analysis.saying import said

ASKED = (
    '"Is the mayor going to finally mention the words heavy summer rain? '
    "If he doesn't he should immediately resign in disgrace!\""
)


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        (
            "Jon Abel, a 55-year-old baker from Ostburg, Sudria, says it will rain.",
            "Jon Abel",
            "it will rain",
        ),
        ("Abel, the head of the guild (a small one), said it rained.", "Abel", "it rained"),
        ("Jon Abel - who never said it would rain - said that it rained.", "Jon Abel", "that it rained"),
        (
            "Nor is it likely to rain, said Jon Abel, a baker, who is seldom wrong.",
            "Jon Abel",
            "Nor is it likely to rain",
        ),
        (
            "Part of the problem, say bakers like Jon Abel, is the rain.",
            "Jon Abel",
            "Part of the problem … is the rain",
        ),
        ("The rain, officials said, was heavy.", "officials", "The rain … was heavy"),
        ("Jon Abel sternly met the mayor, saying at a fair in Ostburg that it rained.", "Jon Abel", "that it rained"),
        (
            "“It rained all day long,” Jon Abel said at the outset of a talk that was full.",
            "Jon Abel",
            "“It rained all day long,”",
        ),
        ("Jon Abel said in a talk in Ostburg, Sudria, that it rained.", "Jon Abel", "that it rained"),
        ("A clerk quoted Jon Abel as saying that it rained.", "Jon Abel", "that it rained"),
        ("Jon Abel was quoted as saying that it rained.", "Jon Abel", "that it rained"),
        ("Jon Abel's view is that it rained.", "Jon Abel", "that it rained"),
        ("In Jon Abel's words, it rained.", "Jon Abel", "it rained"),
        ("Jon Abel labelled the rain “a wet and sorry joke”, and left.", "Jon Abel", "the rain “a wet and sorry joke”"),
        ("Jon Abel said it rained, according to a letter.", "Jon Abel", "it rained"),
        ("Jon Abel said it rained, a claim the mayor made too.", "Jon Abel", "it rained"),
        ("Kelly said it rained.", "Kelly", "it rained"),
        ("About half of voters say it rained.", "About half of voters", "it rained"),
        (
            "“It rained,” said one well-connected baker familiar with the weather.",
            "one well-connected baker familiar with the weather",
            "“It rained,”",
        ),
        (
            f"{ASKED} the presumptive GOP presidential nominee, Jon Abel, tweeted Sunday after a lone-wolf attack.",
            "Jon Abel",
            ASKED,
        ),
        ("A person familiar with the weather said it rained.", "person familiar with the weather", "it rained"),
    ],
)
def test_the_first_speaker_and_their_words(read, text, who, words):
    """Whatever stands between a subject, its verb and its words, all three are found."""
    assert (who, words) in said(read(text))


def test_each_clause_is_its_own_speakers(read):
    """A content ends where another clause with a speaker begins."""
    claims = read("Jon Abel said it rained, but Ivar Moe said it snowed.")
    assert said(claims) == [("Jon Abel", "it rained"), ("Ivar Moe", "it snowed")]


def test_a_quotation_goes_on_behind_its_speaker(read):
    """“A,” X said. “B.” is one claim of both quotations, its evidence from the first mark to the last."""
    text = "“It rained all day,” Jon Abel said. “Then it snowed all night.”"
    (claim,) = read(text)
    assert claim.evidence == text
    assert said([claim]) == [("Jon Abel", "“It rained all day,” … “Then it snowed all night.”")]


def test_a_transcript_goes_on_to_the_end_of_its_paragraph(read):
    """In an interview what follows “X:” is X's, sentence after sentence, until the next paragraph."""
    claims = read("JON ABEL: It rained all day. Then it snowed.\nIt was cold.")
    assert said(claims) == [("JON ABEL", "It rained all day … Then it snowed.")]


@pytest.mark.parametrize(
    "text",
    [
        "It had to report to the mayor that states of alarm ended.",
        "The three free weather reports each year are wet.",
        "He could say that it rained.",
        "Nearly 400 pledged delegates came.",
        "Editor's Note: It rained.",
        "A reporter asked Jon Abel whether it rained.",
    ],
)
def test_words_that_only_look_like_speech(read, text):
    """A noun, a supposition, a participle, a page's furniture and a question report nothing."""
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "holder", "kind", "actor"),
    [
        ("Eric Tarrow said it rained.", "Eric Tarrow", HolderKind.PERSON, None),
        ("Foreign Minister of Norland Sten Hale said it rained.", "Sten Hale", HolderKind.PERSON, "norland"),
        ("Norland's Sten Hale said it rained.", "Sten Hale", HolderKind.PERSON, "norland"),
        ("Moe said it rained. Ivar Moe is a baker.", "Ivar Moe", HolderKind.PERSON, None),
        ("The State Herald said it rained.", "State Herald", HolderKind.ORGANISATION, "norland"),
        ("Calvo's office said it rained.", "Calvo's office", HolderKind.ORGANISATION, None),
        ("Ines Calvo's office said it rained.", "Ines Calvo's office", HolderKind.ORGANISATION, "sudria"),
        ("The poll showed that it rained.", "poll", HolderKind.ORGANISATION, None),
    ],
)
def test_holders_keep_to_their_own_names(read, text, holder, kind, actor):
    """A namesake is not the one the topic knows; a name given later counts; an office is not its holder."""
    claim = read(text)[0]
    assert (claim.holder, claim.holder_kind, claim.actor) == (holder, kind, actor)


def test_the_ministry_is_not_the_person_who_spoke_for_it(read):
    """“The spokesman” is the last who was called so, "the ministry" the body he spoke for."""
    claims = read(
        "Jon Abel, a spokesman for Norland's foreign ministry, said it rained. The spokesman added that it poured. "
        "The ministry declined to comment."
    )
    assert [claim.holder for claim in claims] == ["Jon Abel", "Jon Abel", "Norlandic Foreign Ministry"]


def test_he_and_she_keep_apart(read):
    """“She” is the last woman who spoke, not the man who spoke since, as far as titles and pronouns have told."""
    claims = read("Ms. Ada Roe said it rained. Mr. Ivar Moe said it snowed. She added that it was cold.")
    assert [claim.holder for claim in claims] == ["Ada Roe", "Ivar Moe", "Ada Roe"]


def test_he_is_who_acted_since(read):
    """“He” is the subject of the clause before, rather than one who spoke earlier in the article."""
    claims = read("Ivar Moe, a baker, said it rained.\nTarrow has long wanted sun. He warned that it would be cold.")
    assert claims[-1].holder == "Orm Tarrow"


def test_a_wish_told_by_another_is_not_a_claim(read):
    """What an analyst says somebody hopes for is the analyst's word alone."""
    claims = read("Norland hopes to get more ships, analysts say.")
    assert [claim.holder for claim in claims] == ["analysts"]


def test_neither_of_two_has_spoken(read):
    """“Neither X nor Y has commented” is a silence of each."""
    claims = read("Neither Norland nor Sudria has commented.")
    assert [(claim.holder, claim.modality_rule) for claim in claims] == [
        ("Norland", "refused:comment"),
        ("Sudria", "refused:comment"),
    ]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Grim said it rained.", Modality.ASSERTED),
        ("Grim said there was no rain.", Modality.DENIED),
        ("Grim called the rain a hoax.", Modality.DENIED),
        ("Grim said rain was likely.", Modality.PREDICTED),
        ("Grim expects that it will rain.", Modality.PREDICTED),
        ("Grim said it could rain.", Modality.CONDITIONAL),
        ("Grim said rain would be a disaster.", Modality.CONDITIONAL),
        ("“If it rains, we stay,” Grim said.", Modality.CONDITIONAL),
        ("Grim said he could not confirm the rain.", Modality.DOUBTED),
        ("Grim claimed that it rained.", Modality.ALLEGED),
        ("Sources said it rained.", Modality.ALLEGED),
        ("“That is none of your business,” Grim said.", Modality.ASSERTED),
    ],
)
def test_how_firmly_it_is_said(read, text, modality):
    """The cue decides, else the content's own doubt, negation, condition or likelihood."""
    assert read(text)[0].modality is modality


@pytest.mark.parametrize("head", ["HAVN, May 14 (Wire) — ", "Havn, May 14 (Wire) -- ", "A title line\nHAVN — "])
def test_a_dateline_is_in_no_sentence(read, head):
    """Where and when a report was filed is no subject of its first sentence, also below a title."""
    claim = read(head + "Grim met the mayor and said that it rained.")[0]
    assert claim.holder == "Pelle Grim"
    assert claim.evidence.startswith("Grim met")


@pytest.mark.parametrize(
    ("text", "holders"),
    [
        # “he” behind a statement is nobody the statement tells of
        ("Sten Hale met reporters. Pelle Grim had left for Castel, he said.", ["Sten Hale"]),
        ("Sten Hale spoke in Havn. “Pelle Grim has left the town,” he said.", ["Sten Hale"]),
        # a name beside an office, with a comma and without one
        ("The mayor of Lowmere, Ada Roe, said it rained.", ["Ada Roe"]),
        ("The Ostian guild's leader Ada Roe said it rained.", ["Ada Roe"]),
        # of two who share a name, the one who spoke
        ("Ada Roe, the sister of Ivar Roe, said it rained. Roe said it snowed.", ["Ada Roe", "Ada Roe"]),
        # who speaks for somebody is not that somebody
        ("A spokesman for the Sudrian president said it rained.", ["spokesman for the Sudrian president"]),
        # far from “quoted”, the one who is quoted
        ("The Mill quoted a clerk briefed by the guild as saying that it rained.", ["Mill", "clerk"]),
        # two countries, two claims
        ("Havn and Castel signed a letter. The two countries said it rained.", ["Norland", "Sudria"]),
        # what is told in the passive
        ("Reporters were told by Ada Roe that it rained.", ["Ada Roe"]),
        ("Ada Roe has yet to confirm that it rained.", ["Ada Roe"]),
        # a quotation over two paragraphs is the speaker's of the second
        ("“It rained all day in the town.\n\n“It snowed all night there,” Ada Roe said.", ["Ada Roe", "Ada Roe"]),
        # a headline with a party the topic knows
        ("Havn: no rain in the harbour", ["Norland"]),
    ],
)
def test_the_right_one_speaks(read, text, holders):
    """Whoever is named beside, before or inside, the claim goes to the one who speaks."""
    assert [claim.holder for claim in read(text) if claim.rule != "own-voice"] == holders


@pytest.mark.parametrize(
    "text",
    [
        "“Will it rain in Havn?” a reporter asked.",
        "Asked whether Norland backs the rain in Castel, Ada Roe left the room.",
        "If Norland says it will rain, Ada Roe will leave.",
        "Norland would say that it rained.",
        "“There was no rain in the harbour at all.”",
    ],
)
def test_nobody_has_said_it(read, text):
    """Questions, what is only supposed, and quotations of nobody are no claims."""
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Ada Roe said it would rain soon.", Modality.PREDICTED),
        ("Ada Roe hopes that the ships leave.", Modality.PREDICTED),
        ("Ada Roe promised to send the ships.", Modality.PREDICTED),
        ("Ada Roe said it was not clear whether it rained.", Modality.DOUBTED),
        ("Ada Roe did not know whether it rained.", Modality.DOUBTED),
        ("Ada Roe said she could not rule out rain.", Modality.ASSERTED),
        ("Had it rained, the ships would have stayed, Ada Roe said.", Modality.CONDITIONAL),
        ("“The mayor is lying about the rain,” Ada Roe said.", Modality.DENIED),
        ("Ada Roe was sceptical that it rained.", Modality.DOUBTED),
        ("Officials said it rained.", Modality.ALLEGED),
    ],
)
def test_mood_knowledge_and_sources_decide_how_firmly(read, text, modality):
    """What is to come is predicted, what is not known doubted, what officials without a name say alleged."""
    assert modality in [claim.modality for claim in read(text)]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        # what a pronoun shows of a person holds for the others that follow
        ("Jona Abel met her colleague Ivar Moe. The ovens were old, she said.", "Jona Abel"),
        # a name may look like a word
        (
            "Jona Son Abel met her colleague Ivar Moe and promised that it rained. The ovens were old, she said.",
            "Jona Son Abel",
        ),
        # who is told of in a side clause is not who goes on
        ("Jona Abel offered a loaf if Ivar Moe could bring it. “We shall bake others,” he said.", "Jona Abel"),
        # the office beside the phrase itself is not its holder's
        (
            "Pelle Grim said it rained. No pact was made with Jona Abel, the Citadel spokesman said on Monday.",
            "Pelle Grim",
        ),
        ("Jona Abel, asked about the rain as he left a shop in Turm, called the weather “very bad”.", "Jona Abel"),
    ],
)
def test_the_last_word_is_the_right_persons(read, text, holder):
    """Pronouns and offices go to whom a reader would take them for."""
    assert read(text)[-1].holder == holder


@pytest.mark.parametrize(
    ("text", "holder", "actor"),
    [
        # whose envoy it is, not where he is posted
        ("A foreign envoy in Havn said it rained.", None, None),
        ("A Sudrian envoy in Havn said it rained.", None, "sudria"),
        # two that need not have been named before
        ("Havn and Castel met. The two governments that had watched it said it rained.", None, None),
        # a body in short, in capitals
        ("The Norlandic Foreign Ministry met. The Ministry said it rained.", "Norlandic Foreign Ministry", "norland"),
    ],
)
def test_the_last_word_speaks_for_the_right_side(read, text, holder, actor):
    """A post, a pair or a name in short speaks for whom it belongs to, else for nobody."""
    last = read(text)[-1]
    assert last.actor == actor
    assert holder is None or last.holder == holder
