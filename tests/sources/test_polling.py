import asyncio
import time
from dataclasses import replace

from news.article import Validators
from news.topic import Source
from sources.fetcher import NO_VALIDATORS
from sources.kinds import READERS
from sources.polling import poll_sources

FEED = '<rss version="2.0"><channel><title>T</title><item><title>A</title><link>/a</link></item></channel></rss>'
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://gazette.test/{}</loc></url></urlset>'
)


def source(path, kind="feed", host="gazette.test", **fields):
    address = path if kind == "folder" else f"http://{host}{path}"
    return Source(id=path, outlet="gazette", kind=kind, address=address, **fields)


def poll(topic, limits, now, sleep, *sources, validators=NO_VALIDATORS):
    heard = []
    polls = poll_sources([(one, validators) for one in sources], limits, topic, now, heard.append, sleep=sleep)
    assert sorted(heard, key=id) == sorted(polls, key=id)
    return polls if len(sources) > 1 else polls[0]


def test_one_bad_source_does_not_stop_the_others(site, topic, limits, now, sleep):
    """Dead, missing, malformed, empty and strange sources are each told in one line; the good one gives its items."""
    site.page("/good", FEED, "application/rss+xml")
    site.page("/malformed", FEED.replace("</item></channel></rss>", "</item><item><title>B & C"), "text/xml")
    site.page("/empty", FEED.replace("<item><title>A</title><link>/a</link></item>", ""), "text/xml")
    site.page("/page", "<!doctype html><html><body>hello</body></html>")
    topic = replace(topic, resolve=(*topic.resolve, ("dead.test", "127.0.0.1:9")))
    sources = [source(path) for path in ("/good", "/malformed", "/empty", "/page", "/missing")]
    sources += [source("/x", host="dead.test"), source("/y", kind="telex")]
    good, malformed, empty, page, missing, dead, telex = poll(topic, limits, now, sleep, *sources)
    assert (good.outcome, good.error, [item.url for item in good.items]) == ("items", None, ["http://gazette.test/a"])
    assert malformed.outcome == "items"
    assert len(malformed.items) == 1
    assert "not well-formed" in malformed.error
    assert (empty.outcome, empty.items, empty.error) == ("items", (), "http://gazette.test/empty: empty feed")
    assert (page.outcome, page.http_status) == ("failed", 200)
    assert (missing.outcome, missing.http_status) == ("failed", 404)
    assert dead.outcome == "failed"
    assert "dead.test" in dead.error
    assert "'telex'" in telex.error
    assert all("\n" not in (one.error or "") and one.at == now for one in (good, malformed, empty, page, missing, dead))


def test_a_large_document_does_not_hold_up_the_others(site, topic, limits, now, monkeypatch):
    """While one source's document is being parsed, the requests of the others go on."""
    parsed = []
    read = READERS["feed"].read

    def read_slowly(document, at):
        if len(document.body) > 50_000:
            deadline = time.monotonic() + 20
            while not parsed and time.monotonic() < deadline:
                time.sleep(0.01)
        parsed.append(document.address)
        return read(document, at)

    monkeypatch.setitem(READERS, "feed", replace(READERS["feed"], read=read_slowly))
    site.page("/large", FEED.replace("</channel>", "<!--" + "x" * 60_000 + "--></channel>"), "text/xml")
    site.pages["/small"] = lambda _: (time.sleep(0.3), (200, {"Content-Type": "text/xml"}, FEED.encode()))[1]
    found = poll(topic, limits, now, asyncio.sleep, source("/large"), source("/small"))
    assert [one.outcome for one in found] == ["items", "items"]
    assert parsed == ["http://gazette.test/small", "http://gazette.test/large"]


def test_a_conditional_request_is_answered_unchanged(site, topic, limits, now, sleep):
    """Validators of one poll make the next one `unchanged`, and stay."""
    body = FEED.encode()
    site.pages["/f"] = lambda h: (
        (304, {}, b"")
        if h.headers["If-None-Match"] == '"7"'
        else (200, {"ETag": '"7"', "Content-Type": "text/xml"}, body)
    )
    first = poll(topic, limits, now, sleep, source("/f"))
    again = poll(topic, limits, now, sleep, source("/f"), validators=first.validators)
    assert (first.outcome, again.outcome, again.validators) == ("items", "unchanged", Validators('"7"'))


def test_the_same_bytes_are_unchanged_without_any_validator(site, topic, limits, now, sleep):
    """A server that gives no validators is compared by its bytes, and our own mark is never sent to it."""
    site.page("/f", FEED, "text/xml")
    first = poll(topic, limits, now, sleep, source("/f"))
    again = poll(topic, limits, now, sleep, source("/f"), validators=first.validators)
    assert (first.outcome, again.outcome) == ("items", "unchanged")
    assert all("If-None-Match" not in headers for headers in site.headers)
    site.page("/f", FEED.replace("/a", "/b"), "text/xml")
    assert poll(topic, limits, now, sleep, source("/f"), validators=again.validators).outcome == "items"


def test_a_moved_feed_says_where_to(site, topic, limits, now, sleep):
    """A permanent redirect is followed and reported."""
    site.pages["/old"] = (301, {"Location": "/f"}, b"")
    site.page("/f", FEED, "text/xml")
    assert poll(topic, limits, now, sleep, source("/old")).moved_to == "http://gazette.test/f"


def index_of(*names):
    return "".join(
        [
            "<sitemapindex>",
            *(f"<sitemap><loc>http://gazette.test/{name}</loc></sitemap>" for name in names),
            "</sitemapindex>",
        ]
    )


def test_the_sitemaps_of_an_index_give_the_items(site, topic, limits, now, sleep):
    """A missing sitemap costs only its own items, and the index is asked for anew each time."""
    site.page("/index", index_of("1", "2", "gone"), "text/xml")
    site.page("/1", SITEMAP.format("a"), "text/xml")
    site.page("/2", SITEMAP.format("b"), "text/xml")
    found = poll(topic, limits, now, sleep, source("/index", kind="sitemap"))
    assert [item.url for item in found.items] == ["http://gazette.test/a", "http://gazette.test/b"]
    assert found.outcome == "items"
    assert found.error.startswith("http://gazette.test/index: 1 of 3 sitemaps: http://gazette.test/gone answered 404")
    assert (found.validators, found.windowed) == (Validators(), False)


def test_an_index_inside_an_index_is_followed_once(site, topic, limits, now, sleep):
    """Two levels are read; a third, and an index that lists itself, are not, and each address is asked once."""
    site.page("/index", index_of("index", "1", "deep"), "text/xml")
    site.page("/deep", index_of("2", "1", "index", "deeper"), "text/xml")
    site.page("/deeper", index_of("3"), "text/xml")
    for number in "123":
        site.page(f"/{number}", SITEMAP.format(f"story-{number}"), "text/xml")
    found = poll(topic, limits, now, sleep, source("/index", kind="sitemap"))
    assert [item.url for item in found.items] == ["http://gazette.test/story-1", "http://gazette.test/story-2"]
    assert site.count["/index"] == 1
    assert "http://gazette.test/3 is an index too far" in found.error
    assert site.count["/1"] == site.count["/2"] == 1
    assert site.count["/3"] == 0


def test_a_folder_is_a_source(tmp_path, topic, limits, now, sleep):
    """A folder gives its HTML and text files, is unchanged until one changes, and fails by name when it is missing."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.html").write_text("<p>x</p>")
    (tmp_path / "b.txt").write_text("x")
    (tmp_path / "c.bin").write_text("x")
    (tmp_path / ".hidden.txt").write_text("x")
    (tmp_path / "out.txt").symlink_to("/etc/hostname")
    folder = source(str(tmp_path), kind="folder", lang="en")
    first = poll(topic, limits, now, sleep, folder)
    assert [item.url.rsplit("/", 1)[1] for item in first.items] == ["b.txt", "a.html"]
    assert {item.lang for item in first.items} == {"en"}
    assert poll(topic, limits, now, sleep, folder, validators=first.validators).outcome == "unchanged"
    (tmp_path / "d.txt").write_text("x")
    assert poll(topic, limits, now, sleep, folder, validators=first.validators).outcome == "items"
    gone = poll(topic, limits, now, sleep, source(str(tmp_path / "no"), kind="folder"))
    assert gone.outcome == "failed"
    assert "is no folder" in gone.error
