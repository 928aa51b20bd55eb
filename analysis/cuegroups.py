"""Where a sentence reports speech by a verb: the group around it, its voice, negation and refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from analysis.clauses import CLAUSES, agent_of, child, children, is_passive, sentence_start
from analysis.phrases import find_parted, find_phrase
from news.cues import ADJECTIVES, COMPLEMENTS, NEEDS_CLAUSE, VERBS, CueKind, Verb, is_negation
from news.vocabulary import word_set

_NOT = {
    CueKind.DENY: "did-not-deny",
    CueKind.CONFIRM: "did-not-confirm",
    CueKind.DOUBT: "did-not-doubt",
    CueKind.ACCUSE: "did-not-accuse",
    CueKind.PRESUME: "did-not-approve",
}
_WISHES = word_set("want seek prefer support favor favour back")
_REFUSERS = word_set("decline declines declined declining refuse refuses refused refusing")
_REFUSING = _REFUSERS | word_set("fail fails failed failing avoid avoids avoided avoiding")
_TELLING = word_set(
    """
    give provide name identify specify share offer take be go speak talk confirm get expand disclose detail release
    make address clarify answer engage elaborate weigh drawn"""
)
_COMMENT = word_set(
    """
    comment respond reply answer elaborate discuss speculate engage commented responded replied answered elaborated
    discussed speculated engaged commenting responding replying answering elaborating discussing speculating"""
)
_UNABLE = word_set("cannot can't ca could couldn't unable")
_NOT_SPEECH = word_set(
    """
    mean ensure make be have help let cause so require see happen prove take turn get put come go keep leave hold give
    do matter follow allow look seem appear sound"""
)
_ASKING = word_set("whether if what why how when where who which")
_EARLIER = frozenset(["had", "'d", "previously", "earlier"])
_GOING_ON = word_set("went goes continued continues proceeded proceeds moved hastened")
_BRINGING = word_set("lead prompt force compel drive spur use")
_HYPOTHETICAL = frozenset(["if", "unless", "whether"])
_UNKNOWING = word_set("know understand recall remember")
_SUPPOSED = word_set("if should must may might")
_POSSIBLY = word_set("would could can 'd ’d")
_HELPING, _NEGATING = ("aux", "aux:pass", "cc:preconj"), ("advmod", "cc", "det")
_CLOSE = ("aux", "aux:pass", "advmod", "cc:preconj")
_CLAUSE_REACH = 6
_QUOTES = frozenset(['"', "``", "''", "“", "”", "«", "»"])


@dataclass(frozen=True, slots=True)
class CueGroup:
    """A reporting verb in its group of tokens `first`..`last`; `kind` has negation and refusal worked in."""

    token: Token
    first: int
    last: int
    verb: Verb
    kind: CueKind
    passive: bool = False
    background: bool = False  # "had said": told of an earlier time
    rule: str = ""
    listed: bool = True

    @property
    def holder(self) -> Token:
        """The verb whose subject speaks: of "declined to say" the first."""
        return self.token


def _group_bounds(token: Token, last: int) -> tuple[int, int]:
    """The verb with its auxiliaries, negations and the adverbs among them."""
    alone = (one for one in token.children if one.i < token.i and one.right_edge.i == one.left_edge.i)
    close = {one.i for one in alone if one.dep_ in _CLOSE or (one.dep_ == "mark" and one.lower_ == "to")}
    first = token.i
    while first - 1 in close:
        first -= 1
    opener = token.doc[first]
    led = first < token.i and opener.dep_ == "advmod" and not is_negation(opener.lower_)
    if led and first == sentence_start(token):
        first += 1
    return first, last


def _supposed(words: Sequence[str], token: Token, *, unwilling: bool) -> bool:
    """“If X said", "could say", "would argue": nobody has said it; "would not say" and "declined" stay."""
    marks = {one.lower_ for one in children(token, "mark", "advmod")}
    if marks & _HYPOTHETICAL or any(word in _SUPPOSED for word in words) or _is_asked(token):
        return True
    if unwilling or any(is_negation(word) for word in words):
        return False
    return any(word in _POSSIBLY for word in words)


def _is_asked(token: Token) -> bool:
    """Whether a verb stands in what is only asked: "whether X backs it is unclear"."""
    clauses = [
        one for one in (token, *token.ancestors) if one.dep_ in ("ccomp", "advcl", "csubj", "acl", "xcomp", "conj")
    ]
    return any(one.lower_ == "whether" for clause in clauses for one in clause.children if one.i < token.i)


def _refuser(token: Token) -> Token | None:
    """The verb of "declined to say" and "is unable to confirm" above a verb."""
    head = token.head
    if token.dep_ == "conj" and head.dep_ == "xcomp":
        token, head = head, head.head
    if token.dep_ in ("xcomp", "advcl") and (head.lower_ in _REFUSING or head.lower_ == "unable"):
        return head
    return None


def _words(token: Token) -> list[str]:
    """The auxiliaries and negations of a verb, and of the verb it is coordinated with where it has none."""
    own = [
        one.lower_ for one in token.children if one.dep_ in _HELPING or (one.dep_ in _NEGATING and _tells(one.lower_))
    ]
    alone = child(token, "aux", "aux:pass", "nsubj", "nsubj:pass") is None
    joined = child(token, "cc")
    if (
        token.dep_ == "conj"
        and alone
        and token.head.pos_ == "VERB"
        and joined is not None
        and joined.lower_ in ("or", "nor")
    ):
        own += _words(token.head)
    return own


def _tells(word: str) -> bool:
    """Whether a word beside a verb says that it was not so, or was before."""
    return is_negation(word) or word in ("previously", "earlier")


def _kind(words: Sequence[str], verb: Verb, refuser: Token | None) -> tuple[CueKind, str]:
    """The kind of a negated or unwilling group: "did not deny", "declined to say", "cannot confirm"."""
    negated = any(is_negation(word) for word in words)
    if verb.kind is CueKind.CONFIRM and (
        (any(word in _UNABLE for word in words) and negated) or (refuser is not None and refuser.lower_ == "unable")
    ):
        return CueKind.DOUBT, "cannot-confirm"
    if refuser is not None:
        return CueKind.REFUSE, "declined"
    if negated and verb.lemma in _UNKNOWING:
        return CueKind.DOUBT, f"not-{verb.lemma}"
    if not negated:
        return verb.kind, verb.lemma
    if verb.kind in {CueKind.THINK, CueKind.PREDICT, CueKind.VOW} or verb.lemma in _WISHES:
        return CueKind.DENY, f"not-{verb.lemma}"
    return CueKind.REFUSE, _NOT.get(verb.kind, "did-not-say")


def _comment_refused(token: Token) -> CueGroup | None:
    """“Declined to comment", "did not respond": a verb that is a cue only because it is refused."""
    if token.lower_ not in _COMMENT or token.pos_ != "VERB":
        return None
    refuser, words = _refuser(token), _words(token)
    if refuser is None and not any(is_negation(word) for word in words):
        return None
    last = token.i + 1 if _low(token, 1) in {"on", "to", "about"} else token.i
    first = _group_bounds(refuser or token, last)[0]
    return CueGroup(
        refuser or token,
        first,
        last,
        Verb("comment", CueKind.REFUSE, "base"),
        CueKind.REFUSE,
        rule="declined-to-comment",
        background="had" in words,
    )


def _act_refused(token: Token) -> CueGroup | None:
    """“Declined to give a number", "refused to send aid": silence where the verb is of speech, else a no to the act."""
    refuser = _refuser(token)
    if refuser is None or token.dep_ != "xcomp" or refuser.lower_ not in _REFUSERS:
        return None
    silent = token.lemma_ in _TELLING or token.lower_ in _TELLING
    kind = CueKind.REFUSE if silent else CueKind.DENY
    last = token.i - 1
    return CueGroup(
        refuser,
        _group_bounds(refuser, last)[0],
        last,
        Verb("refuse", kind, "base"),
        kind,
        rule="declined-to-comment" if silent else "refused-to-act",
    )


def _low(token: Token, step: int) -> str:
    at = token.i + step
    return token.doc[at].lower_ if 0 <= at < len(token.doc) else ""


def _group(token: Token) -> CueGroup | None:
    """The cue that a verb is, None for a verb that reports nothing."""
    phrase = find_phrase([_low(token, step) for step in range(5)])
    parted = find_parted(token) if phrase is None else None
    phrase = (parted, 1) if parted is not None else phrase
    if token.tag_[:2] != "VB" and not _is_promising(token) and not _is_inverted(token):
        return None
    if phrase is None and token.lower_ not in VERBS:
        return _going_on(token) or _comment_refused(token) or _act_refused(token) or _unlisted(token)
    verb, length = phrase or (VERBS[token.lower_], 1)
    refuser = _refuser(token)
    if refuser is None and phrase is None and _wanting(token, verb):
        return _comment_refused(token)
    holder, words = token if refuser is None else refuser, _words(token)
    more = _words(refuser) if refuser is not None else []
    nobody = _is_intended(token) and refuser is None and phrase is None
    asked = verb.lemma == "ask" and _is_question(token)
    if nobody or asked or _supposed([*words, *more], holder, unwilling=refuser is not None):
        return None
    kind, rule = _kind(words, verb, refuser)
    if _low(token, -1) == "to" and _low(token, -2) == "yet":
        kind, rule = CueKind.REFUSE, _NOT.get(verb.kind, "did-not-say")
    first, last = _group_bounds(holder, token.i + length - 1)
    background = not _EARLIER.isdisjoint(words)
    passive = is_passive(token) or agent_of(token) is not None
    return CueGroup(holder, first, last, verb, kind, passive, background, rule)


def _is_intended(token: Token) -> bool:
    """Whether a verb is only meant or said of a noun: "to say" of a purpose, "the said ships"."""
    mark = child(token, "mark")
    done = _goes_on_to(token) or _is_brought_about(token) or _low(token, -2) == "yet"
    purpose = mark is not None and mark.lower_ == "to" and not done
    return purpose or token.dep_ in ("amod", "compound")


def _going_on(token: Token) -> CueGroup | None:
    """“The rain, he went on, had …": an aside that carries on with what somebody says."""
    speaker = child(token, "nsubj")
    if token.lower_ not in ("went", "goes", "going") or _low(token, 1) != "on" or speaker is None:
        return None
    set_off = speaker.left_edge.i > 0 and token.doc[speaker.left_edge.i - 1].text in (",", *_QUOTES)
    if speaker.i != token.i - 1 or not set_off or _low(token, 2) not in (",", ".", ":"):
        return None
    return CueGroup(token, token.i, token.i + 1, Verb("say", CueKind.SAY, "past"), CueKind.SAY, rule="say")


def _unlisted(token: Token) -> CueGroup | None:
    """A verb the list does not know that brings a clause with "that": "fretted that", "made it clear that"."""
    clause = child(token, "ccomp", "advcl")
    mark = child(clause, "mark") if clause is not None else None
    if mark is None or clause is None or mark.lower_ != "that" or clause.i < token.i or token.lemma_ in _NOT_SPEECH:
        return None
    words = _words(token)
    if _supposed(words, token, unwilling=False) or any(is_negation(word) for word in words) or token.tag_ == "VB":
        return None
    first, last = _group_bounds(token, token.i)
    return CueGroup(
        token,
        first,
        last,
        Verb(token.lemma_, CueKind.THINK, "past"),
        CueKind.THINK,
        is_passive(token),
        "had" in words,
        "think",
        listed=False,
    )


def _wanting(token: Token, verb: Verb) -> bool:
    """A verb that is only now and then a reporting verb, with nothing said around it."""
    lemma = verb.lemma
    if lemma in COMPLEMENTS:
        reach, wanted = COMPLEMENTS[lemma]
        near = [_low(token, step) for step in range(1, reach + 1)]
        return not any(word in wanted for word in _until_comma(near)) and child(token, *CLAUSES) is None
    if lemma not in NEEDS_CLAUSE:
        return False
    near = [_low(token, step) for step in range(-4, _CLAUSE_REACH)]
    quoted = any(word in _QUOTES for word in near)
    aside = near[3] not in ("", ",") and "," in near[:3] and (near[5] in (",", ".") or lemma == "inform")
    clause = child(token, *CLAUSES, "parataxis") is not None or token.dep_ == "parataxis"
    return not (quoted or clause or aside or near[5:6] in (["how"], ["whether"]))


def _is_question(token: Token) -> bool:
    """Whether a verb of asking brings a question, which is no claim: "asked whether it rained"."""
    clause = child(token, "ccomp", "advcl")
    return clause is not None and any(one.lower_ in _ASKING for one in clause.children if one.i < clause.i)


def _judging(token: Token) -> CueGroup | None:
    """An adjective that brings a clause: "was sceptical that …", "is confident that …", "are worried that …"."""
    clause = child(token, "ccomp", "advcl", "csubj")
    found = ADJECTIVES.get(token.lower_)
    copula = child(token, "cop", "aux:pass")
    if found is None or copula is None or clause is None or clause.i < token.i:
        return None
    words = [one.lower_ for one in children(token, "aux", "advmod", "cop")]
    if _supposed(words, token, unwilling=False):
        return None
    negated = any(is_negation(word) for word in words)
    kind = CueKind.DOUBT if negated and found in {CueKind.SAY, CueKind.THINK} else found
    return CueGroup(token, copula.i, token.i, Verb(token.lower_, found, "base"), kind, rule=token.lower_)


def _is_promising(token: Token) -> bool:
    """Whether an adjective is a cue's participle after all: "is promising to"."""
    return token.pos_ == "ADJ" and token.lower_ in VERBS and child(token, "xcomp", "ccomp") is not None


def _is_inverted(token: Token) -> bool:
    """“…,” reckons X: a verb that the tree takes for a noun, right behind a quotation and before a name."""
    if token.tag_ != "NNS" or token.lower_ not in VERBS or token.i + 1 >= len(token.doc):
        return False
    finite = VERBS[token.lower_].form == "s"
    return finite and _low(token, -1) in _QUOTES and token.doc[token.i + 1].pos_ == "PROPN"


def _goes_on_to(token: Token) -> bool:
    """“went on to say": said, although it is no finite verb."""
    return token.dep_ in ("xcomp", "advcl") and token.head.lower_ in _GOING_ON and token.head.i < token.i


def _is_brought_about(token: Token) -> bool:
    """“Led X to say", "used the day to say": said, for what brought it about has happened."""
    head = token.head
    if token.dep_ not in ("xcomp", "advcl") or head.i > token.i or head.tag_ not in ("VBD", "VBZ", "VBN", "VBG"):
        return False
    return head.lemma_ in _BRINGING and child(head, "obj", "iobj") is not None


def _until_comma(words: list[str]) -> list[str]:
    return words[: words.index(",")] if "," in words else words


def find_cue_groups(tokens: Sequence[Token], quoted: frozenset[int]) -> list[CueGroup]:
    """Every reporting verb outside quotations of speech, left to right; of overlapping groups the last verb's."""
    found: list[CueGroup] = []
    for token in tokens:
        if token.i in quoted:
            continue
        verbal = token.pos_ in ("VERB", "AUX") or token.tag_[:2] == "VB" or _is_promising(token)
        judging = _judging(token) if token.pos_ == "ADJ" or token.tag_ == "VBN" else None
        group = judging or (_group(token) if verbal or _is_inverted(token) else None)
        if group is None:
            continue
        if found and group.first <= found[-1].last:
            found.pop()
        found.append(group)
    return found
