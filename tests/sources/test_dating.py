from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.article import Precision
from sources.dateline import find_dateline
from sources.dating import DateClaim, decide_date
from sources.moments import Moment, find_relative, find_url_day, read_epoch, read_moment
from sources.originals import find_original_day

SEEN = datetime(2024, 10, 24, 12, 0, tzinfo=UTC)


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


def claim(found_in, *parts, precision=None):
    exact = Precision.SECOND if len(parts) > 3 else Precision.DAY
    return DateClaim(Moment(at(*parts), precision or exact), found_in)


@pytest.mark.parametrize(
    ("text", "when", "precision"),
    [
        ("2024-10-18T09:30:00Z", at(2024, 10, 18, 9, 30), Precision.SECOND),
        ("2024-10-18T09:30:00.123+09:00", at(2024, 10, 18, 0, 30), Precision.SECOND),
        ("2024-10-18T09:30+0200", at(2024, 10, 18, 7, 30), Precision.SECOND),
        ("2024-10-18 09:30:00", at(2024, 10, 18, 9, 30), Precision.SECOND),
        ("2024-10-18T00:00:00+02:00", at(2024, 10, 18), Precision.DAY),
        ("2024-10-18", at(2024, 10, 18), Precision.DAY),
        ("2024-10", at(2024, 10, 1), Precision.MONTH),
        ("20241018", at(2024, 10, 18), Precision.DAY),
        ("Fri, 18 Oct 2024 09:30:00 GMT", at(2024, 10, 18, 9, 30), Precision.SECOND),
        ("1703376000000", at(2023, 12, 24), Precision.DAY),
        ("1729243800", at(2024, 10, 18, 9, 30), Precision.SECOND),
        ("Published Oct. 18, 2024", at(2024, 10, 18), Precision.DAY),
        ("18th October 2024", at(2024, 10, 18), Precision.DAY),
    ],
)
def test_dates_are_read_with_their_precision(text, when, precision):
    """ISO 8601, RFC 5322, epoch numbers and English dates are read, none more exactly than it is written."""
    assert read_moment(text) == Moment(when, precision)


@pytest.mark.parametrize(
    "text", ["", "soon", "2024-13-40", "0000-00-00", "0001-01-01T00:00:00Z", "9" * 400, "May 99, 2024"]
)
def test_what_is_no_date_is_none(text):
    """No date is made up."""
    assert read_moment(text) is None


@given(
    st.text(max_size=60) | st.from_regex(r"\d{4}-\d\d?-\d\d?(T\d\d?:\d\d(:\d\d)?([+-]\d\d:?\d\d)?)?", fullmatch=True)
)
def test_any_text_is_a_date_or_none(text):
    """No text makes reading it fail, and what is read is aware of its zone."""
    moment = read_moment(text)
    assert moment is None or moment.when.tzinfo is UTC


@given(st.floats(allow_nan=True) | st.integers(-(10**20), 10**20).map(float))
def test_any_number_is_a_date_or_none(number):
    """Neither infinity nor year 30,000 makes reading it fail."""
    moment = read_epoch(number)
    assert moment is None or moment.when.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "when", "precision"),
    [
        ("2 weeks ago 38", at(2024, 10, 10), Precision.WEEK),
        ("an hour ago", at(2024, 10, 24), Precision.DAY),
        ("three days ago", at(2024, 10, 21), Precision.DAY),
        ("1 month ago", at(2024, 9, 1), Precision.MONTH),
        ("2 years ago", at(2022, 1, 1), Precision.YEAR),
        ("yesterday", at(2024, 10, 23), Precision.DAY),
    ],
)
def test_relative_dates_count_from_when_it_was_seen(text, when, precision):
    """A relative date is as exact as its unit."""
    assert find_relative(text, SEEN) == Moment(when, precision)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://x.org/2024/10/18/dam", at(2024, 10, 18)),
        ("http://x.org/world/20241018-dam", at(2024, 10, 18)),
        ("http://x.org/2024/oct/18/dam", at(2024, 10, 18)),
        ("http://x.org/news/2024-10-18/dam", at(2024, 10, 18)),
        ("http://x.org/2024/10/dam", at(2024, 10, 1)),
        ("http://x.org/id/20249918", None),
        ("http://x.org/a?d=2024/10/18", None),
    ],
)
def test_addresses_carry_days(url, expected):
    """The usual shapes of a day in a path are known; numbers that are no day are none."""
    moment = find_url_day(url)
    assert (moment.when if moment else None) == expected


@pytest.mark.parametrize(
    ("line", "place", "agency", "day"),
    [
        ("UPTOWN, Oct. 18 (Valley Wire) — The", "UPTOWN", "Valley Wire", at(2024, 10, 18)),
        ("Uptown, December 24 (VW) -- The", "Uptown", "VW", at(2023, 12, 24)),
        ("UPTOWN, 18 October 2022 (VW) - The", "UPTOWN", "VW", at(2022, 10, 18)),
        ("NEW UPTOWN, Md. (VW) — The", "NEW UPTOWN, Md.", "VW", None),
        ("(VW) - The", None, "VW", None),
        ("UPTOWN, October 10. /VW/. The", "UPTOWN", "VW", at(2024, 10, 10)),
        ("Title\n\nBy Ann Lee\nUPTOWN, Feb. 29 (VW) — The", "UPTOWN", "VW", at(2024, 2, 29)),
    ],
)
def test_datelines_are_read(line, place, agency, day):
    """Place, agency and day of a dateline; a day without a year is the last one before the story was seen."""
    found = find_dateline(line)
    moment = found.moment(SEEN)
    assert (found.place, found.agency, moment.when if moment else None) == (place, agency, day)


@pytest.mark.parametrize(
    "line", ["UPTOWN — The dam", "A man (Bob) - went", "At a meeting on May 5: it", "Rep. Lee (R-S.C.): no"]
)
def test_sentences_are_no_datelines(line):
    """A dash or bracket in a sentence does not make it a dateline."""
    assert find_dateline(line) is None


def test_metadata_counts_before_feed_page_and_relative():
    """Without contradiction the most trusted date counts, whatever order they come in."""
    claims = [
        claim("relative", 2024, 10, 17),
        claim("feed", 2024, 10, 18, 10, 0),
        claim("metadata", 2024, 10, 18, 9, 30),
    ]
    assert decide_date(claims, None, SEEN).published == at(2024, 10, 18, 9, 30)
    assert decide_date(claims[:2], None, SEEN).found_in == "feed"
    relative = decide_date(claims[:1], None, SEEN)
    assert (relative.found_in, relative.precision) == ("relative", Precision.DAY)


def test_a_date_of_another_year_falls_to_two_witnesses():
    """Metadata and feed of years ago (one machine) fall to the address and the dateline."""
    claims = [
        claim("metadata", 2019, 1, 1),
        claim("feed", 2019, 1, 1),
        claim("url", 2024, 10, 18),
    ]
    found = decide_date(claims, find_dateline("UPTOWN, Oct. 18 (VW) — x"), SEEN)
    assert (found.published, found.found_in) == (at(2024, 10, 18), "url")


def test_a_date_of_another_year_falls_to_the_dateline_alone():
    """A dateline far from the stated day says that day is not when it was written."""
    claims = [claim("metadata", 2019, 3, 4, 8, 0), claim("feed", 2019, 3, 4, 8, 0)]
    found = decide_date(claims, find_dateline("UPTOWN, Oct. 18 (VW) — x"), SEEN)
    assert (found.published, found.found_in) == (at(2024, 10, 18), "dateline")


def test_an_old_page_keeps_its_date():
    """A page of years ago whose address or dateline agrees, or that has no other witness, is simply old."""
    old = claim("metadata", 2019, 3, 4, 8, 0)
    assert decide_date([old], None, SEEN).published == at(2019, 3, 4, 8, 0)
    assert decide_date([old, claim("url", 2019, 3, 4)], None, SEEN).published == at(2019, 3, 4, 8, 0)
    assert decide_date([old], find_dateline("UPTOWN, March 4 (VW) — x"), SEEN).published == at(2019, 3, 4, 8, 0)


def test_every_witness_is_kept_with_its_verdict():
    """What was found, what became of it and the rule that decided stand beside the date."""
    claims = [
        claim("metadata", 2019, 1, 1),
        claim("feed", 2030, 1, 1),
        claim("url", 2024, 10, 18),
    ]
    found = decide_date(claims, find_dateline("UPTOWN, Oct. 18 (VW) — x"), SEEN)
    verdicts = {one.found_in: one.verdict for one in found.witnesses}
    assert verdicts == {
        "metadata": "a template's default",
        "feed": "in the future",
        "url": "taken",
        "dateline": "agrees",
    }
    assert found.rule == "outvoted"
    assert decide_date([claim("feed", 2024, 10, 1)], None, SEEN).rule == "only one"
    assert decide_date([], None, SEEN).rule is None


def test_an_addresss_month_gives_way_to_a_day_within_it():
    """A month of the address is the date only as long as nothing gives the day."""
    month = claim("url", 2024, 10, 1, precision=Precision.MONTH)
    found = decide_date([month, claim("guess", 2024, 10, 18)], None, SEEN)
    assert (found.published, found.found_in, found.rule) == (at(2024, 10, 18), "page", "finer")
    assert decide_date([month, claim("guess", 2023, 3, 4)], None, SEEN).precision is Precision.MONTH


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("This article was originally published by Valley Wire on March 3, 2024.", at(2024, 3, 3)),
        ("First published in the Hill Gazette on 3 March 2024", at(2024, 3, 3)),
        ("Originally appeared on 2024-03-03.", at(2024, 3, 3)),
        ("This story first appeared in X. It was raining on March 3, 2024.", None),
        ("The report, first published on March 3, 2024, says little.", None),
        ("The dam was first published about.", None),
    ],
)
def test_the_day_of_the_original_is_read(text, when):
    """Only what the page says of itself counts; what it says of other texts is the news."""
    moment = find_original_day(text)
    assert (moment.when if moment else None) == when


def test_the_originals_day_counts_before_the_copys():
    """A page that says when its text first appeared is as old as that, whatever its own data say."""
    claims = [claim("metadata", 2024, 10, 18, 9, 30), claim("original", 2024, 3, 3)]
    found = decide_date(claims, None, SEEN)
    assert (found.published, found.found_in) == (at(2024, 3, 3), "original")


def test_a_templates_default_is_no_date():
    """New Year's midnight of years ago and nothing else leaves the date unknown; on New Year's Day it is a date."""
    assert decide_date([claim("feed", 2019, 1, 1)], None, SEEN).precision is Precision.UNKNOWN
    assert decide_date([claim("feed", 2024, 1, 1)], None, at(2024, 1, 2)).published == at(2024, 1, 1)


DATES = st.datetimes(datetime(1800, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
CLAIMS = st.builds(
    lambda when, precision, found_in: DateClaim(Moment(when, precision), found_in),
    DATES,
    st.sampled_from([Precision.SECOND, Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.YEAR]),
    st.sampled_from(["import", "metadata", "feed", "page", "url", "relative", "guess", "original"]),
)


@given(
    st.lists(CLAIMS, max_size=6), DATES, st.sampled_from([None, "UPTOWN, Oct. 18 (VW) — x", "UPTOWN, Feb. 29 (VW) — x"])
)
def test_no_date_is_of_the_future_or_made_up(claims, seen, line):
    """Whatever is claimed, the date decided on was claimed by someone and is not after the page was seen."""
    found = decide_date(claims, find_dateline(line) if line else None, seen)
    if found.published is None:
        assert (found.precision, found.found_in) == (Precision.UNKNOWN, None)
        return
    assert found.published <= seen
    assert found.found_in == "dateline" or found.published in [one.moment.when for one in claims] + [seen]
