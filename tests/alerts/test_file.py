"""Digests as files."""

import json
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from alerts.channels.file import FileChannel
from news.errors import TransportError

ENDINGS = ("eml", "html", "txt", "slack.json", "json")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_every_form_is_written_and_is_the_latest(outgoing, tmp_path):
    """A folder gets the digest in five forms under its day and id, and the same as `latest`."""
    folder = tmp_path / "out" / "digests"
    FileChannel(folder).send(outgoing)
    digest_id = outgoing.json["digest_id"]
    assert names(folder) == sorted(
        [f"2024-10-24-{digest_id}.{ending}" for ending in ENDINGS] + [f"latest.{ending}" for ending in ENDINGS]
    )
    assert (folder / "latest.txt").read_text(encoding="utf-8") == outgoing.text
    assert json.loads((folder / "latest.json").read_text(encoding="ascii")) == outgoing.json
    mail = message_from_bytes((folder / "latest.eml").read_bytes(), policy=default)
    assert mail["Subject"] == outgoing.subject


def test_sending_twice_changes_nothing(outgoing, tmp_path):
    """The same digest written again leaves the very same files."""
    FileChannel(tmp_path).send(outgoing)
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.iterdir()}
    FileChannel(tmp_path).send(outgoing)
    assert {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.iterdir()} == before


def test_what_a_killed_run_left_is_written_over(outgoing, tmp_path):
    """Half a file left beside its place is neither taken for the digest nor heaped up."""
    (tmp_path / f".latest.txt.2024-10-24-{outgoing.json['digest_id']}.part").write_text("half", encoding="utf-8")
    FileChannel(tmp_path).send(outgoing)
    assert not [name for name in names(tmp_path) if name.startswith(".")]
    assert (tmp_path / "latest.txt").read_text(encoding="utf-8") == outgoing.text


def test_an_older_digest_sent_again_is_not_the_latest(outgoing, tmp_path, world):
    """`latest` never goes back in time, and a damaged one does not stop it."""
    older = replace(
        outgoing,
        text="old",
        json={**outgoing.json, "digest_id": "dig_old", "until": (world["until"] - timedelta(days=1)).isoformat()},
    )
    (tmp_path / "latest.json").write_bytes(b"\xff{")
    FileChannel(tmp_path).send(outgoing)
    FileChannel(tmp_path).send(older)
    assert (tmp_path / "2024-10-23-dig_old.txt").read_text(encoding="utf-8") == "old"
    assert (tmp_path / "latest.txt").read_text(encoding="utf-8") == outgoing.text


def test_no_name_leaves_the_folder(outgoing, tmp_path):
    """An id with a path in it makes an odd name, not a file elsewhere."""
    folder = tmp_path / "in"
    FileChannel(folder).send(replace(outgoing, json={"digest_id": "../../etc/x\x00", "until": "../2024"}))
    assert names(tmp_path) == ["in"]
    assert "undated-etc-x.txt" in names(folder)


def test_a_folder_that_cannot_be_written_is_named(outgoing, tmp_path):
    """A file where the folder should be is one clear line, and the digest may be tried again."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(TransportError, match="taken") as caught:
        FileChannel(tmp_path / "taken").send(outgoing)
    assert (caught.value.permanent, caught.value.unknown) == (False, False)
    assert caught.value.mend
