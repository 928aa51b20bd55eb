"""Silent changes of pages, worded as findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from news.article import Article
from news.claim import Claim
from news.finding import Evidence, Finding, FindingKind
from news.identity import stable_id
from news.revised_claims import ClaimChange

WORDS = {
    "headline": "was given another headline",
    "cosmetic": "was changed in its spelling",
    "extended": "was extended",
    "removed": "lost a part of its text",
    "corrected": "was changed in what it says",
    "softened": "was made less certain",
    "gone": "is no longer there",
}
UNTOLD = frozenset(["cosmetic"])
"""Kinds that are kept and listed, but change nothing a reader would act on."""
_SHOWN = 3  # changes told in a finding; the list of revisions has all
_CLIP = 120  # characters of a quoted change


def revision_finding(row: Mapping[str, Any], article: Article, outlet: str, now: datetime) -> Finding:
    """The finding for one new revision: `row` has its number, kind, title, the title before and the changes."""
    sentence = f"{outlet}: “{row['title_before']}” {WORDS.get(row['kind'], 'was changed')} after publication"
    changes = list(row["diff"] or ())
    told = _told(changes)
    if told:
        sentence += f": {told}"
    if row["title"] != row["title_before"]:
        sentence += f"; it is now “{row['title']}”"
    before = [one["before"] for one in changes if one["op"] != "added"][:_SHOWN]
    after = [one["after"] for one in changes if one["op"] != "removed"][:_SHOWN]
    if not changes:
        before, after = [row["title_before"]], [row["title"]]
    return Finding(
        finding_id=stable_id("fnd", "revision", article.article_id, row["revision"]),
        kind=FindingKind.REVISION,
        at=now.date(),
        recorded_at=now,
        sentence=sentence + ".",
        before=tuple(_evidence(one, article, outlet, now) for one in before),
        after=tuple(_evidence(one, article, outlet, now) for one in after),
        detail={
            "article_id": article.article_id,
            "revision": row["revision"],
            "kind": row["kind"],
            "what": sorted({each["what"] for one in changes for each in one["what"]}),
            "sentences": {op: sum(one["op"] == op for one in changes) for op in ("added", "removed", "changed")},
        },
    )


def _told(changes: Sequence[Mapping[str, Any]]) -> str:
    """The first change that matters, in a few words."""
    for change in changes:
        for one in change["what"]:
            if one["what"] not in ("wording", "spelling") and one["before"] and one["after"]:
                return f"“{_clip(one['before'])}” became “{_clip(one['after'])}”"
    gone = sum(one["op"] == "removed" for one in changes)
    come = sum(one["op"] == "added" for one in changes)
    counts = [(come, "added"), (gone, "gone")]
    return ", ".join(f"{count} {'sentence' if count == 1 else 'sentences'} {op}" for count, op in counts if count)


def _clip(text: str) -> str:
    return text if len(text) <= _CLIP else text[: _CLIP - 1].rstrip() + "…"


def _evidence(text: str, article: Article, outlet: str, now: datetime) -> Evidence:
    return Evidence(None, outlet, text, article.url, outlet, now.date())


def vanished_finding(article: Article, outlet: str, status: int | None, gone_at: datetime, now: datetime) -> Finding:
    """The finding that a page with claims of the topic is no longer there."""
    answer = f" (the server answers {status})" if status else ""
    return Finding(
        finding_id=stable_id("fnd", "revision", article.article_id, "gone", gone_at),
        kind=FindingKind.REVISION,
        at=now.date(),
        recorded_at=now,
        sentence=f"{outlet}: “{article.title}” {WORDS['gone']}{answer}; what it said is kept.",
        before=(_evidence(article.title, article, outlet, now),),
        detail={"article_id": article.article_id, "revision": article.revision, "kind": "gone"},
    )


def with_claims(finding: Finding, changes: Sequence[ClaimChange], url: str) -> Finding:
    """The finding of a new version with what it did to the page's claims."""
    counts = {name: sum(one.change == name for one in changes) for name in ("added", "changed", "withdrawn")}
    words = [f"{count} {name}" for name, count in counts.items() if count]
    before = [_of_claim(one.before, finding, url) for one in changes if one.before]
    after = [_of_claim(one.after, finding, url) for one in changes if one.after]
    firm = next((side for one in changes for side in (one.after, one.before) if side and side.propositions), None)
    return replace(
        finding,
        sentence=finding.sentence.removesuffix(".") + f" (of its claims: {', '.join(words)}).",
        proposition=finding.proposition or (firm.propositions[0].proposition if firm else None),
        actor=finding.actor or (firm.actor if firm else None),
        before=(*before[:_SHOWN], *finding.before) if before else finding.before,
        after=(*after[:_SHOWN], *finding.after) if after else finding.after,
        detail={**finding.detail, "claims": counts},
    )


def _of_claim(claim: Claim, finding: Finding, url: str) -> Evidence:
    outlet = (*finding.after, *finding.before)[0].outlet
    return Evidence(claim.claim_id, claim.holder, claim.evidence, url, outlet, claim.spoken_on or finding.at)
