"""One key for a name however it is spelled: Myong-hyun and Myung Hyun, Tertitskiy and Tertitsky, Vassily and Vasily.

Folds what the romanisations of Hangul (McCune-Reischauer, Revised and others) and of Cyrillic (BGN/PCGN, ISO 9, the
press's own) write in different ways. Two names with one key are most likely one name; a key is never shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FAMILIES = {
    name: key
    for key, names in {
        "ri": "lee yi ri rhee li rhie",
        "pak": "park pak bak bark",
        "choe": "choi choe choy",
        "no": "roh noh no rho",
        "kim": "kim gim ghim",
        "chong": "jung jeong chung chong jong joung",
        "cho": "cho jo joe",
        "yun": "yoon yun youn",
        "im": "lim im rim yim",
        "kang": "kang gang",
        "sin": "shin sin",
        "mun": "moon mun",
        "chu": "chu joo ju",
    }.items()
    for name in names.split()
}
_FOLDS = (
    (re.compile(r"ia$"), "ya"),
    (re.compile(r"oi"), "oy"),
    (re.compile(r"(?:iy|ij|yy|yi|ii|ey|ei|i|y)$"), "y"),
    (re.compile(r"tsky$"), "tsky"),
    (re.compile(r"yev|iev"), "ev"),
    (re.compile(r"^ye"), "e"),
    (re.compile(r"yeo|yu|you"), "yo"),
    (re.compile(r"eo|eu"), "o"),
    (re.compile(r"oo|ou|woo|wu"), "u"),
    (re.compile(r"ae"), "e"),
    (re.compile(r"kh|gh"), "h"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"sh(?=[iy])"), "s"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_GIVEN = (
    (re.compile(r"yung|yeong"), "yong"),
    (re.compile(r"ung"), "ong"),
    (re.compile(r"^g"), "k"),
    (re.compile(r"j"), "ch"),
    (re.compile(r"ae"), "e"),
    (re.compile(r"eu"), "u"),
    (re.compile(r"yeo|you"), "yo"),
    (re.compile(r"(?<!g)yu"), "yo"),
    (re.compile(r"eo"), "o"),
    (re.compile(r"woo|oo|ou"), "u"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_PARTS = re.compile(r"[^\W\d_]+")
_SYLLABLES = 3  # a family name and these many words are a name of another kind


def _fold(word: str) -> str:
    for expression, instead in _FOLDS:
        word = expression.sub(instead, word)
    return word


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """The key of a personal name; equal for the spellings of one name. Titles and initials are not looked at."""
    plain = "".join(char for char in unicodedata.normalize("NFD", name.lower()) if unicodedata.category(char) != "Mn")
    plain = re.sub(r"['’ʹʼ]", "", plain)
    words = [word for word in _PARTS.findall(plain) if len(word) > 1] or _PARTS.findall(plain)
    if not words:
        return plain
    first, rest = words[0], words[1:]
    if first in _FAMILIES and rest:
        return f"{_FAMILIES[first]} {_syllables(rest)}"
    return " ".join(_fold(word) for word in words)


def _syllables(words: list[str]) -> str:
    """A given name of two syllables as one word: "Myong-hyun", "Myung Hyun" and "Myonghyun" alike."""
    joined = "".join(words) if len(words) < _SYLLABLES else " ".join(words)
    for expression, instead in _GIVEN:
        joined = expression.sub(instead, joined)
    return joined
