"""Whose verb a cue is: the subject its tree gives, or who stands beside it where a quotation has broken the tree."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from analysis.clauses import NOMINAL, SUBJECTS, TIMES, agent_of, child, phrase_head, subject_of
from analysis.cuegroups import CueGroup
from analysis.units import Unit
from news.cues import INVERTIBLE, NOUNS, CueKind
from news.vocabulary import word_set

CLOSES = frozenset([",", '"', "”", "''"])
"""Marks behind which a cue closes what was said: "…," X said."""
PLAIN = frozenset([CueKind.SAY, CueKind.ALLEGE, CueKind.WARN, CueKind.PREDICT, CueKind.THINK])
"""Kinds of cues that bring a whole statement."""
SETTINGS = word_set("when asked after in on at during before speaking as")
"""Words that open what is told of the occasion rather than said."""
_NAMING = frozenset(["PROPN", "PRON", "NOUN", "DET", "ADJ", "PUNCT", "ADP", "PART"])
_RELATING = frozenset(["who", "which", "that", "what"])
_GOING_ON = frozenset([":", '"', "“", "''"])
_OCCASIONS = word_set("after before during while when following")
_ASKED = word_set("asked pressed questioned speaking")
_SAYING = frozenset(["saying", "telling", "replying"])
_QUOTING = word_set("quoted quotes quoting cited cites citing")
_APART = word_set("and but when while as in on at after before during following a an")
_NAME, _LEAST_SAID = 9, 3  # words between comma and verb, words before the comma


def closing_place(unit: Unit, group: CueGroup) -> int | None:
    """The comma before "X said" where that closes its sentence: all before it is said; None where it is not so.

    Between the comma and the verb stand a name or a pronoun alone, behind the verb no other verb: word order tells it,
    whatever the tree makes of the words before.
    """
    if group.kind not in PLAIN or group.passive or group.token.tag_ == "VBG":
        return None
    doc, first = unit.doc, group.first
    comma = next((at for at in range(first - 1, max(unit.first, first - _NAME), -1) if doc[at].text in CLOSES), None)
    if comma is None or comma + 1 == first or comma - unit.first < _LEAST_SAID:
        return None
    between = doc[comma + 1 : first]
    own = child(group.token, "nsubj")
    named = between[-1].pos_ in ("PROPN", "PRON") or (between[-1].pos_ == "NOUN" and (own is None or own.i > comma))
    if not named or any(one.pos_ not in _NAMING for one in between) or between[0].lower_ in _RELATING:
        return None
    stop = _closed_at(unit, group.last)
    behind = doc[group.last + 1 : stop]
    before = doc[unit.first : comma]
    if stop <= unit.last and not any(one.pos_ in ("VERB", "AUX") for one in before):
        return None
    asked = any(one.lower_ in _ASKED for one in before[:3])
    occasion = asked or (before[0].lower_ in SETTINGS and not any(one.pos_ in ("VERB", "AUX") for one in before))
    # "… said on Monday after hearing them": a verb of the occasion is no clause of what is said.
    at = next((place for place, one in enumerate(behind) if one.lower_ in _OCCASIONS), len(behind))
    if occasion or any(one.pos_ in ("VERB", "AUX") or one.text in _GOING_ON for one in behind[:at]):
        return None
    return None if any(one.text in _GOING_ON for one in behind) else comma


def _closed_at(unit: Unit, last: int) -> int:
    """Where the words beside a cue end: the end of the unit, or a mark behind which something else is told."""
    doc = unit.doc
    stop = next((at for at in range(last + 1, unit.last) if doc[at].text in (",", ";")), None)
    if stop is None:
        return unit.last + 1
    following = doc[stop + 1]
    apart = doc[stop].text == ";" or following.lower_ in _APART
    first_time = following.lower_ == "the" and doc[min(stop + 2, unit.last)].lower_ in ("first", "latest", "second")
    return stop if apart or first_time else unit.last + 1


def enclosed_end(unit: Unit, group: CueGroup) -> int | None:
    """The comma that ends ", say bakers like X, " within a sentence that goes on with its verb; None elsewhere."""
    doc, first, last = unit.doc, group.first, group.last
    if group.kind not in PLAIN or group.passive or group.verb.lemma not in INVERTIBLE or first - 1 <= unit.first:
        return None
    if doc[first - 1].text != "," or last + 1 > unit.last or doc[last + 1].pos_ not in (*NOMINAL, "DET", "ADJ"):
        return None
    end = next((at for at in range(last + 2, min(last + _NAME + 2, unit.last)) if doc[at].text == ","), None)
    if end is None or any(one.pos_ in ("VERB", "AUX") for one in doc[last + 1 : end]):
        return None
    return end if doc[end + 1].pos_ in ("VERB", "AUX") else None


def aside_end(unit: Unit, group: CueGroup, source: range) -> int | None:
    """The comma that ends an aside between a subject and its verb: "the rain, he told the council, was …"."""
    if group.kind not in PLAIN or group.passive or source.stop - 1 > group.last:
        return None
    doc, last = unit.doc, group.last
    end = next((at for at in range(last + 1, min(last + _NAME + 2, unit.last)) if doc[at].text == ","), None)
    if end is None or any(one.pos_ in ("VERB", "AUX", "SCONJ") or one.lower_ == "that" for one in doc[last + 1 : end]):
        return None
    goes_on = doc[end + 1] if doc[end + 1].pos_ != "ADV" else doc[min(end + 2, unit.last)]
    return end if goes_on.pos_ in ("VERB", "AUX") and goes_on.tag_ not in ("VBG", "VBN") else None


def apposed_claim(unit: Unit, group: CueGroup) -> tuple[int, int] | None:
    """The places of the comma and the noun of "…, a charge X rejected": the charge is what stands before; or None."""
    doc, first = unit.doc, group.first
    comma = next((at for at in range(first - 1, max(unit.first, first - _NAME), -1) if doc[at].text == ","), None)
    if comma is None or comma - unit.first < _LEAST_SAID or doc[comma + 1].lower_ not in ("a", "an"):
        return None
    noun = next((at for at in range(comma + 2, min(comma + 5, first)) if doc[at].lemma_ in NOUNS), None)
    between = () if noun is None else doc[noun + 1 : first]
    if noun is None or any(one.pos_ not in _NAMING or one.lower_ in _RELATING for one in between):
        return None
    return (comma, noun) if group.passive or noun + 1 < first else None


def speaker_of(unit: Unit, group: CueGroup, groups: Sequence[CueGroup]) -> Token | None:
    """The head of the speaker's phrase: of a passive its agent; None where nobody speaks."""
    if group.passive:
        return agent_of(group.token)
    quoting = quoting_verb(unit, group)
    between = unit.doc[quoting.i + 1 : group.token.i] if quoting is not None else ()
    quoted = next((one for one in between if one.pos_ in NOMINAL), None)
    if quoting is not None and quoted is not None:
        return child(quoting, "obj") or quoted
    end = enclosed_end(unit, group)
    if end is not None:
        return next(one for one in unit.doc[group.last + 1 : end] if one.pos_ in NOMINAL)
    ordered = _by_order(unit, group)
    if ordered is not None:
        return ordered
    return _in_frame(unit, group, _subject(unit, group, groups))


def _by_order(unit: Unit, group: CueGroup) -> Token | None:
    """The speaker where the order of words tells it, whatever the tree says: "a charge X made", "…, X said."."""
    apposed = apposed_claim(unit, group)
    if apposed is not None:
        last = unit.doc[group.first - 1]
        while last.head.i in range(apposed[1] + 1, group.first) and last.head.i != last.i:
            last = last.head
        return last
    comma = closing_place(unit, group)
    comma = _aside_place(unit, group) if comma is None else comma
    return _inverted_speaker(unit, group) if comma is None else _closing_speaker(unit, group, comma)


def quoting_verb(unit: Unit, group: CueGroup) -> Token | None:
    """The "quoted" of "X quoted Y, who …, as saying that", however far "saying" is; None for other cues."""
    verb = group.token
    if verb.lower_ not in _SAYING or verb.i <= unit.first or unit.doc[verb.i - 1].lower_ != "as":
        return None
    before = (unit.doc[at] for at in range(verb.i - 2, unit.first - 1, -1))
    return next((one for one in before if one.lower_ in _QUOTING), None)


def _aside_place(unit: Unit, group: CueGroup) -> int | None:
    """The comma before the name in "the rain, X said, was …": the name speaks, though the tree sets it beside."""
    doc, first = unit.doc, group.first
    comma = next((at for at in range(first - 1, max(unit.first, first - _NAME), -1) if doc[at].text == ","), None)
    between = () if comma is None else doc[comma + 1 : first]
    named = between and between[-1].pos_ in NOMINAL and between[0].lower_ not in _RELATING
    if comma is None or not named or any(one.pos_ not in (*NOMINAL, "DET", "ADJ") for one in between):
        return None
    return comma if aside_end(unit, group, range(comma + 1, first)) is not None else None


def _closing_speaker(unit: Unit, group: CueGroup, comma: int) -> Token:
    """The head of the phrase between a comma and the verb that close a sentence, or that stand aside in it."""
    inside = range(comma + 1, group.first)
    own = child(group.token, "nsubj")
    if own is not None and own.i in inside:
        return own
    at = unit.doc[group.first - 1]
    while at.head.i in inside and at.head.i != at.i and at.head.pos_ in NOMINAL:
        at = at.head
    return at


def _inverted_speaker(unit: Unit, group: CueGroup) -> Token | None:
    """The X of "…, predicted X, once a baker": a name right behind a finite verb that a comma sets off."""
    doc, first, last = unit.doc, group.first, group.last
    if group.kind not in PLAIN or group.verb.lemma not in INVERTIBLE or first - 1 <= unit.first or last >= unit.last:
        return None
    behind = doc[last + 1]
    finite = group.token.tag_ in ("VBD", "VBZ", "VBP", "VBN") and not group.passive and first == last
    if not finite or doc[first - 1].text != "," or behind.ent_type_ != "PERSON" or behind.pos_ != "PROPN":
        return None
    before = doc[unit.first : first - 1]
    return phrase_head(behind) if any(one.pos_ in ("VERB", "AUX") for one in before) else None


def _telling_above(verb: Token, groups: Sequence[CueGroup]) -> Token | None:
    """The reporting verb whose speaker goes on in a participle: "X said A was so, adding that …" is X's addition."""
    before = max(verb.i - (2 if verb.doc[max(verb.i - 1, 0)].lower_ == "while" else 1), 0)
    if verb.tag_ != "VBG" or verb.dep_ not in ("advcl", "conj") or verb.doc[before].text != ",":
        return None
    cues = {one.token.i for one in groups}
    at = verb.head
    while at.head.i != at.i and at.dep_ in ("conj", "ccomp", "advcl", "xcomp"):
        if at.dep_ == "ccomp" and at.head.i in cues:
            return at.head
        at = at.head
    return None


def _subject(unit: Unit, group: CueGroup, groups: Sequence[CueGroup]) -> Token | None:
    """Whose verb it is. What stands behind the verb is its subject only where the verb closes what was said."""
    verb = group.token
    above = _telling_above(verb, groups)
    speaker = subject_of(above if above is not None else verb)
    if speaker is None or speaker.i < verb.i or speaker.dep_ not in SUBJECTS or speaker.head.i != verb.i:
        return speaker
    before = unit.doc[group.first - 1].text if group.first > unit.first else ""
    closes = before in CLOSES or before in ("?", "!", "”", ")", "—", "–", "as", "So") or not before
    if closes or verb.dep_ == "parataxis":
        return speaker
    return subject_of(verb.head) if verb.head.i != verb.i and verb.dep_ in ("conj", "advcl", "xcomp") else None


def _in_frame(unit: Unit, group: CueGroup, speaker: Token | None) -> Token | None:
    """The speaker, looked for beside the verb where the tree has none outside the quotation: "…," says X."""
    quoted = unit.quoted()
    if speaker is not None and speaker.i not in quoted:
        return speaker
    last, first = group.last, group.first
    before = unit.doc[first - 1] if first > unit.first else None
    behind = unit.doc[last + 1] if last + 1 <= unit.last else None
    named = before is not None and before.i not in quoted and before.pos_ in ("PROPN", "PRON", "NOUN")
    if before is not None and named and (quoted or group.token.dep_ == "parataxis"):
        return phrase_head(before)
    closing = before is not None and before.text in (*CLOSES, "?", "!", "—", "–")
    framed = before is not None and before.i in quoted
    if (
        closing
        and (framed or group.verb.lemma in INVERTIBLE)
        and behind is not None
        and behind.pos_ in ("PROPN", "DET", "PRON", "NOUN", "ADJ", "NUM")
        and behind.lower_ not in TIMES
    ):
        name = behind
        while name.head.i > last and name.head.i != name.i and name.head.i not in quoted and name.head.pos_ in NOMINAL:
            name = name.head
        return name
    if quoted and (first - 1) not in quoted:
        return _first_named(unit, quoted, first)
    return None if quoted and speaker is not None else speaker


def _first_named(unit: Unit, quoted: frozenset[int], first: int) -> Token | None:
    """The first name or noun between a quotation and a cue, where no verb or preposition comes before it."""
    opening = max((at for at in quoted if at < first), default=None)
    between = [] if opening is None else [unit.doc[at] for at in range(opening + 1, first)]
    named = next((one for one in between if one.pos_ in ("PROPN", "PRON", "NOUN")), None)
    if named is not None and not any(one.pos_ in ("VERB", "AUX", "ADP") for one in between[: named.i - between[0].i]):
        return named if named.head.i not in {one.i for one in between} else phrase_head(named)
    return None


def clear_phrase(group: CueGroup, speaker: Token, phrase: tuple[int, int], quoted: frozenset[int]) -> tuple[int, int]:
    """A speaker's phrase without the cue and without quotations it does not begin in."""
    first, last = phrase
    barred = quoted if speaker.i not in quoted else frozenset()
    own = range(group.first, group.last + 1)
    left = [at for at in range(first, speaker.i) if at in barred or at in own]
    right = [at for at in range(speaker.i + 1, last + 1) if at in barred or at in own]
    first, last = max([first - 1, *left]) + 1, min([last + 1, *right]) - 1
    first, last = min(first, speaker.i), max(last, speaker.i)
    while first < speaker.i and speaker.doc[first].is_punct:
        first += 1
    return first, last
