"""What is said: the words before or after a subject and its verb that are the content of the speech."""

from __future__ import annotations

from analysis.finite import is_finite
from analysis.skeleton import Skeleton
from analysis.subjects import DETERMINERS, JOINERS, PREPOSITIONS, PRONOUNS, SUBORDINATORS, TIMES, WEEKDAYS
from analysis.verbs import VerbGroup
from news.claim import Span
from news.cues import ATTITUDES, AUXILIARIES, COMPLEMENTS, CueKind
from news.vocabulary import word_set

ADDRESSED = word_set("tell remind assure inform brief warn caution ask urge write")
_SETTINGS = word_set(
    """
    statement interview speech briefing post tweet message conference report commentary dispatch letter note
    article editorial remarks address release telegram broadcast hearing video call email e-mail memo"""
)
_ADJUNCTS = PREPOSITIONS | TIMES | word_set("when while as afterward afterwards citing referring speaking adding")
_CLAUSES = word_set("when while as after before")
_HEARERS = word_set(
    """
    reporters journalists lawmakers parliament media him her them us me you viewers diplomats members
    state-run newspapers students officials supporters"""
)
_DESCRIBING = frozenset(["who", "whose"])
_COMMENTS = word_set(
    """
    proposal acknowledgment acknowledgement reference move claim point remark recommendation position charge accusation
    assertion sign nod view prediction suggestion comment warning admission argument allegation term phrase slogan
    stance idea notion step demand"""
)
_AFTERTHOUGHTS = word_set("which who and but a an according")
_ADDRESSEE_WORDS = 9
_ADJUNCT_WORDS = 16
_LABEL_WORDS = 14


def _segment_stop(skeleton: Skeleton, at: int) -> int:
    """The end of the stretch from `at` without a comma, quotation or stop."""
    while (
        at < len(skeleton.tokens)
        and skeleton.kind(at) != "q"
        and skeleton.low(at) not in {",", ".", ";", ":", "—", "–"}
    ):
        at += 1
    return at


def follows_content(skeleton: Skeleton, first: int, stop: int, group: VerbGroup) -> bool:
    """Whether the unit `first`..`stop` closes or interrupts what it reports: "…," X said on Monday."""
    if first == 0 or group.kind in {CueKind.DENY, CueKind.REFUSE, CueKind.ACCUSE, CueKind.PRESUME, CueKind.CALL}:
        return first > 0 and skeleton.kind(first - 1) == "q" and group.kind is CueKind.SAY
    if skeleton.kind(first - 1) != "q" and skeleton.low(first - 1) not in {",", "—", "–"}:
        return False
    if group.verb.lemma in ATTITUDES or group.verb.lemma in COMPLEMENTS:
        return False
    end = _segment_stop(skeleton, stop)
    if end == stop:
        return skeleton.low(stop) != ":" and (skeleton.kind(stop) != "q" or skeleton.kind(first - 1) == "q")
    if skeleton.low(end) == ":" or (skeleton.kind(end) == "q" and skeleton.kind(first - 1) != "q"):
        return False
    return _closes(skeleton, first, [skeleton.low(at) for at in range(stop, end)], group)


def _closes(skeleton: Skeleton, first: int, aside: list[str], group: VerbGroup) -> bool:
    """Whether the words behind the unit leave what stands before it as the content."""
    if skeleton.kind(first - 1) == "q":
        opened = first == 1 or (first == 2 and skeleton.low(0) in JOINERS)  # noqa: PLR2004 - the quotation begins it
        if (opened and aside[0] != "that") or aside[0] in {"of", "about"}:
            return True  # "…," X said of reports that Y
    elif _only_sets_scene(skeleton, first):
        return False
    return _is_aside(aside, addressed=group.verb.lemma in ADDRESSED)


def _only_sets_scene(skeleton: Skeleton, first: int) -> bool:
    """Whether what stands before the unit is no statement yet: "On Tuesday, even as …", "In discussing the deal"."""
    lead = skeleton.low(1) if skeleton.low(0) in JOINERS else skeleton.low(0)
    scene = lead in (PREPOSITIONS | TIMES) - {"this"} or lead in SUBORDINATORS - {"that"} or lead.endswith("ing")
    return scene and not any(
        is_finite(skeleton, at) and skeleton.low(at - 1) not in SUBORDINATORS for at in range(1, first)
    )


def _is_aside(words: list[str], *, addressed: bool) -> bool:
    """Whether the words behind a unit only say when, where or to whom."""
    finite = any(word in AUXILIARIES - {"'s", "may"} for word in words)
    if "that" in words or (finite and words[0] not in _CLAUSES):
        return False
    return addressed or words[0] in _ADJUNCTS


def _trim(skeleton: Skeleton, first: int, stop: int) -> tuple[int, int]:
    while first < stop and skeleton.kind(first) == "p" and skeleton.low(first) not in {"$", "(", "["}:
        first += 1
    while stop > first and skeleton.kind(stop - 1) == "p" and skeleton.low(stop - 1) not in {")", "]", "%"}:
        stop -= 1
    return first, stop


def _span(skeleton: Skeleton, first: int, stop: int) -> tuple[Span, ...]:
    first, stop = _trim(skeleton, first, stop)
    if first >= stop:
        return ()
    start, end = skeleton.span(first, stop)
    return ((start, end),)


def _resumes(skeleton: Skeleton, begin: int, first: int, end: int, resumed: int) -> bool:
    """Whether an unquoted statement goes on after "…, X said, …": what stands before is no whole clause yet."""
    if skeleton.low(end) not in {",", "—", "–"} or skeleton.low(first - 1) not in {",", "—", "–"}:
        return False
    word = skeleton.low(resumed)
    if any(skeleton.kind(at) == "q" for at in range(begin, first)) or word in _AFTERTHOUGHTS or word.endswith("ing"):
        return False
    half = skeleton.low(begin) in SUBORDINATORS  # "If it rains, he said, we stay"
    whole = not half and any(is_finite(skeleton, at) for at in range(begin, first))
    return is_finite(skeleton, resumed) or not whole


def content_before(skeleton: Skeleton, left: int, first: int, stop: int, right: int) -> tuple[Span, ...]:
    """The content of a unit that follows it, and what goes on after an interruption."""
    begin = left
    if skeleton.kind(first - 1) == "q" and first - 1 > left and skeleton.low(first - 2) in {",", ":"}:
        begin = first - 1
    while begin < first and (skeleton.low(begin) in JOINERS or skeleton.low(begin) == ",") and left:
        begin += 1
    content = _span(skeleton, begin, first)
    end = _segment_stop(skeleton, stop)
    resumed = end + 1 if skeleton.low(end) in {",", ":", "—", "–"} else end
    if resumed >= right:
        return content
    if skeleton.kind(resumed) == "q":
        return content + _span(skeleton, resumed, right)
    if _resumes(skeleton, begin, first, end, resumed):
        return content + _span(skeleton, resumed, right)
    quoted = next((at for at in range(resumed, right) if skeleton.kind(at) == "q"), None)
    if quoted is not None and skeleton.low(quoted - 1) == ":":
        return content + _span(skeleton, quoted, right)
    return content


def _past_addressee(skeleton: Skeleton, at: int, right: int) -> int:
    for place in range(at, min(right, at + _ADDRESSEE_WORDS)):
        word = skeleton.low(place)
        if skeleton.kind(place) == "q" or word in {"that", ",", ":"}:
            return place
        if word in {"to", "of", "about", "against"} and place > at:
            return place
        if word in AUXILIARIES or (word in PRONOUNS and place > at):
            break
    if skeleton.low(at) in _HEARERS:
        return at + 1
    place = at + 1 if skeleton.low(at) in DETERMINERS else at
    run = place
    while run < right and skeleton.tokens[run].capital and skeleton.low(run) not in DETERMINERS:
        run += 1
    return run if run > place else place + (1 if place > at else 0)


def _past_adjunct(skeleton: Skeleton, at: int, right: int) -> int:
    """Past "on Monday", "in a statement on 3 May", up to the "that" or comma after it."""
    word = skeleton.low(at)
    if word not in PREPOSITIONS | TIMES and word not in {"separately", "again"}:
        return at
    for place in range(at, min(right, at + _ADJUNCT_WORDS)):
        here = skeleton.low(place)
        if here == "that" or skeleton.kind(place) == "q":
            return place
        if here == "," and (later := _that_behind(skeleton, place, min(right, at + _ADJUNCT_WORDS))):
            return later
        if here in {",", ":"} and not (skeleton.low(place - 1).isdigit() and skeleton.low(place + 1).isdigit()):
            return place + 1
        if here in AUXILIARIES - {"may", "'s"}:
            break
    return _past_time(skeleton, at, right)


def _that_behind(skeleton: Skeleton, comma: int, stop: int) -> int:
    """Where ", that" goes on after a place with commas in it ("in X, Y, that …"); 0 when it does not."""
    return next((at for at in range(comma + 2, stop) if skeleton.low(at) == "that" and skeleton.low(at - 1) == ","), 0)


def _past_time(skeleton: Skeleton, at: int, right: int) -> int:
    place = at
    while place < right:
        word = skeleton.low(place)
        dated = word in TIMES or word.isdigit() or word in {"on", "morning", "evening", "night", "afternoon", "week"}
        if word == "in" and skeleton.low(place + 1) in {"a", "an"}:
            setting = next((n for n in range(place + 2, min(place + 6, right)) if skeleton.low(n) in _SETTINGS), None)
            if setting is None:
                break
            place = setting + 1
        elif dated or (word == "." and place > at and skeleton.low(place - 1) in TIMES):
            place += 1
        else:
            break
    return place if place > at and (skeleton.low(place - 1) in TIMES | WEEKDAYS | _SETTINGS or place - at > 1) else at


def _label_end(skeleton: Skeleton, at: int, right: int) -> int:
    """Where "called it X" ends: behind the quoted name, else at the next comma or dash."""
    named = next((place for place in range(at, min(right, at + _LABEL_WORDS)) if skeleton.kind(place) == "q"), None)
    if named is not None and not any(
        is_finite(skeleton, place) or skeleton.low(place) in {"but", ";", ":"} for place in range(at, named)
    ):
        while skeleton.low(named + 1) in {"and", "or", ","} and skeleton.kind(named + 2) == "q" and named + 2 < right:
            named += 2
        return named + 1
    place = at
    while place < right and skeleton.low(place) not in {",", ";", "—", "–", ":"} and not _set_off(skeleton, place):
        place += 1
    return place


def _set_off(skeleton: Skeleton, at: int) -> bool:
    """Whether a hyphen there stands between blanks, as a dash."""
    return skeleton.low(at) == "-" and skeleton.tokens[at].start > skeleton.tokens[at - 1].end


def content_after(skeleton: Skeleton, group: VerbGroup, start: int, right: int) -> tuple[Span, ...]:
    """The content that follows a unit: after its addressee and the words that say when and where it was said."""
    at = start
    if group.kind is CueKind.CALL:
        return _span(skeleton, at, _label_end(skeleton, at, right))
    if group.kind is CueKind.SAY or group.verb.lemma in {"warn", "caution"}:
        if group.verb.lemma in ADDRESSED and skeleton.low(at) not in {"that", ",", ":", "of", "against"} | PREPOSITIONS:
            at = _past_addressee(skeleton, at, right)
        at = _past_adjunct(skeleton, at, right)
        if at < right and skeleton.low(at) == "," and skeleton.low(at + 1) in PREPOSITIONS | TIMES:
            at = _past_adjunct(skeleton, at + 1, right)
    return _span(skeleton, at, _statement_end(skeleton, at, right))


def _runs_out(skeleton: Skeleton, at: int, comma: int, right: int) -> bool:
    """Whether a description at that comma (", who …") ends the statement: no verb of its own goes on behind."""
    return any(is_finite(skeleton, place) for place in range(at, comma)) and not any(
        skeleton.low(place) == "," and is_finite(skeleton, place + 1) for place in range(comma + 1, right)
    )


def _statement_end(skeleton: Skeleton, at: int, right: int) -> int:
    """Where an indirect statement ends before what the writer adds: a source, a comment, a description."""
    for place in range(at + 2, right - 1):
        if skeleton.low(place) not in {",", "—", "–"}:
            continue
        word, after = skeleton.low(place + 1), skeleton.low(place + 2)
        comment = (word in {"a", "an"} and any(skeleton.low(n) in _COMMENTS for n in range(place + 2, place + 5))) or (
            word == "but" and after in PRONOUNS
        )
        if (
            word in {"according", "referring", "crediting", "alluding", "using"}
            or comment
            or (word in _DESCRIBING and _runs_out(skeleton, at, place, right))
        ):
            return place
    return right
