"""How findings are put into words: who, what they now hold, how sure we are.

Every text from outside comes out clean.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from alerts.plain import clean, clip
from news.finding import Finding, FindingKind
from news.topic import Topic

LABELS = {
    FindingKind.SHIFT: "Shift",
    FindingKind.DIVERGENCE: "Divergence",
    FindingKind.DISPUTE: "Dispute",
    FindingKind.FIGURE: "Figure",
    FindingKind.FIRST_POSITION: "First position",
    FindingKind.LINE_CHANGE: "New wording",
    FindingKind.NEW_CLAIM: "New claim",
    FindingKind.CORROBORATION: "Corroboration",
    FindingKind.MUTATION: "Altered in a copy",
    FindingKind.REVISION: "Page changed",
    FindingKind.SOURCE_TROUBLE: "Source in trouble",
    FindingKind.CORRECTION: "Correction",
}
_TURNS = {
    ("affirms", "neutral"): "no longer says that",
    ("affirms", "doubts"): "now doubts that",
    ("affirms", "denies"): "now denies that",
    ("neutral", "affirms"): "now says that",
    ("neutral", "doubts"): "now doubts that",
    ("neutral", "denies"): "now denies that",
    ("doubts", "affirms"): "now says that",
    ("doubts", "neutral"): "no longer doubts that",
    ("doubts", "denies"): "now denies that",
    ("denies", "affirms"): "now says, after denying it, that",
    ("denies", "neutral"): "no longer denies that",
    ("denies", "doubts"): "no longer denies but doubts that",
}
_HOLDS = {
    "affirms": "says that",
    "denies": "denies that",
    "doubts": "doubts that",
    "neutral": "takes no side on whether",
}
_ARTICLES = ("The ", "A ", "An ")
_CONFIDENCE = ((0.85, "high confidence"), (0.6, "fair confidence"), (0.35, "low confidence"))
_HEADLINE = 240


def headline(finding: Finding, topic: Topic) -> str:
    """The finding in one sentence without its full stop, as a headline has it."""
    if finding.kind is FindingKind.FIGURE:
        made: str | None = _figure(finding)
    else:
        made = _headline(finding, topic) if finding.proposition else None
    return clip((made or clean(finding.sentence)).rstrip(". ") or LABELS[finding.kind], _HEADLINE)


def _headline(finding: Finding, topic: Topic) -> str | None:
    about = embedded(statement(finding.proposition or "", topic))
    who = subject_of(finding, topic)
    match finding.kind:
        case FindingKind.SHIFT:
            return f"{who} {turn(finding)} {about}"
        case FindingKind.DIVERGENCE:
            return f"{actor_name(finding.actor, topic) or who} speaks with two voices on whether {about}"
        case FindingKind.DISPUTE:
            sides = [actor_name(side, topic) for side in texts(finding.detail.get("between"))]
            return f"{listed(sides)} contradict each other on whether {about}" if sides else None
        case FindingKind.FIRST_POSITION:
            return f"{who} speaks on it for the first time and {_holds(finding, 'speaks of whether')} {about}"
        case FindingKind.LINE_CHANGE:
            return f"{who} has new words but still {_holds(finding, 'speaks of whether')} {about}"
        case _:
            return None


def turn(finding: Finding) -> str:
    """The shift as a verb: "no longer denies that"."""
    key = (str(finding.detail.get("from")), str(finding.detail.get("to")))
    return _TURNS.get(key, "has changed position on whether")


def _holds(finding: Finding, otherwise: str) -> str:
    return _HOLDS.get(str(finding.detail.get("stance")), otherwise)


def subject_of(finding: Finding, topic: Topic) -> str:
    """Whose finding it is: "Ilan Teresk (Vardania)", "Vardania", or "Somebody"."""
    holder = clean(finding.holder or "")
    actor = actor_name(finding.actor, topic)
    if holder and actor and holder != actor:
        return f"{holder} ({actor})"
    return holder or actor or "Somebody"


def actor_name(actor: str | None, topic: Topic) -> str:
    """The entity's name as the topic has it, else the id; empty for None."""
    if actor is None:
        return ""
    entity = topic.entity(actor)
    return clean(entity.name if entity else actor)


def statement(proposition: str, topic: Topic) -> str:
    """The proposition's sentence without its full stop, else its id."""
    known = topic.proposition(proposition)
    return clean(known.statement if known else proposition).rstrip(".")


def embedded(sentence: str) -> str:
    """The sentence as it stands after "that": only an article loses its capital, since a name must keep its own."""
    return sentence[0].lower() + sentence[1:] if sentence.startswith(_ARTICLES) else sentence


def confidence(value: float) -> str:
    """The confidence in words."""
    return next((words for least, words in _CONFIDENCE if value >= least), "very low confidence")


def _figure(finding: Finding) -> str:
    line, unit = (clean(str(finding.detail.get(key) or "")) for key in ("line", "unit"))
    # The proposition stands over it: its id in the line's key says nothing to a reader.
    named = unit if line == f"{finding.proposition}/{unit}" else line or unit
    named = named or "Figure"
    return f"{named[0].upper()}{named[1:]}: {progress(finding)}"


def progress(finding: Finding) -> str:
    """The way of a figure, "1,500 → 3,000 → 10,000", or the numbers that differ, "1,100 or at least 3,000"."""
    return (" or " if finding.detail.get("differ") is True else " → ").join(steps(finding))


def steps(finding: Finding, most: int = 6) -> list[str]:
    """The numbers that a figure went through, as a reader writes them; a long row keeps its first and its latest.

    `steps` of the finding's detail, else its values: a series holds others' numbers too, which moved nothing.
    """
    values = [amount(value) for value in series(finding, "steps") or series(finding)]
    # A figure repeated by the next source is no step.
    moved = [value for place, value in enumerate(values) if place == 0 or value != values[place - 1]]
    return moved if len(moved) <= most else [moved[0], "…", *moved[2 - most :]]


def series(finding: Finding, key: str = "values") -> list[dict[str, Any]]:
    """The values of a figure, those that are records at all."""
    values = finding.detail.get(key)
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list | tuple) else []


def amount(value: dict[str, Any]) -> str:
    """One value with its bounds: "1,500", "up to 3,000", "at least 1,000", "1,000 to 1,500"."""
    low, high, middle = (value.get(key) for key in ("low", "high", "value"))
    if low is not None and high is not None and low != high:
        return f"{number(low)} to {number(high)}"
    if high is not None and low is None:
        return f"up to {number(high)}"
    if low is not None and high is None:
        return f"at least {number(low)}"
    return number(middle if middle is not None else low)


def number(value: object) -> str:
    """A number with thousands set apart and no needless decimals; anything else as clean text."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return clip(clean("?" if value is None else str(value)), 40)
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")


def listed(names: Sequence[str]) -> str:
    """The names as a sentence lists them: "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def counted(count: int, one: str, many: str | None = None) -> str:
    """The count with its noun: "1 page", "2,400 pages", "no pages"."""
    noun = one if count == 1 else many or f"{one}s"
    return f"{count:,} {noun}" if count else f"no {noun}"


def texts(value: object) -> list[str]:
    """The strings of a list, cleaned; anything else is an empty one."""
    return [clean(str(one)) for one in value] if isinstance(value, list | tuple) else []
