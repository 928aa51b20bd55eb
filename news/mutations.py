"""What a copy makes of its original: a number, a negation, how sure it is, whose word it is. Pure rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from news.alignment import Unit, align, units_of
from news.differences import Difference, What, find_differences
from news.topic import Topic
from news.vocabulary import word_set

RULES = "mutations-1"
"""The version of these rules and of those they rest on: what one tripped over, the next is given again."""
TOLD = (What.NUMBER, What.NEGATION, What.CERTAINTY, What.CAUTION, What.ATTRIBUTION, What.SOURCE)
"""What is told of a copy; names and words may be another translation."""

_BARE = word_set("the a an of mr mrs ms dr spokesman spokeswoman president minister general")


@dataclass(frozen=True, slots=True)
class Mutation:
    """One sentence of a copy that says otherwise than its original: both as written, and where they differ."""

    what: What
    original: str
    copy: str
    before: str
    after: str


def find_mutations(originals: Sequence[str], copy: str, topic: Topic) -> list[Mutation]:
    """Where the body of a copy says otherwise than that of its original, in the order of the copy.

    `originals` are all versions of the original, the first one first: what a copy has from an earlier version, and the
    original corrected since, is no mutation of the copy.
    """
    found: dict[tuple[What, str], Mutation] | None = None
    for original in originals:
        here = {(one.what, one.copy): one for one in _between(original, copy, topic)}
        found = here if found is None else {key: one for key, one in found.items() if key in here}
        if not found:
            return []
    return list(found.values()) if found else []


def _between(original: str, copy: str, topic: Topic) -> list[Mutation]:
    mine, theirs = units_of(original), units_of(copy)
    return [
        Mutation(one.what, mine[old].text, theirs[new].text, one.before, one.after)
        for old, new in align(mine, theirs)
        for one in find_differences(mine[old], theirs[new])
        if one.what in TOLD and (one.what is not What.SOURCE or _is_another(one, mine, theirs, topic))
    ]


def _is_another(one: Difference, mine: Sequence[Unit], theirs: Sequence[Unit], topic: Topic) -> bool:
    """Whether two names are two sources of the story, not two names of one."""
    old, new = _meant(one.before, topic), _meant(one.after, topic)
    if old and new:
        # A palace for its spokesman is one source; one of its ministers for another is not.
        return old[0] != new[0] or (old[1] is not None and new[1] is not None and old[1] != new[1])
    before, after = _names(one.before), _names(one.after)
    # Somebody the original names elsewhere, in the place of somebody whom the copy names elsewhere.
    return bool(before and after) and _are_in(after, mine) and _are_in(before, theirs)


def _meant(words: str, topic: Topic) -> tuple[str, str | None] | None:
    """Whom the topic knows by the longest name in the words: the entity, and the person; None: nobody, or several."""
    tokens = [token.text.removesuffix("'s").removesuffix("\u2019s") for token in Unit(words).tokens]
    runs = [" ".join(tokens[at:end]) for at in range(len(tokens)) for end in range(at + 1, len(tokens) + 1)]
    met = [run for run in runs if run in topic.named]
    return topic.named[max(met, key=len)] if met else None


def _names(words: str) -> set[str]:
    return {token.low for token in Unit(words).tokens if token.text[0].isupper()} - _BARE


def _are_in(names: set[str], units: Sequence[Unit]) -> bool:
    return any(names <= unit.distinct for unit in units)
