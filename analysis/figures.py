"""Figures of a text: numbers with what they count, their bounds, what has become of it, and whether it is so yet.

amounts ──▶ each with its clause ──▶ its noun (own, of the count, or left out) ──▶ fate, increment, plan ──▶ figures
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.amounts import Amount, amounts
from analysis.fates import FATE_WORD, fate_of, is_planned
from analysis.numerals import Token, tokens_of
from analysis.terms import level
from news.claim import Figure
from news.vocabulary import word_set

_MORE = word_set("more additional further extra fresh new")
_ENDING = word_set(
    """a an the this that these those all any each every no some my your his her its our their of in to from who whom
    which whose what is are was were be been being has have had do does did will would could can may might shall should
    must and or as but by with for on at into onto over under across after before since until till during between among
    through via per than then when where while if because so not it he she they we you i now already still only also
    just far too today yesterday tonight tomorrow away ago early later soon instead apiece altogether together out up
    down off back home there here about around against along beside besides within without near past ever never yet
    since including such both either neither remain remains left went came said says say told"""
)
_IRREGULAR = word_set(
    """people men women children police policemen policewomen
    servicemen servicewomen fishermen firemen cattle sheep fish
    salmon trout deer personnel infantry cavalry staff artillery ammunition ordnance troops crew livestock poultry feet
    mice oxen aircraft spacecraft vessels riflemen gunmen marines gendarmerie militia"""
)
_SINGULAR_S = re.compile(r"(?:ss|us|is|ous|news)$")
_NO_NOUN = re.compile(r"(?:ed|ing|ly|n't)$")
_PARTITIVE = re.compile(r"\s*of (?:them|those|these|us|you|whom|which|their number)\b", re.IGNORECASE)
_PART = re.compile(
    r"\s*of (?:them|those|these|us|you|whom|which|the|its|their|his|her|our|my|your|all)\b", re.IGNORECASE
)
_OF = re.compile(r"\s*of (?:the |its |their |his |her |our |these |those |all )?", re.IGNORECASE)
_COLLECTIVE = re.compile(
    r"\b(?P<noun>force|contingent|army|crowd|group|team|fleet|garrison|workforce|staff|crew|delegation|party|convoy|mob"
    r"|unit|band|column|corps|expedition)s? of\s*$",
    re.IGNORECASE,
)
_COUNT_OF = re.compile(r"\b(?:numbers?|tally|count|totals?|toll|figures?|estimates?|tallies) of ", re.IGNORECASE)
_STRONG = re.compile(r"[-‐‑ ](?:strong|man|member|person|odd)\b", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:another|a further|an additional|additional|further|an extra|extra)\s*$", re.IGNORECASE)
_BREAK = re.compile(
    r"[;:.!?]\s|\s[—–-]\s|—|[()]"
    r"|,\s(?=(?:and|but|while|with|of whom|of which|including|most|many|as well as|up|down)\b)"
)
_APART = re.compile(r"[,;]\s|\s(?:and|but|while|or)\s")
_AT_LEAST = re.compile(
    r"\s*,?\s*(?:(?P<least>at (?:the (?:very )?)?least|or more)|at (?:the (?:very )?)?most|or fewer)\b"
)
_NEGATED = re.compile(r"\b(?:not(?! only)|never|no longer|nor|none of|nobody)\b|n't\b", re.IGNORECASE)
_LONGEST_NOUN = 6  # words
_SHORT = 3
_FAR = 500  # times
_ALONE = 100  # a smaller number that nothing says what it counts is anybody's


@dataclass(frozen=True, slots=True)
class _Noun:
    """What is counted: its head in lower case, its phrase, where it ends."""

    unit: str
    phrase: str
    end: int
    more: bool = False


def read_figures(text: str, before: str = "") -> tuple[Figure, ...]:
    """Every counted thing of the text; "up to" gives the upper bound only, "more than" the lower, a range both.

    Durations, distances, sums, shares, dates and labels are no figures, nor is what a number once was ("up from 800").
    A number that stands alone ("as many as 8,000 of them") counts what the last figure before it does, here or in
    `before`.
    """
    plain = level(text)
    if not any(one.isdigit() for one in plain) and not _NUMERAL.search(plain):
        return ()
    found = _read(plain)
    if all(one.unit for one in found):
        return tuple(found)
    known = [one for one in _read(level(before)) if one.thing] if before else []
    return tuple(one for one in _filled(found, known) if one.unit or (one.value or one.low or 0) >= _ALONE)


_NUMERAL = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|dozens?|scores?|hundreds?|thousands?|millions?|billions?)\b",
    re.IGNORECASE,
)


def _filled(found: Sequence[Figure], known: Sequence[Figure]) -> list[Figure]:
    """Numbers that stand alone count what was counted last; the same number again is what it was before."""
    filled: list[Figure] = []
    for one in found:
        if one.unit and one.thing:
            filled.append(one)
            continue
        earlier = [each for each in (*known, *filled) if each.thing and not _far(each, one)]
        same = next((each for each in reversed(earlier) if each.value == one.value and each.fate == one.fate), None)
        last = same or (earlier[-1] if earlier else None)
        if last is None:
            filled.append(one)
        else:
            planned = one.planned or bool(same and same.planned)
            filled.append(replace(one, unit=one.unit or last.unit, thing=last.thing, planned=planned))
    return filled


def _far(one: Figure, bare: Figure) -> bool:
    """Whether a number is too small to count the same things: "the two states", "those fourteen thousand"."""
    return one.value is not None and bare.value is not None and one.value * _FAR < bare.value


def _read(text: str) -> list[Figure]:
    tokens = tokens_of(text)
    found = amounts(text, tokens)
    nouns = [_noun(text, tokens, one) for one in found]
    for place, (one, following) in enumerate(itertools.pairwise(found)):
        whole = nouns[place + 1]
        if whole is not None and _OF.fullmatch(text, one.closing, following.opening):
            nouns[place] = replace(whole, end=one.closing)  # "318 of the 865 delegates"
    figures: list[Figure] = []
    for place, (one, noun) in enumerate(zip(found, nouns, strict=True)):
        if noun is None:
            continue
        start, end = _clause(text, found, place, noun.end)
        before, behind = text[start : one.opening], text[noun.end : end]
        if _NEGATED.search(before):
            continue
        unit = noun.unit
        if unit and not noun.phrase and any(each.thing for each in figures):
            unit = ""  # "30 miners dead and 43 injured": miners
        fate = fate_of(noun.unit, before, behind if noun.phrase or not noun.unit else "")
        more = noun.more or bool(_ANOTHER.search(before))
        planned = is_planned(before, behind)
        clause = " ".join(text[start:end].split())
        low, high = _bounds(one, text[noun.end :])
        part = bool(_PART.match(text, one.closing))
        figures.append(Figure(unit, one.value, low, high, fate, more, part, planned, noun.phrase, clause))
    return figures


def _bounds(one: Amount, behind: str) -> tuple[float | None, float | None]:
    """The bounds of an amount, also of one bounded behind its noun: "100 dead at the least"."""
    found = _AT_LEAST.match(behind) if one.low is None and one.high is None else None
    if found is None:
        return one.low, one.high
    return (one.value, None) if found["least"] else (None, one.value)


def _clause(text: str, found: Sequence[Amount], place: int, end: int) -> tuple[int, int]:
    """The bounds of the clause around an amount: up to what sets off another statement, or another amount."""
    one = found[place]
    first = max((each.end() for each in _BREAK.finditer(text, 0, one.opening)), default=0)
    if place:
        cuts = [each.end() for each in _APART.finditer(text, found[place - 1].closing, one.opening)]
        first = max(first, cuts[-1]) if cuts else first
    last = next((each.start() for each in _BREAK.finditer(text, end)), len(text))
    if place + 1 < len(found):
        cuts = [each.start() for each in _APART.finditer(text, end, max(end, found[place + 1].opening))]
        last = min(last, cuts[-1]) if cuts else last
    return first, max(last, end)


def _noun(text: str, tokens: list[Token], one: Amount) -> _Noun | None:
    """What an amount counts; None where it counts nothing."""
    strong = _STRONG.match(text, one.closing)
    if strong:
        return _own(text, tokens, strong.end())
    partitive = _PARTITIVE.match(text, one.closing)
    if partitive:
        return _Noun("", "", partitive.end())
    fate = FATE_WORD.match(text, one.closing)
    of = _OF.match(text, one.closing)
    own = None if fate else _own(text, tokens, of.end() if of else one.closing)
    if own is not None:
        return own
    if fate:
        word = fate["fate"].lower()
        unit = word if " " not in word and word not in ("died", "dies", "dying", "perished", "fallen") else ""
        return _Noun(unit, "", fate.end()) if unit else _Noun("", "", one.closing)
    return _elsewhere(text, tokens, one)


def _elsewhere(text: str, tokens: list[Token], one: Amount) -> _Noun | None:
    """The noun before the amount ("a force of 6,000", "the number of strikers has grown to 2,000"), or left out."""
    collective = _COLLECTIVE.search(text, 0, one.opening)
    if collective:
        return _Noun(collective["noun"].lower(), collective["noun"], one.closing)
    if not one.clear:
        return _Noun("", "", one.closing) if fate_of("", text[: one.opening], "") else None
    start = max((each.end() for each in _BREAK.finditer(text, 0, one.opening)), default=0)
    counts = list(_COUNT_OF.finditer(text, start, one.opening))
    own = _own(text, tokens, counts[-1].end()) if counts else None
    if own is not None and own.end <= one.opening:
        return replace(own, end=one.closing)
    return _Noun("", "", one.closing)


def _own(text: str, tokens: list[Token], at: int) -> _Noun | None:
    """The noun phrase that begins at a character: its words up to the first plural noun."""
    run: list[Token] = []
    more, last = False, at
    for token in tokens:
        if token.start < at:
            continue
        apart = bool(text[last : token.start].strip()) and token.text != "-"
        if apart or len(run) > _LONGEST_NOUN:
            break
        last = token.end
        if not run and token.text in _MORE:
            more = True
            continue
        if token.text == "-" and run:
            continue
        if not token.text[0].isalpha() or token.low in _ENDING:
            break
        run.append(token)
    head = _head(text, tokens, run)
    if head is None:
        return None
    first = run[0].start
    unit = " ".join(text[run[_capitalised(run, head)].start : run[head].end].split()).lower()
    return _Noun(unit, " ".join(text[first : run[head].end].split()), run[head].end, more)


def _head(text: str, tokens: list[Token], run: Sequence[Token]) -> int | None:
    """The place of the counted noun in a run of words."""
    plural = next((place for place, token in enumerate(run) if _is_plural(token)), None)
    if plural is not None:
        while plural + 1 < len(run) and _is_plural(run[plural + 1]) and run[plural + 1].text[0].islower():
            plural += 1
        return plural
    if not run or len(run) > _SHORT or _NO_NOUN.search(run[0].low) or not run[-1].text[0].islower():
        return None
    following = next((one.low for one in tokens if one.start >= run[-1].end), "")
    behind = text[run[-1].end :].lstrip()[:1]
    verbs = ("have", "are", "were", "has", "is", "was", "set", "set out", "")
    strong = text[run[0].start - 1 : run[0].start] == " " and _STRONG.search(text[: run[0].start].rstrip()[-8:])
    if following in verbs or strong or (behind in ",.;" and len(run[-1].low) > _SHORT):
        return len(run) - 1
    return None


def _capitalised(run: Sequence[Token], head: int) -> int:
    """Where a name that is the noun begins: "New Zealanders" counts as one."""
    first = head
    while first > 0 and run[head].text[0].isupper() and run[first - 1].text[0].isupper():
        first -= 1
    return first


def _is_plural(token: Token) -> bool:
    low = token.low
    if low.endswith(("'s", "’s")):
        return False
    return low in _IRREGULAR or (len(low) > _SHORT and low.endswith("s") and not _SINGULAR_S.search(low))
