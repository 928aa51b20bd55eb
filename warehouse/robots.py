"""The robots.txt of the hosts asked so far, kept from round to round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from news.article import RobotsFile
from warehouse.transaction import Transaction


def known(tx: Transaction, since: datetime) -> list[RobotsFile]:
    """The files fetched after `since`, by place."""
    sql = "SELECT place, fetched_at, status, body FROM robots WHERE fetched_at > $since ORDER BY place"
    return [RobotsFile(**row) for row in tx.rows(sql, {"since": since})]


def record(tx: Transaction, files: Sequence[RobotsFile]) -> None:
    """Keep these files in the place of the ones before."""
    if not files:
        return
    latest = {file.place: file for file in files}
    rows = [
        {"place": one.place, "fetched_at": one.fetched_at, "status": one.status, "body": one.body}
        for one in latest.values()
    ]
    with tx.batch("fetched", rows):
        tx.run("INSERT OR REPLACE INTO robots BY NAME SELECT * FROM fetched")
