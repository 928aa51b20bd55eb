from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from news.article import without
from sources.wrapping import find_wrapping, is_keywords

AGGREGATED = """Ferry line to reopen in spring

3 days ago 112

The ferry line across the sound will reopen in spring, the harbour master said on Monday.

Ferry, harbour, sound, reopen, 2024
The ferry Aurora lies at its berth in the old harbour on March 3, 2024. JANE DOE/AFP/Getty Images

"We are glad," she told reporters.

Ferry, Aurora, night, sea
Lights on the Aurora in a picture of last year. Harbour Photo Archive

Advertisement
You can also read: Ten walks along the coast
Subscribe to our newsletter for more.
We use cookies to improve your visit.
Share this article
Follow us on Facebook
Read Entire Article
"""


def kinds(text):
    return [(one.why, text[one.start : one.end]) for one in find_wrapping(text)]


def test_an_aggregators_wrapping_is_found():
    """Counters, image descriptions, captions, adverts, links, and share, cookie and subscription lines are marked."""
    found = kinds(AGGREGATED)
    assert [why for why, _ in found] == [
        *("counter", "image description", "caption", "image description", "caption", "advert", "related line"),
        *("subscribe line", "cookie line", "share line", "share line", "read more"),
    ]
    assert found[0][1] == "3 days ago 112"
    assert found[2][1].endswith("JANE DOE/AFP/Getty Images")
    assert found[4][1].endswith("Harbour Photo Archive")
    assert found[-1][1] == "Read Entire Article"


def test_the_words_of_an_article_stay():
    """Sentences that only mention shares, cookies, photos or sources are no wrapping."""
    text = """Shares of the company fell on Monday, and we use cookies and milk to calm the children.
He asked why anyone would share this on Facebook when the source is unknown.
A photo of the minister hung in the hall.
Paris, London, Rome and Berlin
She named three rivers, two lakes, and a sea.
"Read the full story before you judge it," he said.
Two weeks ago he denied it.
The talks, he said, will continue."""
    assert kinds(text) == []


def test_wrapping_run_into_the_last_line_is_found():
    """An end mark, a source or a link that follows the last sentence on its line is cut there."""
    assert kinds("They will meet again. -0-") == [("end mark", "-0-")]
    assert kinds("They will meet again.” Content Source: www.gazette.test") == [
        ("source line", "Content Source: www.gazette.test")
    ]
    assert kinds("They will meet again. Read Full Article") == [("read more", "Read Full Article")]


def test_a_list_of_tags_needs_a_caption_with_a_credit():
    """A bare list of words stays, unless a credited caption follows it."""
    assert is_keywords("Dam, river, valley, 2024")
    assert not is_keywords("Dam, river, and valley")
    assert kinds("Dam, river, valley, 2024\nThe valley is quiet this year.") == []


@given(st.lists(st.sampled_from([*AGGREGATED.splitlines(), "x" * 700, "\t", "\r", "-0-", "a, b, c"]), max_size=12))
def test_ranges_are_sound(lines):
    """Whatever the text, ranges are in order, do not overlap, are not empty, and lie within it."""
    text = "\n".join(lines)
    found = find_wrapping(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert len(without(text, tuple(found))) <= len(text)


@given(st.text(max_size=400))
def test_any_text_can_be_searched(text):
    """No text makes the search fail."""
    assert all(text[one.start : one.end].strip() for one in find_wrapping(text))
