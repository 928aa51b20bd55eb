"""What several floors' tests share: a real Prefect server, started once, on a database prepared like set-up does."""

import os
import shutil
import signal
import subprocess
import time
import urllib.request

import pytest

from tests.places import BIN, ROOT, clean_environment, free_port

SERVER_PATIENCE_S = 120


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory):
    """The environment that reaches a running Prefect server on loopback."""
    home = tmp_path_factory.mktemp("prefect")
    prepared = ROOT / ".prefect" / "prefect.db"
    if prepared.is_file():
        shutil.copy(prepared, home / "prefect.db")
    port = free_port()
    environment = clean_environment(
        PREFECT_HOME=str(home),
        PREFECT_API_URL=f"http://127.0.0.1:{port}/api",
        PREFECT_LOGGING_LEVEL="WARNING",
        PREFECT_WORKER_QUERY_SECONDS="2",
        PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS="5",
        # A busy machine's disk may keep SQLite waiting for longer than the usual ten and five seconds.
        PREFECT_SERVER_DATABASE_TIMEOUT="60",
        PREFECT_SERVER_DATABASE_CONNECTION_TIMEOUT="60",
    )
    serving = {name: value for name, value in environment.items() if name != "PREFECT_API_URL"}
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [BIN / "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
            env=serving,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/api/health", server)
            yield environment
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(30)


def _wait_for(url, server):
    deadline = time.monotonic() + SERVER_PATIENCE_S
    while time.monotonic() < deadline:
        assert server.poll() is None, "the Prefect server has stopped"
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own server on loopback
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"no Prefect server at {url} after {SERVER_PATIENCE_S} s")
