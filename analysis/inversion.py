"""Whether a speaker stands behind the verb: "…," said the minister; It rained, says Jon Abel, a baker."""

from __future__ import annotations

import re

from analysis.descriptions import GROUPS, PEOPLE
from analysis.finite import is_finite
from analysis.names import ORGANISATION
from analysis.skeleton import Skeleton
from analysis.subjects import DETERMINERS, PREPOSITIONS, PRONOUNS, RELATIVES, TIMES, subject_after
from analysis.verbs import VerbGroup
from news.cues import INVERTIBLE

_BODIES = re.compile(r"\b(?:ministry|agency|department|office|government|statement|report|daily|paper)\b")
_DASHES = frozenset(["—", "–"])
_LINKS = frozenset(["of", "for", "at", "from", "in", "the", "de", "van", "von", "al", "bin"])


def _speaks(skeleton: Skeleton, first: int, stop: int) -> bool:
    """Whether the tokens are a speaker's name or office, and hold no verb of a clause."""
    words = [skeleton.tokens[at] for at in range(first, stop)]
    if any(is_finite(skeleton, at) or skeleton.low(at) in PRONOUNS for at in range(first, stop)):
        return False
    lower = [token for token in words if token.kind == "w" and not token.capital and token.low not in _LINKS]
    if any(token.low.endswith("ed") and len(token.low) > 4 for token in lower):  # noqa: PLR2004 - "red", "aged"
        return False
    if not lower:
        return words[0].capital or words[0].low == "the"
    described = skeleton.words(first, stop)
    known = GROUPS.search(described) or PEOPLE.search(described) or _BODIES.search(described)
    return bool(known or ORGANISATION.search(" ".join(token.text for token in words)))


def _has_clause(skeleton: Skeleton, stop: int) -> bool:
    """Whether a finite verb of a main clause stands left of that place: none behind "who" or "which" counts."""
    relative = False
    for at in range(stop):
        word = skeleton.low(at)
        if word in RELATIVES:
            relative = True
        elif word == ",":
            relative = False
        elif not relative and is_finite(skeleton, at):
            return True
    return False


def is_inverted(skeleton: Skeleton, group: VerbGroup) -> bool:
    """Whether the subject stands after the verb: a quotation or a comma before it, a name and an end after it."""
    before = group.first - 1
    if group.verb.lemma not in INVERTIBLE or group.passive or group.verb.form in {"ing", "base"} or before < 0:
        return group.verb.form == "base" and group.verb.lemma == "say" and _plural_behind(skeleton, group)
    if skeleton.kind(before) != "q" and skeleton.low(before) not in {",", *_DASHES}:
        return False
    subject = subject_after(skeleton, group.stop)
    if subject is None or skeleton.low(group.stop) in PREPOSITIONS | TIMES | {"that"}:
        return False
    if skeleton.kind(before) == "q":
        return True
    following = skeleton.low(subject.wide_stop) if subject.stop == subject.wide_stop else ","
    named = skeleton.tokens[group.stop].capital or skeleton.low(group.stop) in DETERMINERS | {"one"}
    named = named or bool(PEOPLE.search(skeleton.words(subject.first, min(subject.first + 3, subject.stop))))
    if following not in {".", ",", "", ";", *_DASHES} or not named:
        return False
    return _speaks(skeleton, subject.first, subject.stop) and (
        _has_clause(skeleton, before) or not _set_beside(skeleton, before)
    )


def _set_beside(skeleton: Skeleton, before: int) -> bool:
    """Whether what stands before the verb is a name with its apposition: "X, the envoy, said the ministry …"."""
    return any(skeleton.low(at) == "," for at in range(before))


def _plural_behind(skeleton: Skeleton, group: VerbGroup) -> bool:
    """“…, say experts": a group behind a base form."""
    before = group.first - 1
    if before < 0 or (skeleton.kind(before) != "q" and skeleton.low(before) != ","):
        return False
    subject = subject_after(skeleton, group.stop)
    if subject is None:
        return False
    first = skeleton.tokens[subject.first]
    plural = first.kind == "w" and not first.capital and first.low.endswith("s")
    return plural or bool(GROUPS.search(skeleton.words(subject.first, subject.stop)))
