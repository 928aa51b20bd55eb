"""What a reader sees: a digest read from top to bottom."""

from dataclasses import replace

import pytest

from alerts.dates import moment, zone_of
from alerts.lines import wrap
from alerts.render import render
from alerts.wording import amount, headline, number, turn
from news.finding import FindingKind
from news.topic import Stance, Subscriber

SHIFT = """\
Vardania no longer denies that Vardania has begun to fill the Osk dam.

The Osk dam, 23 October 2024, 06:00 UTC to 24 October 2024, 18:00 UTC

==============================================================================
Vardania has begun to fill the Osk dam
==============================================================================

  Shift, 24 October 2024
  Vardania: denies → neutral (concession)

    Before: Ilan Teresk, in The Lom Ledger, 10 October 2024
    | “Not a drop has been held back,” the water minister said.
    <https://ledger.example/osk?id=7&p=1>

    Now: Mara Voss, in Valley Wire, 24 October 2024
    | Asked whether the lake was rising, Voss answered that what her country
    | does with its river is its own affair.
    <https://wire.example/2024/10/24/voss>

  Why: Asked directly on 24 October, the president did not repeat the denial
       his minister gave a fortnight before, and a president outranks a
       minister.
  High confidence, rests on one origin.
  volteface why fnd_shift

What could not be seen
- Kesh Radio has been silent since 19 October.
- 14 pages in Vardanian were filed and not read.

12 sources polled, 240 pages fetched and 181 articles filed (96 copies, 31 off
the topic); 410 claims read.
"""


def test_a_shift_reads_from_its_headline_to_what_was_not_seen(world, digest, topic):
    """The text has the change, both sentences with whose, where and when, the reason, the doubt, the blind spots."""
    one = replace(digest, findings=(world["shift"](),), notices=())
    assert render(one, topic).text == SHIFT


def test_the_subject_says_the_most_important_thing(digest, topic):
    """An inbox shows what changed and how much more there is."""
    assert render(digest, topic).subject == (
        "Vardania no longer denies that Vardania has begun to fill the Osk dam (+4)"
    )


def test_an_empty_digest_is_one_line(digest, topic):
    """Nothing new is said in one line, and nothing else with it."""
    empty = render(replace(digest, findings=(), unseen=(), notices=()), topic)
    assert empty.text == "Nothing new on The Osk dam since 23 October 2024, 06:00 UTC.\n"
    assert empty.subject == "Nothing new on The Osk dam since 23 October 2024, 06:00 UTC"


def test_an_empty_digest_still_says_what_could_not_be_seen(digest, topic):
    """No news from silent sources is not the same as no news."""
    assert "Kesh Radio has been silent" in render(replace(digest, findings=()), topic).text


@pytest.mark.parametrize("form", ["text", "html"])
def test_every_form_has_both_sentences_and_their_links(digest, topic, form):
    """Text and HTML alike carry both sides of a shift word for word, with links to follow."""
    shown = " ".join(getattr(render(digest, topic), form).replace("|", " ").split())
    for words in (
        "“Not a drop has been held back,” the water minister said.",
        "what her country does with its river is its own affair.",
        "https://wire.example/2024/10/24/voss",
        "rests on one origin",
        "volteface why fnd_shift",
        "1,500 → up to 3,000 → 10,000",
        "Holders who moved with it: Mara Voss.",
    ):
        assert words in shown


def test_times_are_in_the_subscribers_zone(digest, topic):
    """A desk in Tokyo reads Tokyo's day and hour."""
    desk = Subscriber("desk", "Desk", "email", "desk@paper.example", timezone="Asia/Tokyo")
    text = render(replace(digest, findings=()), replace(topic, subscribers=(desk,))).text
    assert text.startswith("Nothing new on The Osk dam since 23 October 2024, 15:00 JST.")


def test_an_unknown_zone_is_utc(world):
    """A zone this machine does not know costs the local hour, not the digest."""
    assert moment(world["since"], zone_of("Nowhere/Osk")) == "23 October 2024, 06:00 UTC"


def test_every_shift_of_the_table_has_words():
    """No change of stance is left to a phrase that does not say it."""

    def shifted(before, after):
        return type("Shift", (), {"detail": {"from": before.value, "to": after.value}})

    said = {turn(shifted(before, after)) for before in Stance for after in Stance if before is not after}
    assert "has changed position on whether" not in said


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"value": 1500.0}, "1,500"),
        ({"value": 3000, "high": 3000}, "up to 3,000"),
        ({"value": 1000, "low": 1000}, "at least 1,000"),
        ({"value": 1250, "low": 1000, "high": 1500}, "1,000 to 1,500"),
        ({"value": 2.5}, "2.5"),
        ({"value": float("nan")}, "nan"),
        ({"value": "a\x1bb"}, "ab"),
        ({}, "?"),
    ],
)
def test_figures_are_written_as_a_reader_writes_them(value, words):
    """Numbers have their thousands set apart and their bounds in words; nonsense does not stop the digest."""
    assert amount(value) == words


def test_a_figures_headline_says_what_moved_or_differs(world, topic):
    """What is counted, without the key of the proposition it stands under; only what moved; "or" where two differ."""
    one = next(each for each in world["every_kind"]() if each.kind is FindingKind.FIGURE)
    moved = [{"value": 1500}, {"value": 3000, "low": 3000}]
    given = {"line": f"{one.proposition}/families", "unit": "families", "values": [*moved, {"value": 2000}]}
    assert headline(replace(one, detail={**given, "steps": moved}), topic) == "Families: 1,500 → at least 3,000"
    differ = replace(one, detail={**given, "steps": moved, "differ": True})
    assert headline(differ, topic) == "Families: 1,500 or at least 3,000"


def test_a_bool_is_no_number():
    """A truth value in a figure is shown as what it is."""
    assert number(value=True) == "True"


def test_a_finding_without_details_is_still_told(world, digest, topic):
    """Every kind with nothing but its sentence gives a digest, with the sentence in it."""
    for kind in FindingKind:
        bare = world["finding"]("fnd_bare", kind, detail={}, proposition=None, at=None)
        text = render(replace(digest, findings=(bare,)), topic).text
        assert "A sentence about it" in text


def test_lines_keep_to_78_columns_also_in_wide_script():
    """Chinese fills two columns a character and has no spaces: it is broken all the same; an address never is."""
    address = "https://wire.example/" + "a" * 100
    lines = wrap("水" * 100 + " " + address, "  | ").split("\n")
    assert max(len(line) + line.count("水") for line in lines if "https" not in line) <= 78
    assert any(address in line for line in lines)


def test_json_keeps_evidence_to_the_character(world, digest, topic):
    """Machines get the evidence verbatim, with everything that names the finding."""
    words = "“Not\u202e a drop”\x1b  he\nsaid"
    odd = world["shift"](before=(world["evidence"]("Ilan Teresk", words, None),), detail={"when": world["since"]})
    made = render(replace(digest, findings=(odd,)), topic).json
    assert made["findings"][0]["before"][0]["evidence"] == words
    assert made["findings"][0]["detail"] == {"when": "2024-10-23 06:00:00+00:00"}
    assert made["digest_id"] == digest.digest_id


def test_the_same_digest_renders_the_same(digest, topic):
    """A rerun makes the same bytes in every form."""
    assert render(digest, topic) == render(digest, topic)
