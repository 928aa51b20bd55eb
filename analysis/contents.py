"""Which words are said: the clause or phrase a cue brings, read off the sentence's tree."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from analysis.asides import aside, before_quoting, interrupted, led
from analysis.clauses import TIMES, child, children, noun_phrase, places, sentence_end, sentence_start, that_clause
from analysis.cuegroups import CueGroup
from analysis.speakers import (
    CLOSES,
    PLAIN,
    apposed_claim,
    closing_place,
    enclosed_end,
    quoting_verb,
)
from analysis.units import Unit
from news.claim import Span
from news.cues import CueKind
from news.vocabulary import word_set

_OBJECT_TAKERS = frozenset(CueKind) - {CueKind.SAY}
_ABOUT = word_set("agree refer discuss point")
_TELLING = word_set("tell inform brief assure remind")
_TOLD = word_set("reporters journalists lawmakers parliament newsmen correspondents broadcasters me us him her them")


def said_places(unit: Unit, group: CueGroup, source: range, groups: Sequence[CueGroup]) -> set[int]:
    """The places of the tokens that are said by a cue that brings no whole quotation."""
    end = enclosed_end(unit, group)
    if end is not None:
        return set(range(unit.first, group.first - 1)) | set(range(end + 1, unit.last + 1))
    quoting = quoting_verb(unit, group)
    if quoting is not None and child(group.token, "ccomp", "parataxis") is None and that_clause(group.token) is None:
        return before_quoting(unit, quoting)
    comma = closing_place(unit, group)
    if comma is not None:
        before = set(range(unit.first, comma))
        return before - _according(unit, before)
    apposed = apposed_claim(unit, group)
    if apposed is not None:
        return set(range(max(unit.first, sentence_start(group.token)), apposed[0]))
    around = aside(unit, group, source)
    if around:
        return around - _according(unit, around)
    return _content(unit, group, source, groups, passive=group.passive)


def said_beside(unit: Unit, group: CueGroup, source: range, framed: Sequence[Span]) -> set[int]:
    """The places of what is said beside the whole quotations a cue brings: "A, X said, “B”"."""
    leads = framed[0][0] < unit.span(group.first, group.last)[0]
    own = next(
        (
            one
            for one in children(group.token, "ccomp")
            if one.i > group.last and not unit.holds(framed, one.i) and _goes_on(one, led=leads)
        ),
        None,
    )
    behind = {at for at in (places(own) if own is not None else ()) if at > group.last and at not in source}
    return {at for at in behind if not unit.holds(framed, at)} | led(unit, group, source, framed)


def _content(unit: Unit, group: CueGroup, source: range, groups: Sequence[CueGroup], *, passive: bool) -> set[int]:
    """The places of the tokens that are said."""
    verb = group.token
    if passive:
        return _of_passive(group, source)
    own = set(range(group.first, group.last + 1)) | set(source)
    said = _said(group)
    found: set[int] = set()
    for one in said:
        found |= _clause(one, verb)
    if not found and _is_aside(unit, group, source):
        after = unit.last if source.start > group.first else group.last + 1  # of "predicted X, once a baker" all is X's
        marks = (at for at in range(after, unit.last) if unit.doc[at].text == ",")
        beside = range(places(verb).start, next(marks, places(verb).stop))
        return set(places(verb.head)) - set(beside) - own
    if found:
        right = [one.i for one in said if one.i > verb.i]
        if right:
            found |= _tail(group, max(found), groups)
            found = _edge(unit, group, _with_quotation(unit, found), groups) | interrupted(unit, group, source)
    return found - own - _according(unit, found) - _recipient(unit, group, found)


def _recipient(unit: Unit, group: CueGroup, content: set[int]) -> set[int]:
    """The place of who was told, where the tree has put it into what was told: "told reporters it rained"."""
    first = group.last + 1
    told = group.verb.lemma in _TELLING and first in content and first + 1 in content
    return {first} if told and unit.doc[first].lower_ in _TOLD else set()


def _of_passive(group: CueGroup, source: range) -> set[int]:
    """What is said in the passive: a clause or a charge behind the verb, else what the verb is said of."""
    verb = group.token
    clause = child(verb, "ccomp", "xcomp", "csubj:pass") or that_clause(verb)
    if clause is not None:
        return _clause(clause, verb) - set(source)
    about = child(verb, "nsubj:pass", "csubj:pass")
    subject = set(places(about)) if about is not None else set()
    charge = next((one for one in children(verb, "obl", "advcl") if one.i > verb.i and _opens(one)), None)
    if charge is not None and group.kind in (CueKind.ACCUSE, CueKind.URGE):
        return subject | set(places(charge))
    opening = group.token.doc[sentence_start(group.token)]
    if not subject and opening.lower_ == "that" and opening.dep_ == "mark":
        return set(range(opening.i, group.first))
    if not subject and verb.dep_ == "acl":
        first, last = noun_phrase(verb.head, wide=False)
        return set(range(first, min(last, verb.left_edge.i - 1) + 1))
    return subject


def _with_quotation(unit: Unit, content: set[int]) -> set[int]:
    """A content with "that" goes on through a quotation right behind it, and to the end of the sentence."""
    first, last = min(content), max(content)
    if unit.doc[first].lower_ != "that" or last >= unit.last:
        return content
    end = unit.span(last, last)[1]
    behind = next(
        (one for one in unit.quotations if one.start >= end and not unit.text[end : one.start].strip(" ,")), None
    )
    return content if behind is None else content | set(range(first, sentence_end(unit.doc[first])))


def _according(unit: Unit, content: set[int]) -> set[int]:
    """The places of "according to Y" inside a content: Y's word on it, not the speaker's."""
    heads = [
        unit.doc[at].head
        for at in content
        if unit.doc[at].lower_ == "according" and unit.doc[at].dep_ in ("case", "mark")
    ]
    return {at for head in heads for at in places(head)}


def _clause(one: Token, verb: Token) -> set[int]:
    """The places of what is said, from its "that" on where it has one behind the verb."""
    mark = next(
        (
            each
            for each in children(one, "mark", "nsubj", "obj")
            if each.i > verb.i and each.lower_ in ("that", "whether", "if")
        ),
        None,
    )
    return set(places(one)) if mark is None else set(range(mark.i, one.right_edge.i + 1))


def _is_aside(unit: Unit, group: CueGroup, source: range) -> bool:
    """Whether a cue stands aside in another clause, which is what is said: "the rain, officials said, was heavy"."""
    verb = group.token
    if verb.head.i == verb.i:
        return False
    if verb.tag_ == "VBG":
        return False
    if verb.dep_ in ("parataxis", "discourse"):
        return True
    begin, end = min(group.first, source.start), max(group.last, source.stop - 1)
    opened = begin > unit.first and unit.doc[begin - 1].text in CLOSES
    closed = end < unit.last and unit.doc[end + 1].text in (",", ".", "?", "!")
    return verb.dep_ in ("advcl", "dep", "acl", "conj", "ccomp", "acl:relcl") and opened and closed


def _said(group: CueGroup) -> list[Token]:
    """The children of the verb that say what is said."""
    verb = group.token
    if (
        group.first <= verb.i <= group.last
        and group.rule in ("declined", "declined-to-comment", "refused-to-act", "cannot-confirm")
        and verb.i < group.last
    ):
        deeper = next((one for one in verb.children if one.dep_ in ("xcomp", "advcl") and one.i > verb.i), None)
        if deeper is not None and deeper.i <= group.last:
            verb = deeper
        elif deeper is not None:
            return [deeper]
    lost = that_clause(verb) if child(verb, "ccomp") is None and group.kind in PLAIN else None
    if lost is not None:
        return [lost]
    clauses = [
        one
        for one in verb.children
        if one.dep_ in ("ccomp", "parataxis")
        and not _is_cue_aside(one)
        and not _is_relative(one)
        and not _is_apart(one, verb)
        and not _is_beside_name(one, verb)
    ]
    if clauses:
        return [*clauses, *(one for one in children(verb, "nsubj") if one.i > verb.i and one.i < clauses[-1].i)]
    open_clauses = [one for one in children(verb, "xcomp") if one.i > verb.i]
    objects = [
        one
        for one in children(verb, "obj", "iobj", "obl:unmarked", "nmod:unmarked")
        if one.dep_ == "obj"
        or (one.dep_ == "iobj" and group.kind in (CueKind.URGE, CueKind.PRESUME))
        or (one.dep_ != "iobj" and not _is_time(one))
    ]
    if open_clauses or group.verb.lemma in _TELLING:  # of "told the council" alone the council is who was told
        return [*objects, *open_clauses] if group.kind is not CueKind.SAY else open_clauses
    if group.kind in _OBJECT_TAKERS or group.verb.lemma in _ABOUT:
        marked = [one for one in children(verb, "obl", "advcl") if one.i > verb.i and not _is_time(one) and _opens(one)]
        return [*objects, *marked]
    return objects


def _is_beside_name(clause: Token, verb: Token) -> bool:
    """Whether what the tree calls a clause is a noun between the speaker and the verb: "X, a 55-year-old, says"."""
    speaker = child(verb, "nsubj")
    return speaker is not None and speaker.i < clause.i < verb.i and child(clause, "nsubj", "cop", "aux") is None


def _is_apart(clause: Token, verb: Token) -> bool:
    """Whether a clause set beside the verb's own is a sentence of its own: behind a semicolon."""
    opening = clause.left_edge
    marks = {opening.text, clause.doc[opening.i - 1].text}
    return clause.dep_ == "parataxis" and clause.i > verb.i and not marks.isdisjoint((";", ".", ")"))


def _opens(phrase: Token) -> bool:
    """Whether an oblique phrase is what a verb is about rather than where, when or to whom it was said."""
    case = child(phrase, "case", "mark")
    return case is not None and case.lower_ in (
        "of",
        "for",
        "about",
        "against",
        "as",
        "over",
        "that",
        "with",
        "from",
        "on",
        "to",
        "if",
        "into",
    )


def _is_cue_aside(clause: Token) -> bool:
    return (
        clause.dep_ == "parataxis"
        and child(clause, "nsubj") is not None
        and clause.lower_ in ("said", "says", "according")
    )


def _is_time(phrase: Token) -> bool:
    return phrase.lower_ in TIMES or phrase.ent_type_ == "DATE" or (phrase.tag_ == "CD")


def _tail(group: CueGroup, last: int, groups: Sequence[CueGroup]) -> set[int]:
    """What hangs on the verb behind its content and goes on with it: "… because", "…, and that", "… on the border"."""
    found: set[int] = set()
    cues = {one.token.i for one in groups if one.token.i != group.token.i}
    for one in group.token.children:
        if one.left_edge.i <= last or one.dep_ in ("punct", "cc"):
            continue
        if (one.dep_ in ("advcl", "obl", "acl", "advmod") and one.i not in cues and not _is_time(one)) or (
            one.dep_ == "conj" and one.i not in cues and one.i > last and child(one, "nsubj", "nsubj:pass") is not None
        ):
            found |= set(range(last + 1, one.right_edge.i + 1))
            last = one.right_edge.i
        else:
            break
    return found


def _edge(unit: Unit, group: CueGroup, content: set[int], groups: Sequence[CueGroup]) -> set[int]:
    """The content up to where the speaker says something else: ", but said …", ", adding that …"."""
    for other in groups:
        if other.token.i == group.token.i or other.first <= group.last or other.first not in content:
            continue
        apposed = apposed_claim(unit, other)
        if apposed is not None:
            return {at for at in content if at < apposed[0]}
        start = other.first
        mine = child(other.token, "nsubj")
        if mine is not None and (mine.pos_ != "PRON" or mine.i > other.token.i):
            continue
        if mine is not None:
            start = mine.left_edge.i
        before = unit.doc[start - 1]
        joined = (
            before.lower_ in ("but", "and", "while") and start - 2 >= unit.first and unit.doc[start - 2].text == ","
        )
        trailing = before.text == "," and other.token.tag_ == "VBG"
        if joined or trailing:
            return {at for at in content if at < start - 1 - joined}
    return content


def _goes_on(clause: Token, *, led: bool) -> bool:
    """Whether a clause behind the cue is said too, beside a quotation; behind “…,” X said (`led`) only with "that"."""
    mark = child(clause, "mark")
    return not _is_relative(clause) and (not led or (mark is not None and mark.lower_ == "that"))


def _is_relative(clause: Token) -> bool:
    """Whether a clause has who or which for its subject: it says something of the speaker."""
    subject = child(clause, "nsubj", "nsubj:pass")
    return subject is not None and subject.lower_ in ("who", "which")
