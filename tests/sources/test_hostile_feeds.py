"""Whatever a feed, a sitemap or a page holds: it is read within bounds, or refused with one clear error."""

import json
import tracemalloc
from datetime import UTC, datetime

import pytest

from news.article import FeedItem, FetchedPage
from news.errors import RejectedInput
from news.topic import Topic
from sources.cleaning import clean_page
from sources.kinds import READERS, Document, feed
from tests.sources.hostile import RawServer

NOW = datetime(2024, 10, 24, 12, 0, tzinfo=UTC)
TOPIC = Topic("t", "T", "t.toml")
ITEM = "<item><title>{}</title><link>http://x.org/a</link></item>"
RSS = "<?xml version='1.0'?>{}<rss version='2.0'><channel>{}</channel></rss>"
MAP = "<?xml version='1.0'?>{}<urlset><url><loc>http://x.org/a</loc><lastmod>{}</lastmod></url></urlset>"
LAUGHS = "<!DOCTYPE rss [<!ENTITY a0 'haha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
)
QUADRATIC = f"<!DOCTYPE rss [<!ENTITY a '{'x' * 100_000}'>]>"


def documents(port):
    """By name: the kind, and the hostile document."""
    outside = f"<!DOCTYPE rss [<!ENTITY a SYSTEM 'http://127.0.0.1:{port}/x'><!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
    dtd = f"<!DOCTYPE rss SYSTEM 'http://127.0.0.1:{port}/x.dtd'>"
    deep = "<a>" * 200_000
    return {
        "entities in entities": ("feed", RSS.format(LAUGHS, ITEM.format("&a9;"))),
        "one entity many times": ("feed", RSS.format(QUADRATIC, ITEM.format("&a;" * 5_000))),
        "entities from outside": ("feed", RSS.format(outside, ITEM.format("&a; &b;"))),
        "a DTD from outside": ("feed", RSS.format(dtd, ITEM.format("Dam"))),
        "elements in elements": ("feed", RSS.format("", deep)),
        "a title without end": ("feed", RSS.format("", ITEM.format("dam " * 2_500_000))),
        "null bytes": ("feed", RSS.format("", ITEM.format("a\x00b\x00"))),
        "a million brackets": ("feed", "<" * 1_000_000),
        "items without end": ("feed", "<rss><channel>" + "<item>" * 200_000),
        "two encodings": ("feed", "<?xml version='1.0' encoding='utf-16'?><rss><channel>" + ITEM.format("Dämme")),
        "map: entities in entities": ("sitemap", MAP.format(LAUGHS, "&a9;")),
        "map: one entity many times": ("sitemap", MAP.format(QUADRATIC, "&a;" * 5_000)),
        "map: entities from outside": ("sitemap", MAP.format(outside, "&a; &b;")),
        "map: elements in elements": ("sitemap", "<urlset>" + deep),
        "map: a stylesheet": ("sitemap", f"<?xml-stylesheet href='http://127.0.0.1:{port}/s'?>" + MAP.format("", "")),
        "JSON: lists in lists": ("jsonfeed", '{"items":' + "[" * 500_000),
        "JSON: objects in objects": ("jsonfeed", '{"items":[' + '{"a":' * 100_000),
        "JSON: a title without end": ("jsonfeed", json.dumps({"items": [{"url": "/a", "title": "dam " * 2_500_000}]})),
        "JSON: a number without end": ("jsonfeed", '{"items":[{"url":"/a","id":' + "9" * 100_000 + "}]}"),
        "JSON: other types": (
            "jsonfeed",
            '{"items":[{"url":["/a"],"title":{},"authors":7,"date_published":[]},3,null]}',
        ),
    }


def in_utf16(text):
    return b"\xff\xfe" + text.encode("utf-16-le")


NESTED = RSS.format("", "<a>" * 20_000)
XML = "application/xml"
COSTLY = {
    "depth in UTF-7": (NESTED.replace("<", "+ADw-").encode(), f"{XML}; charset=utf-7", "written in utf-7"),
    "depth in escapes": (NESTED.replace("<", r"\x3c").encode(), f"{XML}; charset=unicode_escape", "written in"),
    "a codec that takes minutes": (b"a" * 900_000 + b"-" + b"b" * 900_000, f"{XML}; charset=punycode", "written in"),
    "that codec by declaration": (b"<?xml version='1.0' encoding='Punycode'?>" + b"a" * 900_000, XML, "written in"),
    "depth in EBCDIC": (NESTED.replace("'1.0'", "'1.0' encoding='cp037'").encode("cp037"), XML, "elements within"),
    "depth in UTF-16": (in_utf16(NESTED.replace("'1.0'", "'1.0' encoding='utf-16'")), XML, "within"),
    "depth behind a long attribute": (NESTED.replace("<a>", f"<a b='{'x' * 6_000}'>", 1_000).encode(), XML, "within"),
    "depth behind a bracket in an attribute": (NESTED.replace("<a>", "<a b='/>'>").encode(), XML, "elements within"),
    "depth behind an open quotation mark": (RSS.format("", "<b '>" + "<a>" * 20_000).encode(), XML, "within"),
    "depth behind an open comment": (RSS.format("", "<!-- x" + "<a>" * 20_000).encode(), XML, "elements within"),
    "depth in open CDATA": (RSS.format("", "<![CDATA[ x" + "<a>" * 20_000).encode(), XML, "elements within"),
    "line breaks never closed": (RSS.format("", "<br>" * 50_000).encode(), XML, "never closed"),
    "attributes": (RSS.format("", f"<a {' '.join(f'b{n}=1' for n in range(5_000))}>").encode(), XML, "attributes"),
    "attributes behind a bracket": (
        RSS.format("", "<a z='>' {}></a>".format(" ".join(f"b{n}='1'" for n in range(5_000)))).encode(),
        XML,
        "attributes",
    ),
    "attributes of many tags": (
        RSS.format("", f"<a {' '.join(f'b{n}=1' for n in range(400))}/>" * 600).encode(),
        XML,
        "attributes",
    ),
    "a tag without end": (RSS.format("", f"<a{' ' * 3_000_000}/>").encode(), XML, "a tag of more than"),
    "ampersands": (RSS.format("", ITEM.format("&" * 1_000_000)).encode(), XML, "ampersands"),
    "items": (RSS.format("", ITEM.format("d") * 60_000).encode(), XML, "marks of markup"),
    "escaped markup": (RSS.format("", ITEM.format("&lt;p>" * 400_000)).encode(), XML, "marks of markup"),
    "declarations": (b"<rss>" + b'<!ENTITY"' * 1_000_000, XML, "marks of markup"),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", COSTLY)
def test_what_would_take_minutes_is_refused_unparsed(name, monkeypatch):
    """Markup whose parsing takes minutes is named, in whatever encoding or quotes it hides, and parsed by nobody."""
    body, content_type, words = COSTLY[name]
    monkeypatch.setattr(feed.feedparser, "parse", lambda *_, **__: pytest.fail("it was parsed"))
    reading = feed.read(Document("http://x.org/feed", body, content_type), NOW)
    assert not reading.understood
    assert words in reading.error


def test_a_large_feed_in_utf_16_is_read():
    """Thousands of tags in an encoding of two bytes a letter are tags, not stray brackets."""
    listed = "".join(f"<item><title>Dämme {n}</title><link>http://x.org/{n}</link></item>" for n in range(600))
    body = in_utf16(RSS.format("", listed).replace("'1.0'", "'1.0' encoding='utf-16'"))
    reading = feed.read(Document("http://x.org/feed", body, XML), NOW)
    assert (len(reading.items), reading.items[7].title, reading.error) == (600, "Dämme 7", None)


@pytest.fixture(scope="module")
def listener():
    made = RawServer()
    yield made
    made.close()


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", list(documents(1)))
def test_a_hostile_document_is_read_within_bounds(name, listener):
    """Bounded texts and memory, nothing of our files, no request from the parser, and an error where it is no feed."""
    kind, text = documents(listener.port)[name]
    body = text.encode()
    tracemalloc.start()
    try:
        reading = READERS[kind].read(Document("http://x.org/feed", body, "application/xml"), NOW)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 120_000_000
    assert listener.reached == 0
    assert reading.items or reading.error
    for item in reading.items:
        assert len(item.title or "") <= 500
        assert "root:" not in str(item)
        assert "\x00" not in str(item)
    assert "\n" not in (reading.error or "")


LINKS = ("file:///etc/passwd", "data:text/html,x", "javascript:alert(1)", "gopher://x.org/", "//", "http://", "\x00")


def test_links_to_no_page_are_left_out():
    """Addresses that are none of the web's, or none at all, make no item; the others of the feed stay."""
    listed = "".join(f"<item><link><![CDATA[{link}]]></link></item>" for link in LINKS) + ITEM.format("Dam")
    reading = READERS["feed"].read(Document("http://x.org/feed", RSS.format("", listed).encode()), NOW)
    assert [item.url for item in reading.items] == ["http://x.org/a"]


PAGES = {
    "elements in elements": "<html><body>" + "<div>" * 100_000 + "The dam held.",
    "a title without end": f"<html><title>{'dam ' * 2_500_000}</title><body><p>{'The dam held. ' * 20}</p>",
    "attributes without end": f"<html><body {'a=b ' * 500_000}><p>{'The dam held. ' * 20}</p></body></html>",
    "JSON without end": f"<html><script type='application/ld+json'>{'[' * 1_000_000}</script><body><p>x</p>",
    "a line without end": f"<html><body><p>{'damwater' * 400_000}</p></body></html>",
    "two encodings": "<html><meta charset='utf-16'><meta charset='shift_jis'><body><p>" + "Dämme über Bächen. " * 30,
    "no markup": "<" * 500_000,
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_an_article_or_a_reject(name):
    """Whatever the markup, there is one article with a title of bounded length, or one reject that says why."""
    url = "http://x.org/a"
    body = PAGES[name].encode()
    page = FetchedPage(url, None, FeedItem(url), NOW, "page", final_url=url, content_type="text/html", body=body)
    try:
        article = clean_page(page, TOPIC, NOW)
    except RejectedInput as error:
        told = str(error)
    else:
        assert 0 < len(article.title) <= 500
        told = f"{article.url}: {article.text}"
    assert told.startswith(url)
    assert len(told) > len(url) + 5
