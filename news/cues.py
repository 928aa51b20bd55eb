"""The words that say somebody says: reporting verbs and nouns by what they do to their content."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from news.vocabulary import word_set


class CueKind(StrEnum):
    """What a cue does to the content it brings."""

    SAY = "say"
    CONFIRM = "confirm"
    DENY = "deny"
    REFUSE = "refuse"
    DOUBT = "doubt"
    ALLEGE = "allege"
    ACCUSE = "accuse"
    PREDICT = "predict"
    THINK = "think"
    PRESUME = "presume"  # thanks, praise, blame: takes the content for a fact
    CALL = "call"
    WARN = "warn"
    URGE = "urge"
    VOW = "vow"


_LEMMAS = {
    CueKind.SAY: """say tell add note explain state declare argue announce report write insist stress emphasize
        emphasise maintain contend reiterate repeat remark observe continue reply respond answer conclude point explain
        clarify comment tweet post recall stipulate underline underscore acknowledge admit concede reveal disclose
        indicate suggest assert hint imply joke complain lament warrant outline recount relate mention signal
        describe elaborate counter quip echo affirm testify assure inform brief read propose recommend show find cite
        highlight agree opine retort proclaim profess tout narrate summarise summarize profess quote boast vent
        discuss learn determine state posit surmise interject remind express voice detail shout yell exclaim brag
        reaffirm specify identify muse scoff proclaim chant warble confess rejoin bellow preach grumble""",
    CueKind.CONFIRM: "confirm verify",
    CueKind.DENY: "deny reject dismiss refute rebut rebuff dispute disavow debunk repudiate disown contradict disagree",
    CueKind.DOUBT: "doubt question",
    CueKind.ALLEGE: "allege claim charge purport",
    CueKind.ACCUSE: "accuse blame suspect",
    CueKind.PREDICT: "expect predict forecast anticipate foresee envision envisage project",
    CueKind.THINK: "believe think assess judge estimate reckon hope fear worry suppose conclude guess feel consider "
    "assume speculate calculate understand know concur see view regard deem imagine",
    CueKind.PRESUME: """thank welcome praise hail condemn denounce criticize criticise slam blast decry deplore applaud
        commend regret celebrate laud protest lambast castigate bemoan endorse defend mock assail salute oppose
        appreciate support back favor favour embrace congratulate ridicule""",
    CueKind.CALL: "call label brand describe characterize characterise portray term dub decry",
    CueKind.WARN: "warn caution threaten",
    CueKind.URGE: """urge demand ask exhort implore press encourage order instruct appeal want seek prefer wish plead
        advise request lobby beg""",
    CueKind.VOW: "vow pledge promise swear undertake plan intend decide aim",
}
_IRREGULAR = {
    "say": "says said said saying",
    "tell": "tells told told telling",
    "write": "writes wrote written writing",
    "think": "thinks thought thought thinking",
    "know": "knows knew known knowing",
    "feel": "feels felt felt feeling",
    "find": "finds found found finding",
    "show": "shows showed shown showing",
    "understand": "understands understood understood understanding",
    "swear": "swears swore sworn swearing",
    "undertake": "undertakes undertook undertaken undertaking",
    "foresee": "foresees foresaw foreseen foreseeing",
    "read": "reads read read reading",
    "admit": "admits admitted admitted admitting",
    "rebut": "rebuts rebutted rebutted rebutting",
    "quip": "quips quipped quipped quipping",
    "see": "sees saw seen seeing",
    "seek": "seeks sought sought seeking",
    "plan": "plans planned planned planning",
    "prefer": "prefers preferred preferred preferring",
    "brag": "brags bragged bragged bragging",
    "beg": "begs begged begged begging",
    "bet": "bets bet bet betting",
    "refer": "refers referred referred referring",
}
_VOWELS = "aeiou"
_DOUBLING = frozenset(["label", "signal", "dub", "slam", "rebut", "admit", "rip"])

NOUNS = {
    "claim": CueKind.ALLEGE,
    "allegation": CueKind.ALLEGE,
    "accusation": CueKind.ALLEGE,
    "charge": CueKind.ALLEGE,
    "contention": CueKind.SAY,
    "assertion": CueKind.SAY,
    "statement": CueKind.SAY,
    "suggestion": CueKind.SAY,
    "report": CueKind.SAY,
    "assessment": CueKind.THINK,
    "warning": CueKind.WARN,
    "announcement": CueKind.SAY,
    "denial": CueKind.DENY,
    "insistence": CueKind.SAY,
    "admission": CueKind.SAY,
    "confirmation": CueKind.CONFIRM,
    "belief": CueKind.THINK,
    "view": CueKind.THINK,
    "remark": CueKind.SAY,
    "comment": CueKind.SAY,
    "rejection": CueKind.DENY,
    "promise": CueKind.VOW,
    "pledge": CueKind.VOW,
}
ADJECTIVES = {
    word: kind
    for kind, words in {
        CueKind.SAY: "confident sure certain convinced adamant clear aware positive",
        CueKind.DOUBT: "sceptical skeptical doubtful unsure uncertain dubious unconvinced",
        CueKind.PREDICT: "hopeful optimistic",
        CueKind.THINK: "worried concerned afraid fearful alarmed glad pleased disappointed",
    }.items()
    for word in words.split()
}
"""Adjectives that bring a clause of what somebody thinks: "was sceptical that …"."""
INVERTIBLE = word_set(
    """
    say add note explain state declare argue announce report write insist stress emphasize emphasise maintain remark
    observe continue reply respond answer conclude tweet recall warn claim allege admit acknowledge joke quip predict
    lament complain counter caution"""
)
# These read as ordinary verbs unless a clause ("that …", a quotation) or the verb's own complement follows.
NEEDS_CLAUSE = word_set(
    """
    find read learn know understand feel point signal indicate reveal determine counter
    respond answer continue conclude repeat order guess calculate project quote brief mention
    relate inform boast outline show post propose disagree voice detail imagine shout press"""
)
# … and these unless one of these words is near: "plans to", "asked X to", "sees X as", "agreed with".
COMPLEMENTS = {
    "plan": (3, word_set("to")),
    "intend": (2, word_set("to")),
    "decide": (3, word_set("to that against on")),
    "aim": (2, word_set("to")),
    "agree": (3, word_set("to that with on")),
    "ask": (9, word_set("to for that")),
    "request": (9, word_set("to that")),
    "appeal": (6, word_set("to for")),
    "see": (7, word_set("as that")),
    "identify": (7, word_set("as that")),
    "view": (7, word_set("as")),
    "regard": (7, word_set("as")),
    "deem": (9, word_set("to that a an unfit safe fit necessary illegal legal")),
    "consider": (9, word_set("to that a an it him her them whether")),
    "judge": (6, word_set("that to")),
    "hope": (4, word_set("to that for")),
    "wish": (3, word_set("to that")),
    "press": (6, word_set("for to")),
    "push": (6, word_set("for to")),
    "lobby": (6, word_set("for to against")),
    "suppose": (3, word_set("that")),
    "threaten": (6, word_set("to that with")),
    "defend": (9, word_set("as himself herself itself themselves decision record remarks comments saying")),
}
ATTITUDES = word_set(
    """
    want seek prefer plan intend decide aim back support favor favour see view regard attack embrace hope wish ask
    request consider agree lobby"""
)
"""Cues that tell what somebody means or does rather than says: the sentence may still be the outlet's own word."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a reporting verb: `form` is base, s, past or ing; past stands for the participle as well."""

    lemma: str
    kind: CueKind
    form: str


def _forms(lemma: str) -> list[tuple[str, str]]:
    if lemma in _IRREGULAR:
        third, past, participle, ing = _IRREGULAR[lemma].split()
        return [(lemma, "base"), (third, "s"), (past, "past"), (participle, "past"), (ing, "ing")]
    if lemma.endswith("e"):
        return [(lemma, "base"), (lemma + "s", "s"), (lemma + "d", "past"), (lemma[:-1] + "ing", "ing")]
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return [(lemma, "base"), (lemma[:-1] + "ies", "s"), (lemma[:-1] + "ied", "past"), (lemma + "ing", "ing")]
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    return [(lemma, "base"), (third, "s"), (lemma + "ed", "past"), (lemma + "ing", "ing")]


def _doubled(lemma: str) -> list[tuple[str, str]]:
    """The forms that double the last letter: "labelled", "slammed"."""
    return [(lemma + lemma[-1] + "ed", "past"), (lemma + lemma[-1] + "ing", "ing")] if lemma in _DOUBLING else []


def _build() -> dict[str, Verb]:
    table: dict[str, Verb] = {}
    for kind, words in _LEMMAS.items():
        for lemma in words.split():
            for form, name in (*_forms(lemma), *_doubled(lemma)):
                table.setdefault(form, Verb(lemma, kind, name))
    table["called"] = Verb("call", CueKind.CALL, "past")
    return table


VERBS: dict[str, Verb] = _build()
"""Every form of every reporting verb, in lower case."""
NEGATIONS = word_set("not never neither nor cannot")


def is_negation(word: str) -> bool:
    """Whether a lower-case word negates a verb."""
    return word in NEGATIONS or word.endswith("n't")
