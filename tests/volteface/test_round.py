"""A whole round against real servers of every bad kind: what is wrong is told, and everything else is done."""

import shutil
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests.places import ROOT, free_port
from tests.volteface.command import DAM, Command

pytestmark = pytest.mark.slow  # each round pays for Prefect

TODAY = datetime.now(UTC)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{}</channel></rss>"""
ITEM = "<item><title>{0}</title><link>http://wire.sarn.example/{0}</link><pubDate>{1}</pubDate></item>"
STORY = f"""<html lang="en"><head><title>Velmora denies filling the reservoir</title>
<meta property="article:published_time" content="{TODAY:%Y-%m-%d}T01:00:00Z"></head><body><article>
<h1>Velmora denies filling the reservoir</h1>
<p>Velmora is not filling the Sarn reservoir, Water Minister Irja Tamm told reporters in Harrowgate this morning.</p>
<p>Ostrany accused Velmora of filling the Sarn reservoir in secret, and asked the River Council for a meeting.</p>
<p>The dam has divided the two countries for years, and no agreement on the water of the river is in sight.</p>
</article></body></html>"""
SOURCES = {
    "good": "feed",
    "empty": "feed",
    "blank": "feed",
    "prose": "feed",
    "broken": "sitemap",
    "missing": "feed",
    "dead": "feed",
}
SOURCE = """
[[sources]]
id = "{name}"
outlet = "sarn-wire"
kind = "{kind}"
address = "http://{host}.sarn.example/{name}"
every = "1m"
unverified = true
"""
MAIL = """
[[subscribers]]
id = "desk"
name = "River desk"
channel = "email"
address = "desk@desk.example"
every = "1m"

[[subscribers]]
id = "shelf"
name = "The shelf"
channel = "file"
address = "{out}"
every = "1m"

[fetch]
resolve = {{ "wire.sarn.example" = "{wire}", "dead.sarn.example" = "{dead}" }}
"""


class Wire(BaseHTTPRequestHandler):
    """A news site with a good story, and beside it whatever else the net has."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """Answers by path; `endless` is a page of 100 MB that nobody ever reads to its end."""
        name = self.path.strip("/")
        names = ("story", "endless", "picture", "blank-page", "gone")
        bodies = {
            "good": FEED.format("".join(ITEM.format(one, f"{TODAY:%a, %d %b %Y} 01:00:00 GMT") for one in names)),
            "empty": FEED.format(""),
            "blank": "",
            "prose": "Dear reader, our feed has moved.",
            "broken": "<urlset><url><loc>http://wire.sarn.example/st",
            "story": STORY,
            "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
            "blank-page": "",
        }
        if name == "endless":
            self._stream()
            return
        body = bodies.get(name, "no")
        body = body if isinstance(body, bytes) else body.encode()
        self.send_response(200 if name in bodies else 404)
        self.send_header("Content-Type", "text/html" if name in {*names} else "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"<p>words " * 111_112)
        except OSError:
            self.close_connection = True

    def log_message(self, *args):
        """Says nothing."""


class Mailbox:
    """Keeps what it is sent; `mute` it is gone before it has answered."""

    def __init__(self, *, mute):
        self.accepted = []
        self.mute = mute

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd calls it so
        """Takes the message, or hangs up without a word."""
        self.accepted.append(message_from_bytes(envelope.content)["Message-ID"])
        if self.mute:
            server.transport.abort()
        return "250 taken"


@pytest.fixture
def post():
    """Opens a real mail server on a port: mute or not."""
    opened = []

    def open_at(port, *, mute=False):
        box = Mailbox(mute=mute)
        opened.append(Controller(box, hostname="127.0.0.1", port=port))
        opened[-1].start()
        return box

    yield open_at
    for one in opened:
        one.stop()


@pytest.fixture(scope="module")
def first(tmp_path_factory, prefect_server):
    """The command after its first round: good and bad sources, a mail server that is not there."""
    folder = tmp_path_factory.mktemp("round")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Wire)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    text = DAM.read_text(encoding="utf-8")
    text = text[: text.index("[[sources]]")]
    for name, kind in SOURCES.items():
        text += SOURCE.format(name=name, kind=kind, host="dead" if name == "dead" else "wire")
    wire = f"127.0.0.1:{server.server_port}"
    text += MAIL.format(out=folder / "shelf", wire=wire, dead=f"127.0.0.1:{free_port()}")
    topic = folder / "topic.toml"
    topic.write_text(text, encoding="utf-8")
    port = free_port()
    command = Command(folder, topic, VOLTEFACE_SMTP=f"smtp://127.0.0.1:{port}?starttls=no")
    command.environment |= {name: value for name, value in prefect_server.items() if name.startswith("PREFECT")}
    command.port = port
    command.done = command("run")
    yield command
    server.shutdown()


@pytest.fixture
def second(first, tmp_path):
    """The command where the first round left it, in a folder of its own."""
    command = Command(tmp_path, first.topic)
    command.environment = first.environment | {"VOLTEFACE_DATA": str(tmp_path / "data")}
    command.warehouse.parent.mkdir()
    shutil.copy(first.warehouse, command.warehouse)
    command.port = first.port
    return command


def test_a_mail_server_that_is_away_is_one_line_and_status_1(first):
    """The message that did not go out is named with server and mend, once; the round ends with 1."""
    assert first.done.status == 1
    told = [line for line in first.done.err.splitlines() if line.startswith("volteface: ")]
    assert len(told) == 1
    assert f"the mail server 127.0.0.1:{first.port} could not be reached" in told[0]
    assert "they stay in the outbox" in told[0]
    assert first.done.err.count("mail server") == 1
    assert "not seen: dead: " in first.done.err


def test_all_else_of_that_round_is_done(first):
    """The article is filed and read, the other subscriber has his digest, the message waits."""
    articles = {row["url"].rpartition("/")[2]: row for row in first("articles", "--json").rows}
    assert articles["story"]["relevance"] > 0.3
    # Of pages that are gone or too large the feed's own words stand.
    assert articles.keys() == {"story", "endless", "gone"}
    assert {row["holder"] for row in first("claims", "--json").rows} >= {"Irja Tamm", "Ostrany"}
    states = {row["subscriber"]: row["state"] for row in first("deliveries", "--json").rows}
    assert states == {"desk": "pending", "shelf": "sent"}
    assert list((first.folder / "shelf").glob("*.eml"))


def test_a_bad_source_is_told_and_stops_nothing(first):
    """Sources that are dead, missing or no feed are named, on stderr too; an empty feed is no failure."""
    rows = {row["source_id"]: row for row in first("sources", "--json").rows}
    assert {name for name, row in rows.items() if row["last_outcome"] == "failed"} >= {"dead", "missing"}
    assert rows["good"]["last_outcome"] == rows["empty"]["last_outcome"] == "items"
    assert rows["good"]["articles"] == 3
    for name in ("blank", "prose", "broken", "missing", "dead"):
        assert rows[name]["error"], name
        assert "traceback" not in rows[name]["error"].lower()


def test_a_page_of_100_mb_from_the_net_is_not_read(first):
    """Of a page too large the feed's headline is filed with the reason; a picture is a reject."""
    query = "select partial from v_provenance where url like '%endless'"
    assert "larger than" in first("query", query).out
    told = {row["given"].rpartition("/")[2]: row for row in first("rejects", "--json").rows}
    assert "binary" in told["picture"]["reason"]
    assert all(row["mend"] for row in told.values())


def test_the_message_goes_out_once_when_the_server_is_there(second, post):
    """At the next round the message goes out, with status 0; at the one after it does not go again."""
    box = post(second.port)
    done = second("run")
    assert done.status == 0, done.err
    assert "not seen: dead: " in done.err
    sent = [row for row in second("deliveries", "--json").rows if row["channel"] == "email"]
    assert {row["state"] for row in sent} == {"sent"}
    assert sorted(row["message_id"] for row in sent) == sorted(box.accepted)
    assert second("run").status == 0
    assert len(set(box.accepted)) == len(box.accepted)
    assert sent[0]["message_id"] in box.accepted


def test_a_message_of_unknown_end_goes_again_only_when_asked(second, post):
    """A server gone before its answer leaves the message unknown; `deliveries resend` sends it, with the same id."""
    mute = post(second.port, mute=True)
    done = second("run")
    assert done.status == 1
    assert "was lost after the message and before its answer" in done.err
    unknown = next(row for row in second("deliveries", "--json").rows if row["state"] == "unknown")
    assert unknown["message_id"] in mute.accepted
    port = free_port()
    box = post(port)
    there = {"VOLTEFACE_SMTP": f"smtp://127.0.0.1:{port}?starttls=no"}
    again = second("deliveries", "resend", unknown["delivery_id"], environment=there)
    assert (again.status, again.out) == (0, "")
    assert box.accepted == [unknown["message_id"]]
    refused = second("deliveries", "resend", unknown["delivery_id"], environment=there)
    assert refused.status == 1
    assert unknown["delivery_id"] in refused.complaint
    assert len(box.accepted) == 1


def test_a_subscriber_without_an_address_costs_the_others_nothing(second, post):
    """A mail subscriber whose variable is not set is named, with status 1; everybody else has his digest."""
    box = post(second.port)
    text = second.topic.read_text(encoding="utf-8").replace(
        "[fetch]",
        """[[subscribers]]
id = "nobody"
name = "Nobody yet"
channel = "email"
address_env = "NOBODYS_ADDRESS"
every = "1m"

[fetch]""",
    )
    second.topic = second.folder / "topic.toml"
    second.topic.write_text(text, encoding="utf-8")
    done = second("run")
    assert done.status == 1
    assert "NOBODYS_ADDRESS is not set" in done.err
    assert len(box.accepted) >= 1


def test_cleaning_processes_end_with_their_parent(tmp_path):
    """The processes that clean pages are gone soon after the round that started them was killed."""
    code = """
        import os, signal, sys
        from datetime import UTC, datetime
        from pathlib import Path
        from flows.cleaning import Cleaner
        from news.article import FeedItem, FetchedPage
        from news.topic_file import load_topic
        if __name__ == "__main__":
            now = datetime.now(UTC)
            item = FeedItem("http://wire.sarn.example/")
            pages = [FetchedPage(item.url, None, item, now, "page", body=b"<p>x") for _ in range(24)]
            cleaner = Cleaner(load_topic(Path(sys.argv[1])))
            cleaner.clean(pages, now)
            print(*cleaner._pool._processes, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        """
    script = tmp_path / "round.py"
    script.write_text("\n".join(line[8:] for line in code.splitlines()), encoding="utf-8")
    killed = subprocess.run(
        [sys.executable, script, DAM], env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    children = killed.stdout.split()
    assert children, killed.stderr
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(alive(pid) for pid in children):
        time.sleep(0.05)
    assert not [pid for pid in children if alive(pid)]


def alive(pid):
    """Whether a process runs (one that has ended and waits for its parent does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
