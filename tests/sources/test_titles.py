"""Which of a page's titles is its headline."""

import pytest

from sources.metadata import PageData
from sources.titles import choose_title


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (PageData(headline="Dam for search", og_title="Dam voted", heading="Dam voted"), "Dam voted"),
        (PageData(og_title="Dam voted", heading="Valley row - Dam voted"), "Dam voted"),
        (PageData(headline="Dam voted", og_title="You will not believe this dam", heading="Dam voted"), "Dam voted"),
        (PageData(headline="Dam voted", og_title="Dam!", heading="A dam"), "Dam voted"),
        (PageData(og_title="Dam voted | Hill Gazette", heading="A dam", site_name="Hill Gazette"), "Dam voted"),
        (PageData(head_title="Dam voted - gazette"), "Dam voted"),
        (PageData(), "From the feed"),
    ],
)
def test_the_headline_is_what_two_agree_on(page, title):
    """Heading and sharing title together outweigh the data's headline; kickers and the site's name come off."""
    assert choose_title(page, "From the feed", "gazette.test") == title
