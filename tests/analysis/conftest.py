"""An invented quarrel: does Norland ship saltpetre to Sudria? Nothing of the default topic stands here."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from analysis.reading import Reader
from news.article import Article, Precision
from news.claim import Claim, HolderKind, LedgerClaim, Modality, PropositionStance
from news.identity import stable_id
from news.topic import (
    Counted,
    Entity,
    Example,
    Office,
    OfficeHolder,
    Outlet,
    Pattern,
    Proposition,
    Scope,
    ScopeGroup,
    Stance,
    Topic,
)

PUBLISHED = datetime(2031, 5, 14, 9, tzinfo=UTC)  # a Wednesday


def _norland():
    return Entity(
        "norland",
        "Norland",
        "country",
        aliases=("the Norlandic Union",),
        adjectives=("Norlandic", "Norlanders"),
        metonyms=("Havn", "the Citadel"),
        offices=(
            Office("king", "King", 1, titles=("king",), holders=(OfficeHolder("Orm Tarrow", ("Tarrow",)),)),
            Office(
                "spokesman",
                "Citadel spokesman",
                2,
                titles=("Citadel spokesman", "Citadel spokeswoman"),
                holders=(
                    OfficeHolder("Ulla Brandt", ("Brandt",), until=date(2031, 1, 1)),
                    OfficeHolder("Pelle Grim", ("Grim",), since=date(2031, 1, 1)),
                ),
            ),
            Office(
                "foreign-minister",
                "Foreign Minister",
                2,
                titles=("foreign minister",),
                holders=(OfficeHolder("Sten Hale", ("Hale",)),),
            ),
            Office("ministry", "Norlandic Foreign Ministry", 3, "organisation", ("Foreign Ministry",)),
        ),
    )


def _sudria():
    return Entity(
        "sudria",
        "Sudria",
        "country",
        adjectives=("Sudrian",),
        metonyms=("Castel",),
        offices=(Office("president", "President", 1, titles=("president",), holders=(OfficeHolder("Ines Calvo"),)),),
    )


def _proposition():
    return Proposition(
        "saltpetre",
        "Norland ships saltpetre to Sudria",
        (
            Pattern(
                ("@norland",),
                ("ship*", "send*", "sent", "suppl*", "sell*", "sold", "deliver*"),
                ("saltpetre", "nitre"),
                ("@sudria",),
                ("saltpetre soap",),
            ),
            Pattern((), (), ("Norlandic saltpetre",), ("@sudria",)),
        ),
        (
            Example("Norland denied shipping saltpetre to Sudria.", Stance.DENIES),
            Example("Norland opened a museum in Castel.", None),
        ),
    )


@pytest.fixture(scope="session")
def topic():
    """The quarrel as a topic."""
    return Topic(
        "saltpetre-quarrel",
        "Norland and Sudria",
        "quarrel.toml",
        scope=Scope(
            (
                ScopeGroup("trade", ("saltpetre", "nitre", "cargo*")),
                ScopeGroup("parties", ("@norland", "@sudria")),
                ScopeGroup("colour", ("quay",), required=False),
            )
        ),
        entities=(_norland(), _sudria(), Entity("ostia", "Ostia", "country", adjectives=("Ostian",))),
        propositions=(_proposition(),),
        counted=(
            Counted("troops at Havn", "saltpetre", ("troops", "soldiers"), where=("Havn",)),
            Counted(
                "troops",
                "saltpetre",
                ("troop*", "soldier*", "men", "contingent", "casualt*", "dead", "wounded"),
                whose=("@norland",),
                never=("veterans",),
            ),
            Counted("tons", "saltpetre", ("ton", "tons"), whose=("saltpetre",)),
        ),
        outlets=(Outlet("wire", "The Wire"), Outlet("herald", "State Herald", "state", voice="norland")),
    )


@pytest.fixture(scope="session")
def reader(topic):
    """One reader for all tests: it keeps nothing between articles."""
    return Reader(topic)


@pytest.fixture(scope="session")
def article():
    """A maker of articles of the Wire, published on Wednesday 14 May 2031."""

    def make(text, **changes):
        made = Article(
            "art_1",
            1,
            "https://wire.example/1",
            "wire",
            "A title",
            text,
            PUBLISHED,
            PUBLISHED,
            published=PUBLISHED,
            published_precision=Precision.SECOND,
        )
        return replace(made, **changes)

    return make


@pytest.fixture(scope="session")
def read(reader, article):
    """The claims of a text."""
    return lambda text, **changes: reader.read(article(text, **changes))


@pytest.fixture(scope="session")
def said():
    """A maker of ledger claims: who, stance, day; the rest has sensible values."""

    def make(holder, stance, day, **changes):
        on = date.fromisoformat(day) if day else None
        actor = changes.pop("actor", "norland")
        words = changes.pop("words", f"{holder} {stance} {day} saltpetre")
        claim = Claim(
            stable_id("clm", holder, stance, day, words),
            "art_1",
            1,
            holder,
            changes.pop("holder_kind", HolderKind.PERSON),
            Modality.ASSERTED,
            words,
            0,
            len(words),
            actor=actor,
            rank=changes.pop("rank", 2),
            content=((0, len(words)),),
            quoted=changes.pop("quoted", False),
            spoken_on=on,
            propositions=(
                PropositionStance(
                    "saltpetre", Stance(stance), changes.pop("score", 0.9), changes.pop("why", "content")
                ),
            ),
            figures=changes.pop("figures", ()),
            content_key=stable_id("cnt", words),
            rule=changes.pop("rule", "said-before:say"),
        )
        seen = changes.pop("seen", datetime.combine(on or date(2031, 5, 1), datetime.min.time(), UTC))
        base = LedgerClaim(
            claim, on, "https://wire.example/1", "wire", "wire", is_copy=False, seen=seen, recorded_at=seen
        )
        return replace(base, **changes)

    return make
