"""What has become of those counted ("killed", "captured"), and whether it is so or only planned."""

from __future__ import annotations

import re

_DEAD = r"killed|slain|murdered|massacred|shot dead|gunned down|dead|died|dies|dying|perished|fallen"
_HURT = r"wounded|injured|hurt|maimed"
_HELD = r"captured|taken (?:prisoner|captive|hostage)|seized alive|prisoners? of war"
_GONE = r"missing|unaccounted for"
_WRECKED = r"destroyed|wrecked|shot down|sunk|blown up"
_WORDS = {
    "killed": rf"{_DEAD}|deaths|fatalities",
    "wounded": rf"{_HURT}",
    "captured": rf"{_HELD}|prisoners|captives|hostages",
    "missing": _GONE,
    "destroyed": _WRECKED,
}
KILLED_OR_WOUNDED = "killed or wounded"
_ANY = "|".join(_WORDS.values())
_EITHER = rf"(?:{_DEAD})\s*(?:,|or|and|and/or)\s*(?:been\s+|were\s+)?(?:{_HURT})|casualties"
_KNOWN = {name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for name, words in _WORDS.items()}
_EITHER_FOUND = re.compile(rf"\b(?:{_EITHER})\b", re.IGNORECASE)
_ADVERBS = (
    r"(?:(?:\w+ly|already|also|now|since|still|all|so far|or|either|not|yet|thus|then|been|being|to have|to be)"
    r"\s+){0,4}"
)
_AUXILIARY = r"(?:has|have|had|was|were|is|are|be|been|being|got|get|lay|lie|went|go|gone)"
FATE_WORD = re.compile(rf"\s*(?:(?:were|was)\s+)?(?P<fate>{_EITHER}|{_ANY})\b", re.IGNORECASE)
"""A fate right behind a number or its noun: "100 dead", "600 rebels killed"."""
_BEHIND = re.compile(
    r"(?:(?!\b(?:where|when|after|because|while|as|before|than|whose|if)\b)[^.;:]){0,70}?"
    rf"\b{_AUXILIARY}\s+{_ADVERBS}(?P<fate>{_EITHER}|{_ANY})\b"
    rf"|\s+(?:have\s+|had\s+)?(?P<died>died|perished|fell)\b|\s+(?P<prisoner>prisoner|captive|hostage)\b",
    re.IGNORECASE,
)
_FIRST_AUXILIARY = re.compile(r"\b(?:has|have|had|was|were|is|are|will|would|could|can|may|might|shall|must)\b")
_DOING = {
    "killed": r"kill(?:s|ed|ing)?|murder(?:s|ed|ing)?|shot dead|gunned down|deaths? of|death toll (?:of|to|at)"
    r"|lives of",
    "wounded": r"wound(?:s|ed|ing)?|injur(?:es|ed|ing)",
    "captured": r"captur(?:es|ed|ing)?|capture of",
    "destroyed": r"destroy(?:s|ed|ing)?|wreck(?:s|ed|ing)?|shot down|sank|sunk|destruction of",
    "lost": r"los(?:t|es|ing)|loss(?:es)? of|losses (?:at|to)",
    KILLED_OR_WOUNDED: r"casualties (?:of|at|to)"
    r"|kill(?:s|ed|ing)? (?:or|and) (?:wound(?:s|ed|ing)?|injur(?:es|ed|ing))",
}
_BEFORE = {
    name: re.compile(rf"\b(?:{words})\s+(?:the\s+|another\s+|a further\s+)?$", re.IGNORECASE)
    for name, words in reversed(_DOING.items())  # "killed or wounded" goes before "wounded"
}
_NOUNS = {
    "casualties": KILLED_OR_WOUNDED,
    "losses": "lost",
    "dead": "killed",
    "deaths": "killed",
    "fatalities": "killed",
    "killed": "killed",
    "wounded": "wounded",
    "injured": "wounded",
    "injuries": "wounded",
    "prisoners": "captured",
    "captives": "captured",
    "hostages": "captured",
    "missing": "missing",
}
_TOLL = re.compile(r"\bdeath toll\b", re.IGNORECASE)

_NEAR = 60  # characters before a number in which what governs it stands
_MODAL = r"(?:will|would|could|can|may|might|shall|must|should|'ll|won't)"
_MAY_BE = re.compile(rf"\b{_MODAL}\b|\b(?:if|unless|whether|once)\b", re.IGNORECASE)
_INFINITIVE = re.compile(
    r"\b(?:plan|intend|hope|want|wish|expect|prepar|pledg|promis|vow|agree|offer|ask|order|decid|propos|threaten|seek"
    r"|sought|aim|urg|need|demand|request|told|call(?:s|ed|ing)? on|ready|due|set|about|going|likely|willing|poised"
    r"|slated|scheduled|able)\w*\b[^.;:,]{0,40}?\bto (?!have\b)(?:\w+ly )?[a-z]+"
    r"|\b(?:is|are|was|were) to (?!have\b)[a-z]"
)
_INTENDED = re.compile(
    r"\b(?:earmarked|expected|due|slated|scheduled|set|planned|prepared|preparing|readied|ready|readying|assigned|poised"
    r"|waiting|likely|going|supposed|meant|intended|pledged|promised)\b",
    re.IGNORECASE,
)
_WILL = re.compile(rf"\s*{_ADVERBS}(?:{_MODAL}\b|(?:is|are|was|were)\s+{_ADVERBS}to\s+(?!have\b)[a-z])", re.IGNORECASE)
_INTENDED_BEFORE = re.compile(
    r"\b(?:plans?|planned|planning|pledg\w+|promis\w+|offer(?:s|ed|ing)?|vow\w*|prepar(?:es|ing|ed)|ready(?:ing)?|readied"
    r") (?:for|of|with)?\s*$",
    re.IGNORECASE,
)


def fate_of(unit: str, before: str, behind: str) -> str:
    """What has become of what is counted, by its noun and the words before and behind it in its clause; "" for nothing.

    `before` ends where the number (with its hedge) begins, `behind` begins behind the noun.
    """
    if unit in _NOUNS:
        return _NOUNS[unit]
    for name, words in _BEFORE.items():
        if words.search(before):
            return name
    found = FATE_WORD.match(behind) or _BEHIND.match(behind)
    if found and _first_verb_is(behind, found):
        return _named(next(word for word in found.groupdict().values() if word))
    return "killed" if not unit and _TOLL.search(before) else ""


def _first_verb_is(behind: str, found: re.Match[str]) -> bool:
    """Whether no other verb stands between the noun and its fate: "soldiers are fighting where many were killed"."""
    return len(_FIRST_AUXILIARY.findall(behind[: found.end()])) <= 2  # noqa: PLR2004 - "have … or were wounded"


def _named(words: str) -> str:
    if _EITHER_FOUND.search(words):
        return KILLED_OR_WOUNDED
    if words.lower() in ("prisoner", "captive", "hostage"):
        return "captured"
    if words.lower() in ("died", "perished", "fell"):
        return "killed"
    return next((name for name, known in _KNOWN.items() if known.search(words)), "")


def is_planned(before: str, behind: str) -> bool:
    """Whether the number is not so yet: planned, promised, expected, possible, or supposed in an "if"."""
    near = before[-_NEAR:]
    if _MAY_BE.search(near) or _INTENDED_BEFORE.search(before) or _INFINITIVE.search(near):
        return True
    auxiliary = _FIRST_AUXILIARY.search(behind)
    verb = behind[auxiliary.start() :] if auxiliary else behind[:20]
    if _WILL.match(verb):
        return True
    group = " ".join(verb.split()[:4])
    if re.match(r"\s*(?:who|that|which)?\s*ready\b", behind):
        return True
    return bool(auxiliary and _INTENDED.search(group)) or bool(_INTENDED.match(behind.lstrip()))
