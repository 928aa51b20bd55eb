"""Compares what a replay of the demo wire found with what was planted; nothing here looks for anything itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from demo.outlets import BY_ID
from demo.planted import Planted, Row
from demo.world import Page

Found = Mapping[str, Any]
WORD = re.compile(r"[^\W_]+", re.UNICODE)
HOLDER_NOISE = frozenset({"the", "of", "s", "and", "a", "for", "in"})
OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Score:
    """One line of the table: how many were planted, how many of them found, the missed by name, and false ones."""

    what: str
    planted: int
    found: int
    missed: tuple[str, ...] = ()
    false: int | None = None  # None where a false one cannot be told from a true one that was not planted


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the warehouse lists after the replay: rows of its views, as the list commands print them."""

    articles: Sequence[Found]
    claims: Sequence[Found]
    claim_propositions: Sequence[Found]
    shifts: Sequence[Found]
    disputes: Sequence[Found]
    figures: Sequence[Found]
    revisions: Sequence[Found]
    findings: Sequence[Found]
    threshold: float  # the relevance from which an article is on the topic
    names: Callable[[str], str] = str  # one name for a holder's spellings and for a metonym and what it means


def score(planted: Planted, pages: Sequence[Page], ledger: Ledger) -> list[Score]:
    """The whole table, one row a kind of planted thing."""
    urls = {page.id: f"http://{BY_ID[page.outlet].host}{page.path}" for page in pages}
    articles = {row["url"]: row for row in ledger.articles}
    claims, shifts = _known(planted.claims, ledger.names), _known(planted.shifts, ledger.names)
    matched = _match_claims(claims, urls, _known(ledger.claims, ledger.names))
    return [
        *_claim_scores(claims, matched, ledger.claim_propositions),
        *_copy_scores(planted.copies, urls, articles),
        _tick(
            "pages off the topic",
            planted.off_topic,
            lambda row: _off_topic(articles.get(urls[row["page"]]), ledger.threshold),
        ),
        _tick("silent revisions", planted.revisions, lambda row: _revised(row, urls, ledger.revisions)),
        _tick("dates missing, wrong or relative", planted.dates, lambda row: _dated(row, urls, articles)),
        _tick("pages that fail or move", planted.fetch, lambda row: urls[row["page"]] in articles),
        _shift_score(shifts, _known(ledger.shifts, ledger.names)),
        _tick("divergences", planted.divergences, lambda row: _diverged(row, ledger.findings)),
        _tick("disputes", planted.disputes, lambda row: _disputed(row, ledger.disputes)),
        _tick("figures' values", _values(planted.figures), lambda row: _valued(row, ledger.figures)),
        _tick("mutations", planted.mutations, lambda row: _mutated(row, urls, ledger.findings)),
    ]


def _tick(what: str, rows: Sequence[Row], found: Callable[[Row], bool]) -> Score:
    missed = tuple(_name(row) for row in rows if not found(row))
    return Score(what, len(rows), len(rows) - len(missed), missed)


def _name(row: Row) -> str:
    return str(row.get("page") or row.get("line") or f"{row.get('proposition')} {row.get('at', '')}").strip()


def _tokens(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def overlap(one: str, other: str) -> float:
    """The share of the shorter text's words that stand in the other too, 0 to 1 (word multisets)."""
    left, right = _tokens(one), _tokens(other)
    if not left or not right:
        return 0.0
    rest = list(right)
    shared = 0
    for word in left:
        if word in rest:
            rest.remove(word)
            shared += 1
    return shared / min(len(left), len(right))


def same_holder(one: str, other: str) -> bool:
    """Whether two names can be one holder's: the words of the one are all words of the other ("the", "of" aside)."""
    left = set(_tokens(one)) - HOLDER_NOISE
    right = set(_tokens(other)) - HOLDER_NOISE
    return bool(left and right) and (left <= right or right <= left)


def _known(rows: Sequence[Found], names: Callable[[str], str]) -> list[dict[str, Any]]:
    """The rows, each with what its holder's name is known as."""
    return [{**row, "known_as": names(row["holder"]) if row.get("holder") else None} for row in rows]


def _held_alike(row: Found, other: Found) -> bool:
    """Whether two rows have one holder: by the words of the names, or by what they are known as."""
    return same_holder(row["holder"], other["holder"]) or row["known_as"] == other["known_as"]


def _match_claims(planted: Sequence[Row], urls: Mapping[str, str], claims: Sequence[Found]) -> dict[int, Found]:
    """The best found claim of each planted one: on its page, over the same words, with the right holder if any has."""
    by_url: dict[str, list[Found]] = {}
    for claim in claims:
        by_url.setdefault(claim["url"], []).append(claim)
    matched: dict[int, Found] = {}
    for number, row in enumerate(planted):
        wanted = row.get("content") or row["evidence"]
        near = [one for one in by_url.get(urls[row["page"]], ()) if overlap(wanted, _said(one, row)) >= OVERLAP]
        if near:
            matched[number] = max(near, key=lambda one: _fit(row, wanted, one))
    return matched


def _fit(row: Row, wanted: str, claim: Found) -> tuple[bool, bool, float]:
    """How well a found claim fits a planted one: the holder first, then the modality, then the words."""
    return (
        _held_alike(row, claim),
        row["modality"] == claim["modality"],
        overlap(wanted, _said(claim, row)),
    )


def _said(claim: Found, row: Row) -> str:
    """The found claim's words that are comparable: its content where it has one, else its evidence."""
    offset = claim["start"]
    parts = [claim["evidence"][start - offset : end - offset] for start, end in claim["content"] or ()]
    return " ".join(parts) if parts and row.get("content") else claim["evidence"]


def _claim_scores(planted: Sequence[Row], matched: Mapping[int, Found], stances: Sequence[Found]) -> list[Score]:
    right = {number for number, claim in matched.items() if _held_alike(planted[number], claim)}
    firm = [number for number in right if planted[number]["modality"] == matched[number]["modality"]]
    spoken = [number for number in right if planted[number].get("actor") == matched[number]["actor"]]
    taken: dict[str, set[tuple[str, str]]] = {}
    for row in stances:
        taken.setdefault(row["claim_id"], set()).add((row["proposition"], row["stance"]))
    wanted = [(number, one["id"], one["stance"]) for number in right for one in planted[number].get("propositions", ())]
    met = sum((name, stance) in taken.get(matched[number]["claim_id"], ()) for number, name, stance in wanted)
    missed = tuple(f"{row['page']} {row['holder']}" for number, row in enumerate(planted) if number not in right)
    return [
        Score("claims, with the right holder", len(planted), len(right), missed),
        Score("  … of these, the right actor", len(right), len(spoken)),
        Score("  … of these, the right modality", len(right), len(firm)),
        Score("  … of these, the right stance", len(wanted), met),
    ]


def _copy_scores(planted: Sequence[Row], urls: Mapping[str, str], articles: Mapping[str, Found]) -> list[Score]:
    ids = {row["article_id"]: url for url, row in articles.items()}
    scores = []
    right_kind = 0
    for kind in ("identical", "syndicated", "edited", "spun", "summary"):
        rows = [row for row in planted if row["kind"] == kind]
        folded = [row for row in rows if _original(articles.get(urls[row["page"]]), ids) == urls[row["original"]]]
        right_kind += sum(articles[urls[row["page"]]]["copy_kind"] == kind for row in folded)
        missed = tuple(row["page"] for row in rows if row not in folded)
        scores.append(Score(f"copies: {kind}", len(rows), len(folded), missed))
    known = {urls[row["page"]] for row in planted}
    false = sum(1 for url, row in articles.items() if row["original_id"] and url not in known)
    found = sum(one.found for one in scores)
    return [*scores, Score("  … folded copies of the right kind", found, right_kind, (), false)]


def _original(article: Found | None, ids: Mapping[str, str]) -> str | None:
    return ids.get(article["original_id"]) if article and article["original_id"] else None


def _off_topic(article: Found | None, threshold: float) -> bool:
    return article is not None and article["relevance"] < threshold


def _revised(row: Row, urls: Mapping[str, str], revisions: Sequence[Found]) -> bool:
    return any(one["url"] == urls[row["page"]] and one["revision"] > 1 for one in revisions)


def _dated(row: Row, urls: Mapping[str, str], articles: Mapping[str, Found]) -> bool:
    article = articles.get(urls[row["page"]])
    if article is None:
        return False
    true = _day(row["true_date"])
    shown = _day(article["published"])
    # An unknown date is an honest answer; a wrong one is not.
    slack = {"week": 7, "month": 31}.get(article["published_precision"], 1)
    return shown is None or true is None or abs(shown - true) <= timedelta(days=slack)


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(value[:10]) if isinstance(value, str) else None


def _shift_score(planted: Sequence[Row], shifts: Sequence[Found]) -> Score:
    left = list(shifts)
    missed = []
    for row in planted:
        hit = next((one for one in left if _same_shift(row, one)), None)
        if hit is None:
            missed.append(f"{row['proposition']} {row.get('holder') or row['actor']} {row['at']}")
        else:
            left.remove(hit)
    return Score("shifts", len(planted), len(planted) - len(missed), tuple(missed), len(left))


def _same_shift(row: Row, shift: Found) -> bool:
    holder = row.get("holder")
    named = _held_alike(row, shift) if holder and shift["holder"] else not holder and not shift["holder"]
    same = all(row[key] == shift[key] for key in ("proposition", "from", "to")) and row.get("actor") == shift["actor"]
    at, found = _day(row["at"]), _day(shift["at"])
    return named and same and at is not None and found is not None and abs(at - found) <= timedelta(days=1)


def _diverged(row: Row, findings: Iterable[Found]) -> bool:
    return any(
        one["kind"] == "divergence" and one["proposition"] == row["proposition"] and one["actor"] == row["actor"]
        for one in findings
    )


def _disputed(row: Row, disputes: Iterable[Found]) -> bool:
    between = set(row["between"])
    return any(one["proposition"] == row["proposition"] and set(one["between"]) == between for one in disputes)


def _values(figures: Sequence[Row]) -> list[Row]:
    return [
        {"unit": row["unit"], "line": f"{row['line']}: {value['value']}", **value}
        for row in figures
        for value in row["values"]
    ]


def _valued(row: Row, figures: Iterable[Found]) -> bool:
    near = (value for one in figures for value in one["values"])
    return any(
        float(value["value"]) == float(row["value"]) and same_holder(row["holder"], value["holder"]) for value in near
    )


def _mutated(row: Row, urls: Mapping[str, str], findings: Iterable[Found]) -> bool:
    return any(one["kind"] == "mutation" and urls[row["page"]] in str(one) for one in findings)
