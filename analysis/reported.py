"""Speech reported without a verb: according to X, as X put it, X's claim that, accusations by X that, "X: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from analysis.clauses import child, children, noun_phrase, places, subject_of
from analysis.names import NOT_NAMES
from analysis.units import Attribution, Unit
from news.claim import Span
from news.cues import NOUNS, CueKind
from news.vocabulary import word_set

_ISSUING = word_set("issue make release give publish repeat carry voice express raise have")
_VIEWS = word_set("view position stance message argument answer line assessment response belief opinion claim hope")
_IN_WORDS = word_set("word words view opinion telling estimation eyes")
_LONGEST_LABEL = 8  # words
_FURNITURE = word_set("note correction update photo video source more watch related caption")
_NAME_LINKS = word_set("of the for and 's de van von al bin")
_LABEL = re.compile(r"\s*(?P<name>[^\s:\"“”][^:\n\"“”?!]{0,70}?)\s*(?P<mark>:)\s+\S")
_CREDIT = re.compile(r"\s*\[(?P<name>[A-Z][\w .&'-]{1,40}?)\.?\]")


def find_reported(unit: Unit) -> list[Attribution]:
    """Every speech of the unit that is reported without a reporting verb."""
    found = [*_labelled(unit), *_credited(unit)]
    quoted = unit.quoted()
    for token in unit.tokens:
        if token.i in quoted:
            continue
        found += [*_according(unit, token), *_as_put(unit, token), *_noun(unit, token), *_in_words(unit, token)]
    return found


def _spans(unit: Unit, numbers: set[int]) -> tuple[Span, ...]:
    """Text spans of tokens, marks at the ends left out; a quotation touched is taken whole."""
    whole = (unit.whole(span) for span in unit.trimmed(numbers))
    return tuple(span for span in whole if any(char.isalnum() for char in unit.text[slice(*span)]))


def _by(
    unit: Unit,
    speaker: Token,
    cue: Span,
    content: tuple[Span, ...],
    kind: CueKind,
    lemma: str,
    rule: str,
    *,
    short_of: int | None = None,
) -> Attribution:
    first, last = noun_phrase(speaker, wide=False)
    wide_first, wide_last = noun_phrase(speaker, wide=True)
    if short_of is not None:
        last, wide_last = min(last, short_of - 1), min(wide_last, short_of - 1)
    return Attribution(
        unit.span(first, max(first, last)),
        unit.span(wide_first, max(wide_first, wide_last)),
        cue,
        content,
        kind,
        lemma,
        rule,
        pronoun=speaker.pos_ == "PRON",
    )


def _clause_of(unit: Unit, token: Token) -> set[int]:
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
    ends = max(own) >= token.sent.end - 2 and token.i > token.sent.start
    content = _spans(unit, (set(range(token.sent.start, token.i)) if ends else _clause_of(unit, speaker)) - own)
    if not content:
        content = _spans(unit, set(range(unit.first, token.i)))
    if content:
        yield _by(unit, speaker, unit.span(token.i, after.i), content, CueKind.SAY, "according", "according-to")


def _as_put(unit: Unit, token: Token) -> Iterator[Attribution]:
    """“As X put it, …”."""
    follows = token.nbor() if token.i + 1 < len(token.doc) else token
    if token.lower_ not in ("put", "puts") or follows.lower_ not in ("it", "this"):
        return
    speaker = child(token, "nsubj", "obl") or subject_of(token)
    if speaker is None or speaker.i > token.i:
        return
    whole = set(range(token.sent.start, token.sent.end))
    content = _spans(
        unit, whole - set(places(token)) if token.dep_ != "ROOT" else set(range(follows.i + 1, token.sent.end))
    )
    if content:
        yield _by(unit, speaker, unit.span(token.i, follows.i), content, CueKind.SAY, "put", "as-x-put-it")


def _lemma(token: Token) -> str:
    return token.lower_.removesuffix("s") if token.lower_.removesuffix("s") in NOUNS else token.lemma_


def _noun(unit: Unit, token: Token) -> Iterator[Attribution]:
    """“X's claim that …", "accusations by X that …", "X issued a warning that …", "X's view is that …"."""
    lemma = _lemma(token)
    if token.tag_ not in ("NN", "NNS") or (lemma not in NOUNS and lemma not in _VIEWS):
        return
    verdict = _is_that(token)
    if verdict is not None:
        speaker = _owner(token)
        if speaker is not None:
            yield _by(
                unit,
                speaker,
                unit.span(token.i, token.i),
                verdict_spans(unit, verdict),
                CueKind.SAY,
                "view",
                "view-is",
                short_of=token.i,
            )
        return
    if lemma not in NOUNS:
        return
    said = next(
        (
            one
            for one in token.children
            if one.i > token.i
            and one.dep_ in ("acl", "ccomp", "acl:relcl", "advcl")
            and child(one, "mark") is not None
            and child(one, "mark").lower_ in ("that", "to")
        ),
        None,
    )  # type: ignore[union-attr]
    if said is None:
        said = next(
            (
                one
                for one in children(token, "nmod")
                if one.i > token.i and child(one, "case") is not None and child(one, "case").lower_ in ("of", "about")
            ),
            None,
        )  # type: ignore[union-attr]
    if said is None:
        return
    speaker, rule, first = _owner(token), f"noun:{lemma}", token.i
    if speaker is None:
        by = next(
            (
                one
                for one in children(token, "nmod", "obl:agent")
                if child(one, "case") is not None and child(one, "case").lower_ in ("by", "from")
            ),
            None,
        )  # type: ignore[union-attr]
        speaker = by
    if speaker is None and token.dep_ == "obj" and token.head.lemma_ in _ISSUING:
        speaker, rule, first = subject_of(token.head), f"issued:{lemma}", token.head.i
    if speaker is None or speaker.i == token.i:
        return
    limit = said.left_edge.i if speaker.i > token.i else first
    content = _spans(unit, {number for number in places(said) if number > token.i})
    if content:
        yield _by(
            unit,
            speaker,
            unit.span(first, token.i),
            content,
            NOUNS[lemma],
            lemma,
            rule,
            short_of=limit if limit > speaker.i else None,
        )


def verdict_spans(unit: Unit, clause: set[int]) -> tuple[Span, ...]:
    """The spans of a clause that says what a view is."""
    return _spans(unit, clause)


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
    """“In X's words, …", "in X's view …", "in the words of X", and "for X, …" at the head of a sentence."""
    if token.i == token.sent.start and token.lower_ == "for" and token.dep_ == "case" and token.head.pos_ == "PROPN":
        end = next(
            (
                at
                for at in range(token.head.i, min(token.head.right_edge.i + 2, token.sent.end))
                if token.doc[at].text == ","
            ),
            None,
        )
        if end is not None:
            content = _spans(unit, set(range(end + 1, token.sent.end)))
            if content:
                yield _by(unit, token.head, unit.span(token.i, token.i), content, CueKind.THINK, "for", "for-x")
        return
    case = child(token, "case")
    if token.lower_ not in _IN_WORDS or case is None or case.lower_ != "in":
        return
    speaker = child(token, "nmod:poss") or next((one for one in children(token, "nmod") if one.i > token.i), None)
    if speaker is None:
        return
    content = _spans(unit, set(range(token.sent.start, token.sent.end)) - set(places(token)))
    if content:
        yield _by(
            unit,
            speaker,
            unit.span(token.i, token.i),
            content,
            CueKind.SAY,
            "words",
            "in-x-words",
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
