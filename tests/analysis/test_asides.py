"""Cues beside what is said rather than before it: asides, closing cues, verbs that come before their subject."""

import pytest

from news.claim import Modality
from tests.analysis.saying import said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The flour was for the poor, spokeswoman Jona Abel told a briefing in Ostburg, and she did not say more.",
            "The flour was for the poor",
        ),
        (
            "Norland will get flour but no oven, predicted Jona Abel, once a baker in Havn.",
            "Norland will get flour but no oven",
        ),
        (
            "The rain, Jona Abel told the guild's committee, was the likeliest cause.",
            "The rain … was the likeliest cause",
        ),
        ("It was the rain, Jona Abel said on Monday, the first time the guild had named it.", "It was the rain"),
        (
            "It would take a million sacks, Jona Abel told a group of bakers; half of them full.",
            "It would take a million sacks",
        ),
        (
            "The ovens, Jona Abel answered, keep within the law and are not sold.",
            "The ovens … keep within the law and are not sold",
        ),
        (
            "“It was never a loaf, it was a cake,” reckons Jona Abel, who knows.",
            "“It was never a loaf, it was a cake,”",
        ),
        ("What Havn wants, in Jona Abel's account, is ovens.", "What Havn wants … is ovens"),
        ("That no oven had been sold was stressed by Jona Abel.", "That no oven had been sold"),
        (
            "Jona Abel, a former baker who teaches in Turm, is convinced that ovens have been sold.",
            "that ovens have been sold",
        ),
        ("A retired officer of the guild, Jona Abel, was sceptical that it rained.", "that it rained"),
    ],
)
def test_what_is_said_around_a_cue_is_found(read, text, words):
    """Whoever was told, and whatever follows, what somebody says stands on the sides of the cue that belong to it."""
    assert ("Jona Abel", words) in said(read(text))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Jona Abel waved it away as gossip.", "dismiss"),
        ("Jona Abel brushed the report aside.", "dismiss"),
        ("Jona Abel had no comment on the rain.", "no-comment"),
    ],
)
def test_parted_and_wordless_cues(read, text, rule):
    """“Waved the story away" denies it; "had no comment" is a silence."""
    (claim,) = read(text)
    assert claim.rule.endswith(rule)
    assert (claim.modality is Modality.DENIED) is (rule == "dismiss")


def test_both_reject_as_well(read):
    """Of "rejected by X as well as by Y" both have rejected it."""
    claims = read("Reports that it rained have been rejected by Havn as well as by Castel.")
    assert [one.holder for one in claims] == ["Norland", "Sudria"]
    assert all(one.modality is Modality.DENIED for one in claims)


def test_who_was_told_is_not_what_was_told(read):
    """“Told the council" without more names no content."""
    assert read("Jona Abel told the council on Monday.") == []


def test_the_author_speaks_in_the_first_person(read):
    """“I expect", outside quotation marks, is the outlet's own word."""
    (claim,) = read("I expect that Norland will ship saltpetre to Sudria.")
    assert claim.holder_kind.value == "outlet"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Ivar Moe accused the guild of hiding a guess as fact, a charge Jona Abel rejected.",
            "Ivar Moe accused the guild of hiding a guess as fact",
        ),
        ("Ivar Moe said that it rained, a claim denied by Jona Abel.", "Ivar Moe said that it rained"),
    ],
)
def test_a_charge_set_beside_a_sentence_is_that_sentence(read, text, words):
    """“…, a charge X rejected": X rejects what stands before, and whoever made the charge did not say so."""
    found = said(read(text))
    assert ("Jona Abel", words) in found
    assert not any("charge" in content or "claim denied" in content for _, content in found)
