"""Hand-made pairs of pages: what was done to a story in the way of copies, and what is no copy, however alike.

Verbatim, syndicated and cut copies are made of the stories here; the reworded ones and the other hands were written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from news.article import CleanArticle, Precision

FOLDER = Path(__file__).parent / "pairs"
FIRST = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Pair:
    """Two pages, in order; `kind` is what the second is as a copy, None for no copy; `why` names the pair."""

    why: str
    kind: str | None
    one: CleanArticle
    other: CleanArticle


def pairs() -> list[Pair]:
    """Every pair; pages of one story have one address wherever they stand."""
    found = []
    for path in sorted(FOLDER.glob("stories-*.toml")):
        for story in tomllib.loads(path.read_text(encoding="utf-8"))["story"]:
            found += _of_story(story)
    for number, row in enumerate(tomllib.loads((FOLDER / "negatives.toml").read_text(encoding="utf-8"))["negative"]):
        one, other = (
            _page(f"{row['outlets'][place]}.example/{number}-{place}", row["outlets"][place], row[side], 20 * place)
            for place, side in enumerate(("one", "other"))
        )
        found.append(Pair(row["why"], None, one, other))
    return found


def _of_story(story: dict[str, str]) -> Iterator[Pair]:
    name, text = story["id"], story["original"]
    paragraphs = text.strip().split("\n")
    agency = text[text.index("(") + 1 : text.index(")")]
    original = _page(f"wire.example/{name}", agency, text, 0)
    cut = "\n".join([*paragraphs[:2], *paragraphs[3:-1]]).partition(" - ")[2]
    made = {
        "identical": ("mirror", text),
        "syndicated": ("city", f"{text.strip()}\nSource: {agency}"),
        "edited": ("county", cut),
        "spun": ("mill", story["spun"]),
        "summary": ("brief", story["summary"]),
        None: ("hill", story["other"]),
    }
    for hours, (kind, (outlet, body)) in enumerate(made.items(), 1):
        page = _page(f"{outlet}.example/{name}", outlet, body, hours)
        if kind == "syndicated":
            page = replace(page, credit=agency, credit_evidence=f"Source: {agency}")
        yield Pair(f"{name}: {kind or 'another hand'}", kind, original, page)


def _page(address: str, outlet: str, text: str, hours: float) -> CleanArticle:
    seen = FIRST + timedelta(hours=hours)
    return CleanArticle(
        url=f"http://{address}",
        title=f"{text.split(maxsplit=1)[0]} {outlet}",
        text=text.strip(),
        seen=seen,
        outlet=outlet,
        lang="en",
        published=seen,
        published_precision=Precision.SECOND,
    )
