"""Newsletters: messages of every make become articles, or are refused by name."""

import base64
import gzip
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.article import FeedItem, FetchedPage
from news.errors import RejectedInput
from sources.cleaning import clean_page
from sources.imports import read_imports
from sources.mail import read_letter

LINES = [
    "The valley council voted on Thursday to build the dam above the old mill, after nine hours of debate.",
    "“We have waited for thirty years,” said Ann Lee, who leads the council. “The river will not wait.”",
    "Farmers downstream called the vote a mistake and promised to go to court over it.",
]
BODY = "".join(f"<p>{line}</p>" for line in LINES)
HTML = (
    '<html><body><a href="{}">View this email in your browser</a><table><tr><td><h1>Dam</h1>{}</td></tr></table></body>'
)
SENT = datetime(2024, 10, 18, 7, 30, tzinfo=UTC)


def letter(html=None, text=None, **headers):
    """A message, its headers by name with _ for -."""
    message = EmailMessage()
    stated = {"From": "Hill Letters <desk@letters.test>", "Subject": "Dam – the vote", "Message-ID": "<7@letters.test>"}
    stated |= {"Date": "Fri, 18 Oct 2024 09:30:00 +0200"} | {name.replace("_", "-"): it for name, it in headers.items()}
    for name, value in stated.items():
        if value is not None:
            message[name] = value
    if text is not None:
        message.set_content(text)
    if html is not None:
        (message.add_alternative if text is not None else message.set_content)(html, subtype="html")
    return message


@pytest.fixture
def clean(topic, now):
    """A function that cleans a message as one of a mail source of the Gazette, or of another outlet."""

    def make(message, outlet="gazette"):
        body = message if isinstance(message, bytes) else message.as_bytes()
        item = FeedItem("file:///mail/cur/1", outlet=outlet)
        page = FetchedPage(item.url, "s", item, now, "page", item.url, content_type="message/rfc822", body=body)
        return clean_page(page, topic, now)

    return make


def test_a_message_becomes_an_article(clean, now):
    """Title, date and address come from the headers, the text from the HTML part, the outlet from the source."""
    article = clean(letter(HTML.format("http://letters.test/7?u=1#top", BODY), "plain"))
    assert (article.title, article.title_made, article.outlet) == ("Dam – the vote", False, "gazette")
    assert (article.published, article.seen, article.source_id) == (SENT, now, "s")
    assert article.url == "http://letters.test/7?u=1"
    assert all(line in article.text for line in LINES)
    assert "browser" not in article.text


@pytest.mark.parametrize(
    ("headers", "html", "address"),
    [
        ({"Archived_At": "<http://lists.test/a/7>"}, BODY, "http://lists.test/a/7"),
        ({"List_Archive": "<http://lists.test/a/>"}, BODY, "import:mail:"),
        ({"Archived_At": "<javascript:x>"}, HTML.format("http://letters.test/", BODY), "import:mail:"),
        ({"Archived_At": "<http://wire.test/story>"}, BODY, "import:mail:"),
        ({"Archived_At": "<http://gazette.test/story>"}, BODY, "http://gazette.test/story"),
    ],
)
def test_an_address_is_the_messages_own(clean, headers, html, address):
    """A list's archive, a front page or another outlet's page is no address of a message; then its id makes one."""
    assert clean(letter(html, **headers)).url.startswith(address)


def test_one_message_has_one_address(clean):
    """However often it comes, and by whichever way, its Message-ID makes the same address; another one another."""
    first, again, other = (clean(letter(BODY, **more)).url for more in ({}, {"Received": "x"}, {"Message_ID": "<8@x>"}))
    assert first == again != other
    assert clean(letter(BODY, Message_ID=None)).url.startswith("import:mail:")


def test_a_text_part_stands_in_for_no_html(clean):
    """A message of plain text is read, its lines made whole where the sender says they were broken."""
    assert clean(letter(text="\n".join(LINES))).text.strip() == "\n".join(LINES)
    raw = b"Subject: Dam\nContent-Type: text/plain; format=flowed\n\nThe council \nvoted for\nthe dam.\n"
    assert clean(raw).text == "The council voted for\nthe dam.\n"


def test_a_letter_of_many_pieces_keeps_all_of_them(clean):
    """Where no body stands out, every piece is text."""
    cells = "".join(f"<tr><td><a href='/{n}'>Story {n}</a><br>{LINES[n % 3]} Number {n}.</td></tr>" for n in range(9))
    text = clean(letter(f"<html><body><table>{cells}</table></body></html>")).text
    assert all(f"Number {n}." in text for n in range(9))


def test_tables_are_layout_and_hidden_lines_are_no_text(clean):
    """Letters are laid out by tables: no cell marks, no headline run into its text; what is hidden is left out."""
    hidden = '<div style="color:red; Display: NONE">A line for the list of messages, which nobody sees here.</div>'
    cells = "".join(f"<tr><td><h2>Story</h2><p>{line}</p></td><td></td></tr>" for line in LINES)
    for filler in ("", "<p>Short.</p>" * 90):  # with a body that stands out, and without
        text = clean(letter(f"<html><body>{hidden}<table>{cells}</table>{filler}</body></html>")).text
        assert set(LINES) <= set(text.splitlines())
        assert "|" not in text
        assert "nobody sees" not in text


@pytest.mark.parametrize(
    ("headers", "outlet"),
    [
        ({}, "Hill Letters"),
        ({"From": "Valley Wire <x@mail.test>"}, "wire"),
        ({"From": "news@wire.test"}, "wire"),
        ({"From": None}, None),
    ],
)
def test_without_a_sources_outlet_the_sender_is_it(clean, headers, outlet):
    """The sender's name or host is the outlet where none was given."""
    assert clean(letter(BODY, **headers), None).outlet == outlet


def test_a_date_is_never_ahead(clean):
    """A message dated tomorrow, or by no date, has none."""
    for stated in ("Fri, 25 Oct 2024 09:30:00 +0000", "soon", "Fri, 99 Oct 2024 99:99:99 +9999", None):
        assert clean(letter(BODY, Date=stated) if stated is None else dated(stated)).published is None


def dated(stated):
    return letter(BODY, Date=None).as_bytes().replace(b"Subject:", b"Date: " + stated.encode() + b"\nSubject:", 1)


@pytest.mark.parametrize("charset", ["utf-8", "koi8-r", "windows-1251", "iso-2022-kr"])
@pytest.mark.parametrize("coding", ["8bit", "base64", "quoted-printable"])
def test_charsets_and_codings(clean, charset, coding):
    """Headers (RFC 2047) and bodies come out as they were written, in whatever charset and transfer encoding."""
    text = (
        "댐 건설이 시작된다고 시장이 말했다. " if charset == "iso-2022-kr" else "Совет долины проголосовал за плотину. "
    )
    raw = text.encode(charset)
    packed = {"8bit": raw, "base64": base64.encodebytes(raw), "quoted-printable": quote(raw)}[coding]
    subject = f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="
    head = f"Subject: {subject}\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {coding}\n\n"
    article = clean(head.encode() + packed)
    assert (article.title, article.text.strip()) == (text.strip(), text.strip())


def quote(raw):
    return "".join(f"={byte:02X}" for byte in raw).encode()


def test_a_packed_message_is_read_and_a_bomb_is_not(clean):
    """A gzipped message is unpacked, within bounds."""
    assert clean(gzip.compress(letter(BODY).as_bytes())).title == "Dam – the vote"
    with pytest.raises(RejectedInput, match="larger than"):
        clean(gzip.compress(bytes(40_000_000), 1))


NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"just a text\nof two lines", "no mail message"),
        (b"\x00" * 5_000, "no mail message"),
        (b"Subject: " + b"x" * 10_000_000 + b"\n\nText", "a header of over"),
        (b"Subject: x\nContent-Type: text/plain" + b"; a=b" * 90_000 + b"\n\nText", "endless headers"),
        (b"Subject: x\n\n--b\nContent-Type: text/html" + b"\n ;a=b" * 90_000 + b"\n\nText", "endless headers"),
        (b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 90_000, "too many parts"),
        (b"Subject: x\n" + NESTED, "no sound mail message"),
        (b"Subject: x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=", "no text to read"),
        (b"Subject: x\nContent-Type: text/plain\nContent-Disposition: attachment\n\nText", "no text to read"),
        (b"Subject: x\n\n 12 -- 13 \n", "no text to read"),
    ],
)
def test_hostile_messages_are_refused_by_name(clean, raw, reason):
    """No message, endless headers, too many or too deep parts, and nothing to read: one clear line each."""
    with pytest.raises(RejectedInput, match=reason) as caught:
        clean(raw)
    assert "file:///mail/cur/1" in caught.value.message
    assert caught.value.mend


def test_a_malformed_header_costs_only_itself(clean):
    """Headers that no rule allows are read as far as they go."""
    raw = b"Subject: =?bogus?B?!!!?= =?utf-8?Q?=E2=98?= \xff dam\nFrom: @<,>;:\nMessage-ID: <\x00>\nDate: 1\n\n"
    article = clean(raw + "\n".join(LINES).encode())
    assert "dam" in article.title
    assert article.url.startswith("import:mail:")


def test_an_endless_line_is_read(clean):
    """A body without a line break is a body."""
    assert len(clean(b"Subject: x\n\n" + b"The dam. " * 200_000).text) == 1_800_000


NAMES = ["Subject", "From", "Date", "Content-Type", "Content-Transfer-Encoding", "Message-ID", "X"]
HEADERS = st.tuples(st.sampled_from(NAMES), st.binary(max_size=40)).map(lambda one: one[0].encode() + b": " + one[1])


@settings(deadline=None, max_examples=60)
@given(st.lists(HEADERS, max_size=6), st.binary(max_size=120))
def test_any_message_is_read_or_refused(headers, body):
    """Whatever stands in a message, it is read or rejected, and nothing else is raised."""
    with suppress(RejectedInput):
        assert read_letter(b"\n".join(headers) + b"\n\n" + body, "m.eml")


def test_messages_are_imported(tmp_path, topic, now):
    """A folder of .eml files is imported like any other: messages as articles, the rest as rejects by name."""
    (tmp_path / "a.eml").write_bytes(letter(BODY).as_bytes())
    (tmp_path / "b.eml").write_bytes(b"\x00\x01\x02")
    article, reject = read_imports([tmp_path], mapping={}, topic=topic, now=now)
    assert (article.title, article.outlet, article.published) == ("Dam – the vote", "Hill Letters", SENT)
    assert str(tmp_path / "b.eml") in reject.reason
