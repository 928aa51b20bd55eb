"""Sources behind a home page, found on a real server: every kind of hint, in the right order, within bounds."""

import re
import socket
from dataclasses import replace
from datetime import timedelta

import pytest

from news.errors import FetchError
from sources import discovery
from sources.discovery import complete, discover
from sources.homepage import read_home
from sources.proposal import propose

ITEM = "<item><title>{0}</title><link>http://{2}/{0}</link><pubDate>{1:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
HOME = """<html lang="en-GB"><head><title>Front page | The Vale Post</title>
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
<link rel="alternate" type="application/rss+xml" title="Valley news" href="/feed/">
<link rel="alternate" type="application/json" href="/wp-json/">
<link rel="stylesheet" type="text/css" href="/rss.css"></head><body>{body}</body></html>"""


def feed(now, *names, host="other.test", days=0):
    when = now - timedelta(days=days, hours=1)
    items = "".join(ITEM.format(name, when, host) for name in names)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Vale</title>{items}</channel></rss>'


def home(site, body="", head=HOME):
    site.page("/", head.replace("{body}", body))


@pytest.fixture
def look(topic, limits, now, sleep):
    """Discovers behind an address, without waiting."""
    return lambda given="http://other.test/": discover(given, limits, topic, now, sleep=sleep)


def ways(found):
    return [(one.hint.kind, re.sub("^http://[a-z]+.test", "", one.hint.address)) for one in found.candidates]


def test_the_own_articles_feed_comes_first_and_comments_last(site, look, now):
    """Feeds the page names are polled and ranked: its own articles, then a sitemap of news, comments at the end."""
    home(site)
    site.page("/comments/feed/", feed(now, "a-word", "another"), "application/rss+xml")
    site.page("/feed/", feed(now, "dam-fills", "dam-leaks"), "application/rss+xml")
    site.page("/robots.txt", "User-agent: *\nSitemap: http://other.test/deep/news.xml\n", "text/plain")
    site.page("/deep/news.xml", "<urlset><url><loc>http://other.test/dam-fills</loc></url></urlset>", "text/xml")
    found = look()
    assert ways(found) == [("feed", "/feed/"), ("sitemap", "/deep/news.xml"), ("feed", "/comments/feed/")]
    best = found.candidates[0]
    assert (best.works, best.own, len(best.poll.items)) == (True, 1.0, 2)
    assert best.newest == now - timedelta(hours=1)
    assert (found.home.name, found.home.lang) == ("The Vale Post", "en")
    assert "/sitemap.xml" not in site.asked
    assert "/wp-json/" not in site.asked


def test_a_link_to_a_page_of_feeds_is_followed(site, look, now):
    """A link that says RSS and leads to a page listing feeds is looked into; buttons of feed readers are not."""
    home(site, '<a href="/rss">RSS</a> <a href="https://feedly.com/i/rss">RSS</a>', "<html><body>{body}</body></html>")
    site.page("/rss", '<html><body><a href="/sections/world.rss">World</a></body></html>')
    site.page("/sections/world.rss", feed(now, "one"), "text/xml")
    found = look()
    assert ways(found)[0] == ("feed", "/sections/world.rss")
    assert found.candidates[0].works


@pytest.mark.parametrize(("path", "works"), [("/rss.xml", True), ("/nowhere", False)])
def test_the_usual_places_are_asked_only_when_nothing_is_named(site, look, now, path, works):
    """A page that names no source is asked for the usual ones, a handful, until one works."""
    home(site, head="<html><body><p>Nothing to see</p></body></html>")
    site.page(path, feed(now, "one"), "text/xml")
    found = look()
    assert [one.hint.address for one in found.candidates if one.works] == (
        ["http://other.test/rss.xml"] if works else []
    )
    assert len(site.asked) < 14
    assert max(site.count.values()) == 1


def test_a_stale_feed_stands_behind_a_running_sitemap(site, look, now):
    """A feed whose newest item is months old is not what a user should poll."""
    home(site)
    site.page("/feed/", feed(now, "old", days=400), "text/xml")
    site.page("/news-sitemap.xml", f"<urlset><url><loc>/a</loc><lastmod>{now:%Y-%m-%d}</lastmod></url></urlset>")
    assert ways(look())[0] == ("sitemap", "/news-sitemap.xml")


def test_a_moved_feed_says_where_to(site, look, now):
    """A feed behind a permanent redirect is proposed under its new address."""
    home(site)
    site.pages["/feed/"] = (301, {"Location": "/new-feed"}, b"")
    site.page("/new-feed", feed(now, "one"), "text/xml")
    best = look().candidates[0]
    assert best.poll.moved_to == best.address == "http://other.test/new-feed"


def test_a_feeds_own_address_is_a_source(site, look, now):
    """Whoever pastes the address of a feed gets that feed, and nothing else is asked for."""
    site.page("/feed/", feed(now, "one"), "text/plain")
    assert ways(look("http://other.test/feed/")) == [("feed", "/feed/")]
    assert set(site.asked) == {"/robots.txt", "/feed/"}


def test_a_bare_host_is_tried_with_https_and_then_http(site, look, now):
    """An address without a scheme works, on a server without TLS too."""
    home(site)
    site.page("/feed/", feed(now, "one"), "text/xml")
    assert look("other.test").candidates[0].hint.address == "http://other.test/feed/"
    assert complete("vale.example") == ("https://vale.example", "http://vale.example")


@pytest.mark.parametrize("given", ["", "two words", "file:///etc/passwd", "ftp://vale.example", "mailto:a@b.example"])
def test_what_is_no_web_address_is_refused(given):
    """A path, a mail address or nothing at all is no home page."""
    with pytest.raises(FetchError):
        complete(given)


def test_a_closed_host_is_left_alone(site, look):
    """A home page that robots.txt closes is not fetched, and the error says so."""
    home(site)
    site.page("/robots.txt", "User-agent: *\nDisallow: /\n", "text/plain")
    with pytest.raises(FetchError, match="closed to robots"):
        look()
    assert site.asked == ["/robots.txt"]


def test_a_feed_that_robots_close_is_not_polled(site, look, now):
    """A feed that robots.txt closes is shown as not working, and never asked for."""
    home(site)
    site.page("/robots.txt", "User-agent: *\nDisallow: /feed/\n", "text/plain")
    closed = next(one for one in look().candidates if one.hint.address.endswith("test/feed/"))
    assert not closed.works
    assert "closed to robots" in closed.poll.error
    assert "/feed/" not in site.asked


def test_links_to_private_addresses_are_not_followed(site, look):
    """A page that names feeds on our own network gets no request sent there."""
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.01)
        port = trap.getsockname()[1]
        links = "".join(
            f'<link rel="alternate" type="text/xml" href="http://{host}:{port}/">'
            for host in ("127.0.0.1", "0x7f000001")
        )
        home(site, head=f"<html><head>{links}</head><body>x</body></html>")
        assert not any(one.works for one in look().candidates)
        with pytest.raises(TimeoutError):
            trap.accept()


def test_requests_are_bounded(site, look):
    """A page of five hundred feeds and a robots.txt of as many sitemaps cost a bounded number of requests."""
    links = "".join(f'<link rel="alternate" type="text/xml" href="/f{n}">' for n in range(500))
    home(site, head=f"<html><head>{links}</head><body>x</body></html>")
    index = "".join(f"<sitemap><loc>/m{n}.xml</loc></sitemap>" for n in range(500))
    site.page("/robots.txt", "".join(f"Sitemap: /s{n}.xml\n" for n in range(500)), "text/plain")
    for n in range(500):
        site.page(f"/s{n}.xml", f"<sitemapindex>{index}</sitemapindex>", "text/xml")
    look()
    assert len(site.asked) <= discovery.MOST_REQUESTS + 1  # and robots.txt for the rules


def test_a_listing_is_guessed_where_there_is_no_source():
    """Of a page without feeds, the selector of its headlines is guessed; navigation and other hosts are not in it."""
    cards = "".join(
        f'<div class="card"><h3 class="head"><a href="/2024/{n}">Water rises at the dam for day {n}</a></h3></div>'
        for n in range(6)
    )
    menu = "".join(f'<li class="menu"><a href="/s{n}">Section {n}</a></li>' for n in range(9))
    away = '<h3><a href="http://elsewhere.test/x">A long headline on somebody else’s pages</a></h3>'
    markup = f"<html><body><ul>{menu}</ul>{cards}{away}</body></html>"
    listing = read_home("http://vale.test/", markup.encode(), "text/html; charset=utf-8").listing
    assert (listing.select, listing.links) == (".head a", 6)
    assert listing.headlines[0] == "Water rises at the dam for day 0"


@pytest.mark.parametrize(
    "body", [b"", b"\x00" * 50, b"<html>", b"<a href='http://[' class='\xff'>x</a>" * 9, b"{" * 900]
)
def test_a_broken_page_says_nothing(body):
    """A page that is none gives no hints and no error."""
    assert read_home("http://vale.test/", body, "text/html").hints == ()


def test_a_proposal_has_free_ids_and_the_known_outlet(site, look, topic, now):
    """The source goes to the outlet that has the host; a new one gets an id of its host that nobody has."""
    home(site)
    site.page("/feed/", feed(now, "one"), "text/xml")
    found = look()
    outlet, source = propose(found, found.candidates[0], topic)
    assert (outlet.id, outlet.hosts, source.id, source.outlet) == ("other", ("other.test",), "other", "other")
    assert (source.kind, source.found_in, source.lang) == ("feed", "http://other.test/", "en")
    taken = replace(topic, outlets=(replace(topic.outlets[0], id="vale", hosts=("other.test",)),), sources=(source,))
    outlet, source = propose(found, found.candidates[0], taken)
    assert (outlet, source.outlet, source.id) == (None, "vale", "vale")
