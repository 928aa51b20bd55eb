"""The page to check a reading by: the marked text, its claims, and links both ways."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alerts
from alerts.reading import render_reading
from news.article import Article, Exclusion, Precision
from news.claim import Claim, HolderKind, Modality, PropositionStance
from news.topic import Stance

NOW = datetime(2024, 10, 24, 9, tzinfo=UTC)
TEXT = "The dam\n\nTeresk denied that\nVoss had promised water.\n\nShare this\n"
VOID = frozenset({"meta", "br"})
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff\ud800-\udfff]")
NASTY = [
    "<script>alert(1)</script><img src=https://evil.example/x.png>",
    "</title></style><base href=//evil.example>",
    "\x1b[2J\x1b]0;title\x07\x9b31m red \x08\x08",
    "safe\u202egnp.exe\u2066 \u200bhidden\ufeff",
    "{{ 7 * 7 }}{% include 'digest.txt' %}",
    "\ud800 lone \udfff",
    '" onmouseover="alert(1)" style=\'x:y\'',
    "javascript:alert(1)",
    "http://a\u202e.example/",
    "x" * 5000,
    "&amp; &lt;b&gt; &#x3c;",
    "\n\n\r\n \u2028 end",
]
ANY = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))


class Page(HTMLParser):
    """A page's elements with their attributes, the text inside each, and whether all are closed in order."""

    def __init__(self, html):
        super().__init__()
        self.seen, self.open, self.words = [], [], {}
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        """Keeps the element."""
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(len(self.seen) - 1)

    def handle_endtag(self, tag):
        """Closes the element that was opened last."""
        assert self.seen[self.open.pop()][0] == tag

    def handle_data(self, data):
        """Gives the words to every open element."""
        for place in self.open:
            self.words[place] = self.words.get(place, "") + data

    def all(self, tag, **attributes):
        """The words of each element of a tag that has these attributes."""
        return [
            " ".join(self.words.get(place, "").split())
            for place, (name, has) in enumerate(self.seen)
            if name == tag and all(has.get(key.rstrip("_")) == value for key, value in attributes.items())
        ]


def spans(words, text=TEXT):
    start = text.index(words)
    return ((start, start + len(words)),)


def claim(number, source, cue, content, **more):
    evidence = "Teresk denied that\nVoss had promised water."
    ((start, end),) = spans(evidence)
    plain = {
        "actor": "vardania",
        "modality_rule": "cue:deny",
        "rule": "said-before:deny",
        "spoken_on": date(2024, 10, 23),
        "propositions": (PropositionStance("osk-water", Stance.DENIES, 0.9, "content"),),
    }
    return Claim(
        *(f"clm_{number}", "art_1", 1, source, HolderKind.PERSON, Modality.DENIED, evidence, start, end),
        source=spans(source),
        cue=spans(cue),
        content=spans(content),
        **{**plain, **more},
    )


ARTICLE = Article(
    *("art_1", 1, "https://wire.example/1?a=1&b=2", "The Wire", "Water denied", TEXT, NOW, NOW),
    lang="en",
    published=NOW,
    published_precision=Precision.DAY,
    excluded=(Exclusion(0, 7, "title"), Exclusion(54, 64, "share line")),
)
CLAIMS = (
    claim(1, "Teresk", "denied", "that\nVoss had promised water"),
    claim(2, "Voss", "promised", "water", actor=None, propositions=(), spoken_on=None, quoted=True, cited="Radio"),
)


@pytest.fixture(scope="module")
def page():
    """The page of one article with a claim inside another."""
    return Page(render_reading([(ARTICLE, CLAIMS)]))


def test_the_text_is_whole_and_keeps_its_lines(page):
    """Every word of the text stands in its paragraph, in order, with the claims' numbers where they begin."""
    paragraphs = page.all("p", dir="auto")
    assert paragraphs == ["The dam", "1Teresk denied that2Voss had promised water.", "Share this"]
    tags = [tag for tag, _ in page.seen]
    assert tags[tags.index("div") :].count("br") == 1


def test_a_claim_inside_another_is_marked_for_both(page):
    """The inner holder is a holder and part of the outer content; the inner content is told from the outer one."""
    marks = {
        words: has["class"].split()
        for words, has in zip(page.all("mark"), (has for tag, has in page.seen if tag == "mark"), strict=True)
        if "title" in has
    }
    assert marks["Teresk"] == ["source", "of-1-1"]
    assert marks["Voss"] == ["source", "content", "of-1-1", "of-1-2"]
    assert marks["promised"] == ["cue", "content", "of-1-1", "of-1-2"]
    assert marks["water"] == ["content", "deep", "of-1-1", "of-1-2"]
    assert page.all("mark", title="content of claim 1; holder of claim 2") == ["Voss"]


def test_numbers_lead_to_the_rows_and_back(page):
    """Each number in the text links to its row and each row to its number; no link leads nowhere."""
    ids = [has["id"] for _, has in page.seen if "id" in has]
    assert len(ids) == len(set(ids))
    targets = [has["href"][1:] for tag, has in page.seen if tag == "a" and has["href"].startswith("#")]
    assert {"d1-claim-1", "d1-text-1", "d1-claim-2", "d1-text-2"} <= set(targets) <= set(ids)
    labels = [has.get("aria-label") for tag, has in page.seen if tag == "a"]
    assert "Claim 1: Teresk, denied" in labels
    assert "Claim 1: Teresk, denied; to its place in the text" in labels


def test_a_row_tells_everything_of_its_claim(page):
    """Holder, actor, modality and what decided it, cue, stances with rule and score, day, evidence, rule."""
    first, second = page.all("tr")[1:]
    assert first == (
        "1 Teresk person vardania denied cue:deny denied denies osk-water content 0.90 23 October 2024 "
        "Teresk denied that Voss had promised water. said-before:deny"
    )
    assert second == (
        "2 Voss person – denied cue:deny promised – – Teresk denied that Voss had promised water. "
        "quoted · said-before:deny · passes on Radio"
    )


def test_what_is_not_read_is_dimmed_and_named(page):
    """An excluded range has its reason as its title, and all reasons are named under the text."""
    assert page.all("span", class_="unread", title="not read: title") == ["The dam"]
    assert "Not read: share line, title." in page.all("p", class_="facts")


def test_the_table_is_one_to_those_who_hear_it(page):
    """It has a caption, every column and row has its heading, and headings of the page go down one level at a time."""
    assert page.all("caption") == ["Claims of “Water denied”"]
    assert page.all("th", scope="col")[1:] == ["Holder", "Actor", "Modality", "Cue", "Stances", "Spoken", "Evidence"]
    assert page.all("th", scope="row") == ["1", "2"]
    assert [tag for tag, _ in page.seen if re.fullmatch("h[1-6]", tag)] == ["h1", "h2", "h2"]
    assert ("html", {"lang": "en", "dir": "ltr"}) in page.seen


def test_several_articles_are_sections_of_one_page():
    """Each has its own heading and ids, is listed at the top, and counts its claims from 1."""
    other = replace(ARTICLE, title="Nothing said", url="import:2", published=None, outlet="")
    page = Page(render_reading([(ARTICLE, CLAIMS), (other, ())]))
    assert page.all("h1") == ["2 documents read"]
    assert page.all("h2") == ["Water denied", "Nothing said"]
    assert page.all("li") == ["Water denied 2 claims", "Nothing said no claims"]
    assert "No claims were found in this document." in page.all("p")
    ids = [has["id"] for _, has in page.seen if "id" in has]
    assert len(ids) == len(set(ids))


def test_a_rough_day_says_how_rough_it_is():
    """A date known to the month only is not shown as if it were known to the day."""
    rough = replace(ARTICLE, published_precision=Precision.MONTH)
    assert "24 October 2024 (known to the month)" in render_reading([(rough, ())])


def test_the_same_reading_gives_the_same_page():
    """Rendering twice gives the same bytes."""
    assert render_reading([(ARTICLE, CLAIMS)]) == render_reading([(ARTICLE, CLAIMS)])


@given(ANY, ANY, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6).map(tuple))
@settings(max_examples=80, deadline=None)
def test_no_text_from_outside_becomes_anything_but_text(words, text, places):
    """Whatever article and claims hold, there are only our own elements and attributes, and nothing is obeyed."""
    article = replace(
        ARTICLE,
        title=words,
        text=text,
        url=words,
        outlet=words,
        byline=words,
        lang=words,
        excluded=tuple(Exclusion(start, end, words) for start, end in places[:2]),
    )
    claims = [
        replace(
            CLAIMS[0],
            holder=words,
            actor=words,
            evidence=words,
            rule=words,
            modality_rule=words,
            cited=words,
            propositions=(PropositionStance(words, Stance.DOUBTS, 0.5, words),),
            source=places[:2],
            cue=places[2:4],
            content=places[3:],
        )
    ]
    html = render_reading([(article, claims)])
    assert FORBIDDEN.search(html) is None
    html.encode()
    page = Page(html)
    assert {tag for tag, _ in page.seen} <= {
        *("html", "head", "meta", "title", "style", "body", "main", "article", "h1", "h2", "p", "b", "br", "a", "bdi"),
        *("span", "mark", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "small", "i", "q"),
    }
    for tag, has in page.seen:
        assert not set(has) & {"style", "src", "srcset"}
        assert not [name for name in has if name.startswith("on")]
        assert re.match("https?://|#d1-", has.get("href", "#d1-")), (tag, has)
        assert re.fullmatch("[a-zA-Z0-9 -]*", has.get("class", "") + has.get("lang", ""))


def test_the_page_loads_and_runs_nothing():
    """There is no script, no style sheet, picture or font from elsewhere, and the page forbids them all."""
    html = render_reading([(ARTICLE, CLAIMS)])
    assert "default-src 'none'" in html
    assert not re.search(r"<(script|link|img|iframe|object)|url\(|@import", html)


def palettes():
    """The colours by name, of the light palette and of the dark one."""
    css = (Path(alerts.__file__).parent / "templates" / "reading.html").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in (light, dark)]
    assert found[0].keys() == found[1].keys()
    return found


def contrast(one, other):
    """The contrast ratio of two colours (WCAG 2.2)."""

    def luminance(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_every_colour_is_readable_on_its_ground(palette):
    """Light or dark, all text has a contrast of 4.5 at least (WCAG 2.2, AA), and underlines that tell have 3."""
    grounds = dict.fromkeys(("ink", "source", "cue"), ("sheet", "content", "deep"))
    grounds |= dict.fromkeys(("small", "link"), ("sheet", "content"))
    grounds |= {f"{stance}-ink": (stance,) for stance in ("affirms", "denies", "doubts", "neutral")}
    for ink, behind in grounds.items():
        for ground in behind:
            assert contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)
    for line in ("under", "found"):
        assert contrast(palette[line], palette["sheet"]) >= 3, line
