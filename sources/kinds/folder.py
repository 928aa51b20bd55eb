"""A folder of files as a source: each HTML or text file in it is an item, addressed as file://."""

from __future__ import annotations

from pathlib import Path

from sources.kinds.document import Reading
from sources.kinds.local import list_below, make_file_item

ENDINGS = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".txt": "text/plain",
}
"""Endings of the files that are read (each also with .gz) and the content type they stand for."""


def list_files(address: str) -> Reading:
    """The HTML and text files of a folder and its subfolders.

    Raises:
        FetchError: there is no such folder, or it may not be read.
    """
    return list_below(address, lambda path: content_type(path) is not None, make_file_item)


def content_type(path: Path) -> str | None:
    """The content type that a file's name stands for, or None for a file that is not read."""
    name = path.name.lower().removesuffix(".gz")
    return ENDINGS.get(Path(name).suffix)
