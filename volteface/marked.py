"""A document on a terminal: its text with what was read marked in it, and the claims in a table under it.

Bold, reverse and underlined tell holder, cue and content apart without any colour; colours come on top, from the
terminal's own palette, so that they suit a dark one and a light one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from news.article import Article
from news.claim import Claim
from news.marking import Line, Role, Segment, cut, paragraphs
from volteface.terminal import plain

_WIDEST = 100  # columns of running text that are read with ease
_TABLE = 120  # columns it needs
_LONGEST_EVIDENCE = 120
_NUMBER = "magenta"
_UNREAD = "dim"
_DEEP = "underline yellow"
_STYLES = {Role.CONTENT: "underline cyan", Role.SOURCE: "bold green", Role.CUE: "italic reverse"}
"""The later wins where several lie over each other: a holder inside a content stays underlined, in his own colour."""
_LEGEND = (
    ("holder", _STYLES[Role.SOURCE]),
    ("cue", _STYLES[Role.CUE]),
    ("content", _STYLES[Role.CONTENT]),
    ("content within content", _DEEP),
    ("not read", _UNREAD),
    ("[1] claim", _NUMBER),
)


def print_reading(console: Console, article: Article, claims: Sequence[Claim]) -> None:
    """The article's title and whole text, marked, a legend, and its claims as a table; outside text is harmless."""
    width = min(console.width, _WIDEST)
    console.print(_heading(article), width=width)
    for lines in paragraphs(article.text, cut(article.text, claims, article.excluded)):
        console.print()
        console.print(_paragraph(lines, article.text), width=width)
    console.print()
    console.print(Text("  ").join(Text(word, style) for word, style in _LEGEND))
    console.print()
    if not claims:
        console.print(Text("no claims"))
    else:
        console.print((_table if console.width >= _TABLE else _entries)(article, claims))
    console.print()


def _heading(article: Article) -> Text:
    day = f"{article.published:%Y-%m-%d}" if article.published else "undated"
    facts = " · ".join(part for part in (plain(article.outlet), day, plain(article.url)) if part)
    return Text.assemble((plain(article.title), "bold"), "\n", facts)


def _paragraph(lines: Iterable[Line], text: str) -> Text:
    return Text("\n").join(Text.assemble(*(_segment(one, text) for one in line)) for line in lines)


def _segment(one: Segment, text: str) -> Text:
    """Cut first, made harmless then: spans count the characters of the text as it is stored."""
    styles = [
        _DEEP if role is Role.CONTENT and one.depth > 1 else _STYLES[role] for role in _STYLES if role in one.roles
    ]
    styles += [_UNREAD] if one.excluded is not None else []
    numbers = ((f"[{number}]", _NUMBER) for number in one.opens)
    return Text.assemble(*numbers, (plain(text[one.start : one.end]), " ".join(styles)))


def _table(article: Article, claims: Sequence[Claim]) -> Table:
    """A column for each thing."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("", "holder", "actor", "modality", "cue", "stances", "spoken", "evidence"):
        table.add_column(column, overflow="fold", no_wrap=column == "spoken")
    for number, claim in enumerate(claims, 1):
        table.add_row(_number(number), *map(Text, _cells(claim, article.text)))
    return table


def _entries(article: Article, claims: Sequence[Claim]) -> Table:
    """The same for a narrow terminal: a few lines for each claim."""
    table = Table.grid(padding=(0, 1), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for number, claim in enumerate(claims, 1):
        holder, actor, modality, cue, stances, spoken, evidence = _cells(claim, article.text)
        parts = (actor, modality, cue and f"cue: {cue}", spoken)
        first = Text.assemble((holder, "bold"), *(f" · {part}" for part in parts if part))
        table.add_row(
            _number(number), Text("\n").join([first, *(Text(words) for words in (stances, evidence) if words)])
        )
    return table


def _number(number: int) -> Text:
    return Text(f"[{number}]", _NUMBER)


def _cells(claim: Claim, text: str) -> tuple[str, ...]:
    """Holder, actor, modality with its rule, cue, stances (one a line), day spoken, evidence."""
    return (
        plain(claim.holder),
        plain(claim.actor or ""),
        claim.modality.value + (f" ({plain(claim.modality_rule)})" if claim.modality_rule else ""),
        " … ".join(plain(text[start:end]) for start, end in claim.cue),
        "\n".join(f"{one.stance.value} {plain(one.proposition)}" for one in claim.propositions),
        f"{claim.spoken_on}" if claim.spoken_on else "",
        _shortened(plain(claim.evidence)),
    )


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST_EVIDENCE else words[: _LONGEST_EVIDENCE - 1].rstrip() + "…"
