"""The kinds of source, each read by one module.

A kind that is asked for over the network is a module with a `Reader` and one line in `READERS`; a kind of local files
is a function that lists them and one line in `LISTERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sources.kinds import feed, folder, gdelt, jsonfeed, listing, mail, records, search, sitemap
from sources.kinds.document import Document, Reader, Reading

READERS: Mapping[str, Reader] = {
    "feed": feed.READER,
    "jsonfeed": jsonfeed.READER,
    "sitemap": sitemap.READER,
    "gdelt": gdelt.READER,
    "search": search.READER,
    "listing": listing.READER,
}
"""Kind of source (Source.kind) to the reader of its documents."""

LISTERS: Mapping[str, Callable[[str], Reading]] = {
    "folder": folder.list_files,
    "mail": mail.list_messages,
    "inbox": records.list_inbox,
    "archive": records.list_archive,
}
"""Kind of source to what lists the files at its address."""

__all__ = ["LISTERS", "READERS", "Document", "Reader", "Reading"]
