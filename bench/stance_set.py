"""Stances on the labelled set, half of it held out, and on a second topic: macro-F1 with the confusion matrix.

    .venv/bin/python bench/stance_set.py [--misses]

Reads tests/analysis/stance_set.toml (the default topic) and stance_dam.toml (tests/topics/dam-dispute.toml) text by
text with the real reader; labels and halves mean what the files' heads say. A label is right when a claim of its
holder, by any name that the topic gives that holder, has its stance. A stance of a holder who has no such label counts
against precision, as one wanted of nobody. Macro-F1 is the mean of the F1 of affirms, denies, doubts and neutral.
`--misses` names what the training half misses; of the held-out half and of the second topic only counts are shown.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rig.table import circumstances, markdown, share
from stances import SIDES, TEXTS, Tally, as_article, read_stances, same_holder, weigh

from analysis.comparison import MOVES_AT
from analysis.engine import ENGINE
from analysis.reading import Reader
from news.article import Article
from news.claim import Claim, HolderKind
from news.topic import Office, Topic
from news.topic_file import load_topic
from volteface.options import DEFAULT_TOPIC

DAM = Path(__file__).parents[1] / "tests" / "topics" / "dam-dispute.toml"
STANCES = SIDES[:4]
PARTS = {"train": "train", "held": "held out"}

Row = Mapping[str, Any]
Read = Callable[[Article], list[Claim]]


@dataclass
class Score:
    """What was read of some texts beside their labels; `of` has a tally for each proposition as well."""

    tally: Tally = field(default_factory=Tally)
    of: dict[str, Tally] = field(default_factory=dict)
    texts: int = 0
    labels: int = 0
    unlinked: int = 0
    other_holder: int = 0
    outlets_own: int = 0
    bare: int = 0
    bare_linked: int = 0


def rows(name: str) -> list[dict[str, Any]]:
    """The labelled sentences of one file, in its order."""
    return list(tomllib.loads((TEXTS / f"stance_{name}.toml").read_text("utf-8"))["sentences"])


def names_of(wanted: str, topic: Topic) -> str:
    """The names of a label's holder, apart by "|", with those that the topic gives the same country, body or office.

    A title that several countries have ("foreign ministry") is taken for that of the country which the label names.
    """
    names = wanted.split("|")
    low = {one.lower() for one in names}
    countries = [entity.name for entity in topic.entities if low & {name.lower() for name in entity.names}]
    offices = {entity: [office for office in entity.offices if low & _titles(office)] for entity in topic.entities}
    having = [entity for entity, found in offices.items() if found]
    if len(having) > 1:
        having = [entity for entity in having if any(name.lower() in wanted.lower() for name in entity.names)]
    for office in (office for entity in having for office in offices[entity]):
        names += [office.title, *(holder.name for holder in office.holders)]
    return "|".join(dict.fromkeys([*names, *countries]))


def _titles(office: Office) -> set[str]:
    return {title.lower() for title in (office.title, *office.titles)}


def measure(listed: Sequence[Row], topic: Topic, read: Read) -> Score:
    """The score of some sentences: each is read alone, as an article of its day."""
    score = Score()
    for one in listed:
        labels = [[names_of(holder, topic), *rest] for holder, *rest in one["labels"]]
        claims = read(as_article(dict(one)))
        mine = Tally()
        weigh({**one, "labels": labels}, claims, mine)
        score.tally.pairs += mine.pairs
        score.tally.lines += mine.lines
        score.of.setdefault(one["about"], Tally()).pairs += mine.pairs
        _count_links(labels, claims, score)
    return score


def _count_links(labels: Sequence[Sequence[str]], claims: Sequence[Claim], score: Score) -> None:
    """Add what became of each firm label's proposition, whoever was read as its holder."""
    read = read_stances(list(claims))
    own = {
        stance.proposition
        for claim in claims
        if claim.holder_kind is HolderKind.OUTLET
        for stance in claim.propositions
        if stance.score >= MOVES_AT
    }
    score.texts += 1
    if not labels:
        score.bare += 1
        score.bare_linked += bool(read or own)
    for holder, proposition, stance in labels:
        if stance.startswith("("):
            continue
        score.labels += 1
        holders = [each for each, other in read if other == proposition]
        if any(same_holder(holder, each) for each in holders):
            continue
        score.other_holder += bool(holders)
        score.outlets_own += not holders and proposition in own
        score.unlinked += not holders and proposition not in own


def f1(pairs: Counter[tuple[str, str]], stance: str) -> float:
    """The F1 of one stance; 0 where it is neither wanted nor read."""
    wanted = sum(count for (one, _), count in pairs.items() if one == stance)
    read = sum(count for (_, other), count in pairs.items() if other == stance)
    return 2 * pairs[stance, stance] / (wanted + read) if wanted + read else 0.0


def macro_f1(pairs: Counter[tuple[str, str]]) -> float:
    """The mean F1 of the four stances."""
    return sum(f1(pairs, stance) for stance in STANCES) / len(STANCES)


def show_summary(scores: Mapping[str, Score]) -> None:
    """Print one column for each set of texts."""
    lines: list[tuple[str, Callable[[Score], str]]] = [
        ("texts", lambda one: str(one.texts)),
        ("**macro-F1**", lambda one: f"**{macro_f1(one.tally.pairs):.3f}**"),
        *((f"F1, {stance}", lambda one, stance=stance: f"{f1(one.tally.pairs, stance):.3f}") for stance in STANCES),
        ("labels read right", lambda one: share(one.tally.scores[2], one.tally.scores[3])),
        ("stances read that are right", lambda one: share(one.tally.scores[2], one.tally.scores[4])),
        ("labels whose proposition nobody is linked to", lambda one: share(one.unlinked, one.labels)),
        ("labels read as another holder's", lambda one: share(one.other_holder, one.labels)),
        ("labels read as the outlet's own", lambda one: share(one.outlets_own, one.labels)),
        ("texts that must not be linked and are", lambda one: share(one.bare_linked, one.bare)),
    ]
    print(markdown(["", *scores], [[name, *(of(one) for one in scores.values())] for name, of in lines]), "\n")


def show_matrix(name: str, tally: Tally) -> None:
    """Print the confusion matrix: rows what was wanted, columns what was read."""
    cells = [[one, *(tally.pairs[one, other] or "" for other in SIDES)] for one in SIDES]
    print(markdown([f"{name}: wanted, and read", *SIDES], cells), "\n")


def show_propositions(scores: Mapping[str, Score]) -> None:
    """Print, for each proposition that the sentences are about, how many labels are right and how many too many."""
    ids = dict.fromkeys(each for one in scores.values() for each in one.of)
    header = ["about"]
    for name in scores:
        header += [f"right, {name}", f"wrong side, {name}", f"wanted of nobody, {name}"]
    table = []
    for each in ids:
        cells: list[object] = [each]
        for one in scores.values():
            tally = one.of.get(each, Tally())
            sides = sum(n for (a, b), n in tally.pairs.items() if a != b and "none" not in {a, b})
            spurious = sum(n for (a, b), n in tally.pairs.items() if a == "none" != b)
            cells += [share(tally.scores[2], tally.scores[3]), sides, spurious]
        table.append(cells)
    print(markdown(header, table), "\n")


def main(arguments: Sequence[str], reader: Callable[[Topic], Read] = lambda topic: Reader(topic).read) -> int:
    """Measure both halves and the second topic; print them, and with `--misses` what the training half misses."""
    topic, dam = load_topic(DEFAULT_TOPIC), load_topic(DAM)
    read = reader(topic)
    listed = rows("set")
    halves = {
        name: measure([one for one in listed if one["part"] == part], topic, read) for part, name in PARTS.items()
    }
    second = {"second topic": measure(rows("dam"), dam, reader(dam))}
    print(f"Engine {ENGINE}. {circumstances()}\n")
    show_summary(halves | second)
    for name, one in (halves | second).items():
        show_matrix(name, one.tally)
    show_propositions(halves)
    show_propositions(second)
    if "--misses" in arguments:
        print("\n".join(halves["train"].tally.lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
