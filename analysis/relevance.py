"""How much an article is on the topic: terms of the scope's groups, weighed by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.terms import compile_terms, expand, first_words, level
from news.article import Relevance
from news.topic import ScopeGroup, Topic

_TITLE = 0.5  # one term in the title
_LEAD = 0.3  # one in the first paragraphs: a short item met once there is on the topic
_BODY = 0.15  # one further down: a passing mention stays under the usual threshold
_LEAD_CHARACTERS = 700
_NAMED = 3  # terms named as reasons for one group
_KEPT = 4  # topics whose terms are kept compiled
_WORD = re.compile(r"\w+")
_BEGINS_AS_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class _Terms:
    """One group's terms: the expression that finds them, and the words and stems one of them can begin with.

    `words` is None where some term begins with no word: then every place is looked at.
    """

    group: ScopeGroup
    expression: re.Pattern[str]
    words: frozenset[str] | None
    stems: tuple[str, ...]

    def begins(self, word: str) -> bool:
        """Whether one of the terms can begin with a word, given in lower case."""
        return self.words is not None and (word in self.words or bool(self.stems and word.startswith(self.stems)))

    def find(self, text: str, begun: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """Where each term stands in the text and how it reads there; `begun` are words of it that may begin one.

        Gives what `expression.finditer` would: an expression that tries dozens of terms at every character takes
        longer than all else that is asked of a text, so it is tried only where a word can begin one of them.
        """
        if self.words is None:
            yield from ((hit.start(), hit.group().lower()) for hit in self.expression.finditer(text))
            return
        reached = 0
        for at, word in begun:
            if at < reached or not self.begins(word):
                continue
            if hit := self.expression.match(text, at):
                reached = hit.end()
                yield at, hit.group().lower()


@dataclass(frozen=True)
class _Scope:
    """A topic's groups, and the words and stems with which any of their terms can begin."""

    groups: tuple[_Terms, ...]
    words: frozenset[str]
    stems: tuple[str, ...]

    def begun(self, text: str) -> list[tuple[int, str]]:
        """Where a term of any group may begin, and with which word, in lower case."""
        words, stems = self.words, self.stems
        found = [(match.start(), match[0].lower()) for match in _WORD.finditer(text)]
        return [(at, word) for at, word in found if word in words or word.startswith(stems)]


_compiled: list[tuple[Topic, _Scope]] = []


def relevance(title: str, text: str, topic: Topic) -> Relevance:
    """The score (0 to 1) of an article: the weakest required group, lifted a little by groups that are not required.

    Without any required group the strongest group decides. `reasons` name the terms met, group by group.
    """
    title, text = level(title), level(text)
    scope = _scope_of(topic)
    in_title, in_text = scope.begun(title), scope.begun(text)
    needed: list[float] = []
    extra: list[float] = []
    reasons: list[str] = []
    for terms in scope.groups:
        titled = [term for _, term in terms.find(title, in_title)]
        hits = list(terms.find(text, in_text))
        lead = sum(1 for at, _ in hits if at < _LEAD_CHARACTERS)
        weight = _TITLE * len(titled) + _LEAD * lead + _BODY * (len(hits) - lead)
        (needed if terms.group.required else extra).append(min(1.0, weight))
        named = list(dict.fromkeys(titled + [term for _, term in hits]))[:_NAMED]
        reasons.extend(f"{terms.group.name}: {term}" for term in named)
    weakest = min(needed, default=max(extra, default=0.0))
    score = weakest * 0.9 + 0.1 * max(extra, default=weakest)
    met = all(one > 0 for one in needed) and score >= topic.scope.threshold
    return Relevance(round(score, 3), on_topic=met, reasons=tuple(reasons))


def _scope_of(topic: Topic) -> _Scope:
    """The topic's groups, compiled once; found by identity, since comparing topics walks through all they hold."""
    for known, scope in _compiled:
        if known is topic:
            return scope
    groups = tuple(_compile(group, topic) for group in topic.scope.groups)
    words = frozenset[str]().union(*(group.words or () for group in groups))
    made = _Scope(groups, words, tuple(stem for group in groups for stem in group.stems))
    _compiled.append((topic, made))
    del _compiled[:-_KEPT]
    return made


def _compile(group: ScopeGroup, topic: Topic) -> _Terms:
    listed = expand(group.terms, topic)
    words, stems = first_words(listed)
    plain = all(_BEGINS_AS_WORD.match(level(term.strip())) for term in listed if term.strip(" *"))
    return _Terms(group, compile_terms(listed), words if plain else None, stems)
