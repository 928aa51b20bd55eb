"""`volteface query`: any read-only SQL of a user's on the warehouse, and nothing beside it."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import duckdb

from news.errors import ConfigurationError, WarehouseError
from warehouse.door import SETTINGS, turn
from warehouse.faults import is_lock, locked, translate

# The statement cannot write, cannot read or write other files, cannot load extensions, and cannot lift any of that.
_HARDENED: dict[str, str | bool | int | float | list[str]] = {
    **SETTINGS,
    "enable_external_access": "false",
}
_jitter = random.Random()  # noqa: S311 (spreads waiting processes; no secret)


def query(path: Path, sql: str, wait_s: float = 60.0) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns and rows that the statement gives.

    Raises:
        ConfigurationError: the statement is wrong or not allowed; the driver's words say where.
        WarehouseLocked: others held the file for `wait_s` seconds.
        WarehouseError: the file is not there or cannot be used.
    """
    connection = _open(path.resolve(), wait_s)
    try:
        cursor = connection.execute(sql)
        if cursor is None:
            raise ConfigurationError("the query is empty", 'give a statement, as in "SELECT * FROM v_shifts"')
        columns = [column[0] for column in cursor.description or ()]
        return columns, cursor.fetchall()
    except duckdb.IOException as error:
        raise translate(error, path) from error
    except duckdb.Error as error:
        raise ConfigurationError(
            f"the query cannot be run ({_first_line(error)})",
            "only reading is allowed; `SHOW TABLES` and `DESCRIBE v_claims` say what there is",
        ) from error
    finally:
        connection.close()


def _first_line(error: duckdb.Error) -> str:
    return " ".join(str(error).split())[:400]


def _open(path: Path, wait_s: float) -> duckdb.DuckDBPyConnection:
    if not path.exists():
        raise WarehouseError(
            f"there is no warehouse at {path}", "make one with `volteface run` or `volteface import`, or name another"
        )
    deadline = time.monotonic() + wait_s
    with turn(path, deadline, wait_s):
        while True:
            try:
                connection = duckdb.connect(str(path), read_only=True, config=dict(_HARDENED))
                connection.execute("SET TimeZone = 'UTC'")
                connection.execute("SET lock_configuration = true")
            except duckdb.Error as error:
                if not is_lock(error):
                    raise translate(error, path) from error
                if time.monotonic() >= deadline:
                    raise locked(path, str(error), wait_s) from error
                time.sleep(_jitter.uniform(0.002, 0.02))
            else:
                return connection
