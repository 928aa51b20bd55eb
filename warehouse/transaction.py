"""A transaction's work: rows out, batches in, everything by parameters."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.faults import translate

Row = dict[str, Any]

_LIST = re.compile(r"\$([a-z_]+)::([A-Z]+)\[\]")
_PARAMETER = re.compile(r"\$([a-z_]+)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NAME = re.compile(r"[a-z_]+")


class Transaction:
    """One BEGIN … COMMIT on an open connection.

    Parameters of a statement are `$name`; a mapping may hold more names than the statement asks for. Times come back
    UTC-aware. Characters that UTF-8 cannot hold (lone surrogates) are stored as U+FFFD, one for one, so that offsets
    stay what they were.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def rows(self, sql: str, params: Mapping[str, object] | None = None) -> list[Row]:
        """All rows the statement gives, as dictionaries by column."""
        with self._wrapped():
            cursor = self._execute(sql, params)
            names = [column[0] for column in cursor.description or ()]
            found = cursor.fetchall()
        return [{name: _aware(value) for name, value in zip(names, row, strict=True)} for row in found]

    def row(self, sql: str, params: Mapping[str, object] | None = None) -> Row | None:
        """The first row, or None."""
        found = self.rows(sql, params)
        return found[0] if found else None

    def run(self, sql: str, params: Mapping[str, object] | None = None) -> int:
        """Run a statement that changes rows; gives how many."""
        with self._wrapped():
            result = self._execute(sql, params).fetchone()
        return int(result[0]) if result else 0

    def script(self, sql: str) -> None:
        """Run statements that are ours and take no parameters (a migration)."""
        with self._wrapped():
            self._connection.execute(sql)

    def insert(self, table: str, rows: Sequence[Mapping[str, object]]) -> int:
        """Put rows in by column name, leaving out those whose key is there already; gives how many were new."""
        if not rows:
            return 0
        sql = "INSERT INTO " + _identifier(table) + " BY NAME SELECT * FROM incoming ON CONFLICT DO NOTHING"
        with self.batch("incoming", rows):
            return self.run(sql)

    def append(self, table: str, rows: Sequence[Mapping[str, object]]) -> int:
        """Put rows in by column name, whatever is there; for tables without a key."""
        if not rows:
            return 0
        with self.batch("incoming", rows):
            return self.run("INSERT INTO " + _identifier(table) + " BY NAME SELECT * FROM incoming")

    @contextlib.contextmanager
    def batch(self, name: str, rows: Sequence[Mapping[str, object]]) -> Iterator[None]:
        """Let statements read these rows as a table of that name."""
        with self.columns(name, {key: [_storable(row[key]) for row in rows] for key in rows[0]}):
            yield

    @contextlib.contextmanager
    def columns(
        self, name: str, columns: Mapping[str, Sequence[object]], types: Mapping[str, str] | None = None
    ) -> Iterator[None]:
        """Let statements read these columns, of equal length, as a table of that name.

        For many rows of few columns; `types` are Arrow's names of those that must not be told from the values.
        """
        # It takes as long to import as all the rest of a command that only reads.
        import pyarrow as pa  # noqa: PLC0415 - see above

        typed = types or {}
        table = pa.table({key: pa.array(values, type=typed.get(key)) for key, values in columns.items()})
        with self._wrapped():
            self._connection.register(_identifier(name), table)
        try:
            yield
        finally:
            with self._wrapped():
                self._connection.unregister(name)

    def _execute(self, sql: str, params: Mapping[str, object] | None) -> duckdb.DuckDBPyConnection:
        if not params:
            return self._connection.execute(sql)
        wanted = set(_PARAMETER.findall(sql))
        given = {key: _storable(value) for key, value in params.items() if key in wanted}
        lists = {key: value for key, value in given.items() if isinstance(value, list)}
        if lists:
            # As JSON: the driver takes a list apart value by value, and looks for pandas on the disk at each.
            sql = _LIST.sub(lambda found: _as_json(found, lists), sql)
            given |= {key: json.dumps(value, default=_text_of) for key, value in lists.items()}
        return self._connection.execute(sql, given)

    @contextlib.contextmanager
    def _wrapped(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            raise translate(error, self.path) from error


def _as_json(found: re.Match[str], lists: Mapping[str, object]) -> str:
    """`$name::TYPE[]` read from JSON, where a list is given for it."""
    return f"CAST(CAST(${found[1]} AS JSON) AS {found[2]}[])" if found[1] in lists else found[0]


def _text_of(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"no list of {type(value).__name__} can be a parameter")


def _identifier(name: str) -> str:
    # Table names come from our own code, never from outside; this keeps it so.
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a table name: {name!r}")
    return name


def _storable(value: object) -> object:
    if isinstance(value, str):
        return value if value.isascii() else _without_surrogates(value)
    if isinstance(value, (list, tuple)):
        return [_storable(one) for one in value]
    return value


def _without_surrogates(value: str) -> str:
    try:
        value.encode()  # an encoder is many times as fast as a pattern, and finds nothing in all but a few texts
    except UnicodeEncodeError:
        return _SURROGATE.sub("�", value)
    return value


def _aware(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    return value
