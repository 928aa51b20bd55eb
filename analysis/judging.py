"""The side a statement takes on each proposition: its words' polarity composed with its cue, or what "it" points at."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.matching import Around, Hit, Matcher
from analysis.polarity import NO_PROOF, Polarity, is_plain, measure
from analysis.references import BY_CUE, EVASIVE, SILENT, Effect, Reference, refer
from analysis.terms import level
from news.claim import PropositionStance
from news.cues import CueKind
from news.topic import Stance, Topic

WEAK = 0.4  # addressed in passing: too little to move anybody's position
_SUPPOSED = 0.5  # supposed, warned against, urged, in so many words: addressed, and still too little to move anybody
_PLAIN = 0.7  # the score of a hit that needed few fillings
_ADDRESSED = 0.6
_OWN = 0.9  # all slots in the text's own words
_OPEN = 0.2  # taken off where a statement is considered, not ruled out, or only supposed by one whom it concerns
_HEDGED = re.compile(
    r"\b(?:possible|potential|reported|any|alleged|suspected|planned|prospective|future)\b", re.IGNORECASE
)
_AGAINST = re.compile(r"\b(?:against|not to|from|of|over)\b", re.IGNORECASE)
_UNSURE = re.compile(r"\W*(?:with (?:any )?certainty|for (?:sure|certain))\b", re.IGNORECASE)
_WHEN_ASKED = re.compile(r"\b(?:when|if|being|was|were) (?:\w+ )?(?:asked|pressed|questioned)\b", re.IGNORECASE)
_WISHES = frozenset(
    ["not-want", "not-wish", "not-hope", "not-seek", "not-prefer", "not-support", "not-favor", "not-favour"]
)
_OPPOSITE = {Stance.AFFIRMS: Stance.DENIES, Stance.DENIES: Stance.AFFIRMS}
_TELLING = frozenset([CueKind.SAY, CueKind.THINK, CueKind.PREDICT, CueKind.CONFIRM, CueKind.ALLEGE])
_TAKEN_UP = frozenset(["supposed", "talked"])  # more than a mention: what is told of it is that it may be
_PRESUPPOSED = 0.5  # tells a reader where it is spoken of; moves nobody
_FLIPPING = frozenset([CueKind.DENY])


@dataclass(frozen=True, slots=True)
class Statement:
    """What is judged: the content's words, the cue over them, and what stands around.

    `referred` are the propositions spoken of nearest before (in the sentence or just above), with the stance of the
    words there, `lately` all that were shortly before. `nominal`: the content hangs on a noun ("X's claim that …").
    `acting` is the holder, the cue and the content ("X opposes the plan"), for the patterns that ask for the cue's own
    verb; it is all that counts where the cue tells an `attitude` ("X wants to …"). `asked`: the holder was asked about
    what is referred to, or is said to speak of it. `far`: that is only what the article as a whole is about. `spoken`
    are the propositions whose open slots `before` may fill.
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
    attitude: bool = False
    asked: bool = False
    far: bool = False
    spoken: frozenset[str] = frozenset()
    lately: tuple[tuple[str, Stance], ...] = ()


def flip(stance: Stance) -> Stance:
    """The opposite side; doubt and neutrality have none."""
    return _OPPOSITE.get(stance, stance)


def _addressed(hit: Hit) -> float:
    """The score of a statement that takes no side on what it says in so many words."""
    return _SUPPOSED if hit.score >= _PLAIN else WEAK


def _of_words(content: str, hit: Hit, polarity: Polarity) -> tuple[Stance, float, str]:
    if polarity.op == "doubt" and hit.party and NO_PROOF.search(content):
        return Stance.DENIES if hit.stance is Stance.AFFIRMS else Stance.AFFIRMS, hit.score - 0.2, "party-sees-no-proof"
    if polarity.op == "doubt" and hit.doer:
        return Stance.NEUTRAL, WEAK, "doubts-own"  # nobody doubts what he does himself: the holder is misread
    if polarity.op == "doubt":
        return (
            (Stance.DOUBTS, hit.score - 0.1, "content-doubts")
            if hit.stance is Stance.AFFIRMS
            else (Stance.NEUTRAL, WEAK, "doubts-inverse")
        )
    if polarity.op == "open" or (polarity.op in {"supposed", "talked"} and hit.party):
        # Who may do it himself and says "we could" or "we talk of it" addresses it; a bystander's "if" does not.
        return Stance.NEUTRAL, hit.score - _OPEN, f"content-{polarity.why}"
    if polarity.op and not (polarity.op == "unwished" and hit.party):
        return Stance.NEUTRAL, _addressed(hit) if polarity.op in _TAKEN_UP else WEAK, f"content-{polarity.why}"
    stance = flip(hit.stance) if polarity.negated else hit.stance
    return stance, hit.score, f"content-{polarity.why}" if polarity.why else "content"


def _urged(content: str, hit: Hit, stance: Stance) -> tuple[Stance, float, str]:
    """“Called on X to stop sending”: the sending is taken for a fact; "urged X to send" takes nothing for one."""
    if re.search(r"\b(?:stop|ceas|halt|end|withdraw|suspend)\w*\b", content[: hit.last], re.IGNORECASE):
        return Stance.AFFIRMS if hit.stance is Stance.AFFIRMS else flip(stance), 0.6, "urged-to-stop"
    return Stance.NEUTRAL, _addressed(hit), "urged"


def _unsided(statement: Statement, hit: Hit) -> tuple[Stance, float, str] | None:
    """The stance under a cue that takes no side whatever the words say: refusing, doubting."""
    if statement.cue_rule in _WISHES and not hit.party:
        return Stance.NEUTRAL, WEAK, statement.cue_rule  # not to want it is not to deny it, for a bystander
    if statement.cue is CueKind.REFUSE and SILENT.search(statement.content):
        return Stance.NEUTRAL, WEAK, "silent"
    if statement.cue is CueKind.REFUSE and not _UNSURE.match(statement.content):
        return Stance.NEUTRAL, max(0.7, hit.score - 0.1), statement.cue_rule
    if statement.cue in {CueKind.DOUBT, CueKind.REFUSE}:
        side = Stance.DOUBTS if hit.stance is Stance.AFFIRMS else Stance.NEUTRAL
        return side, hit.score - 0.1, statement.cue_rule
    return None


def _under_cue(statement: Statement, hit: Hit, polarity: Polarity) -> tuple[Stance, float, str]:
    """The cue's effect on the stance of the words."""
    stance, score, why = _of_words(statement.content, hit, polarity)
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
        return Stance.NEUTRAL, _addressed(hit), "warned-against"
    return stance, score, f"{kind.value}+{why}"


def is_reference(one: PropositionStance) -> bool:
    """Whether the stance is one on what was spoken of before, not on words of the statement itself."""
    return one.rule.startswith("refers:")


def _is_presumed(one: PropositionStance, linked: set[str]) -> bool:
    return one.rule == "refers:presumes" and one.proposition not in linked


def _side(stance: Stance, effect: Effect) -> Stance:
    if effect is Effect.KEEP:
        return stance
    if effect is Effect.FLIP:
        return flip(stance)
    return Stance.DOUBTS if effect is Effect.DOUBT and stance is Stance.AFFIRMS else Stance.NEUTRAL


def _answered(found: list[PropositionStance], statement: Statement) -> list[PropositionStance]:
    """Who was asked about a matter and took no side in passing has addressed it all the same."""
    asked = {proposition for proposition, _ in statement.referred} if statement.asked else frozenset()
    return [
        replace(one, score=_ADDRESSED)
        if one.proposition in asked and one.score <= _SUPPOSED and one.stance is Stance.NEUTRAL and one.rule != "urged"
        else one
        for one in found
    ]


class Judge:
    """Judges statements on one topic's propositions; the patterns are compiled once."""

    def __init__(self, topic: Topic) -> None:
        self._matcher = Matcher(topic)

    def judge(self, statement: Statement) -> tuple[PropositionStance, ...]:
        """The side on every proposition the statement speaks of, each with its score and rule; empty for none."""
        content = level(statement.acting if statement.attitude else statement.content)
        spoken = statement.spoken or frozenset(proposition for proposition, _ in statement.referred)
        around = Around(level(statement.beside), level(statement.before), statement.actor, statement.quoted, spoken)
        found = [] if statement.attitude else self._acted(statement)
        acted = {one.proposition for one in found}
        for hit in self._matcher.find(content, around):
            if hit.proposition in acted:
                continue
            polarity = measure(content, hit, nominal=statement.nominal)
            stance, score, rule = _under_cue(statement, hit, polarity)
            evasive = EVASIVE.search(content)
            framed = evasive and _WHEN_ASKED.search(
                content
            )  # "was not aware of it when asked about …": all one content
            if framed or (evasive and stance is Stance.AFFIRMS and (statement.asked or score < _OWN)):
                stance, score, rule = Stance.NEUTRAL, score - _OPEN, "evaded"
            found.append(PropositionStance(hit.proposition, stance, round(max(0.05, min(1.0, score)), 3), rule))
        found = _answered(found, statement)
        linked = {one.proposition for one in found}
        # "The transfer is a breach of the resolutions" speaks of them, and takes the transfer for a fact.
        return (*found, *(one for one in self._referred(statement) if not found or _is_presumed(one, linked)))

    def _referred(self, statement: Statement) -> list[PropositionStance]:
        words = level(statement.content)
        named: tuple[tuple[str, Stance], ...] = ()
        if statement.cue in BY_CUE:  # "would not be drawn on shells from the north": what it is about stands in it
            named = tuple(
                (hit.proposition, hit.stance) for hit in self._matcher.mention(words, Around(actor=statement.actor))
            )
        touched = named or tuple(one for one in statement.referred if self._matcher.touches(words, one[0]))
        again = tuple(one for one in statement.lately if self._matcher.names_again(words, one[0]))
        referred = touched or again or statement.referred
        found: Reference | None = None
        if referred:
            asked, far = statement.asked, statement.far
            found = refer(words, statement.cue, statement.cue_rule, asked=asked, far=far, touching=bool(touched))
        if found is None:
            return self._presupposed(statement, words)
        # Where several things were spoken of nobody knows which one is meant.
        score = found.score if len(referred) == 1 else min(found.score, WEAK)
        return [
            PropositionStance(
                proposition, _side(stance, self._effect(found, proposition, statement)), score, f"refers:{found.rule}"
            )
            for proposition, stance in referred
        ]

    def _effect(self, found: Reference, proposition: str, statement: Statement) -> Effect:
        """The accused who sees no proof denies; anybody else doubts."""
        accused = found.effect is Effect.DOUBT and self._matcher.is_party(proposition, statement.actor)
        return Effect.FLIP if accused and NO_PROOF.search(statement.content) else found.effect

    def _presupposed(self, statement: Statement, words: str) -> list[PropositionStance]:
        """Who tells more of the shells takes it for a fact that they came; nobody who is a party, nothing unsure."""
        theme = statement.referred[0] if len(statement.referred) == 1 else None
        if theme is None or theme[1] is not Stance.AFFIRMS or statement.far or statement.cue not in _TELLING:
            return []
        known = any(one[0] == theme[0] for one in statement.lately)
        if not known or not is_plain(words) or not self._matcher.has_things_again(words, theme[0], statement.actor):
            return []
        return [PropositionStance(theme[0], Stance.AFFIRMS, _PRESUPPOSED, "refers:presupposes")]

    def _acted(self, statement: Statement) -> list[PropositionStance]:
        """Stances on the propositions whose patterns ask for the cue's own verb: what X does by saying it."""
        acting = level(statement.acting)
        edge = len(acting) - len(statement.content)
        found = []
        for hit in self._matcher.find(acting, Around()) if acting else ():
            if hit.verbal and hit.at < edge and hit.stance is not Stance.AFFIRMS:
                stance, score, rule = _of_words(acting, hit, measure(acting, hit))
                found.append(PropositionStance(hit.proposition, stance, round(score, 3), f"acts+{rule}"))
        return found

    def touches(self, text: str, proposition: str) -> bool:
        """Whether a text names the thing that the proposition is about."""
        return self._matcher.touches(level(text), proposition)

    def addressed(self, text: str, around: Around | None = None) -> tuple[tuple[str, Stance], ...]:
        """The propositions a text speaks of and the stance of its bare words, for "it" to point at later."""
        plain, around = level(text), around or Around()
        found = self._matcher.find(plain, around) or self._matcher.mention(plain, around)
        return tuple((hit.proposition, hit.stance) for hit in found)
