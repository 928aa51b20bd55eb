"""The words that call a statement false."""

from __future__ import annotations

import re

FALSEHOOD = re.compile(
    r"\b(?:groundless|baseless|unfounded|ungrounded|unsubstantiated|(?:false|fake)(?!\s+(?:flag|papers?|names?|ids?"
    r"|ident|doc|passports?|uniforms?))|falsehoods?|fake[sd]|untrue|hoax(?:es)?|canards?|fabricat\w+|concoct\w+"
    r"|slander\w*|smear\w*|tarnish\w*|rumou?rs?|gossip|nonsense|rubbish|fictions?|fictitious|disinformation"
    r"|misinformation|lies|lie|lying|lied|liars?|absurd\w*|fantas(?:y|ies)|ridiculous|ludicrous|preposterous|invention|invented|myth"
    r"|fairy tales?|no truth|(?:not|isn't|aren't|n't) (?:\w+ ){0,2}(?:true|correct|the case)|conjectur\w*"
    r"|speculat(?!e)\w+|wild guess\w*|no (?:basis|foundation|grounds)|without (?:any )?(?:basis|foundation|grounds)"
    r"|(?:nothing|no proof) to back|far from (?:the )?(?:truth|reality)|is noise|was noise|hot air"
    r"|exists? (?:nowhere|only)(?: but)? in the (?:heads?|minds?|imaginations?))\b",
    re.IGNORECASE,
)
"""Groundless, a hoax, fake news, not true, and their like."""
NOT_FALSE = re.compile(
    r"\b(?:not|never|isn't|aren't|n't|no)\s+(?:\w+\s+){0,2}?(?=groundless|baseless|unfounded|false|fake|hoax"
    r"|rumou?rs?|lie)",
    re.IGNORECASE,
)
"""What turns them round: "not unfounded"."""
