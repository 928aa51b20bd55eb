"""Every test feed of two feed readers: read without a crash, and field by field equal to feedparser where well-formed.

    .venv/bin/python bench/feeds.py [FOLDER]

FOLDER (default ../shared/data/feeds) holds the test files of feedparser and of miniflux. Each is read by our own reader
as a source would be (JSON as `jsonfeed`, all else as `feed`). Where feedparser finds a file well-formed, each of its
entries is looked for among our items by its address and compared: title, summary, author, published, updated and
language, as plain text. Where no entry has an address (most files test one field alone), each is given one first. Every
difference is counted under its cause; one without a known cause is listed. Exit status 1 on a crash or an unexplained
difference.
"""

from __future__ import annotations

import io
import re
import sys
from calendar import timegm
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
from rig.desk import SHARED
from rig.table import circumstances, markdown, share

from news.article import FeedItem
from news.errors import FetchError
from sources.guard import check_url
from sources.kinds import READERS, Document, Reading
from sources.plain import make_plain

DEFAULT = SHARED / "data" / "feeds"
BASE = "http://127.0.0.1:8097/feed"
NOW = datetime(2026, 11, 27, tzinfo=UTC)
FIELDS = ("title", "summary", "byline", "published", "updated", "lang")
LIMITS = {"title": 500, "summary": 2_000, "byline": 200, "lang": 20}
_HEADER = re.compile(rb"^Header:\s*([A-Za-z-]+):\s*(.+?)\s*$", re.MULTILINE)
_END = re.compile(rb"</([A-Za-z0-9]+:)?(item|entry)\s*>")
_NO_ENDING = frozenset({"", ".txt", ".html", ".py"})

Difference = tuple[str, str, str]
"""Field, cause (empty: none known), and an example."""


def files(folder: Path) -> Iterator[Path]:
    """Every feed of the folder: no licences, no web pages."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in _NO_ENDING and path.name not in {"LICENSE", "SOURCE.txt"}:
            yield path


def headers_of(body: bytes) -> dict[str, str]:
    """The headers that a test file says it was served with, in a comment at its beginning."""
    found = {name.decode().lower(): value.decode("latin-1") for name, value in _HEADER.findall(body[:2000])}
    return {"content-location": BASE, "content-type": "application/xml", **found}


def read(path: Path, body: bytes) -> Reading:
    """Our reading of a file."""
    kind = "jsonfeed" if path.suffix == ".json" else "feed"
    headers = headers_of(body)
    address = urljoin(BASE, headers["content-location"])
    document = Document(address, body, headers.get("content-type"), headers.get("content-language"))
    return READERS[kind].read(document, NOW)


def with_addresses(body: bytes) -> bytes:
    """The file with an address for every entry: most test files are about one field and have no link at all."""
    numbers = iter(range(1_000_000))

    def end(match: re.Match[bytes]) -> bytes:
        prefix, name = match[1] or b"", match[2]
        url = f"{BASE}/entry-{next(numbers)}".encode()
        link = b'<%slink href="%s"/>' if name.lower() == b"entry" else b"<%slink>%s</%slink>"
        filled = link % ((prefix, url) if name.lower() == b"entry" else (prefix, url, prefix))
        return filled + match[0]

    return _END.sub(end, body)


def compare(reading: Reading, parsed: Mapping[str, Any], address: str) -> Iterator[Difference]:
    """How our items differ from feedparser's entries; fields that are equal give ("…", "equal", "")."""
    ours = {item.url: item for item in reading.items}
    seen: set[str] = set()
    for entry in parsed["entries"]:
        link = str(dict.get(entry, "link") or "")
        url, cause = _address(link, address)
        if url is None or url in seen or url not in ours:
            if url in seen:
                cause = "the address was listed already"
            yield "item", cause, link[:80]
            continue
        seen.add(url)
        yield "item", "equal", ""
        for field in FIELDS:
            cause = _compare_field(field, ours[url], entry, parsed["feed"])
            yield field, cause, f"{getattr(ours[url], field)!r:.60} / {_stated(field, entry, parsed['feed'])!r:.60}"


def _address(link: str, base: str) -> tuple[str | None, str]:
    if not link:
        return None, "no link: nothing to fetch"
    try:
        url = check_url(urljoin(base, link.strip()))
    except (FetchError, ValueError):
        return None, "the link is no web address"
    return (None, "the link is the feed's own address") if url == base else (url, "")


def _stated(field: str, entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Any:
    """What feedparser says, as our field would hold it."""
    if field in {"published", "updated"}:
        parsed = dict.get(entry, f"{field}_parsed")
        try:
            return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
        except (ValueError, OverflowError):
            return None
    name = {"byline": "author", "lang": "language"}.get(field, field)
    value = dict.get(feed if field == "lang" else entry, name)
    return make_plain(value, limit=LIMITS[field]) if isinstance(value, str) else None


def _compare_field(field: str, item: FeedItem, entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str:
    ours, theirs = getattr(item, field), _stated(field, entry, feed)
    if ours == theirs:
        return "equal"
    if field in {"published", "updated"}:
        return _explain_date(field, ours, theirs, entry)
    if theirs is None and field == "summary" and dict.get(entry, "content"):
        return "taken from the content, where there is no summary"
    if isinstance(ours, str) and isinstance(theirs, str) and _letters(ours) == _letters(theirs):
        return "blanks, or markup that the one cleans and the other keeps"
    return _explain_markup(ours or "", theirs or "")


def _explain_markup(ours: str, theirs: str) -> str:
    """Why texts of hostile markup differ: feedparser's cleaning leaves the inside of scripts and marks of CDATA in."""
    if "function " in theirs and "function " not in ours:
        return "a script's text, which feedparser leaves in"
    return "a mark of CDATA, which feedparser leaves in" if "CDATA" in theirs and "CDATA" not in ours else ""


def _explain_date(field: str, ours: datetime | None, theirs: datetime | None, entry: Mapping[str, Any]) -> str:
    if theirs is not None and theirs > NOW:
        return "in the future: no date"
    if theirs is not None and theirs.year < 1900:
        return "before 1900: no date"
    if field == "published" and theirs is None and ours is not None:
        other = "created" if dict.get(entry, "created_parsed") else "updated"
        return f"taken from {other}, where there is no published"
    if theirs is not None and ours is not None and abs((ours - theirs).total_seconds()) < 1:
        return "fractions of a second"
    return ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def measure(folder: Path) -> tuple[Counter[str], Counter[tuple[str, str]], dict[tuple[str, str], list[str]]]:
    """Counts of files by what became of them, of differences by field and cause, and examples of each."""
    counts: Counter[str] = Counter(crashes=0)
    causes: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in files(folder):
        body = path.read_bytes()
        counts["files"] += 1
        try:
            reading = read(path, body)
        except Exception as error:  # noqa: BLE001 - what is counted here
            counts["crashes"] += 1
            examples["crash", ""].append(f"{path.name}: {type(error).__name__}: {error}")
            continue
        counts["gave items"] += bool(reading.items)
        counts["named what is wrong"] += reading.error is not None
        if path.suffix == ".json":
            counts["JSON, which feedparser does not read"] += 1
            continue
        headers = headers_of(body)
        parsed = feedparser.parse(io.BytesIO(body), response_headers=headers)
        if parsed.get("bozo"):
            counts["not well-formed to feedparser"] += 1
            continue
        counts["compared"] += 1
        if not any(dict.get(entry, "link") for entry in parsed["entries"]):
            body = with_addresses(body)
            parsed, reading = feedparser.parse(io.BytesIO(body), response_headers=headers), read(path, body)
            counts["compared, with addresses put in"] += 1
        address = urljoin(BASE, headers["content-location"])
        for field, cause, example in compare(reading, parsed, address):
            causes[field, cause] += 1
            examples[field, cause].append(f"{path.relative_to(folder)}: {example}")
    return counts, causes, examples


def main(folder: Path) -> int:
    """Measure and print; 1 on a crash or a difference that nothing explains."""
    if not folder.is_dir():
        print(f"{folder} is not there: nothing measured")
        return 0
    print(circumstances() + "\n")
    counts, causes, examples = measure(folder)
    print(markdown(["files", "count"], sorted(counts.items(), key=lambda row: -row[1])) + "\n")
    rows = []
    for field in ("item", *FIELDS):
        whole = sum(count for (name, _), count in causes.items() if name == field)
        rows.append((field, share(causes[field, "equal"], whole), whole - causes[field, "equal"]))
    print(markdown(["field", "equal to feedparser", "different"], rows) + "\n")
    named = [(*key, count) for key, count in causes.most_common() if key[1] not in {"equal", ""}]
    print(markdown(["field", "why it differs", "count"], named) + "\n")
    unexplained = {key: found for key, found in examples.items() if not key[1]}
    for key, found in unexplained.items():
        print(f"- {key[0]}, unexplained: {len(found)}")
        for one in found[:15]:
            print(f"    {one}")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
