"""Who is whose copy, as it stands in the middle of a batch, and the rows that the batch will leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from news.copies import CopyVerdict
from warehouse.encoding import packed
from warehouse.queries import query
from warehouse.transaction import Row, Transaction


@dataclass
class Verdicts:
    """The state of who is whose copy, as it stands in the middle of a batch.

    `before` has the last verdict, or None, on each article that is judged anew (they count as originals until they are
    placed), `revised` those of them whose own text changed.
    """

    now: datetime
    before: Mapping[str, Row | None] = field(default_factory=dict)
    revised: Collection[str] = ()
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

    def was_original(self, article_id: str) -> bool:
        """Whether one that is judged anew, or lost its place, was an original before the batch."""
        row = self.before.get(article_id)
        return row is None or row["original_id"] is None

    def fold(
        self, article_id: str, original_id: str, verdict: CopyVerdict, shared: dict[str, Any] | None = None
    ) -> None:
        """Hold one for a copy of the other from now on; `shared` is what they have in common, where that is known."""
        self.original[article_id] = original_id
        self.held[article_id] = verdict.kind.value, verdict.score
        self.rows[article_id] = self._row(article_id) | {
            "original_id": original_id,
            "kind": verdict.kind.value,
            "score": float(verdict.score),
            "evidence": packed(verdict.evidence | ({"shared": shared} if shared else {})),
        }

    def settled(self) -> list[Row]:
        """The rows to keep: every new verdict, and that one is a copy no more; none where all is as it was."""
        freed = [one for one in self.before if one not in self.rows and not self.was_original(one)]
        none = {"original_id": None, "kind": None, "score": None, "evidence": None}
        rows = self.rows | {one: self._row(one) | none for one in freed}
        return [row for one, row in rows.items() if not self._is_as_before(one, row)]

    def _row(self, article_id: str) -> Row:
        version = self.version.get(article_id, 0) + 1
        return {"article_id": article_id, "version": version, "recorded_at": self.now}

    def _is_as_before(self, article_id: str, row: Row) -> bool:
        """Whether a verdict only says again what is known: the measures count where a text of the two changed."""
        last = self.before.get(article_id)
        if last is None or any(last[key] != row[key] for key in ("original_id", "kind", "score")):
            return False
        touched = article_id in self.revised or row["original_id"] in self.revised
        return not touched or bool(last["evidence"] == row["evidence"])


def verdicts_about(
    tx: Transaction, ids: Sequence[str], now: datetime, before: Mapping[str, Row | None], revised: Collection[str]
) -> Verdicts:
    """The last verdict on each of these articles, on their originals, and on all copies of any of them.

    Those in `before` are judged anew: they count as originals.
    """
    verdicts = Verdicts(now, before, revised)
    _learn(tx, ids, verdicts)
    # The copies of a candidate's root move with it, so they must be known too.
    roots = sorted({one for one in verdicts.original.values() if one} - set(ids))
    if roots:
        _learn(tx, roots, verdicts)
    for one in before:
        verdicts.original[one] = None
        verdicts.held.pop(one, None)
    return verdicts


def group_of(tx: Transaction, ids: Collection[str]) -> dict[str, Row | None]:
    """These articles, their originals and all copies of any of them, each with the last verdict on it, if any."""
    if not ids:
        return {}
    found = {row["article_id"]: row for row in _about(tx, sorted(ids))}
    roots = {row["original_id"] for row in found.values() if row["original_id"]} - {*ids}
    if roots:
        found |= {row["article_id"]: row for row in _about(tx, sorted(roots))}
    # Of these few only: the evidence of all copies would be carried along by a query over all of them.
    evidence = {
        row["article_id"]: row["evidence"] for row in tx.rows(query("evidence_of_copies"), {"ids": sorted(found)})
    }
    known = {one: row | {"evidence": evidence[one]} for one, row in found.items()}
    return {**dict.fromkeys(sorted({*ids, *roots})), **known}


def _learn(tx: Transaction, ids: Sequence[str], verdicts: Verdicts) -> None:
    for row in _about(tx, ids):
        verdicts.version[row["article_id"]] = row["version"]
        verdicts.original[row["article_id"]] = row["original_id"]
        if row["original_id"]:
            verdicts.held[row["article_id"]] = row["kind"], row["score"]


def _about(tx: Transaction, ids: Sequence[str]) -> list[Row]:
    return tx.rows(query("copies_about"), {"ids": list(ids)})
