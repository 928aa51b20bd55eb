"""Real pages through poll, fetch and clean: how many give an article, how exact its title, date and body are.

    .venv/bin/python bench/pages.py [FOLDER] [--outlets]

FOLDER (default ../shared/data/pages/test_data) holds <country>/<Outlet>_<date>.html.gz, a meta.info per country with
the pages' addresses, and per outlet a JSON of what is expected. The pages are served by a local HTTP server under
their own host names and found through a sitemap, like any outlet's. The body is compared by word F1 (by character in
Chinese and Japanese); a title counts when it is equal but for blanks; a date when it is the same day, give or take a
time zone. `half` splits the outlets by a hash of their name. Titles that differ are told apart by how: in typography
alone (quotation marks, dashes, soft hyphens, invisible characters), longer or shorter than the expected one, or in
other words.

Beside them stand trafilatura, newspaper4k, readability-lxml and goose3 with their defaults on the same bytes, where
`make rivals` has installed them. A page that gives no article counts as an empty one for everybody. `--outlets` prints
the same for each outlet too.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import sys
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from rig.likeness import LOW_F1, TITLE_KINDS, Reading, Score, Tally, judge
from rig.rivals import read_by_rivals
from rig.table import circumstances, markdown, share

from news.article import FetchedPage, PageToFetch, Validators
from news.errors import RejectedInput
from news.topic import Source, Topic
from sources.charset import decode
from sources.cleaning import clean_page
from sources.fetcher import FetchLimits
from sources.pages import fetch_pages
from sources.polling import poll_sources

DEFAULT = Path(__file__).parents[2] / "shared" / "data" / "pages" / "test_data"
MAP_HOST = "sitemap.example"
HALVES = ("dev", "held out")
WORST = 10


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
    scores: dict[str, Score] = {half: Score() for half in HALVES}
    for page in pages:
        sample = by_url[page.url]
        score = scores[sample.half]
        score.counts["pages"] += 1
        try:
            article = clean_page(page, topic, page.at)
        except RejectedInput as error:
            score.faults.append((sample.outlet, f"no article: {error.message}"))
            if sample.expected is not None:  # what is not read is wrong, as it is for the others
                judge(Reading(None, None, None), sample.outlet, sample.expected, score)
            continue
        score.counts["articles"] += 1
        if article.partial:
            score.counts["partial"] += 1
            score.faults.append((sample.outlet, f"called no whole article: {article.partial}"))
        if sample.expected is not None:
            found = Reading(article.title, article.published, article.text, str(article.published_precision))
            judge(found, sample.outlet, sample.expected, score)
    return scores


def score_rivals(samples: list[Sample]) -> Iterator[tuple[str, dict[str, Score]]]:
    """Each other library's scores on the same bytes, decoded for it, by half."""
    judged = list({one.url: one for one in samples if one.expected is not None}.values())
    for name, readings in read_by_rivals([(one.url, decode(one.body, "text/html") or "") for one in judged]):
        scores: dict[str, Score] = {half: Score() for half in HALVES}
        for sample, reading in zip(judged, readings, strict=True):
            judge(reading, sample.outlet, sample.expected or {}, scores[sample.half])
        yield name, scores


def show(scores: dict[str, Score]) -> None:
    """Prints a table with a column a half, and below it what was far off."""
    columns = [
        (
            half,
            share(score.counts["articles"], score.counts["pages"]),
            share(score.counts["partial"], score.counts["pages"]),
            *(score.titles[kind] for kind in TITLE_KINDS),
            score.counts["date unknown"],
            f"{statistics.median(score.bodies):.3f}",
            share(sum(one < LOW_F1 for one in score.bodies), len(score.bodies)),
        )
        for half, score in scores.items()
    ]
    names = ["pages that gave an article", "… called no whole article", *(f"title: {kind}" for kind in TITLE_KINDS)]
    names += ["day unknown", "body word F1, median", f"body word F1 under {LOW_F1}"]
    header, *rows = zip(("", *names), *columns, strict=True)
    print(markdown(header, rows) + "\n")
    faults = [(half, *one) for half, score in scores.items() for one in score.faults]
    print(markdown(["half", "outlet", "far off"], faults) + "\n")
    ranked = sorted((*one[:2], half, one[2]) for half, score in scores.items() for one in score.ranked)
    worst = [(outlet, half, f"{likeness:.3f}", lengths) for likeness, outlet, half, lengths in ranked[:WORST]]
    print(markdown(["the worst bodies", "half", "word F1", ""], worst) + "\n")


def compare(own: dict[str, Score], samples: list[Sample], *, by_outlet: bool) -> None:
    """Prints our row and the rivals', by half; and then for each outlet."""
    rows = [("Volteface", own), *score_rivals(samples)]
    names = ["", *(f"{what}, {half}" for half in HALVES for what in ("title exact", "day right", "body F1, mean"))]
    print(
        markdown(names, [(name, *(cell for half in HALVES for cell in _cells(scores[half]))) for name, scores in rows])
    )
    if len(rows) == 1:
        print("\nThe other libraries are not there (`make rivals` installs them): nothing to compare with.")
    if by_outlet:
        print("\nTitles exact, days right, mean word F1 of the body; none: the data states none.\n")
        lines = [
            (outlet, half, tally.pages, *(_of_outlet(scores[half].outlets[outlet]) for _, scores in rows))
            for half in HALVES
            for outlet, tally in sorted(own[half].outlets.items())
        ]
        print(markdown(["outlet", "half", "pages", *(name for name, _ in rows)], lines))


def _cells(score: Score) -> tuple[str, str, str]:
    titles = share(score.titles["exact"], score.counts["judged"])
    return titles, share(score.counts["date"], score.counts["dated"]), f"{statistics.mean(score.bodies):.4f}"


def _of_outlet(tally: Tally) -> str:
    days = str(tally.days) if tally.dated else "none"
    body = f"{statistics.mean(tally.bodies):.2f}" if tally.bodies else "none"
    return f"{tally.titles} / {days} / {body}"


def main(folder: Path, *, by_outlet: bool) -> int:
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
    compare(scores, samples, by_outlet=by_outlet)
    return 0


if __name__ == "__main__":
    named = [one for one in sys.argv[1:] if not one.startswith("--")]
    sys.exit(main(Path(named[0]) if named else DEFAULT, by_outlet="--outlets" in sys.argv))
