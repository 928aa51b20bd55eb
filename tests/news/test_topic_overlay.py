"""Overlays: a file of outlets, sources, subscribers and fetch rules laid over a topic."""

from __future__ import annotations

from pathlib import Path

import pytest

from news.errors import ConfigurationError, TopicError
from news.topic_file import load_topic, with_overlay

UNRELATED = Path(__file__).parents[1] / "topics" / "dam-dispute.toml"

OVERLAY = """\
[[outlets]]
id = "local"
name = "Local Paper"
hosts = ["paper.example"]
voice = "ostrany"

[[sources]]
id = "local-feed"
outlet = "local"
kind = "feed"
address = "http://paper.example/rss"

[[subscribers]]
id = "me"
name = "Me"
channel = "file"
address = "{out}/digests"
propositions = ["council-mediates"]

[fetch]
resolve = { "paper.example" = "127.0.0.1:{port}" }
"""


def lay(tmp_path: Path, text: str, **values: str) -> object:
    path = tmp_path / "overlay.toml"
    path.write_text(text, "utf-8")
    return with_overlay(load_topic(UNRELATED), path, values)


def test_overlay_replaces(tmp_path: Path) -> None:
    """Outlets, sources, subscribers and fetch rules are the overlay's, all else the topic's; `{name}` is filled in."""
    plain, topic = load_topic(UNRELATED), lay(tmp_path, OVERLAY, out="o", port="8123")
    assert [one.id for one in topic.outlets] == ["local"]
    assert [one.id for one in topic.sources] == ["local-feed"]
    assert topic.subscribers[0].address == "o/digests"
    assert topic.resolve == (("paper.example", "127.0.0.1:8123"),)
    assert (topic.id, topic.path, topic.entities) == (plain.id, plain.path, plain.entities)
    assert topic.propositions == plain.propositions


def test_overlay_keeps_what_it_leaves_out(tmp_path: Path) -> None:
    """An overlay of subscribers alone changes nothing else."""
    plain = load_topic(UNRELATED)
    topic = lay(tmp_path, '[[subscribers]]\nid = "me"\nname = "Me"\nchannel = "file"\naddress = "x"\n')
    assert topic.sources == plain.sources
    assert topic.outlets == plain.outlets
    assert [one.id for one in topic.subscribers] == ["me"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (OVERLAY.replace("council-mediates", "nothing"), 18, "no proposition has the id"),
        (OVERLAY.replace('voice = "ostrany"', 'voice = "nowhere"'), 5, "no entity has the id"),
        (OVERLAY.replace("{port}", "{prot}"), 21, "no value is given for {prot}"),
        (OVERLAY + '[[entities]]\nid = "x"\n', 22, "unknown key"),
        ('[[outlets]]\nid = "x"\nname = "X"\n', 1, "need outlets left out here"),
    ],
    ids=["proposition", "voice", "placeholder", "entities", "strays"],
)
def test_overlay_is_validated(tmp_path: Path, text: str, line: int, message: str) -> None:
    """What is wrong in an overlay is reported with the overlay's name, the line and the mend, as in a topic file."""
    with pytest.raises(TopicError) as caught:
        lay(tmp_path, text, out="o", port="80")
    assert caught.value.path.endswith("overlay.toml")
    assert any(one.line == line and message in one.message for one in caught.value.problems), caught.value


def test_missing_overlay(tmp_path: Path) -> None:
    """A missing overlay is an error of configuration that names it."""
    with pytest.raises(ConfigurationError, match=r"none\.toml"):
        with_overlay(load_topic(UNRELATED), tmp_path / "none.toml", {})
