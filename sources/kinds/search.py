"""Feeds of a search engine, whose links lead to publishers by way of the engine: each is unwrapped where that can be.

Bing's and Yahoo's links, and those of Google Alerts, carry the publisher's address in a parameter; Google News has had
it inside the link's id, as a protocol buffer in base64. Its newer ids hold no address: such an item is kept with what
the feed says of it, marked as partial, and nothing is fetched.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from news.article import FeedItem
from news.errors import FetchError
from news.hosts import host_of
from sources.guard import check_url
from sources.kinds import feed
from sources.kinds.document import Document, Reader, Reading, finish

WITHOUT_ADDRESS = "search result without its publisher's address"

_PARAMETERS = ("url", "q", "u", "uddg")
_ENGINES = frozenset({"google", "bing", "yahoo", "duckduckgo"})
_REDIRECTS = frozenset({"/url", "/news/apiclick.aspx", "/news/url", "/ck/a", "/l", "/link"})
_MOST_LAYERS = 3
_ID_WITHIN = ("articles", "read")  # …/rss/articles/ID, …/read/ID
_URL_FIELD = 4
_NUMBER, _BYTES = 0, 2  # wire types
_LONGEST_VARINT = 10
_DASHES = (" - ", " \u2013 ", " \u2014 ", " | ")


def read(document: Document, now: datetime) -> Reading:
    """The items of a search feed under their publishers' addresses; those that hide theirs are marked as partial."""
    reading = feed.read(document, now, finish_item)
    kept = finish(list(reading.items), reading.error)
    return replace(reading, items=kept.items, error=kept.error)


def finish_item(item: FeedItem, entry: Mapping[str, Any]) -> FeedItem:
    """A search result as an item of its publisher."""
    name, host = _read_source(entry)
    target = unwrap(item.url)
    title = cut_outlet(item.title, name)
    hidden = target is None
    # Google's description lists the headlines again, its own and those of other publishers: no text of this page.
    summary = None if _is_google(item.url) else item.summary
    return replace(
        item,
        url=target or item.url,
        title=title,
        summary=summary,
        outlet=(host if hidden else None) or item.outlet,
        partial=WITHOUT_ADDRESS if hidden else None,
    )


def unwrap(url: str) -> str | None:
    """The publisher's address behind a search engine's link; an address of nobody's link is given back as it is.

    None when the link is an engine's and holds no address that may be fetched. Pure; asks nobody.
    """
    for _ in range(_MOST_LAYERS):
        if not is_wrapped(url):
            return url
        target = _read_parameter(url) or _read_path(url) or _read_google_id(url) or _read_bing_id(url)
        try:
            url = check_url(target or "")
        except FetchError:
            return None
    return None if is_wrapped(url) else url


def is_wrapped(url: str) -> bool:
    """Whether an address is a search engine's link to another page."""
    parts = urlsplit(url)
    if not _is_engine(parts.hostname):
        return False
    if _google_id(url) or "/RU=" in parts.path:
        return True
    return parts.path.rstrip("/").lower() in _REDIRECTS


def cut_outlet(title: str | None, name: str | None) -> str | None:
    """A title without " - Outlet" at its end, where that is the outlet's name."""
    for dash in _DASHES if title and name else ():
        if title and name and title.casefold().endswith((dash + name).casefold()):
            return title[: -len(dash + name)].strip() or title
    return title


def _is_engine(host: str | None) -> bool:
    return any(part in _ENGINES for part in (host or "").split(".")[:-1])


def _is_google(url: str) -> bool:
    return _google_id(url) is not None


def _read_parameter(url: str) -> str | None:
    given = dict(reversed(parse_qsl(urlsplit(url).query)))  # the first of a name counts
    return next((given[name] for name in _PARAMETERS if given.get(name, "").startswith(("http://", "https://"))), None)


def _read_path(url: str) -> str | None:
    """The address in a link of Yahoo's: …/RU=https%3a%2f%2fpublisher.example%2fstory/RK=2/… ."""
    _, mark, rest = urlsplit(url).path.partition("/RU=")
    return unquote(rest.partition("/")[0]) if mark else None


def _google_id(url: str) -> str | None:
    parts = urlsplit(url)
    if parts.hostname != "news.google.com":
        return None
    above, _, last = parts.path.rstrip("/").rpartition("/")
    return last if above.rpartition("/")[2] in _ID_WITHIN and last else None


def _read_google_id(url: str) -> str | None:
    """The address in the id of a Google News link: a message whose field 4 is it, or, in newer ones, a riddle."""
    packed = _google_id(url)
    field = _read_field(_decode(packed), _URL_FIELD) if packed else b""
    return field.decode("utf-8", "replace") if field.startswith((b"http://", b"https://")) else None


def _read_bing_id(url: str) -> str | None:
    """Bing's web results: …/ck/a?u=a1<the address in base64>."""
    packed = dict(parse_qsl(urlsplit(url).query)).get("u", "")
    target = _decode(packed[2:]).decode("utf-8", "replace") if packed.startswith("a1") else ""
    return target if target.startswith(("http://", "https://")) else None


def _decode(packed: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    except (binascii.Error, ValueError):
        return b""


def _read_field(message: bytes, wanted: int) -> bytes:
    """The first field of that number in a protocol buffer (protobuf.dev, "Encoding"), one of bytes; else nothing."""
    at = 0
    while at < len(message):
        tag, at = _read_varint(message, at)
        value, at = _read_varint(message, at)
        if tag & 7 == _BYTES:
            if tag >> 3 == wanted:
                return message[at : at + value]
            at += value
        elif tag & 7 != _NUMBER:
            break
    return b""


def _read_varint(message: bytes, at: int) -> tuple[int, int]:
    """A whole number in base 128, the lowest part first, and where it ends."""
    number = 0
    for place, byte in enumerate(message[at : at + _LONGEST_VARINT]):
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:  # noqa: PLR2004 - the highest bit says that more follows
            return number, at + place + 1
    return 0, len(message)


def _read_source(entry: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The name and the host of `<source url="…">name</source>`."""
    source = entry.get("source")
    if not isinstance(source, Mapping):
        return None, None
    name, address = source.get("title"), source.get("href") or source.get("url")
    return (
        " ".join(name.split()) if isinstance(name, str) else None,
        host_of(address) if isinstance(address, str) else None,
    )


READER = Reader(feed.ACCEPT, read)
