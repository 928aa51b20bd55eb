"""Who acts and who is acted on: whether a mention's place in a text fits the role a pattern asks of it."""

from __future__ import annotations

import re

from news.claim import Span

_GOAL = re.compile(
    r"(?:\b(?:to|for|into|toward|towards|against|inside|aid|aiding|arm|arming|help|helping|assist|assisting|support"
    r"|supporting|give|gives|giving|gave|offer|offers|offered|offering|supply|supplying|supplied|send|sends|sending"
    r"|sent|alongside|with)\s+(?:the\s+|its\s+|neighbou?ring\s+)?)$",
    re.IGNORECASE,
)
_WITH = re.compile(r"\bwith\s+(?:the\s+)?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|by|between|of)\s+(?:the\s+)?$", re.IGNORECASE)
_OF = re.compile(r"\bof\s+(?:the\s+)?$", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:in|on|at|inside|near)\s+(?:the\s+)?$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_HELD = re.compile(r"\s+(?:at|in|on|out|off|down|away)\b")  # "keeps X at a distance": the object before its verb
_BY = re.compile(r"\bby\b")
_MODIFIER = 25  # characters between a modifier and its noun
_SUBJECT = 50  # characters between a subject and its verb
WRONG_ORDER = 0.15


def _possessive(text: str, span: Span) -> bool:
    return text[span[1] : span[1] + 2] == "'s"


def _between(first: Span, what: Span | None, does: Span) -> bool:
    return what is not None and first[0] < what[0] < does[0]


def acts_before(text: str, names: re.Pattern[str], does: Span) -> bool:
    """Whether one of the names stands before the verb as the one who acts, near enough to be its subject."""
    near = text[max(0, does[0] - _SUBJECT) : does[0]]
    last = None
    for last in names.finditer(near):  # noqa: B007 - the last one counts
        pass
    if last is None or "," in near[last.end() :]:
        return False
    return not (
        _GOAL.search(near[: last.start()]) or _PLACE.search(near[: last.start()]) or _FROM.search(near[: last.start()])
    )


def is_passive(text: str, does: Span) -> bool:
    """Whether the verb is passive: "were given", not "was giving"."""
    return bool(_PASSIVE.search(text[: does[0]])) and not text[does[0] : does[1]].endswith("ing")


def agent_fits(text: str, span: Span, does: Span | None, what: Span | None) -> float | None:
    """The cost (0 for none) of taking the mention for the one who acts; None when its place forbids it."""
    before = text[: span[0]]
    if _GOAL.search(before) and not _possessive(text, span):
        return WRONG_ORDER if _WITH.search(before) else None
    if does is None or span[0] < does[0]:
        passive = does is not None and is_passive(text, does) and not _FROM.search(before)
        if does and passive and not _between(span, what, does) and _BY.search(text[does[1] :]):
            return None  # "Norland was given ships by Sudria": the subject is given to
        return WRONG_ORDER if does and passive and not _between(span, what, does) else 0.0
    # "The sale of Norland's ships" tells who sold them; "a sale, and a step in Norland's war" does not.
    owned = _OF.search(before) and _possessive(text, span)
    if (_FROM.search(before) and not owned) or (what and 0 <= what[0] - span[1] <= _MODIFIER):
        return 0.0
    if _possessive(text, span) and not what:
        return 0.0
    return None


def goal_fits(text: str, span: Span, does: Span | None, what: Span | None, *, adjective: bool) -> float | None:
    """The cost of taking the mention for the one acted on; None when it is the subject or a modifier of the object."""
    before = text[: span[0]]
    if adjective and what and span[1] < what[0] <= span[1] + 1 and does and does[0] < span[0] and does != what:
        return None if not _GOAL.search(before) else WRONG_ORDER
    if _GOAL.search(before) or _PLACE.search(before):
        return 0.0
    if does is None or span[0] > does[0]:
        return 0.0
    if _possessive(text, span) or _HELD.match(text[span[1] :]):
        return WRONG_ORDER
    return WRONG_ORDER if _PASSIVE.search(text[: does[0]]) else None
