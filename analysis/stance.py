"""The side a claim takes on the propositions, and the check of a topic's examples against these rules."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from analysis.counted import COUNTS
from analysis.judging import Judge, Statement
from analysis.reading import Reader
from news.article import Article, Precision
from news.claim import PropositionStance
from news.topic import Example, Proposition, Topic

__all__ = ["Statement", "check_examples", "stances"]
_DAY = datetime(2024, 10, 15, 12, tzinfo=UTC)  # a day on which offices of most topics are held by somebody


@lru_cache(maxsize=4)
def _judge(topic: Topic) -> Judge:
    return Judge(topic)


def stances(statement: Statement, topic: Topic) -> tuple[PropositionStance, ...]:
    """The stance of one statement on every proposition of the topic it speaks of, each with score and rule's name."""
    return _judge(topic).judge(statement)


def _as_article(example: Example) -> Article:
    return Article(
        article_id="example",
        revision=1,
        url="example:",
        outlet="example",
        title="",
        text=example.text,
        seen=_DAY,
        recorded_at=_DAY,
        published=_DAY,
        published_precision=Precision.DAY,
    )


def _mismatch(proposition: Proposition, example: Example, reader: Reader) -> str | None:
    found = [
        one.stance.value
        for claim in reader.read(_as_article(example))
        for one in claim.propositions
        if one.proposition == proposition.id and one.rule != COUNTS
    ]
    wanted = example.stance.value if example.stance else None
    if wanted in found or (wanted is None and not found):
        return None
    read = " and ".join(dict.fromkeys(found)) or "not linked"
    return f"{proposition.id}: expected {wanted or 'no link'}, read {read}: {example.text}"


def check_examples(topic: Topic) -> list[str]:
    """Every example of the topic that is read otherwise than it says, one line each; empty when all agree.

    An example agrees when a claim read from it takes the stance it names, or none is linked where it names none.
    """
    reader = Reader(topic)
    lines = [
        _mismatch(proposition, example, reader)
        for proposition in topic.propositions
        for example in proposition.examples
    ]
    return [line for line in lines if line]
