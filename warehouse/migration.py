"""Numbered migrations: how a warehouse of any earlier version becomes one of this version.

Each file of `migrations/` runs once, whole or not at all, and is never edited after its release.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from news.errors import WarehouseNewer
from warehouse.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: `0001_first_light.sql` has number 1."""

    number: int
    name: str
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """Every migration of this version, in order."""
    files = sorted(
        (file for file in resources.files("warehouse").joinpath("migrations").iterdir() if file.name.endswith(".sql")),
        key=lambda file: file.name,
    )
    return tuple(Migration(int(file.name[:4]), file.name, file.read_text("utf-8")) for file in files)


def applied(tx: Transaction) -> int:
    """The number of the last migration this warehouse has had; 0 for an empty database."""
    there = tx.row("SELECT 1 FROM duckdb_tables() WHERE table_name = 'schema_migrations'")
    if not there:
        return 0
    last = tx.row("SELECT max(number) AS number FROM schema_migrations")
    return int(last["number"] or 0) if last else 0


def is_behind(tx: Transaction) -> bool:
    """Whether the warehouse wants migrating.

    Raises:
        WarehouseNewer: it has had migrations that this version does not know.
    """
    at = applied(tx)
    latest = migrations()[-1].number
    if at > latest:
        raise WarehouseNewer(
            f"warehouse {tx.path} was made by a later version of Volteface (its schema is {at}, ours {latest})",
            "update Volteface, or name another file with --warehouse",
        )
    return at < latest


def migrate(tx: Transaction) -> int:
    """Bring the warehouse to this version inside the transaction; gives how many migrations were applied.

    Raises:
        WarehouseNewer: it has had migrations that this version does not know.
    """
    if not is_behind(tx):
        return 0
    at = applied(tx)
    due = [one for one in migrations() if one.number > at]
    if at == 0:
        tx.script("CREATE TABLE schema_migrations (number INTEGER PRIMARY KEY, name VARCHAR NOT NULL)")
    for one in due:
        tx.script(one.sql)
        tx.insert("schema_migrations", [{"number": one.number, "name": one.name}])
    return len(due)
