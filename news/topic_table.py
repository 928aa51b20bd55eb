"""One table of a topic file, read key by key; whatever is wrong is reported and a harmless value stands in for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import TypeVar

from news.errors import TopicProblem
from news.topic_value import ID, Fault, find_placeholders, parse_span, show, show_kind

Value = TypeVar("Value")
Check = Callable[[str], Fault | None]
"""Looks at one text: None when it is right, else what is wrong and the mend."""

SHORTEST_SPAN = timedelta(minutes=1)
LONGEST_SPAN = timedelta(days=31)
LONGEST_TEXT = 500
LONGEST_ID = 64


@dataclass(slots=True)
class Report:
    """Every problem found so far; `lines` maps a dotted key to its line, `values` fills `{name}` in texts."""

    lines: Mapping[str, int]
    values: Mapping[str, str] = field(default_factory=dict)
    problems: list[TopicProblem] = field(default_factory=list)

    def wrong(self, key: str, message: str, mend: str) -> None:
        """Notes a problem, at the key's line or that of the nearest table around it (a missing key has no line)."""
        at = key
        while at and at not in self.lines:
            at = max(at.rpartition(".")[0], at.rpartition("[")[0], key=len)
        printable = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in key)
        self.problems.append(TopicProblem(printable or "(file)", self.lines.get(at, 1), message, mend))

    def fill(self, key: str, text: str) -> str:
        """The text with each `{name}` replaced by the value of that name; as it is where no values are given."""
        for name in find_placeholders(text) if self.values else ():
            if name in self.values:
                text = text.replace(f"{{{name}}}", self.values[name])
            else:
                self.wrong(key, f"no value is given for {{{name}}}", f"use one of {', '.join(sorted(self.values))}")
        return text


class Table:
    """Reads one table's keys; `close` reports those that nothing asked for."""

    def __init__(self, values: Mapping[str, object], key: str, report: Report) -> None:
        self.values = values
        self.key = key
        self.report = report
        self._asked: set[str] = set()

    def path(self, name: str) -> str:
        """The dotted key of one of this table's keys."""
        return f"{self.key}.{name}" if self.key else name

    def wrong(self, name: str, message: str, mend: str) -> None:
        """Notes a problem with one key of this table, or with the whole of it when `name` is empty."""
        self.report.wrong(self.path(name) if name else self.key, message, mend)

    def has(self, name: str) -> bool:
        """Whether the key stands in the file, right or wrong."""
        self._asked.add(name)
        return name in self.values

    def close(self) -> None:
        """Reports every key that is not known here, with the one that was probably meant."""
        for name in self.values:
            if name not in self._asked:
                near = get_close_matches(name, self._asked, n=1)
                known = f"remove it; known here: {', '.join(sorted(self._asked))}"
                self.wrong(name, "unknown key", f"did you mean {near[0]}?" if near else known)

    def text(self, name: str, *, required: bool = False, check: Check | None = None) -> str | None:
        """A text of 1 to 500 characters without control characters; None when it is missing or wrong."""
        value = self._take(name, str, "text", "write it in quotes")
        if value is None:
            if required and name not in self.values:
                self.wrong(name, "is missing", f'add {name} = "…"')
            return None
        return self._checked(self.path(name), value, check)

    def texts(self, name: str, *, required: bool = False, check: Check | None = None) -> tuple[str, ...]:
        """A list of texts, each right and there once; the wrong ones are left out."""
        values = self._list(name, required=required)
        found: dict[str, str] = {}
        for index, value in enumerate(values):
            key = f"{self.path(name)}[{index}]"
            if not isinstance(value, str):
                self.report.wrong(key, f"must be text, is {show_kind(value)}", "write it in quotes")
                continue
            text = self._checked(key, value, check)
            if text is not None and text in found:
                self.report.wrong(key, f"{show(text)} is there twice", "remove one")
            elif text is not None:
                found[text] = text
        return tuple(found)

    def choice(self, name: str, choices: Collection[str], default: str | None = None) -> str | None:
        """One of a few words; without a default it must be given."""

        def known(word: str) -> Fault | None:
            if word in choices:
                return None
            near = get_close_matches(word, choices, n=1)
            mend = f"did you mean {near[0]}?" if near else f"use one of: {', '.join(sorted(choices))}"
            return f"{show(word)} is not known", mend

        if default is None and not self.has(name):
            self.wrong(name, "is missing", f"add {name} = one of: {', '.join(sorted(choices))}")
        return self.text(name, check=known) or default

    def identifier(self, taken: set[str]) -> str | None:
        """The table's `id`, of small letters, digits and hyphens, that no earlier one has."""

        def unused(text: str) -> Fault | None:
            if not ID.fullmatch(text) or len(text) > LONGEST_ID:
                return f"{show(text)} is no id", f"use up to {LONGEST_ID} small letters, digits and single hyphens"
            return (f"the id {show(text)} is taken", "give each its own") if text in taken else None

        text = self.text("id", required=True, check=unused)
        taken.update({text} if text else ())
        return text

    def whole(self, name: str, lowest: int, highest: int) -> int:
        """A whole number that must be given; `lowest` when it is missing or wrong."""
        value = self._take(name, int, "a whole number", "write it without quotes or point")
        if value is None:
            if name not in self.values:
                self.wrong(name, "is missing", f"add {name} = {lowest} … {highest}")
            return lowest
        if not lowest <= value <= highest:
            self.wrong(name, f"{show(value)} is out of range", f"use {lowest} to {highest}")
            return lowest
        return value

    def share(self, name: str, default: float) -> float:
        """A number from 0 to 1."""
        value = self._take(name, (float, int), "a number", "write it without quotes")
        if value is None:
            return default
        if not 0 <= value <= 1:
            self.wrong(name, f"{show(value)} is out of range", "use 0 to 1")
            return default
        return float(value)

    def flag(self, name: str) -> bool:
        """True or false; false when it is missing."""
        return self._take(name, bool, "true or false", "write it without quotes") or False

    def day(self, name: str) -> date | None:
        """A date, bare (2024-05-12) or in quotes."""
        if not self.has(name):
            return None
        value = self.values[name]
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str):
            try:
                return date.fromisoformat(self.report.fill(self.path(name), value))
            except ValueError:
                pass
        self.wrong(name, f"must be a date, is {show_kind(value)}", "write it as 2024-05-12")
        return None

    def span(self, name: str, default: timedelta) -> timedelta:
        """A span of one minute to 31 days, written as 30m, 6h or 1d."""
        text = self.text(name)
        if text is None:
            return default
        span = parse_span(text)
        if span is None:
            self.wrong(name, f"{show(text)} is no span of time", 'write it as "30m", "6h" or "1d"')
        elif span < SHORTEST_SPAN:
            self.wrong(name, f"{show(text)} is too short", 'use "1m" or longer')
        elif span > LONGEST_SPAN:
            self.wrong(name, f"{show(text)} is too long", 'use "31d" or shorter')
        else:
            return span
        return default

    def table(self, name: str, *, required: bool = False) -> Table | None:
        """A table below this one."""
        value = self._take(name, dict, "a table", f"write [{self.path(name)}]")
        if value is None and required and name not in self.values:
            self.wrong(name, "is missing", f"add [{self.path(name)}]")
        return None if value is None else Table(value, self.path(name), self.report)

    def tables(self, name: str, *, required: bool = False) -> list[Table]:
        """The tables of a list below this one; what is no table is reported and left out."""
        found: list[Table] = []
        for index, value in enumerate(self._list(name, required=required, mend=f"add [[{self.path(name)}]]")):
            key = f"{self.path(name)}[{index}]"
            if isinstance(value, dict):
                found.append(Table(value, key, self.report))
            else:
                self.report.wrong(key, f"must be a table, is {show_kind(value)}", f"write [[{self.path(name)}]]")
        return found

    def _list(self, name: str, *, required: bool, mend: str = "") -> list[object]:
        example = mend or f'write {name} = ["…"]'
        value: list[object] | None = self._take(name, list, "a list", example)
        if required and not value and (value is not None or name not in self.values):
            self.wrong(name, "is empty" if name in self.values else "is missing", example)
        return value or []

    def _take(self, name: str, kind: type[Value] | tuple[type[Value], ...], wanted: str, mend: str) -> Value | None:
        if not self.has(name):
            return None
        value = self.values[name]
        # In Python a bool is an int; in TOML it is not.
        if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            return value
        self.wrong(name, f"must be {wanted}, is {show_kind(value)}", mend)
        return None

    def _checked(self, key: str, value: str, check: Check | None) -> str | None:
        text = self.report.fill(key, value).strip()
        fault: Fault | None = None
        if not text:
            fault = ("is empty", "write something, or remove the key")
        elif any(unicodedata.category(one) == "Cc" for one in text):
            fault = (f"{show(text)} has a control character in it", "remove it")
        elif check is not None:
            fault = check(text)
        if fault is None and len(text) > LONGEST_TEXT:
            fault = (f"is longer than {LONGEST_TEXT} characters", "shorten it")
        if fault is not None:
            self.report.wrong(key, *fault)
            return None
        return text
