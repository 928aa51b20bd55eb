"""What is known of an article before anybody in it is resolved: its trees, its day, its home, the topic's names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from spacy.tokens import Doc

from analysis.roster import Roster
from news.claim import Span
from news.topic import Entity


@dataclass(frozen=True)
class Scene:
    """One article as those see it who look for its holders; `home` is the entity it comes from or speaks for."""

    roster: Roster
    doc: Doc
    day: date | None
    home: str | None = None
    quotations: tuple[Span, ...] = field(default_factory=tuple)

    @cached_property
    def text(self) -> str:
        """The levelled text; a `Doc` puts it together anew each time it is asked."""
        return self.doc.text

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(one.id for _, one in self.roster.entities_in(self.text))

    def names(self, entity: Entity) -> bool:
        """Whether the article names an entity at all, or comes from it: else an office of that name is another's."""
        return entity.id in self._named or entity.id == self.home


def within(place: int, spans: Sequence[Span]) -> bool:
    """Whether a place of the text lies in one of the spans."""
    return any(start <= place < end for start, end in spans)
