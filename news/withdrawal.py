"""Why a finding holds no longer by the analyst's word, in words."""

from __future__ import annotations

REASONS = {
    "marked": "the analyst marked it wrong",
    "claim": "the claim it rests on was marked wrong",
    "parted": "its two sides are two holders' words, not one's",
    "joined": "its two sides are one holder's words, not two's",
}
"""Each clause by the name that the warehouse has for it."""

RENAMED = "renamed"
"""Such a one is told of under another name now: it was not wrong, and nobody needs a correction."""


def reason_of(why: str, because: str | None) -> str:
    """The clause, with the reason that the mark was given."""
    return REASONS[why] + (f" ({because})" if because else "")
