"""The long queries, one file each, whose first comment states the grain."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def query(name: str) -> str:
    """The text of `warehouse/queries/<name>.sql`."""
    return resources.files(__name__).joinpath(f"{name}.sql").read_text("utf-8")
