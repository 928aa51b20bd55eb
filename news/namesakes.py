"""Whom a name means: names that are spelled alike are one holder's, unless the analyst joined or parted them.

Marks go before spelling and newer marks before older ones, along chains too: with "A is B" and "B is C", A is C; after
"A is not C" A stands apart, and B stays with C.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from news.mark import Word
from news.spelling import name_key

_Node = tuple[str, str]  # ("name", a name as read) or ("key", what all its spellings share)
_WORD = re.compile(r"\w{3,}")
_ALIKE = 0.6  # of difflib's ratio: below, a name is no help
_MOST = 5


@dataclass(frozen=True, slots=True)
class NameMark:
    """A mark on two holders that holds: `name` is `word` (`same_as` or `apart_from`) `other`."""

    name: str
    word: Word
    other: str


@dataclass(frozen=True, slots=True)
class Naming:
    """Whom a name means: the name that stands for the holder. `apart`: not one with those spelled alike.

    `actor` and `rank` are the holder's where the name itself was never read as speaking for anybody.
    """

    holder: str
    apart: bool = False
    actor: str | None = None
    rank: int | None = None


class _Groups:
    """Names that are one holder's. What is parted stays apart, whatever is joined later."""

    def __init__(self) -> None:
        self._of: dict[_Node, _Node] = {}
        self._parted: list[tuple[_Node, _Node]] = []

    def find(self, node: _Node) -> _Node:
        while self._of.get(node, node) != node:
            node = self._of[node]
        return node

    def join(self, one: _Node, other: _Node) -> None:
        ends = {self.find(one), self.find(other)}
        if all({self.find(left), self.find(right)} != ends for left, right in self._parted):
            self._of[self.find(one)] = self.find(other)

    def part(self, one: _Node, other: _Node) -> None:
        if self.find(one) != self.find(other):
            self._parted.append((one, other))


def settle(marks: Sequence[NameMark], marked: Iterable[str], names: Sequence[str]) -> dict[str, Naming]:
    """Whom each of the names means that is marked, or spelled like one that is; the others are left out.

    `marks` are those that hold, the oldest first; `marked` all names that any mark was ever made on. `names` are names
    as read, in the order in which the first one of a holder stands for all where no mark says which does.
    """
    named = dict.fromkeys([*marked, *(name for mark in marks for name in (mark.name, mark.other))])
    groups = _grouped(marks, list(named))
    keys = {name_key(name) for name in named}
    members: dict[_Node, list[str]] = {}
    for name in dict.fromkeys(names):
        if name in named:
            members.setdefault(groups.find(("name", name)), []).append(name)
        elif (key := name_key(name)) in keys:
            members.setdefault(groups.find(("key", key)), []).append(name)
    found: dict[str, Naming] = {}
    for group, alike in members.items():
        holder = _standing([mark for mark in marks if groups.find(("name", mark.other)) == group], groups, alike)
        apart = groups.find(("key", name_key(holder))) != group
        found |= dict.fromkeys(alike, Naming(holder, apart))
    return found


def _grouped(marks: Sequence[NameMark], named: Sequence[str]) -> _Groups:
    groups = _Groups()
    for mark in reversed(marks):
        one, other = ("name", mark.name), ("name", mark.other)
        if mark.word is Word.SAME_AS:
            groups.join(one, other)
        else:
            groups.part(one, other)
    # Of two that are parted, the one who was set apart leaves those who are spelled alike.
    leaving = {mark.name for mark in marks if mark.word is Word.APART_FROM}
    for name in sorted(named, key=lambda one: one in leaving):
        groups.join(("name", name), ("key", name_key(name)))
    return groups


def _standing(marks: Sequence[NameMark], groups: _Groups, names: Sequence[str]) -> str:
    """The name that stands for a group: whom the others were said to be, else from whom others were parted."""
    joined = [
        mark
        for mark in marks
        if mark.word is Word.SAME_AS and groups.find(("name", mark.name)) == groups.find(("name", mark.other))
    ]
    renamed = {mark.name for mark in joined}
    ends = [mark.other for mark in joined if mark.other not in renamed] or [mark.other for mark in joined]
    return next((name for name in reversed([*(mark.other for mark in marks), *ends]) if name in names), names[0])


def lend_voices(namings: Mapping[str, Naming], voices: Mapping[str, Mapping[str, int | None]]) -> dict[str, Naming]:
    """The same, where a name was joined to a holder who speaks for one actor alone: then it speaks for that actor too.

    `voices` are the actors each name was read as speaking for, with the rank. A name that has an actor of its own, at
    any time, keeps what was read: he may have left the office.
    """
    spoken_for: dict[str, dict[str, int | None]] = {}
    for name, naming in namings.items():
        known = spoken_for.setdefault(naming.holder, dict(voices.get(naming.holder, {})))
        spoken_for[naming.holder] = {**voices.get(name, {}), **known}  # the rank of the name that stands for all
    lent = {}
    for name, naming in namings.items():
        actors = list(spoken_for[naming.holder].items())
        if len(actors) == 1 and not voices.get(name):
            lent[name] = replace(naming, actor=actors[0][0], rank=actors[0][1])
        else:
            lent[name] = naming
    return lent


def find_name(given: str, names: Sequence[str]) -> tuple[str | None, list[str]]:
    """The name meant, and no more; or None and the names that may be meant, the likeliest first.

    A name is meant as it stands or, where only one is, whatever its capitals and blanks are.
    """
    if given in names:
        return given, []
    wanted = _level(given)
    same = [name for name in names if _level(name) == wanted]
    if len(same) == 1:
        return same[0], []
    return None, same[:_MOST] or _near(given, wanted, names)


def _level(name: str) -> str:
    shown = (" " if char.isspace() else char if char.isprintable() else "" for char in name)
    return " ".join("".join(shown).casefold().split())


def _near(given: str, wanted: str, names: Sequence[str]) -> list[str]:
    holding = [name for name in names if wanted and wanted in _level(name)]
    spelled = [name for name in names if name_key(name) == name_key(given)]
    words = set(_WORD.findall(wanted))
    sharing = {_level(name): name for name in names if words & set(_WORD.findall(_level(name)))}
    alike = difflib.get_close_matches(wanted, sharing, _MOST, _ALIKE)
    return list(dict.fromkeys([*spelled, *holding, *(sharing[one] for one in alike)]))[:_MOST]
