"""What the driver says went wrong, in our own errors: no duckdb exception leaves this floor."""

from __future__ import annotations

from pathlib import Path

import duckdb

from news.errors import WarehouseError, WarehouseLocked, WarehouseNewer

LOCK_WORDS = ("could not set lock", "conflicting lock", "being used by another process")

# The driver has one exception for every trouble with a file; only its words tell them apart. First match wins.
FAULTS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("is a directory",), "is a folder", "give the warehouse a file name, as in data/topic.duckdb"),
    (
        ("not a valid duckdb database",),
        "is not a warehouse",
        "move that file away or name another one with --warehouse; it was not touched",
    ),
    (
        ("permission denied", "read-only file system", "operation not permitted", "not a directory"),
        "cannot be opened or written",
        "check that you may write the file and its folder",
    ),
    (
        ("no space left", "file too large", "could not write", "disk quota", "enospc"),
        "cannot grow: the disk is full or a size limit was reached",
        "free some space and run again; what was committed before stands",
    ),
    (
        ("out of memory", "failed to allocate", "could not allocate"),
        "needs more memory than the machine has free",
        "stop other programs or give smaller batches, then run again",
    ),
    (
        ("does not exist", "no such file"),
        "does not exist",
        "make it with `volteface run` or `volteface import`",
    ),
)

# What is wrong with a statement of ours says nothing of the file, whatever words it uses.
_STATEMENT = (duckdb.ProgrammingError, duckdb.IntegrityError, duckdb.DataError, duckdb.NotSupportedError)


def is_lock(error: BaseException) -> bool:
    """Whether the driver refused because another process holds the file."""
    text = str(error).lower()
    return any(word in text for word in LOCK_WORDS)


def translate(error: duckdb.Error, path: Path) -> WarehouseError:
    """The driver's error as one of ours, naming the file and the mend."""
    text = str(error)
    lower = text.lower()
    if is_lock(error):
        return locked(path, text)
    if "version number" in lower and "read" in lower:
        return WarehouseNewer(
            f"{path} was written by a later version of the database",
            "update Volteface (and its DuckDB) to the version that wrote it",
        )
    for words, what, mend in FAULTS:
        if not isinstance(error, _STATEMENT) and any(word in lower for word in words):
            return WarehouseError(f"warehouse {path} {what}", mend)
    first = text.splitlines()[0] if text else type(error).__name__
    if isinstance(error, (duckdb.OperationalError, duckdb.InternalError, duckdb.FatalException)):
        return WarehouseError(
            f"warehouse {path} is damaged ({first[:200]})",
            "restore it from a copy, or move it away and import again; keep the .wal file beside it with it",
        )
    return WarehouseError(f"warehouse {path} refused a statement ({first[:300]})", "this is a fault of ours: report it")


def locked(path: Path, holder: str, waited_s: float | None = None) -> WarehouseLocked:
    """The file is held by another process; names that one where the driver did."""
    who = ""
    if "(PID " in holder:
        who = " by process " + holder.split("(PID ", 1)[1].split(")", 1)[0]
    waited = f" for more than {waited_s:g} s" if waited_s is not None else ""
    return WarehouseLocked(
        f"warehouse {path} is held{who}{waited}",
        "wait for that run to end, or end it, and run again",
    )
