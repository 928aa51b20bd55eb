"""Topic files: TOML into a `Topic`, with every problem at once.

The shape is that of the records in `news.topic`: `[scope]` with `[[scope.groups]]`; `[[entities]]` with
`[[entities.offices]]` and their `[[entities.offices.holders]]`; `[[propositions]]` with `patterns` and `examples`;
`[[counted]]`, `[[outlets]]`, `[[sources]]`, `[[subscribers]]`, `[fetch]`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from news.errors import ConfigurationError, TopicError, TopicProblem
from news.topic import Scope, Source, Topic
from news.topic_content import (
    Declared,
    list_ids,
    read_counted,
    read_entities,
    read_languages,
    read_propositions,
    read_scope,
)
from news.topic_lines import locate_keys
from news.topic_route import read_fetch, read_outlets, read_sources, read_subscribers
from news.topic_table import Report, Table

MAX_BYTES = 5_000_000
_TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def load_topic(path: Path) -> Topic:
    """The topic a file holds.

    Raises:
        ConfigurationError: the file is missing, unreadable, too large, or no text.
        TopicError: the file is text, but no right topic; it carries every problem.
    """
    return parse_topic(_read_text(path), str(path))


def parse_topic(text: str, path: str) -> Topic:
    """The topic a text holds; `path` names it in messages.

    Raises:
        TopicError: every problem of the text, in the order of its lines.
    """
    root = _open(text, path, {})
    entities, propositions = root.tables("entities"), root.tables("propositions", required=True)
    outlets, fetch = root.tables("outlets"), root.table("fetch")
    allow_hosts, resolve = read_fetch(fetch) if fetch else ((), ())
    declared = Declared(
        list_ids(entities), list_ids(propositions), list_ids(outlets), frozenset({*allow_hosts, *dict(resolve)})
    )
    scope = root.table("scope", required=True)
    topic = Topic(
        id=root.identifier(set()) or "",
        title=root.text("title", required=True) or "",
        path=path,
        languages=read_languages(root),
        scope=read_scope(scope, declared) if scope else Scope(()),
        entities=read_entities(entities),
        propositions=read_propositions(propositions, declared),
        counted=read_counted(root.tables("counted"), declared),
        outlets=read_outlets(outlets, declared),
        sources=read_sources(root.tables("sources"), declared),
        subscribers=read_subscribers(root.tables("subscribers"), declared),
        allow_hosts=allow_hosts,
        resolve=resolve,
    )
    return _finish(root, topic, path)


def with_overlay(topic: Topic, path: Path, values: Mapping[str, str]) -> Topic:
    """The topic with its outlets, sources, subscribers and fetch rules replaced by those an overlay file holds.

    What the overlay leaves out stays as it is. Each `{name}` in a text of the overlay stands for `values[name]`.

    Raises:
        ConfigurationError: the file is missing, unreadable, too large, or no text.
        TopicError: every problem of the overlay, references into the topic included.
    """
    text, name = _read_text(path), str(path)
    root = _open(text, name, values)
    fetch = root.table("fetch")
    allow_hosts, resolve = read_fetch(fetch) if fetch else (topic.allow_hosts, topic.resolve)
    outlet_tables = root.tables("outlets")
    declared = Declared(
        frozenset(one.id for one in topic.entities),
        frozenset(one.id for one in topic.propositions),
        list_ids(outlet_tables) if root.has("outlets") else frozenset(one.id for one in topic.outlets),
        frozenset({*allow_hosts, *dict(resolve)}),
    )
    outlets = read_outlets(outlet_tables, declared) if root.has("outlets") else topic.outlets
    source_tables, subscriber_tables = root.tables("sources"), root.tables("subscribers")
    sources = read_sources(source_tables, declared) if root.has("sources") else topic.sources
    subscribers = read_subscribers(subscriber_tables, declared) if root.has("subscribers") else topic.subscribers
    if not root.has("sources"):
        _report_strays(root, topic.sources, declared)
    changed = replace(
        topic, outlets=outlets, sources=sources, subscribers=subscribers, allow_hosts=allow_hosts, resolve=resolve
    )
    return _finish(root, changed, name)


def _report_strays(root: Table, sources: tuple[Source, ...], declared: Declared) -> None:
    strays = sorted({one.outlet for one in sources} - declared.outlets)
    if strays:
        mend = "add them, or replace the sources as well"
        root.wrong("outlets", f"the topic's sources need outlets left out here: {', '.join(strays)}", mend)


def _finish(root: Table, topic: Topic, path: str) -> Topic:
    root.close()
    problems = root.report.problems
    if problems:
        raise TopicError(path, sorted(problems, key=lambda one: one.line or 0))
    return topic


def _open(text: str, path: str, values: Mapping[str, str]) -> Table:
    """The root table of a TOML text, or the one problem that keeps it from being read at all."""
    if not text.strip():
        raise TopicError(path, [TopicProblem("(file)", 1, "is empty", "write a topic, or name the right file")])
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TopicError(path, [_describe_syntax(text, str(error))]) from error
    except (ValueError, RecursionError) as error:
        # Numbers of thousands of digits and lists nested hundreds deep: legal TOML, and nothing a topic needs.
        problem = TopicProblem("(file)", 1, f"cannot be read as TOML ({error})", "simplify its values")
        raise TopicError(path, [problem]) from error
    return Table(data, "", Report(locate_keys(text), values))


def _describe_syntax(text: str, message: str) -> TopicProblem:
    found = _TOML_LINE.search(message)
    line = int(found[1]) if found else text.rstrip().count("\n") + 1
    what = _TOML_LINE.sub("", message)
    return TopicProblem("(file)", line, f"is no TOML: {what}", "mend the line; the rest is checked after that")


def _read_text(path: Path) -> str:
    try:
        if not path.exists():
            raise ConfigurationError(f"topic file {path} does not exist", "check the path given to --topic")
        if not path.is_file():
            raise ConfigurationError(f"topic file {path} is no regular file", "name a TOML file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ConfigurationError(
            f"topic file {path} cannot be read ({reason})", "check its name and permissions"
        ) from error
    if len(data) > MAX_BYTES:
        raise ConfigurationError(f"topic file {path} is larger than {MAX_BYTES:,} bytes", "name a topic file")
    return _decode(data, path)


def _decode(data: bytes, path: Path) -> str:
    if b"\x00" in data:
        raise ConfigurationError(f"topic file {path} is binary", "name a TOML file, as UTF-8 text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(f"topic file {path} is not UTF-8 at line {line}", "save it as UTF-8") from error
