"""The one way from this process into a warehouse file: a queue before the door, and one connection at a time.

DuckDB lets one process hold a file and has no queue: whoever asks at the right moment gets in, so a process of many
short transactions would shut the others out for good. Before asking, everyone takes a turn (a lock on a small file
beside the warehouse) and gives it back once inside: who has just left must queue behind who is waiting.

Threads of one process share the door too, since the driver refuses a second connection with other settings.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from news.errors import WarehouseError
from warehouse.faults import is_lock, locked, translate

log = logging.getLogger(__name__)

LEASE_S = 0.25  # a kept connection is given back after this long, so that others get their turn
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    # Nothing is fetched from anywhere at run time; what we use is inside the driver.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "2GB",
}
_jitter = random.Random()  # noqa: S311 (spreads waiting processes; no secret)


class Door:
    """Where one file is entered and left. Use `door_of`: there must be one for a file and process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._inside = threading.Lock()
        self._owner: int | None = None
        self._kept: duckdb.DuckDBPyConnection | None = None
        self._entered_at = 0.0
        self._leases = 0

    def enter(self, wait_s: float, *, read_only: bool) -> duckdb.DuckDBPyConnection:
        """A connection of our own, within `wait_s` seconds.

        Raises:
            WarehouseLocked: others held the file for all that time.
            WarehouseError: the file cannot be used.
        """
        deadline = time.monotonic() + wait_s
        if self._owner == threading.get_ident():
            raise RuntimeError("a warehouse transaction was begun inside another one")
        if not self._inside.acquire(timeout=max(wait_s, 0.001)):
            raise locked(self.path, "", wait_s)
        try:
            connection = self._reuse() or self._queue(
                # Under a lease a reader shares the writer's connection, and may be the one who opens it.
                deadline, wait_s, read_only=read_only and not self._leases
            )
        except BaseException:
            self._inside.release()
            raise
        self._owner = threading.get_ident()
        return connection

    def leave(self, connection: duckdb.DuckDBPyConnection, *, sound: bool) -> None:
        """Give the connection back; it is kept for a moment under a lease, closed otherwise."""
        left = LEASE_S - (time.monotonic() - self._entered_at)
        try:
            if sound and self._leases and left > 0:
                self._kept = connection
                timer = threading.Timer(left, self._expire, (connection,))
                timer.daemon = True
                timer.start()
            else:
                self._kept = None
                close(connection, self.path)
        finally:
            self._owner = None
            self._inside.release()

    @contextlib.contextmanager
    def lease(self) -> Iterator[None]:
        """Within it, a connection may be kept between transactions, for at most LEASE_S since it was opened."""
        self._leases += 1
        try:
            yield
        finally:
            self._leases -= 1
            with self._inside:
                self._drop()

    def _reuse(self) -> duckdb.DuckDBPyConnection | None:
        if self._kept is not None and time.monotonic() - self._entered_at >= LEASE_S:
            self._drop()
        return self._kept

    def _expire(self, connection: duckdb.DuckDBPyConnection) -> None:
        # A transaction that is running closes the connection itself when it leaves.
        if self._inside.acquire(blocking=False):
            try:
                if self._kept is connection:
                    self._drop()
            finally:
                self._inside.release()

    def _drop(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            close(kept, self.path)

    def _queue(self, deadline: float, wait_s: float, *, read_only: bool) -> duckdb.DuckDBPyConnection:
        with turn(self.path, deadline, wait_s):
            while True:
                try:
                    connection = connect(self.path, read_only=read_only)
                except duckdb.Error as error:
                    if not is_lock(error):
                        raise translate(error, self.path) from error
                    if time.monotonic() >= deadline:
                        raise locked(self.path, str(error), wait_s) from error
                    time.sleep(_jitter.uniform(0.002, 0.02))
                else:
                    self._entered_at = time.monotonic()
                    return connection


def connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A bare connection in UTC; raises the driver's own errors."""
    connection = duckdb.connect(str(path), read_only=read_only, config=dict(SETTINGS))
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def close(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Close; what was committed is in the log beside the file even where writing it into the file fails."""
    try:
        connection.close()
    except duckdb.Error as error:
        log.warning("%s", translate(error, path))


@contextlib.contextmanager
def turn(path: Path, deadline: float, wait_s: float) -> Iterator[None]:
    """Hold the place at the head of the queue; without the right to write there, nobody queues."""
    try:
        ticket = os.open(path.with_name(f".{path.name}.turn"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError:
        yield
        return
    try:
        while True:
            try:
                fcntl.flock(ticket, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise locked(path, "", wait_s) from None
                time.sleep(_jitter.uniform(0.002, 0.02))
        yield
    finally:
        os.close(ticket)  # gives the lock back


_doors: dict[Path, Door] = {}
_doors_lock = threading.Lock()


def door_of(path: Path) -> Door:
    """This process's door to that file.

    Raises:
        WarehouseError: the path cannot be followed.
    """
    try:
        real = path.resolve()
    except OSError as error:
        raise WarehouseError(f"warehouse {path} cannot be reached ({error.strerror})", "check the path") from error
    with _doors_lock:
        return _doors.setdefault(real, Door(real))
