"""Real pages through poll, fetch and clean: how many give an article, how exact its title, date and body are.

    .venv/bin/python bench/pages.py [FOLDER]

FOLDER (default ../shared/data/pages/test_data) holds <country>/<Outlet>_<date>.html.gz, a meta.info per country with
the pages' addresses, and per outlet a JSON of what is expected. The pages are served by a local HTTP server under
their own host names and found through a sitemap, like any outlet's. The body is compared by word F1 (by character in
Chinese and Japanese); a title counts when it is equal but for blanks; a date when it is the same day, give or take a
time zone. `half` splits the outlets by a hash of their name. Titles that differ are told apart by how: in typography
alone (quotation marks, dashes, soft hyphens, invisible characters), longer or shorter than the expected one, or in
other words.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import sys
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from rig.table import circumstances, markdown, share

from news.article import CleanArticle, FetchedPage, PageToFetch, Validators
from news.errors import RejectedInput
from news.topic import Source, Topic
from sources.cleaning import clean_page
from sources.fetcher import FetchLimits
from sources.pages import fetch_pages
from sources.polling import poll_sources

DEFAULT = Path(__file__).parents[2] / "shared" / "data" / "pages" / "test_data"
MAP_HOST = "sitemap.example"
LOW_F1 = 0.7
TITLE_KINDS = ("typography", "longer", "shorter", "other words")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Sample:
    """One page: its address, its bytes, and what is expected of it (None where the data does not say)."""

    outlet: str
    url: str
    body: bytes
    expected: dict[str, Any] | None

    @property
    def half(self) -> str:
        """`dev` or `held out`."""
        return "held out" if zlib.crc32(self.outlet.replace("/", "").encode()) % 2 else "dev"


@dataclass(slots=True)
class Score:
    """Counts of one half."""

    counts: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    bodies: list[float] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


def load(folder: Path) -> Iterator[Sample]:
    """Every page; an outlet's versions of expectations belong to its pages in the order of their dates."""
    for country in sorted(path for path in folder.iterdir() if path.is_dir()):
        named = json.loads((country / "meta.info").read_text(encoding="utf-8"))
        by_outlet: dict[str, list[str]] = defaultdict(list)
        for name in sorted(name for name in named if (country / name).is_file()):
            by_outlet[name.split("_")[0]].append(name)
        for outlet, names in by_outlet.items():
            expected = json.loads((country / f"{outlet}.json").read_text(encoding="utf-8"))
            versions = [expected[key] for key in sorted(expected, key=_version)]
            known = versions if len(versions) == len(names) else [None] * len(names)
            for name, version in zip(names, known, strict=True):
                body = gzip.decompress((country / name).read_bytes())
                yield Sample(f"{country.name}/{outlet}", _address(named[name]["url"]), body, version)


def _version(key: str) -> list[int]:
    """The numbers of a parser's version ("V1_1"), in which versions are ordered."""
    return [int(number) for number in re.findall(r"\d+", key)]


def _address(url: str) -> str:
    """The address over http, its odd characters quoted: the local server speaks no TLS."""
    return "http://" + quote(url.split("://", 1)[1].partition("#")[0], safe="/:?&=%+,;@!~*'()$-_.")


def serve(samples: list[Sample]) -> ThreadingHTTPServer:
    """A server that answers for every host of the samples, and with their sitemap."""
    pages = {(urlsplit(one.url).netloc, one.url.split("/", 3)[-1]): one.body for one in samples}
    listed = "".join(f"<url><loc>{escape(one.url)}</loc></url>" for one in samples)
    pages[MAP_HOST, "sitemap.xml"] = f"<urlset>{listed}</urlset>".encode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            body = pages.get((self.headers["Host"], self.path[1:]))
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *args: object) -> None:
            pass

    ThreadingHTTPServer.request_queue_size = 64
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    return server


def judge(article: CleanArticle, sample: Sample, expected: dict[str, Any], score: Score) -> None:
    """Count what is right about one article, and keep what is far off."""
    score.counts["judged"] += 1
    score.titles[compare_titles(article.title, expected.get("title") or "")] += 1
    if stated := expected.get("publishing_date"):
        true = datetime.fromisoformat(stated)
        true = true if true.tzinfo else true.replace(tzinfo=UTC)
        score.counts["dated"] += 1
        score.counts["date unknown"] += article.published is None
        right = bool(article.published and abs((article.published - true).total_seconds()) <= 90_000)
        score.counts["date"] += right
        if article.published and not right:
            given = f"{article.published:%Y-%m-%d} (precision {article.published_precision})"
            score.faults.append((sample.outlet, f"dated {given}, not {true:%Y-%m-%d}"))
    body = expected.get("body") or {}
    parts = [part for section in body.get("sections", []) for part in (*section["headline"], *section["paragraphs"])]
    if text := "\n".join([*body.get("summary", []), *parts]):
        likeness = word_f1(article.text, text)
        score.bodies.append(likeness)
        if likeness < LOW_F1:
            lengths = f"{len(article.text):,} characters where {len(text):,} are expected"
            score.faults.append((sample.outlet, f"body F1 {likeness:.2f}: {lengths}"))


def compare_titles(found: str, expected: str) -> str:
    """How a title differs from the expected one: `exact`, `typography`, `longer`, `shorter` or `other words`."""
    one, other = " ".join(found.split()), " ".join(expected.split())
    if one == other:
        return "exact"
    one, other = _plain(one), _plain(other)
    if one == other:
        return "typography"
    if other in one:
        return "longer"
    return "shorter" if one in other else "other words"


def _plain(title: str) -> str:
    """The letters, digits and single blanks of a title."""
    seen = "".join(char for char in title if char.isalnum() or char.isspace())
    return " ".join(seen.casefold().split())


def word_f1(found: str, expected: str) -> float:
    """The F1 of two texts as bags of words."""
    unit = r"\w" if _EAST_ASIAN.search(expected) else r"\w+"
    one, other = Counter(re.findall(unit, found)), Counter(re.findall(unit, expected))
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def run(samples: list[Sample]) -> tuple[Topic, list[FetchedPage]]:
    """Poll the sitemap and fetch every page it names."""
    server = serve(samples)
    hosts = {urlsplit(one.url).hostname or "" for one in samples} | {MAP_HOST}
    address = f"127.0.0.1:{server.server_port}"
    source = Source("map", "map", "sitemap", f"http://{MAP_HOST}/sitemap.xml")
    topic = Topic("bench", "bench", "bench", sources=(source,), resolve=tuple((host, address) for host in hosts))
    now, limits = datetime.now(UTC), FetchLimits(host_delay_s=0)
    (poll,) = poll_sources([(source, Validators())], limits, topic, now, lambda _: None)
    print(f"{len(samples)} pages; the sitemap gave {len(poll.items)} ({poll.error or 'no error'}).")
    pending = [PageToFetch(item.url, source.id, item) for item in poll.items]
    pages = fetch_pages(pending, limits, topic, now, lambda _: None)
    server.shutdown()
    return topic, pages


def score_pages(samples: list[Sample], topic: Topic, pages: list[FetchedPage]) -> dict[str, Score]:
    """Clean every page and judge it, by half."""
    by_url = {one.url: one for one in samples}
    scores: dict[str, Score] = {"dev": Score(), "held out": Score()}
    for page in pages:
        sample = by_url[page.url]
        score = scores[sample.half]
        score.counts["pages"] += 1
        try:
            article = clean_page(page, topic, page.at)
        except RejectedInput as error:
            score.faults.append((sample.outlet, f"no article: {error.message}"))
            continue
        score.counts["articles"] += 1
        if sample.expected is not None:
            judge(article, sample, sample.expected, score)
    return scores


def show(scores: dict[str, Score]) -> None:
    """Prints a table with a column a half, and below it what was far off."""
    columns = [
        (
            half,
            share(score.counts["articles"], score.counts["pages"]),
            share(score.titles["exact"], score.counts["judged"]),
            *(score.titles[kind] for kind in TITLE_KINDS),
            f"{share(score.counts['date'], score.counts['dated'])}, unknown {score.counts['date unknown']}",
            f"{statistics.mean(score.bodies):.3f}",
            f"{statistics.median(score.bodies):.3f}",
            share(sum(one < LOW_F1 for one in score.bodies), len(score.bodies)),
        )
        for half, score in scores.items()
    ]
    names = ["pages that gave an article", "title exact", *(f"title: {kind}" for kind in TITLE_KINDS)]
    names += ["day right", "body word F1, mean", "body word F1, median", f"body word F1 under {LOW_F1}"]
    header, *rows = zip(("", *names), *columns, strict=True)
    print(markdown(header, rows) + "\n")
    print(
        markdown(
            ["half", "outlet", "far off"], [(half, *one) for half, score in scores.items() for one in score.faults]
        )
    )


def main(folder: Path) -> int:
    """Measure and print."""
    if not folder.is_dir():
        print(f"{folder} is not there: nothing measured")
        return 0
    print(circumstances() + "\n")
    samples = list(load(folder))
    began = time.monotonic()
    topic, pages = run(samples)
    fetched = time.monotonic()
    scores = score_pages(samples, topic, pages)
    cleaned = time.monotonic()
    print(f"Fetched {len(pages) / (fetched - began):.0f} a second, cleaned {len(pages) / (cleaned - fetched):.1f}.\n")
    show(scores)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
