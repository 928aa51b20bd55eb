"""Claims: who said what, how firmly, when, on whose word, and where exactly the text says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from news.spelling import name_key
from news.topic import Stance

Span = tuple[int, int]
"""Start (inclusive) and end (exclusive), in code points of the article's stored text."""


class HolderKind(StrEnum):
    """What a holder is; `outlet` is the outlet in its own voice."""

    PERSON = "person"
    OFFICE = "office"
    ORGANISATION = "organisation"
    GROUP = "group"
    OUTLET = "outlet"


class Modality(StrEnum):
    """How firmly the holder stands by the content."""

    ASSERTED = "asserted"
    DENIED = "denied"
    ALLEGED = "alleged"
    PREDICTED = "predicted"
    CONDITIONAL = "conditional"
    DOUBTED = "doubted"


@dataclass(frozen=True, slots=True)
class PropositionStance:
    """The side one claim takes on one proposition; `score` is 0 to 1, `rule` the name of what decided."""

    proposition: str
    stance: Stance
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a claim: what it counts (`unit`: "troops"), its value and bounds ("up to 3,000": high only).

    The unit is the noun as written, in lower case; "" where the text leaves it out. `value` is the middle of a range,
    and None where only an order of magnitude is told ("thousands of troops": 2,000 is the lower bound, and nobody said
    a number). `fate` is what has become of those counted ("killed"), `more` marks what comes on top ("another 3,000"),
    `part` what is only some of them ("8,000 of them"), `planned` what is not so yet. `thing` is the whole phrase of
    what is counted, from the text before where the number stands alone; `clause` the words around it.
    """

    unit: str
    value: float | None
    low: float | None = None
    high: float | None = None
    fate: str = ""
    more: bool = False
    part: bool = False
    planned: bool = False
    thing: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One attributed statement of one article's revision.

    `start`, `end` bound the evidence, `evidence == text[start:end]`. `source`, `cue` and `content` are spans of the
    same text, empty where there is none. `holder` is the fullest name known; `rank` that of the holder's office in
    the topic, None without one. `content_key` is equal for claims whose content says the same in the same words.
    `rule` names the attribution rule, `modality_rule` what decided the modality. `cited` is the other outlet whose
    report the sentence passes on (None: none).
    """

    claim_id: str
    article_id: str
    revision: int
    holder: str
    holder_kind: HolderKind
    modality: Modality
    evidence: str
    start: int
    end: int
    actor: str | None = None
    rank: int | None = None
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    quoted: bool = False
    spoken_on: date | None = None
    propositions: tuple[PropositionStance, ...] = ()
    figures: tuple[Figure, ...] = ()
    content_key: str = ""
    rule: str = ""
    modality_rule: str = ""
    cited: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerClaim:
    """A claim with what its article adds for comparing: the facts a position, dispute or novelty rests on.

    `on` is the day it was spoken, else the day of publication, else None (a claim of unknown date never makes a
    shift). `origin` is whose word it is: the article's, until `analysis.origins` has traced it further; `credited` is
    the article's, which stays. `owner` is who stands behind the origin (outlets of one family are one owner's), and
    `circular` marks what outlets have from each other. `apart` is True where the analyst set the holder apart from
    those who are spelled alike. `is_copy` marks a copy, which never counts. `seen` is when the article came to our
    notice, `recorded_at` when the claim was written down. `compared` is False while nobody has said yet what the claim
    is beside those before it.
    """

    claim: Claim
    on: date | None
    url: str
    outlet: str
    origin: str
    is_copy: bool
    seen: datetime
    recorded_at: datetime
    repeat_of: str | None = None
    compared: bool = True
    credited: str | None = None
    owner: str = ""
    circular: bool = False
    apart: bool = False

    @property
    def who(self) -> str:
        """Equal for claims of one holder, however the name is spelled; no name, never shown."""
        return f"={self.claim.holder}" if self.apart else name_key(self.claim.holder)

    @property
    def voice(self) -> str:
        """Who counts as one origin with it: the owner of the outlet whose word it is."""
        return self.owner or self.origin

    @property
    def noticed(self) -> datetime:
        """When we knew of it: its article seen, and the claim written down. What was history by then is no news."""
        return max(self.seen, self.recorded_at)


class Novelty(StrEnum):
    """What a claim is beside those before it."""

    NEW = "new"
    REPEAT = "repeat"
    CORROBORATION = "corroboration"
    DISPUTE = "dispute"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The novelty of one claim, the claim it is compared with (None when new), its line, and the rule's name."""

    claim_id: str
    novelty: Novelty
    of_claim: str | None
    line: str
    rule: str
