"""How much an article is on the topic: terms of the scope's groups, weighed by where they stand."""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.terms import compile_terms, expand, level
from news.article import Relevance
from news.topic import ScopeGroup, Topic

_TITLE = 0.5  # one term in the title
_LEAD = 0.3  # one in the first paragraphs: a short item met once there is on the topic
_BODY = 0.15  # one further down: a passing mention stays under the usual threshold
_LEAD_CHARACTERS = 700
_NAMED = 3  # terms named as reasons for one group


@lru_cache(maxsize=64)
def _expression(group: ScopeGroup, topic: Topic) -> re.Pattern[str]:
    return compile_terms(expand(group.terms, topic))


def _strength(expression: re.Pattern[str], title: str, text: str) -> tuple[float, list[str]]:
    in_title = [hit.group().lower() for hit in expression.finditer(title)]
    hits = [(hit.start(), hit.group().lower()) for hit in expression.finditer(text)]
    lead = sum(1 for at, _ in hits if at < _LEAD_CHARACTERS)
    weight = _TITLE * len(in_title) + _LEAD * lead + _BODY * (len(hits) - lead)
    return min(1.0, weight), list(dict.fromkeys(in_title + [term for _, term in hits]))[:_NAMED]


def relevance(title: str, text: str, topic: Topic) -> Relevance:
    """The score (0 to 1) of an article: the weakest required group, lifted a little by groups that are not required.

    Without any required group the strongest group decides. `reasons` name the terms met, group by group.
    """
    title, text = level(title), level(text)
    needed: list[float] = []
    extra: list[float] = []
    reasons: list[str] = []
    for group in topic.scope.groups:
        strength, terms = _strength(_expression(group, topic), title, text)
        (needed if group.required else extra).append(strength)
        reasons.extend(f"{group.name}: {term}" for term in terms)
    weakest = min(needed, default=max(extra, default=0.0))
    score = weakest * 0.9 + 0.1 * max(extra, default=weakest)
    met = all(one > 0 for one in needed) and score >= topic.scope.threshold
    return Relevance(round(score, 3), on_topic=met, reasons=tuple(reasons))
