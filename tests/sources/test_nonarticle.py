"""Pages that are no articles are told apart from short and odd ones that are."""

from datetime import UTC, datetime

import pytest

from news.article import FeedItem, FetchedPage
from news.errors import RejectedInput
from news.topic import Topic
from sources.cleaning import clean_page

NOW = datetime(2024, 10, 24, 12, 0, tzinfo=UTC)
URL = "http://gazette.test/dam"
STORY = [
    "The valley council voted on Thursday to build the dam above the old mill, after nine hours of debate.",
    "“We have waited for thirty years,” said Ann Lee, who leads the council. “The river will not wait with us.”",
    "Farmers downstream, who draw water from the same river, called the vote a mistake and promised to go to court.",
]
SUMMARY = "The valley council voted to build a dam above the old mill; farmers downstream will go to court over water."
ITEM = FeedItem(URL, title="Council votes for dam", summary=SUMMARY)
LD = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "%s"}</script>'

CHALLENGES = [
    ("Just a moment...", "Please stand by while the page of this paper is made ready for you, it takes a second."),
    ("Attention Required! | Cloudflare", "Please complete the security check to access this paper. Ray ID 7f31."),
    ("Access Denied", "Reference number 18.5d3c1402. Please write to the editors with the number given above here."),
    ("gazette.test", "Checking if the site connection is secure. The paper needs to review your connection first."),
    ("gazette.test", "Enable JavaScript and cookies to continue. The connection is being reviewed by this paper."),
    ("Are you a robot?", "Tick the box below so that we know who is asking for the pages of this newspaper today."),
    ("Human Verification", "Slide the piece of the picture to its place so that the page can be shown to you now."),
    ("Please verify you are a human", "Access to this page has been denied because we believe you use a machine."),
    ("The Hill Gazette", "We have detected unusual traffic from your network. Tick the pictures with a bridge."),
    ("Pardon Our Interruption", "As you were browsing something about your browser made us think you were a bot."),
    ("DDoS-Guard", "Your browser is being looked at before the pages of this newspaper are shown to anybody here."),
    ("One more step", "Please complete the captcha below, which proves that a reader and no machine sits there."),
    ("The Hill Gazette", "Press & hold to confirm you are a human and not a machine. Reference ID 2b0f-11ee-a2c9."),
    ("Security Checkpoint", "We are verifying your browser; the owner of this paper may be told of the failure."),
    ("Error", "Sorry, you have been blocked. You are unable to access gazette.test, write to its owner about it."),
]
ERRORS = [
    ("404", "Sorry! Nothing is at this address any more; the newest stories of the paper are on its home page."),
    ("Page not found - The Hill Gazette", "Perhaps a search helps, or the archive of the years gone by, below."),
    ("Not Found", "The newest stories of the paper stand on its home page, and older ones in the archive, by year."),
    ("Error 404: nothing here", "Go back to the home page of the paper, or write to its editors about the link."),
    ("The Hill Gazette", "The page you are looking for could not be found. Try the search, or the archive below."),
    ("The Hill Gazette", "We can't find the page you asked for. It may have moved; try a search in the archive."),
    ("Article no longer available", "Agency stories are kept for thirty days and then taken down by the agency."),
    ("Oops!", "That link leads nowhere. The newest stories of this newspaper are on the home page, as ever they were."),
    ("Something went wrong", "Our engineers have been told. Please come back to this newspaper in a short while."),
    ("503 Service Unavailable", "The server is busy at the moment. Please come back to this newspaper later today."),
    ("502 Bad Gateway", "The server behind the server gave no answer at all to the request that was made to it now."),
    ("Site is down", "The paper is moving to a new machine this evening and will be back tomorrow in the morning."),
    ("Scheduled maintenance", "The paper's pages are being cleaned this evening; they will be back in the morning."),
    ("The Hill Gazette", "This article does not exist or has been removed. Stories of the day are found below here."),
    ("The Hill Gazette", "An error has occurred while the page was being made. Please come back in a short while."),
]
CONSENTS = [
    ("Before you continue", "Choose how the search engine may use what it knows of you, for tests and for adverts."),
    ("Cookie consent", "Choose what the newspaper and its friends may keep in your browser, and for how many months."),
    ("Privacy settings", "Choose what the newspaper may know of you; you can change your mind here at any later time."),
    ("We value your privacy", "Choose below what we may keep in your browser, or read on with a paid subscription."),
    ("The Hill Gazette", "We and our 842 partners store and access personal data, like browsing data, on your device."),
    ("The Hill Gazette", "We use cookies and let our partners use data about your visit for adverts and statistics."),
    ("Consent", "The newspaper lives by adverts. Read it with adverts and tracking, or pay and read it without them."),
    ("The Hill Gazette", "By clicking the button below you agree to the use of data by us and by everybody we know."),
    ("The Hill Gazette", "Click below to consent to the above or make choices: accept all, or reject one by one here."),
    ("The Hill Gazette", "The publisher asks for your consent to use your personal data for the following purposes."),
    ("The Hill Gazette", "With your agreement, we and our friends use trackers to keep and read personal data here."),
    ("Your privacy, your choice", "Adverts pay for the paper. Say how much of you they may know, or subscribe to it."),
    ("Manage your privacy", "Adverts pay for the paper. Say how much of you they may know, or subscribe to the paper."),
    ("The Hill Gazette", "Accept all cookies or choose between them. Some of them the pages need in order to work."),
    ("Privacy centre", "Here you say what may be known of you, by whom, and for how many months it may be kept there."),
]
PAYWALLS = [
    "To continue reading, subscribe today.",
    "To read the full story, start a free trial.",
    "Already a subscriber? Sign in at the top of this page.",
    "This article is for subscribers only.",
    "The rest is open to subscribers.",
    "Subscriber-only: the other nine paragraphs of it.",
    "Subscribe to read the whole of the paper.",
    "Subscribe now to unlock every page we print.",
    "Unlock this article for one crown.",
    "You've read your three stories of the month.",
    "You have no free articles left.",
    "Create a free account and go on.",
    "To keep reading, join the readers of the paper.",
    "This content is available to members of the paper.",
    "The full text is for subscribers.",
]


def clean(html, item=None):
    page = FetchedPage(URL, "s", item or FeedItem(URL), NOW, "page", URL, 200, "text/html", html.encode())
    return clean_page(page, Topic("t", "t", "t"), NOW)


def page(title, *paragraphs, head=""):
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1><main>{body}</main></body></html>"


def check(html, why):
    """With a feed's text the page is a partial article of it; without, a reject. Both say why."""
    article = clean(html, ITEM)
    assert (article.partial, article.text, article.title) == (why, SUMMARY, "Council votes for dam")
    with pytest.raises(RejectedInput, match=why):
        clean(html)


@pytest.mark.parametrize(
    ("why", "title", "text"),
    [("challenge page", *one) for one in CHALLENGES]
    + [("error page", *one) for one in ERRORS]
    + [("consent wall", *one) for one in CONSENTS],
)
def test_a_page_in_an_articles_place_is_recognised(why, title, text):
    """Challenges, soft errors and consent walls are none, whatever status they came with; the feed's text stands in."""
    check(page(title, text), why)


@pytest.mark.parametrize("plea", PAYWALLS)
def test_a_paywalls_stub_is_partial(plea):
    """Of the stub and the feed's text the longer one is kept, marked as what it is."""
    stub = page("Council votes for dam", *STORY[:2], plea)
    assert clean(stub).partial == "paywall"
    assert STORY[1] in clean(stub).text
    full = FeedItem(URL, title="Council votes for dam", content="\n".join(STORY * 2))
    assert clean(stub, full).text == "\n".join(STORY * 2)


TEASERS = [f"The council of village {n} votes on its own small dam, and farmers object" for n in range(15)]
LISTINGS = [
    "".join(f'<p><a href="/{n}">{text}</a></p>' for n, text in enumerate(TEASERS)),
    "".join(f'<h2><a href="/{n}">{text}</a></h2><p>Some words.</p>' for n, text in enumerate(TEASERS)),
    "<p>All of it.</p>" + "".join(f'<div><p><a href="/{n}">{text}</a></p></div>' for n, text in enumerate(TEASERS)),
]


@pytest.mark.parametrize("listing", LISTINGS)
def test_a_page_of_links_is_a_listing(listing):
    """A section's front, made of the titles of other pages, is no article."""
    check(f"<html><head><title>Valley</title></head><body><main>{listing}</main></body></html>", "listing page")


def test_a_text_that_no_one_spoke_of_is_another():
    """A text with none of the words that the page and its source say of the article is something else on the page."""
    aside = ["Gardeners plant tulips in late autumn, when nights turn cold; bulbs want sandy soil."] * 20
    article = clean(page("Council votes for dam", *aside), ITEM)
    assert (article.partial, article.text) == ("another text", SUMMARY)


def test_less_than_the_source_carries_gives_way_to_it():
    """Where a feed carries the whole text and the page a piece of it, the feed's is kept."""
    whole = "\n".join(STORY * 4)
    article = clean(page("Council votes for dam", STORY[0]), FeedItem(URL, title="x", content=whole))
    assert (article.text, article.partial) == (whole, "less than its source")


@pytest.mark.parametrize(
    "html",
    [
        page("Access denied: a road lost", *STORY, head=LD % "Access denied: a road lost"),
        page("404 days of drought", *STORY, head=LD % "404 days of drought"),
        page("Why websites ask whether you are a human", *STORY),
        page("Council votes for dam", *STORY, "The archive says the page could not be found in its books."),
        page("Privacy law passes", *STORY, "Partners of the paper lobbied against it.", head=LD % "Privacy law passes"),
        page("Please wait", *(STORY * 5)),
        page("Council votes for dam", *(STORY * 5), "To continue reading, subscribe today."),
        page("Digest", *STORY, *(f'<a href="/{n}">{text}</a>' for n, text in enumerate(TEASERS[:3]))),
        page("Council votes for dam", *STORY[:1]),
    ],
)  # fmt: skip
def test_an_article_about_walls_or_a_short_one_stays_an_article(html):
    """News is written about errors, consent and robots too, and some of it is short."""
    article = clean(html, ITEM)
    assert article.partial is None
    assert STORY[0] in article.text


def test_the_datas_own_text_is_taken_where_it_is_fuller():
    """The markup's article text stands in for a shorter one on the page, unless it is paid for."""
    whole = " ".join(STORY * 3)
    data = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Council votes for dam", %s}</script>'
    )
    body = '"description": "The valley council voted to build the dam", "articleBody": "' + whole + '"'
    assert clean(page("Council votes for dam", *STORY[:2], head=data % body)).text == whole
    paid = data % (body + ', "isAccessibleForFree": false')
    assert clean(page("Council votes for dam", *STORY[:2], head=paid)).text == "\n".join(STORY[:2])
