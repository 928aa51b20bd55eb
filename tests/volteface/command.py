"""Runs the real command as its users do, and a small story of an invented quarrel to give it."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.places import BIN, ROOT, clean_environment

DAM = ROOT / "tests" / "topics" / "dam-dispute.toml"
VOLTEFACE = BIN / "volteface"
DENIAL = (
    "HARROWGATE, March 4 (SW) - “Velmora is not filling the Sarn reservoir,” Water Minister Irja Tamm said on Monday."
    "\n\nOstrany accused Velmora of filling the Sarn reservoir in secret.\n\n"
    "“Ostrany will destroy the dam with 1,500 soldiers if the water stops,” President Pellin Dray warned.\n"
)
ADMISSION = (
    "  HARROWGATE, May 2 (SW) - “Velmora is filling the Sarn reservoir now,” Water Minister Irja Tamm said on Thursday."
    "\r\n\r\n“Ostrany will destroy the dam with 4,000 soldiers if the water stops,” President Pellin Dray warned. \n"
)
STORY = (
    {
        "id": "one",
        "url": "https://wire.sarn.example/one",
        "outlet": "Sarn Wire",
        "title": "Velmora denies filling the reservoir",
        "published": "2024-03-04T09:00:00Z",
        "seen": "2024-03-04T10:00:00Z",
        "text": DENIAL,
    },
    {
        "id": 2,
        "url": "https://gazette.ost.example/two",
        "outlet": "Lowmere Gazette",
        "title": "Velmora admits it",
        "published": 1714640400000,
        "seen": 1714644000000,
        "text": ADMISSION,
        "colour": "ignored",
    },
)


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str

    @property
    def rows(self):
        """The JSON Lines on stdout."""
        return [json.loads(line) for line in self.out.split("\n") if line]

    @property
    def complaint(self):
        """The one line of an error, its words in lower case; there must be no second one and no traceback."""
        told = [
            line
            for line in self.err.splitlines()
            if not line.startswith(("Importing", "Round", "0 sources", "No publisher"))
        ]
        assert len(told) == 1, self.err
        assert told[0].startswith("volteface: "), self.err
        return told[0].lower()


class Command:
    """The command with a folder of its own: its warehouse and its output are there."""

    def __init__(self, folder, topic=DAM, **environment):
        self.folder = Path(folder)
        self.topic = topic
        self.environment = clean_environment(
            VOLTEFACE_DATA=str(self.folder / "data"),
            VOLTEFACE_OUT=str(self.folder / "out"),
            VOLTEFACE_WAIT_S="5",
            **environment,
        )
        self.warehouse = self.folder / "data" / "sarn-dam.duckdb"

    def start(self, name, *words):
        """The command line, as a list of words; the topic goes before what a group's own command takes."""
        return [str(word) for word in (VOLTEFACE, name, "--topic", self.topic, *words)]

    def __call__(self, *words, environment=None, **given):
        """Runs it to its end."""
        done = subprocess.run(
            self.start(*words),
            env=self.environment | (environment or {}),
            cwd=self.folder,
            capture_output=True,
            timeout=120,
            check=False,
            **given,
        )
        err = done.stderr.decode()
        assert "Traceback" not in err, err
        return Done(done.returncode, done.stdout.decode(), err)

    def write(self, name, *rows):
        """Writes rows as JSON Lines; gives the file's path."""
        path = self.folder / name
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return path
