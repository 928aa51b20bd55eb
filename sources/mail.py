"""A newsletter's message made into an article: from its HTML part, else from its text.

Parsed by the standard library under its old policy (`compat32`): the new one reads structure into every header, which
takes quadratic time on a long one and raises on some malformed ones. So headers come raw and are decoded here, bounded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime
from itertools import islice

from lxml import etree

from news.article import CleanArticle, FeedItem
from news.errors import FetchError, RejectedInput
from news.filing import is_page_of_its_own
from news.hosts import host_of, trim_host
from news.outlets import find_by_host, find_by_name
from news.topic import Topic
from sources.charset import decode
from sources.decoding import gunzip
from sources.files import LARGEST_BYTES
from sources.guard import check_url
from sources.metadata import parse_page
from sources.moments import Moment, read_epoch
from sources.plain import make_paragraphs, make_plain
from sources.plaintext import clean_text

_MOST_PARTS = 1_000
_LONGEST_HEADERS = 1 << 19
_LONGEST_STRUCTURE = 8_192  # a header that says how a part is built
_LONGEST_TITLE = 500
_LONGEST_VALUE = 4_000
_LONGEST_TEXT = 300_000
_LEAST_SHARE = 1 / 3
_MOST_LINKS = 500
_TABLES = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
_HIDDEN = "//body//*[contains(translate(@style, 'DISPLAYNOE ', 'displaynoe'), 'display:none')]"
_STRUCTURE = re.compile(rb"^content-[a-z-]{2,20}[ \t]{0,9}:", re.IGNORECASE | re.MULTILINE)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_UNFOLD = re.compile(r"\s*[\r\n]+\s*")
_IN_BROWSER = re.compile(
    r"(?:view|read|open|see|having trouble)\b.{0,60}\b(?:browser|online|web ?page|web version)|\bweb version\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says of itself, and its bodies as text; any of them may be missing."""

    identity: str | None
    title: str | None
    sender: str | None
    sender_host: str | None
    sent: datetime | None
    archived_at: str | None
    html: str | None
    text: str | None


CleanHtml = Callable[[str, str, FeedItem], CleanArticle]
"""Cleans the markup of a page at an address, of which an item is known; raises RejectedInput when it is no article."""


def clean_message(
    body: bytes, name: str, item: FeedItem, clean: CleanHtml, *, topic: Topic, now: datetime, seen: datetime | None
) -> CleanArticle:
    """The article of one message, packed or not; `name` is where it lies, for messages.

    Its address is where the message itself says it can be read (Archived-At, or its "view in browser" link, unless
    that is another outlet's), else one made of its Message-ID. It was published when it was sent, by the item's outlet,
    else by its sender.

    Raises:
        RejectedInput: no message, too large, too deeply built, or without a text.
    """
    letter = read_letter(body, name)
    outlet = _name_outlet(letter, item, topic)
    url = _find_address(letter, outlet, topic) or _make_address(letter, body)
    sent = letter.sent if letter.sent is not None and letter.sent <= now else None
    about = replace(item, url=url, title=letter.title, published=sent, outlet=outlet)
    markup = _untable(letter.html) if letter.html else None
    whole = make_paragraphs(markup, limit=_LONGEST_TEXT)
    article = _clean_markup(markup, about, whole, clean)
    if article is None:
        # Plain parts are full of bare links: the words of the HTML part are better, unless it has hardly any.
        text = whole if len(whole or "") >= _LEAST_SHARE * len(letter.text or "") else letter.text
        if not text or not any(map(str.isalpha, text)):
            raise RejectedInput(f"{name} has no text to read", "its pictures and attachments are not looked at")
        article = clean_text(
            text,
            url=url,
            topic=topic,
            now=now,
            title=letter.title,
            outlet=outlet,
            lang=item.lang,
            published=_moment(sent),
            seen=seen,
        )
    title = letter.title or article.title
    return replace(
        article,
        title=title,
        title_made=article.title_made and not letter.title,
        outlet=outlet,
        raw_sha256=hashlib.sha256(body).hexdigest(),
    )


def _name_outlet(letter: Letter, item: FeedItem, topic: Topic) -> str | None:
    """The item's outlet, else the sender's, by name or by host."""
    named = item.outlet or letter.sender
    known = find_by_name(named, topic)
    if known is None and not item.outlet:
        known = find_by_host(letter.sender_host, topic)
    return known.id if known else named or letter.sender_host


def _clean_markup(markup: str | None, item: FeedItem, whole: str | None, clean: CleanHtml) -> CleanArticle | None:
    """The article of the HTML part; None where there is none, or where no body stands out from many short pieces."""
    if not markup or not whole:
        return None
    try:
        article = clean(markup, item.url, item)
    except RejectedInput:
        return None
    return article if len(article.text) >= _LEAST_SHARE * len(whole) else None


def read_letter(body: bytes, name: str) -> Letter:
    """What stands in a message.

    Raises:
        RejectedInput: no message, too large, or too deeply built.
    """
    message = _parse(_unpack(body, name), name)
    if not any(message[header] for header in ("from", "subject", "date", "message-id")):
        raise RejectedInput(f"{name} is no mail message: it has no header", "give messages as .eml")
    sender, address = parseaddr(_header(message, "from") or "")
    return Letter(
        identity=_header(message, "message-id"),
        title=make_plain(_header(message, "subject"), limit=_LONGEST_TITLE),
        sender=make_plain(sender, limit=200),
        sender_host=trim_host(address.rpartition("@")[2]) if "@" in address else None,
        sent=_read_date(_header(message, "date")),
        archived_at=(_header(message, "archived-at") or "").strip("<> ") or None,
        html=_find_part(message, "text/html"),
        text=_find_part(message, "text/plain"),
    )


def _unpack(body: bytes, name: str) -> bytes:
    try:
        return gunzip(name, body, limit=LARGEST_BYTES)
    except FetchError as error:
        raise RejectedInput(error.message, "give a smaller or a whole one") from error


def _parse(body: bytes, name: str) -> Message:
    """The message, if it is within bounds: what its headers say is looked at before anything takes time over them."""
    end = _END_OF_HEADERS.search(body)
    if (end.start() if end else len(body)) > _LONGEST_HEADERS:
        raise RejectedInput(f"{name} has a header of over {_LONGEST_HEADERS} bytes", "it is not read")
    if body.count(b"\n--") > _MOST_PARTS * 20 or any(
        _is_endless(body, match.end()) for match in _STRUCTURE.finditer(body)
    ):
        raise RejectedInput(f"{name} is built of too many parts, or of endless headers", "it is not read")
    try:
        return message_from_bytes(body, policy=compat32)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, HeaderParseError) as error:
        raise RejectedInput(f"{name} is no sound mail message ({type(error).__name__})", "save it again") from error


def _is_endless(body: bytes, at: int) -> bool:
    """Whether a header goes on, folded or not, for longer than is read: the parser takes quadratic time on it."""
    last = at + _LONGEST_STRUCTURE
    while (at := body.find(b"\n", at, last)) >= 0:
        at += 1
        if body[at : at + 1] not in (b" ", b"\t"):
            return False
    return len(body) > last


def _header(message: Message, name: str) -> str | None:
    """A header's text, decoded (RFC 2047) and on one line; None when it is missing or empty."""
    value = message[name]
    if value is None:
        return None
    raw = _UNFOLD.sub(" ", str(value)[:_LONGEST_VALUE])
    try:
        parts = [_decode_word(word, charset) for word, charset in decode_header(raw)]
    except (ValueError, HeaderParseError, TypeError, AttributeError):
        parts = [raw]
    text = "".join(parts)
    return " ".join(text.replace("\x00", "").split()) or None


def _decode_word(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        word = word.encode("ascii", "surrogateescape") if word.isascii() else word.encode("utf-8", "surrogateescape")
    named = charset if charset and charset != "unknown-8bit" else "utf-8"
    return decode(word, f"text/plain; charset={named}") or word.decode("latin-1")


def _read_date(stated: str | None) -> datetime | None:
    try:
        when = parsedate_to_datetime(stated or "")
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _find_part(message: Message, kind: str) -> str | None:
    """The text of the first part of a kind that is no attachment."""
    for part in islice(_walk(message), _MOST_PARTS):
        if part.is_multipart() or part.get_content_type() != kind or part.get_content_disposition() == "attachment":
            continue
        payload = part.get_payload(decode=True)
        charset = part.get_param("charset")
        text = decode(payload, f"{kind}; charset={charset}") if isinstance(payload, bytes) and payload.strip() else None
        if text and text.strip():
            text = text.replace("\r\n", "\n").replace("\x00", "")
            return _unflow(text) if part.get_param("format") == "flowed" else text
    return None


def _walk(message: Message) -> Iterator[Message]:
    """A message and its parts in order; the library's own walk ends in an error where they lie too deep."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        yield part
        inside = part.get_payload() if part.is_multipart() else []
        waiting += [one for one in reversed(inside) if isinstance(one, Message)] if isinstance(inside, list) else []


def _unflow(text: str) -> str:
    """A text whose lines were broken for the journey, whole again (RFC 3676, 4)."""
    return re.sub(r" \n(?=[^\n>])", " ", text)


def _untable(markup: str) -> str | None:
    """A letter's markup with blocks for tables: mail programs lay letters out by tables, which hold no figures.

    What is hidden (the line that lists show beside the subject) is left out.
    """
    tree = parse_page(markup)
    if tree is None:
        return None
    for part in tree.iter(*_TABLES):
        part.tag = "div"
    for part in tree.xpath(_HIDDEN):
        part.drop_tree()
    return str(etree.tostring(tree, method="html", encoding="unicode"))


def _moment(when: datetime | None) -> Moment | None:
    return read_epoch(when.timestamp()) if when is not None else None


def _find_address(letter: Letter, outlet: str | None, topic: Topic) -> str | None:
    """Where the message can be read on the web; a list's archive as a whole is no address of one message."""
    for link in (letter.archived_at, *_links_to_browser(letter.html)):
        try:
            url = check_url((link or "").strip())
        except FetchError:
            continue
        owner = find_by_host(host_of(url), topic)
        # Anybody can send a letter: none may pass for a page of an outlet that it is not from.
        if is_page_of_its_own(url) and (owner is None or owner.id == outlet):
            return url
    return None


def _links_to_browser(markup: str | None) -> Iterator[str]:
    tree = parse_page(markup) if markup else None
    if tree is None:
        return
    for number, link in enumerate(tree.iter("a")):
        if number >= _MOST_LINKS:
            return
        text = " ".join(str(etree.tostring(link, method="text", encoding="unicode", with_tail=False)).split())
        if link.get("href") and len(text) <= 100 and _IN_BROWSER.search(text):  # noqa: PLR2004 - a link, no paragraph
            yield str(link.get("href"))


def _make_address(letter: Letter, body: bytes) -> str:
    """A stable address of a message that has none on the web."""
    basis = letter.identity.strip("<> ").encode("utf-8", "replace") if letter.identity else body
    return f"import:mail:{hashlib.sha256(basis).hexdigest()[:16]}"
