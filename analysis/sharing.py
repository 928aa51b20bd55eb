"""The subject a verb without one of its own shares: the first noun phrase of its sentence."""

from __future__ import annotations

from analysis.finite import is_finite
from analysis.skeleton import Skeleton
from analysis.subjects import Subject, is_boundary, looks_nominal, skip_lead
from news.cues import VERBS, is_adverb


def sentence_subject(skeleton: Skeleton, before: int) -> Subject | None:
    """The first noun phrase of the sentence, up to its verb: what a later verb without a subject shares."""
    first = 0
    for begin, end in _split_commas(skeleton, before):
        first = skip_lead(skeleton, begin, end)
        if first < end and looks_nominal(skeleton, first, first + 1):
            break
    else:
        return None
    at = first
    while at < before:
        word = skeleton.low(at)
        lower = skeleton.kind(at) == "w" and not skeleton.tokens[at].capital
        if (
            is_finite(skeleton, at)
            or word == ","
            or is_boundary(skeleton, at)
            or (lower and at > first and (word in VERBS or word.endswith("ed") or is_adverb(word)))
        ):
            break
        at += 1
    return Subject(first, at, first, at) if at > first else None


def _split_commas(skeleton: Skeleton, before: int) -> list[tuple[int, int]]:
    found, start = [], 0
    for at in range(before):
        if skeleton.low(at) == ",":
            found.append((start, at))
            start = at + 1
    found.append((start, before))
    return found
