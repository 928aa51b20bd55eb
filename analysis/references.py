"""What a content without a statement of its own does to what was spoken of before: evades it, calls it false, assents.

“It is a canard”, "there are no such plans", "that is our own business", “Why not? They are neighbours”: the words say
nothing of the matter by themselves, and everything once it is known what they point at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from analysis.falsehood import FALSEHOOD, NOT_FALSE
from analysis.polarity import DOUBT, NOT_DOUBT, is_plain
from news.cues import CueKind


class Effect(StrEnum):
    """What happens to the side of the words pointed at."""

    KEEP = "keep"
    FLIP = "flip"
    DOUBT = "doubt"
    DROP = "drop"  # no side is taken


@dataclass(frozen=True, slots=True)
class Reference:
    """How a content speaks of what was said before: the effect, the score it deserves, and the rule's name."""

    effect: Effect
    score: float
    rule: str


EVASIVE = re.compile(
    r"\b(?:(?:our|its|their|his) (?:own )?(?:business|affairs?|matter|choice|right)|(?:a|an|own) sovereign"
    r"|sovereign (?:right|decision|matter)|no comment|nothing (?:more |new |further )?to (?:add|say|report"
    r"|tell)(?! against)"
    r"|up to us|concerns? (?:only|nobody)|not going to (?:comment|discuss|speculate)|(?:won't|will not|would not"
    r"|wouldn't|cannot|can't|could not) (?:be )?(?:comment|discuss|speculat|say|speak|tell|go into|drawn)\w*"
    r"|internal (?:affair|matter)|no one(?:'s| else's) business|none of (?:your|their) business|(?:we|it"
    r"|they) (?:will|would|shall) decide|(?:decide|decision) (?:for )?(?:ourselves|itself|themselves)|(?:for"
    r"|up to) \w+ to decide|neither confirm(?:ed)? nor den(?:y|ied)|(?:don't|do not|does not|never) (?:comment"
    r"|discuss|speculate)|nobody(?:'s| else's) (?:business|concern)|nobody else|ask (?:them|the \w+)|put (?:the"
    r"|that|this) question|(?:a )?(?:question|matter) for \w+|what we do|how we do it|(?:not|n't|un) ?aware"
    r"|not familiar|(?:in no|not in a) position to (?:know|say|tell|comment|judge|discuss|speak)|(?:outside|beyond|not"
    r" within) (?:the|our|its|their|his|my) (?:\w+ ){0,2}?(?:business|remit|competence|purview|powers|responsibilit\w+"
    r"|sphere|concern)|no (?:need|necessity|obligation|reason|duty) (?:for us |for anyone )?(?:to|of|for) (?:be )?(?:"
    r"confirm|verif|comment|explain|report|answer|justif|account)\w*|(?:that|this|it)(?: is|'s) one for|put (?:it"
    r"|them|that"
    r"|those|this)(?: \w+)? to (?-i:[A-Z]|the |them)|leave (?:it|that|this) to|(?:not|n't) for (?:us|me|him|her"
    r"|them) to"
    r"|not a party|take[sn]? no (?:sides?|position|view|stand)|(?:no|not (?:have|any|enough)) (?:\w+ )?information"
    r"|know(?:s|ew)? nothing (?:about|of)|(?:did"
    r"|does|do) not know|reserve[sd]? (?:the|that|this) right|not (?:\w+ ){0,2}(?:our|its|their|china's"
    r"|\w+'s) (?:affair|matter|business|concern)|(?:a |bilateral )matter (?:between|of|for) (?:the|two|themselves)"
    r"|too early to|let(?:'s| us) (?:wait|see))\b",
    re.IGNORECASE,
)
"""Refusals to take a side, whatever is asked."""
_POINTING = re.compile(
    r"\b(?:claims?|reports?|reporting|allegations?|accusations?|charges?|assertions?|suggestions?|rumou?rs?"
    r"|statements?|warnings?|assessments?|accounts?|list|talk|news|it|them|they|this|that(?!\s+(?:the|an?|his|her"
    r"|its|their"
    r"|he|she|we|I|(?-i:[A-Z])))|these|those|transfers?|deals?|dealings|trade|shipments?|suppl(?:y|ies)|deliver(?:y"
    r"|ies)|deployments?|dispatch|question|matter|notion|idea|story|stories|such|so|presence|findings|images"
    r"|pictures|issue|subject|both|plans?|drills|exercises|possibility|details|involvement|participation"
    r"|cooperation)\b",
    re.IGNORECASE,
)
_HEARD = re.compile(
    r"\b(?:claims?|reports?|allegations?|accusations?|charges?|assertions?|suggestions?|rumou?rs?|accounts?|talk"
    r"|findings|story|stories|list|statements?|remarks?|assessments?|images|pictures|questions?|matter|subject"
    r"|issue)\b",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"^\W*(?:at |for |the |this |that |such |any |these |those |its |their )*(?:\w+ )?(?:dispatch|despatch|deployments?"
    r"|transfers?|deliver(?:y|ies)|shipments?|suppl(?:y|ies)|exports?|sales?|move|step|sending|arrival|presence"
    r"|involvement|participation|contribution|cooperation|deals?|findings?|conclusions?|admission|confirmation"
    r"|disclosures?|revelations?)\b",
    re.IGNORECASE,
)
_PRESUMED = re.compile(
    r"^\W*(?:that )?(?:the|this|their|its) (?:\w+ )?(?:dispatch|deployment|transfers?|deliver(?:y|ies)|shipments?"
    r"|supplies|step|move|sending|presence) (?:(?:is|was|were|are|had been|has been) (?!not|n't|no )|violat"
    r"|threaten|breach|an? |showed|shows|(?:fully |also |only )?(?:accord|compl(?:y|ie)|conform|serve|prove|mark"
    r"|help)s?\b)",
    re.IGNORECASE,
)
_PLAIN_DENIAL = re.compile(
    r"(?:^|\W)(?:no(?:,|\.|$)|(?:that|this|it)(?: is|'s| was) (?:simply |just )?(?:not(?=\W*$| (?:so|true|happening"
    r"|planned|the case|possible))|untrue|impossible)\b|nothing of the (?:sort|kind)|no such|never happened"
    r"|not happening|out of the question|there (?:is|are|was|were|have been|has been) (?:no|none"
    r"|nothing(?!.* but))\b|(?:do|does|did)(?: not|n't) (?:believe|think|expect) (?:that )?(?:there (?:is|are|was"
    r"|were|will be) (?:one|any)"
    r"|(?:it|this) (?:is|was|will|would|has)\b)|\b(?!of|at|and|or|but)\w+ none(?=\W*$| (?:of|at)\b)"
    r"|no (?:\w+ ){1,3}?of (?:the|that|this) (?:kind|sort)\b|not a single one|none (?:of (?:it|them|that)"
    r"|exist\w*)\b|^\W*(?:that )?not (?:one|a single) \w+ (?:has|have|had|is|was|will|would)\b|no (?:current |concrete "
    r"|immediate )?(?:plans?|intention)\b)",
    re.IGNORECASE,
)
_ASSENT = re.compile(
    r"^\W*(?:that )?(?:yes\b|why (?:not|shouldn't)\b|of course\b|certainly\b|indeed\b|exactly\b|absolutely\b"
    r"|correct\b|sure\b|(?:that|this|it)(?: is|'s| was) (?:right|true|so|correct|a fact|why|exactly|precisely"
    r"|indeed)\b|(?:the |these |those )?(?:reports?|claims?|accounts?|they) (?:is|are|was|were) (?:true|correct"
    r"|accurate)\b|(?:we |i |my government |\w+ )?(?:also )?welcomes? (?:the|this|that|these"
    r"|those) (?:\w+ )?(?:findings?"
    r"|conclusions?|confirmation|admission|disclosures?|revelations?)\b|(?:we|i) (?:can |have "
    r"|do )?(?:now )?confirm(?:ed)?"
    r" (?:it|that|this)(?=\W*$)|(?:we|i) have (?:it|that|this) confirmed\b)",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    r"^\W*(?:that )?(?:he|she|it|they|we|i|this|that|those|there|the (?:\w+ )?\w+)(?: \w+ly| very \w+ly| of course)?"
    r" (?:is|are|was|were|do|does|did|has|have|had|will|would)(?P<not> not|n't|n't ever| never)?"
    r"(?:,? \W?(?:so|indeed|of course|probably|certainly|too))?\s*(?:[,.;\"'”]|$|and\b)",
    re.IGNORECASE,
)
"""The verb of a question taken up alone: "that it did", "they have not"."""
_GOES_ON = re.compile(
    r"^\W*(?:that )?(?:the|these|those|such|this) (?:\w+ )?\w+ (?:is|are|was|were|has been|have been) (?:also "
    r"|indeed |still"
    r" )?(?:happening|going on|under way|underway|taking place|continuing|real|a (?:fact|reality)|facts)\b",
    re.IGNORECASE,
)
_SUCH = re.compile(
    r"\b(?:if|should|were)\b.{0,30}\b(?:such|this|that|true|it|so)\b|\bsuch (?:a )?(?:thing|case|step|move)\b",
    re.IGNORECASE,
)
_SUPPOSING = re.compile(
    r"^\W*(?:that )?(?:(?:even )?if|should|were|supposing|suppose)\b.{0,30}\b(?:this|that|true|it|so"
    r"|something of the (?:kind"
    r"|sort)|such \w+)\b|^\W*(?:to (?:my|our) mind,? )?(?:that|this|it|such (?:a |an )?\w+) would (?:\w+ )?(?:be|accord"
    r"|violate|mean|constitute|breach|mark|amount|represent)\b",
    re.IGNORECASE,
)
"""What is only supposed is addressed, and no side is taken."""
_CLAUSE = re.compile(r"\W*(?:that|whether|if)\s((?:\S+\s+){1,4})", re.IGNORECASE)
_ABOUT = re.compile(r"\W*(?:about|on|of|regarding)\b", re.IGNORECASE)
_REQUEST = re.compile(
    r"\W*(?:an? |the |any |all |their |his |her |further |repeated )*(?:requests?|questions?|demands?|appeals?"
    r"|in?quir(?:y|ies)"
    r"|enquir(?:y|ies))\b",
    re.IGNORECASE,
)
_WHEN_ASKED = re.compile(r"\W*(?:when|if|as)\b.{0,40}\basked\b", re.IGNORECASE)
_OF = re.compile(r"\W*of\b", re.IGNORECASE)
SILENT = re.compile(r"^\W*(?:anything|much|a word|it by name)\b", re.IGNORECASE)
"""What is not said by who was never asked: silence is no stance."""
_HEAD = re.compile(r"[,;:]\s")
_SHORT = 12  # words: a longer content has a subject of its own
_LONG = 30  # words: a longer content is about something else
_FRAGMENT = 2  # "comment further": nothing is said
_POINTED = 0.65
_ANSWERED = 0.55
BY_CUE = {
    CueKind.DENY: Effect.FLIP,
    CueKind.REFUSE: Effect.DROP,
    CueKind.DOUBT: Effect.DOUBT,
    CueKind.CONFIRM: Effect.KEEP,
}
"""What a cue does that needs no more than something to point at."""


def _of_cue(words: str, cue: CueKind, cue_rule: str, *, touching: bool) -> Reference | None:
    """Denied it, refused to speak of it, doubted it, confirmed it: the cue does all, the content only points."""
    if (cue is CueKind.CONFIRM and not is_plain(words)) or (cue is CueKind.REFUSE and SILENT.search(words)):
        return None
    if cue is CueKind.DENY and _REQUEST.match(words):
        return Reference(Effect.DROP, _ANSWERED, cue_rule)  # "waved away a question" denies nothing
    length = len(words.split())
    clause = _CLAUSE.match(words)  # "that it had happened" points; "that his party could stop it" does not
    head = clause.group(1) if clause else words
    bare = length <= _FRAGMENT and (length == 0 or cue is CueKind.REFUSE)  # "rejected the comparison" points elsewhere
    if cue is CueKind.REFUSE and _WHEN_ASKED.match(words):
        return Reference(Effect.DROP, _POINTED, cue_rule)  # "had no comment when asked for one"
    pointing = bare or (touching and length <= _LONG) or (length <= _SHORT and (bool(_POINTING.search(head))))
    if pointing or (cue is CueKind.DENY and not clause and _POINTING.search(words[:60])):
        # "Had no information about it", "did not know the details" leave it open; "no sign that it was so" doubts it.
        evaded = cue is CueKind.DOUBT and not clause and (cue_rule == "not-know" or _ABOUT.match(words))
        evaded = evaded and not (cue_rule == "no-evidence" and _OF.match(words))
        return Reference(Effect.DROP if evaded else BY_CUE[cue], _POINTED, cue_rule)
    return None


def _of_words(words: str, *, touching: bool) -> Reference | None:
    length = len(words.split())
    pointing = touching or bool(_POINTING.search(words))
    if EVASIVE.search(words) and length <= _LONG:
        return Reference(Effect.DROP, _POINTED, "evaded")
    if FALSEHOOD.search(words) and not NOT_FALSE.search(words) and (pointing or length <= _SHORT):
        return Reference(Effect.FLIP, _POINTED, "false")
    if _ASSENT.search(words) and length <= _LONG:
        return Reference(Effect.KEEP, _POINTED, "assents")
    if _SUPPOSING.search(words) and length <= _LONG:
        return Reference(Effect.DROP, _ANSWERED, "supposed")
    return _of_short(words, pointing=pointing) if length <= _LONG else None


def _of_short(words: str, *, pointing: bool) -> Reference | None:
    length = len(words.split())
    if DOUBT.search(NOT_DOUBT.sub("", words)) and (pointing or length <= _SHORT):
        return Reference(Effect.DOUBT, _POINTED, "doubts")
    head = _HEAD.split(words, maxsplit=1)[0]  # "no trade of the kind took place, and whoever says so …"
    if (length <= _SHORT or (pointing and len(head.split()) <= _SHORT)) and _PLAIN_DENIAL.search(head):
        return Reference(Effect.FLIP, _POINTED, "plain-denial")
    return None


def refer(
    words: str, cue: CueKind, cue_rule: str, *, asked: bool, far: bool, touching: bool = False
) -> Reference | None:
    """How a content speaks of what was said before, or None when it does not.

    `asked`: the holder was asked about it or spoke of it, so any short answer addresses it. `far`: it is only what
    the whole article is about, so the words must name a report, a claim or a question to mean it. `touching`: the
    words name the thing the proposition is about.
    """
    if far and not (asked or touching) and words.strip() and not _HEARD.search(words):
        return None
    if cue in BY_CUE:
        return _of_cue(words, cue, cue_rule, touching=touching)
    found = _of_deed(words, cue) or (None if cue is CueKind.PRESUME else _of_words(words, touching=touching))
    if found is not None or cue in {CueKind.PRESUME, CueKind.URGE} or len(words.split()) > _LONG:
        return found
    if asked and _SUCH.search(words):
        return Reference(Effect.DROP, _POINTED, "supposed")
    return _of_answer(words) if asked else None


def _of_answer(words: str) -> Reference:
    """Whoever is asked and answers has addressed it: "that it did" takes the side asked for, other words none."""
    taken_up = _ELLIPSIS.match(words)
    if taken_up is None:
        return Reference(Effect.DROP, _ANSWERED, "answered-otherwise")
    return Reference(Effect.FLIP if taken_up["not"] else Effect.KEEP, _POINTED, "took-up")


def _of_deed(words: str, cue: CueKind) -> Reference | None:
    """Condemned the dispatch, called the dispatch a threat: whoever judges it takes it for a fact."""
    if cue is CueKind.PRESUME and _DEED.search(words) and is_plain(words):
        return Reference(Effect.KEEP, _ANSWERED, "presumes")
    if cue is CueKind.CALL and _DEED.match(words) and is_plain(words) and not FALSEHOOD.search(words):
        return Reference(Effect.KEEP, _ANSWERED, "presumes")
    if cue in {CueKind.SAY, CueKind.CALL, CueKind.WARN} and _PRESUMED.match(words) and not DOUBT.search(words):
        return Reference(Effect.KEEP, _ANSWERED, "presumes")
    if cue is CueKind.SAY and _GOES_ON.match(words) and is_plain(words):
        return Reference(Effect.KEEP, _POINTED, "goes-on")
    return None
