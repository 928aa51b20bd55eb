"""Speech reported without a verb: according to X, as X put it, X's claim that, accusations by X that, "X: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from analysis.clauses import child, children, noun_phrase, places, sentence_end, sentence_start, subject_of
from analysis.falsehood import FALSEHOOD
from analysis.names import NOT_NAMES
from analysis.units import Attribution, Unit
from news.claim import Span
from news.cues import NOUNS, CueKind
from news.vocabulary import word_set

_ISSUING = word_set(
    """
    issue issues issued make makes made release releases released give gives gave published publishes repeat repeats
    repeated carried voiced voices expressed expresses raised raises"""
)
_COPULAS = frozenset(["is", "are", "was", "were"])
_VIEWS = word_set("view position stance message argument answer line assessment response belief opinion claim hope")
_IN_WORDS = word_set("word words view opinion telling estimation eyes account estimate judgement judgment reckoning")
_OPENING = frozenset(["according", "put", "puts"])
_NOUNS = frozenset(["NN", "NNS", "VBG"])  # "in X's telling"
_LONGEST_LABEL = 8  # words
_FURNITURE = word_set(
    """
    note correction update photo video source more watch related caption contributing email twitter facebook contact
    phone tel website"""
)
_NAME_LINKS = word_set("of the for and 's de van von al bin")
_LABEL = re.compile(r"\s*(?P<name>[^\s:\"“”][^:\n\"“”?!]{0,70}?)\s*(?P<mark>:)\s+\S")
_SIGNED = re.compile(r"\s+(?P<mark>[–—-])\s+(?P<name>[A-Z][\w.'-]*(?:\s[\w.'-]+){0,4})$")
_CREDIT = re.compile(r"\s*\[(?P<name>[A-Z][\w .&'-]{1,40}?)\.?\]")


def find_reported(unit: Unit) -> list[Attribution]:
    """Every speech of the unit that is reported without a reporting verb."""
    found = [*_labelled(unit), *_signed(unit), *_credited(unit)]
    quoted = unit.quoted()
    for token in unit.tokens:
        if token.i in quoted:
            continue
        if token.lower_ in _OPENING:
            found += [*_according(unit, token), *_as_put(unit, token)]
        if token.tag_ in _NOUNS:
            found += [*_noun(unit, token), *_in_words(unit, token)]
    return found


def _spans(unit: Unit, numbers: set[int]) -> tuple[Span, ...]:
    """Text spans of tokens, marks at the ends left out; a quotation touched is taken whole."""
    whole = (unit.whole(span) for span in unit.trimmed(numbers))
    return tuple(span for span in whole if any(char.isalnum() for char in unit.text[slice(*span)]))


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue that is no verb: where it stands, what it does, its word and the rule that found it."""

    span: Span
    kind: CueKind
    lemma: str
    rule: str


def _by(unit: Unit, speaker: Token, cue: Cue, content: tuple[Span, ...], *, short_of: int | None = None) -> Attribution:
    """An attribution of a speaker whose phrase ends before the place `short_of`."""
    narrow, wide = (
        (first, min(last, short_of - 1) if short_of is not None else last)
        for first, last in (noun_phrase(speaker, wide=False), noun_phrase(speaker, wide=True))
    )
    pronoun = speaker.pos_ == "PRON"
    spans = unit.span(*narrow), unit.span(*wide)
    return Attribution(*spans, cue.span, content, cue.kind, cue.lemma, cue.rule, pronoun=pronoun)


def _clause_of(token: Token) -> set[int]:
    """The places of the clause that a phrase hangs on, up to the sentence."""
    top = token.head
    while top.head.i != top.i and top.dep_ in (
        "obl",
        "nmod",
        "obj",
        "advmod",
        "amod",
        "appos",
        "xcomp",
        "compound",
        "nsubj",
        "nummod",
        "nmod:unmarked",
    ):
        top = top.head
    return set(places(top))


def _according(unit: Unit, token: Token) -> Iterator[Attribution]:
    after = token.nbor() if token.i + 1 < len(token.doc) else token
    if token.lower_ != "according" or after.lower_ != "to":
        return
    speaker = token.head if token.dep_ in ("case", "mark") else child(token, "obl")
    if speaker is None or speaker.i <= token.i:
        return
    own = set(places(speaker)) | {token.i, after.i}
    ends = max(own) >= sentence_end(token) - 2 and token.i > sentence_start(token)
    content = _spans(unit, (set(range(sentence_start(token), token.i)) if ends else _clause_of(speaker)) - own)
    if not content:
        content = _spans(unit, set(range(unit.first, token.i)))
    if content:
        yield _by(unit, speaker, Cue(unit.span(token.i, after.i), CueKind.SAY, "according", "according-to"), content)


def _as_put(unit: Unit, token: Token) -> Iterator[Attribution]:
    """“As X put it, …”."""
    follows = token.nbor() if token.i + 1 < len(token.doc) else token
    if token.lower_ not in ("put", "puts") or follows.lower_ not in ("it", "this"):
        return
    speaker = child(token, "nsubj", "obl") or subject_of(token)
    if speaker is None or speaker.i > token.i:
        return
    whole = set(range(sentence_start(token), sentence_end(token)))
    content = _spans(
        unit, whole - set(places(token)) if token.dep_ != "ROOT" else set(range(follows.i + 1, sentence_end(token)))
    )
    if content:
        yield _by(unit, speaker, Cue(unit.span(token.i, follows.i), CueKind.SAY, "put", "as-x-put-it"), content)


def _lemma(token: Token) -> str:
    return token.lower_.removesuffix("s") if token.lower_.removesuffix("s") in NOUNS else token.lemma_


def _noun(unit: Unit, token: Token) -> Iterator[Attribution]:
    """“X's claim that …", "accusations by X that …", "X issued a warning that …", "X's view is that …"."""
    lemma = _lemma(token)
    if token.tag_ not in ("NN", "NNS") or (lemma not in NOUNS and lemma not in _VIEWS):
        return
    verdict = _is_that(token)
    speaker = _owner(token)
    if verdict is not None and speaker is not None:
        cue = unit.span(token.i, token.i)
        yield _by(unit, speaker, Cue(cue, CueKind.SAY, "view", "view-is"), _spans(unit, verdict), short_of=token.i)
    if verdict is not None or lemma not in NOUNS:
        return
    said = _said_of(unit, token)
    cue_first, rule = token.i, f"noun:{lemma}"
    speaker = speaker or _marked(token, ("nmod", "obl:agent"), ("by", "from"))
    if speaker is None and token.dep_ == "obj" and token.head.lower_ in _ISSUING:
        speaker, rule, cue_first = subject_of(token.head), f"issued:{lemma}", token.head.i
    content = _spans(unit, said)
    if speaker is None or speaker.i == token.i or not content:
        return
    limit = min(said) if speaker.i > token.i else cue_first
    cue = unit.span(cue_first, token.i)
    short_of = limit if limit > speaker.i else None
    yield _by(unit, speaker, Cue(cue, NOUNS[lemma], lemma, rule), content, short_of=short_of)


def _marked(token: Token, labels: tuple[str, ...], words: tuple[str, ...]) -> Token | None:
    """The first child with one of the labels that opens with one of the words."""
    for one in children(token, *labels):
        mark = child(one, "case", "mark")
        if mark is not None and mark.lower_ in words:
            return one
    return None


def _said_of(unit: Unit, noun: Token) -> set[int]:
    """The places of what a reporting noun says: its clause with "that", by the tree or behind it; else "of …"."""
    clause = _marked(noun, ("acl", "ccomp", "acl:relcl", "advcl"), ("that", "to"))
    if clause is not None and clause.i > noun.i:
        return {at for at in places(clause) if at > noun.i}
    opener = noun.i + 1
    agent = _marked(noun, ("nmod", "obl:agent"), ("by", "from"))
    if agent is not None and agent.i > noun.i:
        opener = next((at for at in range(agent.i, unit.last) if noun.doc[at].lower_ == "that"), opener)
    if opener < unit.last and noun.doc[opener].lower_ == "that":
        return set(range(opener, _before_verdict(unit, opener)))
    about = _marked(noun, ("nmod",), ("of", "about"))
    return {at for at in places(about) if at > noun.i} if about is not None and about.i > noun.i else set()


def _before_verdict(unit: Unit, opener: int) -> int:
    """Where what was claimed ends and what is said of it begins: "X's claim that … | is groundless"."""
    doc = unit.doc
    for at in range(opener + 1, unit.last):
        if doc[at].text == ",":
            return at
        behind = " ".join(token.lower_ for token in doc[at + 1 : min(at + 4, unit.last + 1)])
        if doc[at].lower_ in _COPULAS and (FALSEHOOD.search(behind) or " by" in behind):
            return at
    return unit.last + 1


def _is_that(noun: Token) -> set[int] | None:
    """The clause of "… is that it rained" whose subject the noun is."""
    if noun.dep_ == "nsubj:outer":
        head = noun.head
        mark = next((one for one in children(head, "mark", "cop") if one.lower_ == "that" and one.i > noun.i), None)
        start = mark.i if mark is not None else None
        if start is None:
            cop = child(head, "cop")
            start = cop.i + 1 if cop is not None and cop.i > noun.i else None
        return set(range(start, head.right_edge.i + 1)) if start is not None else None
    if noun.dep_ == "nsubj" and noun.head.lemma_ in ("be", "remain"):
        clause = child(noun.head, "ccomp", "advcl", "xcomp")
        return set(places(clause)) if clause is not None else None
    return None


def _owner(noun: Token) -> Token | None:
    """The X of "X's (adjective) claim" or of "Northern claims"."""
    owner = child(noun, "nmod:poss")
    if owner is not None:
        return owner
    return next(
        (
            one
            for one in children(noun, "amod", "compound")
            if one.text[:1].isupper() and one.ent_type_ in ("PLACE", "ORG", "PERSON")
        ),
        None,
    )


def _in_words(unit: Unit, token: Token) -> Iterator[Attribution]:
    """“In X's words, …", "in X's view …", "in the words of X"."""
    case = child(token, "case")
    if token.lower_ not in _IN_WORDS or case is None or case.lower_ != "in":
        return
    speaker = child(token, "nmod:poss") or next((one for one in children(token, "nmod") if one.i > token.i), None)
    if speaker is None:
        return
    whole = places(token)
    opening = unit.doc[max(whole.start - 2, sentence_start(token))]
    shared = whole.start > sentence_start(token) + 1 and opening.tag_ in ("WDT", "WP", "IN", "CC")
    content = _spans(
        unit, set(range(whole.stop if shared else sentence_start(token), sentence_end(token))) - set(whole)
    )
    if content:
        yield _by(
            unit,
            speaker,
            Cue(unit.span(token.i, token.i), CueKind.SAY, "words", "in-x-words"),
            content,
            short_of=token.i if speaker.i < token.i else None,
        )


def _credited(unit: Unit) -> list[Attribution]:
    """“…” [Wire]: a quotation with its source in brackets behind it."""
    found = []
    for one in unit.quotations:
        match = _CREDIT.match(unit.text, one.end, unit.end)
        if match:
            span = match.span("name")
            found.append(
                Attribution(span, span, match.span(), ((one.start, one.end),), CueKind.SAY, "credit", "credited")
            )
    return found


def _signed(unit: Unit) -> Iterator[Attribution]:
    """“… - X" in a headline, which does not end as a sentence does."""
    start, end = unit.span(unit.first, unit.last)
    match = _SIGNED.search(unit.text, start, end)
    if match is None or not any(char.isalnum() for char in unit.text[start : match.start()]):
        return
    words = match["name"].split()
    if words[-1].lower() in _FURNITURE or not all(w[:1].isupper() or w.lower() in _NAME_LINKS for w in words):
        return
    source = match.span("name")
    yield Attribution(source, source, match.span("mark"), ((start, match.start()),), CueKind.SAY, "label", "label")


def _labelled(unit: Unit) -> Iterator[Attribution]:
    """“X: …” at the head of a sentence, as headlines and transcripts have it."""
    start, end = unit.span(unit.first, unit.last)
    match = _LABEL.match(unit.text, start, end)
    if match is None:
        return
    words = re.findall(r"[\w'.-]+", match["name"])
    named = all(word[:1].isupper() or word.lower() in _NAME_LINKS or not word[:1].isalpha() for word in words)
    if (
        not words
        or len(words) > _LONGEST_LABEL
        or not named
        or words[0].lower() in NOT_NAMES
        or words[-1].lower() in _FURNITURE
    ):
        return
    opening = match.end("mark")
    while opening < end and unit.text[opening].isspace():
        opening += 1
    stop = end
    while stop > opening and unit.text[stop - 1] in ".;, ":
        stop -= 1
    source = match.span("name")
    yield Attribution(source, source, match.span("mark"), ((opening, stop),), CueKind.SAY, "label", "label")
