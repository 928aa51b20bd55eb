"""Sends what is in the outbox, as a process of its own that tests can kill: topic, warehouse, moment."""

import sys
from datetime import datetime, timedelta

from flows.delivering import deliver, digest
from flows.job import Job, open_desk

if __name__ == "__main__":
    topic, warehouse, moment = sys.argv[1:]
    desk = open_desk(Job(topic=topic, warehouse=warehouse))
    now = datetime.fromisoformat(moment)
    digest(desk, now, stale=timedelta(0))
    done = deliver(desk, now)
    sys.exit("\n".join(done.problems) or 0)
