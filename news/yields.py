"""What the pages of a host yield, and when that changes all at once: a redesign, a paywall, a block. Pure rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from news.finding import Finding, FindingKind
from news.identity import stable_id

LATEST = 10
"""The pages in which a change has to show: a few bad ones are a bad day."""

BEFORE = 50
"""The pages before them that say what is usual; at least `FEWEST` of them."""

FEWEST = 15

_USUALLY_WHOLE = 0.7  # of a host's pages: where fewer are, nothing sudden can be told
_FALL = 0.5  # of the usual share of whole articles
_SHRINK = 1 / 3  # of the usual length
_SWELL = 3.0
# Weights of a page after the change began: of the odd ones there are under a third before it and half or more after it.
_ODD, _USUAL = 3, -2


@dataclass(frozen=True, slots=True)
class Yield:
    """What one page gave: `outcome` is `whole`, `partial` or `rejected`; `letters` the length of its body."""

    page_key: str
    at: datetime
    outcome: str
    letters: int


def find_change(host: str, pages: Sequence[Yield], now: datetime) -> Finding | None:
    """The warning that a host's pages, in the order they were cleaned, yield suddenly less (or suspiciously more).

    None as long as nothing has changed. It is the same warning for as long as that lasts: its id is made of the page
    with which the change began (Page, "Continuous inspection schemes", 1954).
    """
    latest, before = pages[-LATEST:], pages[-LATEST - BEFORE : -LATEST]
    if len(latest) < LATEST or len(before) < FEWEST:
        return None
    whole = sum(one.outcome == "whole" for one in before) / len(before)
    now_whole = sum(one.outcome == "whole" for one in latest)
    if whole < _USUALLY_WHOLE:
        return None
    if now_whole / LATEST <= _FALL * whole:
        first = _begin(pages, [one.outcome != "whole" for one in pages])
        words = f"only {now_whole} of its last {LATEST} pages gave a whole article; before, {whole:.0%} did"
        return _warn(host, "share", first, words, now)
    usual = median(one.letters for one in before if one.outcome == "whole")
    lengths = [one.letters for one in latest if one.outcome == "whole"]
    length = median(lengths)
    if usual and not _SHRINK <= length / usual <= _SWELL:
        words = f"its last {LATEST} pages gave {length:,.0f} letters of text each, as a rule; before, {usual:,.0f}"
        whole_ones = [one for one in pages if one.outcome == "whole"]
        odd = [not _SHRINK <= one.letters / usual <= _SWELL for one in whole_ones]
        return _warn(host, "length", _begin(whole_ones, odd), words, now)
    return None


def _begin(pages: Sequence[Yield], odd: Sequence[bool]) -> Yield:
    """The odd page from which on odd ones outweigh the others most; what follows weighs the same for all of them."""
    weights: dict[int, int] = {}
    weight = 0
    for at in range(len(pages) - 1, -1, -1):
        weight += _ODD if odd[at] else _USUAL
        if odd[at]:
            weights[at] = weight
    return pages[max(weights, key=lambda at: (weights[at], -at))]


def _warn(host: str, what: str, first: Yield, words: str, now: datetime) -> Finding:
    return Finding(
        finding_id=stable_id("fnd", "source_trouble", host, what, first.page_key, first.at),
        kind=FindingKind.SOURCE_TROUBLE,
        at=first.at.date(),
        recorded_at=now,
        sentence=f"{host}: {words}. Its pages may have changed, or may be closed to us: what it reports may be missed.",
        detail={"host": host},
    )
