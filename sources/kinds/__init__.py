"""The kinds of document a source can be, each read by one module from bytes to items.

A new kind is a module with a `Reader` and one line in `READERS`. Folders of files are polled without a network and
stand beside the registry (`sources.kinds.folder`).
"""

from __future__ import annotations

from collections.abc import Mapping

from sources.kinds import feed, jsonfeed, sitemap
from sources.kinds.document import Document, Reader, Reading

READERS: Mapping[str, Reader] = {"feed": feed.READER, "jsonfeed": jsonfeed.READER, "sitemap": sitemap.READER}
"""Kind of source (Source.kind) to the reader of its documents."""

__all__ = ["READERS", "Document", "Reader", "Reading"]
