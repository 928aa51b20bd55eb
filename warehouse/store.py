"""The warehouse file: made, checked, migrated, and opened for one short transaction after another."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb

from news.errors import WarehouseError, WarehouseMismatch
from warehouse import migration
from warehouse.door import Door, connect, door_of
from warehouse.faults import translate
from warehouse.transaction import Transaction

log = logging.getLogger(__name__)


class Warehouse:
    """One topic's warehouse. Made by `Warehouse.open`; holds no file open between transactions."""

    def __init__(self, path: Path, door: Door, wait_s: float) -> None:
        self.path = path
        self.wait_s = wait_s
        self._door = door

    @classmethod
    def open(cls, path: Path, topic_id: str, topic_path: str, *, wait_s: float = 60.0) -> Warehouse:
        """The warehouse at `path`, made with its folder where there is none, at this version's schema.

        Raises:
            WarehouseMismatch: it belongs to another topic.
            WarehouseNewer: a later version made it.
            WarehouseLocked: others held it for `wait_s` seconds.
            WarehouseError: it is no warehouse, is damaged, or cannot be written.
        """
        door = door_of(path)
        if not door.path.exists():
            _make(door.path, topic_id, topic_path)
        warehouse = cls(path, door, wait_s)
        with warehouse.reading() as tx:
            behind = migration.is_behind(tx)
            if not behind:
                _check_topic(tx, topic_id, topic_path)
        if behind:
            with warehouse.transaction() as tx:
                _check_ours(tx)
                migration.migrate(tx)
                tx.insert("about", _about(topic_id, topic_path))
                _check_topic(tx, topic_id, topic_path)
        return warehouse

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that may write: committed at the end of the block, undone when it raises."""
        with self._inside(read_only=False) as (connection, tx):
            _statement(connection, "BEGIN TRANSACTION", self.path)
            try:
                yield tx
            except BaseException:
                with contextlib.suppress(duckdb.Error):  # a fatal error has ended the transaction already
                    connection.execute("ROLLBACK")
                raise
            _statement(connection, "COMMIT", self.path)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that only reads; several processes may read at once."""
        with self._inside(read_only=True) as (connection, tx):
            _statement(connection, "BEGIN TRANSACTION", self.path)
            try:
                yield tx
            finally:
                with contextlib.suppress(duckdb.Error):
                    connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def lease(self, *, threads: int | None = None, memory: str | None = None) -> Iterator[None]:
        """Within the block, transactions that follow each other at once may share one opening of the file.

        `threads` is how many of the machine's cores the statements in it may use (None: all of them): a statement of
        a few rows is slower on several, and where other work fills the cores it only takes theirs. `memory` is how much
        of the file the driver may keep in memory ("512MB"; None: as much as it may ever).
        """
        with self._door.lease(threads, memory):
            yield

    @contextlib.contextmanager
    def _inside(self, *, read_only: bool) -> Iterator[tuple[duckdb.DuckDBPyConnection, Transaction]]:
        connection = self._door.enter(self.wait_s, read_only=read_only)
        sound = False
        try:
            yield connection, Transaction(connection, self.path)
            sound = True
        finally:
            self._door.leave(sound=sound)


def _statement(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    try:
        connection.execute(sql)
    except duckdb.Error as error:
        raise translate(error, path) from error


def _make(path: Path, topic_id: str, topic_path: str) -> None:
    """Build the file aside and set it in place in one step: killed at any point, there is a whole one or none."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.touch()  # the system says better than the driver why a file cannot be made
        aside.unlink()
        with contextlib.closing(connect(aside, read_only=False)) as connection:
            tx = Transaction(connection, path)
            connection.execute("BEGIN TRANSACTION")
            migration.migrate(tx)
            tx.insert("about", _about(topic_id, topic_path))
            connection.execute("COMMIT")
        with contextlib.suppress(FileExistsError):  # another process was faster: its file is as good
            os.link(aside, path)
    except duckdb.Error as error:
        raise translate(error, path) from error
    except OSError as error:
        raise _cannot_make(path, error) from error
    finally:
        for left in (aside, aside.with_name(aside.name + ".wal")):
            with contextlib.suppress(OSError):
                left.unlink()


def _about(topic_id: str, topic_path: str) -> list[dict[str, str]]:
    return [{"key": "topic_id", "value": topic_id}, {"key": "topic_path", "value": topic_path}]


def _cannot_make(path: Path, error: OSError) -> WarehouseError:
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return WarehouseError(f"warehouse {path} cannot be made: the disk is full", "free some space and run again")
    return WarehouseError(
        f"warehouse {path} cannot be made ({error.strerror})", "check that the folder is one and that you may write it"
    )


def _check_ours(tx: Transaction) -> None:
    """Refuse to put our tables into somebody else's database."""
    if migration.applied(tx) == 0 and tx.row("SELECT 1 FROM duckdb_tables() LIMIT 1"):
        raise WarehouseError(
            f"{tx.path} is a DuckDB file, but no warehouse of Volteface", "name another file with --warehouse"
        )


def _check_topic(tx: Transaction, topic_id: str, topic_path: str) -> None:
    facts = {row["key"]: row["value"] for row in tx.rows("SELECT key, value FROM about")}
    if facts["topic_id"] != topic_id:
        raise WarehouseMismatch(
            f"warehouse {tx.path} belongs to the topic {facts['topic_id']!r} ({facts['topic_path']}), "
            f"not to {topic_id!r} ({topic_path})",
            "give that topic with --topic, or another file with --warehouse",
        )
