"""From an attribution with its holder to a claim: ids, evidence, modality, day, figures and stances put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.dates import is_background, names_day, names_other_day, resolve_spoken
from analysis.figures import read_figures
from analysis.judging import Statement
from analysis.modality import decide_modality
from analysis.page import Page
from analysis.roster import Holder
from news.claim import Claim, Figure, HolderKind, Modality, PropositionStance, Span
from news.cues import CueKind
from news.identity import stable_id
from news.sentences import Sentence

_WORD = re.compile(r"\w+")
_KEY_WORDS = 3  # fewer words say the same by chance
_OF_A_DEED = frozenset([CueKind.DENY, CueKind.CALL])
ACTS = frozenset([CueKind.PRESUME, CueKind.DENY, CueKind.URGE, CueKind.VOW, CueKind.CONFIRM])
_NUMBERLESS = frozenset([CueKind.DENY, CueKind.REFUSE, CueKind.DOUBT, CueKind.URGE])
_AHEAD = frozenset([CueKind.PREDICT, CueKind.VOW])
_NUMBERS_BACK = 700  # characters in which stands what a number without a noun counts
_RECKONING = re.compile(r",\s(?P<what>(?:putting|estimating|reckoning|numbering|counting|adding up)\s[^;\n]+)")
BACKGROUND = "+background"
"""Ends the rule's name of a claim that is told of an earlier, unnamed time: it never makes a shift."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One attribution of one sentence, its holder found, its stance still open."""

    sentence: Sentence
    holder: Holder
    kind: CueKind
    cue_rule: str
    rule: str
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    background: bool = False
    future: bool = False
    occasion: str = ""  # the words that tell when a statement or an interview was given


def content_key(words: str) -> str:
    """Equal for contents of the same words; empty for contents too short to tell."""
    found = _WORD.findall(words.lower())
    return stable_id("cnt", " ".join(found)) if len(found) >= _KEY_WORDS else ""


def state(
    draft: Draft, page: Page, before: str, referred: Sequence[tuple[str, object]], hidden: Sequence[Span]
) -> Statement:
    """The statement to judge; `hidden` are the parts of the content that are another speaker's words."""
    words = page.words(draft.content)
    for start, end in hidden:
        words = words.replace(page.leveled[start:end], " … ")
    quoted = any(page.leveled[start] in "\"“«'" for start, _ in draft.content)
    return Statement(
        words,
        draft.kind,
        draft.cue_rule,
        draft.holder.actor,
        quoted,
        page.outside(draft.sentence, draft.content),
        before,
        tuple(referred),  # type: ignore[arg-type]  # pairs of proposition and stance, passed through
        draft.rule.startswith("noun:"),
    )


def write_claim(draft: Draft, page: Page, stances: tuple[PropositionStance, ...]) -> Claim:
    """The finished claim of a draft."""
    article, sentence, holder = page.article, draft.sentence, draft.holder
    words = page.words(draft.content)
    modality, modality_rule = decide_modality(draft.kind, draft.cue_rule, words, holder.name, future=draft.future)
    if holder.kind is HolderKind.OUTLET and re.search(r"\b(?:reportedly|allegedly|is said to|believed to)\b", words):
        modality, modality_rule = Modality.ALLEGED, "hearsay"
    beside = page.outside(sentence, draft.content) if draft.cue else ""
    spoken_on = resolve_spoken(beside, article, background=draft.background)
    if draft.occasion and not draft.background:
        spoken_on = resolve_spoken(f"{draft.occasion} {beside}", article, background=False)
    of_a_deed = draft.kind in _OF_A_DEED or draft.cue_rule == "describe"
    dated = of_a_deed and not page.quoted(draft.content) and names_other_day(words, spoken_on, article)
    if dated and not names_day(f"{draft.occasion} {beside}"):
        spoken_on = None  # "described talk of ships on 10 May as a hoax": on that day, or of that day
    looks_back = spoken_on is None and (draft.background or dated or is_background(beside))
    return Claim(
        claim_id=stable_id(
            "clm", article.article_id, article.revision, holder.name, sentence.start, draft.cue, draft.content
        ),
        article_id=article.article_id,
        revision=article.revision,
        holder=holder.name,
        holder_kind=holder.kind,
        modality=modality,
        evidence=article.text[sentence.start : sentence.end],
        start=sentence.start,
        end=sentence.end,
        actor=holder.actor,
        rank=holder.rank,
        source=draft.source,
        cue=draft.cue,
        content=draft.content,
        quoted=page.quoted(draft.content),
        spoken_on=spoken_on,
        propositions=stances,
        figures=_figures(draft, page, words),
        content_key=content_key(words),
        rule=draft.rule + (BACKGROUND if looks_back else ""),
        modality_rule=modality_rule,
    )


def _figures(draft: Draft, page: Page, words: str) -> tuple[Figure, ...]:
    """The numbers the holder stands by: of the content, and of what is told of his reckoning behind the cue.

    Who denies, doubts, urges or refuses to say names no number of his own; who expects or plans names one to come.
    """
    if draft.kind in _NUMBERLESS:
        return ()
    start = min((begin for begin, _ in draft.content), default=draft.sentence.start)
    before = page.leveled[max(0, start - _NUMBERS_BACK) : start]
    found = read_figures(words, before)
    behind = max((end for _, end in draft.cue), default=0)
    if draft.cue and not any(behind <= begin for begin, _ in draft.content):
        tail = _RECKONING.search(page.leveled, behind, draft.sentence.end)
        found = (*found, *(read_figures(tail["what"], f"{before} {words}") if tail else ()))
    planned = draft.kind in _AHEAD
    return tuple(replace(one, planned=True) for one in found) if planned else found


def join(claim: Claim, more: Claim, page: Page) -> Claim | None:
    """One claim of a quotation and what goes on right behind its "X said"; None where the two take opposite sides."""
    sides = {one.proposition: one.stance for one in claim.propositions}
    if any(sides.get(one.proposition, one.stance) is not one.stance for one in more.propositions):
        return None
    content = (*claim.content, *more.content)
    words = page.words(content)
    return replace(
        claim,
        claim_id=stable_id("clm", claim.article_id, claim.revision, claim.holder, claim.start, claim.cue, content),
        evidence=page.article.text[claim.start : more.end],
        end=more.end,
        content=content,
        propositions=(*claim.propositions, *(one for one in more.propositions if one.proposition not in sides)),
        figures=(*claim.figures, *more.figures),
        content_key=content_key(words),
    )
