"""Kinds that list other publishers' pages: GDELT's article list, and the feeds of search engines."""

import base64
import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.topic import Source
from sources.fetcher import NO_VALIDATORS
from sources.kinds import READERS, Document
from sources.kinds.gdelt import complete
from sources.kinds.search import WITHOUT_ADDRESS, cut_outlet, unwrap
from sources.polling import poll_sources

NOW = datetime(2024, 10, 24, 12, 0, tzinfo=UTC)
DOC = "https://api.gdeltproject.org/api/v2/doc/doc"
STORY = "http://gazette.test/2024/dam?id=4"
ROW = {
    "url": STORY,
    "url_mobile": "",
    "title": "Council votes for dam , river to move",
    "seendate": "20241024T101500Z",
    "socialimage": "",
    "domain": "gazette.test",
    "language": "Spanish",
    "sourcecountry": "Mexico",
}


def read(kind, text, address="http://x.org/feed"):
    body = text.encode() if isinstance(text, str) else text
    return READERS[kind].read(Document(address, body), NOW)


def google_id(url):
    """An id as Google News made them while they held the address: fields 1 and 4 of a message, then a last one."""
    size = len(url)
    length = bytes([size]) if size < 128 else bytes([size & 127 | 128, size >> 7])
    message = b"\x08\x13\x22" + length + url.encode() + b"\xd2\x01\x00"
    return base64.urlsafe_b64encode(message).decode().rstrip("=")


def google(packed):
    return f"https://news.google.com/rss/articles/{packed}?oc=5"


RIDDLE = google(google_id("AU_yqLNu" + "x" * 60))


def search_feed(
    link, title="Dam row - The Gazette", source="<source url='http://www.gazette.test'>The Gazette</source>"
):
    link, about = link.replace("&", "&amp;"), "&lt;a&gt;Dam row&lt;/a&gt; The Gazette"
    return (
        f"<rss version='2.0'><channel><title>T</title><item><title>{title}</title><link>{link}</link>{source}"
        f"<pubDate>Fri, 18 Oct 2024 09:30:00 GMT</pubDate><description>{about}</description></item></channel></rss>"
    )


def test_gdelts_list_gives_pages_outlets_and_languages():
    """Address, title, domain and language are taken; when GDELT saw a page is never a date of publication."""
    (item,) = read("gdelt", json.dumps({"articles": [ROW, {"url": "ftp://x"}, 7]})).items
    assert (item.url, item.title, item.outlet, item.lang) == (
        STORY,
        "Council votes for dam, river to move",
        "gazette.test",
        "es",
    )
    assert (item.published, item.updated) == (None, datetime(2024, 10, 24, 10, 15, tzinfo=UTC))
    assert read("gdelt", json.dumps({"articles": [ROW]})).asked_s == 900


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("Your query was too short or too long.\n", "GDELT answered: Your query was too short or too long."),
        ("<html><body>Please wait.</body></html>", "GDELT answered: Please wait."),
        ("", "an empty answer"),
        ('{"articles": [', "not well-formed"),
        ('{"timeline": [], "articles": 3}', "no article list there"),
    ],
)
def test_gdelts_refusals_are_failures_that_say_why(said, error):
    """A sentence with status 200 is the error; so is anything that is no list."""
    reading = read("gdelt", said)
    assert not reading.understood
    assert reading.error.startswith(error)


def test_no_page_found_is_no_failure():
    """GDELT answers a search without results with an empty object."""
    assert (read("gdelt", "{}").understood, read("gdelt", "{}").error) == (True, "no page found")


def test_broken_escapes_are_mended():
    """Escapes that JSON does not know, and raw tabs, cost nothing; the right ones are kept."""
    broken = '{"articles": [{"url": "http://x.org/a", "title": "The mayor\\\'s \\q \\"dam\\" \\u00e9\t\\u12 ends"}]}'
    assert read("gdelt", broken).items[0].title == 'The mayor\'s q "dam" é u12 ends'


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("?query=dam", "?query=dam&mode=artlist&format=json&maxrecords=250&sort=datedesc"),
        (
            "?query=%22a%20b%22&Mode=ArtList&maxrecords=9&startdatetime=20240101000000",
            "?query=%22a%20b%22&Mode=ArtList&maxrecords=9&startdatetime=20240101000000&format=json&sort=datedesc",
        ),
    ],
)
def test_a_gdelt_address_is_completed(given, asked):
    """What an article list needs is added to the address; what it says itself stays."""
    assert complete(DOC + given) == DOC + asked


def test_gdelt_is_asked_with_the_whole_address_and_long_pauses(site, topic, limits, sleep, slept):
    """Two searches at one host are five seconds apart, and each asks for a list in JSON."""
    for name in "ab":
        query = f"/doc?query={name}&mode=artlist&format=json&maxrecords=250&sort=datedesc"
        site.page(query, json.dumps({"articles": [ROW]}), "application/json")
    sources = [Source(name, "gazette", "gdelt", f"http://gazette.test/doc?query={name}") for name in "ab"]
    found = poll_sources([(one, NO_VALIDATORS) for one in sources], limits, topic, NOW, lambda _: None, sleep=sleep)
    assert [(one.outcome, len(one.items), one.windowed) for one in found] == [("items", 1, True)] * 2
    assert len([wait for wait in slept if wait > 1]) == 2  # between robots.txt, the first and the second


@pytest.mark.parametrize(
    "wrapped",
    [
        f"http://www.bing.com/news/apiclick.aspx?ref=FexRss&tid=1&url={quote(STORY, safe='')}&c=1",
        f"https://www.google.com/url?rct=j&sa=t&url={quote(STORY, safe='')}&ct=ga",
        f"https://www.google.co.uk/url?q={quote(STORY, safe='')}",
        f"https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU={quote(STORY, safe='')}/RK=2/RS=x",
        "https://www.bing.com/ck/a?u=a1" + base64.urlsafe_b64encode(STORY.encode()).decode().rstrip("="),
        f"https://duckduckgo.com/l/?uddg={quote(STORY, safe='')}",
        google(google_id(STORY)),
        google(google_id(STORY + "x" * 150))[:-5] + "?oc=5",
        "https://www.google.com/url?url=" + quote(google(google_id(STORY)), safe=""),
        STORY,
    ],
)
def test_links_are_unwrapped(wrapped):
    """A search engine's link gives its publisher's address; another link stays what it is."""
    assert unwrap(wrapped).startswith(STORY)


@pytest.mark.parametrize(
    "wrapped",
    [
        RIDDLE,
        google("CBMi"),
        google("!!!"),
        google(google_id("file:///etc/passwd")),
        "https://www.google.com/url?url=javascript:alert(1)",
        f"https://www.google.com/url?q={quote('http://user:word@gazette.test/', safe='')}",
        "https://www.bing.com/ck/a?u=a1!",
        "http://www.bing.com/news/apiclick.aspx",
    ],
)
def test_what_cannot_be_unwrapped_is_not_followed(wrapped):
    """A link without an address that may be fetched gives none."""
    assert unwrap(wrapped) is None


@given(st.text(max_size=80) | st.binary(max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_any_id_is_an_address_or_none(packed):
    """Whatever stands in a link, unwrapping gives a web address or nothing, and raises nothing."""
    found = unwrap(google(quote(packed, safe="=")))
    assert found is None or found.startswith(("http://", "https://"))


def test_a_search_result_comes_under_its_publishers_address():
    """The item is the publisher's page, its title without the outlet's name."""
    (item,) = read("search", search_feed(google(google_id(STORY)))).items
    assert (item.url, item.title, item.partial) == (STORY, "Dam row", None)
    assert (item.outlet, item.summary) == ("The Gazette", None)
    assert item.published == datetime(2024, 10, 18, 9, 30, tzinfo=UTC)


def test_a_search_result_without_an_address_is_partial():
    """An item whose address is hidden is kept under the engine's, with its outlet's host, and says why."""
    (item,) = read("search", search_feed(RIDDLE)).items
    assert (item.url, item.title, item.outlet) == (RIDDLE, "Dam row", "gazette.test")
    assert item.partial == WITHOUT_ADDRESS


def test_two_links_to_one_page_are_one_item():
    """After unwrapping, each address comes once."""
    first, second = (search_feed(link) for link in (google(google_id(STORY)), f"http://www.bing.com/url?q={STORY}"))
    both = first.replace("</channel></rss>", second[second.index("<item>") :])
    assert [item.url for item in read("search", both).items] == [STORY]


def test_only_the_outlets_own_name_is_cut_off_a_title():
    """A dash in the headline itself stays."""
    assert cut_outlet("Dam - a river - The Gazette", "The gazette") == "Dam - a river"
    assert cut_outlet("Dam - a river", "The Gazette") == "Dam - a river"
    assert cut_outlet(" - The Gazette", "The Gazette") == " - The Gazette"
    assert cut_outlet(None, "The Gazette") is None
