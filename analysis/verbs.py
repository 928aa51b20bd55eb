"""Where a sentence reports speech by a verb: the group around it, its voice, negation and refusal."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.cues import AUXILIARIES, NEEDS_CLAUSE, VERBS, CueKind, Verb, is_adverb, is_negation
from analysis.skeleton import Skeleton

_BE = frozenset("is was were are be been being 's 're am".split())
_HAVE = frozenset("has have had 've having".split())
_DETERMINERS = frozenset(
    """the a an this these those any some no his her its their our your my 's such each every of by in for to with from
    on at about over against other new more many several numerous""".split()
)
_UNWILLING = {"decline": "declin", "refuse": "refus", "fail": "fail", "stop": "stop"}
_REFUSERS = frozenset(
    "declined declines decline declining refused refuses refuse refusing failed fails avoided".split()
)
_PLURALS = frozenset("they we you i who both many some most few all".split())
_MODALS = frozenset("will would did does do can could may might must should to".split())
_COMMENT = frozenset("comment respond reply answer elaborate discuss speculate engage".split())
_UNABLE = frozenset("cannot can't could couldn't unable".split())


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A reporting verb at token `at` in its group `first`..`stop`; `kind` has negation and refusal worked in."""

    at: int
    first: int
    stop: int
    verb: Verb
    kind: CueKind
    passive: bool = False
    background: bool = False  # "had said": told of an earlier time
    rule: str = ""


def _left_of_group(skeleton: Skeleton, at: int) -> int:
    first = at
    while first > 0:
        word = skeleton.low(first - 1)
        if word == "'s" and skeleton.low(at) not in VERBS:
            break
        if word == "'s" and VERBS[skeleton.low(at)].form != "past":
            break
        if skeleton.kind(first - 1) == "w" and (
            word in AUXILIARIES or is_negation(word) or is_adverb(word) or _joins_refusal(skeleton, first - 1)
        ):
            first -= 1
        else:
            break
    while first < at and skeleton.tokens[first].capital and is_adverb(skeleton.low(first)):
        first += 1
    return first


def _joins_refusal(skeleton: Skeleton, at: int) -> bool:
    """The words of "declined to", "neither confirmed nor", "did not confirm or", "is unable to" before a verb."""
    word, before = skeleton.low(at), skeleton.low(at - 1)
    if word == "to":
        return before in _REFUSERS or before in {"unable", "yet", "wants", "has", "had", "have", "willing"}
    if word in _REFUSERS or word == "unable":
        return True
    if word in {"nor", "or"}:
        return before in VERBS
    return word in VERBS and skeleton.low(at + 1) in {"nor", "or"}


def _is_noun(skeleton: Skeleton, at: int, first: int) -> bool:
    """A form such as "claims" or "report" is a noun after a determiner, and a base form is no verb after a singular."""
    verb, before = VERBS[skeleton.low(at)], skeleton.low(first - 1)
    if verb.form == "past":
        return before in {"the", "a", "an", "of", "so", "no", "his", "its", "their"}
    if verb.form == "ing":
        return before in {"the", "a", "of"} or skeleton.low(at + 1) in {"of", "power"}
    if first < at:
        return False
    if before in _DETERMINERS and before != "to":
        return True
    if verb.form == "base":
        return not (before in _PLURALS or before.endswith("s") or before in {"people", "to"}) or before.endswith("'s")
    return skeleton.low(at + 1) in {"of", "by", "about", "from", "were", "are", "have", "and"}


def _refusal(skeleton: Skeleton, first: int, at: int, verb: Verb) -> tuple[CueKind, str]:
    """The kind of a negated or unwilling group: "did not deny", "declined to say", "cannot confirm"."""
    group = {skeleton.low(place) for place in range(first, at)}
    negated = any(is_negation(word) for word in group)
    unwilling = bool(group & _REFUSERS)
    if verb.kind is CueKind.CONFIRM and (group & _UNABLE or "unable" in group):
        return CueKind.DOUBT, "cannot-confirm"
    if unwilling or (negated and verb.kind is CueKind.DENY):
        return CueKind.REFUSE, "did-not-deny" if verb.kind is CueKind.DENY and not unwilling else "declined"
    if negated and verb.kind is CueKind.CONFIRM:
        return CueKind.REFUSE, "did-not-confirm"
    if negated and verb.kind in {CueKind.THINK, CueKind.PREDICT, CueKind.VOW}:
        return CueKind.DENY, f"not-{verb.lemma}"
    if negated and verb.kind in {CueKind.DOUBT, CueKind.ACCUSE, CueKind.PRESUME}:
        return CueKind.REFUSE, f"did-not-{verb.lemma}"
    if negated:
        return CueKind.REFUSE, "did-not-say"
    return verb.kind, verb.lemma


def _comment_refused(skeleton: Skeleton, at: int) -> VerbGroup | None:
    """ "Declined to comment", "did not respond": a verb that is a cue only because it is refused."""
    if skeleton.low(at) not in _COMMENT:
        return None
    first = _left_of_group(skeleton, at)
    group = [skeleton.low(place) for place in range(first, at)]
    if not any(is_negation(word) or word in _REFUSERS for word in group):
        return None
    stop = at + 2 if skeleton.low(at + 1) in {"on", "to", "about"} else at + 1
    verb = Verb("comment", CueKind.REFUSE, "base")
    return VerbGroup(at, first, stop, verb, CueKind.REFUSE, rule="declined-to-comment")


def _phrase(skeleton: Skeleton, at: int) -> tuple[Verb, int] | None:
    """Cues of more than one word, from the token `at` on: their verb and their length in tokens."""
    word, after, third = skeleton.low(at), skeleton.low(at + 1), skeleton.low(at + 2)
    if word in {"ruled", "rule", "rules", "ruling"} and after == "out":
        return Verb("rule-out", CueKind.DENY, "past"), 2
    if word in {"cast", "casts", "casting", "expressed", "voiced"} and after in {
        "doubt",
        "doubts",
        "scepticism",
        "skepticism",
    }:
        return Verb("doubt", CueKind.DOUBT, "past"), 3 if third in {"on", "about", "over", "that"} - {"that"} else 2
    if word in {"expressed", "voiced"} and after in {
        "concern",
        "concerns",
        "alarm",
        "regret",
        "gratitude",
        "appreciation",
    }:
        return Verb("regret", CueKind.PRESUME, "past"), 3 if third in {"over", "about", "at", "for"} else 2
    if word in {"called", "calls", "calling", "call"} and after in {"for", "on", "upon"}:
        return Verb("call-for", CueKind.URGE, "past"), 2
    if word in {"made", "makes"} and after == "clear":
        return Verb("say", CueKind.SAY, "past"), 2
    if word in {"shot", "scoffed", "scoffs", "laughed", "brushed", "waved", "shrugged", "played"} and after in {
        "down",
        "at",
        "off",
        "aside",
    }:
        return Verb("dismiss", CueKind.DENY, "past"), 2
    if word in {"pointed", "points", "pointing"} and after in {"out", "to"}:
        return Verb("point", CueKind.SAY, "past"), 2
    if word == "took" and after == "note":
        return Verb("note", CueKind.PRESUME, "past"), 3 if third == "of" else 2
    return None


def _group(skeleton: Skeleton, at: int) -> VerbGroup | None:
    phrase = _phrase(skeleton, at)
    word = skeleton.low(at)
    if phrase is None and word not in VERBS:
        return _comment_refused(skeleton, at)
    verb, length = phrase or (VERBS[word], 1)
    first = _left_of_group(skeleton, at)
    if phrase is None and _is_noun(skeleton, at, first):
        return None
    group = [skeleton.low(place) for place in range(first, at)]
    if verb.form == "base" and not phrase and skeleton.low(first - 1) == "to":
        return None
    if any(word in {"if", "should", "must", "may", "might"} for word in group):
        return None
    kind, rule = _refusal(skeleton, first, at, verb)
    passive = verb.form == "past" and any(word in _BE for word in group) and not any(word in _HAVE for word in group)
    passive = passive or (verb.form == "past" and "been" in group) or skeleton.low(at + length) == "by"
    background = "had" in group or "'d" in group or "previously" in group or "earlier" in group
    return VerbGroup(at, first, at + length, verb, kind, passive, background, rule)


def _wanting_clause(skeleton: Skeleton, group: VerbGroup) -> bool:
    """A verb that is only now and then a reporting verb, with nothing said around it."""
    if group.verb.lemma not in NEEDS_CLAUSE or group.kind is CueKind.REFUSE:
        return False
    near = [skeleton.low(place) for place in range(group.stop, group.stop + 6)]
    quoted = any(skeleton.kind(place) == "q" for place in range(group.at - 4, group.stop + 4))
    return not (quoted or "that" in near[:5] or near[:1] == ["how"] or near[:1] == ["whether"])


def find_verb_groups(skeleton: Skeleton) -> list[VerbGroup]:
    """Every reporting verb outside quotations of speech, left to right; of overlapping groups the last verb's."""
    found: list[VerbGroup] = []
    for at in range(len(skeleton.tokens)):
        if skeleton.kind(at) != "w":
            continue
        group = _group(skeleton, at)
        if group is None or _wanting_clause(skeleton, group):
            continue
        if found and group.first < found[-1].stop:
            found.pop()
        found.append(group)
    return found
