"""What copies alter: the demo's planted mutations, and all that is told of the rewrites of real stories, to be read.

    .venv/bin/python bench/mutations.py

The demo's copies are compared with their originals as filing keeps them apart (`bench/planted.py` measures the whole
way). Of the 95 stories of ../shared/data/onestop in three versions each, every alteration between a version and the
next easier one is printed: the rules were developed on the stories with even numbers; those with odd ones were read
once, and what was wrong there was mended, so that none is held out now. Whoever wrote them meant to alter nothing, but
to make them easier: a reader must say which are true.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter

from rig.desk import SHARED
from rig.table import circumstances, markdown

from demo.planted import blocks, load_planted
from demo.replay import OVERLAY
from demo.world import load_pages
from news.mutations import Mutation, find_mutations
from news.topic import Topic
from news.topic_file import load_topic, with_overlay
from volteface.options import DEFAULT_TOPIC

ONESTOP = SHARED / "data" / "onestop" / "rewrites.jsonl.gz"
STEPS = (("adv", "int"), ("int", "ele"))


def show_demo(topic: Topic) -> None:
    """Prints how many of the planted mutations are found, and what is told beside them."""
    pages = {page.id: page for page in load_pages()}
    planted = load_planted()
    found: dict[str, list[Mutation]] = {}
    for row in planted.copies:
        original, copy = pages[row["original"]], pages[row["page"]]
        versions = ["\n".join(blocks(version.body_html)) for version in original.versions]
        found[row["page"]] = find_mutations(versions, "\n".join(blocks(copy.versions[0].body_html)), topic)
    rows, met = [], set()
    for row in planted.mutations:
        hit = next(
            (
                one
                for one in found.get(row["page"], [])
                if one.what == row["what"] and (one.before in row["before"] or row["before"] in one.original)
            ),
            None,
        )
        met.add(id(hit))
        rows.append((row["page"], row["what"], row["before"][:60], "found" if hit else "missed"))
    print(markdown(["page", "planted", "before", ""], rows) + "\n")
    rest = [(page, one) for page, told in found.items() for one in told if id(one) not in met]
    print(f"Told beside the planted ones, of {len(found)} copies: {len(rest)}\n")
    for page, one in rest:
        print(f"- {page}: {one.what}: “{one.before}” → “{one.after}”")
    print()


def show_rewrites(topic: Topic) -> None:
    """Prints all that is told of the rewrites, those that the rules were developed on first."""
    with gzip.open(ONESTOP, "rt", encoding="utf-8") as lines:
        stories = [json.loads(line) for line in lines]
    for name, parity in (("developed on", 0), ("read once", 1)):
        counts: Counter[str] = Counter()
        told = []
        for place, story in enumerate(stories):
            if place % 2 != parity:
                continue
            for harder, easier in STEPS:
                for one in find_mutations([story[harder]], story[easier], topic):
                    counts[one.what] += 1
                    told.append((place, harder, easier, one))
        print(f"Rewrites, {name}: {counts.total()} told of {len(stories[parity::2])} stories: {dict(counts)}\n")
        for place, harder, easier, one in told:
            print(f"- {place} {harder}-{easier}, {one.what}: “{one.before}” → “{one.after}”")
            print(f"    {one.original}\n    {one.copy}")
        print()


def main() -> int:
    """Measure and print."""
    print(circumstances() + "\n")
    topic = with_overlay(load_topic(DEFAULT_TOPIC), OVERLAY, {"address": "127.0.0.1:1", "out": "out"})
    show_demo(topic)
    if ONESTOP.exists():
        show_rewrites(topic)
    else:
        print(f"{ONESTOP} is not there: no rewrites measured")
    return 0


if __name__ == "__main__":
    sys.exit(main())
