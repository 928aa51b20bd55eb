"""What Prefect has to know before it is imported: it reads its settings from the environment, once."""

from __future__ import annotations

from collections.abc import MutableMapping

from flows.setting import PROJECT

DEFAULTS = {
    "PREFECT_HOME": str(PROJECT / ".prefect"),
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # The first start on an empty home migrates a database, for longer than Prefect waits by itself.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "DO_NOT_TRACK": "1",
}


def prepare(environment: MutableMapping[str, str]) -> None:
    """Sets what the user has not set; a Prefect server of the user's own (PREFECT_API_URL) stays in use."""
    for name, value in DEFAULTS.items():
        environment.setdefault(name, value)
