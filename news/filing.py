"""Pure rules of filing: when two addresses are one page, whose word a text is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from news.hosts import host_of
from news.outlets import find_by_host, find_by_name
from news.topic import Topic

# Parameters that say where a reader came from, never which page it is.
_TRACKERS = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|ocid|cmpid|smid|ref_src|_ga)",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^[^\n()]{3,60}\((?P<wire>[A-Z][\w .&-]{1,29})\)\s*(?:--|[—\u2013-])")


@dataclass(frozen=True, slots=True)
class Filed:
    """What filing a batch came to, as article ids: each given page is in exactly one of the first four.

    `off_topic` are those of `new` and `copies` that are not on the topic; `turned` earlier originals that a page of
    this batch showed to be copies, so that what rests on their claims must be looked at again; `released` earlier
    copies that are none any more, now that they or their originals say something else.
    """

    new: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    off_topic: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()
    released: tuple[str, ...] = ()

    def __add__(self, other: Filed) -> Filed:
        """Both batches together."""
        return Filed(
            self.new + other.new,
            self.copies + other.copies,
            self.revised + other.revised,
            self.unchanged + other.unchanged,
            self.off_topic + other.off_topic,
            self.turned + other.turned,
            self.released + other.released,
        )


@lru_cache(maxsize=4096)  # asked three times and more of every page
def url_key(url: str) -> str:
    """One key for all spellings of one page's address.

    Scheme (http or https), `www.`, default ports, fragments, trackers and a last slash do not make another page; the
    order and all other parameters of the query do. What is no web address is its own key.
    """
    try:
        return _web_key(url.strip()) or url.strip()
    except ValueError:  # no port, no host, or characters that no address can hold
        return url.strip()


def _web_key(url: str) -> str | None:
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    host = parts.hostname.removeprefix("www.")
    if parts.port and parts.port not in (80, 443):
        host += f":{parts.port}"
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._").rstrip("/")
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracker(key)]
    return host + path + ("?" + urlencode(kept) if kept else "")


def _is_tracker(key: str) -> bool:
    return _TRACKERS.fullmatch(key) is not None


def is_page_of_its_own(url: str) -> bool:
    """Whether an address can stand for one page: a site's front page, where dead links are led to, cannot."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


def names_of(outlet: str, url: str, topic: Topic) -> tuple[str, ...]:
    """All words by which a credit could mean this outlet, lower case."""
    names = [outlet, host_of(url) or ""]
    known = find_by_name(outlet, topic) or find_by_host(host_of(url), topic)
    if known:
        names += [known.id, known.name, *known.aliases, *known.hosts]
    return tuple(sorted({name.strip().lower().removeprefix("www.") for name in names} - {""}))


def is_wire(outlet: str, url: str, topic: Topic) -> bool:
    """Whether the topic has this outlet for a wire."""
    known = find_by_name(outlet, topic) or find_by_host(host_of(url), topic)
    return known is not None and known.kind == "wire"


def credit_of(credit: str | None, canonical: str | None, url: str) -> str | None:
    """Whom a page credits: by its words, else by giving another host's address as the original; None for nobody."""
    if credit or not canonical:
        return credit
    host = host_of(canonical)
    return host if host != host_of(url) else None


def origin(outlet: str, credit: str | None, body: str, topic: Topic) -> str:
    """Whose word a text is that is no known copy: whom it credits, the wire of its dateline, or its outlet itself.

    An outlet the topic knows is named by its id.
    """
    wire = _DATELINE.match(body)
    for name in (credit, wire["wire"] if wire else None, outlet):
        if name:
            known = find_by_name(name, topic)
            return known.id if known else name.strip()
    return outlet
