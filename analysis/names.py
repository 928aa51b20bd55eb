"""Names in running text: runs of capitalised words, what of them is a title, and whether they name a person."""

from __future__ import annotations

import re
from dataclasses import dataclass

from news.vocabulary import word_set

ROLES = word_set(
    """
    minister president premier chancellor secretary spokesman spokeswoman spokesperson spokespeople ambassador envoy
    general admiral colonel chief director chairman chairwoman leader king prince senator representative mayor governor
    official officials deputy foreign defense defence national security adviser advisor prime vice commander marshal
    supreme dictator lawmaker mp analyst expert professor mr mrs ms dr gen lt col maj capt adm sen rep gov prof sir
    lord lady dame sheikh ayatollah pope rev sgt brig major lieutenant captain congressman congresswoman justice judge
    attorney press assistant under-secretary undersecretary under state intelligence acting veteran author pollster
    interior finance unification economy trade head researcher executive coach manager scientist engineer
    then-president then-minister ceo founder party republican democratic democrat sheriff officer detective
    campaign former chairperson nominee candidate speaker house senate majority minority whip governor-general
    comrade"""
)
OFFICIAL = re.compile(
    r"\b(?:minister|president|premier|chancellor|secretary|spokes\w+|ambassador|envoy|general|admiral|colonel|chief"
    r"|marshal|officials?|government|ministry|military|army|navy|administration|agency|department|parliament\w*"
    r"|adviser|advisor|commander|command|diplomats?|lawmakers?|intelligence|service|foreign office|leader|authorities"
    r"|embassy|office|delegation|representative|cabinet|committee|commission|leadership|police"
    r"|council|gen|lt|adm|col|state(?:-run)? (?:media|newspaper|television|tv|news agency|radio))\b",
    re.IGNORECASE,
)
OUTSIDER = re.compile(
    r"\b(?:analysts?|experts?|professors?|fellows?|researchers?|scholars?|former|retired|ex-\w+|then-\w+|watchers?"
    r"|historians?|economists?|observers?|critics?|think[ -]tank|institute|university|author|journalists?|columnists?"
    r"|editors?|reporters?|activists?|lecturer|consultants?|specialists?|defectors?|pundits?|commentators?)\b",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"\b(?:Ministry|Agency|Department|Institute|University|Committee|Council|Army|Navy|Party|News|Times|Post|Journal"
    r"|Association|Bank|Group|Court|Police|Union|Forces?|Office|House|Center|Centre|Commission|Corp|Inc|Command|Staff"
    r"|Service|Authority|Organi[sz]ation|Federation|Parliament|Congress|Senate|Board|Bureau|Board|Company|Club|Network"
    r"|Foundation|Society|Embassy|Government|Administration|Assembly|Cabinet|Directorate|Campaign|Panel|Fund|League"
    r"|Tower|Hall|Square|Street|Avenue|Summit|Palace|Airport|Treaty|Agreement|Pact|Day|War|Act|Forum|Strategy)\b"
)
NOT_NAMES = word_set(
    """
    the a an but and or in on at for with from to of as if when while after before since although though however
    meanwhile both neither he she it they we i his her its their our my this that these those there what who why how
    where yes no not now then still also yet so some many most all one two three another other others according
    asked speaking citing following despite during under over amid even just only such last next earlier later today
    yesterday monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december"""
)
_FEWEST, _MOST = 2, 4  # words of a full name
_TITLED = r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Adm|Sen|Rep|Gov|[A-Z])\."
_RUN = re.compile(
    rf"(?:{_TITLED}|\b[A-Z][\w'-]*)"
    r"(?:[ \t]+(?:(?:de|van|von|der|al|bin|el|da|du|la)[ \t]+)*(?:[A-Z]\.(?=\s)|[A-Z][\w'-]*))*"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A run of capitalised words of the text: the name in it, and the whole run with what stands beside it."""

    name: str
    start: int
    around: str


def strip_titles(run: str) -> str:
    """The name at the end of a run of capitalised words, without titles and offices before it."""
    words = [word for word in run.split() if word]
    last = -1
    for place, word in enumerate(words):
        plain = word.lower().rstrip(".,").removesuffix("'s")
        if plain in ROLES and place < len(words):
            last = place
    return " ".join(words[last + 1 :]).removesuffix("'s")


def _tidy(run: str) -> tuple[str, int]:
    """The run without a sentence's opening word and a possessive, and how much was cut in front."""
    cut = 0
    while True:
        first = run[cut:].split(" ", 1)[0]
        if first.lower().strip(".,") in NOT_NAMES and " " in run[cut:].strip():
            cut += len(first)
            cut += len(run[cut:]) - len(run[cut:].lstrip())
        else:
            break
    return run[cut:], cut


def find_names(leveled: str) -> list[Named]:
    """Every run of two or more capitalised words that may be a person's full name, in order."""
    found: list[Named] = []
    for match in _RUN.finditer(leveled):
        run, cut = _tidy(re.split(r"'s\b", match.group())[0])
        name = strip_titles(run)
        words = name.split()
        if not _FEWEST <= len(words) <= _MOST or ORGANISATION.search(name):
            continue
        if any(word.lower() in NOT_NAMES for word in words):
            continue
        start = match.start() + cut
        before = leveled[max(0, start - 40) : start].rsplit(".", 1)[-1].rsplit(",", 1)[-1]
        stop = match.end()
        after = leveled[stop : stop + 120].split(".", maxsplit=1)[0] if leveled[stop : stop + 1] == "," else ""
        found.append(Named(name, start, f"{before} {run} {after.strip(', ')}"))
    return found
