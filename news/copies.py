"""Which article is a copy of which, and of what kind: pure rules over measured overlap.

The measures: containment of five-word shingles (Broder, "On the resemblance and containment of documents", 1997);
quotations kept to the letter; names and numbers kept in order; sentences that answer each other in order although
their words were changed.

Reports of one event by different hands share facts, a statement's words, often a quotation: that makes no copy. What
makes one is prose in common. The rules rather miss a copy than fold a report: a copy missed costs a reader a minute,
a report folded costs the ledger its claims.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from news.texts import CopyText

WINDOW = timedelta(days=60)  # further apart, a like text is a formula or an anniversary
_LEAST_WORDS = 12


class CopyKind(StrEnum):
    """What was done to the original."""

    IDENTICAL = "identical"
    SYNDICATED = "syndicated"
    EDITED = "edited"
    SPUN = "spun"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class CopyVerdict:
    """The kind of likeness of two texts, its score (0 to 1), and the measures that decided, by name."""

    kind: CopyKind
    score: float
    evidence: dict[str, Any]


def judge(new: CopyText, other: CopyText) -> CopyVerdict | None:
    """What `new` would be as a copy of `other`, or None when it is none."""
    if len(new.words) < _LEAST_WORDS or len(other.words) < _LEAST_WORDS or not _near_in_time(new, other):
        return None
    credited = credits_outlet(new, other)
    if new.body_hash == other.body_hash:
        kind = CopyKind.SYNDICATED if credited and adds_credit(new, other) else CopyKind.IDENTICAL
        return CopyVerdict(kind, 1.0, {"same_words": True, "credited": credited})
    mine, theirs = new.read.shingles, other.read.shingles
    shared = len(mine & theirs)
    inside, covered = shared / len(mine), shared / len(theirs)
    if _same_hand(new, other) and max(inside, covered) < _EDITED:
        return None  # most of what one outlet's formulas make alike ends here
    evidence: dict[str, Any] = {"inside": round(inside, 3), "covered": round(covered, 3), "credited": credited}
    return (
        _near(new, other, inside, covered, evidence)
        or _spun(new, other, max(inside, covered), evidence)
        or _summary(new, other, inside, evidence)
    )


def are_twins(one: CopyText, other: CopyText) -> bool:
    """Whether two texts are the same to the word, and long enough and near enough in time to be one text."""
    return one.body_hash == other.body_hash and len(one.words) >= _LEAST_WORDS and _near_in_time(one, other)


def credits_outlet(new: CopyText, other: CopyText) -> bool:
    """Whether `new` names the outlet of `other` as its origin, and is not of that outlet itself."""
    if not new.credit or new.outlet == other.outlet:
        return False
    credit = new.credit.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return credit.split("/")[0] in other.names or credit in other.names


def adds_credit(new: CopyText, other: CopyText) -> bool:
    """Whether the crediting words are the copy's own: a wire's dateline stands in the original as well."""
    if not new.credit_evidence:
        return True
    return " ".join(new.credit_evidence.split()) not in " ".join(other.body.split())


def is_before(one: CopyText, other: CopyText) -> bool:
    """Whether `one` is the original of two alike.

    It alone is whole, or is credited, or was published earlier, or is a wire's, or was seen earlier: the first that
    tells. Times of one day count only where both are known to the second. When nothing tells, the smaller id is first:
    the order in which a round happens to file its pages must decide nothing.
    """
    if one.partial != other.partial:
        return other.partial  # originals are read, copies are not: what a whole article says more would be lost
    if credits_outlet(other, one) != credits_outlet(one, other):
        return credits_outlet(other, one)
    if one.published and other.published:
        if one.published.date() != other.published.date():
            return one.published < other.published
        if one.exact and other.exact and one.published != other.published:
            return one.published < other.published
    if one.wire != other.wire:
        return one.wire
    return (one.seen, one.article_id) < (other.seen, other.article_id)


def liken(one: CopyText, other: CopyText) -> CopyVerdict | None:
    """What the later of two texts is beside the earlier one, whichever way round they are given; None: nothing."""
    return judge(other, one) if is_before(one, other) else judge(one, other)


def rank(new: CopyText, others: Sequence[CopyText]) -> list[tuple[CopyText, CopyVerdict]]:
    """Those among `others` that `new` is like, and how, the most like first; empty when it is like none.

    Likenesses that bind come first, then those the page itself credits, then by score; of equals the one seen first,
    so that the order given decides nothing.
    """
    found = [(other, verdict) for other in others if (verdict := liken(new, other))]
    return sorted(
        found,
        key=lambda one: (
            not binds(one[1]),
            not one[1].evidence["credited"],
            *(-each for each in closeness(one[1])),
            one[0].seen,
            one[0].article_id,
        ),
    )


def closeness(verdict: CopyVerdict) -> tuple[float, float]:
    """How alike two texts are, to compare: the score, and the share of runs of words that both have of each other."""
    measures = verdict.evidence
    return verdict.score, 1.0 if "inside" not in measures else min(measures["inside"], measures["covered"])


def binds(verdict: CopyVerdict) -> bool:
    """Whether the two are one text, so that whatever is one text with either is one with both.

    A page that holds another's text among more, and a summary, are copies that bind nothing: a round-up of two stories
    does not make one story of them.
    """
    if verdict.kind is CopyKind.EDITED:
        return bool(min(verdict.evidence["inside"], verdict.evidence["covered"]) >= _BINDS)
    return verdict.kind is not CopyKind.SUMMARY


def _near_in_time(new: CopyText, other: CopyText) -> bool:
    if new.published is None or other.published is None:
        return True
    return abs(new.published - other.published) <= WINDOW


# ── the same prose: syndicated, edited ──────────────────────────────────────────────────────────────────────────────

_NEARLY_ALL = 0.98  # both ways: no more than a word or a line differs
_SYNDICATED = 0.85  # both ways
_EDITED = 0.60  # one way
_EDITED_CREDITED = 0.40  # one way, when the page itself says whose text it is
_BINDS = 0.5  # both ways
_TOLD_ON, _GROWN = 0.75, 1.15  # so much of the earlier page stands in the later one, which is so much longer
_LEAST_SHARED = 25  # shingles: a formula of a sentence or two is not prose in common
_MOST_WORDS = 20_000  # of a longer text it is not told whether it was changed inside
_SWAPPED = 0.10  # share of names and numbers that may differ on both sides


def _near(
    new: CopyText, other: CopyText, inside: float, covered: float, evidence: dict[str, Any]
) -> CopyVerdict | None:
    credited = evidence["credited"]
    most = max(inside, covered)
    if most < (_EDITED_CREDITED if credited else _EDITED):
        return None
    if len(new.shingles & other.shingles) < min(_LEAST_SHARED, 0.8 * min(len(new.shingles), len(other.shingles))):
        return None
    swapped = _swap_share(new, other)
    evidence["swapped"] = round(swapped, 3)
    # A form filled in anew (greetings, weather, results): the same prose around other names and numbers. A copy adds
    # or drops them; only a few change on both sides.
    again = _same_hand(new, other) and (swapped > 0 or _is_told_on(new, other, covered))
    if again or swapped > _SWAPPED * (2 if credited else 1):
        return None
    both = min(inside, covered)
    if both >= _NEARLY_ALL and not (credited and adds_credit(new, other)):
        return CopyVerdict(CopyKind.IDENTICAL, both, evidence)
    if both >= _SYNDICATED and _edges_only(new, other):
        return CopyVerdict(CopyKind.SYNDICATED, both, evidence)
    return CopyVerdict(CopyKind.EDITED, most, evidence)


def _is_told_on(new: CopyText, other: CopyText, covered: float) -> bool:
    """Whether an outlet's later page is its own story told on ("UPDATES throughout"): no copy, to be read itself."""
    return covered >= _TOLD_ON and len(new.words) >= _GROWN * len(other.words)


def _swap_share(new: CopyText, other: CopyText) -> float:
    """The share of the shorter's names and numbers that were replaced rather than added or dropped."""
    mine, theirs = Counter(_all_anchors(new)), Counter(_all_anchors(other))
    only_mine, only_theirs = (mine - theirs).total(), (theirs - mine).total()
    return min(only_mine, only_theirs) / max(1, min(mine.total(), theirs.total()))


def _all_anchors(text: CopyText) -> Sequence[str]:
    numbers = [word for words in text.quotations for word in words if word[0].isdigit()]
    return [*text.anchors, *numbers]


def _edges_only(new: CopyText, other: CopyText) -> bool:
    """Whether the texts differ at their ends alone (a dateline, a credit, a note), not inside."""
    if max(len(new.words), len(other.words)) > _MOST_WORDS:
        return False
    longest = _matcher(new.words, other.words).find_longest_match().size
    return longest >= 0.9 * min(len(new.words), len(other.words))


def _matcher(one: Sequence[str], other: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=len(other) > _LONG)


_LONG = 1000  # beyond it, matching leaves frequent words out: the cost would be the length squared

# ── reworded: spun ──────────────────────────────────────────────────────────────────────────────────────────────────

_ANSWERS = 0.34  # share of distinct words two sentences have in common, when one is the other reworded
# Share of the shorter text's sentences that answer one of the other's, in order. Measured: reports of one campaign by
# different papers reach 0.2, rewrites of one story at another reading level have 0.5 to 1.
_ANSWERED = 0.50
_ANSWERED_CREDITED = 0.40
_ANSWERED_REQUOTED = 0.65  # a machine leaves quotations alone, one that translates back does not: then ask for more
_ANCHORS_KEPT = 0.60  # share of names and numbers kept in order
_QUOTATIONS_LEFT = 0.5
_LENGTHS = (0.33, 1.8)  # of the original's: a machine goes sentence by sentence
_LEAST_SENTENCES = 4
_MOST_SENTENCES = 1000  # a longer text is compared by its shingles alone: aligning costs its length squared
_LEAST_ANCHORS = 6
# A rewriter who rewords quotations too leaves less of each measure; then all three must speak together. Measured:
# rewrites of one story come to 1.26 and more in all; formulas that come near have few sentences or keep fewer names.
_TOGETHER = 1.25
_TOGETHER_KEPT, _TOGETHER_ANSWERED, _TOGETHER_PROSE = 0.66, 0.33, 0.15
_TOGETHER_SENTENCES = 10  # formulas of a few sentences reach that sum by chance


def _spun(new: CopyText, other: CopyText, prose: float, evidence: dict[str, Any]) -> CopyVerdict | None:
    if _same_hand(new, other) or not _comparable(new, other):
        return None
    if _most_kept(new, other) < _ANCHORS_KEPT:
        return None
    kept = _order_kept(new.anchors, other.anchors)
    evidence["anchors_kept"] = round(kept, 3)
    if kept < _ANCHORS_KEPT or not _has_sentences(new, other):
        return None
    answered = _answered(new.sentences, other.sentences)
    evidence["answered"] = round(answered, 3)
    quotes = _quotations_kept(new, other)
    evidence["quotations_kept"] = round(quotes, 3) if quotes is not None else None
    wanted = _ANSWERED_CREDITED if evidence["credited"] else _ANSWERED
    if quotes is not None and quotes < _QUOTATIONS_LEFT:
        wanted = _ANSWERED_REQUOTED
    if answered < wanted and not _together(new, other, kept, answered, prose):
        return None
    return CopyVerdict(CopyKind.SPUN, min(1.0, (answered + kept) / 2), evidence)


def _together(new: CopyText, other: CopyText, kept: float, answered: float, prose: float) -> bool:
    """Whether names, sentences and the runs of words left over together show a rewrite, though none does alone."""
    return (
        min(len(new.sentences), len(other.sentences)) >= _TOGETHER_SENTENCES
        and kept >= _TOGETHER_KEPT
        and answered >= _TOGETHER_ANSWERED
        and prose >= _TOGETHER_PROSE
        and kept + answered + prose >= _TOGETHER
    )


def _same_hand(new: CopyText, other: CopyText) -> bool:
    # Nobody spins or sums up himself: like texts of one outlet are a form filled in anew, or a story told on.
    return new.outlet == other.outlet


def _comparable(new: CopyText, other: CopyText) -> bool:
    """Whether the two are of lengths that a rewording leaves, with names and numbers enough, and not too many."""
    shortest, longest = _LENGTHS
    if not shortest <= len(new.words) / len(other.words) <= longest:
        return False
    fewest, most = sorted((len(new.anchors), len(other.anchors)))
    return fewest >= _LEAST_ANCHORS and most // 4 <= _MOST_SENTENCES


def _has_sentences(new: CopyText, other: CopyText) -> bool:
    """Whether there is enough to align sentence by sentence, and not too much."""
    fewest, most = sorted((len(new.sentences), len(other.sentences)))
    return fewest >= _LEAST_SENTENCES and most <= _MOST_SENTENCES


def _most_kept(new: CopyText, other: CopyText) -> float:
    """As much of the names and numbers as could be kept in order, by how often each stands in either text."""
    mine, theirs = new.read.anchor_counts, other.read.anchor_counts
    shared = sum([min(count, theirs[name]) for name, count in mine.items() if name in theirs])
    return shared / max(1, min(len(new.anchors), len(other.anchors)))


def _order_kept(mine: Sequence[str], theirs: Sequence[str]) -> float:
    """The share of the shorter sequence of names and numbers that stands in the longer one in the same order."""
    matched = sum(block.size for block in _matcher(mine, theirs).get_matching_blocks())
    return matched / max(1, min(len(mine), len(theirs)))


def _answered(mine: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> float:
    """The share of the shorter text's sentences that answer one of the other's, in order (longest such chain)."""
    chain = [0] * (len(theirs) + 1)
    others = [(place, other, len(other)) for place, other in enumerate(theirs, 1)]
    for sentence in mine:
        size, before, longest = len(sentence), 0, 0
        for place, other, length in others:
            kept = chain[place]
            longest = max(longest, kept)
            if before >= longest:
                shared = len(sentence & other)
                if shared >= _ANSWERS * (size + length - shared):
                    longest = before + 1
            before, chain[place] = kept, longest
    return chain[-1] / min(len(mine), len(theirs))


def _quotations_kept(new: CopyText, other: CopyText) -> float | None:
    """The share of the new text's quotations that stand in the other to the letter; None when it has none."""
    if not new.quotations:
        return None
    kept = sum(
        runs <= other.shingles or words in other.quotations
        for words, runs in zip(new.quotations, new.read.quoted_runs, strict=True)
    )
    return kept / len(new.quotations)


# ── boiled down: summary ────────────────────────────────────────────────────────────────────────────────────────────

_SHORTER = 0.6  # of the original's length, at most
_SUMMARY_ANCHORS = 0.8
_DRAWN = 0.5  # share of a sentence's longer words found in the original, for it to be drawn from there
_SUMMARY_OWN = 0.25  # share of its shingles found there, when nothing but quotations speaks for it
_LONG_WORD = 5
# A brief that says whose story it tells may use words of its own, as long as nearly all it names stands there.
_BRIEF, _BRIEF_ANCHORS, _BRIEF_DRAWN = 0.45, 0.75, 0.35
_NAME_LETTERS = 3  # a shorter name of an outlet is found by chance


def _summary(new: CopyText, other: CopyText, inside: float, evidence: dict[str, Any]) -> CopyVerdict | None:
    if len(new.words) > _SHORTER * len(other.words) or _same_hand(new, other):
        return None
    names = _mentioned(new, other)
    mine = set(new.anchors) - {word for name in names for word in name.split()}
    if len(mine) < _LEAST_ANCHORS:
        return None
    contained = len(mine & (other.read.anchor_counts.keys() | other.read.word_set)) / len(mine)
    evidence["anchors_contained"] = round(contained, 3)
    drawn = _drawn(new, other)
    evidence["drawn"] = round(drawn, 3)
    quotes = _quotations_kept(new, other)
    evidence["quotations_kept"] = round(quotes, 3) if quotes is not None else None
    evidence["cites"] = names[0] if names else None
    cites = evidence["credited"] or bool(names)
    own_words = cites or (quotes is not None and quotes == 1.0 and inside >= _SUMMARY_OWN)
    whole = contained >= _SUMMARY_ANCHORS and drawn >= _DRAWN and own_words
    brief = len(new.words) <= _BRIEF * len(other.words) and contained >= _BRIEF_ANCHORS and drawn >= _BRIEF_DRAWN
    if not whole and not (brief and cites):
        return None
    return CopyVerdict(CopyKind.SUMMARY, min(1.0, (contained + drawn) / 2), evidence)


def _mentioned(new: CopyText, other: CopyText) -> list[str]:
    """The names of the other's outlet that the new text gives, in capitals as names are; the longest first."""
    found = []
    for name in sorted(other.names, key=len, reverse=True):
        if len(name) < _NAME_LETTERS or "." in name or "/" in name:
            continue
        match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", new.body, re.IGNORECASE)
        if match and match[0][0].isupper():
            found.append(name)
    return found


def _drawn(new: CopyText, other: CopyText) -> float:
    """The share of the new text's longer words that the other has as well."""
    long_words = {word for word in new.read.word_set if len(word) >= _LONG_WORD}
    return len(long_words & other.read.word_set) / max(1, len(long_words))
