"""Who says what: how many of PolNeAR's attributions are found, with which words and which source.

    .venv/bin/python bench/quotations.py [FOLDER]

FOLDER (default ../shared/data/polnear) holds train.jsonl.gz and dev.jsonl.gz: US news articles with attributions
marked as source, cue and content spans, one annotator a document. Rules are developed on `train` (every eighth
document is measured), judged on `dev`. Content overlap is by character over all attributions of a document together.
A single attribution is found when a claim's content and its own share more than half of the characters of each; its
source is right when the claim's source touches it (a claim that has none, such as a quotation standing alone, passes).
PolNeAR marks plans, wishes, votes and moods as well as speech, and sources that nobody names: no reader of claims
finds all. The outlet's own claims are no attributions and left out.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis.engine import ENGINE
from analysis.reading import Reader
from news.article import Article, Precision
from news.claim import Claim, Span
from news.topic import Topic

DEFAULT = Path(__file__).parents[2] / "shared" / "data" / "polnear"
PARTS = (("train", 8), ("dev", 1))  # the part, and every how manieth document of it
_DAY = datetime(2016, 10, 1, tzinfo=UTC)
_HALF = 0.5


@dataclass(slots=True)
class Score:
    """Counts of one part: documents, characters of content, attributions, sources, seconds of reading."""

    documents: int = 0
    both: int = 0
    ours: int = 0
    theirs: int = 0
    marked: int = 0
    found: int = 0
    claims: int = 0
    right: int = 0
    sourced: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution, ours or theirs: the characters of its content and of its source."""

    content: frozenset[int]
    source: frozenset[int]

    def matches(self, other: Said) -> bool:
        """Whether more than half of either content is the other's as well."""
        shared = len(self.content & other.content)
        return shared > _HALF * len(self.content) and shared > _HALF * len(other.content)


def places(spans: Iterable[Sequence[int] | Span]) -> frozenset[int]:
    """The offsets that the spans cover."""
    return frozenset(at for start, end in spans for at in range(start, end))


def load(path: Path, step: int) -> Iterator[dict[str, Any]]:
    """Every `step`-th document of a part."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % step == 0:
                yield json.loads(line)


def read(reader: Reader, row: dict[str, Any]) -> list[Claim]:
    """The claims of a document that somebody is said to have made, every span checked."""
    article = Article(
        row["doc"],
        1,
        "https://polnear.example/" + row["doc"],
        row["publisher"],
        "",
        row["text"],
        _DAY,
        _DAY,
        published=_DAY,
        published_precision=Precision.DAY,
    )
    claims = [claim for claim in reader.read(article) if claim.rule != "own-voice"]
    assert all(claim.evidence == article.text[claim.start : claim.end] for claim in claims)
    return claims


def count(score: Score, ours: Sequence[Said], theirs: Sequence[Said]) -> None:
    """Add one document's counts."""
    here = frozenset().union(*(one.content for one in ours))
    there = frozenset().union(*(one.content for one in theirs))
    score.documents += 1
    score.both += len(here & there)
    score.ours += len(here)
    score.theirs += len(there)
    for one in theirs:
        hits = [other for other in ours if other.matches(one)]
        score.marked += 1
        score.found += bool(hits)
        score.sourced += any(hit.source & one.source or not hit.source or not one.source for hit in hits)
    score.claims += len(ours)
    score.right += sum(any(one.matches(other) for other in theirs) for one in ours)


def measure(reader: Reader, path: Path, step: int) -> Score:
    """The counts of one part."""
    score = Score()
    for row in load(path, step):
        began = time.perf_counter()
        claims = read(reader, row)
        score.seconds += time.perf_counter() - began
        ours = [Said(places(claim.content), places(claim.source)) for claim in claims if claim.content]
        theirs = [Said(places(one["content"]), places(one["source"])) for one in row["attributions"] if one["content"]]
        count(score, ours, theirs)
    return score


def share(part: int, whole: int) -> str:
    """A share with its counts."""
    return f"{part / whole if whole else 0:.3f} ({part:,} of {whole:,})"


def show(name: str, score: Score) -> None:
    """Print one part's figures."""
    precision, recall = score.both / max(score.ours, 1), score.both / max(score.theirs, 1)
    overlap = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"{name}: {score.documents} documents, {score.documents / max(score.seconds, 1e-9):.0f} a second, {ENGINE}")
    print(f"  content overlap    F1 {overlap:.3f}, precision {precision:.3f}, recall {recall:.3f}")
    print(f"  attributions found {share(score.found, score.marked)}")
    print(f"  claims that are one {share(score.right, score.claims)}")
    print(f"  source right among found {share(score.sourced, score.found)}")


def main() -> int:
    """Measure both parts and print the figures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    if not folder.is_dir():
        print(f"{folder} is not here: nothing measured. Give the folder of PolNeAR's train.jsonl.gz and dev.jsonl.gz.")
        return 0
    reader = Reader(Topic("none", "Nothing is tracked", "bench"))
    for name, step in PARTS:
        path = folder / f"{name}.jsonl.gz"
        if path.is_file():
            show(f"{name} (1 in {step})" if step > 1 else name, measure(reader, path, step))
        else:
            print(f"{path} is not here: {name} not measured.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
