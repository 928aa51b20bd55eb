"""Strings that break programs, from a polled feed to the reader's terminal, mail and Slack: kept, and harmless."""

import json
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

import pytest
from lxml import html

from flows import intake, stages
from flows.comparing import compare_claims
from flows.desk import Desk
from flows.setting import Settings
from news.topic import Source
from news.topic_file import load_topic
from sources.fetcher import FetchLimits
from tests.places import ROOT
from tests.sources.conftest import Site
from tests.volteface.command import DAM
from volteface import cli
from warehouse.store import Warehouse

NOW = datetime(2024, 10, 24, 12, 0, tzinfo=UTC)
LISTED = ROOT.parent / "shared" / "data" / "hostile" / "blns.txt"
OWN = (
    *("NULL", "undefined", "0", "-1", "1e308", "NaN", "true", ",./;'[]\\-=", '<>?:"{}|_+', "!@#$%^&*()`~"),
    *("\x1b[31mred\x1b[0m", "\x9b2J", "\x07bell", "\u202egnol\u202c", "\u2066x\u2069", "\ufeffmark", "\u200bthin"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>", "&lt;b&gt;", "]]>"),
    *("'; DROP TABLE articles; --", "1' OR '1'='1", "%s%d%n{0}{x!r}", "$(touch /tmp/x)", "`id`", "${jndi:ldap://x}"),
    *("../../../etc/passwd", "C:\\nul", "=cmd|'/C calc'!A0", "<!channel> <@U1> <http://x.test|click>", "*b* _i_ ~s~"),
    *("Z\u0351\u036a\u036fa\u0344\u0365l\u034dg\u0348", "\u7530\u4e2d\u3055\u3093", "\u0627\u0644\u0644\u063a"),
    *("\U0001f468\u200d\U0001f469\u200d\U0001f466", "\ud7ff\ue000\uffff", "a" * 5000, "Subject: x\r\nBcc: a@b.test"),
)  # fmt: skip
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def strings():
    """Our own, and where it is at hand the Big List of Naughty Strings."""
    listed = LISTED.read_text(encoding="utf-8").split("\n") if LISTED.is_file() else []
    return [*OWN, *(line for line in listed if line.strip() and not line.startswith("#"))]


def legal(text):
    """A string as XML can hold it: the characters that it forbids are left out."""
    return escape("".join(char for char in text if char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff")))


def page(number, text):
    words = " ".join(f"word{number * 41 + at}" for at in range(40))
    return (
        f"<html><head><meta charset=utf-8><title>{escape(text)}</title></head><body><article><h1>{escape(text)}</h1>"
        f"<p>“Velmora is filling the Sarn reservoir {escape(text[:200])},” Water Minister Irja Tamm said.</p>"
        f"<p>The dam of Harrowgate is about {words}.</p></article></body></html>"
    )


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory):
    """The folder of a warehouse into which a feed of all the strings was polled, fetched, filed, read and compared."""
    given = strings()
    site = Site()
    items = "".join(
        f"<item><title>{legal(text)}</title><link>http://gull.test/{number}</link><description>{legal(text)}"
        f"</description><author>{legal(text)}</author><pubDate>{format_datetime(NOW)}</pubDate></item>"
        for number, text in enumerate(given)
    )
    site.page("/feed", f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>', "text/xml")
    for number, text in enumerate(given):
        site.page(f"/{number}", page(number, text).encode("utf-8", "replace"))
    topic = load_topic(DAM)
    sources = (Source("gull", "gull", "feed", "http://gull.test/feed"),)
    folder = tmp_path_factory.mktemp("naughty")
    warehouse = Warehouse.open(folder / "sarn-dam.duckdb", topic.id, topic.path)
    topic = replace(topic, sources=sources, resolve=(("gull.test", site.address),))
    desk = Desk(topic, warehouse, Settings(), FetchLimits(host_delay_s=0), patience=False)
    assert stages.poll(desk, NOW) == len(given)
    assert intake.take_in(desk, NOW).fetched == len(given)
    stages.read(desk, NOW)
    compare_claims(desk, NOW)
    site.server.shutdown()
    site.server.server_close()
    return folder


@pytest.fixture
def volteface(taken_in, monkeypatch, capsys):
    """Runs a command over that warehouse, as `main` does; gives what it says on stdout."""
    monkeypatch.setenv("VOLTEFACE_DATA", str(taken_in))

    def run(name, *words):
        monkeypatch.setattr(sys, "argv", ["volteface", name, "--topic", str(DAM), *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        assert ended.value.code == 0, told.err
        return told.out

    return run


def test_nothing_is_lost(volteface):
    """Every item is an article or a named reject; every claim's evidence is what stands at its offsets."""
    articles = [json.loads(line) for line in volteface("articles", "--json", "--text").split("\n") if line]
    rejects = [json.loads(line) for line in volteface("rejects", "--json").split("\n") if line]
    named = {one["url"] for one in articles} | {one["given"] for one in rejects}
    assert named == {f"http://gull.test/{number}" for number in range(len(strings()))}
    assert len(articles) > 0.9 * len(named)
    texts = {one["article_id"]: one["text"] for one in articles}
    claims = [json.loads(line) for line in volteface("claims", "--json").split("\n") if line]
    assert len(claims) > 0.5 * len(articles)
    assert all(one["evidence"] == texts[one["article_id"]][one["start"] : one["end"]] for one in claims)


@pytest.mark.parametrize("name", ["articles", "claims", "findings", "rejects", "revisions", "sources"])
def test_a_terminal_shows_no_control_characters(volteface, name):
    """Lists hold nothing that moves a cursor, rings a bell or turns the writing round, nor a column of a page's."""
    said = volteface(name)
    assert HIDDEN.findall(said) == []
    assert len({line.count("\t") for line in said.split("\n") if line}) <= 1


def test_a_mail_shows_text_only(volteface):
    """The digest's HTML has no element, attribute or address that a page brought along."""
    tree = html.fromstring(volteface("digest", "--since", "2024-01-01", "--format", "html"))
    assert [node.tag for node in tree.iter("script", "img", "svg", "iframe", "object", "form")] == []
    names = {name for node in tree.iter(html.etree.Element) for name in node.keys()}  # noqa: SIM118 - no mapping
    assert not {name for name in names if name.startswith("on")}
    assert {link.partition(":")[0] for link in tree.xpath("//a/@href")} <= {"http", "https", "mailto", "#"}


def test_slack_notifies_nobody(volteface):
    """The digest for Slack has no mention and no link of a page's making."""
    said = volteface("digest", "--since", "2024-01-01", "--format", "slack")
    json.loads(said)
    assert "<!channel>" not in said
    assert "<@U1>" not in said
    assert "<http://x.test" not in said
