"""How firmly a holder stands by a content: from the cue, and from the content's own negation and mood."""

from __future__ import annotations

import re

from analysis.cues import CueKind
from analysis.falsehood import FALSEHOOD
from analysis.terms import level
from news.claim import Modality

_CONDITIONAL = re.compile(
    r"^\W*(?:if|unless|should|were)\b|\b(?:if|unless|provided that|on condition|in case)\b", re.IGNORECASE
)
_LIKELY = re.compile(
    r"\b(?:could|might|may|likely|will probably|is expected to|are expected to|is set to|possibly|probably)\b"
)
_NEGATED = re.compile(
    r"^\W*(?:that\s+)?(?:(?!\b(?:that|which|who|because|if|but)\b)[\w',-]+\s+){0,6}?(?:not|never|no"
    r"|none|nothing|neither|cannot|\w+n't)\b",
    re.IGNORECASE,
)
_NO_NEGATION = re.compile(
    r"\b(?:not only|not just|no doubt|no longer|no matter|no surprise|no less|no secret)\b", re.IGNORECASE
)
_UNNAMED = re.compile(r"\b(?:sources?|unnamed|anonymous|reports|rumou?rs)\b", re.IGNORECASE)
_JUDGING = frozenset([CueKind.SAY, CueKind.CALL, CueKind.CONFIRM])
_BY_CUE = {
    CueKind.DENY: Modality.DENIED,
    CueKind.DOUBT: Modality.DOUBTED,
    CueKind.ALLEGE: Modality.ALLEGED,
    CueKind.ACCUSE: Modality.ALLEGED,
    CueKind.PREDICT: Modality.PREDICTED,
}


def decide_modality(cue: CueKind, cue_rule: str, content: str, holder: str) -> tuple[Modality, str]:
    """The modality of a claim and the name of the rule that decided it. The cue goes before the content."""
    if cue is CueKind.REFUSE:
        return Modality.ASSERTED, f"refused:{cue_rule}"
    if cue in _BY_CUE:
        return _BY_CUE[cue], f"cue:{cue_rule}"
    by_content = _of_content(level(content), judging=cue in _JUDGING)
    if by_content is not None:
        return by_content
    if _UNNAMED.search(holder):
        return Modality.ALLEGED, "unnamed-source"
    return Modality.ASSERTED, "plain"


def _of_content(words: str, *, judging: bool) -> tuple[Modality, str] | None:
    """The modality the content itself shows, None for a plain one; `judging`: its verdicts are the holder's own."""
    if judging and FALSEHOOD.search(words):
        return Modality.DENIED, "content:false"
    if _NEGATED.search(_NO_NEGATION.sub("", words)):
        return Modality.DENIED, "content:negated"
    if _CONDITIONAL.search(words):
        return Modality.CONDITIONAL, "content:conditional"
    return (Modality.PREDICTED, "content:likely") if _LIKELY.search(words) else None
