"""The topic's terms as regular expressions: whole words, `*` for a prefix, `@id` for every name of an entity."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from news.topic import Entity, Topic

_WORD = re.compile(r"\w+")
NOTHING = re.compile(r"(?!)")
_CAPITALS_UP_TO = 4  # "US" is a country and "us" is not: short all-capital names match in capitals only
_NAMED_BY_CAPITAL = re.compile(r"\bthe ([A-Z][a-z]+)$")
_PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "‑": "-"}
_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # controls, directions
)
_TYPOGRAPHIC = re.compile(f"[{''.join(_PLAIN)}{_UNSEEN}]")


def level(text: str) -> str:
    """The text with typographic apostrophes, hard spaces and hyphens made plain, one code point for one.

    What nobody sees (control characters, marks of direction) becomes a blank.
    """
    return _TYPOGRAPHIC.sub(lambda found: _PLAIN.get(found[0], " "), text)


def entity_terms(entity: Entity) -> tuple[str, ...]:
    """Every name and adjective of an entity."""
    return (*entity.names, *entity.adjectives)


def expand(terms: Iterable[str], topic: Topic) -> list[str]:
    """The terms with each `@id` replaced by the names and adjectives of that entity."""
    found: list[str] = []
    for term in terms:
        entity = topic.entity(term[1:]) if term.startswith("@") else None
        found.extend(entity_terms(entity) if entity else (term,))
    return found


def _one(term: str) -> str:
    plain = level(term.strip())
    stem, prefix = (plain[:-1], True) if plain.endswith("*") else (plain, False)
    body = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", stem) if word)
    body = body.replace(r"\*", r"\w*")
    if named := _NAMED_BY_CAPITAL.search(stem):
        # "the North" is a name, "the north" is where it is colder.
        body = f"{body[: -len(named[1])]}(?-i:{named[1]}|{named[1].upper()})"
    if stem.isupper() and len(stem.replace(".", "")) <= _CAPITALS_UP_TO and any(map(str.isalpha, stem)):
        body = f"(?-i:{body})"
    return body + (r"\w*" if prefix else "")


def compile_terms(terms: Iterable[str]) -> re.Pattern[str]:
    """One expression that finds any of the terms (longest first) as whole words, without case; nothing for none."""
    parts = sorted({_one(term) for term in terms if term.strip(" *")}, key=len, reverse=True)
    if not parts:
        return NOTHING
    # By first letters: where a word begins, only the terms of its letter are tried.
    begun: dict[str, list[str]] = {}
    for part in parts:
        begun.setdefault(part[0].lower() if part[0].isalpha() else "", []).append(part)
    plain = begun.pop("", [])
    groups = [f"{letter}(?:{'|'.join(part[1:] for part in some)})" for letter, some in begun.items()]
    return re.compile(r"(?<![\w])(?:" + "|".join([*groups, *plain]) + r")(?!\w)", re.IGNORECASE)


def first_words(terms: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words and the stems (`suppl*`) that terms begin with: a text without any of them holds none of the terms."""
    words: set[str] = set()
    stems: set[str] = set()
    for term in terms:
        plain = level(term.strip()).lower()
        first = _WORD.search(plain)
        if first:
            (stems if plain[first.end() : first.end() + 1] == "*" else words).add(first.group())
    return frozenset(words), tuple(sorted(stems))


@lru_cache(maxsize=256)
def openings_of(text: str) -> frozenset[str]:
    """The words of a levelled text in lower case, and every beginning of each with a `*`: what terms may open with."""
    words = set(_WORD.findall(text.lower()))
    return frozenset(words | {f"{word[:end]}*" for word in words for end in range(1, len(word) + 1)})
