"""When a source is due again, and when something may have slipped by."""

from datetime import UTC, datetime, timedelta

import pytest

from news.article import FeedItem, Poll
from news.filing import url_key
from news.rhythm import FEWEST, History, find_gap, find_interval, judge_look
from news.topic import Source

NOW = datetime(2031, 3, 20, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOURCE = Source("gull", "gull", "feed", "http://gull.example/feed", every=HOUR)


def address(number):
    return f"http://gull.example/{number}"


def items(*numbers, spacing=HOUR):
    """Items, the first one the newest, published `spacing` apart up to now."""
    return tuple(FeedItem(address(number), published=NOW - spacing * place) for place, number in enumerate(numbers))


def look(listed=(), outcome="items", **more):
    return Poll("gull", NOW, outcome, tuple(listed), **more)


def known(*numbers, spacing=HOUR, last_listed=None, failures=0):
    """A history of items that came `spacing` apart, the last of them a spacing ago."""
    moments = {url_key(address(number)): NOW - spacing * (len(numbers) - place) for place, number in enumerate(numbers)}
    return History(moments, NOW - HOUR, len(numbers) if last_listed is None else last_listed, failures)


def about(interval, expected):
    """Equal but for the tenth that is drawn."""
    return abs(interval - expected) <= expected * 0.101


def test_an_unknown_rhythm_is_the_sources_own():
    """With few arrivals known, the source is looked at as often as the topic says."""
    assert about(find_interval(SOURCE, look(items(*range(FEWEST - 1))), History()), HOUR)


@pytest.mark.parametrize(
    ("spacing", "expected"),
    [
        (timedelta(minutes=10), timedelta(minutes=15)),  # at the lower bound, a quarter of the hour
        (timedelta(hours=4), timedelta(hours=2)),
        (timedelta(days=2), timedelta(hours=8)),  # at the upper bound, eight hours
    ],
)
def test_the_interval_is_half_the_usual_spacing_within_bounds(spacing, expected):
    """A busy source is asked often, a slow one seldom, and neither beyond what the topic allows."""
    found = find_interval(SOURCE, look(windowed=False), known(*range(12), spacing=spacing))
    assert about(found, expected)


def test_a_source_that_falls_quiet_is_asked_less():
    """The same arrivals, longer ago, make the interval longer."""
    busy = known(*range(12), spacing=HOUR)
    quiet = History({key: at - timedelta(days=5) for key, at in busy.arrivals.items()}, NOW, 12)
    assert find_interval(SOURCE, look(), quiet) > 2 * find_interval(SOURCE, look(), busy)


def test_a_short_window_is_looked_at_twice_before_it_rolls():
    """However slow a source is on the average, its busiest hour decides when it shows only a few items."""
    burst = {f"k{n}": NOW - timedelta(days=5) + timedelta(minutes=10 * n) for n in range(20)}
    slow = {f"s{n}": NOW - timedelta(days=20) + timedelta(days=n) for n in range(10)}
    history = History(burst | slow, NOW - HOUR, 6)
    source = Source("gull", "gull", "feed", "http://gull.example/feed", every=HOUR, fastest=timedelta(minutes=1))
    assert about(find_interval(source, look(outcome="unchanged"), history), timedelta(minutes=30))
    whole = look(outcome="unchanged", windowed=False)
    assert find_interval(source, whole, history) > 3 * HOUR


@pytest.mark.parametrize(
    ("asked", "expected"),
    [({"asked_s": 4 * 3600}, 4 * HOUR), ({"asked_s": 9e9}, 8 * HOUR), ({"asked_s": 60}, HOUR)],
)
def test_what_the_publisher_asks_for_makes_it_longer(asked, expected):
    """A wish for a longer interval is kept, up to the slowest the topic allows; one for a shorter changes nothing."""
    assert about(find_interval(SOURCE, look(**asked), History()), expected)


def test_a_retry_after_is_never_undercut():
    """A server that names a time is not asked before it, even beyond the slowest; but nothing waits over a week."""
    failed = look(outcome="failed", retry_after_s=86_400)
    assert find_interval(SOURCE, failed, History()) >= timedelta(days=1)
    assert find_interval(SOURCE, look(outcome="failed", retry_after_s=1e12), History()) == timedelta(days=7)


def test_failures_are_asked_after_later_and_later():
    """Each further failure doubles the interval, up to the slowest."""
    found = [find_interval(SOURCE, look(outcome="failed"), History(failures=count)) for count in (0, 1, 2, 3, 500)]
    assert all(about(one, HOUR * factor) for one, factor in zip(found, (1, 2, 4, 8, 8), strict=True))
    assert max(found) <= 8 * HOUR


def test_a_closed_address_is_asked_for_seldom():
    """What robots.txt forbids is looked at again at the slowest pace."""
    assert about(find_interval(SOURCE, look(outcome="failed", robots="closed"), History()), 8 * HOUR)


def test_sources_are_spread_and_the_same_look_decides_the_same():
    """Two sources looked at together are due at different times, and working it out again changes nothing."""
    other = Source("tern", "tern", "feed", "http://tern.example/feed", every=HOUR)
    first = judge_look(SOURCE, look(), History())
    assert first == judge_look(SOURCE, look(), History())
    assert find_interval(other, look(), History()) != find_interval(SOURCE, look(), History())
    assert first.next_at > NOW


GAPS = {
    "nothing known is listed": (items(9, 8, 7), known(1, 2, 3), True),
    "one known is listed": (items(9, 8, 3), known(1, 2, 3), False),
    "an old one stays on top": ((FeedItem(address(1)), *items(9, 8, 7)), known(1, 2, 3, 4), True),
    "the newest was taken down": (items(9, 2, 1), known(1, 2, 3), False),
    "the first look": (items(3, 2, 1), History(), False),
    "the look before listed nothing": (items(3, 2, 1), History({}, NOW - HOUR, 0), False),
    "listed long ago, dropped, and listed again": (items(9, 8, 1), known(1, 2, 3, 4, 5, last_listed=3), True),
}


@pytest.mark.parametrize(("listed", "history", "missed"), GAPS.values(), ids=GAPS)
def test_a_window_that_moved_on_too_far_is_told(listed, history, missed):
    """It is a gap when what was listed last has gone, pinned items aside, and none when it still shows."""
    assert find_gap(look(listed), history) == (NOW - HOUR if missed else None)


def test_a_whole_list_has_no_gaps():
    """A folder or an archive shows everything it has: what is not listed is not there."""
    assert find_gap(look(items(9, 8, 7), windowed=False), known(1, 2, 3)) is None
    assert find_gap(look((), outcome="failed"), known(1, 2, 3)) is None
