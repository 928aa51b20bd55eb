"""Copies compared word by word with their originals: what a copy alters is a finding of its own, while it does."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from analysis.mutation import mutation_finding, same_alteration, why_no_more, without_pages
from flows.desk import Desk
from flows.progress import tell
from news.article import Reject
from news.finding import Finding, FindingKind
from news.mutations import RULES, Mutation, find_mutations
from news.outlets import outlet_name
from warehouse import claims, collations, corrections, findings, rejects
from warehouse.collations import Compared, Pair
from warehouse.transaction import Row, Transaction

BATCH = 50
HISTORY = timedelta(days=1)
_EXCERPT = 200  # characters
log = logging.getLogger(__name__)

Altered = tuple[Pair, Sequence[Mutation] | Exception]
"""A pair and what the copy alters, or what the rules tripped over."""


def collate(desk: Desk, now: datetime, *, silent: bool = False) -> int:
    """Compares every new copy with its original; returns how many findings are new.

    What a copy has in common with an earlier version of its original is no mutation. `silent` ones are a baseline.
    What no page prints any more is taken back: the corrections are findings too.
    """
    made = 0
    while True:
        with desk.warehouse.reading() as tx:
            pairs = collations.pending(tx, RULES, BATCH)
        if not pairs:
            return made + _take_back(desk, now)
        altered = [(pair, _compared(desk, pair)) for pair in pairs]
        with desk.warehouse.transaction() as tx:
            recorded = _record(desk, tx, altered, now, silent=silent)
        for one in recorded:
            tell(one.kind.value)
        made += len(recorded)


def _compared(desk: Desk, pair: Pair) -> Sequence[Mutation] | Exception:
    """What the copy alters; the error where the rules trip over it, so that one text never stops all others."""
    try:
        return find_mutations(pair.versions, pair.copy.body, desk.topic)
    except Exception as error:
        log.exception("%s could not be compared with its original: report it with both", pair.copy.url)
        return error


def _record(desk: Desk, tx: Transaction, altered: Sequence[Altered], now: datetime, *, silent: bool) -> list[Finding]:
    """Writes down what the comparisons came to; gives the findings that are new."""
    found = {pair.copy.article_id: _findings_of(desk, tx, pair, what, now) for pair, what in altered}
    told: dict[str, Finding] = {}
    for one in (each for of_pair in found.values() for each in of_pair):
        told[one.finding_id] = _joined(told.get(one.finding_id), one)
    for known in findings.get(tx, list(told)):
        told[known.finding_id] = _joined(known, told[known.finding_id])
    # What an earlier version filed long ago is history, though nobody had compared it.
    old = {pair.copy.url for pair, _ in altered if silent or now - pair.since > HISTORY}
    recorded = findings.record(
        tx,
        [replace(one, baseline=True) if {each.url for each in one.after} <= old else one for one in told.values()],
    )
    corrections.restore(tx, told, now)
    compared = [
        Compared(pair, tuple(one.finding_id for one in found[pair.copy.article_id]), failed=isinstance(what, Exception))
        for pair, what in altered
    ]
    collations.record(tx, compared, RULES, now)
    rejects.record(tx, [_reject(pair, what, now) for pair, what in altered if isinstance(what, Exception)])
    return recorded


def _findings_of(
    desk: Desk, tx: Transaction, pair: Pair, altered: Sequence[Mutation] | Exception, now: datetime
) -> list[Finding]:
    """One for each alteration, under the id by which it is known if the copy is now taken for another page's."""
    if isinstance(altered, Exception) or not altered:
        return []
    said = claims.of_article(tx, pair.original.article_id)
    names = outlet_name(desk.topic, pair.original.outlet), outlet_name(desk.topic, pair.copy.outlet)
    known = findings.naming(tx, FindingKind.MUTATION, [pair.copy.url])
    made = [mutation_finding(one, pair.original, pair.copy, claims=said, names=names, now=now) for one in altered]
    ids = [next((old.finding_id for old in known if same_alteration(old, one)), one.finding_id) for one in made]
    return [replace(one, finding_id=finding_id) for one, finding_id in zip(made, ids, strict=True)]


def _reject(pair: Pair, error: Exception, now: datetime) -> Reject:
    return Reject(
        given=pair.copy.url,
        reason=f"what it alters of {pair.original.url} could not be told ({type(error).__name__}: {error})",
        mend="report it with both texts; the next version of the rules looks at it again",
        excerpt=pair.copy.body[:_EXCERPT],
        at=now,
    )


def _joined(known: Finding | None, new: Finding) -> Finding:
    """The finding with the pages of both."""
    if known is None:
        return new
    urls = {one.url for one in known.after}
    after = (*known.after, *(one for one in new.after if one.url not in urls))
    return replace(known, after=after, detail={**known.detail, "pages": len(after)})


def _take_back(desk: Desk, now: datetime) -> int:
    """Takes back what no page prints any more, names the rest without the pages that do not; gives how many it took."""
    with desk.warehouse.reading() as tx:
        if not collations.no_more(tx):
            return 0
    with desk.warehouse.transaction() as tx:
        gone: dict[str, list[Row]] = defaultdict(list)
        for row in collations.no_more(tx):
            gone[row["finding_id"]].append(row)
        left, made = [], 0
        for one in findings.get(tx, list(gone)):
            rows = {row["url"]: row for row in gone[one.finding_id]}
            rest = without_pages(one, rows.keys())
            if rest:
                left.append(rest)
                continue
            page = one.after[0]
            reason = why_no_more(rows[page.url], page.outlet, one.before[0].outlet)
            made += corrections.correct(tx, one.finding_id, reason, now) is not None
        findings.record(tx, left)
    for _ in range(made):
        tell(FindingKind.CORRECTION.value)
    return made
