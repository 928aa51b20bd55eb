"""Who says what: how many of PolNeAR's attributions are found, with which source, cue and content.

    make rivals && .venv/bin/python bench/attributions.py [FOLDER] [--train]

FOLDER (default ../shared/data/polnear) holds train.jsonl.gz and dev.jsonl.gz: US news articles with attributions
marked as source, cue and content spans, one annotator a document. Rules are developed on `train` (`--train` measures
every eighth document of it too), judged on `dev`.

Overlap is by token: precision and recall over all tokens that stand in any span of the role, the documents' tokens
together. *Direct* attributions are those whose content holds or touches a quotation mark. A content is found when ours
and its own share more than half of the tokens of each; its source is right when ours overlaps it (both empty counts as
right), exact when the spans are the same, marks and spaces at the ends aside. PolNeAR marks plans, wishes, votes and
moods as well as speech, and sources that nobody names; what is missed is counted by kind. The outlet's own claims are
no attributions and left out. Beside it stand textacy's direct quotations on the same parses, where `make rivals` has
installed it, counted in the same way.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rig.rivals import PYTHON
from spacy.tokens import DocBin

from analysis.engine import ENGINE
from analysis.parser.pipeline import load_pipeline
from analysis.reading import Reader
from news.article import Article, Precision
from news.claim import Claim, Span
from news.cues import VERBS
from news.topic import Topic

DEFAULT = Path(__file__).parents[2] / "shared" / "data" / "polnear"
PARTS = (("train", 8), ("dev", 1))  # the part, and every how manieth document of it
ROLES = ("source", "cue", "content")
SPEECH = Path(__file__).parent / "rig" / "speech.py"
LONGEST_S = 600
_DAY = datetime(2016, 10, 1, tzinfo=UTC)
_HALF = 0.5
_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARKS = re.compile(r"[\"“”«»„]|''|``|(?<!\w)['‘]|['’](?!\w)")
_ENDS = re.compile(r"^[\W_]+|[\W_]+$")

Spans = Sequence[Sequence[int] | Span]


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution, ours or theirs: the tokens of each role, its content's words, and whether it is direct."""

    tokens: dict[str, frozenset[int]]
    words: str
    direct: bool

    def matches(self, other: Said) -> bool:
        """Whether more than half of either content is the other's as well."""
        mine, its = self.tokens["content"], other.tokens["content"]
        shared = len(mine & its)
        return shared > _HALF * len(mine) and shared > _HALF * len(its)


@dataclass(slots=True)
class Overlap:
    """Tokens in spans of a role: in both, in ours, in theirs."""

    both: int = 0
    ours: int = 0
    theirs: int = 0

    def __str__(self) -> str:
        """F1, precision and recall, with the count they rest on."""
        precision, recall = self.both / max(self.ours, 1), self.both / max(self.theirs, 1)
        found = 2 * precision * recall / max(precision + recall, 1e-9)
        return f"F1 {found:.3f}, precision {precision:.3f}, recall {recall:.3f} ({self.theirs:,} tokens)"


@dataclass(slots=True)
class Score:
    """Counts of one part, of all attributions or of the direct ones."""

    overlap: dict[str, Overlap] = field(default_factory=lambda: {role: Overlap() for role in ROLES})
    marked: int = 0
    found: int = 0
    exact: int = 0
    sourced: int = 0
    claims: int = 0
    right: int = 0
    missed: Counter[str] = field(default_factory=Counter)


def load(path: Path, step: int) -> Iterator[dict[str, Any]]:
    """Every `step`-th document of a part."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % step == 0:
                yield json.loads(line)


def article_of(row: dict[str, Any]) -> Article:
    """A document as the reader takes it."""
    return Article(
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


def spoken(reader: Reader, article: Article) -> list[Claim]:
    """The claims of a document that somebody is said to have made, every span checked."""
    claims = [claim for claim in reader.read(article) if claim.rule != "own-voice" and claim.content]
    assert all(claim.evidence == article.text[claim.start : claim.end] for claim in claims)
    return claims


class Document:
    """A text with its tokens numbered."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._at: dict[int, int] = {}
        for number, token in enumerate(_TOKEN.finditer(text)):
            self._at.update(dict.fromkeys(range(*token.span()), number))

    def said(self, roles: dict[str, Spans]) -> Said:
        """An attribution by its spans."""
        tokens = {role: self._tokens(roles[role]) for role in ROLES}
        words = " … ".join(_ENDS.sub("", self.text[start:end]) for start, end in roles["content"])
        return Said(tokens, words, any(self._quotes(start, end) for start, end in roles["content"]))

    def _tokens(self, spans: Spans) -> frozenset[int]:
        return frozenset(self._at[at] for start, end in spans for at in range(start, end) if at in self._at)

    def _quotes(self, start: int, end: int) -> bool:
        return bool(_MARKS.search(self.text, max(0, start - 2), min(len(self.text), end + 2)))


def count(score: Score, ours: Sequence[Said], theirs: Sequence[Said], others: Sequence[Said]) -> None:
    """Add one document's counts; `others` are attributions that are neither measured nor held against ours."""
    for role in ROLES:
        beside = frozenset().union(*(one.tokens[role] for one in others))
        there = frozenset().union(*(one.tokens[role] for one in theirs))
        here = frozenset().union(*(one.tokens[role] for one in ours)) - (beside - there)
        overlap = score.overlap[role]
        overlap.both += len(here & there)
        overlap.ours += len(here)
        overlap.theirs += len(there)
    for one in theirs:
        hits = [other for other in ours if other.matches(one)]
        score.marked += 1
        score.found += bool(hits)
        score.exact += any(hit.words == one.words for hit in hits)
        score.sourced += any(
            hit.tokens["source"] & one.tokens["source"] or not (hit.tokens["source"] or one.tokens["source"])
            for hit in hits
        )
    score.claims += len(ours)
    score.right += sum(any(one.matches(other) for other in (*theirs, *others)) for one in ours)


def kind_of(text: str, row: dict[str, Spans], *, direct: bool) -> str:
    """What sort of attribution one is, for the list of what is missed."""
    cue = " ".join(text[start:end] for start, end in row["cue"]).strip(" ,")
    if not row["source"]:
        return "no source"
    if cue in (":", "") or cue.startswith(("'s", "’s")):
        return "colon or possessive"
    if "according" in cue.lower():
        return "according to"
    known = [VERBS[word] for word in cue.lower().split() if word in VERBS]
    if not known:
        return "cue not in the list, direct" if direct else "cue not in the list"
    return f"{known[-1].kind.value}{', direct' if direct else ''}"


def measure(reader: Reader, path: Path, step: int) -> tuple[Score, Score, int, float]:
    """The counts of one part: all, direct ones, documents, seconds of reading."""
    whole, direct = Score(), Score()
    documents, seconds = 0, 0.0
    for row in load(path, step):
        documents += 1
        article = article_of(row)
        began = time.perf_counter()
        claims = spoken(reader, article)
        seconds += time.perf_counter() - began
        page = Document(article.text)
        ours = [page.said({role: getattr(claim, role) for role in ROLES}) for claim in claims]
        rows = [one for one in row["attributions"] if one["content"]]
        theirs = [page.said(one) for one in rows]
        count(whole, ours, theirs, [])
        mine = [one for one in ours if one.direct]
        count(direct, mine, [one for one in theirs if one.direct], [one for one in theirs if not one.direct])
        for one, marked in zip(theirs, rows, strict=True):
            if not any(other.matches(one) for other in ours):
                whole.missed[kind_of(article.text, marked, direct=one.direct)] += 1
    return whole, direct, documents, seconds


def textacy(rows: Sequence[dict[str, Any]]) -> tuple[Score, int] | None:
    """The counts of textacy's direct quotations, and how many documents it refused; None where it is not installed."""
    if not PYTHON.is_file():
        return None
    parse = load_pipeline(closed=True)
    parsed = DocBin(["LEMMA", "POS", "TAG", "DEP", "HEAD", "SENT_START"], docs=[parse(row["text"]) for row in rows])
    with tempfile.NamedTemporaryFile(suffix=".spacy") as file:
        Path(file.name).write_bytes(parsed.to_bytes())
        command = [str(PYTHON), str(SPEECH), file.name]
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_S, check=True)  # noqa: S603 - ours
    score, answers = Score(), [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"refused"')]
    for row, answer in zip(rows, answers, strict=True):
        page = Document(row["text"])
        theirs = [page.said(one) for one in row["attributions"] if one["content"]]
        ours = [page.said(one) for one in answer["found"]]
        count(score, ours, [one for one in theirs if one.direct], [one for one in theirs if not one.direct])
    return score, sum(answer["refused"] for answer in answers)


def share(part: int, whole: int) -> str:
    """A share with its counts."""
    return f"{part / whole if whole else 0:.3f} ({part:,} of {whole:,})"


def show(name: str, score: Score) -> None:
    """Print one part's figures."""
    print(f"  {name}")
    for role in reversed(ROLES):
        print(f"    {role + ' overlap':<24} {score.overlap[role]}")
    print(f"    {'contents found':<24} {share(score.found, score.marked)}")
    print(f"    {'… exact':<24} {share(score.exact, score.found)}")
    precise, recalled = score.exact / max(score.claims, 1), score.exact / max(score.marked, 1)
    balanced = 2 * precise * recalled / max(precise + recalled, 1e-9)
    print(f"    {'… exact, of all':<24} F1 {balanced:.3f} ({score.claims:,} claims, {score.marked:,} attributions)")
    print(f"    {'… right source':<24} {share(score.sourced, score.found)}")
    print(f"    {'claims that are one':<24} {share(score.right, score.claims)}")


def main(arguments: Iterable[str] = tuple(sys.argv[1:])) -> int:
    """Measure and print the figures."""
    given = list(arguments)
    folders = [Path(one) for one in given if not one.startswith("--")]
    folder = folders[0] if folders else DEFAULT
    if not folder.is_dir():
        print(f"{folder} is not here: nothing measured. Give the folder of PolNeAR's train.jsonl.gz and dev.jsonl.gz.")
        return 0
    reader = Reader(Topic("none", "Nothing is tracked", "bench"))
    for name, step in PARTS[:1] if "--train" in given else PARTS[1:]:
        path = folder / f"{name}.jsonl.gz"
        whole, direct, documents, seconds = measure(reader, path, step)
        part = f"{name} (1 in {step})" if step > 1 else name
        print(f"{part}: {documents} documents, {ENGINE}, {documents / seconds:.1f} a second")
        show("all attributions", whole)
        show("direct ones", direct)
        beside = textacy(list(load(path, step)))
        if beside is None:
            print("  textacy is not there (`make rivals` installs it): nothing to compare with.")
        else:
            show(f"direct ones, textacy ({beside[1]} of {documents} documents given by paragraph)", beside[0])
        print("  missed, by kind: " + ", ".join(f"{kind} {number}" for kind, number in whole.missed.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
