"""Order of filing decides nothing: the same pages end in the same groups."""

import random
import tempfile
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.records import T0, at, page
from warehouse import articles, listings
from warehouse.store import Warehouse

_WORDS = [
    f"{a}{b}{c}" for a in ("ka", "lo", "mi", "ne", "ru") for b in "aeiou" for c in ("st", "ndr", "lm", "vek", "pp")
]


def sentences(seed, number):
    """So many sentences of invented words, some of them names and numbers."""
    rng = random.Random(seed)  # noqa: S311 - the same each time
    made = []
    for _ in range(number):
        words = rng.choices(_WORDS, k=14)
        words[5], words[9] = words[5].title(), str(rng.randrange(2, 90_000))
        made.append(f"The {' '.join(words)}.")
    return made


PAGES = 13


def pages():
    """Four stories: one that drifts from page to page, one printed verbatim, one that stands alone, one told on.

    The last is of one outlet, at two addresses; each of its versions is printed by another outlet too.
    """
    drift, plain, alone, grown = sentences(1, 40), sentences(2, 20), sentences(3, 20), sentences(6, 28)
    texts = [drift[start : start + 20] for start in (0, 6, 12, 18)] + [plain, plain, plain[:-1], plain[3:], alone]
    texts += [grown[:20], grown, grown[:20], grown]
    outlets = [*range(9), 9, 9, 10, 11]
    return [
        page(
            f"https://outlet-{outlet}.example/{n}",
            "\n".join(text),
            outlet=f"outlet {outlet}",
            published=T0 + timedelta(hours=n),
        )
        for n, (text, outlet) in enumerate(zip(texts, outlets, strict=True))
    ]


def groups(order, cuts, *, topic, twice=False):
    """The sets of addresses that end under one original."""
    given_pages = pages()
    with tempfile.TemporaryDirectory() as folder:
        store = Warehouse.open(Path(folder) / "order.duckdb", topic.id, topic.path)
        bounds = [0, *sorted(cuts), len(order)]
        for _ in range(2 if twice else 1):
            for start, end in pairwise(bounds):
                with store.transaction() as tx:
                    articles.file(tx, [given_pages[one] for one in order[start:end]], at(), topic=topic)
        with store.reading() as tx:
            rows = listings.listing(tx, "articles")
    under = {}
    for row in rows:
        under.setdefault(row["original_id"] or row["article_id"], set()).add(row["url"])
    return sorted(map(sorted, under.values()))


@pytest.fixture(scope="module")
def as_given(topic):
    """The groups when the pages come one by one in the order they were published."""
    return groups(range(PAGES), range(1, PAGES), topic=topic)


def test_drifting_story_is_one(as_given):
    """A story whose first and last versions share too little is one story all the same; others stay apart.

    A story that its own outlet tells on is two pages to read, each with its own copies.
    """
    assert sorted(len(group) for group in as_given) == [1, 2, 2, 4, 4]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(PAGES)), cuts=st.sets(st.integers(1, PAGES - 1)), twice=st.booleans())
def test_same_groups_in_any_order(order, cuts, twice, topic, as_given):
    """In any order, in any batches, once or twice, the same pages end in the same groups."""
    assert groups(order, cuts, topic=topic, twice=twice) == as_given


def test_round_up_joins_no_two_stories(filed, store):
    """Two stories stay two though a round-up that prints both was filed before them."""
    one, other = sentences(4, 20), sentences(5, 20)
    late = T0 + timedelta(hours=9)
    round_up = page("https://digest.example/1", "\n".join([*one, *other]), outlet="digest", published=late)
    stories = [
        page(f"https://outlet-{n}.example/1", "\n".join(text), outlet=f"outlet {n}", published=T0)
        for n, text in enumerate((one, other))
    ]
    filed(round_up)
    for story in stories:
        filed(story)
    with store.reading() as tx:
        originals = {row["url"] for row in listings.listing(tx, "articles") if row["original_id"] is None}
    assert originals == {"https://outlet-0.example/1", "https://outlet-1.example/1"}
