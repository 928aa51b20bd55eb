from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.article import FeedItem, FetchedPage, Precision
from news.errors import RejectedInput
from news.topic import Topic
from sources.cleaning import clean_page

PARAGRAPHS = [
    "The valley council voted on Thursday to build the dam above the old mill, after nine hours of debate.",
    "“We have waited for thirty years,” said Ann Lee, who leads the council. “The river will not wait with us.”",
    "Farmers downstream, who draw water from the same river, called the vote a mistake and promised to go to court.",
    "The dam is to be finished in nine years, at a cost of two billion crowns, half of it lent by the state bank.",
]
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Council votes for dam | The Hill Gazette</title>
<meta property="og:site_name" content="The Hill Gazette">{head}</head><body>
<nav><a href="/">Home</a><a href="/news">News</a><a href="/sport">Sport</a></nav>
<div class="cookie-banner">We use cookies to improve your visit. <button>Accept all</button></div>
<article><h1>Council votes for dam</h1>{top}{body}{end}</article>
<aside><h2>Related stories</h2><a href="/x">Ten walks along the coast this spring</a></aside>
<div class="comments"><h3>Comments (2)</h3><p>Shame on them all, says a reader.</p></div>
<footer>© 2024 The Hill Gazette. All rights reserved.</footer></body></html>"""
LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, {"@type":
"NewsArticle", "headline": "Council votes for dam", "datePublished": "2024-10-18T09:30:00+02:00",
"author": [{"@type": "Person", "name": "Bob Ray"}], "publisher": {"name": "The Hill Gazette"}}]}</script>"""


def markup(head="", top="", end="", body=None):
    return PAGE.format(head=head, top=top, end=end, body=body or "".join(f"<p>{text}</p>" for text in PARAGRAPHS))


def clean(topic, now, html, url="http://gazette.test/dam", *, content_type="text/html", item=None):
    data = html.encode() if isinstance(html, str) else html
    page = FetchedPage(url, "s", item or FeedItem(url), now, "page", url, 200, content_type, data)
    return clean_page(page, topic, now)


def test_a_page_becomes_its_article(topic, now):
    """Title, byline, outlet, language, date and body are the article's; navigation, comments and the like are not."""
    article = clean(topic, now, markup(LD))
    assert (article.title, article.title_made) == ("Council votes for dam", False)
    assert (article.byline, article.outlet, article.lang) == ("Bob Ray", "gazette", "en")
    assert article.published == datetime(2024, 10, 18, 7, 30, tzinfo=UTC)
    assert (article.published_precision, article.published_from) == (Precision.SECOND, "metadata")
    assert article.text == "\n".join(PARAGRAPHS)
    assert (article.credit, article.canonical, article.partial, article.source_id) == (None, None, None, "s")


def test_an_aggregators_page_loses_its_wrapping_and_names_its_origin(topic, now):
    """The counter dates the page, image descriptions, captions and links go, and the credited outlet is named."""
    picture = "<p>Dam, river, valley, 2024</p><p>The river in spring. JANE DOE/AFP/Getty Images</p>"
    end = "<p>Content Source: www.wire.test</p><p>Read Entire Article</p>"
    html = markup(top="<p>2 weeks ago 38</p>" + picture, end=end)
    article = clean(topic, now, html, "http://heap.test/1")
    assert article.text == "\n".join(PARAGRAPHS)
    assert article.outlet == "heap"
    assert (article.credit, article.credit_evidence) == ("www.wire.test", "Content Source: www.wire.test")
    assert article.published == datetime(2024, 10, 10, tzinfo=UTC)
    assert (article.published_precision, article.published_from) == (Precision.WEEK, "relative")


def test_a_page_laid_out_by_tables_keeps_its_paragraphs(topic, now):
    """Tables that only lay out the page do not run its paragraphs together, nor bring its menu in."""
    menu = "<tr><td><a href='/'>HILL GAZETTE</a> | <a href='/w'>World</a></td></tr>"
    story = "<h1>Council votes for dam</h1><p>Date: 18/10/2024</p>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    html = f"<html><body><table>{menu}<tr><td>Photo</td><td>{story}</td></tr></table></body></html>"
    article = clean(topic, now, html)
    assert article.title == "Council votes for dam"
    assert article.text == "\n".join(PARAGRAPHS)


def test_the_days_an_article_tells_of_do_not_date_it(topic, now):
    """A day or "two weeks ago" in a sentence is no date of publication."""
    body = "<p>The vote of 3 March 2021 was long. Two weeks ago it was repeated.</p>" + f"<p>{PARAGRAPHS[0]}</p>" * 4
    assert clean(topic, now, markup(body=body)).published is None


def test_metadata_then_feed_date_the_page(topic, now):
    """Without a date in the page the feed's counts; one of the page counts before it."""
    item = FeedItem("http://gazette.test/dam", published=datetime(2024, 10, 17, 8, 0, tzinfo=UTC))
    fed = clean(topic, now, markup(), item=item)
    assert (fed.published, fed.published_from) == (datetime(2024, 10, 17, 8, 0, tzinfo=UTC), "feed")
    stated = clean(topic, now, markup(LD), item=item)
    assert stated.published_from == "metadata"


def test_a_date_of_years_ago_falls_to_address_and_dateline(topic, now):
    """Metadata and feed that give another year are not believed against the page's own address and dateline."""
    head = '<meta property="article:published_time" content="2019-01-01T00:00:00Z">'
    item = FeedItem("x", published=datetime(2019, 1, 1, tzinfo=UTC))
    body = "<p>UPTOWN, Oct. 18 (Valley Wire) — " + "</p><p>".join(PARAGRAPHS) + "</p>"
    article = clean(topic, now, markup(head, body=body), "http://gazette.test/2024/10/18/dam", item=item)
    assert article.published == datetime(2024, 10, 18, tzinfo=UTC)
    assert article.credit == "Valley Wire"


def test_no_date_is_of_the_future(topic, now):
    """A page that dates itself next year has no date."""
    article = clean(topic, now, markup('<meta name="date" content="2025-10-18">'))
    assert (article.published, article.published_precision) == (None, Precision.UNKNOWN)


def test_a_canonical_address_elsewhere_is_a_credit(topic, now):
    """The canonical address of another publisher is kept and credited."""
    head = '<link rel="canonical" href="https://www.gazette.test/dam">'
    article = clean(topic, now, markup(head), "http://heap.test/1")
    assert (article.credit, article.canonical) == ("gazette.test", "https://www.gazette.test/dam")


@pytest.mark.parametrize(
    ("encoding", "declared", "meta"),
    [
        ("utf-8", "text/html; charset=iso-8859-1", "utf-8"),
        ("cp1252", "text/html; charset=utf-8", "windows-1252"),
        ("cp1252", "text/html", "iso-8859-1"),
        ("utf-16", "text/html", "utf-8"),
        ("koi8-r", "text/html; charset=koi8-r", "utf-8"),
    ],
)
def test_a_wrong_charset_is_seen_through(topic, now, encoding, declared, meta):
    """Text comes out right when the header or the page declares another encoding than it is in."""
    body = "".join(f"<p>{text} “Да”</p>" if encoding == "koi8-r" else f"<p>{text} “É”</p>" for text in PARAGRAPHS)
    html = markup(body=body).replace('charset="utf-8"', f'charset="{meta}"')
    article = clean(topic, now, html.encode(encoding, "xmlcharrefreplace"), content_type=declared)
    assert article.text.count("“Да”" if encoding == "koi8-r" else "“É”") == 4
    assert "\ufffd" not in article.text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html><body></body></html>", "no article"),
        (b"<html><title>Just a moment...</title><body><p>%s</p></body></html>" % (b"Checking. " * 20), "challenge"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary"),
        (b"<p>Hi.</p>", ""),
        (b"   ", ""),
        (b"\x1f\x8b\x08\x00broken", ""),
    ],
)  # fmt: skip
def test_what_holds_no_article_is_rejected(topic, now, body, reason):
    """Empty, walled, binary and broken pages are rejected in one line that names the page."""
    with pytest.raises(RejectedInput) as caught:
        clean(topic, now, body)
    assert reason in caught.value.message
    assert "http://gazette.test/dam" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_cleaning_does_not_remember(topic, now):
    """The same page gives the same article however often it, or others like it, were read before."""
    first = clean(topic, now, markup(LD))
    for _ in range(5):
        again = clean(topic, now, markup(LD))
    assert again == first


def test_a_text_file_of_a_folder_is_kept_as_it_is(topic, now):
    """Plain text is stored to the character, its title and wrapping marked as excluded."""
    text = "Council votes for dam\n\n" + "\n\n".join(PARAGRAPHS) + "\n\nRead Entire Article\n"
    article = clean(topic, now, text, "file:///x/dam.txt", content_type="text/plain")
    assert (article.title, article.text) == ("Council votes for dam", text)
    assert [one.why for one in article.excluded] == ["title", "read more"]
    assert article.body == "\n\n".join(PARAGRAPHS)


PIECES = ["<p>", "</p>", "<div", ">", "<script>", "</script>", "&#0;", "\x00", "<!--", "-->", "<h1>x</h1>", *PARAGRAPHS]
PIECES += [
    LD,
    LD[:80],
    '<time datetime="9999-99-99">',
    "<table><tr><td>",
    "<a href='http://[::1'>",
    "\ud800",
    "<base href='::'>",
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_markup_is_an_article_or_a_reject(pieces):
    """Whatever a page is made of, cleaning it raises nothing but RejectedInput, and the text can be stored."""
    now = datetime(2024, 10, 24, tzinfo=UTC)
    try:
        article = clean(Topic("t", "t", "t"), now, "".join(pieces).encode("utf-8", "surrogatepass"))
    except RejectedInput:
        return
    assert article.text.encode()
    assert article.title


def test_a_sidebar_is_not_taken_for_the_body(topic, now):
    """Where the text found first has few of the words that the page says of its article, another way is tried."""
    aside = "".join(
        f"<p>Gardeners plant tulips in row {n} now, and water them twice before winter comes.</p>" for n in range(12)
    )
    story = "".join(f"<div>{text}</div>" for text in PARAGRAPHS * 3)
    told = '<meta name="description" content="The valley council voted to build the dam above the mill.">'
    html = (
        f"<html><head>{told}<title>Dam</title></head><body><div>{story}</div><article>{aside}</article></body></html>"
    )
    assert "tulips" in clean(topic, now, html.replace(told, "")).text
    assert PARAGRAPHS[0] in clean(topic, now, html).text


def test_scripts_and_drawings_leave_no_text(topic, now):
    """What a browser does not show is no part of the body, wherever it stands."""
    unseen = "<script>var a = 'unseen';</script><style>.unseen {}</style><svg><text>unseen</text></svg><!-- unseen -->"
    assert clean(topic, now, markup(top=unseen)).text == "\n".join(PARAGRAPHS)
