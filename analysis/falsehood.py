"""The words that call a statement false."""

from __future__ import annotations

import re

FALSEHOOD = re.compile(
    r"\b(?:groundless|baseless|unfounded|ungrounded|unsubstantiated|false(?!\s+flag)|falsehoods?|fake[sd]?|untrue"
    r"|hoax(?:es)?|canards?|fabricat\w+|concoct\w+|slander\w*|smear\w*|tarnish\w*|rumou?rs?|gossip|nonsense|rubbish"
    r"|fictions?|fictitious|disinformation|misinformation|lies|lie|absurd\w*|fantas(?:y|ies)|ridiculous|ludicrous"
    r"|preposterous|invention|invented|myth|fairy tales?|no truth|(?:not|isn't|aren't|n't) (?:\w+ ){0,2}(?:true"
    r"|correct|the case)|conjectur\w*|speculat(?!e)\w+|wild guess\w*|no (?:basis|foundation|grounds)"
    r"|without (?:any )?(?:basis|foundation|grounds)|(?:nothing|no proof) to back|far from (?:the )?(?:truth"
    r"|reality)|is noise|was noise|hot air)\b",
    re.IGNORECASE,
)
"""Groundless, a hoax, fake news, not true, and their like."""
NOT_FALSE = re.compile(
    r"\b(?:not|never|isn't|aren't|n't|no)\s+(?:\w+\s+){0,2}?(?=groundless|baseless|unfounded|false|fake|hoax"
    r"|rumou?rs?|lie)",
    re.IGNORECASE,
)
"""What turns them round: "not unfounded"."""
