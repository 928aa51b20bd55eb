"""What could not be seen is said plainly, once, and only when it is so."""

from datetime import UTC, datetime, timedelta

from news.health import SourceHealth, troubles, unseen

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
