"""From a digest to the page a reader sees: pure.

The lead comes first, the next few findings in short after it, then everything under the proposition it is about, the
propositions in the order of their most important finding.
"""

from __future__ import annotations

import re
from datetime import date

from alerts.dates import day, moment, zone_of
from alerts.page import Change, Entry, Page, Quote, Section, Step
from alerts.plain import clean, clip, link
from alerts.wording import (
    LABELS,
    amount,
    confidence,
    counted,
    headline,
    listed,
    progress,
    series,
    statement,
    subject_of,
    texts,
)
from news.digest import Digest, Tally
from news.finding import Evidence, Finding, FindingKind
from news.topic import Topic

_HIGHLIGHTS = 5
_QUOTES_A_SIDE = 2
_STEPS = 6
_LONGEST_QUOTE = 600
_LONGEST_NAME = 120
_SIDES = {
    FindingKind.SHIFT: ("Before", "Now"),
    FindingKind.DIVERGENCE: ("One voice", "The other"),
    FindingKind.DISPUTE: ("One side", "The other"),
    FindingKind.LINE_CHANGE: ("Before", "Now"),
    FindingKind.CORROBORATION: ("First said", "Now also"),
    FindingKind.MUTATION: ("Original", "Copy"),
    FindingKind.REVISION: ("It said", "It says"),
    FindingKind.CORRECTION: ("Told", "In fact"),
}
_UNFIT = re.compile(r"[^A-Za-z0-9_-]")
_KICKERS = {
    FindingKind.FIGURE: "Figures",
    FindingKind.SOURCE_TROUBLE: "Sources in trouble",
    FindingKind.CORRECTION: "Corrections",
    FindingKind.MUTATION: "Altered in copies",
    FindingKind.REVISION: "Pages changed",
}
_SELF_EVIDENT = frozenset({FindingKind.NEW_CLAIM, FindingKind.SOURCE_TROUBLE, FindingKind.CORRECTION})
"""Kinds whose headline is the reason already: it is not printed twice."""


def lay_out(digest: Digest, topic: Topic) -> Page:
    """The page of a digest; times are in the subscriber's own zone."""
    zone = zone_of(next((one.timezone for one in topic.subscribers if one.id == digest.subscriber), "UTC"))
    title = clean(digest.topic_title)
    since, until = moment(digest.since, zone), moment(digest.until, zone)
    heads = [(finding.kind, headline(finding, topic)) for finding in digest.findings]
    news = [(LABELS[kind], head) for kind, head in heads[1:] if kind is not FindingKind.SOURCE_TROUBLE]
    return Page(
        digest_id=clean(digest.digest_id),
        topic=title,
        lead=f"{heads[0][1]}." if heads else f"Nothing new on {title} since {since}.",
        lead_day=day(digest.findings[0].at) if digest.findings and digest.findings[0].at else None,
        more=max(len(heads) - 1, 0),
        until=until,
        until_day=day(digest.until.astimezone(zone).date()),
        span=f"{since} to {until}",
        highlights=tuple(news[:_HIGHLIGHTS]),
        sections=_sections(digest, topic),
        unseen=tuple(clean(line) for line in digest.unseen),
        notices=tuple(clean(line) for line in digest.notices),
        tally=_tally(digest.tally),
        left_out=_left_out(digest.left_out),
    )


def _sections(digest: Digest, topic: Topic) -> tuple[Section, ...]:
    groups: dict[tuple[str, str], list[Entry]] = {}
    for finding in digest.findings:
        if finding.proposition:
            place = (statement(finding.proposition, topic), "Proposition")
        else:
            place = (_KICKERS.get(finding.kind, "Elsewhere on the topic"), "")
        groups.setdefault(place, []).append(_entry(finding, topic))
    return tuple(Section(heading, kicker, tuple(entries)) for (heading, kicker), entries in groups.items())


def _entry(finding: Finding, topic: Topic) -> Entry:
    quotes, more = _quotes(finding, topic)
    head = headline(finding, topic)
    why = clean(finding.sentence) or None
    figure = finding.kind is FindingKind.FIGURE
    return Entry(
        # It stands in commands to copy, unescaped in Slack: nothing but what our ids are made of.
        finding_id=_UNFIT.sub("", finding.finding_id),
        kind=finding.kind.value,
        label=LABELS[finding.kind],
        headline=head,
        day=day(finding.at) if finding.at else None,
        why=None if finding.kind in _SELF_EVIDENT or (why or "").rstrip(".") == head else why,
        confidence="" if finding.kind is FindingKind.SOURCE_TROUBLE else confidence(finding.confidence),
        single_origin=finding.single_origin,
        change=_change(finding, topic),
        progress=progress(finding) if figure else None,
        unit=_unit(finding) if figure else "",
        steps=_steps(finding) if figure else (),
        quotes=quotes,
        more_quotes=more,
        folded=_folded(finding),
    )


def _change(finding: Finding, topic: Topic) -> Change | None:
    if finding.kind is not FindingKind.SHIFT:
        return None
    before, after, kind = (clean(str(finding.detail.get(key) or "")) for key in ("from", "to", "kind"))
    return Change(subject_of(finding, topic), before or "?", after or "?", kind)


def _quotes(finding: Finding, topic: Topic) -> tuple[tuple[Quote, ...], int]:
    earlier, later = _SIDES.get(finding.kind, ("Earlier", ""))
    shown = [_quote(one, earlier, topic) for one in finding.before[:_QUOTES_A_SIDE]]
    shown += [_quote(one, later, topic) for one in finding.after[:_QUOTES_A_SIDE]]
    return tuple(shown), len(finding.before) + len(finding.after) - len(shown)


def _quote(evidence: Evidence, side: str, topic: Topic) -> Quote:
    outlet = topic.outlet(evidence.outlet)
    return Quote(
        side=side,
        words=clip(clean(evidence.evidence), _LONGEST_QUOTE),
        holder=clip(clean(evidence.holder), _LONGEST_NAME),
        outlet=clip(clean(outlet.name if outlet else evidence.outlet), _LONGEST_NAME),
        day=day(evidence.on),
        link=link(evidence.url),
        address=clip(clean(evidence.url), 200),
    )


def _steps(finding: Finding) -> tuple[Step, ...]:
    """The latest values, each with whose word it is."""
    return tuple(
        Step(
            amount=amount(value),
            holder=clip(clean(str(value.get("holder") or "unnamed")), _LONGEST_NAME),
            day=_day_of(value.get("on")),
            link=link(str(value.get("url") or "")),
        )
        for value in series(finding)[-_STEPS:]
    )


def _day_of(iso: object) -> str:
    if isinstance(iso, date):
        return day(iso)
    try:
        return day(date.fromisoformat(str(iso)[:10]))
    except ValueError:
        return day(None)


def _unit(finding: Finding) -> str:
    return clip(clean(str(finding.detail.get("unit") or "")), 40)


def _folded(finding: Finding) -> tuple[str, ...]:
    """The holders whose own shift is this very event."""
    folded = finding.detail.get("folded")
    if not isinstance(folded, list | tuple):
        return ()
    return tuple(texts([one.get("holder") for one in folded if isinstance(one, dict)]))


def _left_out(count: int) -> str | None:
    if not count:
        return None
    return f"{counted(count, 'lesser finding')} left out; `volteface findings` lists them all."


def _tally(tally: Tally) -> str:
    """The round in one sentence: what was seen and what came of it."""
    seen = listed(
        [
            f"{counted(tally.sources, 'source')} polled",
            f"{counted(tally.pages, 'page')} fetched",
            f"{counted(tally.articles, 'article')} filed",
        ]
    )
    of_these = f"{counted(tally.copies, 'copy', 'copies')}, {tally.off_topic:,} off the topic"
    return f"{seen} ({of_these}); {counted(tally.claims, 'claim')} read."
