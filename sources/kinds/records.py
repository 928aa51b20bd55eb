"""Files that hold articles of any kind, read as an import reads them: an inbox, and an archive.

An inbox names every file in it, so that what cannot be read is rejected by name; an archive is a file, or a tree in
which only the kinds that are read count. Files are left where they are; one that has not changed is not read again.
"""

from __future__ import annotations

from pathlib import Path

from news.errors import FetchError
from sources.files import find_kind
from sources.kinds.document import Reading
from sources.kinds.local import list_below, make_records_item

RECORD_KINDS = ("inbox", "archive")
"""Kinds of source whose files are read record by record when they are filed."""


def list_inbox(address: str) -> Reading:
    """Every file that people dropped into a folder or its subfolders.

    Raises:
        FetchError: there is no such folder, or it may not be read.
    """
    return list_below(address, lambda _: True, make_records_item)


def list_archive(address: str) -> Reading:
    """The file itself, or the files of a folder and its subfolders that are of a kind that is read.

    Raises:
        FetchError: there is no such file or folder, or it may not be read.
    """
    path = Path(address)
    try:
        if path.is_file():
            return Reading((make_records_item(path),), windowed=False)
    except OSError as error:
        raise FetchError(f"{address} cannot be read ({error.strerror})", "check its permissions") from error
    return list_below(address, lambda one: find_kind(one) is not None, make_records_item)
