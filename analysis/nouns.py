"""What a number counts: the noun behind it, before it ("a force of 6,000"), or left out ("some 2,700 wounded")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.amounts import Amount
from analysis.fates import FATE_WORD, fate_of
from analysis.numerals import Token
from news.vocabulary import word_set

_MORE = word_set("more additional further extra fresh new")
_ENDING = word_set(
    """a an the this that these those all any each every no some my your his her its our their of in to from who whom
    which whose what is are was were be been being has have had do does did will would could can may might shall
    should must and or as but by with for on at into onto over under across after before since until till during
    between among through via per than then when where while if because so not it he she they we you i now already
    still only also just far too today yesterday tonight tomorrow away ago early later soon instead apiece
    altogether together out up down off back home there here about around against along beside besides within
    without near past ever never yet including such fewer less overseas always perhaps sometimes afterwards
    nowadays whereas thus both either neither remain remains left went came said says say told"""
)
_IRREGULAR = word_set(
    """people men women children police policemen policewomen servicemen servicewomen fishermen firemen cattle sheep
    fish salmon trout deer personnel infantry cavalry staff artillery ammunition ordnance troops crew livestock
    poultry feet mice oxen aircraft spacecraft vessels riflemen gunmen marines gendarmerie militia"""
)
_SINGULAR_S = re.compile(r"(?:ss|us|is|ous|news)$")
_NO_NOUN = re.compile(r"(?:ed|ing|ly|n't)$")
_PARTITIVE = re.compile(r"\s*of (?:them|those|these|us|you|whom|which|their number)\b", re.IGNORECASE)
OF = re.compile(r"\s*of (?:the |its |their |his |her |our |these |those |all )?", re.IGNORECASE)
_COLLECTIVE = re.compile(
    r"\b(?P<noun>force|contingent|army|crowd|group|team|fleet|garrison|workforce|staff|crew|delegation|party|convoy|mob"
    r"|unit|band|column|corps|expedition)s? of\s*$",
    re.IGNORECASE,
)
_COUNT_OF = re.compile(r"\b(?:numbers?|tally|count|totals?|toll|figures?|estimates?|tallies) of ", re.IGNORECASE)
_STRONG = re.compile(r"[-‐‑ ](?:strong|man|member|person|odd)\b", re.IGNORECASE)
_WHO = re.compile(r"\s+who\b", re.IGNORECASE)
_LONGEST_NOUN = 6  # words
_SHORT = 3
_SHORTLY = 40  # characters
BREAK = re.compile(
    r"[;:.!?]\s|\s[—–-]\s|—|[()]"
    r"|,\s(?=(?:and|but|while|with|of whom|of which|including|most|many|as well as|up|down)\b)"
)
WIDEST = 400  # characters to either side of a number that can belong to its clause


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted: its head in lower case, its phrase, where it ends."""

    unit: str
    phrase: str
    end: int
    more: bool = False


def noun_of(text: str, tokens: list[Token], one: Amount) -> Noun | None:
    """What an amount counts; None where it counts nothing."""
    strong = _STRONG.match(text, one.closing)
    if strong:
        return _own(text, tokens, strong.end())
    partitive = _PARTITIVE.match(text, one.closing)
    if partitive:
        return Noun("", "", partitive.end())
    fate = FATE_WORD.match(text, one.closing)
    of = OF.match(text, one.closing)
    own = None if fate else _own(text, tokens, of.end() if of else one.closing)
    if own is not None:
        return own
    if fate:
        word = fate["fate"].lower()
        unit = word if " " not in word and word not in ("died", "dies", "dying", "perished", "fallen") else ""
        return Noun(unit, "", fate.end()) if unit else Noun("", "", one.closing)
    return _elsewhere(text, tokens, one)


def _elsewhere(text: str, tokens: list[Token], one: Amount) -> Noun | None:
    """The noun before the amount ("a force of 6,000", "the number of strikers has grown to 2,000"), or left out."""
    collective = _COLLECTIVE.search(text, max(0, one.opening - _SHORTLY), one.opening)
    if collective:
        return Noun(collective["noun"].lower(), collective["noun"], one.closing)
    if not one.clear:
        shortly = text[max(0, one.opening - _SHORTLY) : one.opening]
        return Noun("", "", one.closing) if _WHO.match(text, one.closing) or fate_of("", shortly, "") else None
    start = max(
        (each.end() for each in BREAK.finditer(text, max(0, one.opening - WIDEST), one.opening)),
        default=max(0, one.opening - WIDEST),
    )
    counts = list(_COUNT_OF.finditer(text, start, one.opening))
    own = _own(text, tokens, counts[-1].end()) if counts else None
    if own is not None and own.end <= one.opening:
        return replace(own, end=one.closing)
    return Noun("", "", one.closing)


def _own(text: str, tokens: list[Token], at: int) -> Noun | None:
    """The noun phrase that begins at a character: its words up to the first plural noun."""
    run: list[Token] = []
    more, last = False, at
    for place in range(bisect_left(tokens, at, key=lambda token: token.start), len(tokens)):
        token = tokens[place]
        apart = bool(text[last : token.start].strip()) and token.text != "-"
        if apart or len(run) > _LONGEST_NOUN:
            break
        last = token.end
        if not run and token.text in _MORE:
            more = True
            continue
        if token.text == "-" and run:
            continue
        if token.low == "and" and run and run[-1].text[0].isupper() and _is_name(tokens, place + 1):
            continue  # "50,000 Danish and Swedish troops"
        if not token.text[0].isalpha() or token.low in _ENDING:
            break
        run.append(token)
    head = _head(text, tokens, run)
    if head is None:
        return None
    first = run[0].start
    unit = " ".join(text[run[_capitalised(run, head)].start : run[head].end].split()).lower()
    return Noun(unit, " ".join(text[first : run[head].end].split()), run[head].end, more)


def _is_name(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].text[0].isupper()


def _head(text: str, tokens: list[Token], run: Sequence[Token]) -> int | None:
    """The place of the counted noun in a run of words."""
    plural = next((place for place, token in enumerate(run) if _is_plural(text, token)), None)
    if plural is not None:
        while plural + 1 < len(run) and _is_plural(text, run[plural + 1]) and run[plural + 1].text[0].islower():
            plural += 1
        return plural
    if not run or len(run) > _SHORT or _NO_NOUN.search(run[0].low) or not run[-1].text[0].islower():
        return None
    place = bisect_left(tokens, run[-1].end, key=lambda token: token.start)
    following = tokens[place].low if place < len(tokens) else ""
    verbs = ("have", "are", "were", "has", "is", "was", "set", "")
    strong = _STRONG.search(text[max(0, run[0].start - _SHORTLY) : run[0].start])
    if following in verbs or strong or (following in (",", ".", ";") and len(run[-1].low) > _SHORT):
        return len(run) - 1
    return None


def _capitalised(run: Sequence[Token], head: int) -> int:
    """Where a name that is the noun begins: "New Zealanders" counts as one."""
    first = head
    while first > 0 and run[head].text[0].isupper() and run[first - 1].text[0].isupper():
        first -= 1
    return first


def _is_plural(text: str, token: Token) -> bool:
    low = token.low
    if low.endswith("'s") or text[token.end : token.end + 1] == "'":
        return False  # "20 of the drivers' friends"
    return low in _IRREGULAR or (len(low) > _SHORT and low.endswith("s") and not _SINGULAR_S.search(low))
