"""What a content does to the statement in it: negates it, calls it false, doubts it, leaves it open, supposes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.falsehood import FALSEHOOD, NOT_FALSE
from analysis.matching import Hit
from news.claim import Span

DOUBT = re.compile(
    r"\b(?:no (?:\w+ ){0,2}?(?:evidence|indications?|signs?|confirmation|information)|(?:cannot|can't|could not"
    r"|couldn't|not (?:yet )?(?:been )?able to|unable to|(?:in no|not in a) position to) (?:\w+ ){0,4}?(?:confirm"
    r"|verify"
    r"|vouch for|corroborate|substantiate)|(?:not|n't) (?:\w+ ){0,2}?(?:clear|certain|known|confirmed|convinced|sure"
    r"|proven|proved)|(?:ha(?:ve|s|d) not|ha(?:ve|s|d)n't) (?:\w+ ){0,2}?seen(?! (?:an?|the|his"
    r"|her|its) )|yet to (?:see|produce|provide"
    r"|be (?:shown|proven|proved|confirmed|established|verified))|(?:not|n't|never) (?:yet )?(?:been )?(?:established"
    r"|corroborated|substantiated|demonstrated)|too (?:early|soon) to (?:conclude|judge)|far from (?:certain|clear|sure"
    r"|proven|established)|(?:not|n't|cannot) (?:\w+ )?say (?:with certainty|for (?:sure|certain))|questionable"
    r"|unsure|unclear"
    r"|unverified|unconfirmed|unproven|uncertain|doubt(?:s|ed|ful|ing)?(?! that .* not)|dubious|s[ck]eptic\w*"
    r"|unlikely|far-fetched|implausible|improbable|hard to (?:believe|imagine|credit)|remains? to be seen)\b",
    re.IGNORECASE,
)
"""Doubting words, wherever they stand beside a statement."""
NO_PROOF = re.compile(
    r"\b(?:no|not|never|without|nor|lacks?|lacking|yet to see) (?:\w+ ){0,4}?(?:evidence|proofs?|facts|substance"
    r"|documents?)\b"
    r"|\bunprove[nd]\b|\bunsubstantiated\b|\bproved nothing\b",
    re.IGNORECASE,
)
"""What the accused says of a charge to deny it: that nothing proves it."""
_VERDICT = re.compile(r"\b(?:unlikely|implausible|far-fetched|improbable|doubtful|unproven|unconfirmed|unverified)\b")
NOT_DOUBT = re.compile(
    r"\b(?:no doubt|without (?:a )?doubt|undoubtedly|(?:nobody|no one|never|not|n't) (?:\w+ ){0,2}(?:doubt(?:s|ed)?"
    r"|far-fetched|unlikely|implausible|unclear))\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:(?i:not|never|none|neither|nor|without|nothing|cannot|nobody|zero|hardly)|no|No(?! [A-Z]))\b|n't\b"
)
_NO_NEGATION = re.compile(
    r"n't only\b|\b(?:not only|not just|no matter|no wonder|no (?:less|fewer|more) than|no secret"
    r"|not (?:at all )?surpris\w+"
    r"|(?:not|n't|never) (?:\w+ )?(?:forget|regret|fail|ignore|overlook|underestimate)"
    r"|no doubt|without (?:a )?doubt|not merely|nothing wrong|no sooner|not (?:a |the )?(?:first|last)|nothing new"
    r"|(?:not|n't|no) (?:\w+ ){0,2}(?:stop|hesitate|longer (?:deny|denies|hid\w+)|hide|secret))\b",
    re.IGNORECASE,
)
_STOPPING = re.compile(
    r"\b(?:stop(?:s|ped|ping)?|ceas\w+|halt\w*|suspend\w*|refus\w+|declin(?:e|es|ed|ing) to|den(?:y|ies|ied|ying)"
    r"|denials? (?:that|of)|rul\w+ out|shut\w* out|refrain\w*|abstain\w*|reject\w*|dismiss\w*|far from(?! (?:certain"
    r"|clear|sure))"
    r"|fail(?:s|ed)? to|unwilling|g[ia]v(?:e|es|en|ing) up|call(?:s|ed|ing)? off|abandon\w*|cancel\w*|shelv\w*"
    r"|turn(?:s|ed|ing)? down|stay(?:s|ed|ing)? (?:away|out)|forgo\w*|forwent|(?:fall|fell|stop)\w* (?:well "
    r"|far )?short of"
    r"|drop(?:s|ped|ping)? (?:its|the|their|all)"
    r"|not the case|end(?:ed|ing)? (?:its|the|their|all)|withdr\w+|exclud\w+|avoid\w*)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"^\W*again (?:about|on|over)\b|(?:\b(?:not|never|nor|cannot)|n't)\s+(?:\w+\s+){0,2}(?:rul\w+ out|shut\w* out"
    r"|been (?:told|informed|briefed)|know (?:whether|if)|oppos\w+"
    r"|den(?:y|ies|ied)|exclud\w+)|\bno longer (?:rul\w+ out|shut\w* out|exclud\w+)"
    r"|\b(?:reconsider\w*|re-?examin\w+|re-?think\w*|review(?:s|ed"
    r"|ing)?|weigh(?:s|ed|ing)?|mull\w*|consider(?:s|ed|ing)? (?:whether|if|the (?:question|possibility|idea)"
    r"|\w+ing)|(?:under|into) consideration|think again|thinking again|study(?:ing)? (?:whether|the)"
    r"|leav\w+ (?:it |the \w+ )?open|left (?:it |the \w+ )?open|ke(?:eps?|pt) (?:\w+ )?open|the (?:door"
    r"|option) (?:to|of|for|on)"
    r"|until (?:now|recently|then)|up to now|hitherto|open question|on the table|(?:no|not) (?:\w+ )?(?:decision"
    r"|decided"
    r"|undecided))\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:[Ii]f|[Ww]hether|[Uu]nless|in case|were to|could|might|may(?! (?:have|be \w+ing|already))"
    r"|[Pp]ossib(?!ly)\w+|[Pp]otential\w*|[Mm]aybe|[Pp]erhaps|hypothetical\w*|consider(?:s|ing)?|prospects? of"
    r"|(?<!I )(?<!we )should|ought to|danger of|risk of|chances? of)\b"
)
_WOULD = re.compile(
    r"\bwould (?:\w+ )?(?:be (?:a|an|the|in|un\w+|\w+ing|regarded|seen|treated|considered|met|taken)|constitute|amount"
    r"|violate|mean|cross|breach|mark|escalat\w+|wreck|ruin|destroy|harm|worsen|damage|jeopardi[sz]e|draw|drag|invite"
    r"|provoke|trigger|endanger|threaten|come back|lead to|bring about|cost|undermine|poison|spoil"
    r"|change|alter|shift|upset|affect|transform|force|push|oblige|be (?:answered|followed|punished))\b",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"\b(?:talk(?:s|ed|ing)? (?:about|of|on|over|with)|negotiat\w+|discuss\w*|bargain\w* over|ask(?:s|ed"
    r"|ing)? (?:for|\w+ to)|plan(?:s|ned|ning)?|propos(?:e|es|ed|ing|al)|offer(?:s|ed|ing)? to|seek(?:s|ing)?"
    r"|sought|want(?:s|ed|ing)?|forbid\w*|prohibit\w*|outlaw\w*"
    r"|bann(?:ed|ing)|hop(?:e|es|ed|ing)|willing\w*|intend\w*|intention\w*|wish(?:es|ed)?|promis\w+"
    r"|pledg\w+|tempt\w*|prefer\w*|try(?:ing)? to)\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"\b(?:reports?|reporting|claims?|allegations?|accusations?|rumou?rs?|suggestions?|assertions?|stories"
    r"|questions?|notion|idea|speculation|accounts|talk|story|tales?|theor(?:y|ies)|legends?)"
    r"\s+(?:\w+\s+){0,3}?(?:that|of|about|on|over|saying|whether|alleging|suggesting)\b"
    r"|\b(?:story|tale|rumou?r|theory|legend)\b[^.;]{0,90}:\sthat\b",
    re.IGNORECASE,
)
_BORNE_OUT = re.compile(
    r"\b(?:true|correct|accurate|confirm\w*|credible|borne out|prov(?:ed|en)|right|reliable|probabl[ey]|likely"
    r"|well-founded|evidence)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^\W*(?:\w+\W+){0,4}?(?:(?:is|are|was|were|has|have|had|will|would|does|do|did|can|could)\s*(?:not|n't|never)\b"
    r"|(?:is|are|was|were|remain\w*) out of the question|(?:is|are|was|were) (?:ruled out|excluded|off the table)"
    r"|never (?:took|happened|existed|came))",
    re.IGNORECASE,
)
_BUT_FOR = re.compile(
    r"^\W*(?:that )?(?:without|but for|if not for|had it not been for)\b.{3,90}\b(?:not|no|never|nothing|nobody"
    r"|neither)\b"
    r".{0,60}\b(?:could|would|might)(?:n't)? (?:not )?(?:have|be)\b",
    re.IGNORECASE,
)
"""“Without X's help no ship could have sailed”: they did sail."""
_PROMISE = re.compile(r"\b(?:will|shall|'ll)\s(?!not\b)", re.IGNORECASE)
_WHY_NOT = re.compile(r"\bwhy (?:not|(?:should|would|do|did|can|could)(?:n't| \w+ not))\b", re.IGNORECASE)
_UNWISHED = re.compile(r"(?:\bnot|n't|\bnever) (?:\w+ )?(?:want|wish|like|hope|welcome|wanted)\b", re.IGNORECASE)
_TOLD_OF = re.compile(
    r"^\W*(?:(?:(?:very )?little|nothing|not much|more) (?:about|on|of)\s"
    # "About 300 ships" counts them.
    r"|about\s(?!\d|half\b|an? (?:dozen|hundred|thousand|million|third|quarter)|(?:two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|fifteen|\w+ty)\b|hundreds|thousands|dozens))",
    re.IGNORECASE,
)
_ANY = re.compile(r"\bany\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_CONDITION = re.compile(r"^\W*(?:that )?(?:if|unless|should|were|supposing|suppose|in case)\b", re.IGNORECASE)
_IN_CONDITION = re.compile(
    r"\w\W+(?:if|unless|in case|provided that)\s(?!not\b|any\b|only\b)[^,;:.!?]*$", re.IGNORECASE
)
"""“… will not sit idle if X pays Y": whatever is said before, the payment is only supposed."""
_STOP = re.compile(r"[;.!?]['\"”’]?\s")
_MEANWHILE = re.compile(r",\s(?:\w+\s){1,2}(?:after|before)\s|,\s(?:after|before|since)\s", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[;:]|[.!?]['\"”’]?\s|,[\"”]\s|,?\s(?:because|but|although|though|whereas|while)\s|,\s(?:and|which|who|so)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Polarity:
    """`flips` counts the negations around a hit; `op` names what takes its side away, if anything; `why` what was met.

    `op` is doubt, open (considered, not ruled out), supposed (if, might), talked (negotiated, wished for), unwished
    ("we do not want to see it"), mentioned (reports of it) or empty.
    """

    flips: int
    op: str
    why: str

    @property
    def negated(self) -> bool:
        """Whether the statement is negated in the end."""
        return self.flips % 2 == 1


def _clear(expression: re.Pattern[str], text: str) -> str:
    return expression.sub(lambda match: "#" * len(match.group()), text)


def _clause(text: str, hit: Hit) -> tuple[int, int, int]:
    """Where the clause of the hit begins, where the hit ends in it, and where the clause ends."""
    start = 0
    for match in _CLAUSE.finditer(text, 0, hit.first):
        start = match.end()
    stop = _STOP.search(text, hit.at, hit.last)
    last = stop.start() if stop else hit.last
    after = _CLAUSE.search(text, last)
    return start, last, after.start() if after else len(text)


def _blank(text: str, spans: Iterable[Span]) -> str:
    kept = list(text)
    for start, end in spans:
        kept[start:end] = "#" * (end - start)
    return "".join(kept)


def _is_false(text: str) -> bool:
    return bool(FALSEHOOD.search(NOT_FALSE.sub("", text)) and not NOT_FALSE.search(text))


def _unsided(clean: str, scope: str, start: int, hit: Hit, *, negated: bool) -> tuple[str, str]:
    """What leaves the statement without a side though it is neither negated nor doubted: the op, and its name."""
    if negated and not _CONDITION.match(clean):
        return "", ""
    if hit.doer and _CONDITION.match(clean) and _PROMISE.search(clean[: hit.last]):
        return "", "promised"  # "if they come, we shall send": who would do it himself has said that he will
    if _CONDITION.match(clean) or _ANY.search(clean[: hit.first]) or _WOULD.search(clean):
        return "supposed", "would-be"
    if clean.rstrip(" \"'”").endswith("?") or _SUPPOSED.search(scope):
        return "supposed", "supposed"
    return _passing(clean, scope[: max(0, hit.at - start)] if hit.verbal else scope, scope)


def _passing(clean: str, before: str, scope: str) -> tuple[str, str]:
    """What makes it a passing mention: little is said of it, it is hearsay, or only talked of."""
    if _TOLD_OF.search(clean):
        return "mentioned", "told-of"
    if _HEARSAY.search(scope) and not _BORNE_OUT.search(clean):
        return "mentioned", "mentioned"
    return ("talked", "talked") if _TALK.search(before) else ("", "")


def is_plain(text: str) -> bool:
    """Whether nothing in a levelled text negates, doubts, supposes or only talks of what it speaks of."""
    return not any(one.search(text) for one in (_NEGATION, DOUBT, _OPEN, _SUPPOSED, _WOULD, _TALK))


def measure(text: str, hit: Hit, *, nominal: bool = False) -> Polarity:
    """How a levelled text stands to the statement at `hit`; `nominal` contents end before their predicate is judged."""
    if _WHY_NOT.match(text.lstrip(" \"'“")) or _BUT_FOR.match(text):
        return Polarity(0, "", "but-for" if _BUT_FOR.match(text) else "why-not")
    clean = _blank(text, hit.own)
    if _IN_CONDITION.search(clean[: hit.at]):
        return Polarity(0, "supposed", "supposed")
    start, last, end = _clause(clean, hit)
    false = not nominal and _is_false(clean)
    scope = _clear(_NO_NEGATION, _clear(FALSEHOOD, clean[start:last]))
    sure = bool(NOT_DOUBT.search(scope))
    scope = _blank(_clear(NOT_DOUBT, scope), ((one - start, two - start) for one, two in hit.counts if one >= start))
    head = scope[: max(0, hit.at - start)] if hit.verbal else scope
    if _MEANWHILE.search(clean[: hit.first]) or _OPEN.search(head):
        background = _MEANWHILE.search(clean[: hit.first])
        return Polarity(0, "mentioned", "background") if background else Polarity(0, "open", "left-open")
    # A verdict such as "is unlikely" or "we have no evidence" may stand before or behind the statement.
    if not sure and (DOUBT.search(scope) or _VERDICT.search(clean) or DOUBT.search(clean[last:end])):
        return Polarity(1, "", "false") if false else Polarity(0, "doubt", "doubt")
    negated = bool(_NEGATION.search(scope) or (not hit.verbal and _AFTER.search(clean[last:end])))
    op, why = _unsided(clean, scope, start, hit, negated=negated or false)
    if negated and not false and _UNWISHED.search(head):
        op, why = "unwished", "unwished"
    stops = len(_STOPPING.findall(head))
    flips = int(false) + int(negated) + stops
    if op and not (stops and op in {"talked", "mentioned"}):
        return Polarity(flips, op, why)
    return Polarity(flips, "", "false" if false else "negated" if negated else "stopped" if stops else "")
