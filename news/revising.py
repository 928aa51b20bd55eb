"""What a page's new text is beside its last one: sentence by sentence, and the kind of the whole.

`headline`: the title alone. `cosmetic`: spelling, punctuation, words without a meaning of their own, sentences moved.
`softened`: a statement is less sure than it was, or is now somebody's word. `corrected`: a number, a name, a negation
or another word of a sentence was changed, or a note says so. `removed`: sentences are gone, and no more came in their
place. `extended`: sentences were added. What a template prints around an article (counters, times, related links) is
no part of any of this.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from news.alignment import Unit, align, units_of
from news.differences import FUNCTION, Difference, What, find_differences
from news.quantities import quantities

_SENTENCE_END = re.compile(r"[.!?…:;][\"'”\u2019»)\]]*\s*$")
_SHORT_LINE = 8  # words: a shorter line without a sentence's end is a counter, a label or a link
_LINK_LINE = 20  # words: such a line that comes or goes is a link to another story
_WHEN = (
    r"(?:\d{1,4}[:./-]\d{1,2}\S*|\d+ (?:min(?:ute)?s?|hours?|days?|weeks?|months?) ago|an hour ago|yesterday|today"
    r"|just now|(?:\w{3,9}\.? )?\d{1,2}(?:st|nd|rd|th)?,? (?:\w{3,9}\.?,? )?(?:19|20)\d\d)"
)
_STAMP = re.compile(
    rf"(?:(?:last |first )?(?:updated|published|posted|modified)\b:?(?: on| at| \w+day,?)? {_WHEN}.{{0,40}}"
    rf"|(?:by .{{1,40}})?{_WHEN}(?: by .{{0,40}})?|\d+ (?:comments?|shares?|views?|reads?|min(?:ute)?s? read)"
    r"|(?:read|see) (?:more|also|next)\b.{0,160}|share(?: (?:this|on|via)\b.{0,30})?|advertisement|sponsored"
    r"|by [A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3}|(?:sign up|subscribe)\b.{0,120})[.!]?",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[|·•]\s*")
_NOTE = re.compile(
    r"^\W*(?:correction|clarification|editor.s note|amended)\b[^.]{0,30}[:—–-]|\b(?:an earlier|a previous) version of\b"
    r"|\bthis (?:article|story|report|piece) (?:was|has been) (?:amended|corrected|updated to correct|changed)\b",
    re.IGNORECASE,
)
_FACTS = frozenset([What.NUMBER, What.NEGATION, What.NAME, What.SOURCE, What.CERTAINTY, What.ATTRIBUTION])
_SOFTER = frozenset([What.CAUTION, What.CREDIT])
_HELD = 0.8  # of a sentence's words in another, for it to be a part of that one
_LEAST_HELD, _MOST_HELD = 5, 100  # words


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence that was `added`, `removed` or `changed`: as it was, as it is, and what differs."""

    op: str
    before: str | None
    after: str | None
    what: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Revised:
    """What a new version is: its kind, and every sentence that is otherwise, in the order of the new text."""

    kind: str
    changes: tuple[Change, ...] = ()


def revise(old_title: str, old_body: str, title: str, body: str) -> Revised | None:
    """What a page's new text is beside its last one; None when only furniture, case or punctuation changed."""
    changes = _changes(old_body, body)
    renamed = Unit(old_title).lows != Unit(title).lows
    kind = _kind(changes) if changes else None
    if renamed and kind in (None, "cosmetic"):
        kind = "headline"
    return Revised(kind, tuple(changes)) if kind else None


def _changes(old_body: str, body: str) -> list[Change]:
    before, after = units_of(old_body), units_of(body)
    if not any(_is_prose(unit) for unit in before):
        # Short lines only: a table, a list of results. Then every word counts.
        same = [unit.lows for unit in before] == [unit.lows for unit in after]
        return [] if same else [Change("changed", old_body, body, (Difference(What.WORDING, old_body, body),))]
    before, after = [one for one in before if not _is_furniture(one)], [one for one in after if not _is_furniture(one)]
    if [unit.lows for unit in before] == [unit.lows for unit in after]:
        return []
    return _compare(before, after)


def _compare(before: Sequence[Unit], after: Sequence[Unit]) -> list[Change]:
    pairs = dict(align(before, after))
    answered = {new: old for old, new in pairs.items()}
    gone = [unit for place, unit in enumerate(before) if place not in pairs]
    come = [unit for place, unit in enumerate(after) if place not in answered]
    moved = {unit.lows for unit in gone} & {unit.lows for unit in come}
    found: list[Change | None] = []
    old = 0
    for new, unit in enumerate(after):
        upto = answered.get(new)
        if upto is None:
            found.append(_added(unit, before, moved))
            continue
        found += [_removed(before[place], after, moved) for place in range(old, upto) if place not in pairs]
        found.append(_changed(before[upto], unit))
        old = upto + 1
    found += [_removed(before[place], after, moved) for place in range(old, len(before)) if place not in pairs]
    told = [one for one in found if one is not None]
    if not told and moved:
        return [Change("changed", "", "", (Difference(What.SPELLING, "", ""),))]
    return told


def _changed(before: Unit, after: Unit) -> Change | None:
    if before.lows == after.lows:
        return None
    what = tuple(find_differences(before, after)) or (Difference(What.WORDING, before.text, after.text),)
    if not {one.what for one in what} - {What.WORDING, What.SPELLING} and _same_content(before, after):
        what = (Difference(What.SPELLING, before.text, after.text),)
    return Change("changed", before.text, after.text, what)


def _same_content(before: Unit, after: Unit) -> bool:
    """Whether two sentences have the same words that mean something, and the same numbers, in whatever order."""
    return _content(before) == _content(after)


def _content(unit: Unit) -> Counter[str]:
    found = quantities(unit)
    numbers = {place for one in found for place in range(one.first, one.end)}
    words = (word for place, word in enumerate(unit.lows) if place not in numbers and word not in FUNCTION)
    return Counter([*words, *(f"{one.value:g}" for one in found)])


def _added(unit: Unit, before: Sequence[Unit], moved: set[tuple[str, ...]]) -> Change | None:
    return None if unit.lows in moved or _is_link(unit) or _is_held(unit, before) else Change("added", None, unit.text)


def _removed(unit: Unit, after: Sequence[Unit], moved: set[tuple[str, ...]]) -> Change | None:
    return None if unit.lows in moved or _is_link(unit) or _is_held(unit, after) else Change("removed", unit.text, None)


def _is_held(unit: Unit, others: Sequence[Unit]) -> bool:
    """Whether a sentence is a part of another: two that were made one are no loss."""
    mine = unit.distinct
    if not _LEAST_HELD <= len(mine) <= _MOST_HELD:
        return False
    return any(len(mine & one.distinct) >= _HELD * len(mine) for one in others)


def _is_prose(unit: Unit) -> bool:
    return len(unit.lows) >= _SHORT_LINE or bool(_SENTENCE_END.search(unit.text))


def _is_furniture(unit: Unit) -> bool:
    if not unit.alone:
        return False
    parts = [part.strip() for part in _PARTS.split(unit.text) if part.strip()]
    return not _is_prose(unit) or all(_STAMP.fullmatch(part) for part in parts)


def _is_link(unit: Unit) -> bool:
    ends = _SENTENCE_END.search(unit.text) and not unit.text.rstrip().endswith("?")
    return unit.alone and len(unit.lows) <= _LINK_LINE and not ends


def _kind(changes: Sequence[Change]) -> str:
    what = {one.what for change in changes for one in change.what}
    added = [change for change in changes if change.op == "added"]
    removed = [change for change in changes if change.op == "removed"]
    if any(_NOTE.search(change.after or "") for change in added):
        return "corrected"
    if what & _SOFTER:
        return "softened"
    # A story told on brings new numbers with its new sentences; where nothing is added, the old number was wrong.
    facts = what & _FACTS if not added else what & (_FACTS - {What.NUMBER})
    if facts:
        return "corrected"
    if removed and _words(removed, "before") >= _words(added, "after"):
        return "removed"
    if added:
        return "extended"
    return "corrected" if what & {What.WORDING, What.NUMBER} else "cosmetic"


def _words(changes: Sequence[Change], side: str) -> int:
    return sum(len(str(getattr(change, side)).split()) for change in changes)
