"""Writes the whole claim lists of the two articles the topic comes from to docs/seeds.md; no running text.

    .venv/bin/python bench/seed_claims.py [FOLDER]

FOLDER (default ../shared/seeds) is imported into a temporary warehouse, as bench/seeds.py does.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rig.desk import SHARED, import_timed, temporary_desk
from rig.stopwatch import Stopwatch
from rig.table import markdown

from analysis.engine import ENGINE
from warehouse import listings

DEFAULT = SHARED / "seeds"
TARGET = Path(__file__).parents[1] / "docs" / "seeds.md"
HEAD = """# The two seeds, read

Every claim that `bench/seed_claims.py` finds in the two articles the topic comes from, engine {engine}. Offsets are
code points of the stored text, which is not part of the project; of the text itself only the cues stand here. How many
of the quotations are found: `bench/seeds.py`, [quality.md](quality.md).
"""


def spans(places: Sequence[Sequence[int]] | None) -> str:
    """Offsets as "12-40, 50-61"."""
    return ", ".join(f"{start}-{end}" for start, end in places or ())


def row(claim: Mapping[str, Any], text: str) -> tuple[str, ...]:
    """One claim: where, who, by which cue, which words by their offsets, how firmly, for what."""
    cue = " ".join(text[start:end] for start, end in claim["cue"] or ())
    stances = ", ".join(f"{one['stance']} {one['id']}" for one in claim["propositions"] or ())
    return (
        f"{claim['start']}-{claim['end']}",
        claim["holder"],
        claim["actor"] or "",
        cue,
        spans(claim["content"]),
        claim["modality"],
        str(claim["spoken_on"] or ""),
        stances,
    )


def main(folder: Path) -> int:
    """Read the articles and write the page."""
    if not folder.is_dir():
        print(f"{folder} is not there: nothing written")
        return 0
    parts = [HEAD.format(engine=ENGINE)]
    for path in sorted(folder.glob("*.txt")):
        with temporary_desk() as desk:
            import_timed(desk, [path], {}, datetime.now(UTC), Stopwatch())
            with desk.warehouse.reading() as tx:
                (article,) = listings.listing(tx, "articles", text=True)
                claims = sorted(listings.listing(tx, "claims"), key=lambda one: (one["start"], one["claim_id"]))
        head = ["evidence", "holder", "actor", "cue", "content", "modality", "spoken on", "stance"]
        parts.append(
            f"\n## {path.name}: {len(claims)} claims\n\n"
            + markdown(head, [row(one, article["text"]) for one in claims])
            + "\n"
        )
    TARGET.write_text("".join(parts), encoding="utf-8")
    print(f"{TARGET} written")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
