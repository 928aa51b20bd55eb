"""The past cleaned again by the cleaner of today, and how long the bytes are kept that make it possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.relevance import relevance
from flows import stages
from flows.collating import collate
from flows.comparing import compare_claims, rest_anew
from flows.desk import Desk
from news.article import CleanArticle, Reject
from news.blocks import without_furniture
from news.hosts import host_of
from sources.cleaning import CLEANER
from warehouse import blocks, bodies, recleanings
from warehouse.recleanings import Kept, Recleaned

BATCH = 100


@dataclass(frozen=True, slots=True)
class Recleaning:
    """What cleaning the past again came to, in articles; `missing` are those whose bytes were let go of."""

    looked_at: int
    revised: int
    same: int
    rejected: int
    missing: int
    claims: int = 0


def reclean(
    desk: Desk,
    now: datetime,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    match: str | None = None,
    dry_run: bool = False,
) -> Recleaning:
    """Cleans every kept page again and files what comes out otherwise, silently; a dry run only counts.

    The claims of what was revised are read again, and what follows from them is history: no digest tells it. Killed and
    run again, it goes on where it was.
    """
    counts: Counter[str] = Counter()
    with desk.warehouse.reading() as tx:
        missing = recleanings.count_missing(tx)
    limit = BATCH
    while True:
        with desk.warehouse.reading() as tx:
            kept = recleanings.pending(tx, CLEANER, limit, since=since, until=until, match=match)
            furniture = blocks.furniture(tx, sorted({host for one in kept if (host := host_of(one.page.url))}))
        # A dry run writes nothing down, so what it has been over comes again.
        batch = kept[limit - BATCH :] if dry_run else kept
        if not batch:
            break
        judged = recleanings.judge(_clean(desk, batch, furniture, now), now, desk.topic)
        counts.update(one.outcome for one in judged)
        if dry_run:
            limit += BATCH
            continue
        with desk.warehouse.transaction() as tx:
            folded = recleanings.record(tx, judged, now, desk.topic)
            rest_anew(desk, tx, (*folded.turned, *folded.released), now)
    claims = 0 if dry_run else stages.read(desk, now)
    if not dry_run:
        compare_claims(desk, now, silent=True)
        collate(desk, now, silent=True)
    return Recleaning(counts.total(), counts["revised"], counts["same"], counts["rejected"], missing, claims)


def _clean(desk: Desk, batch: Sequence[Kept], furniture: dict[str, frozenset[int]], now: datetime) -> list[Recleaned]:
    done = []
    for kept, cleaned in zip(batch, desk.cleaner.clean([one.page for one in batch], now), strict=True):
        if isinstance(cleaned, Reject):
            done.append(Recleaned(kept))
            continue
        article: CleanArticle = without_furniture(cleaned, furniture.get(host_of(cleaned.url) or "", ()))
        done.append(Recleaned(kept, article, relevance(article.title, article.body, desk.topic)))
    return done


def retain(desk: Desk, now: datetime) -> int:
    """Lets go of raw bytes beyond the age and size of the settings; returns how many pages' that were."""
    with desk.warehouse.transaction() as tx:
        return bodies.trim(tx, now, desk.settings.raw_age, desk.settings.raw_bytes)
