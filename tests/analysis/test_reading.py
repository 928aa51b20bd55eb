from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.engine import ENGINE
from news.article import Article, Exclusion
from news.claim import HolderKind, Modality

SALT = "Norland ships saltpetre to Sudria"


def holders(claims):
    return [claim.holder for claim in claims]


def content(claim):
    return [claim.evidence[start - claim.start : end - claim.start] for start, end in claim.content]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“The ships are empty today,” Ines Calvo said.", ["“The ships are empty today,”"]),
        ('"The ships are empty today," said Ines Calvo, who wore a hat.', ['"The ships are empty today,"']),
        ("«The ships are empty today», Ines Calvo said.", ["«The ships are empty today»"]),
        ("'The ships are empty today,' Ines Calvo told reporters in Castel.", ["'The ships are empty today,'"]),
        ("Ines Calvo said: “The ships are empty today.”", ["“The ships are empty today.”"]),
        ("“The ships,” Ines Calvo said on Monday, “are empty.”", ["“The ships,”", "“are empty.”"]),
        ("Ines Calvo, who rarely speaks, said that the ships were empty.", ["that the ships were empty"]),
        ("The ships were empty, according to Ines Calvo.", ["The ships were empty"]),
        ("According to Ines Calvo, the ships were empty.", ["the ships were empty"]),
        ("Ines Calvo told the Wire on Monday that the ships were empty.", ["that the ships were empty"]),
        ("The rumours about the ships were rejected by Ines Calvo.", ["The rumours about the ships"]),
        ("The ships, as Ines Calvo put it, were empty.", ["The ships", "were empty"]),
        ("In May, Ines Calvo issued a warning that the ships were empty.", ["that the ships were empty"]),
    ],
)
def test_speech_is_read_in_every_manner(read, text, words):
    """Direct, interrupted, indirect, passive and nominal speech give the speaker and exactly the words spoken."""
    claim = read(text)[0]
    assert claim.holder == "Ines Calvo"
    assert claim.actor == "sudria"
    assert [part.replace("the rumours", "The rumours") for part in content(claim)] == words


def test_a_quotation_standing_alone_is_the_last_speakers(read):
    """A paragraph that is nothing but a quotation continues the speaker of the one before."""
    claims = read("“It rained all day,” said Jon Abel, a baker.\n\n“Then it stopped for good.”")
    assert holders(claims) == ["Jon Abel", "Jon Abel"]
    assert claims[1].rule == "quotation-continues"
    assert claims[1].source == ()


def test_an_unclosed_quotation_runs_on(read):
    """A quotation left open at a paragraph's end is taken up by the next paragraph's opening mark."""
    claims = read("Jon Abel, a baker, said: “It rained all day.\n\n“Then it stopped for good.”")
    assert holders(claims) == ["Jon Abel", "Jon Abel"]


@pytest.mark.parametrize(
    ("text", "who", "kind", "actor"),
    [
        ("The Citadel spokesman said it was raining.", "Pelle Grim", HolderKind.PERSON, "norland"),
        ("Havn said it was raining.", "Norland", HolderKind.ORGANISATION, "norland"),
        ("Mr. Grim said it was raining.", "Pelle Grim", HolderKind.PERSON, "norland"),
        ("Sudrian officials said it was raining.", "Sudrian officials", HolderKind.GROUP, "sudria"),
        ("Jon Abel, a Sudrian professor, said it was raining.", "Jon Abel", HolderKind.PERSON, None),
        ("Ivar Moe, the Norlandic deputy fish minister, said it rained.", "Ivar Moe", HolderKind.PERSON, "norland"),
        ("Analysts said it was raining.", "Analysts", HolderKind.GROUP, None),
    ],
)
def test_holders_are_found_by_name_office_and_metonym(read, text, who, kind, actor):
    """The topic's people, offices of the day and capitals name their actor; an analyst speaks for no country."""
    claim = read(text)[0]
    assert (claim.holder, claim.holder_kind, claim.actor) == (who, kind, actor)


def test_a_surname_is_the_full_name_seen_before(read):
    """A surname, a title with it, and a pronoun all lead back to the name given in full."""
    claims = read("Jon Abel, a baker, said it rained. “It poured,” Mr. Abel added. He said the cellar was wet.")
    assert holders(claims) == ["Jon Abel"] * 3


def test_an_office_passes_on(read):
    """Who an office means depends on the day: a former spokeswoman speaks for nobody."""
    claim = read("Ulla Brandt said it was raining.")[0]
    assert (claim.holder, claim.actor) == ("Ulla Brandt", None)


def test_a_bare_office_is_the_datelines(read):
    """“The foreign minister” of nobody named is the minister of the country the report comes from."""
    claim = read("HAVN, May 14 — It rained, the foreign minister said.")[0]
    assert (claim.holder, claim.actor) == ("Sten Hale", "norland")
    assert claim.evidence == "It rained, the foreign minister said."


def test_a_noun_can_report(read):
    """“X's claim that …” is X's claim, and the verdict on it the other speaker's."""
    claims = read(f"Ostia's claim that {SALT} is groundless, Grim said.")
    assert {one.holder: one.propositions[0].stance.value for one in claims} == {
        "Ostia": "affirms",
        "Pelle Grim": "denies",
    }


def test_both_deny(read):
    """One sentence with two subjects is a claim of each."""
    claims = read(f"Ostia alleged that {SALT}. Both Norland and Sudria have denied the claims.")
    denying = [claim for claim in claims if claim.modality is Modality.DENIED]
    assert [(claim.holder, claim.propositions[0].stance.value) for claim in denying] == [
        ("Norland", "denies"),
        ("Sudria", "denies"),
    ]


def test_each_speaker_keeps_his_own_words(read):
    """What another says inside a report is that speaker's claim and not the reporter's."""
    claims = read(f"Jon Abel, a baker, said Grim had denied that {SALT}.")
    sides = {claim.holder: [one.stance.value for one in claim.propositions] for claim in claims}
    assert sides == {"Jon Abel": [], "Pelle Grim": ["denies"]}


@pytest.mark.parametrize("written", ["Ines-Calvo", "ınes Calvo", "İnes Calvo", "Ineſ Calvo", "INES\xa0CALVO"])
def test_a_name_is_looked_up_as_it_is_found(read, written):
    """Whatever spelling the expressions find, the look-up behind them knows too: no text breaks the reading."""
    claims = read(f"In {written}'s view all was well. {written} met the baker. The president said that it rained.")
    assert claims[-1].holder == "Ines Calvo"


def test_questions_are_no_claims(read):
    """A question asserts nothing, whoever asks it."""
    assert read(f"Does anybody believe that {SALT}?") == []


def test_the_outlets_own_voice_speaks_of_propositions_only(read):
    """What nobody is said to have said is the outlet's claim, and only when it speaks of what the topic tracks."""
    claims = read(f"{SALT}. The weather was fine.", outlet="herald")
    assert [(claim.holder, claim.holder_kind, claim.actor) for claim in claims] == [
        ("State Herald", HolderKind.OUTLET, "norland")
    ]
    assert claims[0].source == claims[0].cue == ()


def test_excluded_ranges_are_never_read(read):
    """Wrapping gives no claims and stands in no evidence."""
    text = "Advertisement: Grim said buy soap.\nGrim said it rained."
    claims = read(text, excluded=(Exclusion(0, text.index("\n"), "furniture"),))
    assert [claim.evidence for claim in claims] == ["Grim said it rained."]


def test_the_engine_has_a_name():
    """Rows can say what made them."""
    assert ENGINE


def test_reading_twice_gives_the_same(read):
    """The same article gives the same claims with the same ids."""
    text = f"Grim denied that {SALT}. “Nonsense,” he said."
    assert read(text) == read(text)


QUOTES = list("“”\"'’«»?:.,é🙂")
PIECES = st.lists(
    st.sampled_from(
        [*QUOTES, "Grim", "said", "denied", "Norland", "ships", "saltpetre", " to ", "Sudria", " that", "was"]
    )
    | st.sampled_from(["by", "\n", "according to", "\u200b", "No.", "10,000 tons"]),
    max_size=40,
)


@given(PIECES, st.integers(0, 30), st.integers(0, 30))
@settings(max_examples=150, deadline=None)
def test_every_text_is_read_with_exact_evidence(reader, pieces, start, length):
    """Whatever the text, every span lies in its evidence, and no evidence touches what is excluded."""
    text = " ".join(pieces)
    end = min(len(text), start + length)
    excluded = (Exclusion(min(start, end), end, "test"),)
    day = datetime(2031, 5, 14, tzinfo=UTC)
    for claim in reader.read(Article("a", 1, "u", "wire", "", text, day, day, excluded=excluded)):
        assert claim.evidence == text[claim.start : claim.end]
        assert claim.end <= excluded[0].start or claim.start >= end or excluded[0].start == end
        for first, last in (*claim.source, *claim.cue, *claim.content):
            assert claim.start <= first <= last <= claim.end
