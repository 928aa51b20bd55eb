"""Where a sentence reports speech by a verb: the group around it, its voice, negation and refusal."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.finite import is_finite
from analysis.phrases import PHRASE_WORDS, find_phrase
from analysis.skeleton import Skeleton
from news.cues import (
    AUXILIARIES,
    COMPLEMENTS,
    NEEDS_CLAUSE,
    VERBS,
    CueKind,
    Verb,
    is_adverb,
    is_negation,
    takes_object,
)
from news.vocabulary import word_set

_BE = word_set("is was were are be been being 's 're am")
_HAVE = word_set("has have had 've having")
_DETERMINERS = word_set(
    """
    the a an this these those any some no his her its their our your my 's such each every of by in for to with from
    on at about over against other new more many several numerous"""
)
_REFUSERS = word_set("declined declines decline declining refused refuses refuse refusing failed fails avoided")
_NEVER_NOUNS = word_set("say believe think argue insist expect agree acknowledge deny contend maintain predict")
_PLURALS = word_set("they we you i who both many some most few all")
_BEFORE_PARTICIPLE = word_set("the a an of so no his its their")
_AFTER_NOUN = word_set("of by about from were are have and")
_NOT = {
    CueKind.DENY: "did-not-deny",
    CueKind.CONFIRM: "did-not-confirm",
    CueKind.DOUBT: "did-not-doubt",
    CueKind.ACCUSE: "did-not-accuse",
    CueKind.PRESUME: "did-not-approve",
}
_WISHES = frozenset(["want", "seek", "prefer", "support", "favor", "favour", "back"])
_REFUSING = word_set("declined declines declining refused refuses refusing")
_TELLING = word_set(
    """
    give provide name identify specify share offer take be go speak talk confirm get expand disclose detail release
    make address clarify answer engage elaborate weigh"""
)
_COMMENT = word_set("comment respond reply answer elaborate discuss speculate engage")
_POSSIBLE = frozenset([*VERBS, *PHRASE_WORDS, *_COMMENT])  # any other word begins no cue
_UNABLE = word_set("cannot can't could couldn't unable")


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
    form = verb.form
    following = skeleton.tokens[at + 1] if at + 1 < len(skeleton.tokens) else None
    named = at > 0 and (skeleton.tokens[at - 1].capital or before in _PLURALS | {"he", "she", "it"})
    if first == at and not takes_object(
        verb, skeleton.low(at + 1), capital=bool(following and following.capital), named=named
    ):
        return True
    if form in {"base", "s"} and first == at and verb.lemma not in _NEVER_NOUNS and _verb_behind(skeleton, at + 1):
        return True
    if form == "past" and first == at and before.isdigit():
        return True  # "400 pledged delegates"
    if form == "past":
        return before in _BEFORE_PARTICIPLE
    if form == "ing":
        named = first == at and at > 0 and skeleton.tokens[at - 1].capital  # "citing Wire reporting": a noun
        return (
            named
            or before in {"the", "a", "of", "'s", "his", "her", "its", "their"}
            or skeleton.low(at + 1) in {"of", "power"}
        )
    return first == at and ((before in _DETERMINERS and before != "to") or _is_nominal(skeleton, at, before, form))


def _verb_behind(skeleton: Skeleton, at: int) -> bool:
    """Whether the next word is a verb, which makes a noun of the one before it: "the jobs report cheered"."""
    word = skeleton.low(at)
    return is_finite(skeleton, at) or (word.endswith("ed") and skeleton.kind(at) == "w" and len(word) > 4)  # noqa: PLR2004 - "red"


def _is_nominal(skeleton: Skeleton, at: int, before: str, form: str) -> bool:
    if form == "base" and skeleton.low(at) in _NEVER_NOUNS and before not in {"'s", "have", "a", "the"}:
        return False
    if form == "base":
        return before.endswith("'s") or not (before in _PLURALS or before.endswith("s") or before in {"people", "to"})
    return skeleton.low(at + 1) in _AFTER_NOUN


def _refusal(skeleton: Skeleton, first: int, at: int, verb: Verb) -> tuple[CueKind, str]:
    """The kind of a negated or unwilling group: "did not deny", "declined to say", "cannot confirm"."""
    group = {skeleton.low(place) for place in range(first, at)}
    negated = any(is_negation(word) for word in group)
    unwilling = bool(group & _REFUSERS)
    if verb.kind is CueKind.CONFIRM and (group & _UNABLE or "unable" in group):
        return CueKind.DOUBT, "cannot-confirm"
    if unwilling:
        return CueKind.REFUSE, "declined"
    if not negated:
        return verb.kind, verb.lemma
    if verb.kind in {CueKind.THINK, CueKind.PREDICT, CueKind.VOW} or verb.lemma in _WISHES:
        return CueKind.DENY, f"not-{verb.lemma}"
    return CueKind.REFUSE, _NOT.get(verb.kind, "did-not-say")


def _comment_refused(skeleton: Skeleton, at: int) -> VerbGroup | None:
    """“Declined to comment”, "did not respond": a verb that is a cue only because it is refused."""
    if skeleton.low(at) not in _COMMENT:
        return None
    first = _left_of_group(skeleton, at)
    group = [skeleton.low(place) for place in range(first, at)]
    if not any(is_negation(word) or word in _REFUSERS for word in group):
        return None
    stop = at + 2 if skeleton.low(at + 1) in {"on", "to", "about"} else at + 1
    verb = Verb("comment", CueKind.REFUSE, "base")
    return VerbGroup(at, first, stop, verb, CueKind.REFUSE, rule="declined-to-comment")


def _act_refused(skeleton: Skeleton, at: int) -> VerbGroup | None:
    """“Declined to give a number", "refused to send aid": silence where the verb is of speech, else a no to the act."""
    if skeleton.low(at - 1) != "to" or skeleton.low(at - 2) not in _REFUSING or skeleton.kind(at) != "w":
        return None
    first = _left_of_group(skeleton, at - 2)
    silent = skeleton.low(at) in _TELLING
    kind = CueKind.REFUSE if silent else CueKind.DENY
    verb = Verb("refuse", kind, "base")
    return VerbGroup(at, first, at, verb, kind, rule="declined-to-comment" if silent else "refused-to-act")


def _supposed(group: list[str]) -> bool:
    """“If X said", "could say", "would argue": nobody has said it; "would not say" and "declined" stay."""
    if any(word in {"if", "should", "must", "may", "might"} for word in group):
        return True
    if any(is_negation(word) or word in _REFUSERS for word in group):
        return False
    return any(word in {"would", "could", "can", "'d"} for word in group) and "have" not in group


def _group(skeleton: Skeleton, at: int) -> VerbGroup | None:
    if at and skeleton.tokens[at].capital:
        return None  # "the United States": a name, not a verb
    phrase = find_phrase(skeleton, at)
    word = skeleton.low(at)
    if phrase is None and word not in VERBS:
        return _comment_refused(skeleton, at) or _act_refused(skeleton, at)
    verb, length = phrase or (VERBS[word], 1)
    first = _left_of_group(skeleton, at)
    if phrase is None and _is_noun(skeleton, at, first):
        return None
    group = [skeleton.low(place) for place in range(first, at)]
    if verb.form == "base" and not phrase and skeleton.low(first - 1) == "to":
        return None
    if _supposed(group):
        return None
    kind, rule = _refusal(skeleton, first, at, verb)
    passive = verb.form == "past" and any(word in _BE for word in group) and not any(word in _HAVE for word in group)
    passive = passive or (verb.form == "past" and "been" in group) or skeleton.low(at + length) == "by"
    background = "had" in group or "'d" in group or "previously" in group or "earlier" in group
    return VerbGroup(at, first, at + length, verb, kind, passive, background, rule)


def _wanting_clause(skeleton: Skeleton, group: VerbGroup) -> bool:
    """A verb that is only now and then a reporting verb, with nothing said around it."""
    lemma = group.verb.lemma
    if group.kind is CueKind.REFUSE:
        return False
    if lemma in COMPLEMENTS:
        reach, words = COMPLEMENTS[lemma]
        near = [skeleton.low(place) for place in range(group.stop, group.stop + reach)]
        return not any(word in words for word in _until_comma(near))
    if lemma not in NEEDS_CLAUSE:
        return False
    near = [skeleton.low(place) for place in range(group.stop, group.stop + 6)]
    quoted = any(skeleton.kind(place) == "q" for place in range(group.at - 4, group.stop + 4))
    clause = _clause_behind(skeleton, group.stop)
    return not (quoted or clause or "that" in near[:5] or near[:1] == ["how"] or near[:1] == ["whether"])


def _until_comma(words: list[str]) -> list[str]:
    return words[: words.index(",")] if "," in words else words


def _clause_behind(skeleton: Skeleton, at: int) -> bool:
    """Whether a clause without "that" follows: a name or a noun phrase, then its verb, before any comma."""
    for place in range(at, at + 7):
        if skeleton.kind(place) != "w":
            return False
        if is_finite(skeleton, place):
            return place > at
    return False


def find_verb_groups(skeleton: Skeleton) -> list[VerbGroup]:
    """Every reporting verb outside quotations of speech, left to right; of overlapping groups the last verb's."""
    found: list[VerbGroup] = []
    for at, token in enumerate(skeleton.tokens):
        if token.kind != "w" or (token.low not in _POSSIBLE and skeleton.low(at - 2) not in _REFUSING):
            continue
        group = _group(skeleton, at)
        if group is None or _wanting_clause(skeleton, group):
            continue
        if found and group.first < found[-1].stop:
            found.pop()
        found.append(group)
    return found
