"""Copies compared word by word with their originals: what a copy alters is a finding of its own."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from analysis.mutation import mutation_finding
from flows.desk import Desk
from flows.progress import tell
from news.finding import Finding
from news.mutations import Mutation, find_mutations
from news.outlets import outlet_name
from warehouse import claims, collations, findings
from warehouse.collations import Pair
from warehouse.transaction import Transaction

BATCH = 50
HISTORY = timedelta(days=1)
log = logging.getLogger(__name__)


def collate(desk: Desk, now: datetime, *, silent: bool = False) -> int:
    """Compares every new copy with its original; returns how many findings are new.

    What a copy has in common with an earlier version of its original is no mutation. `silent` ones are a baseline.
    """
    made = 0
    while True:
        with desk.warehouse.reading() as tx:
            pairs = collations.pending(tx, BATCH)
        if not pairs:
            return made
        altered = [_compared(desk, pair) for pair in pairs]
        with desk.warehouse.transaction() as tx:
            told = _findings(desk, tx, list(zip(pairs, altered, strict=True)), now)
            # What an earlier version filed long ago is history, though nobody had compared it.
            old = {pair.copy.url for pair in pairs if silent or now - pair.since > HISTORY}
            recorded = findings.record(
                tx, [replace(one, baseline=True) if {each.url for each in one.after} <= old else one for one in told]
            )
            compared = [(pair, len(found)) for pair, found in zip(pairs, altered, strict=True)]
            collations.record(tx, compared, now)
        for one in recorded:
            tell(one.kind.value)
        made += len(recorded)


def _compared(desk: Desk, pair: Pair) -> list[Mutation]:
    """What the copy alters; nothing where the rules trip over it, so that one text never stops all others."""
    try:
        return find_mutations(pair.versions, pair.copy.body, desk.topic)
    except Exception:
        log.exception("%s could not be compared with its original: report it with both", pair.copy.url)
        return []


def _findings(
    desk: Desk, tx: Transaction, altered: Sequence[tuple[Pair, Sequence[Mutation]]], now: datetime
) -> list[Finding]:
    """The findings, one for each alteration however many pages print it; those told before with the pages added."""
    found: dict[str, Finding] = {}
    for pair, mutations in altered:
        if not mutations:
            continue
        said = claims.of_article(tx, pair.original.article_id)
        names = outlet_name(desk.topic, pair.original.outlet), outlet_name(desk.topic, pair.copy.outlet)
        for one in mutations:
            finding = mutation_finding(one, pair.original, pair.copy, claims=said, names=names, now=now)
            found[finding.finding_id] = _joined(found.get(finding.finding_id), finding)
    for known in findings.get(tx, list(found)):
        found[known.finding_id] = _joined(known, found[known.finding_id])
    return list(found.values())


def _joined(known: Finding | None, new: Finding) -> Finding:
    """The finding with the pages of both."""
    if known is None:
        return new
    urls = {one.url for one in known.after}
    after = (*known.after, *(one for one in new.after if one.url not in urls))
    return replace(known, after=after, detail={**known.detail, "pages": len(after)})
