"""A folder of files as a source: each HTML or text file in it is an item, addressed as file://."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from news.article import FeedItem
from news.errors import FetchError

ENDINGS = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".txt": "text/plain",
}
"""Endings of the files that are read (each also with .gz) and the content type they stand for."""

_MOST_FILES = 10_000


def list_files(address: str) -> tuple[FeedItem, ...]:
    """The files of a folder and its subfolders, sorted by path; `updated` is when each was last written.

    Raises:
        FetchError: there is no such folder, or it may not be read.
    """
    folder = Path(address)
    try:
        if not folder.is_dir():
            raise FetchError(f"{address} is no folder", "correct the source's address")
        items = [_make_item(path) for path in sorted(_walk(folder))[:_MOST_FILES]]
    except OSError as error:
        raise FetchError(f"{address} cannot be read ({error.strerror})", "check its permissions") from error
    return tuple(items)


def fingerprint(items: tuple[FeedItem, ...]) -> str:
    """A value that is equal for equal listings: it serves as the folder's ETag."""
    listing = "\n".join(f"{item.url} {item.updated}" for item in items)
    return "folder:" + hashlib.sha256(listing.encode("utf-8", "surrogateescape")).hexdigest()


def content_type(path: Path) -> str | None:
    """The content type that a file's name stands for, or None for a file that is not read."""
    name = path.name.lower().removesuffix(".gz")
    return ENDINGS.get(Path(name).suffix)


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith(".") or path.is_symlink():
            continue  # a link could lead out of the folder that was given
        if path.is_dir():
            yield from _walk(path)
        elif path.is_file() and content_type(path) is not None:
            yield path


def _make_item(path: Path) -> FeedItem:
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0)
    return FeedItem(url=path.resolve().as_uri(), updated=written)
