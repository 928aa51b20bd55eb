"""The kinds of shift: what it is called when a position moves from one stance to another."""

from __future__ import annotations

from news.topic import Stance

_KINDS = {
    (Stance.AFFIRMS, Stance.NEUTRAL): "retreat",
    (Stance.AFFIRMS, Stance.DOUBTS): "reversal",
    (Stance.AFFIRMS, Stance.DENIES): "reversal",
    (Stance.NEUTRAL, Stance.AFFIRMS): "commitment",
    (Stance.NEUTRAL, Stance.DOUBTS): "commitment",
    (Stance.NEUTRAL, Stance.DENIES): "commitment",
    (Stance.DOUBTS, Stance.AFFIRMS): "reversal",
    (Stance.DOUBTS, Stance.NEUTRAL): "softening",
    (Stance.DOUBTS, Stance.DENIES): "hardening",
    (Stance.DENIES, Stance.AFFIRMS): "reversal",
    (Stance.DENIES, Stance.NEUTRAL): "concession",
    (Stance.DENIES, Stance.DOUBTS): "concession",
}
SIDES = {
    Stance.AFFIRMS: "affirming",
    Stance.DENIES: "denying",
    Stance.DOUBTS: "doubting",
    Stance.NEUTRAL: "not taking a side on",
}
"""Each stance as an English participle that takes the proposition for its object."""

VERBS = {
    Stance.AFFIRMS: "affirms",
    Stance.DENIES: "denies",
    Stance.DOUBTS: "doubts",
    Stance.NEUTRAL: "takes no side on",
}
"""Each stance as an English verb that takes the proposition for its object."""


def shift_kind(before: Stance, after: Stance) -> str | None:
    """The name of the shift from one stance to another; None when they are the same."""
    return _KINDS.get((before, after))
