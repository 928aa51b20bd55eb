import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.topic_route import LOCAL_KINDS, SOURCE_KINDS
from sources.kinds import LISTERS, READERS, Document

NOW = datetime(2024, 10, 24, 12, 0, tzinfo=UTC)
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><language>en-gb</language>
<item><title>Dam &amp;amp; river: &lt;b&gt;row&lt;/b&gt;</title><link>/a?x=1#top</link>
<pubDate>Fri, 18 Oct 2024 09:30:00 GMT</pubDate>
<description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</description>
<author>a@x.org (Ann Lee)</author></item>
<item><title>No link</title></item>
<item><title>Bad link</title><link>javascript:alert(1)</link></item>
<item><title>Ahead</title><link>http://x.org/b</link><pubDate>Fri, 25 Oct 2024 09:00:00 GMT</pubDate></item>
<item><title>Far ahead</title><link>http://x.org/c</link><pubDate>Fri, 25 Oct 2030 09:00:00 GMT</pubDate></item>
<item><title>Twice</title><link>http://x.org/b</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://x.org/base/"><title>T</title>
<entry><title>A</title><link href="one"/><updated>2024-10-18T09:30:00+02:00</updated><author><name>Ann</name></author>
<summary>Short.</summary></entry></feed>"""
NEWS_SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> http://x.org/a </loc><lastmod>2024-10-20</lastmod>
<image:image><image:title>not this</image:title></image:image>
<news:news><news:publication><news:name>X</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2024-10-18T09:30:00Z</news:publication_date><news:title>Dam &amp; river</news:title>
</news:news></url>
<url><loc>http://x.org/b</loc></url></urlset>"""


def read(kind, text, content_type=None):
    body = text.encode() if isinstance(text, str) else text
    return READERS[kind].read(Document("http://x.org/feed", body, content_type), NOW)


def test_rss_items_come_plain_and_absolute():
    """Titles and summaries are plain text, links absolute and of the web, each address once, in order."""
    reading = read("feed", RSS)
    assert reading.error is None
    assert [item.url for item in reading.items] == ["http://x.org/a?x=1", "http://x.org/b", "http://x.org/c"]
    first = reading.items[0]
    assert first.title == "Dam & river: row"
    assert first.summary == "One. Two."
    assert first.published == datetime(2024, 10, 18, 9, 30, tzinfo=UTC)
    assert first.lang == "en-gb"
    assert "Ann Lee" in first.byline


def test_frames_and_their_like_are_no_text():
    """What HTML takes for bare text inside a frame is read like any markup."""
    text = (
        "<rss version='2.0'><channel><item><link>/a</link><description>&lt;iframe src='x'>&lt;b>One&lt;/b>&lt;/iframe>"
    )
    assert read("feed", text + "</description></item></channel></rss>").items[0].summary == "One"


def test_a_language_in_the_header_counts():
    """A feed that names no language has that of its Content-Language header."""
    document = Document("http://x.org/feed", RSS.replace("<language>en-gb</language>", "").encode(), None, "fr")
    assert READERS["feed"].read(document, NOW).items[0].lang == "fr"


def test_a_feeds_own_text_comes_in_paragraphs():
    """The text a feed carries of a page is kept beside its summary, a paragraph a line, without what is not shown."""
    text = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><link>/a</link>'
        "<description>Short.</description><source url='http://w.org'>Valley Wire</source><content:encoded><![CDATA["
        "<p>One <b>two</b>.</p><script>x()</script><ul><li>Three</li><li>Four</li></ul>]]></content:encoded></item>"
        "<item><link>/b</link><description>Not shorter than this.</description>"
        "<content:encoded>Short.</content:encoded></item></channel></rss>"
    )
    first, second = read("feed", text).items
    assert (first.summary, first.content, first.outlet) == ("Short.", "One two.\nThree\nFour", "Valley Wire")
    assert second.content is None
    feed = {"items": [{"url": "/c", "content_html": "<p>One</p><p>Two</p>", "summary": "Sum"}]}
    assert read("jsonfeed", json.dumps(feed)).items[0].content == "One\nTwo"


def test_every_kind_a_topic_can_declare_is_read():
    """Each kind of source has its one reader or lister, and none is read that cannot be declared."""
    assert {*READERS, *LISTERS} == set(SOURCE_KINDS)
    assert set(LISTERS) == set(LOCAL_KINDS)


def test_only_a_news_sitemap_is_a_window():
    """A sitemap whose pages all have a date of publication drops old ones; any other is a whole list."""
    assert not read("sitemap", NEWS_SITEMAP).windowed
    assert read("sitemap", NEWS_SITEMAP.replace("<url><loc>http://x.org/b</loc></url>", "")).windowed
    assert not read("sitemap", "<urlset></urlset>").windowed


def test_a_sitemap_in_plain_text():
    """One address a line is a sitemap too; what is no web address in it is left out."""
    reading = read("sitemap", "\ufeffhttp://x.org/a\r\nhttps://x.org/b\n\nftp://x.org/c\n", "text/plain")
    assert [item.url for item in reading.items] == ["http://x.org/a", "https://x.org/b"]
    assert (reading.error, reading.windowed) == (None, False)


def test_a_sitemap_of_impossible_names_is_an_error():
    """Markup whose element has no name at all is no sitemap, and no crash."""
    assert not read("sitemap", "<:").understood


def test_no_item_is_of_the_future():
    """A date a zone ahead means now; one far ahead means nothing."""
    items = {item.title: item for item in read("feed", RSS).items}
    assert items["Ahead"].published == NOW
    assert items["Far ahead"].published is None


def test_atom_without_published_uses_updated():
    """Atom's base addresses hold, and its mandatory `updated` stands in for a missing date of publication."""
    (item,) = read("feed", ATOM).items
    assert item.url == "http://x.org/base/one"
    assert item.published == item.updated == datetime(2024, 10, 18, 7, 30, tzinfo=UTC)
    assert (item.byline, item.summary) == ("Ann", "Short.")


def test_a_malformed_feed_gives_what_can_be_read():
    """A feed that breaks off, or has a stray ampersand, gives its items and says what is wrong."""
    for broken in (RSS[: RSS.index("<item><title>Ahead")], RSS.replace("No link", "A & B")):
        reading = read("feed", broken)
        assert reading.items
        assert reading.understood
        assert "not well-formed" in reading.error


def test_items_in_a_broken_frame_are_salvaged():
    """An unknown entity and an unclosed element before the items do not hide them."""
    frame = '<rss version="2.0"><channel><title>T</title><description>A&nbsp;B & C <br>'
    items = "".join(f"<item><title>{n}</title><link>http://x.org/{n}</link></item>" for n in range(3))
    reading = read("feed", frame + items, "text/html")
    assert [item.url for item in reading.items] == ["http://x.org/0", "http://x.org/1", "http://x.org/2"]
    assert "not well-formed" in reading.error


def test_an_empty_feed_is_told_from_none():
    """A feed without items is understood and says so; a web page is no feed; bytes that are a path open no file."""
    empty = read("feed", '<rss version="2.0"><channel><title>T</title></channel></rss>')
    assert (empty.items, empty.error, empty.understood) == ((), "empty feed", True)
    page = read("feed", "<!doctype html><html><body><p>hello</p></body></html>", "text/html")
    assert (page.understood, page.error) == (False, "no feed there (text/html)")
    assert not read("feed", "/etc/passwd").understood
    assert not read("feed", b"").understood


def test_an_entity_bomb_is_no_bomb():
    """Nested entities neither fill memory nor reach a file."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE r [<!ENTITY l0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]>'
    rss = RSS.replace('<?xml version="1.0"?>', bomb).replace("No link", "&l11;&f;")
    sitemap = NEWS_SITEMAP.replace('<?xml version="1.0"?>', bomb).replace("Dam", "&l11;&f;")
    for kind, text in (("feed", rss), ("sitemap", sitemap)):
        reading = read(kind, text)
        assert all("root:" not in (item.title or "") and len(item.title or "") < 600 for item in reading.items)


def test_json_feed_items():
    """JSON Feed 1.1 and 1.0 give title, dates, authors and language."""
    (item,) = read(
        "jsonfeed",
        """{"version": "https://jsonfeed.org/version/1.1", "language": "en", "items": [{"id": "1", "url": "a",
        "title": "T", "content_html": "<p>Body</p>", "date_published": "2024-10-18T09:30:00Z",
        "authors": [{"name": "Ann"}, {"name": "Bob"}]}, {"id": 7}, 3]}""",
    ).items
    assert (item.url, item.title, item.summary, item.byline, item.lang) == (
        "http://x.org/a",
        "T",
        "Body",
        "Ann, Bob",
        "en",
    )
    assert item.published == datetime(2024, 10, 18, 9, 30, tzinfo=UTC)


def test_a_json_feed_that_breaks_off_gives_its_whole_items():
    """The items before the break are kept, and the error is named."""
    reading = read("jsonfeed", '{"items": [{"url": "http://x.org/a"}, {"url": "http://x.org/b", "ti')
    assert [item.url for item in reading.items] == ["http://x.org/a"]
    assert "not well-formed" in reading.error
    assert not read("jsonfeed", '{"items": 3}').understood
    assert read("jsonfeed", '{"items": []}').error == "empty feed"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_news_sitemap(pack):
    """A news sitemap, packed or not, gives titles and dates of publication, and no picture's title."""
    first, second = read("sitemap", pack(NEWS_SITEMAP.encode())).items
    assert (first.url, first.title, first.lang) == ("http://x.org/a", "Dam & river", "en")
    assert first.published == datetime(2024, 10, 18, 9, 30, tzinfo=UTC)
    assert first.updated == datetime(2024, 10, 20, tzinfo=UTC)
    assert (second.url, second.published) == ("http://x.org/b", None)


def test_a_sitemap_index_names_its_newest_sitemaps():
    """An index gives at most twenty sitemaps to read, the newest first."""
    entries = "".join(
        f"<sitemap><loc>http://x.org/{n}.xml</loc><lastmod>2024-01-{n:02}</lastmod></sitemap>" for n in range(1, 29)
    )
    reading = read("sitemap", f"<sitemapindex>{entries}</sitemapindex>")
    assert reading.further[0] == "http://x.org/28.xml"
    assert len(reading.further) == 20
    assert "28 sitemaps" in reading.error


def test_a_broken_sitemap_gives_what_stands_before_the_fault():
    """A sitemap that breaks off gives its whole entries; other XML is none."""
    reading = read("sitemap", NEWS_SITEMAP[: NEWS_SITEMAP.index("<url><loc>http://x.org/b")])
    assert [item.url for item in reading.items] == ["http://x.org/a"]
    assert "not well-formed" in reading.error
    assert not read("sitemap", RSS).understood
    assert read("sitemap", "<urlset></urlset>").error == "empty sitemap"
    assert not read("sitemap", gzip.compress(NEWS_SITEMAP.encode())[:80]).understood


@pytest.mark.parametrize("kind", sorted(READERS))
@given(st.binary(max_size=300) | st.integers(0, 900).map(lambda n: (RSS + NEWS_SITEMAP)[n : n + 1500].encode()))
def test_any_bytes_give_items_or_an_error(kind, body):
    """Whatever a server sends, reading it raises nothing: items, an error, or both."""
    reading = READERS[kind].read(Document("http://x.org/feed", body, None), NOW)
    assert reading.items or reading.error or reading.further
    assert all(item.published is None or item.published <= NOW for item in reading.items)
