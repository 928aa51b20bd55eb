"""What a content does to the statement in it: negates it, calls it false, doubts it, only supposes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.falsehood import FALSEHOOD
from analysis.matching import Hit

_NOT_FALSE = re.compile(
    r"\b(?:not|never|isn't|aren't|n't|no)\s+(?:\w+\s+){0,2}?(?=groundless|baseless|unfounded|false"
    r"|fake|hoax|rumou?rs?|lie)",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:no (?:\w+ )?(?:evidence|proof|indications?|signs?|confirmation|information)|(?:cannot"
    r"|can't|could not|couldn't)"
    r" (?:\w+ )?(?:confirm|verify)|unable to (?:confirm|verify)|(?:not|n't) (?:\w+ )?(?:clear"
    r"|certain|aware|known|confirmed|seen"
    r"|convinced|sure)|unclear|unverified|unconfirmed|doubt(?:s|ed|ful|ing)?(?! that .* not)|s[ck]eptic\w*|unlikely"
    r"|far-fetched|implausible|improbable)\b",
    re.IGNORECASE,
)
_NOT_DOUBT = re.compile(
    r"\b(?:no doubt|without (?:a )?doubt|undoubtedly|(?:not|n't|never) (?:\w+ ){0,2}(?:doubt"
    r"|far-fetched|unlikely|implausible|unclear))\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:(?i:not|never|none|neither|without|nothing|cannot|nobody|zero|hardly)|no|No(?! [A-Z]))\b|n't\b"
)
_NO_NEGATION = re.compile(
    r"\b(?:not only|not just|no matter|no wonder|no (?:less|fewer|more) than|no secret"
    r"|not (?:at all )?surpris\w+|no doubt"
    r"|without (?:a )?doubt|not merely|nothing wrong|no sooner)\b",
    re.IGNORECASE,
)
_STOPPING = re.compile(
    r"\b(?:stop(?:s|ped|ping)?|ceas\w+|halt\w*|suspend\w*|refus\w+|declin(?:e|es|ed|ing) to|den(?:y|ies|ied|ying)"
    r"|denials? (?:that|of)|rul\w+ out|refrain\w*|abstain\w*|reject\w*|dismiss\w*|far from|fail(?:s|ed)? to|unwilling"
    r"|not the case|end(?:ed|ing)? (?:its|the|their|all)|withdr\w+|exclud\w+|avoid\w*)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:\b(?:not|never|nor)|n't)\s+(?:\w+\s+){0,2}(?:rul\w+ out|den(?:y|ies|ied)|exclud\w+)", re.IGNORECASE
)
_SUPPOSED = re.compile(
    r"\b(?:[Ii]f|[Ww]hether|[Uu]nless|in case|were to|could|might|may(?! (?:have|be \w+ing|already))|[Pp]ossib\w+"
    r"|[Pp]otential\w*|hypothetical\w*|consider(?:s|ing)?|prospects? of|should|ought to|danger of|risk of)\b"
)
_WOULD = re.compile(
    r"\bwould (?:be (?:a|an|the|in|un\w+|\w+ing)|constitute|amount|violate|mean|cross|breach)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[;:]|[.!?]\s|,?\s(?:but|although|though|whereas|while)\s|,\s(?:and|which|who)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Polarity:
    """`flips` counts the negations around a hit; `op` is doubt, supposed, open or empty; `why` names what was met."""

    flips: int
    op: str
    why: str

    @property
    def negated(self) -> bool:
        """Whether the statement is negated in the end."""
        return self.flips % 2 == 1


def _clear(expression: re.Pattern[str], text: str) -> str:
    return expression.sub(lambda match: "#" * len(match.group()), text)


def _clause(text: str, hit: Hit) -> int:
    start = 0
    for match in _CLAUSE.finditer(text, 0, hit.first):
        start = match.end()
    return start


def _without_slots(text: str, hit: Hit) -> str:
    kept = list(text)
    for start, end in hit.own:
        kept[start:end] = "#" * (end - start)
    return "".join(kept)


def _false_in(text: str) -> int:
    return 1 if FALSEHOOD.search(_NOT_FALSE.sub("", text)) and not _NOT_FALSE.search(text) else 0


def measure(text: str, hit: Hit, *, nominal: bool = False) -> Polarity:
    """How a levelled text stands to the statement at `hit`; `nominal` contents end before their predicate is judged."""
    clean = _without_slots(text, hit)
    start = _clause(clean, hit)
    false = 0 if nominal else _false_in(clean)
    scope = _clear(_NO_NEGATION, _clear(FALSEHOOD, clean[start : hit.last]))
    sure = bool(_NOT_DOUBT.search(scope))
    scope = _clear(_NOT_DOUBT, scope)
    # A verdict such as "is unlikely" or "we have no evidence" may stand before or behind the statement.
    if _OPEN.search(scope[: max(0, hit.at - start)]):
        return Polarity(0, "open", "not-ruled-out")
    doubt = None if sure else _DOUBT.search(scope) or re.search(r"\b(?:unlikely|implausible|far-fetched)\b", clean)
    negations = [] if doubt else _NEGATION.findall(scope)
    stops = _STOPPING.findall(scope[: max(0, hit.at - start)])
    supposed = (
        _SUPPOSED.search(scope)
        or (None if negations else _WOULD.search(clean))
        or (clean.rstrip(" \"'”").endswith("?"))
    )
    flips = false + min(len(negations), 2) + len(stops)
    if doubt:
        return Polarity(flips if false else 0, "doubt", "doubt")
    why = "false" if false else "negated" if negations else "stopped" if stops else ""
    if supposed and not false and not negations:
        return Polarity(flips, "supposed", "supposed")
    return Polarity(flips, "", why)
