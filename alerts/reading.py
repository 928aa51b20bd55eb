"""Documents and what was read in them, as one web page to check the reading by: the text, marked, and its claims.

Pure. Every string that goes to the template is clean (`alerts.plain`); the text is cut first and cleaned piece by
piece, since spans count the characters of the text as it is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alerts.dates import day
from alerts.filling import fill
from alerts.plain import clean, clip, link, shown
from alerts.wording import counted
from news.article import Article, Precision
from news.claim import Claim, PropositionStance, Span
from news.marking import Mark, Role, Segment, cut, paragraphs

_LONGEST_EVIDENCE = 600
_LONGEST_NAME = 120
_LONGEST_TITLE = 300
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_ROUGH = frozenset({Precision.WEEK, Precision.MONTH, Precision.YEAR})
_ROLES = {Role.SOURCE: "holder", Role.CUE: "cue", Role.CONTENT: "content"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment of the text: its words, the classes it is shown by, its title, and the claims it opens."""

    words: str
    marked: bool
    classes: str
    title: str
    opens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A claim's stance on one proposition; `by` names the rule and its score."""

    stance: str
    proposition: str
    by: str


@dataclass(frozen=True, slots=True)
class Row:
    """A claim as the table has it; empty where there is nothing to say. `notes` stand under the evidence."""

    number: int
    holder: str
    kind: str
    actor: str
    modality: str
    modality_rule: str
    cue: str
    sides: tuple[Side, ...]
    spoken: str
    evidence: str
    notes: str

    @property
    def label(self) -> str:
        """The claim in a few words, for those who hear the page: "Claim 2: Ilan Teresk, denied"."""
        return f"Claim {self.number}: {self.holder}, {self.modality}"


@dataclass(frozen=True, slots=True)
class Document:
    """One article laid out. `number` is its place on the page, from 1; `unread` what its excluded ranges are."""

    number: int
    title: str
    facts: str
    address: str
    link: str | None
    lang: str | None
    paragraphs: tuple[tuple[tuple[Piece, ...], ...], ...]
    rows: tuple[Row, ...]
    unread: str

    @property
    def tally(self) -> str:
        """How much was read in it: "2 claims"."""
        return counted(len(self.rows), "claim")


def render_reading(readings: Iterable[tuple[Article, Sequence[Claim]]]) -> str:
    """One self-contained HTML page with a section for each article: its marked text, and its claims in a table.

    The page loads nothing and runs nothing; the same readings give the same bytes.
    """
    documents = tuple(_document(number, *reading) for number, reading in enumerate(readings, 1))
    return fill("reading.html", documents=documents, count=counted(len(documents), "document"))


def _document(number: int, article: Article, claims: Sequence[Claim]) -> Document:
    text = article.text
    told = paragraphs(text, cut(text, claims, article.excluded))
    lang = article.lang or ""
    return Document(
        number=number,
        title=clip(clean(article.title), _LONGEST_TITLE) or "Untitled",
        facts=_facts(article),
        address=clip(clean(article.url), 200),
        link=link(article.url),
        lang=lang if _LANGUAGE.fullmatch(lang) else None,
        paragraphs=tuple(tuple(tuple(_piece(one, text, number) for one in line) for line in lines) for lines in told),
        rows=tuple(_row(place, claim, text) for place, claim in enumerate(claims, 1)),
        unread=", ".join(sorted({clean(one.why) for one in article.excluded})),
    )


def _facts(article: Article) -> str:
    """Outlet, author and day, on one line."""
    when = "undated"
    if article.published:
        rough = article.published_precision
        when = day(article.published.date())
        when += f" (known to the {rough.value})" if rough in _ROUGH else ""
    parts = (clip(clean(article.outlet), _LONGEST_NAME), clip(clean(article.byline or ""), _LONGEST_NAME), when)
    return ", ".join(part for part in parts if part)


def _piece(one: Segment, text: str, document: int) -> Piece:
    classes = [role.value for role in Role if role in one.roles]
    classes += ["deep"] if one.depth > 1 else []
    classes += ["unread"] if one.excluded is not None else []
    classes += dict.fromkeys(f"of-{document}-{mark.claim}" for mark in one.marks)
    titles = [_title(one.marks)] if one.marks else []
    titles += [f"not read: {clean(one.excluded)}"] if one.excluded is not None else []
    return Piece(shown(text[one.start : one.end]), bool(one.marks), " ".join(classes), "; ".join(titles), one.opens)


def _title(marks: Iterable[Mark]) -> str:
    """What a place is to each claim: "content of claim 1; holder of claim 2"."""
    return "; ".join(f"{_ROLES[mark.role]} of claim {mark.claim}" for mark in marks)


def _row(number: int, claim: Claim, text: str) -> Row:
    cited = f"passes on {clip(clean(claim.cited), _LONGEST_NAME)}" if claim.cited else ""
    notes = ("quoted" if claim.quoted else "", clean(claim.rule), cited)
    return Row(
        number=number,
        holder=clip(clean(claim.holder), _LONGEST_NAME) or "unnamed",
        kind=claim.holder_kind.value,
        actor=clip(clean(claim.actor or ""), _LONGEST_NAME),
        modality=claim.modality.value,
        modality_rule=clean(claim.modality_rule),
        cue=_words(claim.cue, text),
        sides=tuple(_side(one) for one in claim.propositions),
        spoken=day(claim.spoken_on) if claim.spoken_on else "",
        evidence=clip(clean(claim.evidence), _LONGEST_EVIDENCE),
        notes=" · ".join(note for note in notes if note),
    )


def _words(spans: Iterable[Span], text: str) -> str:
    return clip(" … ".join(clean(text[start:end]) for start, end in spans), _LONGEST_NAME)


def _side(one: PropositionStance) -> Side:
    return Side(one.stance.value, clean(one.proposition), f"{clean(one.rule)} {one.score:.2f}".strip())
