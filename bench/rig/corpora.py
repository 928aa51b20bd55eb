"""Every text whose copies are known, for one warehouse: rewrites, a real archive, the demo wire, hand-made pairs."""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from kcna import MAPPING, load, reference_pairs
from rig.desk import SHARED

from demo.outlets import BY_ID
from demo.planted import blocks, load_planted
from demo.world import load_pages
from news.article import CleanArticle
from news.topic import Topic
from sources.imports import read_imports

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.warehouse.pairs import pairs

LEVELS = ("adv", "int", "ele")
_ONESTOP = SHARED / "data" / "onestop" / "rewrites.jsonl.gz"
_KCNA = SHARED / "data" / "kcna"
_REWRITTEN = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Text:
    """One page: the part of the whole it belongs to, and the page as it is filed."""

    part: str
    page: CleanArticle


@dataclass(frozen=True)
class Corpus:
    """All pages in the order in which they were seen, the pairs that are copies, and the kinds that are known.

    `kinds` has the address of each copy whose kind was planted or made, with that kind.
    """

    texts: tuple[Text, ...]
    true: frozenset[tuple[str, str]]
    kinds: Mapping[str, str]

    def part_of(self) -> dict[str, str]:
        """The part of each address."""
        return {one.page.url: one.part for one in self.texts}


def load_corpus(topic: Topic) -> Corpus:
    """Everything there is, as an import gives it; parts whose data is not there are left out."""
    rows: dict[str, tuple[str, Row]] = {}
    true: set[tuple[str, str]] = set()
    kinds: dict[str, str] = {}
    for part, (found, groups, named) in {
        "onestop": _onestop(),
        "kcna": _kcna(),
        "demo": _demo(),
        "hand-made": _hand_made(),
    }.items():
        rows |= {row["url"]: (part, row) for row in found}
        true |= {pair for group in groups for pair in combinations(sorted(group), 2)}
        kinds |= named
    texts = [Text(rows[page.url][0], page) for page in _imported([row for _, row in rows.values()], topic)]
    texts.sort(key=lambda one: (one.page.seen, one.page.url))
    return Corpus(tuple(texts), frozenset(true), kinds)


def _imported(rows: Sequence[Row], topic: Topic) -> list[CleanArticle]:
    with tempfile.TemporaryDirectory(prefix="volteface-bench-") as folder:
        path = Path(folder) / "rows.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        found = list(read_imports([path], mapping={}, topic=topic, now=_REWRITTEN))
    return [one for one in found if isinstance(one, CleanArticle)]


Row = dict[str, Any]
_Part = tuple[list[Row], list[set[str]], dict[str, str]]


def _row(url: str, title: str, text: str, seen: datetime, outlet: str, *, published: datetime | None = None) -> Row:
    made: Row = {"url": url, "title": title, "text": text, "seen": seen.isoformat(), "outlet": outlet, "lang": "en"}
    return made | {"published": published.isoformat()} if published else made


def _onestop() -> _Part:
    if not _ONESTOP.exists():
        return [], [], {}
    rows, groups = [], []
    with gzip.open(_ONESTOP, "rt", encoding="utf-8") as lines:
        for place, row in enumerate(map(json.loads, lines)):
            group = set()
            for hours, level in enumerate(LEVELS):
                url = f"https://{level}.example/{place}"
                seen = _REWRITTEN + timedelta(hours=hours, minutes=place)
                rows.append(_row(url, row["title"], row[level], seen, level))
                group.add(url)
            groups.append(group)
    return rows, groups, {}


def _kcna() -> _Part:
    if not _KCNA.exists():
        return [], [], {}
    kept: dict[str, Row] = {}
    for row in load(_KCNA):
        if (row[MAPPING["text"]] or "").strip():
            kept.setdefault(row[MAPPING["url"]], row)
    rows = [{key: row[named] for key, named in MAPPING.items()} for row in kept.values()]
    return rows, _joined(reference_pairs(kept.values())), {}


def _joined(near: set[tuple[str, str]]) -> list[set[str]]:
    """The groups that pairs make."""
    group: dict[str, set[str]] = {}
    for one, other in sorted(near):
        whole = group.get(one, {one}) | group.get(other, {other})
        group |= dict.fromkeys(whole, whole)
    return list({id(whole): whole for whole in group.values()}.values())


def _demo() -> _Part:
    planted = load_planted()
    urls: dict[str, str] = {}
    rows = []
    for page in load_pages():
        first = page.versions[0]
        urls[page.id] = f"http://{BY_ID[page.outlet].host}{page.path}"
        text = "\n".join(blocks(first.body_html))
        rows.append(_row(urls[page.id], first.title, text, page.published, page.outlet, published=page.published))
    of_original: dict[str, set[str]] = {}
    for row in planted.copies:
        of_original.setdefault(row["original"], {urls[row["original"]]}).add(urls[row["page"]])
    return rows, list(of_original.values()), {urls[row["page"]]: row["kind"] for row in planted.copies}


def _hand_made() -> _Part:
    rows: dict[str, Row] = {}
    groups: dict[str, set[str]] = {}
    kinds = {}
    for pair in pairs():
        for page in (pair.one, pair.other):
            made = _row(page.url, page.title, page.text, page.seen, page.outlet or "", published=page.published)
            rows.setdefault(page.url, made)
        if pair.kind:
            groups.setdefault(pair.one.url, {pair.one.url}).add(pair.other.url)
            kinds[pair.other.url] = pair.kind
    return list(rows.values()), list(groups.values()), kinds
