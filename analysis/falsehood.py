"""The words that call a statement false."""

from __future__ import annotations

import re

FALSEHOOD = re.compile(
    r"\b(?:groundless|baseless|unfounded|ungrounded|false(?!\s+flag)|fake|untrue|hoax|canards?|fabricat\w+|slander\w*"
    r"|rumou?rs?|nonsense|fictions?|fictitious|disinformation|misinformation|lies|lie|absurd\w*"
    r"|fantas(?:y|ies)|ridiculous"
    r"|preposterous|invention|invented|myth|no truth|(?:not|isn't|aren't|n't) (?:\w+ ){0,2}(?:true|correct|the case)"
    r"|conjectur\w*|speculat\w+|smears?|wild guess\w*|no basis|no foundation|far from (?:the )?(?:truth|reality))\b",
    re.IGNORECASE,
)
"""Groundless, a hoax, fake news, not true, and their like."""
