"""Newsletters as a source: a Maildir, or a folder of .eml files; each message in it is an item.

A Maildir's messages are known by the part of their names that never changes (https://cr.yp.to/proto/maildir.html): one
that is moved from `new` to `cur`, or gets another flag, stays the same item.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from news.article import FeedItem
from news.errors import FetchError
from sources.kinds.document import Reading
from sources.kinds.local import address_of, list_below, make_file_item

CONTENT_TYPE = "message/rfc822"
_FOLDERS = ("cur", "new")  # what lies in `tmp` is still being written
_INFO = (":2,", ";2,", "!2,")  # the last two where a file system knows no colon


def list_messages(address: str) -> Reading:
    """The messages of a Maildir, or the .eml files of a folder and its subfolders.

    Raises:
        FetchError: there is no such folder, or it may not be read.
    """
    folder = Path(address)
    if not is_maildir(folder):
        return list_below(address, lambda path: path.name.lower().removesuffix(".gz").endswith(".eml"), make_file_item)
    try:
        names = {_unique(path) for path in _messages(folder)}
    except OSError as error:
        raise FetchError(f"{address} cannot be read ({error.strerror})", "check its permissions") from error
    # Without a time: a message is never changed.
    items = tuple(FeedItem(address_of(folder / "cur" / name)) for name in sorted(names))
    return Reading(items, None if items else "empty folder", windowed=False)


def is_maildir(folder: Path) -> bool:
    """Whether a folder is a Maildir."""
    return all((folder / name).is_dir() for name in _FOLDERS)


def find_message(path: Path) -> Path | None:
    """Where the message of an item lies now, or None when it is gone."""
    if path.is_file():
        return path
    folder = path.parent.parent
    if path.parent.name != "cur" or not is_maildir(folder):
        return None
    usual = (folder / "new" / path.name, *(path.with_name(f"{path.name}:2,{flags}") for flags in ("", "S")))
    return next((one for one in chain(usual, _messages(folder)) if _unique(one) == path.name and one.is_file()), None)


def _messages(folder: Path) -> list[Path]:
    inside = chain.from_iterable((folder / name).iterdir() for name in _FOLDERS)
    return [path for path in inside if not path.name.startswith(".") and not path.is_symlink() and path.is_file()]


def _unique(path: Path) -> str:
    name = path.name
    for mark in _INFO:
        name = name.partition(mark)[0]
    return name
