"""Which series a figure belongs to: the topic's kinds of counted things, and what has become of them.

figure ──▶ kind declared on the proposition ("troops" for soldiers), else its own noun ──▶ fate ──▶ plan ──▶ line
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.terms import compile_terms, expand, level
from news.claim import Claim, Figure, LedgerClaim, PropositionStance
from news.topic import Counted, Stance, Topic

MOVED = 0.1
"""A tenth more or less is another number; less is another way to round it."""
PLANNED = "planned or possible"
COUNTS = "counts"
"""The rule of a link that rests on what is counted alone: it says nothing of the deed."""
_IN_PASSING = 0.4  # of a claim that tells a number of the proposition's things, and nothing else of it
_UNDONE = frozenset([Stance.DENIES, Stance.DOUBTS])


@dataclass(frozen=True, slots=True)
class _Kind:
    counted: Counted
    words: re.Pattern[str]
    whose: re.Pattern[str] | None
    where: re.Pattern[str] | None
    never: re.Pattern[str] | None
    others: re.Pattern[str]  # names of entities whose things are none of this kind


class Counting:
    """Sorts a topic's figures into series; compiles the topic's words once."""

    def __init__(self, topic: Topic) -> None:
        def compiled(terms: tuple[str, ...]) -> re.Pattern[str] | None:
            return compile_terms(expand(terms, topic)) if terms else None

        self._kinds: dict[str, list[_Kind]] = {}
        self._topic = topic
        self._things: dict[str, re.Pattern[str]] = {}
        for one in topic.counted:
            words = compile_terms(expand(one.words, topic))
            strangers = (
                [f"@{each.id}" for each in topic.entities if f"@{each.id}" not in one.whose] if one.whose else []
            )
            others = compile_terms(expand(strangers, topic))
            kind = _Kind(one, words, compiled(one.whose), compiled(one.where), compiled(one.never), others)
            self._kinds.setdefault(one.proposition, []).append(kind)

    def line(self, figure: Figure, claim: Claim, proposition: str) -> str | None:
        """What the figure is a number of, on that proposition; None where nothing of its series.

        Increments ("another 3,000") are no number of the whole. On a proposition that declares kinds of counted things
        only those are followed; else each noun is its own kind.
        """
        affirmed = [one.proposition for one in claim.propositions if one.stance is Stance.AFFIRMS]
        if (
            figure.more
            or not figure.unit
            or any(one.proposition == proposition and one.stance in _UNDONE for one in claim.propositions)
        ):
            return None
        if proposition in self._kinds:
            name = self._kind(figure, claim.evidence, proposition, whose=proposition not in affirmed)
        else:
            name = self._own(figure, affirmed, proposition)
        return _with_fate(name, figure) if name else None

    def _own(self, figure: Figure, affirmed: list[str], proposition: str) -> str | None:
        """The figure's own noun as its kind, where the claim affirms nothing else or the proposition is about that."""
        if proposition not in affirmed or (figure.part and not figure.fate):
            return None
        return figure.unit if len(affirmed) == 1 or self._about(proposition).search(figure.unit) else None

    def _about(self, proposition: str) -> re.Pattern[str]:
        """The things that the proposition's patterns name, compiled when first asked for."""
        if proposition not in self._things:
            known = self._topic.proposition(proposition)
            terms = [term for pattern in known.patterns for term in pattern.what] if known else []
            self._things[proposition] = compile_terms(expand(terms, self._topic))
        return self._things[proposition]

    def _kind(self, figure: Figure, sentence: str, proposition: str, *, whose: bool) -> str | None:
        plain = level(sentence)
        for kind in self._kinds[proposition]:
            if kind.counted.where and figure.fate:
                continue  # the dead and the captured are counted for the whole
            if figure.part and not (kind.counted.where or figure.fate):
                continue  # "8,000 of them" are no number of all
            if not _counts(kind.words, figure) or (kind.never and kind.never.search(plain)):
                continue
            if kind.where and not kind.where.search(figure.clause):
                continue
            if whose and not (kind.whose and kind.whose.search(f"{plain} {figure.thing}")):
                continue
            return None if _of_others(kind, figure) else kind.counted.name
        return None

    def link(self, claim: Claim) -> Claim:
        """The claim, linked in passing to each proposition whose things it counts without a word on it otherwise."""
        linked = {one.proposition for one in claim.propositions}
        more = [
            PropositionStance(proposition, Stance.NEUTRAL, _IN_PASSING, COUNTS)
            for proposition in self._kinds
            if proposition not in linked
            and any(self.line(figure, claim, proposition) for figure in claim.figures if figure.value is not None)
        ]
        return replace(claim, propositions=(*claim.propositions, *more)) if more else claim


def _of_others(kind: _Kind, figure: Figure) -> bool:
    """Whether the things are of another: "28,500 Danish troops", or "Ostia has 50,000 men there"."""
    if kind.others.search(figure.thing):
        return True
    if kind.whose is not None and kind.whose.search(f"{figure.thing} {figure.clause}"):
        return False
    at = figure.clause.lower().find(figure.unit)  # -1 where the noun is left out: then all of it is looked at
    return kind.others.search(figure.clause[:at] if at > 0 else figure.clause) is not None


def _counts(words: re.Pattern[str], figure: Figure) -> bool:
    """Whether the noun of the figure is one of the words: the last of its phrase, or the whole noun."""
    if words.fullmatch(figure.unit):
        return True
    return any(found.end() == len(figure.thing) for found in words.finditer(figure.thing))


def _with_fate(name: str, figure: Figure) -> str:
    line = f"{name} {figure.fate}" if figure.fate and not name.endswith(figure.fate) else name
    return f"{line} {PLANNED}" if figure.planned else line


def is_other(figure: Figure, than: Figure) -> bool:
    """Whether two figures of one line are two numbers: by a tenth or more."""
    old, new = than.value, figure.value
    return old is not None and new is not None and abs(new - old) > MOVED * max(old, new)


def has_moved(one: LedgerClaim, other: LedgerClaim) -> bool:
    """Whether a claim gives another number than an earlier one for the same noun and fate."""
    earlier = {(each.unit, each.fate, each.planned): each for each in other.claim.figures if _whole(each)}
    return any(
        is_other(figure, earlier[key])
        for figure in one.claim.figures
        if _whole(figure) and (key := (figure.unit, figure.fate, figure.planned)) in earlier
    )


def _whole(figure: Figure) -> bool:
    return not figure.more and not figure.part
