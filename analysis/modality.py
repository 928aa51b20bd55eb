"""How firmly a holder stands by a content: from the cue, and from the content's own negation and mood."""

from __future__ import annotations

import re

from analysis.falsehood import FALSEHOOD
from analysis.terms import level
from news.claim import Modality
from news.cues import CueKind

_CONDITIONAL = re.compile(
    r"^\W*(?:if|unless|should|were)\b|^\W*had\b[^,]{3,90},|\b(?:if|were it) not for\b"
    r"|\b(?:if|unless|provided that|on condition|in case)\b",
    re.IGNORECASE,
)
_LIKELY = re.compile(
    r"\b(?:likely|probably|(?:is|are|was|were) (?:widely )?expected to|(?:is|are|was|were) set to|sooner or later"
    r"|inevitabl[ey])\b"
)
_POSSIBLE = re.compile(r"\b(?:could|might|may(?! \d)|possibly|perhaps)\b")
_WOULD_BE = re.compile(
    r"\b(?:would|'d) (?:\w+ly )?(?:be (?:an?|in|seen|met)|mean|constitute|amount|represent|violate|cross|mark|have)\b"
)
_UNSURE = re.compile(
    r"\b(?:(?:could|can) ?not (?:yet )?(?:independently )?(?:confirm|verify|corroborate)"
    r"|(?:couldn't|can't|unable to) (?:confirm|verify)"
    r"|(?:no|little) (?:evidence|indications?|signs?|proof|information|confirmation)"
    r"|(?:not|n't) (?:yet )?(?:clear|known|certain)|(?:not|n't) (?:know|say) (?:whether|if)"
    r"|(?:not|n't) (?:been )?aware (?:of|that|whether)|unaware|no knowledge|(?:do|does|did)(?:n't| not) know"
    r"|not sure|unsure|uncertain|unclear|unlikely|doubtful|sceptical|skeptical|doubts?)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"^\W*(?:that\s+)?(?:(?!\b(?:that|which|who|because|if|but)\b)[\w',-]+\s+){0,6}?(?:not|never|no"
    r"|none|nothing|neither|cannot|\w+n't)\b",
    re.IGNORECASE,
)
_NO_NEGATION = re.compile(
    r"(?:\b(?:not|never|cannot)|n't) (?:only|rul\w+ out|shut\w* out|doubt\w*|den(?:y|ied)|disput\w+|oppos\w+)\b"
    r"|\b(?:not just|no doubt|no longer|no matter|no surprise|no less|no secret|no choice|no comment"
    r"|none of (?:your|their|his|anyone's|anybody's) business|no one(?:'s| else's) business|nothing to (?:add|say))\b",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"\b(?:sources?|unnamed|anonymous|reports|rumou?rs|officials?|lawmakers?|aides?|insiders?)\b", re.IGNORECASE
)
_LOOKING_AHEAD = frozenset(["hope", "fear", "expect", "threaten", "worry", "wish"])
# In this order: a doubt is often worded by a negation, a condition by a possibility.
_EXPECTING = re.compile(
    r"^\W*(?:that\s+)?(?:it|he|she|they) (?:now )?(?:expect|anticipat|predict)(?:s|ed|es)?\b", re.IGNORECASE
)
_MOODS = (
    (Modality.DOUBTED, _UNSURE, "unsure"),
    (Modality.DENIED, _NEGATED, "negated"),
    (Modality.CONDITIONAL, _CONDITIONAL, "conditional"),
    (Modality.PREDICTED, _EXPECTING, "expecting"),
    (Modality.PREDICTED, _LIKELY, "likely"),
    (Modality.CONDITIONAL, _POSSIBLE, "possible"),
    (Modality.CONDITIONAL, _WOULD_BE, "would-be"),
)
_JUDGING = frozenset([CueKind.SAY, CueKind.CALL, CueKind.CONFIRM])
_BY_CUE = {
    CueKind.DENY: Modality.DENIED,
    CueKind.DOUBT: Modality.DOUBTED,
    CueKind.ALLEGE: Modality.ALLEGED,
    CueKind.ACCUSE: Modality.ALLEGED,
    CueKind.PREDICT: Modality.PREDICTED,
}


def decide_modality(
    cue: CueKind, cue_rule: str, content: str, holder: str, *, future: bool = False
) -> tuple[Modality, str]:
    """The modality of a claim and the name of the rule that decided it. The cue goes before the content.

    `future`: the content's main verb is in the future. "Will" of a plan, a hope or a fear is a prediction too.
    """
    if cue is CueKind.REFUSE:
        return Modality.ASSERTED, f"refused:{cue_rule}"
    if cue in _BY_CUE:
        return _BY_CUE[cue], f"cue:{cue_rule}"
    by_content = _of_content(level(content), judging=cue in _JUDGING)
    return by_content or _of_mood(cue, cue_rule, holder, future=future)


def _of_mood(cue: CueKind, cue_rule: str, holder: str, *, future: bool) -> tuple[Modality, str]:
    """The modality of a content that shows none itself: looking ahead, by an unnamed source, or plain."""
    if cue is CueKind.VOW or cue_rule in _LOOKING_AHEAD:
        return Modality.PREDICTED, f"cue:{cue_rule}"
    if future:
        return Modality.PREDICTED, "content:future"
    if _UNNAMED.search(holder):
        return Modality.ALLEGED, "unnamed-source"
    return Modality.ASSERTED, "plain"


def _of_content(words: str, *, judging: bool) -> tuple[Modality, str] | None:
    """The modality the content itself shows, None for a plain one; `judging`: its verdicts are the holder's own."""
    if judging and FALSEHOOD.search(words):
        return Modality.DENIED, "content:false"
    plain = _NO_NEGATION.sub("", words)
    for modality, expression, rule in _MOODS:
        if expression.search(plain):
            return modality, f"content:{rule}"
    return None
