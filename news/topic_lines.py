"""Where each key of a TOML text stands: what `tomllib` does not tell.

The text must already have been accepted by `tomllib`; the scan only follows its structure. Grammar: TOML 1.0,
https://toml.io/en/v1.0.0.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"{3}(?:[^\\"]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'{3}(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}\n#]+")


def locate_keys(text: str) -> dict[str, int]:
    """The 1-based line of every key, table header and array element of an accepted TOML text, by dotted path.

    Paths count from 0 (`propositions[2].patterns[0].who[1]`). A key whose own name holds a dot is written as it is,
    so `a."b.c"` and `a.b.c` share a path, which at worst names the wrong one of two lines.
    """
    return _Scan(text, [match.start() for match in re.finditer("\n", text)]).run()


@dataclass(slots=True)
class _Open:
    """An array (`index` counts its elements) or an inline table (`index` None) that is not closed yet."""

    path: str
    index: int | None


@dataclass(slots=True)
class _Scan:
    text: str
    breaks: list[int]
    at: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def run(self) -> dict[str, int]:
        prefix = ""
        self._skip()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                prefix = self._header()
            else:
                self._value(self._assignment(prefix))
            self._skip()
        return self.lines

    def _skip(self) -> None:
        blank = _BLANK.match(self.text, self.at)
        self.at = blank.end() if blank else self.at

    def _record(self, path: str, at: int) -> str:
        self.lines.setdefault(path, bisect_right(self.breaks, at - 1) + 1)
        return path

    def _key(self) -> list[str]:
        """Reads a dotted key and stops at what follows it."""
        parts: list[str] = []
        while True:
            self._skip()
            match = _STRING.match(self.text, self.at) or _BARE_KEY.match(self.text, self.at)
            if match is None:
                return parts
            self.at = match.end()
            parts.append(_unquote(match[0]))
            self._skip()
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def _header(self) -> str:
        start, is_array = self.at, self.text.startswith("[[", self.at)
        width = 2 if is_array else 1
        self.at += width
        *parents, last = self._key()
        self.at += width
        path = ""
        for name in parents:
            path = self._latest(_join(path, name))
        path = _join(path, last)
        if not is_array:
            return self._record(path, start)
        self._record(path, start)
        self.counts[path] = self.counts.get(path, -1) + 1
        return self._record(self._latest(path), start)

    def _latest(self, path: str) -> str:
        return f"{path}[{self.counts[path]}]" if path in self.counts else path

    def _assignment(self, prefix: str) -> str:
        """Reads `key =` and gives the key's path, every dotted parent recorded."""
        start = self.at
        path = prefix
        for name in self._key():
            path = self._record(_join(path, name), start)
        self.at += 1  # the equals sign
        return path

    def _value(self, path: str) -> None:
        """Reads one value, without recursion: how deep it nests is the text's choice."""
        unclosed: list[_Open] = []
        while self.at < len(self.text):
            self._skip()
            if unclosed and self.text.startswith(("]", "}"), self.at):
                unclosed.pop()
                self.at += 1
            elif unclosed and self.text.startswith(",", self.at):
                self.at += 1
            else:
                self._item(path, unclosed)
            if not unclosed:
                return

    def _item(self, path: str, unclosed: list[_Open]) -> None:
        """Reads a plain value, or opens an array or inline table."""
        inside = unclosed[-1] if unclosed else None
        if inside is not None and inside.index is None:
            path = self._assignment(inside.path)
            self._skip()
        elif inside is not None and inside.index is not None:
            path = self._record(f"{inside.path}[{inside.index}]", self.at)
            inside.index += 1
        if self.text.startswith(("[", "{"), self.at):
            unclosed.append(_Open(path, 0 if self.text[self.at] == "[" else None))
            self.at += 1
            return
        match = _STRING.match(self.text, self.at) or _BARE_VALUE.match(self.text, self.at)
        self.at = match.end() if match else self.at + 1


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _unquote(key: str) -> str:
    if key.startswith('"'):
        return str(tomllib.loads(f"k = {key}")["k"])
    return key.strip("'")
