"""`volteface check`: the topic file, its sources, or a home page that may have some."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from analysis.stance import check_examples
from news.errors import ConfigurationError, StepError
from news.topic import Topic
from volteface.candidates import find_sources
from volteface.looks import look_at_sources
from volteface.options import Session, common
from volteface.terminal import plain, say


@click.command()
@click.argument("urls", metavar="[URL]…", nargs=-1)
@click.option("--add", is_flag=True, help="Put the best source behind each URL at the end of the topic file.")
@click.option("--sources", "sources_too", is_flag=True, help="Poll each source of the topic once; nothing is kept.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout: one a source, or one an address found.")
@common
def check(session: Session, urls: tuple[str, ...], *, add: bool, sources_too: bool, as_json: bool) -> None:
    """Check the topic file: every key, every reference, and every proposition's example sentences.

    With URLs of home pages (or of feeds), find the sources behind them instead: feeds the page names or links to,
    sitemaps of its robots.txt, the usual places. Each is polled; the best one's tables, ready to be pasted into the
    topic file, go to stdout.
    """
    now = datetime.now(UTC)
    if add and not urls:
        raise ConfigurationError("--add needs the address of a home page", "volteface check --add example.org")
    if urls and sources_too:
        raise ConfigurationError("--sources and an address do not go together", "ask for one of the two")
    if urls:
        find_sources(session.topic, urls, now, session.settings.user_agent, add=add, as_json=as_json)
    elif sources_too:
        look_at_sources(session.topic, now, session.settings.user_agent, as_json=as_json)
    elif as_json:
        raise ConfigurationError("--json goes with URLs or --sources", "leave it out to check the topic file")
    else:
        _check_topic(session.topic)


def _check_topic(topic: Topic) -> None:
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
