"""Log lines as a terminal may show them: nothing in them is obeyed, and our own errors bring no traceback."""

from __future__ import annotations

import logging
import sys

from news.errors import VoltefaceError
from volteface.terminal import plain

TOLD_AT_THE_END = "prefect.flow_runs"  # a flow that fails raises: the command itself says it, in its last line


class Lines(logging.Formatter):
    """One harmless line a record; a fault that we did not foresee keeps its traceback."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record's line, and its traceback below it where it has one that says something."""
        if record.exc_info and isinstance(record.exc_info[1], VoltefaceError):
            record.exc_info = record.exc_text = None
        return "\n".join(plain(line) for line in super().format(record).splitlines())


def show_log(*, verbose: bool) -> None:
    """Shows warnings, and with `verbose` every step, on stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    handler.addFilter(lambda record: record.name != TOLD_AT_THE_END or not record.exc_info)
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, handlers=[handler])
