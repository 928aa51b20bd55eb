"""Files of this machine as items of a source: found below its folder, addressed as file://, never outside of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from news.article import FeedItem
from news.errors import FetchError
from sources.kinds.document import Reading

MOST_FILES = 100_000
"""Files taken from one folder, the first by path."""


def list_below(address: str, takes: Callable[[Path], bool], make: Callable[[Path], FeedItem]) -> Reading:
    """The files of a folder and its subfolders that it `takes`, sorted by path.

    Hidden files and links are passed over: a link could lead out of the folder that was given, or round in a ring. A
    subfolder that may not be read is named, and costs only its own files.

    Raises:
        FetchError: there is no such folder, or it may not be read.
    """
    closed: list[str] = []
    try:
        if not Path(address).is_dir():
            raise FetchError(f"{address} is no folder", "correct the source's address")
        found = sorted(path for path in _walk(Path(address), closed) if takes(path))
    except OSError as error:
        raise FetchError(f"{address} cannot be read ({error.strerror})", "check its permissions") from error
    faults = [f"{len(closed)} subfolders cannot be read, {closed[0]} for one"] if closed else []
    if len(found) > MOST_FILES:
        faults.append(f"{len(found)} files, only the first {MOST_FILES} taken")
    items = tuple(_make_all(found[:MOST_FILES], make))
    if not items and not faults:
        faults = ["empty folder"]
    return Reading(items, "; ".join(faults) or None, windowed=False)


def make_file_item(path: Path) -> FeedItem:
    """A file as an item: `updated` is when it was last written, in whole seconds."""
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0)
    return FeedItem(url=address_of(path), updated=written)


def make_records_item(path: Path) -> FeedItem:
    """A file of many articles as an item: another size or time of writing is another state of it."""
    stat = path.stat()
    written = datetime.fromtimestamp(stat.st_mtime, UTC)
    return FeedItem(url=address_of(path), title=f"{_shown(path)}, {stat.st_size:,} bytes", updated=written)


def fingerprint(items: Iterable[FeedItem]) -> str:
    """A value that is equal for equal listings: it serves as the folder's ETag."""
    listing = "\n".join(f"{item.url} {item.title or ''} {item.updated}" for item in items)
    return "folder:" + hashlib.sha256(listing.encode("utf-8", "surrogateescape")).hexdigest()


def address_of(path: Path) -> str:
    """The file:// address of a file, whatever bytes are in its name."""
    return path.resolve().as_uri()


def locate(url: str) -> Path:
    """The path that a file:// address stands for."""
    return Path(os.fsdecode(unquote_to_bytes(urlsplit(url).path)))


def is_below(path: Path, address: str) -> bool:
    """Whether a path, links followed, is the source's own file or lies below its folder."""
    return path.resolve().is_relative_to(Path(address).resolve())


def _walk(folder: Path, closed: list[str]) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        inside = waiting.pop()
        try:
            entries = list(inside.iterdir())
        except OSError:
            if inside == folder:
                raise
            closed.append(_shown(inside))
            continue
        for path in entries:
            if path.name.startswith(".") or path.is_symlink():
                continue
            if path.is_dir():
                waiting.append(path)
            elif path.is_file():
                yield path


def _make_all(paths: Iterable[Path], make: Callable[[Path], FeedItem]) -> Iterator[FeedItem]:
    for path in paths:
        try:
            yield make(path)
        except OSError:
            continue  # taken away between the listing and the look


def _shown(path: Path) -> str:
    """A file's name that can be stored and printed, whatever bytes are in it."""
    return "".join(one if one.isprintable() else "\ufffd" for one in path.name)[:200]
