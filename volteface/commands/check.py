"""`volteface check`: the topic file, and whether its propositions read their own examples as they should."""

from __future__ import annotations

import click

from analysis.stance import check_examples
from news.errors import StepError
from volteface.options import Session, common
from volteface.terminal import plain, say


@click.command()
@common
def check(session: Session) -> None:
    """Check the topic file: every key, every reference, and every proposition's example sentences."""
    topic = session.topic
    wrong = check_examples(topic)
    for line in wrong:
        say(plain(line))
    examples = sum(len(one.examples) for one in topic.propositions)
    say(
        f"{topic.path}: {len(topic.entities)} entities, {len(topic.propositions)} propositions, "
        f"{len(topic.sources)} sources ({sum(one.unverified for one in topic.sources)} unverified), "
        f"{len(topic.subscribers)} subscribers; {examples - len(wrong)} of {examples} examples read as they should"
    )
    if wrong:
        raise StepError(
            f"{len(wrong)} examples are read otherwise than the topic says",
            "reword the patterns of their propositions, or the examples",
        )
