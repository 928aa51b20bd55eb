"""Folding copies: find what a new article could be a copy of, let the rules of `news.copies` judge, keep the verdicts.

    marks ──join in DuckDB──▶ candidates ──judge──▶ copy of which root original ──▶ a row in `copies`

A copy always names the root: an article that is no copy itself. A page that turns out to be older than the original
we had takes its place, and that one and all its copies become copies of it. A page that is one text with two originals
joins them, so that the order of filing decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from news.article import Precision, without
from news.copies import WINDOW, CopyKind, CopyVerdict, binds, closeness, is_before, judge, liken, rank
from news.filing import credit_of, names_of
from news.in_common import in_common
from news.outlets import find_by_name
from news.texts import CopyText
from news.topic import Topic
from warehouse.encoding import exclusions_of, packed
from warehouse.queries import query
from warehouse.revisions import first_seen
from warehouse.transaction import Row, Transaction

MOST_CANDIDATES = 12
FEWEST = 3  # marks in common: of a hundred in an article, two unrelated ones of one field share one or two
POPULAR = 200  # articles; a mark that more of them share is a formula


@dataclass(frozen=True, slots=True)
class Folded:
    """What folding came to: the copies among the new articles, and older originals that turned out to be copies."""

    copies: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()


@dataclass
class _Verdicts:
    """The state of who is whose copy, as it stands in the middle of a batch."""

    version: dict[str, int] = field(default_factory=dict)
    original: dict[str, str | None] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    held: dict[str, tuple[str, float]] = field(default_factory=dict)  # kind and score, of those that are copies
    verbatim: set[str] = field(default_factory=set)  # copies of this batch whose marks are those of another

    def root(self, article_id: str) -> str:
        """The original that an article leads to: itself, when it is one."""
        return self.original.get(article_id) or article_id

    def copies_of(self, original_id: str) -> list[str]:
        """All that are held for copies of it."""
        return sorted(one for one, original in self.original.items() if original == original_id)

    def fold(
        self,
        article_id: str,
        original_id: str,
        verdict: CopyVerdict,
        now: datetime,
        shared: dict[str, Any] | None = None,
    ) -> None:
        """Hold one for a copy of the other from now on; `shared` is what they have in common, where that is known."""
        self.original[article_id] = original_id
        self.held[article_id] = verdict.kind.value, verdict.score
        self.rows[article_id] = {
            "article_id": article_id,
            "version": self.version.get(article_id, 0) + 1,
            "recorded_at": now,
            "original_id": original_id,
            "kind": verdict.kind.value,
            "score": float(verdict.score),
            "evidence": packed(verdict.evidence | ({"shared": shared} if shared else {})),
        }


def fold(tx: Transaction, new: Sequence[CopyText], now: datetime, topic: Topic) -> Folded:
    """Judge new articles (filed already) against the stored ones and each other, in order; keep what was found."""
    if not new:
        return Folded()
    with _marked(tx, "fresh", new):
        folded, verbatim = _fold(tx, new, now, topic)
        # Verbatim copies leave no marks: a story printed a hundred times would make its own words look like a formula.
        # Changed ones do: what was taken from them may share too little with their original.
        tx.run(
            "INSERT INTO sketches BY NAME SELECT * FROM fresh WHERE article_id NOT IN (SELECT unnest($ids::VARCHAR[]))",
            {"ids": sorted(verbatim)},
        )
    return folded


def _fold(tx: Transaction, new: Sequence[CopyText], now: datetime, topic: Topic) -> tuple[Folded, set[str]]:
    """What folding came to, and which of the new ones are copies to the word."""
    candidates = _candidates(tx, new, topic)
    fresh = {text.article_id: text for text in new}
    others = {one for found in candidates.values() for one in found} - fresh.keys()
    verdicts = _verdicts(tx, sorted(others | fresh.keys()))
    roots = {verdicts.root(one) for one in others}
    texts = {**_texts(tx, sorted(others | roots), topic), **fresh}
    waiting = set(fresh)
    turned: list[str] = []
    for text in new:
        waiting.discard(text.article_id)
        near = [texts[one] for one in candidates.get(text.article_id, ()) if one in texts and one not in waiting]
        turned += _place(text, near, texts, verdicts, now)
    tx.insert("copies", list(verdicts.rows.values()))
    copies = tuple(text.article_id for text in new if verdicts.original.get(text.article_id))
    return Folded(copies, tuple(one for one in turned if one not in fresh)), verdicts.verbatim


def _place(
    text: CopyText, near: Sequence[CopyText], texts: dict[str, CopyText], verdicts: _Verdicts, now: datetime
) -> list[str]:
    """Hold the text for a copy, for an original, or for the older original of what we had; gives who lost its place.

    A text that is one with members of two groups shows them to be one group: whichever of the three came first would
    have had the others as its copies.
    """
    found = rank(text, near)
    _take_over(text, found, texts, verdicts, now)
    kin = _kin(text, found, texts, verdicts)
    if not kin:
        return []
    like, verdict = kin[0]
    roots = _roots(kin, texts, verdicts)
    first = text
    for root in roots:
        first = first if is_before(first, root) else root
    if first is not text:
        beside = _beside_root(text, first, verdict, like)
        verdicts.fold(text.article_id, first.article_id, beside, now, _shared(text, first, beside))
        if verdict.kind in (CopyKind.IDENTICAL, CopyKind.SYNDICATED):
            verdicts.verbatim.add(text.article_id)
    lost = [root for root in roots if root.article_id != first.article_id]
    for root in lost:
        _move(root, first, verdict, verdicts, now)
    return [root.article_id for root in lost]


def _kin(
    text: CopyText, found: Sequence[tuple[CopyText, CopyVerdict]], texts: dict[str, CopyText], verdicts: _Verdicts
) -> list[tuple[CopyText, CopyVerdict]]:
    """Those of the found that decide: all that bind, else the first that is an original or whose original is like it.

    What a round-up of two stories holds is no copy of the other story.
    """
    bound = [one for one in found if binds(one[1]) and not _is_parted(text, _root(one[0], texts, verdicts))]
    if bound:
        return bound
    for other, verdict in found:
        root = _root(other, texts, verdicts)
        if root is other or liken(text, root):
            return [(other, verdict)]
    return []


def _shared(copy: CopyText, original: CopyText, verdict: CopyVerdict) -> dict[str, Any] | None:
    """What a reader can check a verdict by; an identical text says all by itself."""
    return None if verdict.kind is CopyKind.IDENTICAL else in_common(copy, original)


def _root(text: CopyText, texts: dict[str, CopyText], verdicts: _Verdicts) -> CopyText:
    return texts.get(verdicts.root(text.article_id), text)


def _roots(
    kin: Sequence[tuple[CopyText, CopyVerdict]], texts: dict[str, CopyText], verdicts: _Verdicts
) -> list[CopyText]:
    """The originals of the kin, the most alike first; of an outlet's story and the same told on, only that one."""
    roots: list[CopyText] = []
    for other, _ in kin:
        root = _root(other, texts, verdicts)
        if root not in roots and not any(_is_parted(root, one) for one in roots):
            roots.append(root)
    return roots


def _is_parted(one: CopyText, other: CopyText) -> bool:
    """Whether the two are of one outlet and no copies of each other: then nothing that is like both joins them."""
    return one.outlet == other.outlet and one.article_id != other.article_id and liken(one, other) is None


def _take_over(
    text: CopyText,
    found: Sequence[tuple[CopyText, CopyVerdict]],
    texts: dict[str, CopyText],
    verdicts: _Verdicts,
    now: datetime,
) -> None:
    """Hold for copies of this text what was held for copies of its own outlet's earlier or later page of the story.

    Each goes with the page that it is more like, so that it does not matter which of the two was filed first.
    """
    for other, verdict in found:
        root = _root(other, texts, verdicts)
        if root is other or not binds(verdict) or not _is_parted(text, root):
            continue
        held = liken(other, root)
        if held is None or (*closeness(verdict), is_before(text, root)) > (*closeness(held), is_before(root, text)):
            verdicts.fold(other.article_id, text.article_id, verdict, now, _shared(other, text, verdict))


def _move(root: CopyText, first: CopyText, verdict: CopyVerdict, verdicts: _Verdicts, now: datetime) -> None:
    """Hold what was an original, and all its copies, for copies of the one that came before it."""
    beside = judge(root, first) or replace(verdict, evidence={"through": first.article_id})
    for copy_id in verdicts.copies_of(root.article_id):
        # What a copy is of the old root says more of it than what the root is of the new one.
        kind, score = verdicts.held.get(copy_id, (beside.kind.value, beside.score))
        through = CopyVerdict(CopyKind(kind), score, {"through": root.article_id})
        verdicts.fold(copy_id, first.article_id, through, now)
    verdicts.fold(root.article_id, first.article_id, beside, now, _shared(root, first, beside))


def _beside_root(text: CopyText, root: CopyText, verdict: CopyVerdict, like: CopyText) -> CopyVerdict:
    """The verdict beside the root where there is one; else the one beside the copy it was taken from, naming that."""
    if like.article_id == root.article_id:
        return verdict
    through = replace(verdict, evidence={**verdict.evidence, "through": like.article_id})
    return judge(text, root) or through


def _candidates(tx: Transaction, new: Sequence[CopyText], topic: Topic) -> dict[str, list[str]]:
    """What each new text must be compared with; asks within a table `fresh` of the new texts' marks."""
    newcomers = [
        {
            "article_id": text.article_id,
            "outlet": text.outlet,
            "body_hash": text.body_hash,
            "credit": _credited_outlet(text, topic),
        }
        for text in new
    ]
    found: dict[str, list[str]] = defaultdict(list)
    days = [text.day for text in new]
    params = {
        "most": MOST_CANDIDATES,
        "popular": POPULAR,
        "fewest": FEWEST,
        "window": WINDOW.days,
        "first": min(days) - WINDOW.days,
        "last": max(days) + WINDOW.days,
    }
    with tx.batch("newcomers", newcomers):
        for row in tx.rows(query("candidates"), params):
            found[row["new_id"]].append(row["other_id"])
    return found


def _marked(tx: Transaction, name: str, texts: Sequence[CopyText]) -> AbstractContextManager[None]:
    """The marks of these texts as a table of that name."""
    counts = [len(text.marks) for text in texts]
    columns: dict[str, Sequence[object]] = {
        "mark": [mark for text in texts for mark in text.marks],
        "article_id": [text.article_id for text, count in zip(texts, counts, strict=True) for _ in range(count)],
        "day": [text.day for text, count in zip(texts, counts, strict=True) for _ in range(count)],
    }
    return tx.columns(name, columns, {"mark": "uint32", "article_id": "string", "day": "int32"})


def _credited_outlet(text: CopyText, topic: Topic) -> str:
    # An empty string is no outlet: a column of NULLs alone would have no type.
    if not text.credit:
        return ""
    known = find_by_name(text.credit, topic)
    return known.id if known else text.credit


def _verdicts(tx: Transaction, ids: Sequence[str]) -> _Verdicts:
    verdicts = _Verdicts()
    _learn(tx, ids, verdicts)
    # The copies of a candidate's root move with it, so they must be known too.
    roots = sorted({one for one in verdicts.original.values() if one} - set(ids))
    if roots:
        _learn(tx, roots, verdicts)
    return verdicts


def _learn(tx: Transaction, ids: Sequence[str], verdicts: _Verdicts) -> None:
    for row in tx.rows(query("copies_about"), {"ids": ids}):
        verdicts.version[row["article_id"]] = row["version"]
        verdicts.original[row["article_id"]] = row["original_id"]
        if row["original_id"]:
            verdicts.held[row["article_id"]] = row["kind"], row["score"]


def _texts(tx: Transaction, ids: Sequence[str], topic: Topic) -> dict[str, CopyText]:
    if not ids:
        return {}
    rows = tx.rows(query("texts_for_copies"), {"ids": ids, "seen": first_seen(tx, ids)})
    return {row["article_id"]: _text_of(row, topic) for row in rows}


def _text_of(row: Row, topic: Topic) -> CopyText:
    return copy_text(
        article_id=row["article_id"],
        url=row["url"],
        outlet=row["outlet"],
        title=row["title"],
        body=without(row["text"], exclusions_of(row["excluded"])),
        seen=row["seen"],
        published=row["published"],
        precision=Precision(row["published_precision"]),
        credit=credit_of(row["credit"], row["canonical"], row["url"]),
        credit_evidence=row["credit_evidence"],
        partial=row["partial"] is not None,
        topic=topic,
    )


def copy_text(
    *,
    article_id: str,
    url: str,
    outlet: str,
    title: str,
    body: str,
    seen: datetime,
    published: datetime | None,
    precision: Precision,
    credit: str | None,
    credit_evidence: str | None,
    partial: bool,
    topic: Topic,
) -> CopyText:
    """An article as the copy rules see it. A date known to the week or worse is none."""
    dated = precision in (Precision.SECOND, Precision.DAY)
    return CopyText(
        article_id=article_id,
        outlet=outlet,
        title=title,
        body=body,
        seen=seen,
        published=published if dated else None,
        exact=precision is Precision.SECOND,
        names=names_of(outlet, url, topic),
        credit=credit,
        credit_evidence=credit_evidence,
        partial=partial,
    )


def mark_anew(tx: Transaction, topic: Topic, limit: int) -> int:
    """Marks at most `limit` articles that were filed by a version which made marks otherwise; gives how many."""
    ids = [row["article_id"] for row in tx.rows("SELECT article_id FROM unmarked LIMIT $limit", {"limit": limit})]
    if ids:
        with _marked(tx, "fresh", list(_texts(tx, ids, topic).values())):
            tx.run("INSERT INTO sketches BY NAME SELECT * FROM fresh")
        tx.run("DELETE FROM unmarked WHERE article_id IN (SELECT unnest($ids::VARCHAR[]))", {"ids": ids})
    return len(ids)
