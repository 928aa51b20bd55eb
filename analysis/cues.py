"""The words that say somebody says: reporting verbs and nouns by what they do to their content."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analysis.terms import word_set


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
        discuss learn determine state posit surmise interject caution-that remind""",
    CueKind.CONFIRM: "confirm verify",
    CueKind.DENY: "deny reject dismiss refute rebut rebuff dispute disavow debunk repudiate disown contradict",
    CueKind.DOUBT: "doubt question",
    CueKind.ALLEGE: "allege claim charge purport",
    CueKind.ACCUSE: "accuse blame suspect",
    CueKind.PREDICT: "expect predict forecast anticipate foresee envision envisage project",
    CueKind.THINK: "believe think assess judge estimate reckon hope fear worry suppose conclude guess feel consider "
    "assume speculate calculate understand know concur",
    CueKind.PRESUME: """thank welcome praise hail condemn denounce criticize criticise slam blast decry deplore applaud
        commend regret celebrate laud protest lambast castigate bemoan endorse defend mock assail salute oppose
        appreciate""",
    CueKind.CALL: "call label brand describe characterize characterise portray term dub decry",
    CueKind.WARN: "warn caution threaten",
    CueKind.URGE: "urge demand ask-to exhort implore press encourage order instruct appeal",
    CueKind.VOW: "vow pledge promise swear undertake",
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
    "refer": "refers referred referred referring",
}
_VOWELS = "aeiou"

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
INVERTIBLE = word_set(
    """
    say add note explain state declare argue announce report write insist stress emphasize emphasise maintain remark
    observe continue reply respond answer conclude tweet recall warn claim allege admit acknowledge joke quip predict
    lament complain counter caution"""
)
# These read as ordinary verbs unless a clause ("that …", a quotation) or the verb's own complement follows.
NEEDS_CLAUSE = word_set(
    """
    show find read learn know understand feel see hope point signal indicate suggest reveal determine counter
    respond answer continue conclude repeat press order consider judge guess calculate project quote brief mention
    describe cite highlight relate inform boast agree outline show post propose recommend appreciate"""
)


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


def _build() -> dict[str, Verb]:
    table: dict[str, Verb] = {}
    for kind, words in _LEMMAS.items():
        for lemma in words.split():
            if "-" in lemma:
                continue
            for form, name in _forms(lemma):
                table.setdefault(form, Verb(lemma, kind, name))
    table["called"] = Verb("call", CueKind.CALL, "past")
    return table


VERBS: dict[str, Verb] = _build()
"""Every form of every reporting verb, in lower case."""
AUXILIARIES = word_set(
    """
    has have had is was were are be been being am will would did does do could can may might must should shall having
    'd 'll 've 's 're"""
)
NEGATIONS = word_set("not never neither nor cannot")
ADVERBS = word_set(
    """
    also later then again still now once just only even already both all repeatedly ever always often thus instead
    further recently since too himself herself itself themselves first long previously earlier yesterday today"""
)
_NOT_ADVERBS = word_set(
    """
    family reply supply ally italy july assembly anomaly monopoly daily weekly monthly kelly emily sally holly molly
    billy willy lily beverly kimberly connolly donnelly reilly o'reilly"""
)


def is_negation(word: str) -> bool:
    """Whether a lower-case word negates a verb."""
    return word in NEGATIONS or word.endswith("n't")


def is_adverb(word: str) -> bool:
    """Whether a lower-case word may stand between an auxiliary and its verb."""
    return word in ADVERBS or (word.endswith("ly") and word not in _NOT_ADVERBS)
