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

LEASE_S = 0.25  # a kept connection is given back after this long when others wait for their turn,
KEPT_S = 5.0  # and after this long when nobody does: a client that is not ours queues nowhere
MEMORY = "2GB"
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    # Nothing is fetched from anywhere at run time; what we use is inside the driver.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": MEMORY,
    # A checkpoint writes the last group of each table that grew once more, whole: it comes seldom, groups are small.
    "checkpoint_threshold": "64MB",
}
OPTIONS = "TYPE duckdb, ROW_GROUP_SIZE 8192"  # rows; the driver's own are fifteen times as long
_jitter = random.Random()  # noqa: S311 (spreads waiting processes; no secret)


class Door:
    """Where one file is entered and left. Use `door_of`: there must be one for a file and process.

    The process keeps an empty in-memory database and attaches the file to it for each visit: half the cost of opening
    the file anew.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._inside = threading.Lock()
        self._owner: int | None = None
        self._hall: tuple[int, duckdb.DuckDBPyConnection] | None = None
        self._attached = False
        self._entered_at = 0.0
        self._timed = 0.0
        self._leases = 0
        self._threads: int | None = None
        self._memory = MEMORY

    def enter(self, wait_s: float, *, read_only: bool) -> duckdb.DuckDBPyConnection:
        """A connection of our own with the file attached, within `wait_s` seconds.

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
            if self._attached and self._is_due():
                self._detach()
            if not self._attached:
                # Under a lease a reader shares the writer's visit, and may be the one who begins it.
                self._queue(deadline, wait_s, read_only=read_only and not self._leases)
            connection = self._connection()
        except BaseException:
            self._inside.release()
            raise
        self._owner = threading.get_ident()
        return connection

    def leave(self, *, sound: bool) -> None:
        """Give the file back; under a lease it is kept for a moment. `sound`: no error came on the way."""
        try:
            if sound and self._leases and not self._is_due():
                if self._timed != self._entered_at:
                    self._timed = self._entered_at
                    self._look_again(self._entered_at)
            elif sound:
                self._detach()
            else:
                self._close()
        finally:
            self._owner = None
            self._inside.release()

    @contextlib.contextmanager
    def lease(self, threads: int | None = None, memory: str | None = None) -> Iterator[None]:
        """Within it, the file may be kept between transactions, for LEASE_S, or KEPT_S while nobody waits for it.

        Giving it back writes its log into it, and costs as much as a dozen statements.

        `threads` is how many the driver may use in it, None for as many as there are cores; `memory` how much it may
        keep ("512MB"), None for MEMORY.
        """
        self._leases += 1
        before = self._threads, self._memory
        self._threads, self._memory = threads or self._threads, memory or self._memory
        try:
            yield
        finally:
            self._leases -= 1
            self._threads, self._memory = before
            with self._inside:
                self._detach()

    def _is_due(self) -> bool:
        """Whether what is kept has to be given back."""
        held = time.monotonic() - self._entered_at
        return held >= KEPT_S or (held >= LEASE_S and is_waited_for(self.path))

    def _look_again(self, entered_at: float) -> None:
        timer = threading.Timer(LEASE_S, self._expire, (entered_at,))
        timer.daemon = True
        timer.start()

    def _expire(self, entered_at: float) -> None:
        if self._inside.acquire(blocking=False):
            try:
                if not self._attached or self._entered_at != entered_at:
                    return
                if self._is_due():
                    self._detach()
                    return
            finally:
                self._inside.release()
        self._look_again(entered_at)  # a transaction is running, or the file may be kept

    def _connection(self) -> duckdb.DuckDBPyConnection:
        # A forked child cannot use its parent's database: its threads are gone.
        if self._hall is None or self._hall[0] != os.getpid():
            self._hall = (os.getpid(), connect(Path(":memory:"), read_only=False))
        return self._hall[1]

    def _queue(self, deadline: float, wait_s: float, *, read_only: bool) -> None:
        with turn(self.path, deadline, wait_s):
            while True:
                try:
                    self._attach(read_only=read_only)
                except duckdb.Error as error:
                    if not is_lock(error):
                        self._close()
                        raise translate(error, self.path) from error
                    if time.monotonic() >= deadline:
                        raise locked(self.path, str(error), wait_s) from error
                    time.sleep(_jitter.uniform(0.002, 0.02))
                else:
                    return

    def _attach(self, *, read_only: bool) -> None:
        # ATTACH takes no parameters; the path is resolved, so absolute, and its quotes are doubled.
        quoted = "'" + str(self.path).replace("'", "''") + "'"
        connection = self._connection()
        connection.execute("ATTACH " + quoted + " AS warehouse (" + OPTIONS + (", READ_ONLY)" if read_only else ")"))
        connection.execute("USE warehouse")
        connection.execute("RESET threads" if self._threads is None else f"SET threads = {int(self._threads)}")
        connection.execute("SET memory_limit = '" + self._memory + "'")
        self._attached = True
        self._entered_at = time.monotonic()

    def _detach(self) -> None:
        if not self._attached:
            return
        try:
            connection = self._connection()
            connection.execute("USE memory")
            connection.execute("DETACH warehouse")
            self._attached = False
        except duckdb.Error as error:
            # What was committed is in the log beside the file, even where writing it into the file failed.
            log.warning("%s", translate(error, self.path))
            self._close()

    def _close(self) -> None:
        hall, self._hall, self._attached = self._hall, None, False
        if hall is not None:
            with contextlib.suppress(duckdb.Error):  # a broken database is let go as it is
                hall[1].close()


def connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A bare connection in UTC; raises the driver's own errors."""
    connection = duckdb.connect(str(path), read_only=read_only, config=dict(SETTINGS))
    connection.execute("SET TimeZone = 'UTC'")
    return connection


@contextlib.contextmanager
def turn(path: Path, deadline: float, wait_s: float) -> Iterator[None]:
    """Hold the place at the head of the queue; without the right to write there, nobody queues."""
    try:
        ticket = os.open(_ticket(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
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


def is_waited_for(path: Path) -> bool:
    """Whether anybody, in this process or another one, stands at the head of the queue."""
    try:
        ticket = os.open(_ticket(path), os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(ticket, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(ticket)


def _ticket(path: Path) -> Path:
    return path.with_name(f".{path.name}.turn")


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
