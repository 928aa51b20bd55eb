"""Digests as files in a folder: `<day>-<digest id>.eml`, `.html`, `.txt`, `.slack.json`, `.json`, and `latest.*`.

A file is whole or not there: written beside its place and renamed over it. Writing it twice gives the same files.
"""

from __future__ import annotations

import json
import os
import re
from datetime import datetime
from pathlib import Path

from alerts.channels.protocol import Outgoing
from alerts.plain import clean
from news.errors import TransportError

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class FileChannel:
    """Writes to one folder, made when it is missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: Outgoing) -> None:
        """Writes every form of the digest; `latest.*` moves on only to a digest that is not older.

        Raises TransportError (to be tried again) when the folder cannot be written.
        """
        folder = self._folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stem = _stem(message)
            forms = _forms(message)
            for ending, content in forms.items():
                _write(folder / f"{stem}.{ending}", content, stem)
            if not _is_older(message, folder / "latest.json"):
                for ending, content in forms.items():
                    _write(folder / f"latest.{ending}", content, stem)
        except (OSError, ValueError) as error:  # ValueError: a folder's name with a NUL in it
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise TransportError(
                f"the digest could not be written to the folder {clean(str(folder))} ({reason})",
                "make the folder writable, free some space, or give the subscriber another folder",
            ) from error


def _forms(message: Outgoing) -> dict[str, bytes]:
    return {
        "eml": message.mail,
        "html": message.html.encode(),
        "txt": message.text.encode(),
        "slack.json": _as_json(message.slack),
        "json": _as_json(message.json),
    }


def _as_json(value: object) -> bytes:
    # ASCII only: evidence is verbatim here, and must not reach a terminal as an escape or a change of direction.
    return (json.dumps(value, ensure_ascii=True, indent=2, sort_keys=False) + "\n").encode("ascii")


def _stem(message: Outgoing) -> str:
    """A name made of the digest's day and id; nothing in them can leave the folder."""
    until = str(message.json.get("until", ""))
    day = until[:10] if _DAY.match(until) else "undated"
    digest_id = _UNSAFE.sub("-", str(message.json.get("digest_id") or message.delivery_id))[:80].strip("-")
    return f"{day}-{digest_id or 'digest'}"


def _is_older(message: Outgoing, latest: Path) -> bool:
    """Whether the digest that is `latest` now ends after this one; a file that cannot be read counts as none."""
    try:
        there = datetime.fromisoformat(json.loads(latest.read_text(encoding="utf-8"))["until"])
        return datetime.fromisoformat(str(message.json["until"])) < there
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _write(path: Path, content: bytes, stem: str) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    # One name for each digest: what a killed run left behind is overwritten by the next, not heaped up.
    beside = path.with_name(f".{path.name}.{stem}.part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
