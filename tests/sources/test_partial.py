"""An item's own text stands in where its page gives none."""

from datetime import UTC, datetime

import pytest

from news.article import FeedItem, Precision
from news.errors import RejectedInput
from sources.partial import partial_article

DAY = datetime(2024, 10, 18, 9, 30, tzinfo=UTC)


def make(topic, now, **item):
    return partial_article(
        FeedItem("http://gazette.test/a", **item), "http://gazette.test/a", topic, now, seen=now, why="wall"
    )


def test_what_the_source_says_becomes_a_partial_article(topic, now):
    """The longest text the source carries is kept, with its date, outlet and the reason that it is all there is."""
    article = make(topic, now, title="Dam row", summary="Short.", content="Long.\nLonger.", published=DAY, byline="Ann")
    assert (article.title, article.text, article.outlet) == ("Dam row", "Long.\nLonger.", "gazette")
    assert (article.published, article.published_precision) == (DAY, Precision.SECOND)
    assert (article.published_from, article.partial, article.byline) == ("feed", "wall", "Ann")


def test_the_headline_alone_is_kept(topic, now):
    """A title without any text is filed all the same: the reader sees that there is such a page."""
    article = make(topic, now, title="Dam row", outlet="Valley Wire")
    assert (article.title, article.text, article.outlet, article.title_made) == ("Dam row", "Dam row", "wire", False)


def test_an_item_that_says_nothing_is_rejected_with_the_reason(topic, now):
    """Without any words there is nothing to file, and the record says what was wrong with the page."""
    with pytest.raises(RejectedInput, match="wall"):
        make(topic, now, summary="-- 12 --")
