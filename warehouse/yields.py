"""What the pages of each host yielded, the latest of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from news.hosts import host_of
from news.yields import BEFORE, LATEST, Yield
from warehouse.transaction import Transaction

_KEPT = 2 * (BEFORE + LATEST)
_LATEST = (
    "SELECT host, page_key, cleaned_at, outcome, letters FROM yields"
    " WHERE host IN (SELECT unnest($hosts::VARCHAR[]))"
    " QUALIFY row_number() OVER (PARTITION BY host ORDER BY cleaned_at DESC, page_key DESC) <= $kept"
    " ORDER BY host, cleaned_at, page_key"
)


def record(tx: Transaction, pages: Sequence[tuple[str, Yield]]) -> dict[str, list[Yield]]:
    """Write down what pages, given with their addresses, yielded; gives the latest of their hosts, oldest first."""
    hosts = {url: host for url, _ in pages if (host := host_of(url)) is not None}
    rows = [
        {
            "host": hosts[url],
            "page_key": one.page_key,
            "cleaned_at": one.at,
            "outcome": one.outcome,
            "letters": one.letters,
        }
        for url, one in pages
        if url in hosts
    ]
    if not rows:
        return {}
    tx.insert("yields", rows)
    found: dict[str, list[Yield]] = defaultdict(list)
    for row in tx.rows(_LATEST, {"hosts": sorted(set(hosts.values())), "kept": _KEPT}):
        found[row["host"]].append(Yield(row["page_key"], row["cleaned_at"], row["outcome"], row["letters"]))
    full = [host for host, kept in found.items() if len(kept) >= _KEPT]
    if full:
        tx.run(
            "DELETE FROM yields WHERE host IN (SELECT unnest($hosts::VARCHAR[]))"
            " AND (host, page_key, cleaned_at) NOT IN (SELECT (host, page_key, cleaned_at) FROM (" + _LATEST + "))",
            {"hosts": full, "kept": BEFORE + LATEST},
        )
    return dict(found)
