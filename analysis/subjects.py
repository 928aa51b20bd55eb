"""Who stands beside a reporting verb: the noun phrase before it, after it, or shared with an earlier verb."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.finite import is_finite
from analysis.skeleton import Skeleton
from analysis.verbs import VerbGroup
from news.cues import AUXILIARIES, VERBS, is_adverb
from news.vocabulary import word_set

HARD = frozenset([";", ":", "—", "–", "(", ")", "[", "]", "-", "…", "."])
JOINERS = word_set("and but or nor yet so then plus")
SUBORDINATORS = frozenset(
    [
        "that",
        "while",
        "as",
        "because",
        "if",
        "when",
        "after",
        "before",
        "since",
        "although",
        "though",
        "where",
        "whether",
        "than",
        "until",
        "unless",
        "whose",
        "how",
        "why",
        "what",
        "once",
        "whereas",
    ]
)
RELATIVES = frozenset(["who", "which"])
PREPOSITIONS = word_set(
    """
    in on at by for with from to of about during under over after before through via amid despite against into
    without among between within along following since like according unlike per"""
)
PRONOUNS = word_set("he she they it we i both neither all others another one some many")
DETERMINERS = word_set("the a an this that these those his her its their our my another one two three some")
WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
TIMES = WEEKDAYS | word_set(
    """
    yesterday today tomorrow late early last earlier later recently afterwards afterward monthly weekly this
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sept sep oct nov dec"""
)
_AMOUNTS = word_set("half one two three four five six seven eight nine ten least most a third quarter dozen hundreds")
_NO_SUBJECTS = frozenset(["speaking", "asked", "citing", "when", "back", "once"])
_STOPS_AFTER = word_set(
    """
    who that as when would while during after before which where because although though to if amid
    """
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase of tokens `first`..`stop`; `wide_first`..`wide_stop` takes in what is said beside its name."""

    first: int
    stop: int
    wide_first: int
    wide_stop: int


def is_boundary(skeleton: Skeleton, at: int) -> bool:
    """Whether no noun phrase reaches over that place: a quotation, a hard mark, a conjunction of clauses."""
    word = skeleton.low(at)
    return skeleton.kind(at) == "q" or word in HARD or word in SUBORDINATORS


def skip_lead(skeleton: Skeleton, first: int, stop: int) -> int:
    """Past conjunctions, sentence adverbs and commas at the front of a chunk."""
    while first < stop and (
        skeleton.low(first) in JOINERS
        or skeleton.low(first) == ","
        or skeleton.low(first) in {"however", "meanwhile", "moreover", "now", "also", "still", "later"}
        or (is_adverb(skeleton.low(first)) and skeleton.low(first) not in {"both", "all", "yesterday", "today"})
    ):
        first += 1
    return first


def _takes_object(skeleton: Skeleton, at: int) -> bool:
    """“Taking this opportunity": a participle at the head of the sentence, not a name that ends so."""
    word = skeleton.low(at + 1)
    return at == 0 and (word in DETERMINERS or word in PREPOSITIONS or word in {"that", "he", "she", "it"})


def looks_nominal(skeleton: Skeleton, first: int, stop: int) -> bool:
    """Whether a chunk can be a subject: it starts like a noun phrase and holds no finite verb before a relative."""
    first = skip_lead(skeleton, first, stop)
    if first >= stop:
        return False
    lead = skeleton.low(first)
    if _is_amount(skeleton, first):
        return True
    if lead in PREPOSITIONS or lead in RELATIVES or lead in TIMES or lead in _NO_SUBJECTS:
        return False
    if lead.endswith("ing") and (not skeleton.tokens[first].capital or _takes_object(skeleton, first)):
        return False
    return not any(is_finite(skeleton, at) for at in range(first, stop))


def _is_amount(skeleton: Skeleton, at: int) -> bool:
    """“About half of", "over 40": a preposition's form that measures."""
    word = skeleton.low(at + 1)
    return skeleton.low(at) in {"about", "around", "over", "under", "at"} and (word[:1].isdigit() or word in _AMOUNTS)


def _after_preposition(skeleton: Skeleton, first: int, stop: int) -> int:
    """Where the subject begins in a chunk such as "In town the ministry" or "On Monday Lee"."""
    for at in range(stop - 1, first, -1):
        before = skeleton.low(at - 1)
        if skeleton.low(at) in DETERMINERS | PRONOUNS and before not in PREPOSITIONS and skeleton.low(at) != "one":
            return at
    if skeleton.low(first + 1) in TIMES:
        at = first + 1
        while at < stop and (
            skeleton.low(at) in TIMES or skeleton.low(at)[:1].isdigit() or skeleton.low(at) in {",", "."}
        ):
            at += 1
        return at
    return first


def _chunks(skeleton: Skeleton, stop: int) -> list[tuple[int, int]]:
    """The comma-separated chunks left of `stop` as far as the nearest hard boundary, leftmost first."""
    found: list[tuple[int, int]] = []
    end = stop
    at = stop
    while at > 0 and skeleton.kind(at - 1) != "q" and skeleton.low(at - 1) not in HARD:
        at -= 1
        if skeleton.low(at) == ",":
            found.append((at + 1, end))
            end = at
    found.append((at, end))
    return found[::-1]


def _beside_commas(skeleton: Skeleton, stop: int) -> Subject | None:
    """The subject of a verb that follows a comma: "X, an envoy who came late, said"."""
    chunks = _chunks(skeleton, stop)
    for first, end in chunks[:-1] or chunks:
        if looks_nominal(skeleton, first, end):
            begin = skip_lead(skeleton, first, end)
            return Subject(begin, end, begin, stop)
    return None


def _trim_time(skeleton: Skeleton, first: int, stop: int) -> int:
    """Without a day at the end of the phrase: "the ministry on Monday"."""
    end = stop
    while end - 1 > first and (
        skeleton.low(end - 1) in TIMES
        or skeleton.low(end - 1) in {"on", "."}
        or skeleton.low(end - 1).isdigit()
        or (is_adverb(skeleton.low(end - 1)) and not skeleton.tokens[end - 1].capital)
    ):
        end -= 1
    return end


def _coordinated(skeleton: Skeleton, at: int) -> bool:
    """Whether the "and" at that place joins two names ("Both A and B") rather than two clauses."""
    left = at - 1
    while left >= 0 and not is_boundary(skeleton, left) and skeleton.low(left) != ",":
        word = skeleton.low(left)
        lower = not skeleton.tokens[left].capital and skeleton.kind(left) == "w"
        if is_finite(skeleton, left) or (lower and word in VERBS) or (lower and word.endswith("ed")):
            return False
        if word == "both":
            return True
        left -= 1
    return at - 1 > left and skeleton.low(at + 1) not in {"he", "she", "they", "it"}


def _relative_before(skeleton: Skeleton, at: int) -> int:
    """Where the "who" or "whose" stands that the verb at that place belongs to ("those whose laws fell say"), or 0."""
    for place in range(at - 1, max(0, at - 12), -1):
        if skeleton.low(place) in RELATIVES or skeleton.low(place) == "whose":
            return place
        if skeleton.low(place) == "," or skeleton.kind(place) == "q" or is_finite(skeleton, place):
            return 0
    return 0


def _adjacent(skeleton: Skeleton, stop: int) -> Subject | None:
    at = stop
    while at > 0 and not is_boundary(skeleton, at - 1) and skeleton.low(at - 1) != ",":
        word = skeleton.low(at - 1)
        if is_finite(skeleton, at - 1) and (relative := _relative_before(skeleton, at - 1)):
            return _antecedent(skeleton, relative)
        if is_finite(skeleton, at - 1) or word in RELATIVES:
            break
        if word in JOINERS and not _coordinated(skeleton, at - 1):
            break
        at -= 1
    if at > 0 and skeleton.low(at - 1) in RELATIVES:
        end = at - 2 if skeleton.low(at - 2) == "," else at - 1
        return _antecedent(skeleton, end) if end > 0 else None
    if at > 0 and skeleton.low(at - 1) == "that" and at == stop:
        return _adjacent(skeleton, at - 1) if at > 1 else None
    first = skip_lead(skeleton, at, stop)
    if first < stop and skeleton.low(first) in PREPOSITIONS and not _is_amount(skeleton, first):
        first = _after_preposition(skeleton, first, stop)
        if skeleton.low(first) in PREPOSITIONS:
            return None
    if first >= stop:
        return None
    return Subject(first, _trim_time(skeleton, first, stop), first, stop)


def _antecedent(skeleton: Skeleton, end: int) -> Subject | None:
    """The noun phrase a "who" or "which" at that place stands for: the nearest name, else the nearest noun."""
    first = end
    while first > 0 and skeleton.tokens[first - 1].capital and skeleton.low(first - 1) not in DETERMINERS:
        first -= 1
    if first == end:
        found = _adjacent(skeleton, end)
        if found is None or skeleton.low(found.first - 1) != ",":
            return found
        head = found.first - 1  # "X, a baker, who": the name before the apposition
        first = head
        while first > 0 and skeleton.tokens[first - 1].capital:
            first -= 1
        return Subject(first, head, first, end) if first < head else found
    if skeleton.low(first - 1) in {"the", "of"}:
        return _adjacent(skeleton, end)
    return Subject(first, end, first, end)


def subject_before(skeleton: Skeleton, group: VerbGroup) -> Subject | None:
    """The noun phrase that ends where the verb group begins, or None."""
    stop = group.first
    if stop == 0 or skeleton.kind(stop - 1) == "q":
        return None
    if group.verb.form == "ing":
        return None
    if skeleton.low(stop - 1) == ",":
        return _beside_commas(skeleton, stop - 1)
    inner = _before_aside(skeleton, stop)
    found = _adjacent(skeleton, inner) if inner else None
    return replace(found, wide_stop=stop) if found and inner != stop else found


def _before_aside(skeleton: Skeleton, stop: int) -> int:
    """Where an aside in brackets or dashes right before that place begins; the place itself when there is none."""
    closing = skeleton.low(stop - 1)
    openers = {")": {"("}, "]": {"["}, "—": {"—"}, "–": {"–"}, "-": {"-"}}.get(closing)
    if openers is None:
        return stop
    opening = next((at for at in range(stop - 2, -1, -1) if skeleton.low(at) in openers), stop)
    return opening if opening < stop else 0


def subject_after(skeleton: Skeleton, start: int) -> Subject | None:
    """The noun phrase from token `start` on: up to a comma, a quotation or an adjunct."""
    at = start
    while at < len(skeleton.tokens):
        word = skeleton.low(at)
        if skeleton.kind(at) == "q" or word in HARD or word == "," or word in _STOPS_AFTER:
            break
        if at > start and (word in WEEKDAYS | {"yesterday", "today"} or word in AUXILIARIES - {"'s"}):
            break
        if word in {"on", "in", "at"} and (
            skeleton.low(at + 1) in TIMES or skeleton.low(at + 1) in {"a", "an", "response"}
        ):
            break
        at += 1
    if at == start:
        return None
    wide = at
    while wide < len(skeleton.tokens) and skeleton.kind(wide) != "q" and skeleton.low(wide) not in HARD:
        wide += 1
    return Subject(start, _trim_time(skeleton, start, at), start, wide)
