"""Which other outlet a sentence gives as its source: "Coast Wire reported", "according to the Gazette", "told AFP"."""

from __future__ import annotations

import re

from analysis.terms import level
from news.topic import Topic

_SHORTEST = 2  # letters of a name
_BEHIND = (
    r"(?:['’]s?(?: \w+){1,3}?"
    r"|,? (?:the |a )?(?:[\w-]+ ){0,3}?(?:news )?(?:agency|newspaper|daily|website|broadcaster),?)?"
    r"\s(?:(?:has|have|had|also|later|earlier|first|on|previously|this|last|in|its|own|\w+day|week|month|year) )*"
    r"(?:report(?:s|ed)|said|says|wrote|writes|quot(?:es|ed)|cit(?:es|ed)|carried|published|broadcast|aired|reveal(?:s|ed)"
    r"|claim(?:s|ed)|learn(?:s|ed)|announced)\b"
)
_BEFORE = (
    r"\b(?i:according to|in accordance to|citing|cites|cited by|quoting|quoted by|reported by|as reported (?:by|in)"
    r"|carried by|published (?:by|in|on)|broadcast (?:by|on)|aired (?:by|on)|told|tells|interview (?:with|by|for|to|in)"
    r"|speaking (?:to|with)|spoke (?:to|with)|reports? (?:by|in|from|on|of)|statement (?:to|in|on)|seen by|obtained by"
    r"|shared with)\s(?:(?:the|a|an|state|official|news|agency|newspaper|daily|\w+['’]s|[a-z]+-[a-z]+"
    r"|[A-Z][a-z]+n) ){0,4}?"
)


class Citations:
    """Finds cited outlets for one topic; the outlets' names are compiled once."""

    def __init__(self, topic: Topic) -> None:
        self._ids = {
            level(name): outlet.id
            for outlet in reversed(topic.outlets)
            for name in (outlet.name, *outlet.aliases)
            if len(name) >= _SHORTEST and name[0].isupper()
        }
        names = "|".join(re.escape(name) for name in sorted(self._ids, key=len, reverse=True))
        self._names = re.compile(rf"(?<!\w)(?:{names})(?!\w)") if names else None
        self._cited = (
            re.compile(rf"(?<!\w)(?P<one>{names}){_BEHIND}|{_BEFORE}(?P<other>{names})(?!\w)") if names else None
        )

    def cited(self, sentence: str, outlet: str) -> str | None:
        """The id of the outlet whose report the sentence passes on, or None; its own (`outlet`) is none.

        Of several the last in the chain counts: "A said, citing B" is B's word.
        """
        leveled = level(sentence)
        if self._names is None or self._cited is None or not self._names.search(leveled):
            return None
        found = [self._ids[match["one"] or match["other"]] for match in self._cited.finditer(leveled)]
        others = [one for one in found if one != outlet]
        return others[-1] if others else None
