"""What a new text must be compared with: those of the same words, and those that share rare marks with it.

Asked within a table `newcomers` of the new texts, numbered in their order; marks stand in a table `fresh`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from news.copies import WINDOW, are_twins
from news.outlets import find_by_name
from news.texts import CopyText
from news.topic import Topic
from warehouse.queries import query
from warehouse.transaction import Transaction

MOST_CANDIDATES = 12
FEWEST = 3  # marks in common: of a hundred in an article, two unrelated ones of one field share one or two
POPULAR = 200  # articles; a mark that more of them share is a formula

Likely = dict[str, list[str]]
"""The ids of what each new text must be compared with."""


@contextmanager
def newcomers(tx: Transaction, new: Sequence[CopyText], topic: Topic) -> Iterator[None]:
    """These texts as a table of that name."""
    columns: dict[str, Sequence[object]] = {
        "n": range(len(new)),
        "article_id": [text.article_id for text in new],
        "day": [text.day for text in new],
        "body_hash": [text.body_hash for text in new],
        "credit": [_credited_outlet(text, topic) for text in new],
    }
    with tx.columns("newcomers", columns, {"n": "int32", "day": "int32"}):
        yield


@contextmanager
def marked(tx: Transaction, new: Sequence[CopyText], without: Collection[str] = ()) -> Iterator[None]:
    """The marks of these texts, of all newcomers, as the table `fresh`; of those with the ids in `without` none."""
    marks = [() if text.article_id in without else text.marks for text in new]
    columns: dict[str, Sequence[object]] = {
        "mark": [mark for found in marks for mark in found],
        "n": [n for n, found in enumerate(marks) for _ in found],
    }
    with tx.columns("fresh", columns, {"mark": "uint32", "n": "int32"}):
        yield


def same_words(tx: Transaction, new: Sequence[CopyText]) -> Likely:
    """Those that have the words of a new text to the letter: stored ones, and those before it among the new ones."""
    found = _asked(tx, "same_words", new)
    met: dict[str, list[str]] = defaultdict(list)
    for text in new:
        before = met[text.body_hash]
        if before:
            found[text.article_id] = [*found.get(text.article_id, ()), *before]
        if len(before) < MOST_CANDIDATES:
            before.append(text.article_id)
    return found


def twins(new: Iterable[CopyText], same: Likely, texts: dict[str, CopyText]) -> set[str]:
    """Those of the new texts that are copies to the word, or originals of such: they need no looking for more.

    Whatever is like such a one is like what has its words, and was or will be compared with that.
    """
    return {
        text.article_id
        for text in new
        if any(are_twins(text, texts[one]) for one in same.get(text.article_id, ()) if one in texts)
    }


def alike(tx: Transaction, new: Sequence[CopyText]) -> Likely:
    """Those that share rare marks with a new text: stored ones, and those before it among the new ones."""
    return _asked(tx, "candidates", new)


def joined(one: Likely, other: Likely) -> Likely:
    """What either has."""
    return {key: sorted({*one.get(key, ()), *other.get(key, ())}) for key in {**one, **other}}


def forget_marks(tx: Transaction, ids: Sequence[str]) -> None:
    """Remove the marks of these articles, at whatever version they were made."""
    if ids:
        span = tx.row(query("days_of_articles"), {"ids": list(ids)}) or {}
        tx.run(query("forget_marks"), {"ids": list(ids), **span})


def keep_marks(tx: Transaction, without: Collection[str]) -> None:
    """Store the marks of the newcomers, but of those with these ids."""
    tx.run(
        "INSERT INTO sketches BY NAME SELECT mark, article_id, day FROM fresh JOIN newcomers USING (n) "
        "WHERE article_id NOT IN (SELECT unnest($ids::VARCHAR[]))",
        {"ids": sorted(without)},
    )


def _asked(tx: Transaction, name: str, new: Sequence[CopyText]) -> Likely:
    found: Likely = defaultdict(list)
    days = [text.day for text in new]
    params = {
        "most": MOST_CANDIDATES,
        "popular": POPULAR,
        "fewest": FEWEST,
        "window": WINDOW.days,
        "first": min(days) - WINDOW.days,
        "last": max(days) + WINDOW.days,
    }
    for row in tx.rows(query(name), params):
        found[new[row["n"]].article_id].append(row["article_id"])
    return found


def _credited_outlet(text: CopyText, topic: Topic) -> str:
    # An empty string is no outlet: a column of NULLs alone would have no type.
    if not text.credit:
        return ""
    known = find_by_name(text.credit, topic)
    return known.id if known else text.credit
