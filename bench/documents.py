"""Claims in the domain: documents written for this and annotated by hand before the rules saw them, half held out.

    .venv/bin/python bench/documents.py [--list]

Reads tests/analysis/documents/*.toml: every claim with its source, cue, content, holder, actor, modality and day. A
claim is found when more than half of the characters of either content are the other's too (where there is no content:
when the cues touch). Of those found: the right holder (the words of one name are all words of the other, or another
name that is marked as equally right), actor, modality, day, and the exact content. `--list` names what the training
half's claims miss; of the held-out half only counts are shown.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from analysis.engine import ENGINE
from analysis.reading import Reader
from demo.scoring import same_holder
from news.article import Article, Precision
from news.claim import Claim
from news.topic_file import load_topic

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT / "tests" / "analysis" / "documents"
TOPIC = ROOT / "topics" / "dprk-alignment.toml"
_HALF = 0.5
_EDGE = ".,;: \n\"“”‘’'"

Row = Mapping[str, Any]


def documents() -> Iterator[tuple[Article, list[dict[str, Any]], str]]:
    """Each document as an article, its annotated claims with their offsets, and its part."""
    for path in sorted(DOCUMENTS.glob("*.toml")):
        row = tomllib.loads(path.read_text("utf-8"))
        day = datetime.combine(row["published"], time(9), UTC)
        article = Article(
            path.stem, 1, f"https://documents.example/{path.stem}", row["outlet"], row["title"], row["text"], day, day,
            published=day, published_precision=Precision.DAY,
        )  # fmt: skip
        yield article, [placed(article.text, one) for one in row["claims"]], row["part"]


def placed(text: str, claim: Row) -> dict[str, Any]:
    """An annotated claim with the offsets of its spans in the text; the content's parts are looked for in order."""
    begin = text.index(claim["near"])
    end = begin + len(claim["near"])
    spans = {}
    for role in ("source", "cue"):
        spans[role] = [whole_words(text, claim[role], begin, end)] if claim[role] else []
    content, at = [], begin
    for part in claim["content"]:
        content.append(whole_words(text, part, at, end))
        at = content[-1][1]
    return {**claim, "spans": spans, "content_spans": content}


def whole_words(text: str, part: str, begin: int, end: int) -> tuple[int, int]:
    """Where the part first stands in that stretch of the text as whole words; a KeyError names it where it does not."""
    match = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)").search(text, begin, end)
    if match is None:
        raise KeyError(f"“{part}” does not stand in “{text[begin:end]}”")
    return match.span()


def covered(spans: Sequence[Sequence[int]]) -> set[int]:
    """The offsets that spans cover."""
    return {at for start, end in spans for at in range(start, end)}


def fits(claim: Claim, row: Row) -> bool:
    """Whether a claim is about the same act of speech as an annotated one."""
    ours, theirs = covered(claim.content), covered(row["content_spans"])
    if not theirs or not ours:
        return bool(covered(claim.cue) & covered(row["spans"]["cue"]))
    shared = len(ours & theirs)
    return shared > _HALF * len(ours) and shared > _HALF * len(theirs)


def held_by(claim: Claim, row: Row) -> bool:
    """Whether the holder is one of the names that are right."""
    names = [name for name in (row["holder"], *row.get("holder_also", ())) if name]
    return not names or any(same_holder(name, claim.holder) for name in names)


def exact(text: str, claim: Claim, row: Row) -> bool:
    """Whether the contents are the same, marks and blanks at their ends aside."""
    ours = [text[start:end].strip(_EDGE) for start, end in claim.content]
    return ours == [text[start:end].strip(_EDGE) for start, end in row["content_spans"]]


def count(article: Article, rows: Sequence[Row], claims: Sequence[Claim], *, tell: bool) -> Counter[str]:
    """The counts of one document."""
    found: Counter[str] = Counter(annotated=len(rows), claims=len(claims))
    for row in rows:
        near = sorted((one for one in claims if fits(one, row)), key=lambda one: held_by(one, row), reverse=True)
        if not near:
            if tell:
                print(
                    f"  {article.article_id}: missed {row['holder']} | {row['cue']} | {' … '.join(row['content'])[:90]}"
                )
            continue
        best = near[0]
        spoken = best.spoken_on.isoformat() if best.spoken_on else ""
        right = {
            "holder": held_by(best, row),
            "actor": (best.actor or "") == row["actor"],
            "modality": best.modality.value == row["modality"],
            "day": not row["spoken_on"] or spoken == row["spoken_on"],
            "exact": exact(article.text, best, row),
        }
        found["found"] += 1
        found["dated"] += bool(row["spoken_on"])
        found["day told"] += bool(row["spoken_on"]) and spoken == row["spoken_on"]
        found.update({name for name, is_right in right.items() if is_right})
        wrong = [name for name, is_right in right.items() if not is_right and name != "exact"]
        if tell and wrong:
            print(
                f"  {article.article_id}: {', '.join(wrong)}: {best.holder} ({best.actor}, {best.modality.value},"
                f" {spoken}) for {row['holder']} ({row['actor']}, {row['modality']}, {row['spoken_on']}) | {row['cue']}"
                f" | {' … '.join(row['content'])[:60]}"
            )
    found["true"] = sum(any(fits(one, row) for row in rows) for one in claims)
    if tell:
        for one in claims:
            if not any(fits(one, row) for row in rows):
                said = " … ".join(article.text[start:end] for start, end in one.content)
                print(f"  {article.article_id}: not annotated: {one.holder} | {one.rule} | {said[:90]}")
    return found


def share(part: int, whole: int) -> str:
    """A share with its counts."""
    return f"{part / max(whole, 1):.2f} ({part} of {whole})"


def main() -> int:
    """Measure both halves and print."""
    reader = Reader(load_topic(TOPIC))
    parts: dict[str, Counter[str]] = {}
    sizes: Counter[str] = Counter()
    for article, rows, part in documents():
        claims = [one for one in reader.read(article) if one.rule != "own-voice"]
        tell = "--list" in sys.argv
        if tell and part != "train":
            continue  # whoever develops looks at the training half alone
        parts.setdefault(part, Counter()).update(count(article, rows, claims, tell=tell))
        sizes[part] += 1
    for part, found in sorted(parts.items(), reverse=True):
        print(f"{part}: {sizes[part]} documents, {found['annotated']} claims, {ENGINE}")
        print(f"  found            {share(found['found'], found['annotated'])}")
        print(f"  claims that are  {share(found['true'], found['claims'])}")
        for name in ("holder", "actor", "modality", "exact"):
            print(f"  right {name:<10} {share(found[name], found['found'])}")
        print(f"  right day        {share(found['day told'], found['dated'])} where the document tells it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
