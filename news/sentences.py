"""Sentences by exact offsets, aware of quotations, abbreviations, initials and datelines; the text is never changed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from news.cues import INVERTIBLE, VERBS
from news.quotations import Quotation
from news.vocabulary import word_set

_ABBREVIATIONS = word_set(
    """
    mr mrs ms dr prof gen lt col maj capt sgt adm rear brig cmdr gov sen rep pres hon st rev jr sr no nos vs etc inc
    ltd corp co jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun approx est dept
    univ fig al cf u.s u.k u.n e.g i.e a.m p.m d.c ph.d ret vol art mt ft min deputy.min"""
)
_MAY_END = frozenset({"u.s", "u.k", "u.n", "a.m", "p.m", "d.c", "inc", "ltd", "corp", "co", "jr", "sr", "etc", "ph.d"})
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[.!?…]+[\"'”’»)\]]*$")
_LAST_WORD = re.compile(r"([\w.]*\w)\.+[\"'”’»)\]]*$")
_SPOKE = "|".join(
    sorted(form for form, verb in VERBS.items() if verb.lemma in INVERTIBLE and verb.form in ("s", "past"))
)
_SPEAKS = re.compile(
    rf"\s+(?:(?:he|she|they)\b|(?:the\s|(?:Mr|Ms|Mrs|Dr|Sen|Rep|Gov|Gen)\.\s)?(?:[A-Z][\w.'-]*\s+){{0,4}}(?:[a-z]+\s)?(?:{_SPOKE}|asked|told)\b)"
)
_STARTERS = word_set(
    "the a an he she it they we i but and in on at this that these those there however meanwhile his her its their"
)
_LONGEST_WORD = 60  # characters; of a longer one the end tells as much
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its bounds, the number of its paragraph, and whether it is a whole quotation or part of one."""

    start: int
    end: int
    paragraph: int


def _is_stop(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    rest = text[stop.end() : end].lstrip()
    if not rest:
        return True
    first = rest.lstrip("\"'“‘«([")[:1]
    if not first or first.islower():
        return False
    if stop.group()[0] != ".":
        return True
    word = _LAST_WORD.search(text, max(start, stop.end() - _LONGEST_WORD), stop.end())
    if not word:
        return True
    low = word.group(1).lower()
    if low in _MAY_END or (len(low) == 1 and low.isalpha()):
        following = re.match(r"\w+", rest)
        return following is not None and following.group().lower() in _STARTERS and low in _MAY_END
    return low not in _ABBREVIATIONS


def _inside(quotations: Sequence[Quotation], starts: Sequence[int], at: int) -> Quotation | None:
    place = bisect_right(starts, at) - 1
    if place < 0:
        return None
    one = quotations[place]
    return one if one.start <= at < one.end else None


def _ends_here(text: str, stop: re.Match[str], start: int, end: int, around: Quotation | None) -> bool:
    """A stop inside a quotation ends nothing, unless the quotation closes with it and the next word starts anew."""
    if around is not None and around.closed and stop.end() < around.end:
        return False
    if around is not None and not around.closed:
        return stop.end() >= end
    asked = around is not None and stop.group().lstrip(".!?…") and stop.group()[0] in "!?…"
    if asked and _SPEAKS.match(text, stop.end(), end):
        return False
    return _is_stop(text, stop, start, end)


def _split(text: str, start: int, end: int, number: int, quotations: Sequence[Quotation]) -> list[Sentence]:
    starts = [one.start for one in quotations]
    found: list[Sentence] = []
    at = start
    for stop in _STOP.finditer(text, start, end):
        if stop.start() < at or not _ends_here(text, stop, at, end, _inside(quotations, starts, stop.start())):
            continue
        found.append(Sentence(at, stop.end(), number))
        at = stop.end()
        while at < end and text[at].isspace():
            at += 1
    if at < end:
        found.append(Sentence(at, end, number))
    return found


def find_sentences(text: str, quotations: Sequence[Quotation]) -> list[Sentence]:
    """Every sentence of the text in order. A quotation stays with the sentence around it, however many it holds."""
    found: list[Sentence] = []
    spoken = [one for one in quotations if one.speech]
    starts = [one.start for one in spoken]
    for number, paragraph in enumerate(_PARAGRAPH.finditer(text)):
        body = paragraph.group()
        start = paragraph.start() + len(body) - len(body.lstrip())
        end = paragraph.start() + len(body.rstrip())
        here = spoken[bisect_left(starts, start) : bisect_left(starts, end)]
        if start < end:
            found.extend(_split(text, start, end, number, here))
    return found


def blank(text: str, excluded: Sequence[tuple[int, int]]) -> str:
    """The text with the excluded ranges turned into line breaks: nothing there is read, every offset stays."""
    kept = list(text)
    for start, end in excluded:
        for place in range(max(0, start), min(len(kept), end)):
            kept[place] = "\n"
    return "".join(kept)
