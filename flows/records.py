"""Files of many articles, read record by record, a batch in memory at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from news.article import CleanArticle, FetchedPage, Reject
from news.topic import Topic
from sources.imports import read_imports
from sources.kinds.local import locate

BATCH = 200


def record_batches(files: Sequence[FetchedPage], topic: Topic, now: datetime) -> Iterator[list[CleanArticle | Reject]]:
    """The articles and rejects of files that were fetched as `records`, in batches.

    A file is read from its beginning each time: what was filed before is known by its address and changes nothing.
    """
    return batches((one for file in files for one in _read(file, topic, now)), BATCH)


def _read(file: FetchedPage, topic: Topic, now: datetime) -> Iterator[CleanArticle | Reject]:
    source = next((one for one in topic.sources if one.id == file.source_id), None)
    for one in read_imports([locate(file.url)], mapping={}, topic=topic, now=now):
        if isinstance(one, CleanArticle):
            # The source's outlet stands in where the record names none.
            outlet = one.outlet or (source.outlet if source else None)
            yield replace(one, source_id=file.source_id, outlet=outlet, lang=one.lang or file.item.lang)
        else:
            yield one


def batches(rows: Iterable[CleanArticle | Reject], size: int) -> Iterator[list[CleanArticle | Reject]]:
    """The rows in lists of `size`, the last one shorter."""
    rest = iter(rows)
    while batch := list(islice(rest, size)):
        yield batch
