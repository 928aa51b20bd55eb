"""What attributions are made of: the tokens of one sentence with their trees, and the spans of its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from analysis.clauses import runs
from news.claim import Span
from news.cues import CueKind
from news.quotations import Quotation

_TRIMMED = frozenset(",.;:—–-…")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One reported act: who, by which cue, saying what (text spans), and by which rule it was found.

    `source` is the speaker's phrase without what is said beside the name, `wide` with it.
    """

    source: Span
    wide: Span
    cue: Span
    content: tuple[Span, ...]
    kind: CueKind
    lemma: str
    rule: str
    background: bool = False
    pronoun: bool = False
    future: bool = False
    relative: bool = False  # told in a relative clause: "with which X seeks to …"


@dataclass(frozen=True)
class Unit:
    """A sentence with its whole quotations: its tokens, its text and the quotations of speech in it."""

    doc: Doc
    tokens: tuple[Token, ...]
    text: str  # of the whole page
    quotations: tuple[Quotation, ...]
    start: int
    end: int

    def span(self, first: int, last: int) -> Span:
        """Text bounds of the tokens from `first` to `last`, as far as they lie in the unit."""
        one = self.doc[max(first, last)]
        start = min(max(self.doc[first].idx, self.start), self.end)
        return start, max(start, min(one.idx + len(one), self.end))

    @property
    def first(self) -> int:
        """The place of the first token."""
        return self.tokens[0].i

    @property
    def last(self) -> int:
        """The place of the last token."""
        return self.tokens[-1].i

    def within(self, spans: Sequence[Span]) -> list[Token]:
        """The tokens that stand in the spans."""
        return [one for one in self.tokens if any(start <= one.idx < end for start, end in spans)]

    def quoted(self) -> frozenset[int]:
        """The places of the tokens that stand in quotations of speech."""
        return self._quoted

    @cached_property
    def _quoted(self) -> frozenset[int]:
        return frozenset(one.i for one in self.tokens if any(q.start <= one.idx < q.end for q in self.quotations))

    def holds(self, spans: Sequence[Span], at: int) -> bool:
        """Whether the token at that place stands in one of the spans."""
        return any(start <= self.doc[at].idx < end for start, end in spans)

    def trimmed(self, numbers: Iterable[int]) -> list[Span]:
        """Text spans of the tokens at those places, as far as they lie in the unit, without marks at the ends."""
        found: list[Span] = []
        for first, last in runs(number for number in numbers if self.first <= number <= self.last):
            start, stop = first, last
            while start <= stop and (self.doc[start].text in _TRIMMED or self.doc[start].is_space):
                start += 1
            while stop >= start and (self.doc[stop].text in _TRIMMED or self.doc[stop].is_space):
                stop -= 1
            if start <= stop:
                found.append(self.span(start, stop))
        return found

    def whole(self, span: Span, cue: Span | None = None) -> Span:
        """The span with every quotation it touches taken whole, but for the one the cue stands in."""
        start, end = span
        for one in self.quotations:
            if cue is not None and one.start <= cue[0] < one.end:
                continue
            if start < one.end and one.start < end:
                start, end = min(start, one.start), max(end, one.end)
        return start, min(end, self.end)
