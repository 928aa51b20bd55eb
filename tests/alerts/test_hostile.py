"""Outside text is hostile: it must not steer a terminal, a mail client, a browser or a channel."""

import json
import re
import unicodedata
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.blocks import MOST_BLOCKS, MOST_TEXT, escape
from alerts.messages import compose_mail
from alerts.plain import clean, clip, link
from alerts.render import render
from news.errors import ConfigurationError
from news.finding import Evidence, FindingKind

NASTY = [
    "a\r\nBcc: everyone@else.example",
    "<script>alert(1)</script><img src=https://evil.example/x.png>",
    "<!channel> @channel @here <@U123> <https://evil.example|your bank> *bold* `code` :skull:",
    "\x1b[2J\x1b]0;title\x07\x9b31m red \x08\x08",
    "safe\u202egnp.exe\u2066 \u200bhidden\ufeff",
    "{{ 7 * 7 }}{% include 'digest.txt' %}",
    "\ud800 lone \udfff",
    '" onmouseover="alert(1)" style=\'x:y\'',
    "http://a\u202e.example/ javascript:alert(1)",
    "x" * 5000,
    "\n\n.\n\r\n.\r\nQUIT",
    "&amp; &lt;b&gt; &#x3c;",
]
ANY = st.one_of(st.sampled_from(NASTY), st.text(max_size=80))
SIDES = st.builds(
    Evidence, st.none(), ANY, ANY, st.one_of(ANY, st.just('https://a.example/?q="><b>&c|d')), ANY, st.none()
)
FORMS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]")


class Tags(HTMLParser):
    """Every element of a page and its attributes."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        """Keeps the element."""
        self.seen.append((tag, dict(attrs)))


@pytest.fixture
def poisoned(world, digest):
    """A digest of every kind, with the given strings wherever text from outside can stand."""

    def make(kind, words, sides):
        bad = world["finding"](
            "fnd_" + words[:9],
            kind,
            sentence=words,
            actor=words,
            holder=words,
            proposition=words if len(words) % 2 else world["filling"],
            before=(sides,),
            after=(sides, sides, sides),
            detail={
                "from": words,
                "to": words,
                "kind": words,
                "stance": words,
                "line": words,
                "unit": words,
                "between": [words, words],
                "folded": [{"holder": words}],
                "values": [{"value": words, "holder": words, "on": words, "url": words}, words],
            },
        )
        return replace(digest, findings=(bad,), topic_title=words, unseen=(words,), notices=(words,), subscriber=words)

    return make


@given(st.sampled_from(list(FindingKind)), ANY, SIDES)
@FORMS
def test_no_text_carries_a_terminal_escape_or_a_change_of_direction(poisoned, topic, kind, words, sides):
    """Whatever an article holds, text, HTML and subject have no control or direction characters."""
    rendered = render(poisoned(kind, words, sides), topic)
    for shown in (rendered.text, rendered.html, rendered.subject):
        assert FORBIDDEN.search(shown) is None
        shown.encode()
    assert "\n" not in rendered.subject


@given(st.sampled_from(list(FindingKind)), ANY, SIDES)
@FORMS
def test_html_has_only_our_own_elements_and_loads_nothing(poisoned, topic, kind, words, sides):
    """No text becomes markup; a link goes to http or https; nothing is fetched when the mail is opened."""
    tags = Tags()
    tags.feed(render(poisoned(kind, words, sides), topic).html)
    ours = {
        *("html", "head", "meta", "title", "style", "body", "div", "b", "br", "h1", "h2", "ul", "li", "span"),
        *("bdi", "blockquote", "a", "table", "tr", "td", "code", "p"),
    }
    for tag, attributes in tags.seen:
        assert tag in ours
        assert set(attributes) <= {
            *("class", "style", "dir", "lang", "href", "rel", "role", "cellpadding", "cellspacing"),
            *("charset", "name", "content"),
        }
        assert "url(" not in attributes.get("style", "")
        assert re.match(r"https?://", attributes.get("href", "https://"))


@given(st.sampled_from(list(FindingKind)), ANY, SIDES)
@FORMS
def test_slack_calls_nobody_and_keeps_its_limits(poisoned, topic, kind, words, sides):
    """Only our own links stand in angle brackets; no name is called; blocks and sections keep Slack's limits."""
    message = render(poisoned(kind, words, sides), topic).slack
    json.dumps(message).encode("ascii")
    assert len(message["blocks"]) <= MOST_BLOCKS
    for block in message["blocks"]:
        for part in [*([block["text"]] if "text" in block else []), *block.get("elements", [])]:
            assert 0 < len(part["text"]) <= (150 if block["type"] == "header" else MOST_TEXT)
            if part["type"] == "mrkdwn":
                assert part["verbatim"] is True
                bare = re.sub(r"<https?://[^<>|\s]+\|[^<>|]+>", "", part["text"])
                assert "<" not in bare
                assert re.search(r"@\w", bare) is None
                assert re.sub(r"^> ", "", bare, flags=re.MULTILINE).count(">") == 0


@given(ANY, SIDES)
@FORMS
def test_no_text_reaches_the_headers_of_a_mail(poisoned, topic, subscriber, words, sides):
    """A subject or a name can add no header and no second message."""
    digest = poisoned(FindingKind.NEW_CLAIM, words, sides)
    rendered = render(digest, topic)
    named = replace(subscriber, name=words)
    mail = compose_mail(rendered, digest, named, "Desk <v@paper.example>", "<dlv_1@osk.volteface>")
    parsed = message_from_bytes(mail, policy=default)
    assert set(parsed.keys()) == {
        *("From", "To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted", "MIME-Version", "Content-Type"),
    }
    assert parsed["To"].addresses[0].addr_spec == "desk@paper.example"
    assert [part.get_content_type() for part in parsed.iter_parts()] == ["text/plain", "text/html"]
    assert parsed.get_body(("plain",)).get_content().replace("\r\n", "\n") == rendered.text
    assert max(len(line) for line in mail.split(b"\r\n")) <= 998
    assert b"\n" not in mail.replace(b"\r\n", b"")


@pytest.mark.parametrize("address", ["", "nobody", "a@b@c", "a b@c.example", "a@c.example\r\nBcc: x@y.example"])
def test_an_address_that_is_none_is_named(digest, topic, subscriber, address):
    """A subscriber without a usable address is a configuration error that says whose it is."""
    with pytest.raises(ConfigurationError, match="desk"):
        compose_mail(render(digest, topic), digest, replace(subscriber, address=address), "v@p.example", "<a@b>")


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    """Clean text is one line, has no hidden character, and stays as it is."""
    once = clean(text)
    assert clean(once) == once
    assert all(unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"} for character in once)
    assert "  " not in once


@pytest.mark.parametrize("text", ["Ильин сказал: «нет»", "김정은 “아니다”", "العربية", "naïve – café’s", "नहीं", "👩‍🚀"])
def test_honest_writing_is_left_alone(text):
    """Cleaning takes nothing from any script's ordinary text."""
    assert clean(text) == text


@given(st.text(), st.integers(2, 50))
def test_clipping_keeps_the_limit(text, limit):
    """A clipped text is never longer than its limit, and a short one is untouched."""
    assert len(clip(text, limit)) <= limit
    assert clip(text, limit) == text or len(text) > limit


@given(st.text(), st.integers(1, 60))
def test_slack_escapes_are_never_cut_in_two(text, limit):
    """However short the room, no `&amp;` is left half written."""
    made = escape(text, limit)
    assert len(made) <= limit
    assert re.search(r"[<>]|&(?!(amp|lt|gt);)", made) is None


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example/",
        "https://bank.example@evil.example/",
        "https:///no-host",
        "//a.example/x",
        "http://a.example:99999/",
        "http://[::1/",
        "https://a.example/\u202egnp",
        "https://a.example/\n",
        "https://a .example/",
        "http:\\\\evil.example\\",
        "https://a.example/" + "x" * 3000,
    ],
)
def test_only_a_plain_web_address_becomes_a_link(address):
    """Everything else than a plain http or https address is shown as text."""
    assert link(address) is None


@pytest.mark.parametrize(
    ("address", "made"),
    [
        ("https://a.example/x?y=1&z=%20#p", "https://a.example/x?y=1&z=%20#p"),
        ("HTTPS://Müller.example/ü", "https://xn--mller-kva.example/%C3%BC"),
        ("http://a.example/<b>|`'\"", "http://a.example/%3Cb%3E%7C%60%27%22"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
    ],
)
def test_a_link_is_ascii_and_has_no_quote(address, made):
    """A web address stays one, with everything that could end an attribute or a Slack link encoded."""
    assert link(address) == made


@given(st.one_of(st.text(), st.from_regex(r"https?://[^\x00-\x20]{1,30}", fullmatch=True)))
def test_no_address_can_break_out_of_a_link(address):
    """Whatever the address, what is linked has no character that HTML, Slack or a mail could take for more."""
    made = link(address)
    assert made is None or re.fullmatch(r"https?://[!#-&(-;=?-\[\]_a-z~]+", made)
