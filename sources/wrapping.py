"""What an aggregator or a page template put around and between an article's own words.

Rules over lines; no rule knows any topic. Each range found says why it was taken, so that a doubtful one can be argued
with, and stored text stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from news.article import Exclusion
from sources.furniture import FILE_PHOTO, LINES, PHOTO_CREDIT, PHOTO_HINTS, RUN_IN, TAIL

_LONGEST_FURNITURE = 240
_LONGEST_CAPTION = 600
_CREDIT_WITHIN = 120  # characters from the end of a caption
_FEWEST_KEYWORDS = 3
_KEYWORD = re.compile("[\\w.'\u2019&-]+(?: [\\w.'\u2019&-]+){0,3}")
_SENTENCE_END = re.compile('[.!?]["\u201d\u2019)]?\\s+(?=\\S)')
_STOPS = '.!?:;"\u201d'
_MOST_CREDIT_WORDS = 8
_CAPITALISED = 0.7  # of a credit's words; "of" and "the" stand in between


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def find_wrapping(text: str) -> list[Exclusion]:
    """The ranges of `text` that are not the article, in order and without overlap.

    Counters ("2 weeks ago 38"), links to the whole article, source, share, subscription, cookie, related, advert,
    comment and rights lines, end marks, image descriptions run into the text, and photo captions.
    """
    found: list[Exclusion] = []
    lines = list(_split(text))
    described = False  # the line before was an image's description, so this one is its caption
    for place, line in enumerate(lines):
        following = lines[place + 1].text if place + 1 < len(lines) else ""
        why = _judge(line.text, following, described=described)
        described = why == "image description"
        if why is not None:
            found.append(Exclusion(line.start, line.end, why))
    if lines and (not found or found[-1].end < lines[-1].end):
        found += _find_tail(text)
    return found


def is_keywords(line: str) -> bool:
    """Whether a line is a list of tags ("Dam, river, valley, 2019"), as image descriptions are; no sentence."""
    parts = [part.strip() for part in line.split(",")]
    if len(parts) < _FEWEST_KEYWORDS or line[-1] in _STOPS:
        return False
    if not all(_KEYWORD.fullmatch(part) for part in parts):
        return False
    words = sum(part.count(" ") + 1 for part in parts)
    # A list in a sentence joins its last part by "and", and its parts run long.
    return words <= 2 * len(parts) and not re.match(r"(?:and|or|but)\b", parts[-1])


def has_photo_credit(line: str) -> bool:
    """Whether a caption ends in the name of whoever took the picture, after its last sentence."""
    if not line or len(line) > _LONGEST_CAPTION:
        return False
    if _ends_in_credit(line):
        return True
    ends = [match.end() for match in _SENTENCE_END.finditer(line)]
    credit = line[ends[-1] :] if ends else ""
    words = credit.replace("/", " ").split()
    if not words or len(words) > _MOST_CREDIT_WORDS or credit[-1] in _STOPS:
        return False
    return sum(word[0].isupper() for word in words) >= _CAPITALISED * len(words)


def _ends_in_credit(line: str) -> bool:
    end = line[-_CREDIT_WITHIN:]
    lower = end.lower()  # an expression that begins with no one word tries every place of a line
    return any(hint in lower for hint in PHOTO_HINTS) and PHOTO_CREDIT.search(end) is not None


def _split(text: str) -> Iterator[_Line]:
    """The lines that are not blank, without the blanks around them."""
    for match in re.finditer(r"[^\r\n]+", text):
        bare = match[0].strip()
        if bare:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield _Line(start, start + len(bare), bare)


def _judge(line: str, following: str, *, described: bool) -> str | None:
    if len(line) <= _LONGEST_FURNITURE:
        for why, pattern in LINES:
            if pattern.fullmatch(line):
                return why
        if is_keywords(line) and has_photo_credit(following):
            return "image description"
    if len(line) > _LONGEST_CAPTION:
        return None
    if RUN_IN.match(line) or FILE_PHOTO.match(line) or _ends_in_credit(line):
        return "caption"
    return "caption" if described and has_photo_credit(line) else None


def _find_tail(text: str) -> Iterator[Exclusion]:
    """Furniture that is run into the end of the last line."""
    at = max(0, len(text) - 2 * _LONGEST_FURNITURE)
    match = TAIL.search(text[at:])
    if match is not None and match.lastgroup is not None:
        name = match.lastgroup
        yield Exclusion(at + match.start(name), at + match.end(name), name.replace("_", " "))
