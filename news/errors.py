"""Everything Volteface raises on purpose.

VoltefaceError                    message (names the thing) and mend (what to do next)
├── ConfigurationError            exit 2: usage, topic file, settings
│   ├── TopicError                every problem of a topic file at once
│   └── WarehouseMismatch         a warehouse of another topic
├── StepError                     exit 1: a step could not finish
│   ├── WarehouseError            damaged, not a warehouse, no permission, disk full
│   │   ├── WarehouseLocked       another process held the file for longer than we wait
│   │   └── WarehouseNewer        made by a later version of Volteface
│   └── TransportError            a message was not delivered; permanent or not
├── RejectedInput                 exit 3: one given row or file; kept in `rejects`
└── FetchError                    one address; recorded on the source or page, never fatal
"""

from __future__ import annotations

from dataclasses import dataclass


class VoltefaceError(Exception):
    """Base of all: `message` names the thing that is wrong, `mend` says what to do next."""

    exit_status = 1

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        """One line: the message, then the mend."""
        return f"{self.message}: {self.mend}" if self.mend else self.message


class ConfigurationError(VoltefaceError):
    """Wrong usage, settings or topic file; nothing was done."""

    exit_status = 2


@dataclass(frozen=True, slots=True)
class TopicProblem:
    """One thing wrong with a topic file.

    `key` is the dotted path (`propositions[2].who`), `line` the 1-based line in the file or None where unknown.
    """

    key: str
    line: int | None
    message: str
    mend: str


class TopicError(ConfigurationError):
    """A topic file that cannot be used; carries every problem found, not only the first."""

    def __init__(self, path: str, problems: list[TopicProblem]) -> None:
        self.path = path
        self.problems = problems
        lines = [f"{path}: {len(problems)} problem{'s' if len(problems) != 1 else ''}"]
        for problem in problems:
            where = f"line {problem.line}, " if problem.line else ""
            lines.append(f"  {where}{problem.key}: {problem.message}; {problem.mend}")
        super().__init__("\n".join(lines))


class WarehouseMismatch(ConfigurationError):
    """The warehouse belongs to another topic."""


class StepError(VoltefaceError):
    """A step could not finish; what was committed before it stands."""


class WarehouseError(StepError):
    """The warehouse file cannot be used (damaged, foreign, forbidden, disk full)."""


class WarehouseLocked(WarehouseError):
    """Another process held the warehouse for longer than the wait that was given."""


class WarehouseNewer(WarehouseError):
    """The warehouse was made by a later version of Volteface."""


class TransportError(StepError):
    """A message was not delivered.

    `permanent`: trying again cannot help. `unknown`: the other side may have accepted it, so it must not go again
    unasked. `retry_after_s`: seconds the other side asked us to wait.
    """

    def __init__(
        self,
        message: str,
        mend: str = "",
        *,
        permanent: bool = False,
        unknown: bool = False,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message, mend)
        self.permanent = permanent
        self.unknown = unknown
        self.retry_after_s = retry_after_s


class RejectedInput(VoltefaceError):
    """One given row, file or page that cannot be filed; the rest goes on."""

    exit_status = 3


class FetchError(VoltefaceError):
    """One address that gave nothing usable.

    `permanent`: the same request will fail again (404, forbidden address, too large). `retry_after_s`: seconds the
    server asked us to wait. `attempts`: how often it was asked.
    """

    def __init__(
        self,
        message: str,
        mend: str = "",
        *,
        permanent: bool = False,
        status: int | None = None,
        retry_after_s: float | None = None,
        attempts: int = 1,
    ) -> None:
        super().__init__(message, mend)
        self.permanent = permanent
        self.status = status
        self.retry_after_s = retry_after_s
        self.attempts = attempts
