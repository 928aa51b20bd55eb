"""The scheduled round, deployed as docs/deploy.md says, on a real Prefect server and worker."""

import os
import signal
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from demo.server import DemoWire
from tests.places import BIN, ROOT
from warehouse.store import Warehouse

NOW = datetime(2024, 10, 25, tzinfo=UTC)
TOPIC = """
id = "ports"
title = "Ships and soldiers"

[[scope.groups]]
name = "any"
terms = ["troops", "soldiers"]

[[entities]]
id = "russia"
name = "Russia"
kind = "country"

[[propositions]]
id = "troops"
statement = "Troops are sent"

[[propositions.patterns]]
who = ["@russia"]
what = ["troops"]

[[outlets]]
id = "meridian"
name = "Meridian Wire"
hosts = ["meridianwire.example"]

[[sources]]
id = "meridian"
outlet = "meridian"
kind = "feed"
address = "http://meridianwire.example/rss.xml"
unverified = true

[[subscribers]]
id = "desk"
name = "Desk"
channel = "file"
address = "{out}"

[fetch.resolve]
"meridianwire.example" = "{address}"
"""
PATIENCE_S = 120


def prefect(environment, *words):
    """Runs one command of Prefect in the project's folder."""
    done = subprocess.run(
        [BIN / "prefect", *words], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def deployment_file(folder, topic, warehouse):
    """The project's own prefect.yaml, but for its topic and a schedule of every ten seconds."""
    given = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    for deployment in given["deployments"]:
        deployment["parameters"] = {"topic": str(topic), "warehouse": str(warehouse), "out": str(folder / "out")}
        deployment["schedules"] = [{"interval": 10, "slug": "often"}]
    path = folder / "prefect.yaml"
    path.write_text(yaml.safe_dump(given), encoding="utf-8")
    return path


def wait_for_articles(warehouse: Path, topic: Path, worker):
    """The number of articles in the warehouse, as soon as there are any."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        assert worker.poll() is None, "the worker has stopped"
        if warehouse.is_file():
            with Warehouse.open(warehouse, "ports", str(topic)).reading() as tx:
                count = tx.rows("select count(*) as n from v_articles")[0]["n"]
            if count:
                return count
        time.sleep(1)
    pytest.fail(f"no scheduled run filed an article within {PATIENCE_S} s")


@pytest.mark.slow
def test_a_scheduled_run_does_its_work(prefect_server, tmp_path):
    """`prefect deploy --all` puts the round on a schedule, and a worker's scheduled run files real pages."""
    topic, warehouse = tmp_path / "topic.toml", tmp_path / "ports.duckdb"
    with DemoWire(lambda: NOW) as wire:
        values = {"out": str(tmp_path / "out"), "address": wire.address}
        topic.write_text(TOPIC.replace("{out}", values["out"]).replace("{address}", values["address"]))
        prefect(prefect_server, "work-pool", "create", "local", "--type", "process", "--overwrite")
        file = deployment_file(tmp_path, topic, warehouse)
        prefect(prefect_server, "--no-prompt", "deploy", "--all", "--prefect-file", str(file))
        with (tmp_path / "worker.log").open("wb") as log:
            worker = subprocess.Popen(
                [BIN / "prefect", "worker", "start", "--pool", "local"],
                env=prefect_server,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            try:
                assert wait_for_articles(warehouse, topic, worker) > 0
            finally:
                # The worker and the runs it has started: every round can be killed at any point.
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait(60)
