"""`volteface`: finds the command, runs it, and turns every error of ours into one clear line and an exit status.

Status 0: done. 1: a step could not finish. 2: usage or configuration. 3: done, but some given input was rejected.
"""

from __future__ import annotations

import importlib
import os
import sys

import click

from news.errors import VoltefaceError
from volteface.log import show_log
from volteface.terminal import plain

LISTS = (
    "articles",
    "claims",
    "positions",
    "shifts",
    "disputes",
    "figures",
    "revisions",
    "findings",
    "marks",
    "sources",
    "rejects",
)
COMMANDS = {
    "run": "volteface.commands.run:run",
    "import": "volteface.commands.importing:import_",
    "add": "volteface.commands.add:add",
    "read": "volteface.commands.read:read",
    "replay": "volteface.commands.replay:replay",
    **{name: f"volteface.commands.lists:{name}" for name in LISTS},
    "reclean": "volteface.commands.reclean:reclean",
    "deliveries": "volteface.commands.deliveries:deliveries",
    "mark": "volteface.commands.mark:mark",
    "why": "volteface.commands.why:why",
    "digest": "volteface.commands.digest:digest",
    "query": "volteface.commands.query:query",
    "check": "volteface.commands.check:check",
}
INTERRUPTED = 130


class OutputClosed(Exception):
    """Whoever read our output has closed it (`| head`): nothing more to say."""


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is asked for (or the whole help is)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of a round and then of use."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; click itself would take a closed pipe for a failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise OutputClosed from error


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Still to come, and absent until they work: brief, serve, doctor, reread.",
)
@click.version_option(package_name="volteface")
@click.option("-v", "--verbose", is_flag=True, help="Say on stderr what is done, step by step.")
def command_line(*, verbose: bool) -> None:
    """Watches the coverage of one topic and tells what is new and who has changed their mind."""
    show_log(verbose=verbose)


def main() -> None:
    """The entry point; never returns."""
    try:
        command_line.main(prog_name="volteface", standalone_mode=False)
    except click.exceptions.Exit as stopped:
        sys.exit(stopped.exit_code)
    except click.ClickException as usage:
        usage.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("volteface: stopped; run it again and it goes on where it was", err=True)
        sys.exit(INTERRUPTED)
    except VoltefaceError as error:
        click.echo("volteface: " + "\n".join(plain(line) for line in str(error).splitlines()), err=True)
        sys.exit(error.exit_status)
    except OutputClosed:
        _close_output()
    except OSError as error:
        # The floors below word their own; what is left is mostly our output, on a disk that is full, say.
        _close_output()
        what = plain(str(error.filename or "the output"))
        click.echo(f"volteface: {what} cannot be used ({error.strerror}): check path, permissions and space", err=True)
        sys.exit(1)
    sys.exit(0)


def _close_output() -> None:
    """Drops what is still to be flushed: at the end, Python would try again and complain again."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
