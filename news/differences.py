"""What one sentence says otherwise than another it was made from: a number, a negation, how sure it is, whose word.

Only what stands in a gap between words that both sentences have is judged: a sentence told anew from end to end shows
no difference rather than a false one. Ways of saying the same (rounding, "did not" for "failed to", another unit) are
none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from news.alignment import Gap, Unit, gaps, kept
from news.cues import INVERTIBLE, VERBS
from news.quantities import UNITS, is_retold, quantities, unmatched
from news.vocabulary import word_set


class What(StrEnum):
    """What differs."""

    NUMBER = "number"
    NEGATION = "negation"
    CERTAINTY = "certainty"  # surer than before
    CAUTION = "caution"  # less sure than before
    ATTRIBUTION = "attribution"  # nobody's word any more
    SOURCE = "source"  # another's word than before
    CREDIT = "credit"  # somebody's word, and nobody's before
    NAME = "name"
    WORDING = "wording"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: its kind and the words on either side of it, as written (empty where there are none)."""

    what: What
    before: str
    after: str


_LEAST_KEPT = 0.4  # of the shorter sentence's words, for its gaps to tell anything
_LONGEST = 250  # words; what is longer is no sentence, and aligning it costs its length squared
_ALIKE_BEHIND = 2  # words
_SHORT_GAP = 4  # words: in a longer one, two numbers or names may belong to different things

NEGATORS = word_set(
    """
    not n't never no none nobody nothing nowhere neither nor cannot without dont doesnt didnt isnt arent wasnt werent
    hasnt havent hadnt couldnt shouldnt wouldnt"""
)
_AUXILIARIES = word_set("do does did is are was were be been has have had will would can ca could wo to")
_DENYING = word_set("denied denies deny denying")
_CONFIRMING = word_set("confirmed confirms confirm confirming admitted admits admit acknowledged acknowledges")
_TURNING = word_set("unless until till except only but")  # they turn a negation round, or make up for one that is gone
_NEGATIVE = re.compile(
    r"(?:den(?:y|ie)\w*|denial\w*|refus\w+|declin\w+|reject\w*|fail\w*|lack\w*|bann?\w*|prevent\w*|stop\w*|avoid\w*"
    r"|impossib\w+|rarely|seldom|scarcely|regardless|hardly|barely|little|few\w*|only|except\w*|until|till|unless|but|instead|un\w+|dis\w+"
    r"|mis\w+|in(?:valid|abil|accura|cap|correct|compl)\w*|abst\w+|absen\w+|withh\w+|withdr\w+|oppos\w+|silent|silence|lost"
    r"|los(?:e|es|ing)|end(?:ed|s)?|ceas\w+|quit\w*|rul\w+|doubt\w*|false\w*|wrong\w*|far|longer|less|least|rather"
    r"|limit\w*|forb\w+|blocked|stay\w*|remain\w*|kept|keep\w*|free|empty|short|yet|still|also|just|merely|necessarily)"
)
# Whoever denies that a thing is so says that it is not.
_REVERSING = re.compile(
    r"myths?|den(?:y|ie[sd]|ying)|disprov\w+|refut\w+|reject\w*|contrary|debunk\w*|doubt\w*|false\w*"
)
_HEDGES = word_set(
    """
    alleged allegedly purported purportedly reportedly supposed supposedly apparently apparent possibly possible
    probably probable likely perhaps maybe suspected presumed presumably unconfirmed unverified seemingly potential
    potentially may might could would should appears appear appeared seems seem seemed believed thought said claimed
    claims rumored rumoured feared"""
)
_SURE = word_set(
    "confirmed proven proved established verified undeniable undeniably undoubtedly definitely certainly indisputable"
)
_PLAIN = word_set("is are was were will has have had does do did")
_LOOSE = word_set(
    """
    allegedly purportedly reportedly supposedly apparently possibly probably presumably alleged purported
    unconfirmed unverified"""
)
_MONTH_BEFORE = re.compile(r"(?:in|of|since|until|by|last|next|this|early|late|mid|\d+|from|and|to)$")
_ATTRIBUTES = INVERTIBLE | word_set("say tell estimate believe confirm show think suggest assess quote cite deny")
_SAY = word_set("say believe think argue insist estimate suggest warn")  # of many: "researchers say"
_BEFORE_INFINITIVE = word_set("to can could may might will would should must do does did not n't let")
_TO = frozenset(["to", "with"])
_QUOTED = re.compile(r"[“”\"«»„]")
_EXCUSED = re.compile(r"^[“\"«„].*[”\"»“][.!?]?$", re.DOTALL)  # a quotation standing alone continues its speaker
_DROPPED_KEPT = 0.75  # of the words of the sentence that is left, for it to be the other one without its source
_LEAST_LEFT = 5  # words
_NEAR_CUE = 3  # words
# Words from a cue to what is said ("told parliament that"), and of a source before its cue.
_BEHIND_CUE, _BEFORE_CUE = 4, 9
_PAUSES = (",", "—", "–", "-", ":")
_RELATIVES = word_set("which who whose where while and but if when something known as because although though during")
_TYPO = 1  # letters in which one word spelt otherwise may differ
_SPELT = 0.72  # likeness of letters, for two words to be one spelt otherwise
FUNCTION = word_set(
    """
    a an the and or of in on at to for from by with as that which who this these those it its their his her he she they
    is are was were be been has have had will would do does did also then so too very just up out off over about into
    than there here when while where us 's"""
)


def find_differences(before: Unit, after: Unit) -> list[Difference]:
    """Every difference between two sentences of which the second answers the first, in the order of the text.

    None of sentences of more than 250 words.
    """
    if max(len(before.lows), len(after.lows)) > _LONGEST:
        return []
    found = gaps(before, after)
    if not found or kept(before, after, found) < _LEAST_KEPT:
        return []
    whole = _attribution(before, after, found)
    told = [one for gap in found for one in _in_gap(before, after, gap)]
    if cues(after) and not cues(before):  # "reportedly", and now "reports say": as sure as before
        told = [one for one in told if one.what is not What.CERTAINTY]
    return [*whole, *told]


def _in_gap(before: Unit, after: Unit, gap: Gap) -> list[Difference]:
    words = (before.cut(*gap.before), after.cut(*gap.after))
    judged = (
        (What.NUMBER, _number),
        (What.NEGATION, _negation),
        (What.CERTAINTY, _surer),
        (What.CAUTION, _less_sure),
        (What.SOURCE, _source),
        (What.NAME, _name),
    )
    found = [Difference(what, *words) for what, rule in judged if rule(before, after, gap)]
    if found:
        return found
    return [Difference(What.SPELLING if _is_spelling(before, after, gap) else What.WORDING, *words)]


def _is_short(gap: Gap) -> bool:
    return max(gap.before[1] - gap.before[0], gap.after[1] - gap.after[0]) <= _SHORT_GAP


def _number(before: Unit, after: Unit, gap: Gap) -> bool:
    mine, theirs = quantities(before), quantities(after)
    here = [one for one in unmatched(mine, theirs) if one.first < gap.before[1] and one.end > gap.before[0]]
    there = [one for one in unmatched(theirs, mine) if one.first < gap.after[1] and one.end > gap.after[0]]
    if not here or len(here) != len(there) or not _is_short(gap):
        return False
    return any(not is_retold(one, other) for one, other in zip(here, there, strict=True))


def _negation(before: Unit, after: Unit, gap: Gap) -> bool:
    return _is_turned(before, after, gap) or _is_negated(before, after, gap)


def _is_turned(before: Unit, after: Unit, gap: Gap) -> bool:
    """Whether "denied" stands for "confirmed", or the other way round."""
    if not _is_short(gap):
        return False
    mine, theirs = set(before.lows[gap.before[0] : gap.before[1]]), set(after.lows[gap.after[0] : gap.after[1]])
    return bool((mine & _DENYING and theirs & _CONFIRMING) or (mine & _CONFIRMING and theirs & _DENYING))


def _is_negated(before: Unit, after: Unit, gap: Gap) -> bool:
    mine, theirs = _in(before, gap.before, NEGATORS), _in(after, gap.after, NEGATORS)
    if bool(mine) == bool(theirs) or max(len(mine), len(theirs)) > 1 or not _is_short(gap):
        return False
    all_mine, all_theirs = _in(before, _all(before), NEGATORS), _in(after, _all(after), NEGATORS)
    if abs(len(all_mine) - len(all_theirs)) != 1 or (before.distinct | after.distinct) & _TURNING:
        return False
    rest = [
        [word for word in unit.lows[part[0] : part[1]] if word not in NEGATORS and word not in _AUXILIARIES]
        for unit, part in ((before, gap.before), (after, gap.after))
    ]
    if any(_REVERSING.fullmatch(word) for word in (*before.lows, *after.lows)):
        return False
    # Of a clause that is gone the negation is gone with it; "not sure" for "perplexed" says the same. A word for
    # another may be a synonym where a negation was lost, since nobody rewords by leaving out a "not".
    if rest[0] != rest[1] and (theirs or len(rest[0]) != 1 or len(rest[1]) != 1):
        return False
    if not _goes_on(before, after, gap):
        return False
    return not any(_NEGATIVE.fullmatch(word) for word in (*_around(before, gap.before), *_around(after, gap.after)))


def _goes_on(before: Unit, after: Unit, gap: Gap) -> bool:
    """Whether both sentences go on alike behind the gap, or end there."""
    behind = before.lows[gap.before[1] :], after.lows[gap.after[1] :]
    return behind[0][:_ALIKE_BEHIND] == behind[1][:_ALIKE_BEHIND]


def _around(unit: Unit, part: tuple[int, int]) -> Sequence[str]:
    """The words of a gap and those next to it."""
    return unit.lows[max(0, part[0] - 2) : part[1] + 2]


def _all(unit: Unit) -> tuple[int, int]:
    return 0, len(unit.lows)


def _in(unit: Unit, part: tuple[int, int], words: frozenset[str]) -> list[str]:
    """Those of the words that stand in a range; the "No." of a number is none."""
    return [unit.lows[at] for at in range(*part) if unit.lows[at] in words and not _is_numbering(unit, at)]


def _is_numbering(unit: Unit, at: int) -> bool:
    following = unit.lows[at + 1] if at + 1 < len(unit.lows) else ""
    return unit.lows[at] == "no" and (following[:1].isdecimal() or unit.text[unit.tokens[at].end :][:1] == ".")


def _hedges(unit: Unit, part: tuple[int, int]) -> list[str]:
    """The hedging words of a range; "May" where it is a month is none."""
    found = []
    for place in range(*part):
        word = unit.lows[place]
        if word not in _HEDGES or (word == "may" and _is_month(unit, place)):
            continue
        found.append(word)
    return found


def _is_month(unit: Unit, place: int) -> bool:
    if not unit.tokens[place].text[0].isupper():
        return False
    before = unit.lows[place - 1] if place else ""
    following = unit.lows[place + 1] if place + 1 < len(unit.lows) else ""
    return place > 0 or following[:1].isdecimal() or bool(_MONTH_BEFORE.search(before))


def _surer(before: Unit, after: Unit, gap: Gap) -> bool:
    return _is_raised(before, gap.before, after, gap.after)


def _less_sure(before: Unit, after: Unit, gap: Gap) -> bool:
    return _is_raised(after, gap.after, before, gap.before)


def _is_raised(one: Unit, mine: tuple[int, int], other: Unit, theirs: tuple[int, int]) -> bool:
    """Whether the range of `other` is sure of what that of `one` hedges."""
    hedges = _hedges(one, mine)
    if not hedges or max(mine[1] - mine[0], theirs[1] - theirs[0]) > _SHORT_GAP:
        return False
    if set(hedges) & {"may", "might"} and "but" in one.lows[mine[1] :]:  # conceded, not doubted
        return False
    # Another hedge, somewhere else, may stand in for the one that is gone.
    if Counter(_hedges(other, _all(other))) - Counter(_hedges(one, _all(one))):
        return False
    if _in(one, _near(one, mine), NEGATORS) or _in(other, _near(other, theirs), NEGATORS):
        return False
    return _is_firm(hedges, one.lows[mine[0] : mine[1]], other.lows[theirs[0] : theirs[1]])


def _is_firm(hedges: Sequence[str], hedged: Sequence[str], words: Sequence[str]) -> bool:
    """Whether these words are sure of what those in their place hedge."""
    if any(word in _SURE for word in words):
        return True
    if any(word in ("may", "might") for word in hedges):
        return not words or any(word in _PLAIN for word in words)
    if "could" in hedges:
        return "will" in words
    return not words and all(word in _LOOSE for word in hedged)


def _near(unit: Unit, part: tuple[int, int]) -> tuple[int, int]:
    return max(0, part[0] - 1), min(len(unit.lows), part[1] + 1)


# ── whose word ──────────────────────────────────────────────────────────────────────────────────────────────────────


def cues(unit: Unit) -> list[int]:
    """Where the words stand that say somebody says it."""
    if "cues" in unit.noted:
        return unit.noted["cues"]  # type: ignore[no-any-return]  # noted at the end, so a list
    found: list[int] = []
    for place, word in enumerate(unit.lows):
        verb = VERBS.get(word)
        before = unit.lows[place - 1] if place else ""
        following = unit.lows[place + 1] if place + 1 < len(unit.lows) else ""
        many = verb is not None and verb.form == "base" and verb.lemma in _SAY and before not in _BEFORE_INFINITIVE
        speaks = many or (verb is not None and verb.form in ("s", "past") and verb.lemma in _ATTRIBUTES)
        if speaks or (word in ("according", "accordance") and following in _TO):
            found.append(place)
    unit.noted["cues"] = found
    return found


def _attribution(before: Unit, after: Unit, found: Sequence[Gap]) -> list[Difference]:
    mine, theirs = cues(before), cues(after)
    if bool(mine) == bool(theirs):
        return []
    what = What.ATTRIBUTION if mine else What.CREDIT
    if theirs and Counter(_hedges(before, _all(before))) - Counter(_hedges(after, _all(after))):
        return []  # "reportedly", and now "reports say"
    one, places, left = (before, mine, after) if mine else (after, theirs, before)
    if len(left.lows) < _LEAST_LEFT or kept(before, after, found) < _DROPPED_KEPT or _EXCUSED.match(left.text):
        return []
    for gap in found:
        part, rest = (gap.before, gap.after) if mine else (gap.after, gap.before)
        inside = [place for place in places if part[0] <= place < part[1]]
        if (
            inside
            and rest[1] - rest[0] <= 1
            and _is_aside(one, part, inside[-1])
            and not _is_named(one, part, inside[-1], left)
        ):
            return [Difference(what, before.cut(*gap.before), after.cut(*gap.after))]
    return []


def _is_named(unit: Unit, part: tuple[int, int], cue: int, other: Unit) -> bool:
    """Whether the source's name stands in the other sentence too: then it is said in another way whose word it is."""
    names = [at for at in range(*part) if unit.tokens[at].text[0].isupper() and unit.lows[at] not in FUNCTION]
    before, behind = [at for at in names if at < cue], [at for at in names if at > cue]
    # Of "the spokesman of the valley, Oren Vass, said" the last name is the source's; of "said Oren Vass" too.
    source = (before or behind)[-1:]
    return any(unit.lows[at] in other.distinct for at in source)


def _is_aside(unit: Unit, part: tuple[int, int], cue: int) -> bool:
    """Whether the words are a source and its cue: before the statement, behind it, or set apart inside it."""
    words = unit.cut(*part)
    opening = unit.lows[part[0] : min(part[0] + 2, cue)]
    if part[1] - part[0] < 2 or _QUOTED.search(words) or set(opening) & _RELATIVES:  # noqa: PLR2004 - source, cue
        return False
    if opening == ("that",) and part[0] == 0:  # "that said", however
        return False
    by_phrase = unit.lows[cue] in ("according", "accordance")
    if part[0] == 0:
        return by_phrase or _opens(unit, part[1], cue)
    before = unit.text[: unit.tokens[part[0]].start].rstrip('"”’» ')
    following = unit.text[unit.tokens[part[1] - 1].end :].lstrip()
    closes = part[1] == len(unit.lows) or following.startswith(_PAUSES)
    if not before.endswith(_PAUSES) or not closes:
        return False
    return by_phrase or (_is_inverted(unit, part[1], cue) if cue == part[0] else cue - part[0] <= _BEFORE_CUE)


def _opens(unit: Unit, end: int, cue: int) -> bool:
    """Whether the sentence's first words are "X, who did this, said (that)", and nothing is stated in them."""
    before, behind = unit.text[: unit.tokens[cue].start].rstrip(), unit.cut(cue, end)
    return end - cue <= _BEHIND_CUE and "," not in behind and ("," not in before or before.endswith(","))


def _is_inverted(unit: Unit, end: int, cue: int) -> bool:
    """Whether the words are "said X", not "said that" or "said he would"."""
    following = unit.tokens[cue + 1]
    return end - cue <= _NEAR_CUE + 2 and (following.text[0].isupper() or following.low == "the")


def _source(before: Unit, after: Unit, gap: Gap) -> bool:
    """Whether another name stands beside the word of saying."""
    return _is_renamed(before, after, gap) and _is_beside_cue(before, gap.before) and _is_beside_cue(after, gap.after)


def _is_beside_cue(unit: Unit, part: tuple[int, int]) -> bool:
    return any(part[0] - _NEAR_CUE <= place < part[1] + _NEAR_CUE for place in cues(unit))


def _name(before: Unit, after: Unit, gap: Gap) -> bool:
    return _is_renamed(before, after, gap) and not _source(before, after, gap)


def _is_renamed(before: Unit, after: Unit, gap: Gap) -> bool:
    mine, theirs = _names(before, gap.before), _names(after, gap.after)
    if not mine or not theirs or not _is_short(gap):
        return False
    if set(mine) & after.distinct or set(theirs) & before.distinct:
        return False
    return not _is_like(" ".join(mine), " ".join(theirs))


def _names(unit: Unit, part: tuple[int, int]) -> list[str]:
    numbers = {place for one in quantities(unit) for place in range(one.first, one.end)}
    numbers |= {place for place in range(*part) if unit.lows[place] in UNITS}
    capitals = [place for place in range(*part) if unit.tokens[place].text[0].isupper() and place not in numbers]
    # The first word of a sentence is in capitals anyhow.
    return [
        unit.lows[place]
        for place in capitals
        if unit.lows[place] not in FUNCTION and (place > 0 or len(capitals) > 1 or 1 in cues(unit))
    ]


def _is_spelling(before: Unit, after: Unit, gap: Gap) -> bool:
    mine = [word for word in before.lows[gap.before[0] : gap.before[1]] if word not in FUNCTION]
    theirs = [word for word in after.lows[gap.after[0] : gap.after[1]] if word not in FUNCTION]
    if not mine and not theirs:
        return True
    one, other = "".join(mine), "".join(theirs)
    # Iran and Iraq, Tuesday and Thursday, likely and unlikely are alike, and not the same.
    sides = ((before, gap.before), (after, gap.after))
    if any(unit.tokens[at].text[:1].isupper() for unit, part in sides for at in range(*part)) or not (one and other):
        return False
    if any(char.isdecimal() for char in one + other) or one[0] != other[0] or one[-2:] != other[-2:]:
        return False
    return abs(len(one) - len(other)) <= _TYPO and _edits(one, other) <= _TYPO


def _edits(one: str, other: str) -> int:
    """How many letters differ: those of either word that are in no matching run."""
    runs = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return max(len(one), len(other)) - sum(run.size for run in runs)


def _is_like(one: str, other: str) -> bool:
    return bool(one and other) and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SPELT
