"""The precision of past alerts by the analyst's marks, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from volteface.options import Session
from volteface.terminal import plain, say
from volteface.times import moment
from warehouse import marks

_COUNTS = ("told", "right", "wrong", "noise", "known", "unmarked")


def tell(session: Session, as_of: str | None) -> None:
    """Says on stderr how the findings that digests have told of were marked, by kind and all together."""
    with session.existing().reading() as tx:
        rows = marks.precision(tx, moment(as_of, "--as-of") if as_of else None)
    for line in lines(rows):
        say(plain(line))


def lines(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """One line a kind (rows of `v_precision`), the last one for all kinds together."""
    if not rows:
        return ["precision of past alerts: no digest has told of anything yet"]
    whole = {name: sum(row[name] for row in rows) for name in _COUNTS}
    told = [f"  {row['kind']}: {_judged(row)}" for row in rows]
    return ["precision of past alerts, by what is marked:", *told, f"  all kinds: {_judged(whole)}"]


def _judged(row: Mapping[str, Any]) -> str:
    marked = row["right"] + row["wrong"]
    share = f"right {row['right']:,} of {marked:,} marked ({row['right'] / marked:.0%})" if marked else "none marked"
    apart = [f"{row[name]:,} {name}" for name in ("noise", "known") if row[name]]
    return ", ".join([share, *apart, f"{row['unmarked']:,} unmarked"])
