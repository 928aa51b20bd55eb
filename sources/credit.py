"""Whose word a page is, as the page itself says: the wire or outlet it credits.

Asked in this order, the plainest statement first:

1. a source line                     "Content Source: www.x.com", "Credit: Ann Lee, X"
2. a sentence of republication       "originally appeared on X", "first published by X", "X first reported this story"
3. a wire's dateline                 "OSLO, June 21 (UPI) --"
4. the canonical address             of another host
5. what it is based on               syndication-source, original-source, isBasedOn, sourceOrganization
6. the publisher in the page's data  when the topic knows it, as another outlet than the page's own
7. on an aggregator's page only: the outlet that several speakers "told" (people speak to whoever wrote the piece), or
   an outlet of the topic that "reports"

A credit of the page to itself is none. No rule knows a topic; the topic only says which names are outlets, and which
are what the news is about and therefore no outlets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from news.article import Exclusion
from news.hosts import host_of
from news.outlets import find_by_host, find_by_name, same_publisher
from news.topic import Topic
from sources.dateline import find_dateline
from sources.furniture import HOST

_WORD = r"[A-Z0-9](?:[\w&'\u2019-]|\.(?=\w))*"
_NAME = rf"{_WORD}(?:[ /](?:(?:of|the|and|for|de|in)[ ])?{_WORD}){{0,5}}"
_WHERE = rf"(?P<host>{HOST})|(?:the )?(?P<name>{_NAME})"
_SOURCE_LINE = re.compile(
    rf"(?i:(?:content |article |news |original )?(?:source|via)(?: link| article)?\s*:)\s*(?:{_WHERE})\W*$",
    re.MULTILINE,
)
_REPUBLISHED = re.compile(
    r"(?:^|(?i:\b(?:article|story|piece|post|report|column|essay|version|text|interview|dispatch)\b.{0,40}))"
    r"(?i:(?:\b(?:originally|first) (?:appeared|published|posted|ran)|\b(?:appeared|published) (?:originally|first)"
    r"|\b(?:re(?:published|printed|posted)|syndicated))(?: with permission)? (?:on|in|by|at|from|via|for)) "
    rf"(?:{_WHERE})",
    re.MULTILINE,
)
_CREDIT_LINE = re.compile(r"^(?i:credits?)\s*:\s*(?P<names>[^\n:]{2,120})$", re.MULTILINE)
_REPORTED = re.compile(
    rf"(?:^|(?<=[.!?\"\u201d] ))(?P<name>{_NAME}) (?:first reported this\b|reported this\b.{{0,20}}\bfirst\b)",
    re.MULTILINE,
)
_REPORTS = re.compile(rf"(?P<name>{_NAME}) (?:reports|reported|writes|wrote)\b")
_TOLD = re.compile(rf"\b(?:told|tells) (?:the )?(?P<name>{_NAME})")
_SPEAKS = r"{}(?:['\u2019]s \w+)? (?:said|says|added|told|warned|argued|denied|stressed|explained|noted|called|met)\b"
# Words of which each of these has one: looked for first, since an expression that begins with none tries every place.
_HINTS = (
    (_SOURCE_LINE, ("source", "via")),
    (_REPUBLISHED, ("appeared", "publish", "posted", "printed", "syndicated", " ran")),
)
_AGGREGATOR_SIGNS = frozenset({"counter", "read more", "source line"})
_TELLERS = 2
_WITHIN = 3600  # characters of a text's end and of its start, where credits stand
# Whom people tell things besides outlets.
_HEARERS = frozenset(
    {"Congress", "Parliament", "Senate", "House", "Cabinet", "Council", "Committee", "Commission", "Court", "Assembly"}
    | {"Lawmakers", "Reporters", "Journalists", "Mr", "Mrs", "Ms", "Dr", "President", "Minister", "Prime"}
    | {"I", "He", "She", "They", "We", "You", "It"}
)


@dataclass(frozen=True, slots=True)
class Credit:
    """The origin a page names: `name` as it stands there (an outlet's name or a host), and the words that say so."""

    name: str
    evidence: str


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """Whose page it is, and what its markup says of its origin; every field may be unknown."""

    host: str | None = None
    outlet: str | None = None  # Outlet.id, or a name
    canonical: str | None = None
    publisher: str | None = None
    based_on: tuple[str, ...] = ()

    def is_own(self, name: str, topic: Topic) -> bool:
        """Whether a credited name or host is the page's own publisher."""
        return any(same_publisher(name, own, topic) for own in (self.host, self.outlet) if own)


def find_credit(text: str, wrapping: list[Exclusion], page: PageIdentity, topic: Topic) -> Credit | None:
    """The origin that a text or its page credits, or None when it credits no one but itself.

    `wrapping` is what `find_wrapping` found in `text`.
    """
    for credit in _candidates(text, wrapping, page, topic):
        if not page.is_own(credit.name, topic):
            return credit
    return None


def foreign_canonical(page: PageIdentity, topic: Topic) -> str | None:
    """The canonical address, when it lies on another publisher's host."""
    host = host_of(page.canonical)
    if host is None or page.host is None or page.is_own(host, topic) or _related(host, page.host):
        return None
    return page.canonical


def _candidates(text: str, wrapping: list[Exclusion], page: PageIdentity, topic: Topic) -> Iterator[Credit]:
    yield from _stated(text)
    yield from _credit_lines(text, topic)
    dateline = find_dateline(text)
    if dateline is not None and dateline.agency:
        yield Credit(dateline.agency, text[dateline.start : dateline.end].strip())
    canonical = foreign_canonical(page, topic)
    if canonical is not None:
        yield Credit(str(host_of(canonical)), f"canonical address {canonical}")
    for stated in page.based_on:
        host = host_of(stated)
        if host is None or page.host is None or not _related(host, page.host):
            yield Credit(host or stated, f"based on {stated}")
    if page.publisher and page.outlet and find_by_name(page.publisher, topic) is not None:
        yield Credit(page.publisher, f"publisher {page.publisher}")
    if _is_aggregated(wrapping, page, topic):
        yield from _find_told(text, topic)


def _stated(text: str) -> Iterator[Credit]:
    """What source lines and sentences of republication name."""
    ends = [(start, part, part.lower()) for start, part in _ends_of(text)]
    for pattern, hints in _HINTS:
        for start, part, lower in ends:
            if not any(hint in lower for hint in hints):
                continue
            for match in pattern.finditer(part):
                yield Credit(_named(match), _sentence(text, start + match.start(), start + match.end()))


def _ends_of(text: str) -> list[tuple[int, str]]:
    """The parts of a text in which credits stand, each with its offset: the end first."""
    if len(text) <= 2 * _WITHIN:
        return [(0, text)]
    return [(len(text) - _WITHIN, text[-_WITHIN:]), (0, text[:_WITHIN])]


def _named(match: re.Match[str]) -> str:
    if host := match.groupdict().get("host"):
        return host.rstrip(".").removeprefix("https://").removeprefix("http://").partition("/")[0]
    return match["name"].strip(" .,'\u2019-")


def _sentence(text: str, start: int, end: int) -> str:
    """The words of a credit with the sentence around them, for a reader."""
    left = max(text.rfind(mark, max(0, start - 200), start) for mark in ("\n", ". ")) + 1
    return " ".join(text[max(left, start - 200) : end].split()).strip(" .")


def _related(host: str, other: str) -> bool:
    """Whether two hosts share their last two names (`x.com` and `news.x.com`): one publisher's, most likely."""
    return host.split(".")[-2:] == other.split(".")[-2:]


def _is_aggregated(wrapping: list[Exclusion], page: PageIdentity, topic: Topic) -> bool:
    outlet = find_by_host(page.host, topic) or find_by_name(page.outlet, topic)
    if outlet is not None:
        return outlet.kind in {"aggregator", "farm"}
    return any(one.why in _AGGREGATOR_SIGNS for one in wrapping)


def _credit_lines(text: str, topic: Topic) -> Iterator[Credit]:
    """Lines "Credit: Ann Lee, Valley Wire", and sentences like "Valley Wire first reported this story"."""
    for start, part in _ends_of(text):
        for match in _CREDIT_LINE.finditer(part):
            names = [name.strip(" .") for name in match["names"].split(",") if name.strip(" .")]
            known = [name for name in names if find_by_name(name, topic) is not None]
            # Of several names the topic knows none of, the outlet's comes last, behind its writers'.
            if names:
                yield Credit((known or names)[-1], match[0].strip())
        for match in _REPORTED.finditer(part):
            yield Credit(_named(match), _sentence(text, start + match.start(), start + match.end()))


def _find_told(text: str, topic: Topic) -> Iterator[Credit]:
    told: Counter[str] = Counter()
    first: dict[str, re.Match[str]] = {}
    subjects = _names_of_subjects(topic)
    for match in _TOLD.finditer(text):
        name = _named(match)
        if name.split()[0] in _HEARERS or name.casefold() in subjects:
            continue
        told[name] += 1
        first.setdefault(name, match)
    for name, count in told.most_common():
        known = find_by_name(name, topic) is not None
        # One who speaks in the text is a person or an office, not the paper it was written for.
        if (known or count >= _TELLERS) and not re.search(_SPEAKS.format(re.escape(name)), text):
            match = first[name]
            yield Credit(name, _sentence(text, match.start(), match.end()))
    for match in _REPORTS.finditer(text):
        if find_by_name(_named(match), topic) is not None:
            yield Credit(_named(match), _sentence(text, match.start(), match.end()))


def _names_of_subjects(topic: Topic) -> set[str]:
    names: set[str] = set()
    for entity in topic.entities:
        names.update(entity.names)
        for office in entity.offices:
            names.update((office.title, *office.titles))
            for holder in office.holders:
                names.update((holder.name, *holder.aliases))
    return {name.casefold().removeprefix("the ") for name in names}
