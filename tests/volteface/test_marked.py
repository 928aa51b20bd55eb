"""A document on a terminal: what stands where, in which style, at which width."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from rich.console import Console

from news.article import Article, Exclusion
from news.claim import Claim, HolderKind, Modality, PropositionStance
from news.topic import Stance
from volteface.marked import print_reading

NOW = datetime(2024, 3, 4, 9, tzinfo=UTC)
TEXT = "The dam\n\nTamm denied that\nDray had promised water. \U0001f600水\n\nShare this\n"
EVIDENCE = "Tamm denied that\nDray had promised water."
ARTICLE = Article(
    *("art_1", 1, "https://wire.example/1", "The Wire", "Water denied", TEXT, NOW, NOW),
    published=NOW,
    excluded=(Exclusion(0, 7, "title"),),
)


def spans(words):
    start = TEXT.index(words)
    return ((start, start + len(words)),)


def claim(source, cue, content, **more):
    plain = {
        "actor": "velmora",
        "modality_rule": "cue:deny",
        "spoken_on": date(2024, 3, 3),
        "propositions": (PropositionStance("sarn-filling", Stance.DENIES, 0.9, "content"),),
    }
    return Claim(
        *("clm", "art_1", 1, source, HolderKind.PERSON, Modality.DENIED, EVIDENCE, 9, 9 + len(EVIDENCE)),
        source=spans(source),
        cue=spans(cue),
        content=spans(content),
        **{**plain, **more},
    )


CLAIMS = (claim("Tamm", "denied", "that\nDray had promised water"), claim("Dray", "promised", "water", actor=None))


def shown(article, claims, width=140, **console):
    """What a terminal of that width is sent."""
    out = io.StringIO()
    print_reading(
        Console(file=out, force_terminal=True, width=width, color_system="standard", **console), article, claims
    )
    return out.getvalue()


def styled(sent):
    """Each run of words with the numbers of its style (SGR, ECMA-48)."""
    found = re.findall(r"\x1b\[([\d;]+)m([^\x1b]*)\x1b\[0m|([^\x1b]+)", sent)
    return [(words or bare, frozenset(style.split(";")) - {""}) for style, words, bare in found]


BOLD, DIM, ITALIC, UNDERLINED, REVERSE = "1", "2", "3", "4", "7"


@pytest.mark.parametrize("no_color", [False, True], ids=["colour", "no colour"])
def test_holder_cue_and_content_differ_without_any_colour(no_color):
    """Bold is a holder, reverse a cue, underlined a content, dim what is not read, also where they lie together."""
    kept = {
        words: style & {BOLD, DIM, REVERSE, UNDERLINED}
        for words, style in styled(shown(ARTICLE, CLAIMS, no_color=no_color))
    }
    assert kept["Tamm"] == {BOLD}
    assert kept["denied"] == {REVERSE}
    assert kept["Dray"] == {BOLD, UNDERLINED}
    assert kept["promised"] == {REVERSE, UNDERLINED}
    assert kept[" had "] == {UNDERLINED}
    assert kept["The dam"] == {DIM}


def test_a_content_inside_another_has_a_colour_of_its_own():
    """The inner content is told from the outer one around it."""
    runs = dict(styled(shown(ARTICLE, CLAIMS)))
    assert runs["water"] != runs[" had "]


def bare(sent):
    """What is read of it, without styles and the spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in re.sub(r"\x1b\[[\d;]+m", "", sent).split("\n"))


def test_the_text_is_whole_with_its_lines_and_numbers():
    """Every line of the text stands on a line, a claim's number where it begins, and the legend under it."""
    told = bare(shown(ARTICLE, CLAIMS))
    assert (
        "Water denied\nThe Wire · 2024-03-04 · https://wire.example/1\n\nThe dam\n\n"
        "[1]Tamm denied that\n[2]Dray had promised water. \U0001f600水\n\nShare this\n\n"
        "holder  cue  content  content within content  not read  [1] claim\n"
    ) in told


def test_the_table_has_every_column():
    """A row has number, holder, actor, modality with its rule, cue, stances, day and evidence."""
    table = bare(shown(ARTICLE, CLAIMS, width=200)).split("claim\n")[1]
    assert re.sub(" {2,}", "|", table).strip().split("\n") == [
        "|holder|actor|modality|cue|stances|spoken|evidence",
        "[1]|Tamm|velmora|denied (cue:deny)|denied|denies sarn-filling|2024-03-03|" + EVIDENCE.replace("\n", " "),
        "[2]|Dray|denied (cue:deny)|promised|denies sarn-filling|2024-03-03|" + EVIDENCE.replace("\n", " "),
    ]


@pytest.mark.parametrize("width", [20, 40, 80])
def test_a_narrow_terminal_gets_the_same_in_lines(width):
    """No line is wider than the terminal, and nothing of a claim is left out."""
    told = bare(shown(ARTICLE, CLAIMS, width=width))
    assert max(map(len, told.split("\n"))) <= width
    words = " ".join(told.split("claim\n")[1].split())
    for part in ("[1] Tamm", "velmora", "(cue:deny)", "cue: denied", "denies sarn-filling", "2024-03-03", "[2] Dray"):
        assert part in words, words


def test_long_evidence_is_shortened():
    """The table shows the start of a long evidence; the whole of it is in the text."""
    long = replace(CLAIMS[0], evidence="word " * 100)
    assert "word…" in bare(shown(ARTICLE, [long], width=300))


def test_a_document_without_claims_says_so():
    """The text is shown all the same."""
    told = bare(shown(replace(ARTICLE, published=None), ()))
    assert "promised water" in told
    assert "\nno claims\n" in told
    assert "undated" in told


def test_nothing_from_outside_is_obeyed_or_moves_a_mark():
    """Escapes and changes of direction go, markup stays what it is, and spans still mark what they marked."""
    hostile = "\x1b[2J\x1b]0;owned\x07\u202e\x9b5m[bold red]:smile:[/]"
    article = replace(
        ARTICLE, text=hostile + TEXT, title=hostile, outlet=hostile, url=hostile, excluded=(Exclusion(0, 3, hostile),)
    )

    def moved(places):
        return tuple((start + len(hostile), end + len(hostile)) for start, end in places)

    claims = [
        replace(
            CLAIMS[0],
            holder=hostile,
            actor=hostile,
            modality_rule=hostile,
            evidence=hostile,
            source=moved(CLAIMS[0].source),
            cue=moved(CLAIMS[0].cue),
            content=((0, len(hostile)), *moved(CLAIMS[0].content)),
            propositions=(PropositionStance(hostile, Stance.DENIES, 0.9, hostile),),
        )
    ]
    for width in (60, 140):
        sent = shown(article, claims, width=width)
        assert not re.search("\x1b(?!\\[[\\d;]+m)|[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e]", sent), ascii(
            sent
        )
        assert "[bold red]:smile:[/]" in bare(sent)
        assert dict(styled(sent))["denied"] >= {REVERSE}
