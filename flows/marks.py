"""The analyst's word taken down, and everything that follows from it: silently, at once, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.comparing import derive_anew
from flows.correcting import correct
from flows.desk import Desk
from news.claim import LedgerClaim
from news.errors import ConfigurationError
from news.mark import WORDS, Subject, SubjectKind, Word
from news.namesakes import find_name
from warehouse import claims, marks, naming
from warehouse.transaction import Transaction

_PREFIXES = {"fnd_": SubjectKind.FINDING, "clm_": SubjectKind.CLAIM}
_LISTED = {
    SubjectKind.FINDING: "`volteface findings` lists them with their ids",
    SubjectKind.CLAIM: "`volteface claims` lists them with their ids",
    SubjectKind.HOLDER: "`volteface claims` lists their names; give one whole",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A mark and what came of it: its row of `v_marks`, how many claims were compared anew, what was corrected.

    `new` is False where the word held already; then nothing was done.
    """

    row: dict[str, Any]
    new: bool = True
    claims: int = 0
    corrected: tuple[str, ...] = ()


def take(
    desk: Desk, given: str, word: Word, now: datetime, *, other: str | None = None, because: str | None = None
) -> Taken:
    """Takes down one word on the finding, claim or holder that is meant, and derives anew what it touches.

    Raises:
        ConfigurationError: nothing of that id or name is there, or that word cannot be said of it.
    """
    with desk.warehouse.transaction() as tx:
        subject = _subject(tx, given, word, other)
        before = marks.withdrawn(tx)
        mark, new = marks.record(tx, subject, word, because, now)
        row = marks.row_of(tx, mark)
        if not new:
            return Taken(row, new=False)
        again: Sequence[LedgerClaim] = []
        if subject.kind is SubjectKind.HOLDER:
            again = _rename(desk, tx, subject, now)
        elif subject.kind is SubjectKind.CLAIM:
            again = claims.resting_on(tx, subject)
            derive_anew(desk, tx, again, claims.propositions_of(tx, [subject.article_id or ""]), now)
        corrected = correct(tx, before, mark, now)
    return Taken(row, claims=len(again), corrected=tuple(one.detail["corrects"] for one in corrected))


def _rename(desk: Desk, tx: Transaction, subject: Subject, now: datetime) -> list[LedgerClaim]:
    """Writes down whom the names mean now, and derives anew what both holders' claims touch; gives those claims."""
    before = naming.known(tx)
    naming.rename(tx, now)
    after = naming.known(tx)
    two = (subject.id, subject.other or "")
    holders = {known[name].holder if name in known else name for known in (before, after) for name in two}
    names = {name for known in (before, after) for name, one in known.items() if one.holder in holders}
    again = claims.of_names(tx, sorted(names))
    derive_anew(desk, tx, again, (), now)
    return again


def _subject(tx: Transaction, given: str, word: Word, other: str | None) -> Subject:
    """What is meant, as the warehouse knows it; to undo something, what the last word that holds is on."""
    kind = next((kind for prefix, kind in _PREFIXES.items() if given.startswith(prefix)), SubjectKind.HOLDER)
    if word is not Word.UNDONE and word not in WORDS[kind]:
        raise ConfigurationError(
            f"{given!r} is a {kind}, and cannot be marked {word.replace('_', ' ')}",
            "say of a " + "; of a ".join(f"{one}: {_options(words)}" for one, words in WORDS.items()),
        )
    if kind is SubjectKind.HOLDER:
        subject = _holder(tx, given, word, other)
    else:
        found = marks.find(tx, kind, given)
        if found is None:
            near = marks.nearest(tx, kind, given)
            raise ConfigurationError(f"no {kind} {given!r}", f"{_meant(near)}{_LISTED[kind]}")
        subject = found if word is not Word.UNDONE or marks.newest(tx, found) else None
    if subject is None:
        raise ConfigurationError(f"no mark on {given!r} holds", "`volteface marks` lists those that do")
    return subject


def _options(words: Collection[Word]) -> str:
    return ", ".join(f"--{one.replace('_', '-')}" for one in Word if one in words)


def _holder(tx: Transaction, given: str, word: Word, other: str | None) -> Subject | None:
    names = naming.names(tx)
    name = _named(given, names)
    if word is Word.UNDONE:
        last = marks.on_holder(tx, name)
        return last.subject if last else None
    second = _named(other or "", names)
    if name == second:
        raise ConfigurationError(f"{name!r} is one name, not two", "give the name of the other holder")
    return Subject(SubjectKind.HOLDER, name, second)


def _named(given: str, names: Sequence[str]) -> str:
    name, near = find_name(given, names)
    if name is None:
        raise ConfigurationError(f"no holder {given!r}", f"{_meant(near)}{_LISTED[SubjectKind.HOLDER]}")
    return name


def _meant(near: Sequence[str]) -> str:
    """The candidates, as a question; empty where there are none."""
    listed = " or ".join(repr(one) for one in near)
    return f"do you mean {listed}? " if near else ""
