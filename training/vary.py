"""Sentences written another way: what news has and the treebanks lack.

Quotation marks and apostrophes of every style, headlines, datelines, and names as Korean news writes them. Every
variation keeps the tree; words are exchanged, or stand in a sentence of their own.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from training.treebank import Sentence

_QUOTES = (("“", "”"), ("“", "”"), ('"', '"'), ("``", "''"), ("«", "»"), ("„", "“"), ("‘", "’"), ("'", "'"))
_FAMILY = [
    "Kim",
    "Lee",
    "Park",
    "Choi",
    "Jung",
    "Cho",
    "Kang",
    "Yoon",
    "Jang",
    "Lim",
    "Ri",
    "Pak",
    "Han",
    "Oh",
    "Shin",
    "Seo",
    "Kwon",
    "Hwang",
    "Ahn",
    "Song",
    "Ryu",
    "Hong",
    "Jon",
    "No",
]
_GIVEN = [
    "jong",
    "un",
    "yong",
    "ho",
    "sung",
    "il",
    "chol",
    "hui",
    "son",
    "sok",
    "yol",
    "ju",
    "ae",
    "myong",
    "su",
    "gil",
    "hyon",
    "min",
    "ki",
    "tae",
    "won",
    "gyu",
    "chang",
    "kyong",
    "rim",
    "nam",
    "hyok",
    "jin",
]
_PLACES = [
    "SEOUL",
    "PYONGYANG",
    "MOSCOW",
    "BEIJING",
    "WASHINGTON",
    "KYIV",
    "TOKYO",
    "LONDON",
    "Seoul",
    "Moscow",
    "Beijing",
    "Washington",
    "Brussels",
    "Geneva",
    "HANOI",
]
_AGENCIES = ("Yonhap", "AP", "Reuters", "AFP", "KCNA", "Kyodo", "Xinhua", "TASS", "Interfax")
_MONTHS = (
    "Jan.",
    "Feb.",
    "March",
    "April",
    "May",
    "June",
    "July",
    "Aug.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
    "October",
    "June",
)


def vary(sentences: Sequence[Sentence], rng: random.Random) -> list[Sentence]:
    """The sentences, some of them written another way, some with a dateline before them."""
    found = []
    style = rng.choice(_QUOTES)
    for number, one in enumerate(sentences):
        if number % 20 == 0:
            style = rng.choice(_QUOTES)
        varied = _requoted(one, style, rng) if rng.random() < 0.5 else one
        varied = _renamed(varied, rng) if rng.random() < 0.06 else varied
        varied = _as_headline(varied, rng) if rng.random() < 0.03 else varied
        if rng.random() < 0.01:
            found.append(_dateline(rng, one.document))
        found.append(varied)
    return found


def _requoted(one: Sentence, style: tuple[str, str], rng: random.Random) -> Sentence:
    words = list(one.words)
    inside = False
    curly = rng.random() < 0.6
    for place, word in enumerate(words):
        if word in ('"', "``", "''", "“", "”"):
            opens = word in ("``", "“") or (word == '"' and not inside)
            words[place] = style[0] if opens else style[1]
            inside = opens
        elif curly and "'" in word and len(word) > 1:
            words[place] = word.replace("'", "’")
        elif not curly and "’" in word:
            words[place] = word.replace("’", "'")
    return replace(one, words=words)


def _as_headline(one: Sentence, rng: random.Random) -> Sentence:
    if rng.random() < 0.3:
        words = [word.upper() for word in one.words]
    else:
        words = [word[:1].upper() + word[1:] for word in one.words]
    return replace(one, words=words)


def _korean(rng: random.Random) -> list[str]:
    """A family name and a given name, in the words the tokenizer makes of them."""
    first, second = rng.choice(_GIVEN), rng.choice(_GIVEN)
    family = rng.choice(_FAMILY)
    return rng.choice(
        (
            [family, first.capitalize(), "-", second],
            [family, first.capitalize(), second.capitalize()],
            [family, (first + second).capitalize()],
            [family, first.capitalize(), "-", second.capitalize()],
        )
    )


def _renamed(one: Sentence, rng: random.Random) -> Sentence:
    """Each person of two words (by names, else by two flat proper nouns) gets a Korean name."""
    if one.heads is None:
        return one
    if one.names is not None:
        spans = [(start, end) for start, end, kind in one.names if kind == "PERSON" and end - start == 2]
    else:
        spans = [
            (place, place + 2)
            for place in range(len(one.words) - 1)
            if one.xpos[place] == one.xpos[place + 1] == "NNP"
            and one.deprels[place + 1] == "flat"
            and one.heads[place + 1] == place
            and (place + 2 == len(one.words) or one.deprels[place + 2] != "flat")
        ]
    for start, end in reversed(spans):
        one = _exchanged(one, start, end, _korean(rng))
    return one


def _exchanged(one: Sentence, start: int, end: int, words: list[str]) -> Sentence:
    """The sentence with a name in place of the words from `start` to `end`; the first word heads the name."""
    assert one.heads is not None
    more = len(words) - (end - start)

    def moved(place: int) -> int:
        return start if start <= place < end else place + more if place >= end else place

    outer = next((w for w in range(start, end) if not start <= one.heads[w] < end or one.heads[w] == w), start)
    root = one.heads[outer] == outer
    heads = [moved(head) for head in one.heads]
    new_heads = [start if root else moved(one.heads[outer])]
    rels, tags, upos, feats = [one.deprels[outer]], ["NNP"], ["PROPN"], ["Number=Sing"]
    for place, word in enumerate(words[1:], 1):
        mark = word == "-"
        new_heads.append(start + place + 1 if mark else start)
        rels.append("punct" if mark else "flat")
        tags.append("HYPH" if mark else "NNP")
        upos.append("PUNCT" if mark else "PROPN")
        feats.append("" if mark else "Number=Sing")

    def put(values: list, new: list) -> list:
        return [*values[:start], *new, *values[end:]]

    names = None
    if one.names is not None:
        names = [
            (moved(a), a + len(words), k) if a == start else (moved(a), moved(b - 1) + 1, k) for a, b, k in one.names
        ]
    return replace(
        one,
        words=put(one.words, words),
        spaces=put(one.spaces, [True] * len(words)),
        heads=put(heads, new_heads),
        deprels=put(one.deprels, rels),
        xpos=put(one.xpos, tags),
        upos=put(one.upos, upos),
        feats=put(one.feats, feats),
        lemmas=put(one.lemmas, list(words)),
        names=names,
    )


def _dateline(rng: random.Random, document: str) -> Sentence:
    """“SEOUL, Oct. 10 (Agency) --” as a sentence of its own."""
    rows = [(rng.choice(_PLACES), 0, "root", "NNP", "PROPN")]
    if rng.random() < 0.7:
        rows += [(",", 2, "punct", ",", "PUNCT"), (rng.choice(_MONTHS), 0, "nmod:unmarked", "NNP", "PROPN")]
        rows += [(str(rng.randint(1, 31)), 2, "nummod", "CD", "NUM")]
    if rng.random() < 0.7:
        at = len(rows)
        rows += [("(", at + 1, "punct", "-LRB-", "PUNCT"), (rng.choice(_AGENCIES), 0, "parataxis", "NNP", "PROPN")]
        rows += [(")", at + 1, "punct", "-RRB-", "PUNCT")]
    rows.append((rng.choice(("--", "—", "–", "-")), 0, "punct", ":", "PUNCT"))
    feats = {"PROPN": "Number=Sing", "NUM": "NumForm=Digit|NumType=Card", "PUNCT": ""}
    words = [row[0] for row in rows]
    names = [(0, 1, "PLACE"), *((at, at + 1, "ORG") for at, word in enumerate(words) if word in _AGENCIES)]
    return Sentence(
        words,
        [True] * len(words),
        [row[1] for row in rows],
        [row[2] for row in rows],
        [row[3] for row in rows],
        [row[4] for row in rows],
        [feats[row[4]] for row in rows],
        list(words),
        names,
        document,
    )
