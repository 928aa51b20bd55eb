"""The analyst's marks: every word is kept, the newest on a thing holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from news.mark import Mark, Subject, SubjectKind, Word
from warehouse.queries import query
from warehouse.transaction import Row, Transaction

_NEAREST = 3
_END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)


def find(tx: Transaction, kind: SubjectKind, subject_id: str) -> Subject | None:
    """The finding or claim of that id, as a mark names it; None where there is none."""
    if kind is SubjectKind.FINDING:
        row = tx.row(query("finding_to_mark"), {"id": subject_id})
    else:
        row = tx.row(query("claim_to_mark"), {"id": subject_id})
    return Subject(kind, subject_id, **row) if row else None


def nearest(tx: Transaction, kind: SubjectKind, subject_id: str) -> list[str]:
    """The ids of findings or claims that are most like a mistyped one."""
    table = "SELECT DISTINCT finding_id AS id FROM findings" if kind is SubjectKind.FINDING else _CLAIM_IDS
    sql = "SELECT id FROM (" + table + ") WHERE jaro_winkler_similarity(id, $id) > 0.85" + _BY_LIKENESS
    return [row["id"] for row in tx.rows(sql, {"id": subject_id, "most": _NEAREST})]


_CLAIM_IDS = "SELECT DISTINCT claim_id AS id FROM claims"
_BY_LIKENESS = " ORDER BY jaro_winkler_similarity(id, $id) DESC, id LIMIT $most"


def record(tx: Transaction, subject: Subject, word: Word, because: str | None, now: datetime) -> tuple[Mark, bool]:
    """Writes down a word; gives it, and whether it is new: where just that holds already, nothing changes."""
    last = newest(tx, subject)
    if last and last.word is word and because in {last.because, None} and _same_way(last.subject, subject):
        return last, False
    count = tx.row("SELECT coalesce(max(mark), 0) AS n FROM marks")
    mark = Mark((count["n"] if count else 0) + 1, now, subject, word, because)
    tx.insert("marks", [_row(mark)])
    return mark, True


def row_of(tx: Transaction, mark: Mark) -> Row:
    """The mark's row of `v_marks`."""
    return tx.rows("SELECT * FROM v_marks WHERE mark = $mark", {"mark": mark.number})[0]


def _same_way(one: Subject, other: Subject) -> bool:
    return (one.id, one.other) == (other.id, other.other) or one.kind is SubjectKind.CLAIM


def newest(tx: Transaction, subject: Subject) -> Mark | None:
    """The last word on that thing, if any holds."""
    rows = _holding(tx, "thing = $thing", {"thing": subject.thing})
    return rows[0] if rows else None


def on_holder(tx: Transaction, name: str) -> Mark | None:
    """The last word that holds on a holder and another one, whichever was named first; None where none holds."""
    rows = _holding(tx, "subject_kind = 'holder' AND (subject = $name OR other = $name)", {"name": name})
    return rows[-1] if rows else None


def on_holders(tx: Transaction) -> tuple[list[Mark], list[str]]:
    """The words on pairs of holders that hold, the oldest first, and every name such a word was ever said of."""
    rows = tx.rows(
        "SELECT subject AS name FROM marks WHERE subject_kind = 'holder'"
        " UNION SELECT other FROM marks WHERE subject_kind = 'holder' ORDER BY name"
    )
    names = [row["name"] for row in rows]
    return (_holding(tx, "subject_kind = 'holder'", {}) if names else []), names


def on_finding(tx: Transaction, finding_id: str) -> Mark | None:
    """The word that holds on a finding; None where none does."""
    return newest(tx, Subject(SubjectKind.FINDING, finding_id))


def precision(tx: Transaction, as_of: datetime | None = None) -> list[dict[str, Any]]:
    """Rows as `v_precision` has them, by kind; as it was known at a moment."""
    return tx.rows("SELECT * FROM precision_at($as_of) ORDER BY kind", {"as_of": as_of or _END_OF_TIME})


def _holding(tx: Transaction, where: str, params: dict[str, object]) -> list[Mark]:
    rows = tx.rows("SELECT * FROM marks_at('infinity'::TIMESTAMPTZ) WHERE " + where + " ORDER BY mark", params)
    return [_mark(row) for row in rows]


def _row(mark: Mark) -> Row:
    one = mark.subject
    return {
        "mark": mark.number,
        "recorded_at": mark.recorded_at,
        "subject_kind": one.kind.value,
        "subject": one.id,
        "thing": one.thing,
        "word": mark.word.value,
        "other": one.other,
        "because": mark.because,
        "said": one.said,
        "article_id": one.article_id,
        "holder": one.holder,
        "stances": one.stances,
    }


def _mark(row: Row) -> Mark:
    subject = Subject(
        SubjectKind(row["subject_kind"]),
        row["subject"],
        row["other"],
        row["said"],
        row["article_id"],
        row["holder"],
        row["stances"],
    )
    return Mark(row["mark"], row["recorded_at"], subject, Word(row["word"]), row["because"])


def told_of(tx: Transaction, finding_ids: Sequence[str]) -> list[str]:
    """Those of the findings that any digest has told of."""
    sql = "SELECT DISTINCT finding_id FROM digest_findings WHERE finding_id IN (SELECT unnest($ids::VARCHAR[]))"
    return sorted(row["finding_id"] for row in tx.rows(sql, {"ids": list(finding_ids)}))


def withdrawn(tx: Transaction) -> dict[str, str]:
    """The findings that hold no longer by the analyst's word, each with why (see `withdrawn_at` in the schema)."""
    rows = tx.rows("SELECT finding_id, why FROM withdrawn_at('infinity'::TIMESTAMPTZ) ORDER BY finding_id")
    return {row["finding_id"]: row["why"] for row in rows}
