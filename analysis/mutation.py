"""What a copy alters, worded as a finding and joined to the claim it alters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from analysis.comparison import MOVES_AT
from analysis.wording import SILENT_DAYS
from news.article import Article
from news.claim import Claim
from news.differences import What
from news.finding import Evidence, Finding, FindingKind
from news.identity import stable_id
from news.mutations import Mutation

_SENTENCES = {
    What.NUMBER: "{copy} prints “{after}” where {original}, whose story it copies, has “{before}”",
    What.NEGATION: "{copy} turns round what {original}, whose story it copies, says: “{told}” for “{said}”",
    What.CERTAINTY: "{copy} is surer than {original}, whose story it copies: {became}",
    What.CAUTION: "{copy} is less sure than {original}, whose story it copies: {became}",
    What.ATTRIBUTION: "{copy} prints as fact “{told}” where {original}, whose story it copies, names whose word it is",
    What.SOURCE: "{copy} names “{after}” where {original}, whose story it copies, names “{before}”",
}
_SURE = {"syndicated": 0.9, "edited": 0.9, "spun": 0.75, "summary": 0.7}
_CLIP = 120  # characters of the altered words


def mutation_finding(
    mutation: Mutation,
    original: Article,
    copy: Article,
    *,
    claims: Sequence[Claim],
    names: tuple[str, str],
    now: datetime,
) -> Finding:
    """The finding for one alteration; `claims` are the original's, `names` how the two outlets are called.

    Its id is that of the alteration: another page that prints the same is the same finding.
    """
    claim = _altered(mutation, claims)
    sides = claim.propositions if claim else ()
    proposition = next((one.proposition for one in sides if one.score >= MOVES_AT), None)
    words = {"before": _clip(mutation.before), "after": _clip(mutation.after), "original": names[0], "copy": names[1]}
    sentences = {"said": _clip(mutation.original).rstrip("."), "told": _clip(mutation.copy).rstrip(".")}
    became = f"“{words['before']}” became “{words['after']}”" if words["after"] else f"“{words['before']}” is gone"
    if not words["before"]:
        became = f"it adds “{words['after']}”"
    at = _day(copy)
    return Finding(
        finding_id=stable_id("fnd", "mutation", original.article_id, mutation.what, mutation.original, mutation.after),
        kind=FindingKind.MUTATION,
        at=at,
        recorded_at=now,
        sentence=_SENTENCES[mutation.what].format(**words, **sentences, became=became) + ".",
        proposition=proposition,
        actor=claim.actor if claim else None,
        holder=claim.holder if claim else None,
        confidence=_SURE.get(copy.copy_kind or "", 0.7),
        baseline=at is None or (now.date() - at).days > SILENT_DAYS,
        before=(
            Evidence(
                claim.claim_id if claim else None,
                claim.holder if claim else names[0],
                mutation.original,
                original.url,
                names[0],
                _day(original),
            ),
        ),
        after=(Evidence(None, names[1], mutation.copy, copy.url, names[1], at),),
        detail={
            "what": mutation.what.value,
            "before": mutation.before,
            "after": mutation.after,
            "original_id": original.article_id,
            "article_id": copy.article_id,
            "copy_kind": copy.copy_kind,
            "pages": 1,
        },
    )


def without_pages(finding: Finding, urls: Collection[str]) -> Finding | None:
    """The finding without pages that print the alteration no more, named after the first left; None: none is."""
    left = tuple(one for one in finding.after if one.url not in urls)
    if not left:
        return None
    # Every wording begins with the name of the page's outlet.
    sentence = left[0].outlet + finding.sentence.removeprefix(finding.after[0].outlet)
    return replace(finding, sentence=sentence, after=left, detail={**finding.detail, "pages": len(left)})


def same_alteration(one: Finding, other: Finding) -> bool:
    """Whether two findings tell of one alteration, though its original was found to be another page."""
    same_words = [side.evidence for side in one.before] == [side.evidence for side in other.before]
    return same_words and all(one.detail.get(key) == other.detail.get(key) for key in ("what", "after"))


def why_no_more(row: Mapping[str, Any], copy: str, original: str) -> str:
    """Why a page no longer prints an alteration, as a clause; the row is the warehouse's, the names the outlets'."""
    if row["why"] == "no_copy":
        return f"the page of {copy} is no copy of what {original} has"
    changed = [name for name, key in ((copy, "copy_changed"), (original, "original_changed")) if row[key]]
    if not changed:
        return f"{copy} and {original} do not differ there"
    return f"{' and '.join(changed)} changed the text since, and the two no longer differ there"


def _altered(mutation: Mutation, claims: Sequence[Claim]) -> Claim | None:
    """The claim of the altered sentence: the one on a proposition before others, the longest of equals."""
    met = [one for one in claims if one.evidence in mutation.original or mutation.original in one.evidence]
    return max(met, key=lambda one: (bool(one.propositions), len(one.evidence)), default=None)


def _day(article: Article) -> date | None:
    known = article.published_precision.value in ("second", "day") and article.published
    return article.published.date() if known and article.published else article.seen.date()


def _clip(text: str) -> str:
    return text if len(text) <= _CLIP else text[: _CLIP - 1].rstrip() + "…"
