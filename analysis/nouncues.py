"""Speech reported without a verb: according to X, as X put it, X's claim that, accusations by X that, "X: …"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.falsehood import FALSEHOOD
from analysis.finite import is_finite
from analysis.names import NOT_NAMES
from analysis.skeleton import Skeleton
from analysis.subjects import HARD, JOINERS, PREPOSITIONS, TIMES, Subject, subject_after, subject_before
from analysis.verbs import VerbGroup
from news.claim import Span
from news.cues import NOUNS, VERBS, CueKind, Verb
from news.vocabulary import word_set

_OPENERS = frozenset(["that", "of", "about"])
_ISSUING = word_set("issued issues made makes released gave gives published repeated carried")
_ARTICLES = frozenset(["a", "an", "the", "another", "its", "his", "her"])
_VIEWS = frozenset(["view", "position", "stance", "message", "argument", "answer", "line", "assessment", "response"])
_REMAINS = frozenset(["is", "was", "remains", "has"])
_COPULAS = frozenset(["is", "are", "was", "were"])
_LONGEST_LABEL = 8
_ADJECTIVES = 4
_FURNITURE = frozenset(
    ["note", "correction", "update", "photo", "video", "source", "more", "watch", "related", "caption"]
)
_NAME_LINKS = frozenset(["of", "the", "for", "and", "'s", "de", "van", "von", "al", "bin"])


@dataclass(frozen=True, slots=True)
class NounCue:
    """A speech without a reporting verb: its speaker, cue and content."""

    subject: Subject
    cue: Span
    content: tuple[Span, ...]
    kind: CueKind
    lemma: str
    rule: str


def _end(skeleton: Skeleton) -> int:
    stop = len(skeleton.tokens)
    while stop > 1 and skeleton.kind(stop - 1) == "p" and skeleton.low(stop - 1) not in {")", "%"}:
        stop -= 1
    return stop


def _around(skeleton: Skeleton, first: int, stop: int) -> tuple[Span, ...]:
    """The sentence without the words `first`..`stop` and the commas beside them."""
    end = _end(skeleton)
    spans: list[Span] = []
    before, after = first, stop
    while before > 0 and skeleton.low(before - 1) in {",", "—", "–"}:
        before -= 1
    while after < end and skeleton.low(after) in {",", "—", "–"}:
        after += 1
    if before > 1 or (before == 1 and skeleton.kind(0) == "q"):
        spans.append(skeleton.span(0, before))
    if after < end:
        spans.append(skeleton.span(after, end))
    return tuple(spans)


def _according(skeleton: Skeleton) -> Iterator[NounCue]:
    for at in range(len(skeleton.tokens) - 2):
        two = skeleton.low(at) == "according" and skeleton.low(at + 1) == "to"
        words = skeleton.low(at) == "words" and skeleton.low(at + 1) == "of" and skeleton.low(at - 1) == "the"
        if not (two or words):
            continue
        subject = subject_after(skeleton, at + 2)
        if subject is None:
            continue
        first = at if two else max(0, at - 2)
        stop = subject.stop
        if first > 0 and skeleton.low(subject.stop) == "," and subject.wide_stop >= _end(skeleton):
            # The rest describes the speaker ("…, according to X, a former envoy."), unless a verb goes on.
            resumed = (n for n in range(subject.stop, _end(skeleton)) if skeleton.low(n) == ",")
            stop = next((n for n in resumed if is_finite(skeleton, n + 1)), subject.wide_stop)
        content = _around(skeleton, first, stop)
        if content:
            yield NounCue(subject, skeleton.span(first, at + 2), content, CueKind.SAY, "according", "according-to")


def _as_put(skeleton: Skeleton) -> Iterator[NounCue]:
    for at in range(1, len(skeleton.tokens) - 1):
        if skeleton.low(at) not in {"put", "puts"} or skeleton.low(at + 1) != "it":
            continue
        opener = next((place for place in range(at - 1, max(-1, at - 10), -1) if skeleton.low(place) == "as"), None)
        if opener is None or opener + 1 >= at:
            continue
        subject = Subject(opener + 1, at, opener + 1, at)
        content = _around(skeleton, opener, at + 2)
        if content:
            yield NounCue(subject, skeleton.span(at, at + 2), content, CueKind.SAY, "put", "as-x-put-it")


def _noun(word: str) -> tuple[str, CueKind] | None:
    lemma = word.removesuffix("s")
    return (lemma, NOUNS[lemma]) if lemma in NOUNS else None


def _closes_name(skeleton: Skeleton, at: int) -> bool:
    word = skeleton.low(at)
    return word in {"'s", "his", "her", "their", "its"} or (skeleton.tokens[at].capital and word not in TIMES)


def _possessor(skeleton: Skeleton, at: int) -> Subject | None:
    """The X of "X's (adjective) claim" or "Northern accusations" before the noun at that place."""
    place = at - 1
    while place > 0 and at - place < _ADJECTIVES and not _closes_name(skeleton, place):
        if skeleton.low(place) in PREPOSITIONS or skeleton.low(place) in VERBS or skeleton.kind(place) != "w":
            return None
        place -= 1
    if place < 0 or not _closes_name(skeleton, place):
        return None
    stop = place if skeleton.low(place) == "'s" else place + 1
    if skeleton.low(place) in {"his", "her", "their", "its"}:
        return Subject(place, place + 1, place, place + 1)
    first = stop
    while (
        first > 0
        and (skeleton.tokens[first - 1].capital or skeleton.low(first - 1) in {"the", "of"})
        and skeleton.low(first - 1) not in HARD
        and (skeleton.low(first - 1) == "of" or skeleton.low(first - 1) not in PREPOSITIONS | JOINERS)
    ):
        first -= 1
    while first < stop and skeleton.low(first) == "of":
        first += 1
    return Subject(first, stop, first, stop) if first < stop and skeleton.tokens[stop - 1].capital else None


def _before_verdict(skeleton: Skeleton, opener: int, end: int) -> int:
    """Where what was claimed ends and what is said of it begins: "X's claim that … | is groundless"."""
    for at in range(opener + 1, end - 1):
        if skeleton.low(at) in _COPULAS and "by" in [skeleton.low(n) for n in range(at + 2, min(at + 4, end))]:
            return at  # "… was dismissed by Y"
        if skeleton.low(at) in _COPULAS and FALSEHOOD.search(skeleton.words(at + 1, min(at + 4, end))):
            return at
    return end


def _nominal(skeleton: Skeleton) -> Iterator[NounCue]:
    end = _end(skeleton)
    for at in range(len(skeleton.tokens) - 1):
        noun = _noun(skeleton.low(at))
        if noun is None:
            continue
        subject: Subject | None = None
        opener = at + 1
        if skeleton.low(opener) in {"by", "from"}:
            subject = subject_after(skeleton, opener + 1)
            opener = subject.stop if subject else opener
        else:
            subject = _possessor(skeleton, at)
        if subject is None or skeleton.low(opener) not in _OPENERS or opener + 1 >= end:
            continue
        lemma, kind = noun
        content = (skeleton.span(opener, _before_verdict(skeleton, opener, end)),)
        yield NounCue(subject, skeleton.span(at, at + 1), content, kind, lemma, f"noun:{lemma}")


def _viewed(skeleton: Skeleton) -> Iterator[NounCue]:
    """“X's view is that …", "its position remains that …"."""
    end = _end(skeleton)
    for at in range(1, len(skeleton.tokens) - 2):
        if skeleton.low(at) not in _VIEWS or skeleton.low(at + 1) not in _REMAINS:
            continue
        subject = _possessor(skeleton, at)
        opener = next((n for n in range(at + 2, min(at + 5, end)) if skeleton.low(n) == "that"), None)
        if subject and opener and opener + 1 < end:
            yield NounCue(
                subject, skeleton.span(at, at + 2), (skeleton.span(opener, end),), CueKind.SAY, "view", "view-is"
            )


def _in_words(skeleton: Skeleton) -> Iterator[NounCue]:
    """“In X's words, …", "in X's view …", "for X, …" at the head of a sentence."""
    end = _end(skeleton)
    comma = next((at for at in range(2, min(_LONGEST_LABEL, end)) if skeleton.low(at) == ","), None)
    if comma is None or comma + 1 >= end:
        return
    content = (skeleton.span(comma + 1, end),)
    if skeleton.low(0) == "in" and skeleton.low(comma - 1) in {"words", "view", "opinion", "telling", "estimation"}:
        subject = _possessor(skeleton, comma - 1)
        if subject:
            yield NounCue(subject, skeleton.span(comma - 1, comma), content, CueKind.SAY, "words", "in-x-words")
    named = all(skeleton.tokens[at].capital and skeleton.low(at) not in TIMES for at in range(1, comma))
    if skeleton.low(0) == "for" and named:
        subject = Subject(1, comma, 1, comma)
        yield NounCue(subject, skeleton.span(0, 1), content, CueKind.THINK, "for", "for-x")


def _issued(skeleton: Skeleton) -> Iterator[NounCue]:
    """“X issued a warning on Monday that …”, "X made the claim that …"."""
    end = _end(skeleton)
    for at in range(1, len(skeleton.tokens) - 3):
        if skeleton.low(at) not in _ISSUING or skeleton.low(at + 1) not in _ARTICLES:
            continue
        noun_at = next((place for place in range(at + 2, min(at + 6, end)) if _noun(skeleton.low(place))), None)
        if noun_at is None:
            continue
        opener = next(
            (place for place in range(noun_at + 1, min(noun_at + 7, end)) if skeleton.low(place) == "that"), None
        )
        group = VerbGroup(at, at, at + 1, Verb("issue", CueKind.SAY, "past"), CueKind.SAY)
        subject = subject_before(skeleton, group)
        found = _noun(skeleton.low(noun_at))
        if opener and subject and found:
            content = (skeleton.span(opener, end),)
            yield NounCue(subject, skeleton.span(at, noun_at + 1), content, found[1], found[0], f"issued:{found[0]}")


def _labelled(skeleton: Skeleton) -> Iterator[NounCue]:
    """“X: …” at the head of a sentence, as headlines and transcripts have it."""
    for at in range(1, min(_LONGEST_LABEL, len(skeleton.tokens) - 1)):
        if skeleton.low(at) == ":":
            named = all(
                skeleton.tokens[place].capital or skeleton.low(place) in _NAME_LINKS or skeleton.kind(place) == "p"
                for place in range(at)
            )
            if (
                named
                and skeleton.low(0) not in NOT_NAMES
                and skeleton.low(at - 1) not in _FURNITURE
                and at + 1 < _end(skeleton)
            ):
                subject = Subject(0, at, 0, at)
                content = (skeleton.span(at + 1, _end(skeleton)),)
                yield NounCue(subject, skeleton.span(at, at + 1), content, CueKind.SAY, "label", "label")
            return
        if skeleton.kind(at) != "w" and skeleton.low(at) not in {"(", ")", ","}:
            return


# Each way of reporting with words of which a sentence has at least one.
_FINDERS = (
    (_according, frozenset(["according", "words"])),
    (_as_put, frozenset(["put", "puts"])),
    (_issued, _ISSUING),
    (_nominal, frozenset([*NOUNS, *(f"{noun}s" for noun in NOUNS)])),
    (_viewed, _VIEWS),
    (_in_words, frozenset(["in", "for"])),
    (_labelled, frozenset([":"])),
)


def find_noun_cues(skeleton: Skeleton) -> list[NounCue]:
    """Every speech of the sentence that is reported without a reporting verb."""
    here = {token.low for token in skeleton.tokens}
    return [one for find, words in _FINDERS if not here.isdisjoint(words) for one in find(skeleton)]
