"""One article made ready for reading: levelled text, quotations and sentences, all on the stored text's offsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from spacy.tokens import Doc

from analysis.parser.pipeline import call_names, load_pipeline
from analysis.terms import level
from analysis.turns import Turn, Turns, find_turns
from analysis.units import Unit
from news.article import Article
from news.claim import Span
from news.quotations import Quotation, find_quotations
from news.sentences import Sentence, blank, find_sentences

_DATELINE = re.compile(
    r"((?:[A-Z][A-Z .'-]{2,}(?:,[^\n—–]{1,40})?(?:\([^)\n]*\))?)"  # "HAVN, May 14 (Wire) —"
    r"|(?:[A-Z][\w'-]+(?: [A-Z][\w'-]+)?, [A-Z][a-z]{2,8}\.? \d{1,2} ?\([^)\n]{2,40}\)))"  # "Havn, May 14 (Wire) --"
    r"\s*(?:—|–|--|-)\s"
)
_OPENING = 3  # paragraphs
_FINISHED = re.compile(r"[.!?:…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Page:
    """The article without its excluded ranges, dateline and marks of turns; its quotations and its sentences."""

    article: Article
    leveled: str
    quotations: tuple[Quotation, ...]
    sentences: tuple[Sentence, ...]
    doc: Doc
    dateline: str = ""
    turns: Turns = field(default_factory=Turns)

    def unit(self, sentence: Sentence) -> Unit:
        """The tokens of one sentence, with their trees."""
        span = self.doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
        tokens = tuple(one for one in span if not one.is_space) if span is not None else ()
        here = tuple(one for one in self.quotations if one.speech and sentence.start <= one.start < sentence.end)
        return Unit(self.doc, tokens, self.leveled, here, sentence.start, sentence.end)

    def words(self, spans: Sequence[Span]) -> str:
        """The levelled text of some spans, joined by a blank."""
        return " ".join(self.leveled[start:end] for start, end in spans)

    def outside(self, sentence: Sentence, spans: Sequence[Span]) -> str:
        """The levelled words of a sentence without those spans."""
        kept, at = [], sentence.start
        for start, end in sorted(spans):
            kept.append(self.leveled[at : max(at, start)])
            at = max(at, end)
        kept.append(self.leveled[at : max(at, sentence.end)])
        return " ".join(kept)

    def quoted(self, spans: Sequence[Span]) -> bool:
        """Whether any quotation stands in the spans."""
        return any(one.start < end and start < one.end for start, end in spans for one in self.quotations)

    def finished(self, sentence: Sentence) -> bool:
        """Whether the sentence ends as a sentence does: a heading or a link's label does not."""
        return bool(_FINISHED.search(self.leveled[sentence.start : sentence.end].rstrip()))

    def asks(self, sentence: Sentence) -> bool:
        """Whether the sentence is a question."""
        return self.leveled[sentence.start : sentence.end].rstrip(" \"”'").endswith("?")

    def ending(self, sentence: Sentence) -> Sentence:
        """The last sentence of the same paragraph."""
        return [one for one in self.sentences if one.paragraph == sentence.paragraph][-1]

    def is_turn(self, sentence: Sentence) -> bool:
        """Whether the sentence belongs to a question or an answer of an interview."""
        return self.turns.kinds.get(sentence.paragraph) in (Turn.QUESTION, Turn.ANSWER)


def _heads(text: str) -> list[int]:
    """Where the first paragraphs begin: a title or a byline may stand before the dateline."""
    return [one.start() for one in islice(re.finditer(r"\S[^\n]*", text), _OPENING)]


def open_page(article: Article, names: frozenset[str] = frozenset()) -> Page:
    """The article's page, ready for reading; `names` are words known to be people's names."""
    text = blank(article.text, [(one.start, one.end) for one in article.excluded])
    dateline = next((found for at in _heads(text) if (found := _DATELINE.match(text, at))), None)
    if dateline:
        text = blank(text, [dateline.span()])
    turns = find_turns(text)
    text = blank(text, turns.marks)
    quotations = find_quotations(text)
    place = dateline.group(1) if dateline else ""
    leveled = level(text)
    nlp = load_pipeline()
    doc = nlp(call_names(nlp.make_doc(leveled), names))
    return Page(article, leveled, tuple(quotations), tuple(find_sentences(text, quotations)), doc, place, turns)
