"""`volteface query`: SQL on the warehouse, for reading only."""

from __future__ import annotations

import click

from volteface.options import Session, common
from volteface.terminal import print_json, print_rows
from warehouse.console import query as ask


@click.command()
@click.argument("sql")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout.")
@common
def query(session: Session, sql: str, *, as_json: bool) -> None:
    """Read-only SQL, in DuckDB's dialect, over the v_* views (and the tables, which may change).

    Try: volteface query "from v_shifts" or "describe v_claims".
    """
    if session.warehouse_path.exists():
        session.warehouse()  # says whose it is and whether it is of this version, and brings an older one up to it
    columns, rows = ask(session.warehouse_path, sql, wait_s=session.settings.wait_s)
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    if as_json:
        print_json(found)
    else:
        print_rows(found, columns)
