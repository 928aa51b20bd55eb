"""Holders known only by a description: groups, bodies, documents, somebody in a role, a name without a first name."""

from __future__ import annotations

import re

from analysis.names import NOT_NAMES, ORGANISATION
from news.claim import HolderKind
from news.vocabulary import word_set

GROUPS = re.compile(
    r"\b(?:officials|analysts|experts|sources|critics|observers|specialists|diplomats|lawmakers|reports|researchers"
    r"|scholars|watchers|witnesses|residents|authorities|others|some|many|most|leaders|people|members|supporters"
    r"|democrats|republicans|activists|scientists|investigators|prosecutors|families|voters|aides|advisers|advisors"
    r"|opponents|lawyers|politicians|media|economists|historians|journalists|neighbors|neighbours|allies|commanders"
    r"|doctors|majorit(?:y|ies)|half|percent|men|women|children|police officers)\b",
    re.IGNORECASE,
)
PEOPLE = re.compile(
    r"\b(?:spokes\w+|minister|president|head|representative|negotiator|delegate|official|analyst|expert|professor"
    r"|general|admiral|ambassador|envoy|leader|source|witness|resident|lawyer|adviser|advisor|director|chief"
    r"|chair\w*|man|woman|student|father|mother|teacher|officer|lawmaker|senator|diplomat|researcher|scholar"
    r"|attorney|judge|governor|mayor|secretary|candidate|nominee|commander|editor|author|writer|reporter|aide|coach"
    r"|doctor|correspondent|commentator|insider|politician|person|chancellor|premier|king|queen|pope|founder"
    r"|front-runner|hopeful|contender|rival|owner|manager|neighbou?r|friend|pastor|priest|bishop|worker|driver|victim"
    r"|counterpart|colleague|sister|brother|daughter|successor|predecessor"
    r"|journalist|activist|historian|economist|strategist|veteran|farmer|soldier|prisoner|defector)\b",
    re.IGNORECASE,
)
_BODIES = re.compile(
    r"\b(?:ministry|agency|department|government|statement|report|study|survey|poll|newspaper|magazine|daily|paper"
    r"|company|group|military|army|navy|council|committee|commission|office|court|campaign|administration|police"
    r"|institute|outlet|broadcaster|channel|network|site|website|organi[sz]ation|party|union|bank|firm|white paper"
    r"|authority|command|embassy|delegation|commentary|editorial|article|journal|communique|assessment|document"
    r"|intelligence|parliament|panel|regime|kingdom|country|nation|side|state media|service|staff|ad|data|results?"
    r"|figures|polls|findings|memo|letter|filing|book|post|story|blog|film|video|email|tweet|message|index|guide"
    r"|analysis|review|research|records|budget|law|bill|resolution|treaty|order|rule|lawsuit|complaint|transcript)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?:,|\s(?:who|which|that|whose|where|when|while|conducted|released|published|obtained|filed|carried|issued"
    r"|compiled|gathered|posted|dated|written|cited)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_PURPOSE = re.compile(r"\sto\s(?!(?:the|a|an|his|her|its|their|be)\b)[a-z].*$")  # "moves to strengthen the bloc"
_LINK = re.compile(r"\s(?:in|on|at|for|from|with|to|by|about|against|among|over|during|after|before|as)\s")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_WORDS = re.compile(r"[\w'.&/%-]+(?:\s[\w'.&/,%-]+)*")
_LEAD = word_set(
    """
    the a an this that these those another one two three four five six seven eight nine ten several some many most
    few all both each his her its their half about nearly almost other such any no every more at up"""
)
_LONGEST = 9  # words: a longer description is a clause
_PERSON_WORDS = 3  # few people have more names
_VERBAL = re.compile(
    r"\b(?:is|are|was|were|has|have|had|would|will|could|should|did|does|do|than|if|because|how|why|it|he|she|they"
    r"|me|my|we|i|no|let|well|\w+n't)\b(?!-)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|\w|[Gg]iven .+|[a-z]+ed .+)")


def shorten(phrase: str) -> str:
    """The description without its article, its clauses and, where it is long, what hangs on a preposition."""
    name = _PURPOSE.sub("", _ARTICLE.sub("", _CLAUSE.sub("", phrase).strip()))
    links = list(_LINK.finditer(name))
    while len(name.split()) > _LONGEST and links:
        name = name[: links.pop().start()]
    return name


def kind_of(phrase: str, name: str, *, official: bool) -> HolderKind | None:
    """What a described holder is; None when the words can be nobody who speaks."""
    words = name.split()
    if (
        not words
        or len(words) > _LONGEST
        or not _WORDS.fullmatch(name)
        or _VERBAL.search(name)
        or (_ORDINAL.fullmatch(name) and not PEOPLE.search(name))
    ):
        return None
    if GROUPS.search(name):
        return HolderKind.GROUP
    if PEOPLE.search(name):
        return HolderKind.OFFICE if official else HolderKind.PERSON
    if _BODIES.search(name) or ORGANISATION.search(name):
        return HolderKind.ORGANISATION
    if words[0][:1].isupper() and words[-1][:1].isupper():
        return _proper(name, words, phrase)
    return _common(phrase, words)


def _proper(name: str, words: list[str], phrase: str) -> HolderKind | None:
    if len(words) == 1 and (len(name) == 1 or name.lower() in NOT_NAMES):
        return None
    body = name.isupper() or len(words) > _PERSON_WORDS or phrase.lower().startswith("the ")
    return HolderKind.ORGANISATION if body else HolderKind.PERSON


def _common(phrase: str, words: list[str]) -> HolderKind | None:
    """A common noun the lists do not know speaks as a group in the plural, else as a body."""
    head = re.split(r"\s(?:of|in|on|at|for|from|with|to)\s", " ".join(words))[0].split()[-1].lower()
    plural = head.endswith("s") and not head.endswith(("ss", "'s", "us", "is"))
    led = phrase.split(maxsplit=1)[0].lower() in _LEAD or phrase[:1].isdigit() or phrase[:1].isupper()
    if phrase[:1].isdigit():
        return HolderKind.GROUP  # "42%", "four in ten"
    if plural:
        return HolderKind.GROUP
    return HolderKind.ORGANISATION if led and head.replace("-", "").isalpha() else None
