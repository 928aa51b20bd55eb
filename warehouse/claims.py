"""Claims: what each engine read in each article, and the ledger they make up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from news.article import Article
from news.claim import Claim, HolderKind, LedgerClaim, Modality, PropositionStance
from news.errors import StepError
from news.mark import Subject
from news.topic import Stance
from warehouse.encoding import figures_json, figures_of, packed, spans_of
from warehouse.queries import query
from warehouse.transaction import Row, Transaction


def record(tx: Transaction, article: Article, claims: Sequence[Claim], engine: str, now: datetime) -> int:
    """Write down one reading of an article with all its claims, none included; gives how many claims were new.

    Raises:
        StepError: a claim's evidence is not, to the character, what the stored revision says there; nothing of the
            reading is kept.
    """
    stored = tx.row(
        "SELECT text FROM revisions WHERE article_id = $article_id AND revision = $revision",
        {"article_id": article.article_id, "revision": article.revision},
    )
    if stored is None:
        raise StepError(f"article {article.article_id} has no revision {article.revision}", "file it before reading it")
    for claim in claims:
        _check_evidence(claim, article, stored["text"])
    new = tx.insert("claims", [_claim_row(claim, engine, now) for claim in claims])
    tx.insert("claim_propositions", [row for claim in claims for row in _proposition_rows(claim, engine, now)])
    tx.insert("readings", [_reading_row(article, engine, "read", len(claims), now)])
    return new


def skip(tx: Transaction, article_ids: Sequence[str], engine: str, why: str, now: datetime) -> None:
    """Write down that this engine does not read these articles at their latest revisions, and why.

    Any reason but `copy`, `off_topic` and `language` (which are looked at again) is for good.
    """
    rows = tx.rows(
        "SELECT article_id, max(revision) AS revision FROM revisions"
        " WHERE article_id IN (SELECT unnest($ids::VARCHAR[])) GROUP BY article_id",
        {"ids": list(article_ids)},
    )
    tx.insert("readings", [{**row, "engine": engine, "outcome": why, "claims": 0, "recorded_at": now} for row in rows])


def uncompared(tx: Transaction, limit: int) -> list[LedgerClaim]:
    """At most `limit` claims that have not been compared since they were read, in the order spoken; none of copies."""
    return [_ledger_claim(row) for row in tx.rows(query("uncompared_claims"), {"limit": limit})]


def ledger(tx: Transaction, proposition_ids: Sequence[str]) -> list[LedgerClaim]:
    """All claims that count on these propositions, in the order spoken, those of unknown day last."""
    return [_ledger_claim(row) for row in tx.rows(query("ledger"), {"propositions": list(proposition_ids)})]


def by_content(tx: Transaction, keys: Sequence[str]) -> list[LedgerClaim]:
    """All claims that count whose content says the same as one of these content keys, in the order spoken."""
    return [_ledger_claim(row) for row in tx.rows(query("claims_by_content"), {"keys": list(keys)})]


def of_names(tx: Transaction, names: Sequence[str]) -> list[LedgerClaim]:
    """All claims that count whose holder was read by one of these names, in the order spoken."""
    return [_ledger_claim(row) for row in tx.rows(query("claims_of_names"), {"names": list(names)})]


def resting_on(tx: Transaction, marked: Subject) -> list[LedgerClaim]:
    """A marked claim, if it counts, and all that were ever compared with it, in the order spoken.

    It is known by its sentence, so those of its ids that it had when its article was read otherwise are it too.
    """
    params = {"article_id": marked.article_id, "holder": marked.holder, "said": marked.said}
    return [_ledger_claim(row) for row in tx.rows(query("claims_resting_on"), params)]


def propositions_of(tx: Transaction, article_ids: Sequence[str]) -> list[str]:
    """The propositions that claims ever read in these articles take a side on."""
    sql = (
        "SELECT DISTINCT p.proposition FROM claims AS c JOIN claim_propositions AS p USING (claim_id, engine)"
        " WHERE c.article_id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY p.proposition"
    )
    return [row["proposition"] for row in tx.rows(sql, {"ids": list(article_ids)})] if article_ids else []


def of_article(tx: Transaction, article_id: str) -> list[Claim]:
    """The claims of one article as it was read last, to the letter, in the order of its text.

    Marks change nothing here: holders have their names as read, and claims that are marked wrong are there.
    """
    return [_claim(row) for row in tx.rows(query("claims_of_article"), {"article_id": article_id})]


def rules(tx: Transaction, claim_ids: Sequence[str]) -> dict[str, str]:
    """What decided each of these claims, in one line: engine, attribution, modality, and each stance with its rule."""
    return {row["claim_id"]: row["line"] for row in tx.rows(query("claim_rules"), {"ids": list(claim_ids)})}


def _check_evidence(claim: Claim, article: Article, text: str) -> None:
    if (claim.article_id, claim.revision) != (article.article_id, article.revision):
        raise StepError(f"claim {claim.claim_id} is not of article {article.article_id}", "this is a fault of ours")
    spans = [*claim.source, *claim.cue, *claim.content]
    exact = claim.evidence == text[claim.start : claim.end] and claim.evidence
    if not exact or not all(0 <= start < end <= len(text) for start, end in spans):
        raise StepError(
            f"claim {claim.claim_id}: its evidence is not what {article.url} says at {claim.start} to {claim.end}",
            "this is a fault of the engine: report it with the article",
        )


def _reading_row(article: Article, engine: str, outcome: str, claims: int, now: datetime) -> Row:
    return {
        "article_id": article.article_id,
        "revision": article.revision,
        "engine": engine,
        "outcome": outcome,
        "claims": claims,
        "recorded_at": now,
    }


def _claim_row(claim: Claim, engine: str, now: datetime) -> Row:
    return {
        "claim_id": claim.claim_id,
        "engine": engine,
        "article_id": claim.article_id,
        "revision": claim.revision,
        "holder": claim.holder,
        "holder_kind": claim.holder_kind.value,
        "actor": claim.actor,
        "rank": claim.rank,
        "modality": claim.modality.value,
        "evidence": claim.evidence,
        "start_at": claim.start,
        "end_at": claim.end,
        "source": packed(claim.source),
        "cue": packed(claim.cue),
        "content": packed(claim.content),
        "quoted": claim.quoted,
        "spoken_on": claim.spoken_on,
        "figures": figures_json(claim.figures),
        "content_key": claim.content_key,
        "rule": claim.rule,
        "modality_rule": claim.modality_rule,
        "cited": claim.cited,
        "recorded_at": now,
    }


def _proposition_rows(claim: Claim, engine: str, now: datetime) -> list[Row]:
    return [
        {
            "claim_id": claim.claim_id,
            "engine": engine,
            "proposition": one.proposition,
            "stance": one.stance.value,
            "score": float(one.score),
            "rule": one.rule,
            "place": place,
            "recorded_at": now,
        }
        for place, one in enumerate(claim.propositions)
    ]


def _ledger_claim(row: Row) -> LedgerClaim:
    return LedgerClaim(
        claim=_claim(row),
        on=row["said_on"],
        url=row["url"],
        outlet=row["outlet"],
        origin=row["origin"],
        is_copy=row["is_copy"],
        seen=row["seen"],
        recorded_at=row["recorded_at"],
        repeat_of=row["repeat_of"],
        compared=row["novelty"] is not None,
        credited=row["origin"],
        apart=row["apart"],
    )


def _claim(row: Row) -> Claim:
    return Claim(
        claim_id=row["claim_id"],
        article_id=row["article_id"],
        revision=row["revision"],
        holder=row["holder"],
        holder_kind=HolderKind(row["holder_kind"]),
        modality=Modality(row["modality"]),
        evidence=row["evidence"],
        start=row["start"],
        end=row["end"],
        actor=row["actor"],
        rank=row["rank"],
        source=spans_of(row["source"]),
        cue=spans_of(row["cue"]),
        content=spans_of(row["content"]),
        quoted=row["quoted"],
        spoken_on=row["spoken_on"],
        propositions=tuple(
            PropositionStance(one["id"], Stance(one["stance"]), one["score"], one["rule"])
            for one in json.loads(row["propositions"])
        ),
        figures=figures_of(row["figures"]),
        content_key=row["content_key"],
        rule=row["rule"],
        modality_rule=row["modality_rule"],
        cited=row["cited"],
    )
