"""What could not be seen is said plainly, once, and only when it is so."""

from datetime import UTC, datetime, timedelta

from news.article import FeedItem, Poll
from news.health import SourceHealth, gap, is_silent, troubles, unseen

NOW = datetime(2030, 1, 10, tzinfo=UTC)


def health(failures=0, error=None, success=NOW):
    """A source that has failed so often in a row."""
    return SourceHealth("gull", "The Gull", NOW, success, failures, error)


def test_a_healthy_source_is_not_mentioned():
    """No failure and no fault gives no sentence and no finding."""
    assert unseen([health()], {}, NOW) == ()
    assert troubles([health()], NOW) == []


def test_a_failing_source_says_since_when():
    """The sentence names the outlet, the days of silence and the reason."""
    (line,) = unseen([health(3, "timed out", NOW - timedelta(days=4))], {}, NOW)
    assert "The Gull" in line
    assert "4 days" in line
    assert "timed out" in line


def test_trouble_is_one_finding_as_long_as_it_lasts():
    """Two failures are a hiccup; three are a finding, the same one however long it lasts, until it has answered."""
    assert troubles([health(2, "x", NOW)], NOW) == []
    first = troubles([health(3, "x", NOW)], NOW)
    later = troubles([health(9, "x", NOW)], NOW + timedelta(days=3))
    again = troubles([health(3, "x", NOW + timedelta(days=5))], NOW + timedelta(days=6))
    assert first[0].finding_id == later[0].finding_id != again[0].finding_id


def test_unread_languages_are_counted():
    """Pages in languages that are not read are named with their number, the most first."""
    assert unseen([], {"de": 1, "ko": 5}, NOW)[0].startswith("5 pages in ko")


def quiet(days, usual_hours=6.0, pauses=40, failures=0):
    """A source that answers and whose newest item is so many days old."""
    last = NOW - timedelta(days=days)
    return SourceHealth("gull", "The Gull", NOW, NOW, failures, None, last, usual_hours * 3600, pauses)


def test_a_source_silent_beyond_its_rhythm_is_told():
    """Three times its usual longest pause and three days; one that fails, or is hardly known, is not called silent."""
    assert is_silent(quiet(4), NOW)
    assert not is_silent(quiet(2), NOW)
    assert not is_silent(quiet(4, usual_hours=48), NOW)
    assert is_silent(quiet(7, usual_hours=48), NOW)
    assert not is_silent(quiet(4, pauses=3), NOW)
    assert not is_silent(quiet(4, failures=1), NOW)


def test_silence_is_one_finding_until_something_comes():
    """However long it lasts, it is the same finding in the same words; the line in a digest counts the days."""
    (first,), (later,) = troubles([quiet(4)], NOW), troubles([quiet(4)], NOW)
    assert (first.finding_id, first.sentence) == (later.finding_id, later.sentence)
    (line,) = unseen([quiet(4)], {}, NOW)
    assert "nothing new for 4 days" in line
    assert "6 hours" in line
    assert troubles([quiet(3.5)], NOW)[0].finding_id != first.finding_id


def test_a_source_that_moved_says_where_to():
    """The sentence gives the address to put into the topic file."""
    moved = SourceHealth("gull", "The Gull", NOW, NOW, 0, None, moved_to="http://new.example/feed")
    (line,) = unseen([moved], {}, NOW)
    assert "http://new.example/feed" in line
    assert "topic file" in line


def test_a_gap_is_told_with_its_two_looks():
    """A reader sees between which moments something may have been missed, and each gap is a finding of its own."""
    look = Poll("gull", NOW, "items", tuple(FeedItem(f"http://gull.example/{n}") for n in range(10)))
    found = gap(look, "The Gull", NOW - timedelta(hours=6))
    assert "The Gull (gull) listed more than the 10 items" in found.sentence
    assert "9 January 2030 18:00 UTC and 10 January 2030 00:00 UTC" in found.sentence
    assert found.finding_id != gap(look, "The Gull", NOW - timedelta(hours=7)).finding_id
