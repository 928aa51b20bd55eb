"""Adding to a topic file: an outlet and a source as TOML tables, and the file with them at its end.

The file is somebody's own, with comments and an order of their own: what is there stays as it is, to the byte.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from news.errors import ConfigurationError, TopicError
from news.topic import Outlet, Source, Topic
from news.topic_file import load_topic, parse_topic

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_WIDE = 0x10000


def toml_text(text: str) -> str:
    """A TOML basic string (TOML 1.0); whatever cannot be seen is written as its code, surrogates as U+FFFD."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    code = 0xFFFD if "\ud800" <= char <= "\udfff" else ord(char)
    return f"\\u{code:04x}" if code < _WIDE else f"\\U{code:08x}"


def write_entry(outlet: Outlet | None, source: Source) -> str:
    """The tables that declare a source, and its outlet when one is given; ready to be pasted."""
    lines = []
    if outlet is not None:
        hosts = ", ".join(map(toml_text, outlet.hosts))
        lines += ["[[outlets]]", f"id = {toml_text(outlet.id)}", f"name = {toml_text(outlet.name)}"]
        lines += [f"hosts = [{hosts}]", ""]
    stated = {
        "id": source.id,
        "outlet": source.outlet,
        "kind": source.kind,
        "address": source.address,
        "select": source.select,
        "found_in": source.found_in,
        "lang": source.lang,
    }
    lines += ["[[sources]]", *(f"{key} = {toml_text(value)}" for key, value in stated.items() if value)]
    return "\n".join(lines) + "\n"


def append_entry(path: Path, outlet: Outlet | None, source: Source) -> Topic:
    """Puts the tables at the end of the topic file, whole or not at all; gives the topic that the file then holds.

    Raises:
        ConfigurationError: the file would be no right topic with them, or cannot be written; it is as it was.
    """
    before = load_topic(path)
    real = path.resolve()  # a link stays a link
    try:
        old = real.read_bytes()
        new = old + (b"" if old.endswith(b"\n") else b"\n") + b"\n" + write_entry(outlet, source).encode()
        topic = _checked(new, path, before, source)
        _replace(real, new)
    except OSError as error:
        mend = "check its permissions and space, or paste the tables yourself"
        raise ConfigurationError(f"topic file {path} cannot be written ({error.strerror})", mend) from error
    return topic


def _checked(new: bytes, path: Path, before: Topic, source: Source) -> Topic:
    mend = "nothing was changed; paste the tables where they belong"
    try:
        topic = parse_topic(new.decode("utf-8-sig"), str(path))
    except TopicError as error:
        reason = "; ".join(f"{one.key} {one.message}" for one in error.problems[:3])
        raise ConfigurationError(f"{path} would be wrong with the new source ({reason})", mend) from error
    if len(topic.sources) != len(before.sources) + 1 or topic.sources[-1].address != source.address:
        raise ConfigurationError(f"{path} would not hold the new source at its end", mend)
    return topic


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
