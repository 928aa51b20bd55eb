"""The side a statement takes on each proposition: its words' polarity composed with its cue, or what "it" points at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.cues import CueKind
from analysis.falsehood import FALSEHOOD
from analysis.matching import Around, Hit, Matcher
from analysis.polarity import Polarity, measure
from analysis.terms import level
from news.claim import PropositionStance
from news.topic import Stance, Topic

WEAK = 0.4  # addressed in passing: too little to move anybody's position
_REFERRED = 0.65
_EVASIVE = re.compile(
    r"\b(?:our (?:own )?(?:business|affair)|(?:our|its|their|a|own) sovereign|sovereign (?:right"
    r"|decision|matter)|no comment"
    r"|nothing to (?:add|say)|up to us|concerns? (?:only|nobody)|not going to (?:comment|discuss)"
    r"|won't (?:comment|discuss)"
    r"|will not (?:comment|discuss)|internal (?:affair|matter)|no one(?:'s| else's) business"
    r"|none of (?:your|their) business"
    r"|(?:we|it) (?:will|would|shall) decide|decide (?:for )?(?:ourselves|itself)"
    r"|neither confirm nor deny|(?:don't|do not|never) (?:comment|discuss|speculate)|nobody(?:'s| else's)"
    r" (?:business|concern)|nobody else|ask (?:them|the \w+)|what we do|how we do it|our (?:matter|choice|right))\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:claims?|reports?|reporting|allegations?|accusations?|charges?|assertions?|suggestions?"
    r"|rumou?rs?|statements?|it"
    r"|them|this|that|these|those|transfers?|deals?|dealings|shipments?|deployments?|question|matter|notion|idea|story"
    r"|stories|such|so|presence|findings|images|issue|subject|both)\b",
    re.IGNORECASE,
)
_PLAIN_DENIAL = re.compile(
    r"(?:^|\W)(?:no(?:,|\.|$)|(?:that|this|it)(?: is|'s| was) (?:simply |just )?(?:not|un|in)\w*"
    r"|nothing of the (?:sort|kind)"
    r"|no such|never happened|not happening|there (?:is|are|was|were) (?:no|none|nothing))\b",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:possible|potential|reported|any|alleged|suspected|planned|prospective|future)\b", re.IGNORECASE
)
_AGAINST = re.compile(r"\b(?:against|not to|from|of|over)\b", re.IGNORECASE)
_SHORT = 12  # words: a longer content has a subject of its own
_FRAGMENT = 2  # "comment further": nothing is said
_OPPOSITE = {Stance.AFFIRMS: Stance.DENIES, Stance.DENIES: Stance.AFFIRMS}
_FLIPPING = frozenset([CueKind.DENY])


@dataclass(frozen=True, slots=True)
class Statement:
    """What is judged: the content's words, the cue over them, and what stands around.

    `referred` are the propositions spoken of nearest before (in the sentence or just above), with the stance of the
    words there. `nominal`: the content hangs on a noun ("X's claim that …"). `acting` is the holder, the cue and the
    content ("X opposes the plan"), for the patterns that ask for the cue's own verb.
    """

    content: str
    cue: CueKind = CueKind.SAY
    cue_rule: str = "say"
    actor: str | None = None
    quoted: bool = False
    beside: str = ""
    before: str = ""
    referred: tuple[tuple[str, Stance], ...] = ()
    nominal: bool = False
    acting: str = ""


def flip(stance: Stance) -> Stance:
    """The opposite side; doubt and neutrality have none."""
    return _OPPOSITE.get(stance, stance)


def _of_words(hit: Hit, polarity: Polarity) -> tuple[Stance, float, str]:
    if polarity.op == "doubt":
        return (
            (Stance.DOUBTS, hit.score - 0.1, "content-doubts")
            if hit.stance is Stance.AFFIRMS
            else (Stance.NEUTRAL, WEAK, "doubts-inverse")
        )
    if polarity.op == "open":
        return Stance.NEUTRAL, hit.score - 0.2, polarity.why
    if polarity.op == "supposed":
        return Stance.NEUTRAL, WEAK, "content-supposes"
    stance = flip(hit.stance) if polarity.negated else hit.stance
    return stance, hit.score, f"content-{polarity.why}" if polarity.why else "content"


def _urged(content: str, hit: Hit, stance: Stance) -> tuple[Stance, float, str]:
    """“Called on X to stop sending”: the sending is taken for a fact; "urged X to send" takes nothing for one."""
    if re.search(r"\b(?:stop|ceas|halt|end|withdraw|suspend)\w*\b", content[: hit.last], re.IGNORECASE):
        return Stance.AFFIRMS if hit.stance is Stance.AFFIRMS else flip(stance), 0.6, "urged-to-stop"
    return Stance.NEUTRAL, WEAK, "urged"


def _unsided(statement: Statement, hit: Hit) -> tuple[Stance, float, str] | None:
    """The stance under a cue that takes no side whatever the words say: refusing, doubting."""
    if statement.cue is CueKind.REFUSE:
        return Stance.NEUTRAL, max(0.7, hit.score - 0.1), statement.cue_rule
    if statement.cue is CueKind.DOUBT:
        side = Stance.DOUBTS if hit.stance is Stance.AFFIRMS else Stance.NEUTRAL
        return side, hit.score - 0.1, statement.cue_rule
    return None


def _under_cue(statement: Statement, hit: Hit, polarity: Polarity) -> tuple[Stance, float, str]:
    """The cue's effect on the stance of the words."""
    stance, score, why = _of_words(hit, polarity)
    kind, content = statement.cue, statement.content
    if (unsided := _unsided(statement, hit)) is not None:
        return unsided
    if kind in _FLIPPING:
        if polarity.op:
            stance, score = hit.stance, hit.score - 0.1
        flips = 1 if polarity.why != "false" else 0  # "rejected the false reports": called false once, not twice
        return flip(stance) if flips else stance, score, f"cue-denies+{why}"
    if kind is CueKind.PRESUME:
        hedged = stance is Stance.NEUTRAL or _HEDGED.search(content[: hit.last])
        return (Stance.NEUTRAL, WEAK, "presumes-hedged") if hedged else (stance, score - 0.1, "cue-presumes")
    if kind is CueKind.URGE:
        return _urged(content, hit, stance)
    if kind is CueKind.WARN and not re.match(r"\s*that\b", content) and _AGAINST.search(content[: hit.at]):
        return Stance.NEUTRAL, WEAK, "warned-against"
    return stance, score, f"{kind.value}+{why}"


def _refers(statement: Statement) -> tuple[str, float] | None:
    """How a content without a statement of its own speaks of what was said before: the rule and what it does."""
    words = statement.content
    length = len(words.split())
    short = length <= _SHORT
    pointing = length <= _FRAGMENT or (short and bool(_POINTING.search(words)))
    if statement.cue in {CueKind.DENY, CueKind.REFUSE, CueKind.DOUBT, CueKind.CONFIRM}:
        return (
            ("cue", _REFERRED) if pointing or (statement.cue is CueKind.DENY and _POINTING.search(words[:60])) else None
        )
    if _EVASIVE.search(words):
        return "evaded", _REFERRED
    if statement.cue is not CueKind.PRESUME and FALSEHOOD.search(words):
        return "false", _REFERRED
    if short and _PLAIN_DENIAL.search(words):
        return "plain-denial", _REFERRED
    return None


def _referred(statement: Statement) -> list[PropositionStance]:
    manner = _refers(statement)
    if manner is None:
        return []
    rule, score = manner
    found = []
    for proposition, stance in statement.referred:
        if rule == "evaded" or (rule == "cue" and statement.cue is CueKind.REFUSE):
            side = Stance.NEUTRAL
        elif rule == "cue" and statement.cue is CueKind.DOUBT:
            side = Stance.DOUBTS
        elif rule == "cue" and statement.cue is CueKind.CONFIRM:
            side = stance
        else:
            side = flip(stance)
        name = statement.cue_rule if rule == "cue" else rule
        found.append(PropositionStance(proposition, side, score, f"refers:{name}"))
    return found


class Judge:
    """Judges statements on one topic's propositions; the patterns are compiled once."""

    def __init__(self, topic: Topic) -> None:
        self._matcher = Matcher(topic)

    def judge(self, statement: Statement) -> tuple[PropositionStance, ...]:
        """The side on every proposition the statement speaks of, each with its score and rule; empty for none."""
        content = level(statement.content)
        spoken = frozenset(proposition for proposition, _ in statement.referred)
        around = Around(level(statement.beside), level(statement.before), statement.actor, statement.quoted, spoken)
        found = self._acted(statement)
        acted = {one.proposition for one in found}
        for hit in self._matcher.find(content, around):
            if hit.proposition in acted:
                continue
            polarity = measure(content, hit, nominal=statement.nominal)
            stance, score, rule = _under_cue(statement, hit, polarity)
            found.append(PropositionStance(hit.proposition, stance, round(max(0.05, min(1.0, score)), 3), rule))
        return tuple(found or _referred(statement))

    def _acted(self, statement: Statement) -> list[PropositionStance]:
        """Stances on the propositions whose patterns ask for the cue's own verb: what X does by saying it."""
        acting = level(statement.acting)
        edge = len(acting) - len(statement.content)
        found = []
        for hit in self._matcher.find(acting, Around()) if acting else ():
            if hit.verbal and hit.at < edge and hit.stance is not Stance.AFFIRMS:
                stance, score, rule = _of_words(hit, measure(acting, hit))
                found.append(PropositionStance(hit.proposition, stance, round(score, 3), f"acts+{rule}"))
        return found

    def addressed(self, text: str, before: str = "") -> list[tuple[str, Stance]]:
        """The propositions a text speaks of and the stance of its bare words, for "it" to point at later."""
        plain = level(text)
        return [(hit.proposition, hit.stance) for hit in self._matcher.find(plain, Around(before=level(before)))]
