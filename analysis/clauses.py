"""A sentence's tree as speech needs it: whose verb it is, which words hang together, where a phrase ends.

Labels are those of Universal Dependencies (de Marneffe et al. 2021).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from news.vocabulary import word_set

RELATIVES = word_set("who which that whom whose")
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "expl")
CLAUSES = ("ccomp", "csubj", "csubj:pass")
NOMINAL = ("PROPN", "NOUN", "PRON", "NUM")
_INNER = ("flat", "compound", "appos", "nmod", "nmod:unmarked", "conj", "nummod", "nmod:poss")
TIMES = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow night morning afternoon evening
    day weekend week month year"""
)
_DEEPEST = 6  # clauses above a verb whose subject may be its own
_CLAUSAL = ("acl:relcl", "acl", "appos", "parataxis", "advcl", "advcl:relcl")


def child(token: Token, *labels: str) -> Token | None:
    """The first child with one of the labels."""
    return next((one for one in token.children if one.dep_ in labels), None)


def children(token: Token, *labels: str) -> list[Token]:
    """Every child with one of the labels, in order."""
    return [one for one in token.children if one.dep_ in labels]


def places(token: Token) -> range:
    """The places of a token's whole phrase, from its first word to its last."""
    return range(token.left_edge.i, token.right_edge.i + 1)


def sentence_start(token: Token) -> int:
    """The place of the first token of a token's sentence; spaCy's own `sent` looks the whole text over each time."""
    at = token.i
    while at > 0 and not token.doc[at].is_sent_start:
        at -= 1
    return at


def sentence_end(token: Token) -> int:
    """The place behind the last token of a token's sentence."""
    at = token.i + 1
    while at < len(token.doc) and not token.doc[at].is_sent_start:
        at += 1
    return at


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """Who does what the verb says: its own subject, or that of the clause it shares or hangs on."""
    every = [one for one in children(verb, "nsubj", "nsubj:pass", "nsubj:outer", "csubj") if one.lower_ not in TIMES]
    if every and (every[0].i < verb.i or verb.tag_ != "VBG"):
        return _antecedent(_likelier(every, verb), verb)
    head, label = verb.head, verb.dep_
    if head.i == verb.i or depth > _DEEPEST:
        return None
    if label == "acl" and head.pos_ in NOMINAL and (verb.tag_ == "VBG" or child(verb, "cc:preconj") is not None):
        return head
    shared = label == "conj" or (label == "advcl" and head.lower_ in _ASKED and verb.doc[head.i - 1].text == ",")
    if label in ("xcomp", "advcl", "ccomp") and not _is_finite(verb):
        given = child(head, "obj", "iobj") if label != "advcl" or _is_as(verb) else None
        if given is not None and given.i < verb.i:
            return given
        shared = head.pos_ in ("VERB", "AUX", "ADJ", "NOUN")
    return subject_of(head, depth + 1) if shared else None


def _likelier(subjects: list[Token], verb: Token) -> Token:
    """Of two subjects the one behind the verb of "…,” said X", the one right before its group, or the first."""
    behind = [one for one in subjects if one.left_edge.i == verb.i + 1]
    if behind and verb.doc[verb.i - 1].text in _CLOSING:
        return behind[0]
    close = [
        one for one in subjects if one.i < verb.i and not any(verb.doc[at].text == "," for at in range(one.i, verb.i))
    ]
    return close[-1] if close else subjects[0]


def _is_as(verb: Token) -> bool:
    """“quoted X as saying”: the verb is what X does."""
    return any(one.lower_ == "as" for one in children(verb, "mark", "case"))


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(
        one.tag_ in ("VBD", "VBZ", "VBP", "MD") for one in children(verb, "aux", "cop", "aux:pass")
    )


def _antecedent(subject: Token, verb: Token) -> Token:
    """What a relative pronoun stands for."""
    if subject.lower_ in RELATIVES and subject.tag_ in ("WP", "WDT", "IN"):
        clause = verb
        while clause.dep_ == "conj":
            clause = clause.head
        if clause.dep_ in ("acl:relcl", "acl", "advcl:relcl") and clause.head.pos_ in (
            "NOUN",
            "PROPN",
            "PRON",
            "NUM",
            "ADJ",
        ):
            return clause.head
        before = subject.i - 1
        while before > sentence_start(subject.doc[before]) and subject.doc[before].is_punct:
            before -= 1
        return (
            phrase_head(subject.doc[before])
            if subject.doc[before].pos_ in NOMINAL and subject.lower_ == "who"
            else subject
        )
    return subject


def phrase_head(token: Token) -> Token:
    """The head of the name or noun phrase that a token ends; what stands before a comma is another phrase."""
    while (
        token.head.i != token.i
        and not any(token.doc[at].text == "," for at in range(token.head.i, token.i))
        and (
            (token.dep_ in _INNER and token.head.pos_ in NOMINAL)
            or (token.dep_ == "obl" and token.head.pos_ == "ADJ" and token.head.dep_ in ("amod", "acl"))
            or (token.pos_ == "ADJ" and token.dep_ in ("amod", "acl") and token.head.pos_ in NOMINAL)
        )
    ):
        token = token.head
    return token


def agent_of(verb: Token) -> Token | None:
    """The doer of a passive: "… by X"."""
    agent = child(verb, "obl:agent")
    if agent is None and child(verb, "aux:pass") is not None:
        by = (one for one in children(verb, "obl") if any(case.lower_ == "by" for case in children(one, "case")))
        agent = next((one for one in by if one.lower_ not in TIMES and one.pos_ in NOMINAL), None)
    return agent


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive: by its auxiliary, or as a participle that says something of a noun."""
    if child(verb, "aux:pass") is not None:
        return True
    return (
        verb.tag_ == "VBN"
        and verb.dep_ == "acl"
        and child(verb, "obj") is None
        and child(verb, "cc:preconj") is None  # "neither confirmed nor denied"
    )


def that_clause(verb: Token) -> Token | None:
    """The clause with "that" behind a verb, wherever the tree has hung it: "said last month that it rained"."""
    for at in range(verb.i + 1, verb.right_edge.i + 1):
        mark = verb.doc[at]
        if mark.lower_ == "that" and _opens_clause(mark):
            clause = mark.head
            while clause.dep_ == "conj" and clause.head.i > at:
                clause = clause.head
            inner = any(
                verb.i < one.i < at and one.pos_ == "VERB" and one.dep_ in ("ccomp", "conj") for one in clause.ancestors
            )
            return None if inner else clause
    return None


def _opens_clause(that: Token) -> bool:
    """Whether "that" opens a clause with a subject of its own, as a conjunction does, whatever the tree calls it."""
    if that.head.i <= that.i or that.dep_ not in ("mark", "nsubj", "obj", "obl"):
        return False
    own = (one for one in children(that.head, "nsubj", "nsubj:pass", "expl") if that.i < one.i < that.head.i)
    return that.dep_ == "mark" or next(own, None) is not None


def in_future(tokens: Sequence[Token]) -> bool:
    """Whether the main verb of some words is in the future: "will leave", "would soon be built", "is going to"."""
    inside = {one.i for one in tokens}
    tops = (one for one in tokens if not one.is_punct and (one.head.i not in inside or one.head.i == one.i))
    top = next(tops, None)
    if top is None:
        return False
    helpers = {one.lower_ for one in top.children if one.dep_ in ("aux", "aux:pass")}
    going = top.lower_ == "going" and child(top, "xcomp") is not None
    return bool(helpers & _FUTURE) or going


_FUTURE = frozenset(["will", "'ll", "shall", "would", "wo", "’ll"])


def noun_phrase(noun: Token, *, wide: bool) -> tuple[int, int]:
    """First and last place of a noun's phrase without its preposition; `wide` with what is said beside it."""
    first, last = noun.left_edge.i, noun.right_edge.i
    first = _name_start(noun, first)
    opening = {
        place for one in noun.children if one.dep_ in ("case", "cc", "mark") and one.i < noun.i for place in places(one)
    }
    while first < noun.i and (first in opening or (noun.doc[first].is_punct and noun.doc[first].text not in _OPENS)):
        first += 1
    first = _with_owner(noun, first)
    last = _before_time(noun, last if wide else _narrow_end(noun, last))
    while last > noun.i and (noun.doc[last].text in _ENDS or noun.doc[last].tag_ == "POS"):
        last -= 1
    return first, last


def _with_owner(noun: Token, first: int) -> int:
    """Where a phrase begins whose owner the tree has hung elsewhere: "Norland's | delegate"."""
    doc, start = noun.doc, sentence_start(noun)
    if first - 2 < start or doc[first - 1].tag_ != "POS":
        return first
    at = first - 2
    while at - 1 >= start and doc[at - 1].pos_ == "PROPN" and doc[at].pos_ == "PROPN":
        at -= 1
    return at


def _name_start(noun: Token, first: int) -> int:
    """Where a person's name begins of which the tree has only the end: "Ha-kyou" of "Jeon Ha-kyou"."""
    doc = noun.doc
    if noun.pos_ != "PROPN":
        return first
    start = noun.i
    while noun.ent_type_ == "PERSON" and start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    start = min(first, start)
    while start - 1 > sentence_start(noun) and doc[start].text == "-" and doc[start - 1].pos_ == "PROPN":
        start -= 1
    while start - 1 > sentence_start(noun) and doc[start - 1].text == "-" and doc[start - 2].pos_ == "PROPN":
        start -= 2
    return start


def _before_time(noun: Token, last: int) -> int:
    """Where a phrase ends before a day that belongs to the verb: "The ministry on Thursday said"."""
    times = [one.left_edge.i for one in noun.children if one.i > noun.i and one.lower_ in TIMES]
    return min([last + 1, *times]) - 1


def _narrow_end(noun: Token, last: int) -> int:
    """Where a phrase ends before a clause, an apposition or a bracket that says more of the noun."""
    beside = [
        one.left_edge.i
        for one in noun.children
        if one.i > noun.i and one.dep_ in _CLAUSAL and not (one.dep_ == "appos" and one.left_edge.i == noun.i + 1)
    ]
    marks = [
        place
        for place in range(noun.i + 1, last + 1)
        if noun.doc[place].text in _BREAKS or noun.doc[place].lower_ in ("who", "which")
    ]
    end = min([last + 1, *beside, *marks]) - 1
    while end < last and noun.doc[end + 1].pos_ in ("NOUN", "PROPN") and noun.doc[end].pos_ in ("NOUN", "PROPN"):
        end += 1  # "the foreign ministry | spokeswoman"
    return end


_ASKED = frozenset(["asked", "pressed", "questioned", "quizzed"])
_CLOSING = frozenset(['"', "”", "''"])
_OPENS = frozenset("\"'$([#")
_ENDS = frozenset([",", ";", ":", "—", "–", "-", "--", ".", "…"])
_BREAKS = frozenset(["(", "—", "–", "--", ";", ":"])


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of every unbroken run of numbers."""
    start = last = None
    for number in sorted(numbers):
        if last is None or number != last + 1:
            if last is not None and start is not None:
                yield start, last
            start = number
        last = number
    if last is not None and start is not None:
        yield start, last
