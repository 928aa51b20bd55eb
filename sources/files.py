"""Files that were given to be imported: found, opened and read within bounds, packed or not."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from news.errors import RejectedInput

LARGEST_BYTES = 30_000_000
"""A page, text or row above this is refused without being read."""

_MOST_SKIPPED = 1_000_000_000  # bytes of one overlong row that are passed over to reach the next
_CHUNK = 1 << 20
_ENDINGS = {
    ".jsonl": "rows",
    ".ndjson": "rows",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".txt": "text",
    ".text": "text",
    ".eml": "mail",
    ".warc": "archive",
}


def find_kind(path: Path) -> str | None:
    """What a file's name says it holds: `rows` (JSONL), `page` (HTML), `text`, `mail` (EML), `archive` (WARC), or None.

    A `.gz` behind it does not matter.
    """
    return _ENDINGS.get(Path(path.name.lower().removesuffix(".gz")).suffix)


def list_files(path: Path) -> Iterator[tuple[Path, RejectedInput | None]]:
    """The file itself, or every file below a folder, sorted; what is missing or may not be read with its error.

    Hidden files, and links to folders, are passed over.
    """
    waiting = [path]
    while waiting:
        at = waiting.pop()
        try:
            if at.is_dir():
                inside = sorted(at.iterdir(), reverse=True)
                waiting += [one for one in inside if not one.name.startswith(".") and not _is_link_to_folder(one)]
            elif at.is_file():
                yield at, None
            elif at.exists():
                yield at, RejectedInput(f"{at} is neither a file nor a folder", "give a regular file")
            else:
                yield at, RejectedInput(f"{at} does not exist", "check the path")
        except OSError as error:
            yield at, RejectedInput(f"{at} cannot be read ({error.strerror})", "check its permissions")


def _is_link_to_folder(path: Path) -> bool:
    return path.is_symlink() and path.is_dir()


class _Unpacking(gzip.GzipFile):
    """Gives what it has unpacked so far: the plain one gives nothing at all of the last chunk before a cut."""

    def readinto(self, buffer: Any) -> int:
        part = self.read1(len(buffer))
        buffer[: len(part)] = part
        return len(part)


@contextmanager
def open_file(path: Path) -> Iterator[io.BufferedReader]:
    """A file's bytes as a stream, unpacked when they are gzip.

    Raises:
        RejectedInput: empty, not to be read, broken or cut off; also for faults met while reading in the block.
    """
    try:
        with path.open("rb") as raw:
            if not raw.peek(1):
                raise RejectedInput(f"{path} is empty", "give a file with content")
            packed = raw.peek(2)[:2] == b"\x1f\x8b"
            yield io.BufferedReader(_Unpacking(fileobj=raw), _CHUNK) if packed else raw
    except EOFError as error:
        raise RejectedInput(f"{path} is cut off: its gzip stream has no end", "copy it again") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise RejectedInput(f"{path} is no sound gzip file ({error})", "copy it again") from error
    except OSError as error:
        raise RejectedInput(f"{path} cannot be read ({error.strerror or error})", "check its permissions") from error


def read_whole(path: Path) -> bytes:
    """All bytes of a file, unpacked.

    Raises:
        RejectedInput: as `open_file`, or larger than `LARGEST_BYTES`.
    """
    with open_file(path) as stream:
        body = stream.read(LARGEST_BYTES + 1)
    if len(body) > LARGEST_BYTES:
        raise RejectedInput(f"{path} is larger than {LARGEST_BYTES / 1e6:g} MB", "give single articles")
    if not body.strip():
        raise RejectedInput(f"{path} is empty", "give a file with content")
    return body


def read_lines(stream: io.BufferedReader, name: str) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a stream with their numbers from 1; None stands for one that is too long to be read.

    Raises:
        RejectedInput: an overlong line has no end in sight.
    """
    number = 0
    while line := stream.readline(LARGEST_BYTES + 1):
        number += 1
        if len(line) <= LARGEST_BYTES:
            yield number, line
            continue
        if not line.endswith(b"\n"):
            _skip_line(stream, f"{name}:{number}")
        yield number, None


def _skip_line(stream: io.BufferedReader, name: str) -> None:
    skipped = 0
    while part := stream.readline(_CHUNK):
        skipped += len(part)
        if part.endswith(b"\n"):
            return
        if skipped > _MOST_SKIPPED:
            raise RejectedInput(f"{name} is a line of over a gigabyte", "give one article a line")
