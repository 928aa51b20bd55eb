"""From a reporting verb to its attribution: whose words, by which cue, and exactly which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from analysis.clauses import NOMINAL, RELATIVES, SUBJECTS, agent_of, child, children, noun_phrase, phrase_head, places, runs, subject_of
from analysis.cuegroups import CueGroup
from news.claim import Span
from news.cues import INVERTIBLE, CueKind, Verb
from news.quotations import Quotation
from news.vocabulary import word_set

_OBJECT_TAKERS = frozenset([CueKind.ACCUSE, CueKind.DENY, CueKind.PRESUME, CueKind.CALL, CueKind.URGE, CueKind.REFUSE, CueKind.CONFIRM, CueKind.DOUBT, CueKind.WARN, CueKind.THINK, CueKind.VOW, CueKind.PREDICT, CueKind.ALLEGE])
_TIMES = word_set("monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow night morning afternoon evening week month year")
_TOLD = word_set("reporter journalist")
_COMMAS = frozenset([",", "—", "–", "-", "--", ":", ";"])
_NOT_SPEAKING = word_set("be have do get make see hear read find call know want")
_PLAIN = frozenset([CueKind.SAY, CueKind.ALLEGE, CueKind.WARN, CueKind.PREDICT, CueKind.THINK])
_SILENT = frozenset([CueKind.REFUSE, CueKind.VOW, CueKind.PREDICT])
_SETTINGS = word_set("when asked after in on at during before speaking as")
_CLOSES = frozenset([",", '"', "”", "''"])
_TRIMMED = frozenset(",.;:—–-…")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One reported act: who, by which cue, saying what (text spans), and by which rule it was found.

    `source` is the speaker's phrase without what is said beside the name, `wide` with it.
    """

    source: Span
    wide: Span
    cue: Span
    content: tuple[Span, ...]
    kind: CueKind
    lemma: str
    rule: str
    background: bool = False
    pronoun: bool = False
    future: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence with its whole quotations: its tokens, its text and the quotations of speech in it."""

    doc: Doc
    tokens: tuple[Token, ...]
    text: str  # of the whole page
    quotations: tuple[Quotation, ...]
    start: int
    end: int

    def span(self, first: int, last: int) -> Span:
        """Text bounds of the tokens from `first` to `last`, as far as they lie in the unit."""
        one = self.doc[max(first, last)]
        start = min(max(self.doc[first].idx, self.start), self.end)
        return start, max(start, min(one.idx + len(one), self.end))

    @property
    def first(self) -> int:
        """The place of the first token."""
        return self.tokens[0].i

    @property
    def last(self) -> int:
        """The place of the last token."""
        return self.tokens[-1].i

    def within(self, spans: Sequence[Span]) -> list[Token]:
        """The tokens that stand in the spans."""
        return [one for one in self.tokens if any(start <= one.idx < end for start, end in spans)]

    def quoted(self) -> frozenset[int]:
        """The places of the tokens that stand in quotations of speech."""
        return frozenset(one.i for one in self.tokens if any(q.start <= one.idx < q.end for q in self.quotations))


def attribute(unit: Unit, group: CueGroup, groups: Sequence[CueGroup]) -> Attribution | None:
    """The attribution of a reporting verb, None where nobody speaks or nothing is said."""
    verb = group.token
    agent = agent_of(verb) if group.passive else None
    speaker = agent if agent is not None else (None if group.passive else _subject(unit, group, groups))
    if group.passive and agent is None:
        speaker = None
    if not group.passive:
        speaker = _in_frame(unit, group, speaker)
    if speaker is None or speaker.i in range(group.first, group.last + 1) or not unit.first <= speaker.i <= unit.last:
        return None
    quoted = unit.quoted()
    first, last = _clear(group, speaker, noun_phrase(speaker, wide=False), quoted)
    wide_first, wide_last = _clear(group, speaker, noun_phrase(speaker, wide=True), quoted)
    source = range(min(first, wide_first), max(last, wide_last) + 1)
    framed = () if agent is not None else _framed(unit, group, groups)
    content = _content(unit, group, source, groups, passive=agent is not None)
    if framed:
        led = framed[0][0] < unit.span(group.first, group.last)[0]
        own = next((one for one in children(group.token, "ccomp") if one.i > group.last and not _in(unit, framed, one.i) and _goes_on(one, led=led)), None)
        behind = {at for at in (places(own) if own is not None else ()) if at > group.last and at not in source}
        content = {at for at in behind if not _in(unit, framed, at)} | _led(unit, group, source, framed)
    spans = _merged(unit, [*framed, *_spans(unit, content, group)], unit.span(group.first, group.last))
    if not spans:
        spans = _beside(unit, group, source, groups) or _spans(unit, _before(unit, group, source), group)
    if not spans and group.kind not in {CueKind.REFUSE, CueKind.DENY, CueKind.CONFIRM, CueKind.DOUBT}:
        return None
    if spans and all(unit.text[a:b].lower() in RELATIVES for a, b in spans):
        return None
    before = bool(spans) and spans[0][0] < unit.span(group.first, group.last)[0]
    rule = "passive" if agent is not None else "said-after" if before else "said-before"
    return Attribution(
        unit.span(first, last),
        unit.span(wide_first, wide_last),
        unit.span(group.first, group.last),
        spans,
        CueKind.REFUSE if unit.doc[first].lower_ == "neither" else group.kind,
        group.verb.lemma,
        f"{rule}:{group.rule}",
        group.background,
        speaker.pos_ == "PRON",
    )


def _goes_on(clause: Token, *, led: bool) -> bool:
    """Whether a clause behind the cue is said too, beside a quotation; behind “…,” X said (`led`) only with "that"."""
    mark = child(clause, "mark")
    return not _is_relative(clause) and (not led or (mark is not None and mark.lower_ == "that"))


def _is_relative(clause: Token) -> bool:
    """Whether a clause has who or which for its subject: it says something of the speaker."""
    subject = child(clause, "nsubj", "nsubj:pass")
    return subject is not None and subject.lower_ in ("who", "which")


def _telling_above(verb: Token, groups: Sequence[CueGroup]) -> Token | None:
    """The reporting verb whose speaker goes on in a participle: "X said A was so, adding that …" is X's addition."""
    if verb.tag_ != "VBG" or verb.dep_ not in ("advcl", "conj") or verb.doc[max(verb.left_edge.i - 1, 0)].text != ",":
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
    closes = before in _CLOSES or before in ("?", "!", "”", ")", "—", "–", "as", "So") or not before
    if closes or verb.dep_ == "parataxis":
        return speaker
    return subject_of(verb.head) if verb.head.i != verb.i and verb.dep_ in ("conj", "advcl", "xcomp") else None


def _edge(unit: Unit, group: CueGroup, content: set[int], groups: Sequence[CueGroup]) -> set[int]:
    """The content up to where the speaker says something else: ", but said …", ", adding that …"."""
    for other in groups:
        if other.token.i == group.token.i or other.first <= group.last or other.first not in content:
            continue
        start = other.first
        mine = child(other.token, "nsubj")
        if mine is not None and (mine.pos_ != "PRON" or mine.i > other.token.i):
            continue
        if mine is not None:
            start = mine.left_edge.i
        before = unit.doc[start - 1]
        joined = before.lower_ in ("but", "and", "while") and start - 2 >= unit.first and unit.doc[start - 2].text == ","
        trailing = before.text == "," and other.token.tag_ == "VBG"
        if joined or trailing:
            return {at for at in content if at < start - 1 - joined}
    return content


def _led(unit: Unit, group: CueGroup, source: range, framed: Sequence[Span]) -> set[int]:
    """What is said before the cue where it stands inside a sentence that goes on as a quotation: "A, X said, “B”"."""
    begin, cue_end = min(source.start, group.first), unit.span(group.first, group.last)[1]
    behind = next((start for start, _ in framed if start >= cue_end), None)
    if behind is None or unit.text[cue_end:behind].strip() != "," or begin <= unit.first or unit.doc[begin - 1].text != ",":
        return set()
    led = [unit.doc[at] for at in range(unit.first, begin - 1) if not _in(unit, framed, at)]
    if len(led) < 3 or led[0].lower_ in _SETTINGS or not any(one.pos_ in ("VERB", "AUX") for one in led):  # noqa: PLR2004 - "On Monday"
        return set()
    return {one.i for one in led}


def _before(unit: Unit, group: CueGroup, source: range) -> set[int]:
    """Everything before a cue of plain speech that closes its sentence: "…, X said."."""
    begin = min(source.start, group.first)
    if group.kind not in _PLAIN or begin <= unit.first or group.token.tag_ == "VBG":
        return set()
    return set(range(unit.first, begin - 1)) if unit.doc[begin - 1].text in _CLOSES else set()


def _in(unit: Unit, spans: Sequence[Span], at: int) -> bool:
    """Whether a token stands in one of the spans."""
    return any(start <= unit.doc[at].idx < end for start, end in spans)


def sentential(unit: Unit, one: Quotation) -> bool:
    """Whether a quotation is what somebody says, not a title or a phrase: it is set off by a mark, or opens the unit."""
    text, start = unit.text, unit.doc[unit.first].idx
    before = text[start : one.start].rstrip(" \"'")
    if not one.inner[0] < one.inner[1]:
        return False
    last = text[one.inner[1] - 1]
    after = text[one.end : one.end + 1]
    if before and before[-1] not in ",:—–-.!?)":
        return False
    return last in ",.!?—–-…" or after in ",." or not one.closed or not text[one.end : unit.doc[unit.last].idx + 1].strip(" .")


def unlisted_cues(unit: Unit, groups: Sequence[CueGroup]) -> list[CueGroup]:
    """Verbs the list does not know that bring a whole quotation: "“…,” she went on", "he shot back: “…”"."""
    found: list[CueGroup] = []
    quoted = unit.quoted()
    for one in (each for each in unit.quotations if sentential(unit, each)):
        begin = max([q.end for q in unit.quotations if q.end <= one.start], default=unit.start)
        stop = min([q.start for q in unit.quotations if q.start >= one.end], default=unit.end)
        beside = [t for t in unit.tokens if t.i not in quoted and (one.end <= t.idx < stop or begin <= t.idx < one.start)]
        if not beside or any(group.token.i in {t.i for t in beside} for group in (*groups, *found)):
            continue
        verbs = [t for t in beside if t.tag_ in ("VBD", "VBZ", "VBP", "VBG") and t.dep_ not in ("aux", "cop", "aux:pass", "amod")]
        verb = next((t for t in verbs if child(t, "nsubj") is not None), None)
        if verb is None or verb.lemma_ in _NOT_SPEAKING:
            continue
        particle = child(verb, "compound:prt")
        last = particle.i if particle is not None and particle.i == verb.i + 1 else verb.i
        found.append(CueGroup(verb, verb.i, last, Verb(verb.lemma_, CueKind.SAY, "past"), CueKind.SAY, rule="say"))
    return found


def _framed(unit: Unit, group: CueGroup, groups: Sequence[CueGroup]) -> tuple[Span, ...]:
    """The whole quotations that a cue brings: those beside the words it stands in, if it is those words' first cue."""
    own = next((one for one in children(group.token, "ccomp") if one.i > group.last), None)
    inside = range(0) if own is None or _in(unit, [(q.start, q.end) for q in unit.quotations], own.i) else places(own)
    quotes = [one for one in unit.quotations if sentential(unit, one) and not _holds(unit, inside, one)]
    if not quotes:
        return ()
    at = unit.span(group.first, group.last)[0]
    begin = max([one.end for one in quotes if one.end <= at], default=unit.doc[unit.first].idx)
    stop = min([one.start for one in quotes if one.start > at], default=unit.doc[unit.last].idx + len(unit.doc[unit.last]))
    here = [one for one in groups if begin <= unit.span(one.first, one.last)[0] < stop and not one.passive]
    left = [one for one in quotes if one.end == begin]
    right = [one for one in quotes if one.start == stop]
    found: list[Quotation] = []
    if left and _principal(here, first=True) is group:
        found += left
        found += [one for one in right if not unit.text[one.start - 2 : one.start].strip(" .") or len(here) == 1]
    if right and not found and _principal(here, first=False) is group:
        found += right
    return tuple((one.start, min(one.end, unit.end)) for one in sorted(found, key=lambda q: q.start))


def _holds(unit: Unit, clause: range, one: Quotation) -> bool:
    """Whether a clause begins before a quotation and holds its first word, or has "that": both are one thing said."""
    first = next((token.i for token in unit.tokens if one.start < token.idx < one.end), None)
    if first is None or not clause or unit.doc[clause.start].idx >= one.start:
        return False
    return first in clause or unit.doc[clause.start].lower_ == "that"


def _principal(here: Sequence[CueGroup], *, first: bool) -> CueGroup | None:
    """Of the cues among the words between two quotations, the one that brings a quotation: the first behind one, the
    last before one; a cue that has a clause of its own does not."""
    able = [one for one in here if one.kind not in _SILENT and child(one.token, "ccomp") is None] or [one for one in here if one.kind not in _SILENT]
    if not able:
        return None
    return able[0] if first else able[-1]


def _in_frame(unit: Unit, group: CueGroup, speaker: Token | None) -> Token | None:
    """The speaker, looked for beside the verb where the tree has none outside the quotation: "…," says X."""
    quoted = unit.quoted()
    if speaker is not None and speaker.i not in quoted:
        return speaker
    last, first = group.last, group.first
    before = unit.doc[first - 1] if first > unit.first else None
    behind = unit.doc[last + 1] if last + 1 <= unit.last else None
    if quoted and before is not None and before.i not in quoted and before.pos_ in ("PROPN", "PRON", "NOUN"):
        return phrase_head(before)
    closing = before is not None and before.text in (*_CLOSES, "?", "!", "—", "–")
    framed = before is not None and before.i in quoted
    if closing and (framed or group.verb.lemma in INVERTIBLE) and behind is not None and behind.pos_ in ("PROPN", "DET", "PRON", "NOUN", "ADJ", "NUM"):
        name = behind
        while name.head.i > last and name.head.i != name.i and name.head.i not in quoted and name.head.pos_ in NOMINAL:
            name = name.head
        return name
    if quoted and (first - 1) not in quoted:
        opening = max((at for at in quoted if at < first), default=None)
        between = [] if opening is None else [unit.doc[at] for at in range(opening + 1, first)]
        named = next((one for one in between if one.pos_ in ("PROPN", "PRON", "NOUN")), None)
        if named is not None and not any(one.pos_ in ("VERB", "AUX", "ADP") for one in between[: named.i - between[0].i]):
            return named if named.head.i not in {one.i for one in between} else phrase_head(named)
    return None if quoted and speaker is not None else speaker


def _clear(group: CueGroup, speaker: Token, phrase: tuple[int, int], quoted: frozenset[int]) -> tuple[int, int]:
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


def _content(unit: Unit, group: CueGroup, source: range, groups: Sequence[CueGroup], *, passive: bool) -> set[int]:
    """The places of the tokens that are said."""
    verb = group.token
    if passive:
        about = child(verb, "nsubj:pass", "csubj:pass")
        if about is not None:
            return set(places(about))
        if verb.dep_ == "acl":
            first, last = noun_phrase(verb.head, wide=False)
            return set(range(first, min(last, verb.left_edge.i - 1) + 1))
        return set()
    own = set(range(group.first, group.last + 1)) | set(source)
    said = _said(group)
    found: set[int] = set()
    for one in said:
        found |= _clause(one, verb)
    if not found and _is_aside(unit, group, source):
        return set(places(verb.head)) - set(places(verb)) - own
    if found:
        right = [one.i for one in said if one.i > verb.i]
        if right:
            found |= _tail(group, max(found), groups)
            found = _edge(unit, group, _with_quotation(unit, found), groups) | _interrupted(unit, group, source)
    return found - own - _according(unit, found)


def _with_quotation(unit: Unit, content: set[int]) -> set[int]:
    """A content with "that" goes on through a quotation right behind it, and to the end of the sentence."""
    first, last = min(content), max(content)
    if unit.doc[first].lower_ != "that" or last >= unit.last:
        return content
    end = unit.span(last, last)[1]
    behind = next((one for one in unit.quotations if one.start >= end and not unit.text[end : one.start].strip(" ,")), None)
    return content if behind is None else content | set(range(first, unit.doc[first].sent.end))


def _interrupted(unit: Unit, group: CueGroup, source: range) -> set[int]:
    """What stands before a cue that two commas set off from the rest of what is said: "The bigger risk, he said, is …"."""
    begin, end = min(group.first, source.start), max(group.last, source.stop - 1)
    first = max(unit.first, group.token.sent.start)
    if begin - 1 <= first or unit.doc[begin - 1].text != "," or end >= unit.last or unit.doc[end + 1].text != ",":
        return set()
    led = range(first, begin - 1)
    return set() if unit.doc[first].lower_ in _SETTINGS or group.kind not in _PLAIN else set(led)


def _according(unit: Unit, content: set[int]) -> set[int]:
    """The places of "according to Y" inside a content: Y's word on it, not the speaker's."""
    heads = [unit.doc[at].head for at in content if unit.doc[at].lower_ == "according" and unit.doc[at].dep_ in ("case", "mark")]
    return {at for head in heads for at in places(head)}


def _clause(one: Token, verb: Token) -> set[int]:
    """The places of what is said, from its "that" on where it has one behind the verb."""
    mark = next((each for each in children(one, "mark") if each.i > verb.i and each.lower_ in ("that", "whether", "if")), None)
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
    opened = begin > unit.first and unit.doc[begin - 1].text in _CLOSES
    closed = end < unit.last and unit.doc[end + 1].text in (",", ".", "?", "!")
    return verb.dep_ in ("advcl", "dep", "acl", "conj", "ccomp", "acl:relcl") and opened and closed


def _said(group: CueGroup) -> list[Token]:
    """The children of the verb that say what is said."""
    verb = group.token
    if group.first <= verb.i <= group.last and group.rule in ("declined", "declined-to-comment", "refused-to-act", "cannot-confirm") and verb.i < group.last:
        deeper = next((one for one in verb.children if one.dep_ in ("xcomp", "advcl") and one.i > verb.i), None)
        if deeper is not None and deeper.i <= group.last:
            verb = deeper
        elif deeper is not None:
            return [deeper]
    clauses = [one for one in verb.children if one.dep_ in ("ccomp", "parataxis") and not _is_cue_aside(one) and not _is_relative(one) and not _is_apart(one, verb)]
    if clauses:
        return [*clauses, *(one for one in children(verb, "nsubj") if one.i > verb.i and one.i < clauses[-1].i)]
    open_clauses = [one for one in children(verb, "xcomp") if one.i > verb.i]
    objects = [one for one in children(verb, "obj", "iobj", "obl:unmarked", "nmod:unmarked") if one.dep_ == "obj" or (one.dep_ == "iobj" and group.kind is CueKind.URGE) or (one.dep_ != "iobj" and not _is_time(one))]
    if open_clauses:
        return [*objects, *open_clauses] if group.kind is not CueKind.SAY else open_clauses
    if group.kind in _OBJECT_TAKERS or group.verb.lemma in ("agree", "refer", "discuss", "point"):
        marked = [one for one in children(verb, "obl", "advcl") if one.i > verb.i and not _is_time(one) and _opens(one)]
        return [*objects, *marked]
    return objects


def _is_apart(clause: Token, verb: Token) -> bool:
    """Whether a clause set beside the verb's own is a sentence of its own: behind a semicolon."""
    return clause.dep_ == "parataxis" and clause.i > verb.i and clause.doc[clause.left_edge.i - 1].text in (";", ".", ")")


def _opens(phrase: Token) -> bool:
    """Whether an oblique phrase is what a verb is about rather than where, when or to whom it was said."""
    case = child(phrase, "case", "mark")
    return case is not None and case.lower_ in ("of", "for", "about", "against", "as", "over", "that", "with", "from", "on", "to", "if", "into")


def _is_cue_aside(clause: Token) -> bool:
    return clause.dep_ == "parataxis" and child(clause, "nsubj") is not None and clause.lower_ in ("said", "says", "according")


def _is_time(phrase: Token) -> bool:
    return phrase.lower_ in _TIMES or phrase.ent_type_ == "DATE" or (phrase.tag_ == "CD")


def _tail(group: CueGroup, last: int, groups: Sequence[CueGroup]) -> set[int]:
    """What hangs on the verb behind its content and goes on with it: "… because", "…, and that", "… on the border"."""
    found: set[int] = set()
    cues = {one.token.i for one in groups if one.token.i != group.token.i}
    for one in group.token.children:
        if one.left_edge.i <= last or one.dep_ in ("punct", "cc"):
            continue
        if one.dep_ in ("advcl", "obl", "acl", "advmod") and one.i not in cues and not _is_time(one):
            found |= set(range(last + 1, one.right_edge.i + 1))
            last = one.right_edge.i
        elif one.dep_ == "conj" and one.i not in cues and one.i > last and child(one, "nsubj", "nsubj:pass") is not None:
            found |= set(range(last + 1, one.right_edge.i + 1))
            last = one.right_edge.i
        else:
            break
    return found


def _spans(unit: Unit, content: Iterable[int], group: CueGroup) -> tuple[Span, ...]:
    """Text spans of what is said: within the unit, without marks at the ends, quotations whole."""
    inside = [number for number in content if unit.first <= number <= unit.last]
    found: list[Span] = []
    for first, last in runs(inside):
        start, stop = first, last
        while start <= stop and (unit.doc[start].text in _TRIMMED or unit.doc[start].is_space):
            start += 1
        while stop >= start and (unit.doc[stop].text in _TRIMMED or unit.doc[stop].is_space):
            stop -= 1
        if start <= stop:
            found.append(unit.span(start, stop))
    cue = unit.span(group.first, group.last)
    return _merged(unit, [_whole(unit, span, cue) for span in found], cue)


def _whole(unit: Unit, span: Span, cue: Span) -> Span:
    """The span with every quotation it touches taken whole; of the quotation the cue stands in, only the inside."""
    start, end = span
    for one in unit.quotations:
        if one.start <= cue[0] < one.end:
            continue
        if start < one.end and one.start < end :
            start, end = min(start, one.start), max(end, one.end)
    return start, min(end, unit.end)


def _merged(unit: Unit, spans: Sequence[Span], cue: Span) -> tuple[Span, ...]:
    """Spans in order, those that touch or have only blanks and quotation marks between joined; the cue in none."""
    found: list[Span] = []
    for start, end in sorted(set(spans)):
        if start <= cue[0] < end:
            parts = [(start, cue[0]), (cue[1], end)]
        else:
            parts = [(start, end)]
        for a, b in parts:
            if found and a <= found[-1][1] + 1 and not unit.text[found[-1][1] : a].strip(" ,"):
                found[-1] = (found[-1][0], max(b, found[-1][1]))
            elif unit.text[a:b].strip(" ,.\"'"):
                found.append((a, b))
    return tuple(found)


def _beside(unit: Unit, group: CueGroup, source: range, groups: Sequence[CueGroup]) -> tuple[Span, ...]:
    """The quotations beside a verb whose tree shows nothing said: those behind it, else those before it."""
    begin, end = unit.span(min(group.first, source.start), max(group.last, source.stop - 1))
    behind = [(one.start, min(one.end, unit.end)) for one in unit.quotations if one.start >= end]
    before = [(one.start, one.end) for one in unit.quotations if one.end <= begin]
    near = [one for one in behind if not any(char.isalnum() for char in unit.text[end : one[0]])]
    others = [unit.span(one.first, one.last)[0] for one in groups if one is not group]
    before = [one for one in before if not any(one[1] <= at < begin for at in others)]
    return tuple(near or before[-1:] or behind)[:1]
