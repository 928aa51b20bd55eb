"""What became of a page's claims in a new version of it: pure rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from news.alignment import Unit, align
from news.claim import Claim


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """One claim that a version `added`, `changed` or `withdrew`: as it is, and as it was (None where there is none)."""

    change: str
    before: Claim | None
    after: Claim | None

    @property
    def claim_id(self) -> str:
        """The claim as it is; a withdrawn one as it was."""
        one = self.after or self.before
        return one.claim_id if one else ""


def compare_claims(before: Sequence[Claim], after: Sequence[Claim]) -> list[ClaimChange]:
    """What a new version did to the claims of the last one, in the order of the new text; withdrawn ones last.

    A claim whose words, holder, modality and stances stay is none; one whose sentence was reworded is changed.
    """
    rest = {_said(claim): claim for claim in before}
    same = {_said(claim) for claim in after} & set(rest)
    old = [claim for claim in before if _said(claim) not in same]
    new = [claim for claim in after if _said(claim) not in same]
    aligned = align([Unit(one.evidence) for one in old], [Unit(one.evidence) for one in new])
    pairs = {fresh: stale for stale, fresh in aligned}
    found = [
        ClaimChange("changed", old[pairs[place]], claim) if place in pairs else ClaimChange("added", None, claim)
        for place, claim in enumerate(new)
    ]
    kept = set(pairs.values())
    return [*found, *(ClaimChange("withdrawn", claim, None) for place, claim in enumerate(old) if place not in kept)]


def _said(claim: Claim) -> tuple[Any, ...]:
    """What makes a claim the same in both versions: its words, whose they are, how firm, and the sides it takes."""
    stances = tuple((one.proposition, one.stance) for one in claim.propositions)
    return Unit(claim.evidence).lows, claim.holder, claim.modality, stances, claim.content_key
