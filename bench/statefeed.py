"""A real feed's polls, replayed: what was new, revised, unchanged and missed, against a direct count.

    .venv/bin/python bench/statefeed.py [FOLDER]

FOLDER (default ../shared/data/statefeed/snapshots) holds one ministry's RSS feed as it was polled, a file a poll, named
by the time of the poll. They are served over loopback by a server that answers 304 when the bytes are the same, and
polled by the real stage at those times, on a simulated clock, into a temporary warehouse. The direct count reads the
snapshots' XML by itself, knows nothing of the warehouse, and must come to the same numbers exactly. Then again with
polls left out, so that at times nothing listed then is listed now: exactly those looks must be told as gaps. Exit
status 1 when anything differs. An item is revised when its words, dates or author are others; a change of its markup
alone (the feed has one) is none.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from lxml import etree, html
from rig.desk import SHARED, temporary_desk
from rig.table import circumstances, markdown

from flows import stages
from news.topic import Source, Topic
from news.topic_file import load_topic
from volteface.options import DEFAULT_TOPIC

DEFAULT = SHARED / "data" / "statefeed" / "snapshots"
HOST = "ministry.example"
LEFT_OUT = (1, 4, 8, 10, 12, 16, 24)
"""Every snapshot, then one in so many: the more are left out, the less two looks have in common."""

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One poll as it was: its time and the bytes that came."""

    at: datetime
    body: bytes


@dataclass(frozen=True, slots=True)
class Count:
    """What the looks of one sequence came to; `gaps` are the times of the looks that found one."""

    new: int
    revised: int
    unchanged: int
    same_bytes: int
    gaps: tuple[datetime, ...]


def load(folder: Path) -> list[Snapshot]:
    """Every snapshot, in the order of its polls."""
    found = []
    for path in sorted(folder.glob("*.xml.gz")):
        at = datetime.strptime(path.name.partition(".")[0], "%Y-%m-%dT%H%M%S").replace(tzinfo=UTC)
        found.append(Snapshot(at, gzip.decompress(path.read_bytes())))
    return found


def read_items(body: bytes) -> dict[str, tuple[str, ...]]:
    """What a snapshot says of each address, straight from its XML: the words, without their markup."""
    items = {}
    for item in etree.fromstring(body).iter("item"):
        said = [item.findtext(name) or "" for name in ("title", "pubDate", "description", _CONTENT, _CREATOR)]
        items[(item.findtext("link") or "").strip()] = tuple(map(read_words, said))
    return items


def read_words(markup: str) -> str:
    """The words of a piece of HTML, a blank between two."""
    words = html.fromstring(f"<div>{markup}</div>").itertext()
    return " ".join(" ".join(words).split())


def count_directly(snapshots: Sequence[Snapshot]) -> Count:
    """The counts from the snapshots alone."""
    known: dict[str, tuple[str, ...]] = {}
    last: set[str] = set()
    body, counts, gaps = b"", [0, 0, 0, 0], []
    for one in snapshots:
        if one.body == body:
            counts[3] += 1
            continue
        items = read_items(one.body)
        counts[0] += len(items.keys() - known.keys())
        counts[1] += sum(known[key] != said for key, said in items.items() if key in known)
        counts[2] += sum(known[key] == said for key, said in items.items() if key in known)
        if last and not items.keys() & last:
            gaps.append(one.at)
        known, last, body = known | items, set(items), one.body
    return Count(*counts, tuple(gaps))


class FeedServer:
    """Serves one snapshot at a time, with an ETag, and 304 for whoever has it already."""

    def __init__(self) -> None:
        self.body = b""
        self.requests = 0
        feed = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                tag = f'"{hashlib.sha256(feed.body).hexdigest()[:16]}"'
                if self.path == "/robots.txt":
                    self._answer(404, b"", {})
                    return
                feed.requests += 1
                known = self.headers.get("If-None-Match") == tag
                self._answer(304 if known else 200, b"" if known else feed.body, {"ETag": tag})

            def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
                self.send_response(status)
                for name, value in {**headers, "Content-Type": "application/rss+xml"}.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"127.0.0.1:{self.server.server_port}"


def count_by_polls(snapshots: Sequence[Snapshot], server: FeedServer) -> tuple[Count, int]:
    """The counts that the real polls write down, and the requests they took."""
    # Due at every look: this is about what a look sees, not about when to look.
    source = Source("ministry", "ministry", "feed", f"http://{HOST}/feed", *(timedelta(seconds=1),) * 3)
    topic: Topic = replace(load_topic(DEFAULT_TOPIC), sources=(source,), resolve=((HOST, server.address),))
    server.requests = 0
    with temporary_desk(topic) as desk:
        desk.patience = False
        for one in snapshots:
            server.body = one.body
            stages.poll(desk, one.at)
        with desk.warehouse.reading() as tx:
            row = tx.row(
                "SELECT sum(new_items)::INTEGER AS new, sum(revised_items)::INTEGER AS revised,"
                " sum(unchanged_items)::INTEGER AS unchanged,"
                " (count(*) FILTER (WHERE outcome = 'unchanged'))::INTEGER AS same_bytes FROM polls"
            )
            gaps = tx.rows("SELECT polled_at FROM polls WHERE gap_since IS NOT NULL ORDER BY 1")
            told = tx.rows(
                "SELECT count(DISTINCT finding_id) AS told FROM findings WHERE sentence LIKE '%may have been%'"
            )
    assert told[0]["told"] == len(gaps), "every gap is a finding"
    return Count(**(row or {}), gaps=tuple(gap["polled_at"] for gap in gaps)), server.requests


def measure(snapshots: Sequence[Snapshot]) -> Iterator[tuple[int, int, Count, Count, int]]:
    """For each density of polls: the step, the polls, both counts, and the requests taken."""
    server = FeedServer()
    for step in LEFT_OUT:
        chosen = snapshots[::step]
        counted, requests = count_by_polls(chosen, server)
        yield step, len(chosen), counted, count_directly(chosen), requests
    server.server.shutdown()


def main(folder: Path) -> int:
    """Measure and print; 1 when the polls and the direct count differ anywhere."""
    if not folder.is_dir():
        print(f"{folder} is not there: nothing measured")
        return 0
    print(circumstances() + "\n")
    rows, differ = [], False
    for step, polls, counted, direct, requests in measure(load(folder)):
        differ = differ or counted != direct
        sides = (
            (getattr(counted, name), getattr(direct, name)) for name in ("new", "revised", "unchanged", "same_bytes")
        )
        rows.append(
            (
                "every poll" if step == 1 else f"one poll in {step}",
                f"{polls} ({requests} requests)",
                *(f"{one} / {other}" for one, other in sides),
                f"{len(counted.gaps)} / {len(direct.gaps)}",
                "yes" if counted == direct else "NO",
            )
        )
    header = ["", "polls", "new", "revised", "unchanged", "same bytes", "gaps", "equal, times of gaps too"]
    print(markdown(header, rows))
    print("\nEach cell: by the polls / by direct count.")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
