"""The options that every command takes, and what they open."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from flows.setting import PROJECT, Settings, read_settings
from news.errors import WarehouseError
from news.topic import Topic
from news.topic_file import load_topic
from warehouse import listings
from warehouse.store import Warehouse

DEFAULT_TOPIC = PROJECT / "topics" / "dprk-alignment.toml"
Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Session:
    """One call of a command: the settings, the topic and where the warehouse is."""

    settings: Settings
    topic: Topic
    warehouse_path: Path
    warehouse_given: bool = False

    def existing(self) -> Warehouse:
        """The topic's warehouse, which must be there: who only looks makes none.

        Raises:
            WarehouseError: there is none at that path.
        """
        if not self.warehouse_path.exists():
            raise WarehouseError(
                f"there is no warehouse at {self.warehouse_path}",
                "make one with `volteface run` or `volteface import`, or name another (the demo's is data/demo.duckdb) "
                "with --warehouse",
            )
        return self.warehouse()

    def warehouse(self) -> Warehouse:
        """The topic's warehouse, made or migrated when need be."""
        return Warehouse.open(self.warehouse_path, self.topic.id, self.topic.path, wait_s=self.settings.wait_s)

    def failing_sources(self) -> list[str]:
        """One line for each source of the topic that could not be polled the last time."""
        with self.warehouse().reading() as tx:
            rows = listings.listing(tx, "sources")
        ours = {source.id for source in self.topic.sources}
        failing = [row for row in rows if row["last_outcome"] == "failed" and row["source_id"] in ours]
        return [f"{row['source_id']}: {row['error']}" for row in failing]


def open_session(topic: str | None, warehouse: str | None) -> Session:
    """The session that the two common options ask for.

    Raises:
        ConfigurationError: settings or topic file that cannot be used.
    """
    settings = read_settings(os.environ)
    loaded = load_topic(Path(topic) if topic else DEFAULT_TOPIC)
    path = warehouse or settings.environment.get("VOLTEFACE_WAREHOUSE") or settings.data / f"{loaded.id}.duckdb"
    return Session(settings, loaded, Path(path), warehouse_given=warehouse is not None)


def _given_before() -> dict[str, Any]:
    """What stood before a command's name in a group that takes the same options: `deliveries --topic FILE resend`."""
    context = click.get_current_context()
    return context.parent.params if context.parent else {}


def common(command: Command) -> Command:
    """Adds `--topic` and `--warehouse`; the command gets the opened `session` instead."""

    @click.option("--topic", metavar="FILE", help="What to watch. Default: topics/dprk-alignment.toml")
    @click.option("--warehouse", metavar="FILE", help="Where it is kept. Default: data/<topic id>.duckdb")
    @wraps(command)
    def with_session(*args: Any, topic: str | None, warehouse: str | None, **given: Any) -> Any:
        outer = _given_before()
        session = open_session(topic or outer.get("topic"), warehouse or outer.get("warehouse"))
        return command(*args, session=session, **given)

    return with_session  # type: ignore[return-value] # click's decorators keep the callable, not its type
