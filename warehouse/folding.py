"""Folding copies: find what a new article could be a copy of, let the rules of `news.copies` judge, keep the verdicts.

    marks ──join in DuckDB──▶ candidates ──judge──▶ copy of which root original ──▶ a row in `copies`

A copy always names the root: an article that is no copy itself. A page that turns out to be older than the original
we had takes its place, and that one and all its copies become copies of it. A page that is one text with two originals
joins them, so that the order of filing decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from news.copies import CopyKind, CopyVerdict, binds, closeness, is_before, judge, liken, rank
from news.in_common import in_common
from news.texts import CopyText
from news.topic import Topic
from warehouse.candidates import Likely, alike, forget_marks, joined, keep_marks, marked, newcomers, same_words, twins
from warehouse.copy_texts import copy_texts
from warehouse.transaction import Transaction
from warehouse.verdicts import Verdicts, group_of, verdicts_about


@dataclass(frozen=True, slots=True)
class Folded:
    """What folding came to: the copies among the new articles, and what became of older ones.

    `turned` were originals and are copies now, `released` the other way round.
    """

    copies: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()
    released: tuple[str, ...] = ()


def fold(
    tx: Transaction, new: Sequence[CopyText], now: datetime, topic: Topic, *, revised: Collection[str] = ()
) -> Folded:
    """Judge new articles (filed already) against the stored ones and each other, in order; keep what was found.

    `revised` are stored articles whose text is another now. They are judged anew, and with them all that are under one
    original with them, as if they came just now: what they said before may be what had joined any of them.
    """
    if not new and not revised:
        return Folded()
    before = group_of(tx, revised)
    again = sorted(copy_texts(tx, sorted(before), topic).values(), key=lambda text: (text.seen, text.article_id))
    forget_marks(tx, sorted(before))
    texts = [*again, *new]
    known = {text.article_id: text for text in texts}
    with newcomers(tx, texts, topic):
        same = same_words(tx, texts)
        known |= copy_texts(tx, _unknown(same, known), topic)
        twice = twins(texts, same, known)
        with marked(tx, texts, without=twice):
            candidates = joined(same, alike(tx, texts))
            known |= copy_texts(tx, _unknown(candidates, known), topic)
            verdicts = verdicts_about(tx, sorted(known), now, before, revised)
            roots = {verdicts.root(one) for one in known} - known.keys()
            known |= copy_texts(tx, sorted(roots), topic)
            lost = [one for text in texts for one in _place(text, _near(text, candidates, known), known, verdicts)]
            # Verbatim copies leave no marks: a story printed a hundred times would make its own words look like a
            # formula. Changed ones do: what was taken from them may share too little with their original.
            keep_marks(tx, verdicts.verbatim)
        if late := twice - verdicts.verbatim:
            with marked(tx, texts, without=known.keys() - late):
                keep_marks(tx, ())
    tx.insert("copies", verdicts.settled())
    return _came_to(verdicts, [text.article_id for text in new], lost)


def _unknown(likely: Likely, known: Mapping[str, CopyText]) -> list[str]:
    return sorted({one for found in likely.values() for one in found} - known.keys())


def _near(text: CopyText, candidates: Likely, known: Mapping[str, CopyText]) -> list[CopyText]:
    return [known[one] for one in candidates.get(text.article_id, ()) if one in known]


def _came_to(verdicts: Verdicts, new: Sequence[str], lost: Sequence[str]) -> Folded:
    copies = tuple(one for one in new if verdicts.original.get(one))
    was = {one: verdicts.was_original(one) for one in {*verdicts.before, *lost} - set(new)}
    is_copy = {one: bool(verdicts.original.get(one)) for one in was}
    return Folded(
        copies,
        turned=tuple(sorted(one for one, original in was.items() if original and is_copy[one])),
        released=tuple(sorted(one for one, original in was.items() if not original and not is_copy[one])),
    )


def _place(text: CopyText, near: Sequence[CopyText], texts: dict[str, CopyText], verdicts: Verdicts) -> list[str]:
    """Hold the text for a copy, for an original, or for the older original of what we had; gives who lost its place.

    A text that is one with members of two groups shows them to be one group: whichever of the three came first would
    have had the others as its copies.
    """
    found = rank(text, near)
    _take_over(text, found, texts, verdicts)
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
        verdicts.fold(text.article_id, first.article_id, beside, _shared(text, first, beside))
        if verdict.kind in (CopyKind.IDENTICAL, CopyKind.SYNDICATED):
            verdicts.verbatim.add(text.article_id)
    lost = [root for root in roots if root.article_id != first.article_id]
    for root in lost:
        _move(root, first, verdict, verdicts)
    return [root.article_id for root in lost]


def _kin(
    text: CopyText, found: Sequence[tuple[CopyText, CopyVerdict]], texts: dict[str, CopyText], verdicts: Verdicts
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


def _root(text: CopyText, texts: dict[str, CopyText], verdicts: Verdicts) -> CopyText:
    return texts.get(verdicts.root(text.article_id), text)


def _roots(
    kin: Sequence[tuple[CopyText, CopyVerdict]], texts: dict[str, CopyText], verdicts: Verdicts
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
    verdicts: Verdicts,
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
            verdicts.fold(other.article_id, text.article_id, verdict, _shared(other, text, verdict))


def _move(root: CopyText, first: CopyText, verdict: CopyVerdict, verdicts: Verdicts) -> None:
    """Hold what was an original, and all its copies, for copies of the one that came before it."""
    beside = judge(root, first) or replace(verdict, evidence={"through": first.article_id})
    for copy_id in verdicts.copies_of(root.article_id):
        # What a copy is of the old root says more of it than what the root is of the new one.
        kind, score = verdicts.held.get(copy_id, (beside.kind.value, beside.score))
        through = CopyVerdict(CopyKind(kind), score, {"through": root.article_id})
        verdicts.fold(copy_id, first.article_id, through)
    verdicts.fold(root.article_id, first.article_id, beside, _shared(root, first, beside))


def _beside_root(text: CopyText, root: CopyText, verdict: CopyVerdict, like: CopyText) -> CopyVerdict:
    """The verdict beside the root where there is one; else the one beside the copy it was taken from, naming that."""
    if like.article_id == root.article_id:
        return verdict
    through = replace(verdict, evidence={**verdict.evidence, "through": like.article_id})
    return judge(text, root) or through


def mark_anew(tx: Transaction, topic: Topic, limit: int) -> int:
    """Marks at most `limit` articles that were filed by a version which made marks otherwise; gives how many."""
    ids = [row["article_id"] for row in tx.rows("SELECT article_id FROM unmarked LIMIT $limit", {"limit": limit})]
    if ids:
        texts = list(copy_texts(tx, ids, topic).values())
        with newcomers(tx, texts, topic), marked(tx, texts):
            keep_marks(tx, ())
        tx.run("DELETE FROM unmarked WHERE article_id IN (SELECT unnest($ids::VARCHAR[]))", {"ids": ids})
    return len(ids)
