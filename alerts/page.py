"""A digest laid out for a reader, before any format: what stands where, in which words.

Every string here is clean (`alerts.plain`), so a format adds only its own escaping. Links are safe or None.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence as evidence: its words, whose, when, where. `side` says what it is to the finding ("Before")."""

    side: str
    words: str
    holder: str
    outlet: str
    day: str
    link: str | None
    address: str

    @property
    def byline(self) -> str:
        """Whose word, where and when, on one line."""
        where = f"in {self.outlet}" if self.outlet and self.outlet != self.holder else ""
        return ", ".join(part for part in (self.holder, where, self.day) if part)


@dataclass(frozen=True, slots=True)
class Change:
    """A shift in short: "Vardania: denies → neutral (concession)"."""

    who: str
    before: str
    after: str
    kind: str

    def __str__(self) -> str:
        """The change on one line."""
        return f"{self.who}: {self.before} → {self.after}" + (f" ({self.kind})" if self.kind else "")


@dataclass(frozen=True, slots=True)
class Step:
    """One value of a moving figure: how much, by whose word, when."""

    amount: str
    holder: str
    day: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding as the reader sees it."""

    finding_id: str
    kind: str
    label: str
    headline: str
    day: str | None
    why: str | None
    confidence: str
    single_origin: bool
    change: Change | None = None
    progress: str | None = None  # "1,500 → 3,000 → 10,000"
    unit: str = ""
    steps: tuple[Step, ...] = ()
    quotes: tuple[Quote, ...] = ()
    more_quotes: int = 0
    folded: tuple[str, ...] = ()

    @property
    def strength(self) -> str:
        """How sure we are and on how much: "High confidence, rests on one origin"; empty where there is no doubt."""
        words = ", ".join(part for part in (self.confidence, "rests on one origin" * self.single_origin) if part)
        return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Section:
    """The entries on one proposition (`kicker` says so), or of one kind that has none."""

    heading: str
    kicker: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A whole digest, laid out. `lead` is the most important thing in one sentence; `highlights` what comes next."""

    digest_id: str
    topic: str
    lead: str
    lead_day: str | None
    more: int
    until: str
    until_day: str
    span: str
    highlights: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    unseen: tuple[str, ...]
    notices: tuple[str, ...]
    tally: str
    left_out: str | None

    @property
    def empty(self) -> bool:
        """Whether there is nothing new to tell."""
        return not self.sections
