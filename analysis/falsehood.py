"""The words that call a statement false."""

from __future__ import annotations

import re

FALSEHOOD = re.compile(
    r"\b(?:groundless|baseless|unfounded|ungrounded|unsubstantiated|(?:false|fake)(?!\s+(?:flag|papers?|names?|ids?"
    r"|ident|doc|passports?|uniforms?))|falsehoods?|fake[sd]|untrue|hoax(?:es)?|canards?|fabricat\w+|concoct\w+"
    r"|slander\w*|smear\w*|tarnish\w*|rumou?rs?|gossip|nonsense|rubbish|fictions?|fictitious|disinformation"
    r"|misinformation|(?:lies?|lying|lied)(?!\s+(?:in|on|at|with|outside|within"
    r"|ahead|behind|between|beneath|under|buried|dead|down|low|beyond|elsewhere|there|here|along|near)\b)|liars?"
    r"|absurd\w*|fantas(?:y|ies)|ridiculous|ludicrous|preposterous|invention|invented|myth"
    r"|fairy tales?|no truth|(?:not|isn't|aren't|n't) (?:\w+ ){0,2}(?:true|correct|the case)|conjectur\w*"
    r"|speculat(?!e)\w+|wild guess\w*|no (?:basis|foundation|grounds)|without (?:any )?(?:basis|foundation|grounds)"
    r"|(?:nothing|no proof) to back|nothing (?:\w+ ){0,4}?(?:bears? out|bore out|supports?|supported|confirms?"
    r"|confirmed"
    r"|proves?|proved)|(?:not|without|never) (?:a|an|one|any) (?:single )?(?:scrap|shred|grain|iota|ounce|jot"
    r"|atom) of truth"
    r"|(?:charges?|accusations?|allegations?|claims?|reports?) (?:\w+\W+){0,9}?(?:without|not) (?:a|an|one"
    r"|any) (?:single )?"
    r"(?:scrap|shred|grain|iota|ounce|jot|atom|piece)? ?of (?:evidence|proof)|far from (?:the )?(?:truth|reality)"
    r"|made[- ]up(?! of)|(?:cooked|dreamt|dreamed|trumped)[- ]up|wishful thinking|daydreams?|pipe dreams?"
    r"|hallucinat\w*|figments?"
    r"|bogus|phoney|phony|libel\w*|calumn\w+|misread\w*|misinterpret\w*|misrepresent\w*|mischaracteri\w*|distortions?"
    r"|(?:na[iï]ve|wrong|mistaken|foolish|absurd|silly|mistake|error|illusion|exaggeration) to (?:think|believe|assume"
    r"|suppose|imagine|say|call|claim|speak|conclude|read|see|describe|regard|present)"
    r"|to (?:read|call|speak|claim|say|see|describe|present) .{3,90} (?:is|was|would be) (?:an? )?(?:mistake"
    r"|mistaken|wrong"
    r"|error|incorrect|inaccurate|misleading|exaggeration)"
    r"|is noise|was noise|hot air"
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
