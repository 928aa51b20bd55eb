"""Findings that were told and turn out not to hold: each gets a correction, which its readers are told once.

Who is told, and that it is once, is decided when a digest is composed: `corrections_due` in the query of what a
subscriber was not told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from news.correction import correction_of
from news.finding import Finding
from news.mark import Mark
from news.withdrawal import REASONS, reason_of
from warehouse import findings, marks
from warehouse.transaction import Transaction


def correct(tx: Transaction, before: Mapping[str, str], mark: Mark, now: datetime) -> list[Finding]:
    """Writes down a correction of each told finding that this mark has shown to be wrong; gives them.

    `before` are the findings that held no longer before the mark was made, with why.
    """
    after = {key: why for key, why in marks.withdrawn(tx).items() if why in REASONS and before.get(key) not in REASONS}
    wrong = findings.get(tx, marks.told_of(tx, list(after)))
    return findings.record(tx, [_correction(one, after[one.finding_id], mark, now) for one in wrong])


def _correction(wrong: Finding, why: str, mark: Mark, now: datetime) -> Finding:
    """The correction with the number of its mark: it is due only while the mark, or a later one, says so."""
    one = correction_of(wrong, reason_of(why, mark.because), mark.number, now)
    return replace(one, baseline=False, detail={**one.detail, "mark": mark.number})
