"""A text cut by what its claims mark in it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.article import Exclusion
from news.claim import Claim, HolderKind, Modality
from news.marking import Mark, Role, cut, paragraphs

TEXT = "Tamm denied that Dray had promised water.\n\nThe dam stands.\r\nIt holds.\n"


def claim(text, source="", cue="", content="", **more):
    """A claim whose spans are where these words first stand."""

    def spans(words):
        return ((text.index(words), text.index(words) + len(words)),) if words else ()

    given = {"start": 0, "end": len(text), "evidence": text, **more}
    return Claim(
        *("clm", "art", 1, source, HolderKind.PERSON, Modality.ASSERTED),
        source=spans(source),
        cue=spans(cue),
        content=spans(content),
        **given,
    )


NESTED = (
    claim(TEXT, "Tamm", "denied", "that Dray had promised water"),
    claim(TEXT, "Dray", "promised", "water"),
)


def read(segments, text=TEXT):
    """Each segment's words with its marks, as "2source 1content", and the numbers it opens."""
    return [
        (text[one.start : one.end], " ".join(f"{mark.claim}{mark.role}" for mark in one.marks), one.opens)
        for one in segments
    ]


def test_a_claim_inside_another_keeps_the_marks_of_both():
    """An inner claim's holder, cue and content stand in the outer content with both claims' marks, and no other."""
    assert read(cut(TEXT, NESTED))[:11] == [
        ("Tamm", "1source", (1,)),
        (" ", "", ()),
        ("denied", "1cue", ()),
        (" ", "", ()),
        ("that ", "1content", ()),
        ("Dray", "1content 2source", (2,)),
        (" had ", "1content", ()),
        ("promised", "1content 2cue", ()),
        (" ", "1content", ()),
        ("water", "1content 2content", ()),
        (".", "", ()),
    ]


def test_depth_tells_a_content_inside_another_from_one_of_two_holders():
    """What two holders say together is one content; what is said inside it lies deeper."""
    both = (*NESTED, claim(TEXT, "Tamm", "denied", "that Dray had promised water"))
    depths = {TEXT[one.start : one.end]: one.depth for one in cut(TEXT, both)}
    assert (depths["that "], depths["water"], depths["Tamm"]) == (1, 2, 0)


def test_excluded_ranges_say_why_they_are_not_read():
    """A range of wrapping is a segment of its own, with its reason; what is read has none."""
    segments = cut(TEXT, (), (Exclusion(43, 58, "teaser"),))
    assert [(TEXT[one.start : one.end], one.excluded) for one in segments] == [
        ("Tamm denied that Dray had promised water.", None),
        ("The dam stands.", "teaser"),
        ("It holds.", None),
    ]


def test_paragraphs_are_what_empty_lines_set_apart():
    """Lines that follow each other are one paragraph; an empty line, or one of spaces, begins the next."""
    text = "one\ntwo\n \n\nthree\r\nfour"
    told = [[text[one.start : one.end] for (one,) in lines] for lines in paragraphs(text, cut(text, ()))]
    assert told == [["one", "two"], ["three", "four"]]


def test_without_empty_lines_each_line_is_a_paragraph():
    """A cleaned page has its paragraphs on a line each."""
    text = "\n\none\ntwo\u2028three\n"
    told = [[text[one.start : one.end] for (one,) in lines] for lines in paragraphs(text, cut(text, ()))]
    assert told == [["one"], ["two"], ["three"]]


@pytest.mark.parametrize("start", [0, 41, 42, len(TEXT) - 1, len(TEXT) + 5])
def test_a_claim_without_spans_is_numbered_where_its_evidence_begins(start):
    """Its number opens one segment, the next one where it would fall on a line break."""
    segments = cut(TEXT, (claim(TEXT, start=start),))
    opened = [one for one in segments if one.opens]
    assert [one.opens for one in opened] == [(1,)]
    assert opened[0].start >= min(start, segments[-1].start)


def test_an_empty_text_has_no_segments():
    """Nothing to show is nothing, with claims or without."""
    assert cut("", (claim(""),)) == ()
    assert paragraphs("", ()) == ()


BOUNDS = st.tuples(st.integers(-2, 30), st.integers(-2, 30))
SPANS = st.lists(BOUNDS, max_size=3).map(tuple)
CLAIMS = st.lists(
    st.builds(
        lambda source, cue, content, start: Claim(
            *("clm", "art", 1, "x", HolderKind.PERSON, Modality.ASSERTED, "", start, 30),
            source=source,
            cue=cue,
            content=content,
        ),
        SPANS,
        SPANS,
        SPANS,
        st.integers(0, 30),
    ),
    max_size=5,
)
TEXTS = st.text(st.sampled_from("ab \n\r\t\u2028\x85\u202e水\U0001f600"), max_size=30)
EXCLUDED = st.lists(st.builds(Exclusion, st.integers(-2, 30), st.integers(-2, 30), st.just("why")), max_size=3)


@given(TEXTS, CLAIMS, EXCLUDED)
def test_segments_are_the_text_and_its_marks_at_every_place(text, claims, excluded):
    """Put together they are the text less its line breaks, and each place has the marks of the spans over it."""
    segments = cut(text, claims, excluded)
    assert "".join(text[one.start : one.end] for one in segments) == "".join(text.splitlines())
    assert all(one.end <= other.start for one, other in pairwise(segments))
    for one in segments:
        assert text[one.start : one.end] in text.splitlines()[one.line]
        for place in range(one.start, one.end):
            over = {
                Mark(number, role)
                for number, each in enumerate(claims, 1)
                for role, spans in zip(Role, (each.source, each.cue, each.content), strict=True)
                for start, end in spans
                if max(start, 0) == start and start <= place < end
            }
            assert set(one.marks) == over
            assert (one.excluded is not None) == any(0 <= out.start <= place < out.end for out in excluded)
    opened = [number for one in segments for number in one.opens]
    assert sorted(opened) == (list(range(1, len(claims) + 1)) if segments else [])


@given(TEXTS, CLAIMS)
def test_paragraphs_leave_out_nothing_but_spaces(text, claims):
    """Every word and every claim's number is in exactly one paragraph, in order."""
    segments = cut(text, claims)
    kept = [one for lines in paragraphs(text, segments) for line in lines for one in line]
    left = [one for one in segments if one not in kept]
    assert kept == [one for one in segments if one in kept]
    assert all(text[one.start : one.end].isspace() and not one.opens for one in left)
