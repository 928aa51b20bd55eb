"""How a command says that some of what it was given was rejected."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from news.article import Reject
from volteface.terminal import plain, say

REJECTED = 3


def tell_rejected(rejected: Sequence[Reject], shown: int | None = None) -> None:
    """Names what was rejected, a line each, and leaves with status 3 when there was any.

    `shown` is how many to name where the warehouse keeps them all; None names every one.
    """
    for one in rejected[:shown]:
        named = one.reason if one.given in one.reason else f"{one.given}: {one.reason}"
        say(plain(f"rejected {named}; {one.mend}"))
    if shown is not None and len(rejected) > shown:
        say(f"… and {len(rejected) - shown:,} more: `volteface rejects` lists them all")
    if rejected:
        sys.exit(REJECTED)
