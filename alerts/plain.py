"""Outside text made harmless: no control characters, no hidden direction, one line, and only links that lead somewhere.

Terminal escapes begin with control characters (ECMA-48), spoofed order with bidirectional ones (Unicode UAX #9): both
go, here, before any format adds its own escaping. Evidence is quoted as it stands but for these.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

_HIDDEN = frozenset("\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\ufeff") | {
    chr(point)
    for start, end in ((0x202A, 0x202E), (0x2060, 0x206F), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F))
    for point in range(start, end + 1)
}
_SPACES = re.compile(r"\s+")
_PILED_MARKS = re.compile(r"([\u0300-\u036f\u0489\u20d0-\u20ff]{4})[\u0300-\u036f\u0489\u20d0-\u20ff]+")
# Narrower than RFC 5322, which lets a quoted name or a comment hold nearly anything.
_MAILBOX = re.compile(r"[^\s@<>(),;:\"\\\[\]]{1,64}@[^\s@<>(),;:\"\\\[\]]{1,255}")
_LONGEST_LINK = 2000
_URL_SAFE = "/:?#[]@!$&()*+,;=%~-._"


def clean(text: str) -> str:
    """The text on one line, without control, direction and invisible characters; lone surrogates become U+FFFD."""
    return _SPACES.sub(" ", shown(text)).strip()


def shown(text: str) -> str:
    """As `clean`, but with every space it has: for a piece of a longer text, whose ends may be spaces."""
    return _PILED_MARKS.sub(r"\1", "".join(_visible(character) for character in text))


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    if character in _HIDDEN:
        return ""
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    # A removed control character leaves nothing: a space would let "Sen\x00t" read as two words.
    return "" if category == "Cc" else character


def clip(text: str, limit: int) -> str:
    """The text, or its start up to the last whole word within `limit` characters and an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip(" ,;:") + "…"


def link(url: str) -> str | None:
    """The address in ASCII if it is a plain web link, else None (then it is shown as text, never as a link).

    Refused: other schemes than http and https, no host, a user name before the host (it imitates another host),
    control or invisible characters, more than 2,000 characters.
    """
    if len(url) > _LONGEST_LINK or clean(url) != url or " " in url or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        if parts.scheme.lower() not in {"http", "https"} or not host or "@" in parts.netloc:
            return None
        if ":" not in host:
            host = host.encode("idna").decode("ascii")
    except ValueError:  # bad port, bad IPv6 address, and UnicodeError for a host that is none
        return None
    if re.fullmatch(r"[A-Za-z0-9._:-]+", host) is None:
        return None
    place = f"[{host}]" if ":" in host else host
    netloc = place if port is None else f"{place}:{port}"
    rest = (quote(part, safe=_URL_SAFE) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme.lower(), netloc, *rest))


def is_mailbox(address: str) -> bool:
    """Whether it is one bare mail address (name@host): no list, no comment, no quoted name, nothing hidden."""
    return _MAILBOX.fullmatch(address) is not None and clean(address) == address
