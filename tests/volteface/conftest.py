"""The command line's tests run the real command; what many of them only read is imported once a session."""

import pytest

from tests.volteface.command import STORY, Command


@pytest.fixture
def volteface(tmp_path):
    """The command, with nothing in its folder yet."""
    return Command(tmp_path)


@pytest.fixture(scope="session")
def told(tmp_path_factory):
    """The command with the whole story in its warehouse; for tests that write nothing."""
    command = Command(tmp_path_factory.mktemp("told"))
    command.imported = command("import", command.write("story.jsonl", *STORY))
    assert command.imported.status == 0, command.imported.err
    return command
