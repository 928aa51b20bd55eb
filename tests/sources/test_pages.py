import gzip
from dataclasses import replace

from news.article import FeedItem, PageToFetch, Validators
from news.topic import Source
from sources.fetcher import NO_VALIDATORS
from sources.pages import fetch_pages


def fetch(topic, limits, now, sleep, *urls, source_id="s", validators=NO_VALIDATORS):
    pages = [PageToFetch(url, source_id, FeedItem(url), validators) for url in urls]
    heard = []
    found = fetch_pages(pages, limits, topic, now, heard.append, sleep=sleep)
    assert len(heard) == len(found)
    assert [page.url for page in found] == list(urls)
    return found


def test_one_bad_page_does_not_stop_the_others(site, topic, limits, now, sleep):
    """Each page has its own outcome, in the order asked: page, gone, failed for now, failed for good."""
    site.page("/a", "<html>a</html>")
    site.page("/busy", "", status=503)
    site.page("/pdf", "%PDF", "application/pdf")
    site.page("/none", "")
    site.pages["/away"] = (302, {"Location": "http://169.254.169.254/"}, b"")
    urls = [f"http://gazette.test/{name}" for name in ("a", "gone", "busy", "pdf", "none", "away")] + ["ftp://x/", "x"]
    good, gone, busy, pdf, none, away, ftp, nothing = fetch(topic, limits, now, sleep, *urls)
    assert (good.outcome, good.body, good.at, good.error) == ("page", b"<html>a</html>", now, None)
    assert (gone.outcome, gone.http_status, gone.permanent) == ("gone", 404, True)
    assert (busy.outcome, busy.http_status, busy.permanent, busy.attempts) == ("failed", 503, False, 3)
    assert (pdf.outcome, pdf.permanent, pdf.body) == ("failed", True, b"")
    assert "is no HTML page (application/pdf)" in pdf.error
    assert (none.outcome, none.permanent) == ("failed", False)
    assert away.permanent
    assert ftp.permanent
    assert nothing.permanent


def test_a_page_without_a_type_is_looked_at(site, topic, limits, now, sleep):
    """Without a Content-Type, HTML is known by its beginning."""
    site.pages["/a"] = (200, {}, b"<!DOCTYPE html><html>a</html>")
    site.pages["/b"] = (200, {}, b"\x89PNG")
    html, png = fetch(topic, limits, now, sleep, "http://gazette.test/a", "http://gazette.test/b")
    assert (html.outcome, png.outcome) == ("page", "failed")


def test_an_unchanged_page_says_so(site, topic, limits, now, sleep):
    """A 304 is `unchanged`, with the validators kept."""
    site.pages["/a"] = (304, {}, b"")
    (page,) = fetch(topic, limits, now, sleep, "http://gazette.test/a", validators=Validators('"1"'))
    assert (page.outcome, page.validators) == ("unchanged", Validators('"1"'))


def test_an_item_without_a_page_is_never_fetched(site, topic, limits, now, sleep):
    """An item whose page cannot be fetched is `feed`, without a request to anybody."""
    item = FeedItem("http://gazette.test/a", "Dam row", partial="the page is hidden")
    (found,) = fetch_pages([PageToFetch(item.url, "s", item)], limits, topic, now, lambda _: None, sleep=sleep)
    assert (found.outcome, found.error, found.item) == ("feed", None, item)
    assert site.asked == []


def test_a_saved_page_says_where_it_came_from(tmp_path, topic, limits, now, sleep):
    """A local page that states its web address is the page of that address; any other is a file."""
    stated = ("http://gazette.test/dam", "javascript:alert(1)", "file:///etc/passwd", "")
    for number, address in enumerate(stated):
        head = f'<html><head><link rel="canonical" href="{address}"></head><body>x</body></html>'
        (tmp_path / f"{number}.html.gz").write_bytes(gzip.compress(head.encode()))
    topic = replace(topic, sources=(Source("s", "gazette", "folder", str(tmp_path)),))
    urls = [(tmp_path / f"{number}.html.gz").as_uri() for number in range(len(stated))]
    assert [page.final_url for page in fetch(topic, limits, now, sleep, *urls)] == [stated[0], *urls[1:]]


def test_no_feed_reaches_our_files(tmp_path, topic, limits, now, sleep):
    """A file is read for a folder source only, and only below its folder."""
    inside, outside = tmp_path / "in" / "a.html", tmp_path / "b.html"
    inside.parent.mkdir()
    inside.write_text("<p>x</p>")
    outside.write_text("<p>x</p>")
    topic = replace(
        topic,
        sources=(
            Source("files", "gazette", "folder", str(inside.parent)),
            Source("web", "gazette", "feed", "http://gazette.test/f"),
        ),
    )
    up = inside.parent.as_uri() + "/../b.html"
    good, bad, climbing = fetch(topic, limits, now, sleep, inside.as_uri(), outside.as_uri(), up, source_id="files")
    assert (good.outcome, good.body, good.content_type) == ("page", b"<p>x</p>", "text/html")
    assert bad.permanent
    assert climbing.permanent
    (web,) = fetch(topic, limits, now, sleep, inside.as_uri(), source_id="web")
    assert web.permanent
    inside.unlink()
    (gone,) = fetch(topic, limits, now, sleep, inside.as_uri(), source_id="files")
    assert gone.outcome == "gone"
