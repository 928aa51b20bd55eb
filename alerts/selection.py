"""Which findings a subscriber should see, and in what order: pure.

findings ──theirs──▶ not baseline, wanted ──fold──▶ one entry an event ──rank──▶ ──cap──▶ two minutes' reading
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from news.finding import Finding, FindingKind
from news.topic import Subscriber

_ORDER = (
    FindingKind.SHIFT,
    # Whoever acted on the wrong finding must not have to search for its correction.
    FindingKind.CORRECTION,
    FindingKind.DIVERGENCE,
    FindingKind.DISPUTE,
    FindingKind.FIGURE,
    FindingKind.FIRST_POSITION,
    FindingKind.LINE_CHANGE,
    FindingKind.MUTATION,
    FindingKind.REVISION,
    FindingKind.NEW_CLAIM,
    FindingKind.CORROBORATION,
    FindingKind.SOURCE_TROUBLE,
)
_MOST = {
    FindingKind.FIGURE: 7,
    FindingKind.FIRST_POSITION: 7,
    FindingKind.LINE_CHANGE: 5,
    FindingKind.MUTATION: 5,
    FindingKind.REVISION: 5,
    FindingKind.NEW_CLAIM: 7,
    FindingKind.CORROBORATION: 4,
    FindingKind.SOURCE_TROUBLE: 5,
}
"""The most of a kind in one digest; kinds that are not here are never left out."""
_WEIGHT = {"reversal": 0, "concession": 1, "retreat": 1, "commitment": 2, "hardening": 3, "softening": 3}
_NO_RANK = 99


def choose(findings: Sequence[Finding], subscriber: Subscriber) -> tuple[Finding, ...]:
    """The findings this subscriber's digest carries, most important first.

    History read silently (`baseline`) is dropped. A holder's shift that is the actor's own event (same proposition,
    actor, day and stance) is folded under it: the actor's finding then names it in `detail["folded"]`. Choosing from
    what was chosen changes nothing.
    """
    ranked = eligible(findings, subscriber)
    kept: list[Finding] = []
    for kind in _ORDER:
        of_kind = [finding for finding in ranked if finding.kind is kind]
        kept += _grouped(of_kind[: _MOST.get(kind, len(of_kind))])
    return tuple(kept)


def eligible(findings: Sequence[Finding], subscriber: Subscriber) -> tuple[Finding, ...]:
    """Everything that is due to this subscriber, folded and ranked, before the caps."""
    once = {finding.finding_id: finding for finding in findings}
    wanted = [finding for _, finding in sorted(once.items()) if not finding.baseline and _wants(subscriber, finding)]
    return tuple(sorted(_fold(wanted), key=_rank))


def _wants(subscriber: Subscriber, finding: Finding) -> bool:
    """What could not be seen concerns everyone, and a correction everyone who follows its proposition."""
    told_always = finding.kind in {FindingKind.CORRECTION, FindingKind.SOURCE_TROUBLE}
    of_kind = not subscriber.kinds or finding.kind.value in subscriber.kinds or finding.kind is FindingKind.CORRECTION
    on_proposition = (
        not subscriber.propositions
        or finding.proposition in subscriber.propositions
        or (finding.proposition is None and told_always)
    )
    return of_kind and on_proposition


def _event(finding: Finding) -> tuple[str | None, str | None, date, str] | None:
    """What two shifts share when they are one event; None for what never folds."""
    if finding.kind is not FindingKind.SHIFT or finding.actor is None or finding.at is None:
        return None
    return finding.proposition, finding.actor, finding.at, str(finding.detail.get("to"))


def _fold(findings: Iterable[Finding]) -> list[Finding]:
    findings = list(findings)
    whole = {_event(finding): finding.finding_id for finding in findings if finding.holder is None}
    under: dict[str, list[Finding]] = {}
    kept: list[Finding] = []
    for finding in findings:
        event = _event(finding)
        if event is not None and finding.holder is not None and event in whole:
            under.setdefault(whole[event], []).append(finding)
        else:
            kept.append(finding)
    return [_with_folded(finding, under.get(finding.finding_id, [])) for finding in kept]


def _with_folded(finding: Finding, folded: Sequence[Finding]) -> Finding:
    if not folded:
        return finding
    named = [
        {"finding_id": one.finding_id, "holder": one.holder} for one in sorted(folded, key=lambda one: one.finding_id)
    ]
    return replace(finding, detail={**finding.detail, "folded": named})


def _rank(finding: Finding) -> tuple[int, bool, int, int, bool, int, float, str]:
    office = finding.detail.get("rank")
    shift = str(finding.detail.get("kind")) if finding.kind is FindingKind.SHIFT else ""
    return (
        _ORDER.index(finding.kind),
        finding.kind is FindingKind.SHIFT and finding.holder is not None,
        _WEIGHT.get(shift, len(_WEIGHT)),
        -finding.at.toordinal() if finding.kind is FindingKind.SHIFT and finding.at else 0,
        finding.actor is None,
        office if isinstance(office, int) else _NO_RANK,
        -finding.confidence - (finding.at.toordinal() if finding.at else 0),
        finding.finding_id,
    )


def _grouped(findings: Sequence[Finding]) -> list[Finding]:
    """The same findings, those on one proposition together, each group where its first one stood."""
    places = {proposition: place for place, proposition in reversed(list(enumerate(f.proposition for f in findings)))}
    return sorted(findings, key=lambda finding: places[finding.proposition])
