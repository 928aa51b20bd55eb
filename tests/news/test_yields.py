"""A sudden change of what a host's pages yield is told once, and noise is not."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from news.yields import Yield, find_change

NOW = datetime(2030, 1, 20, tzinfo=UTC)


def pages(*groups):
    """Pages by groups of (how many, outcome, letters), in order."""
    listed = [(outcome, letters) for count, outcome, letters in groups for _ in range(count)]
    return [
        Yield(f"p{n}", NOW - timedelta(hours=len(listed) - n), outcome, letters)
        for n, (outcome, letters) in enumerate(listed)
    ]


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ([(40, "whole", 3000), (10, "partial", 200)], "only 0 of its last 10 pages"),
        ([(40, "whole", 3000), (6, "rejected", 0), (4, "whole", 3000)], "only 4 of its last 10 pages"),
        ([(40, "whole", 3000), (10, "whole", 400)], "400 letters"),
        ([(40, "whole", 3000), (10, "whole", 90_000)], "90,000 letters"),
    ],
    ids=["a paywall", "a block", "a sidebar", "the whole site"],
)
def test_a_sudden_change_is_told(groups, words):
    """Fewer whole articles, or texts far shorter or longer than before, name the host and both figures."""
    finding = find_change("gull.example", pages(*groups), NOW)
    assert finding.kind == "source_trouble"
    assert finding.sentence.startswith("gull.example: ")
    assert words in finding.sentence


@pytest.mark.parametrize(
    "groups",
    [
        [(60, "whole", 3000)],
        [(40, "whole", 3000), (3, "rejected", 0), (7, "whole", 3000)],
        [(10, "whole", 3000), (10, "partial", 200)],
        [(20, "whole", 3000), (20, "partial", 200), (10, "partial", 200)],
        [],
    ],
    ids=["nothing new", "a bad day", "a host hardly known", "a host that never gave much", "nothing at all"],
)
def test_noise_is_not_told(groups):
    """A few bad pages, a host without history and one that was never better give no warning."""
    assert find_change("gull.example", pages(*groups), NOW) is None


def test_lengths_that_vary_are_not_told():
    """Articles of all lengths, in any order, are what a host always has."""
    draw = random.Random(7)  # noqa: S311 - a sequence that is the same each time
    for _ in range(50):
        mixed = [Yield(f"p{n}", NOW, "whole", int(draw.lognormvariate(8, 0.6))) for n in range(60)]
        assert find_change("gull.example", mixed, NOW) is None


@pytest.mark.parametrize("odd", [("partial", 200), ("whole", 400)], ids=["a paywall", "a sidebar"])
@pytest.mark.parametrize("noise", [0, 1], ids=["a quiet start", "a bad page before"])
def test_one_change_is_one_warning(odd, noise):
    """As further pages come in the same way, over weeks and the end of a month, the warning stays the same one."""
    start = datetime(2030, 1, 6, tzinfo=UTC)  # the change begins on the 28th
    kinds = [("whole", 3000)] * 40 + [odd] * noise + [("whole", 3000)] * 4 + [odd] * 20
    listed = [Yield(f"p{n}", start + timedelta(hours=12 * n), *kind) for n, kind in enumerate(kinds)]
    found = [find_change("gull.example", listed[:end], NOW) for end in range(45, len(listed) + 1)]
    told = [one for one in found if one is not None]
    assert len(told) > 10
    assert {one.finding_id for one in told} == {told[0].finding_id}


def test_another_change_is_another_warning():
    """A host that was mended and breaks again is told of again, within the same month too."""
    listed = pages((40, "whole", 3000), (10, "partial", 200), (40, "whole", 3000), (10, "partial", 200))
    assert (
        find_change("gull.example", listed[:50], NOW).finding_id != find_change("gull.example", listed, NOW).finding_id
    )
