"""What a single value of a topic file may look like: spans of time, terms, addresses, host names. Pure."""

from __future__ import annotations

import ipaddress
import re
import zoneinfo
from collections.abc import Collection
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from urllib.parse import urlsplit

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
ENVIRONMENT_NAME = re.compile(r"[A-Z_][A-Z0-9_]{0,99}", re.ASCII)
_HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_MAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\\]+")
_SPAN = re.compile(r"([0-9]{1,6})\s*([a-z]+)", re.ASCII)
_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_SECRET = re.compile(
    r"hooks\.slack\.com|\bxox[a-z]-|[?&](?:api_?key|access_?token|token|secret|password|pwd)=", re.IGNORECASE
)
_USER = re.compile(r"//[^/?#]*@")
_SPAN_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_SHORTEST_PREFIX = 2
_LONGEST_ADDRESS = 2000
_LONGEST_SHOWN = 60
_HIGHEST_PORT = 65535

Fault = tuple[str, str]
"""What is wrong, and the mend."""


def show(value: object) -> str:
    """A value of the file as a message shows it: on one line, printable, short."""
    if isinstance(value, int) and abs(value) >= 10**20:
        return "a number of more than 20 digits"
    if isinstance(value, date):
        return value.isoformat()
    shown = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"


def show_kind(value: object) -> str:
    """What sort of TOML value this is, with the value itself where that is short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    kinds = {dict: "a table", list: "a list", str: "text", datetime: "a date with a time", date: "a date"}
    kind = kinds.get(type(value), "a number")
    return kind if isinstance(value, dict | list) else f"{kind} ({show(value)})"


def find_placeholders(text: str) -> list[str]:
    """The names of the `{name}` marks in a text."""
    return _PLACEHOLDER.findall(text)


def parse_span(text: str) -> timedelta | None:
    """The span that "30m", "6h", "1d" stands for (units s, m, h, d, w); None when it is none."""
    match = _SPAN.fullmatch(text)
    unit = _SPAN_UNITS.get(match[2]) if match else None
    return int(match[1]) * unit if match and unit else None


def check_term(term: str, entities: Collection[str]) -> Fault | None:
    """A term of a pattern or scope group: words, a prefix ending in `*`, or `@id` of a known entity."""
    if term.startswith("@"):
        return check_reference(term[1:], entities, "entity")
    stem = term.rstrip("*")
    if "*" in stem or term.endswith("**"):
        return "`*` stands elsewhere than once at the end", "write whole words, or one prefix such as suppl*"
    if not re.search(r"\w", stem) or (stem != term and len(stem) < _SHORTEST_PREFIX):
        return "would match nearly everything", "write a word, or a prefix of two letters or more"
    return None


def check_reference(name: str, known: Collection[str], kind: str) -> Fault | None:
    """A reference by id to something the file declares."""
    if name in known:
        return None
    near = get_close_matches(name, known, n=1)
    mend = (
        f"did you mean {near[0]}?" if near else f"declare it, or use one of: {', '.join(sorted(known)) or 'none yet'}"
    )
    return f"no {kind} has the id {show(name)}", mend


def check_host(host: str) -> Fault | None:
    """A host name as a URL has it, lower case, without scheme, port or path."""
    if _HOST.fullmatch(host):
        return None
    return f"{show(host)} is no host name", "write the bare name in lower case, such as www.example.org"


def check_web_address(address: str) -> Fault | None:
    """An http or https address with a host and without user name or secret. A secret is never shown."""
    if is_secret(address) or _USER.search(address):
        return "seems to hold a secret", "a topic file is shared: use an address without user name, key or token"
    if len(address) > _LONGEST_ADDRESS:
        return f"is longer than {_LONGEST_ADDRESS} characters", "give the address itself"
    if re.search(r"\s", address) or not address.isprintable():
        return f"{show(address)} has a blank or control character in it", "write it percent-encoded"
    try:
        parts = urlsplit(address)
        right = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    return None if right else (f"{show(address)} is no web address", "write it as https://host/path")


def check_folder(address: str) -> Fault | None:
    """A path of the local file system, relative or absolute."""
    if "://" in address:
        return f"{show(address)} is a web address", "give a folder's path, or change the kind"
    if not address.isprintable():
        return f"{show(address)} has a control character in it", "give a plain path"
    return None


def check_mail(address: str) -> Fault | None:
    """One mail address, bare."""
    if _MAIL.fullmatch(address):
        return None
    return f"{show(address)} is no mail address", "write one bare address, such as desk@example.org"


def check_endpoint(endpoint: str) -> Fault | None:
    """An IP address and a port, such as 127.0.0.1:8080 or [::1]:8080."""
    host, _, port = endpoint.rpartition(":")
    try:
        ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
        right = (
            port.isascii()
            and port.isdigit()
            and len(port) <= len(str(_HIGHEST_PORT))
            and 0 < int(port) <= _HIGHEST_PORT
        )
    except ValueError:
        right = False
    return None if right else (f"{show(endpoint)} is no address with a port", "write it as 127.0.0.1:8080")


def check_timezone(name: str) -> Fault | None:
    """A time zone of the IANA database."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        if name == "UTC":  # a system without any zone data still knows this one
            return None
        near = get_close_matches(name, zoneinfo.available_timezones(), n=1)
        return (
            f"no time zone is called {show(name)}",
            f"did you mean {near[0]}?" if near else "write Asia/Seoul, UTC, …",
        )
    return None


def is_secret(text: str) -> bool:
    """Whether a text looks like something only its owner should know: a webhook, a token, a key in a query."""
    return _SECRET.search(text) is not None
