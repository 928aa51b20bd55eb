"""The phrases of page furniture: what a whole line says when it is no part of an article.

Fragments of regular expressions, matched against a whole line, whatever the case. General to news pages in English;
none knows a topic. Long runs are bounded, because the lines are outside text.
"""

from __future__ import annotations

import re

from sources.moments import MONTH

HOST = r"(?:https?://)?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?:/\S{0,200})?"
AGENCY = (
    r"(?:AFP|AP|Reuters|Getty(?: Images)?|EPA(?:-EFE)?|EFE|UPI|Xinhua|Shutterstock|Bloomberg|Alamy|Pool|Handout|Images"
    r"|Anadolu(?: Agency)?|NurPhoto|ZUMA(?: Press)?|Sputnik|Kyodo(?: News)?|Yonhap|TASS|Photos?|Press)"
)
APOSTROPHE = "['\u2019]"
DASH = "[-\u2013\u2014]"

_AGO = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
    r"\s+(?:min(?:ute)?|hour|day|week|month|year)s?\s+ago"
)
_DAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d\d-\d\d|{MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{MONTH},?\s+\d{{4}})"
)
_TIME = r"(?:at\s+)?\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,5})?"
_COUNT = r"\d[\d,.]{0,9}k?"
_NETWORK = r"(?:facebook|twitter|x|linkedin|whatsapp|telegram|reddit|instagram|youtube|pinterest|e-?mail|google news)"
_NAME = r"[\w .&'\u2019-]{2,60}"
_PIECE = r"(?:article|story|post|text|report)"
_OUR_SITE = r"(?:we|this (?:web)?site|our (?:web)?site|our partners)"
_AT_PLACE = r"(?: (?:at|on|here|from) .{1,60})?"
_ALSO = rf"(?:also read|read also|read next|see also|must read|don{APOSTROPHE}t miss|up next)"
_WORKS = r"(?:newsletters?|inbox|updates|alerts|free|briefing|account|here|now|today|channel|reading|podcast)"

_PHRASES: dict[str, tuple[str, ...]] = {
    "counter": (
        rf"(?:(?:published|posted|updated)\s+)?{_AGO}(?:\s*[|\u00b7\u2022]?\s*{_COUNT}(?:\s+(?:views?|shares?|comments?))?)?",
        rf"{_COUNT}\s+(?:views|shares|comments|likes)",
        r"\d{1,2}\s*min(?:ute)?s?\.?\s+read",
        rf"(?:visitors|views|reads)(?: so far)?\s*:?\s*{_COUNT}",
    ),
    "read more": (
        rf"(?:click here to )?(?:read|view|see) (?:the )?(?:entire|full|whole|original|complete) {_PIECE}{_AT_PLACE}",
        r"(?:continue|keep) reading(?: .{1,60})?",
        r"(?:read|show|load) more",
        r"view original",
    ),
    "date line": (
        rf"(?:(?:(?:last )?(?:published|updated|modified|posted)|date)\s*(?:on|at|:)?\s*)?{_DAY}(?:[ ,|]+{_TIME})?",
        rf"date\s*:\s*{_DAY}\s*\\?[|\u00b7].{{1,60}}",
        r"(?:published|updated|posted)(?: on)?\s*:?",
    ),
    "source line": (
        rf"(?:content |article |news |original )?(?:source|via)(?: link| article)?\s*:\s*(?:{HOST}|{_NAME})",
        r"source link",
        rf"credits?\s*:\s*{_NAME}(?:,{_NAME}){{0,3}}",
        HOST,
    ),
    "share line": (
        rf"(?:share|tweet|pin)(?: (?:this|it|the))?(?: {_PIECE}| page)?(?: (?:on|via|with|by|to)\b.{{1,60}})?\s*:?",
        r"click to (?:share|e-?mail|print)\b.{0,120}",
        rf"{_NETWORK}(?:[\s|,\u00b7\u2022/]+{_NETWORK})+",
        r"copy link|print(?: this)?(?: page| article)?",
        r"(?:follow|find|like|join) (?:us|our .{1,30}) (?:on|at) .{1,80}",
        rf"follow {_NAME} on (?:all (?:platforms|channels)|social media|{_NETWORK}(?:[ ,&]+(?:and )?{_NETWORK})*)",
    ),
    "subscribe line": (
        rf"(?:subscribe|sign up|register|log in|sign in)\b.{{0,120}}\b{_WORKS}\b.{{0,30}}",
        r"(?:subscribe|sign up|log in|sign in|register|get the app)",
        r"already a (?:subscriber|member)\?.{0,40}",
    ),
    "cookie line": (
        rf"{_OUR_SITE}\b.{{0,40}}\buses? cookies\b.{{0,160}}",
        r"(?:accept|reject|allow|manage)(?: all)?(?: the)? (?:cookies|cookie settings|preferences)",
        r"cookie (?:policy|settings|notice)",
    ),
    "related line": (
        r"you (?:can|may|might)(?: also)? (?:read|like|enjoy|be interested in)(?: this| also)?(?:\s*:.{0,160})?",
        rf"{_ALSO}\s*(?:[:|]|{DASH}).{{0,160}}",
        rf"{_ALSO}|most (?:read|popular)",
        rf"(?:more|read more|latest) (?:from|on|about) {_NAME}:?",
        r"(?:related|recommended)(?: (?:articles?|stories|posts|news|topics|content|reading|for you|coverage))?\s*:?",
        rf"(?:related|recommended)(?: (?:articles?|stories|posts|news|coverage))?\s*(?::|\||{DASH}).{{1,160}}",
        rf"trending(?: now)?|latest news|top stories|editor{APOSTROPHE}s picks?|you may have missed",
    ),
    "advert": (
        r"advertise?ments?(?: {DASH} .{0,40})?|ad",
        rf"{_PIECE} continues (?:below|after)(?: (?:this )?(?:ad|advertisement))?",
        r"sponsored(?: content| links?| by .{1,60})?(?:\s*:.{0,160})?",
        r"scroll to continue(?: with content)?|skip (?:advert(?:isement)?|ad|to .{1,30})",
    ),
    "comment line": (
        r"(?:leave|post|write|add)(?: a| your)? (?:comment|reply)",
        r"comments?\s*\(?\d{0,6}\)?",
        r"(?:log in|sign in) to (?:leave a |post a )?comment.{0,40}",
        r"join the (?:conversation|discussion)",
        r"your e-?mail address will not be published\b.{0,80}|required fields are marked.{0,20}",
    ),
    "rights line": (
        r"(?:\u00a9|\(c\)|copyright)\s.{0,150}",
        r"all rights reserved",
        r".{0,120}\bmay not be (?:published|reproduced|redistributed|copied)\b.{0,100}",
    ),
    "end mark": (r"-0-|-30-|-end-", r"#{3,}|\*{3,}|[-_=]{3,}"),
}

LINES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (why, re.compile(rf"(?:{'|'.join(phrases)})(?:\W{{0,3}})", re.IGNORECASE)) for why, phrases in _PHRASES.items()
)
"""Why a line is furniture, and the pattern that the whole of it matches."""

TAIL = re.compile(
    rf"(?<=[.!?\"\u201d\u2019)\u2026])[ \t]*(?P<read_more>(?:read|view) (?:the )?(?:entire|full|original) {_PIECE})\W*$"
    rf"|(?<=[.!?\"\u201d\u2019)])[ \t]*(?P<source_line>content source:[ \t]*{HOST})\s*$"
    r"|[ \t]+(?P<end_mark>-0-)\s*$",
    re.IGNORECASE,
)
"""Furniture run into the end of the last line; the group's name says why."""

PHOTO_CREDIT = re.compile(
    rf"(?:[\w.'\u2019-]+(?: [\w.'\u2019-]+){{0,4}}\s*/\s*)+{AGENCY}\)?$"
    r"|\((?:ap |file |handout )?(?:photo|image|picture|credit)s?\b(?: by|:| credit| courtesy|/)[^()]{1,80}\)$"
    r"|\((?:AP|AFP|Reuters|EPA) Photo(?:/[^()]{1,60})?\)$"
    r"|\b(?:photo|image|picture|photograph)s?(?: credit)?\s*(?::|\bby\b|/|\bcourtesy\b)\s?[^.]{2,60}$"
    rf"|\b{AGENCY} (?:Photo|Images|Pictures)$",
    re.IGNORECASE,
)
"""The end of a caption that names whoever took the picture; each has one of `PHOTO_HINTS` in it, in lower case."""

PHOTO_HINTS = ("/", "photo", "picture", "image", "credit")

RUN_IN = re.compile(
    r"(?:[\w.'\u2019&-]+(?: [\w.'\u2019&-]+)?, ){2,12}[\w.'\u2019&-]+ (?:The|A|An|This|These|In|On|At|File|Then-\w+) \w"
)
"""An image's tags run into its caption on one line ("Dam, river, valley The river in spring")."""

FILE_PHOTO = re.compile(rf"(?:FILE|HANDOUT|POOL)(?: (?:PHOTO|IMAGE|PICTURE))?\s*(?::|{DASH})\s")
"""The beginning of a caption of an archive picture."""
