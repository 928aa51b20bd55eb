"""Where the project and its commands are, for tests of every floor."""

import os
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


def free_port():
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_environment(**extra):
    """The environment less everything of Volteface's and Prefect's, so that no test depends on who runs it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VOLTEFACE_", "PREFECT_"))}
    return kept | {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"} | extra
