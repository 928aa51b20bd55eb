"""The two real articles the topic comes from: is their wrapping gone, their origin named, their quotations found?

    .venv/bin/python bench/seeds.py [FOLDER]

FOLDER (default ../shared/seeds) is imported into a temporary warehouse. bench/seeds_quotations.toml lists the direct
quotations, found by reading before any was measured. A quotation counts as found when a claim's content covers at
least half of its characters, and as rightly held when one of those claims has its holder (the words of one name are
all words of the other). `whole` counts those whose every character some rightly held claim's content covers, the
quotation marks and the comma or full stop at the end aside.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rig.desk import SHARED, import_timed, temporary_desk
from rig.stopwatch import Stopwatch
from rig.table import circumstances, markdown, share

from demo.scoring import same_holder
from warehouse import listings

DEFAULT = SHARED / "seeds"
QUOTATIONS = Path(__file__).parent / "seeds_quotations.toml"
LEAST_COVERED = 0.5
_EDGE = "“”\"',. "


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was made of one quotation: covered by a claim, with the right holder, whole; and by whose claims."""

    found: bool
    right: bool
    whole: bool
    holders: tuple[str, ...]


def judge(quotation: Mapping[str, Any], text: str, claims: Sequence[Mapping[str, Any]]) -> Verdict:
    """Compares one listed quotation with the claims read from its article."""
    start, end = quotation["start"], quotation["end"]
    inner = {place for place in range(start, end) if text[place] not in _EDGE}
    covering = [(claim, len(inner & _content(claim)) / len(inner)) for claim in claims]
    near = [(claim, covered) for claim, covered in covering if covered >= LEAST_COVERED]
    names = [quotation["holder"], quotation.get("known_as", quotation["holder"])]
    right = [covered for claim, covered in near if any(same_holder(name, claim["holder"]) for name in names)]
    return Verdict(bool(near), bool(right), 1.0 in right, tuple(claim["holder"] for claim, _ in near))


def _content(claim: Mapping[str, Any]) -> set[int]:
    return {place for start, end in claim["content"] or () for place in range(start, end)}


def describe(article: Mapping[str, Any], claims: Sequence[Mapping[str, Any]]) -> list[tuple[str, object]]:
    """What was made of one article, as name and value."""
    text = article["text"]
    excluded = article["excluded"] or []
    ranges = "; ".join(f"{one['start']}-{one['end']} {one['why']}" for one in excluded) or "none"
    holders = Counter(claim["holder"] for claim in claims)
    wrong = sum(claim["evidence"] != text[claim["start"] : claim["end"]] for claim in claims)
    return [
        ("title", article["title"]),
        ("title made", article["title_made"]),
        ("outlet", article["outlet"]),
        ("origin", article["origin"]),
        ("published", f"{article['published']} ({article['published_precision']})"),
        ("relevance", f"{article['relevance']:.2f}"),
        ("excluded, code points", f"{sum(one['end'] - one['start'] for one in excluded)} of {len(text)}: {ranges}"),
        ("claims", len(claims)),
        ("claims in quotation marks", sum(bool(claim["quoted"]) for claim in claims)),
        ("evidence that is not the text's own characters", wrong),
        ("stances", sum(len(claim["propositions"] or ()) for claim in claims)),
        ("holders", ", ".join(f"{holder} {count}" for holder, count in holders.most_common())),
    ]


def recall(
    quotations: Sequence[Mapping[str, Any]], texts: Mapping[str, str], claims: Mapping[str, Sequence[Mapping[str, Any]]]
) -> None:
    """Prints how many quotations were found, by seed, and each that was not or went to somebody else."""
    rows = []
    failed = []
    for name in sorted(texts):
        listed = [one for one in quotations if one["file"] == name]
        verdicts = [judge(one, texts[name], claims[name]) for one in listed]
        count = len(listed)
        counts = [sum(getattr(one, what) for one in verdicts) for what in ("found", "right", "whole")]
        rows.append((name, count, *(share(one, count) for one in counts)))
        failed += [
            (name, f"{one['start']}-{one['end']}", one["holder"], ", ".join(verdict.holders) or "no claim")
            for one, verdict in zip(listed, verdicts, strict=True)
            if not verdict.right
        ]
    print(markdown(["seed", "direct quotations", "found", "with the right holder", "whole"], rows))
    if failed:
        print("\nNot found, or held by somebody else:\n")
        print(markdown(["seed", "code points", "holder", "found as"], failed))


def main(folder: Path) -> int:
    """Measure and print."""
    if not folder.is_dir():
        print(f"{folder} is not there: nothing measured")
        return 0
    print(circumstances() + "\n")
    quotations = tomllib.loads(QUOTATIONS.read_text(encoding="utf-8"))["quotations"]
    texts: dict[str, str] = {}
    claims: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.glob("*.txt")):
        # A warehouse each: the two must not be told apart, or compared, by each other.
        with temporary_desk() as desk:
            done = import_timed(desk, [path], {}, datetime.now(UTC), Stopwatch())
            with desk.warehouse.reading() as tx:
                stored = listings.listing(tx, "articles", text=True)
                made = tx.rows("SELECT title_made FROM revisions")
                claims[path.name] = listings.listing(tx, "claims")
        if not stored:
            print(f"{path.name}: not filed: {done.rejected[0].reason if done.rejected else 'no reason kept'}")
            continue
        texts[path.name] = stored[0]["text"]
        print(markdown([path.name, ""], describe(stored[0] | made[0], claims[path.name])) + "\n")
    recall(quotations, texts, claims)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
