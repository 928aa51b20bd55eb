"""The phrases of pages that stand in an article's place: walls, errors, requests to pay. English; bounded runs only."""

from __future__ import annotations

import re


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


_HUMAN = r"you(?:.re| are) (?:a |not a )?(?:human|robot|bot)"
_MISSING = (
    r"you(?: are|.re| were) (?:looking|trying)|you (?:have )?(?:requested|followed|want)"
    r"|(?:could|can)(?:not|n.t| not) be found|(?:does not|doesn.t|no longer) exists?"
    r"|(?:has been|was|may have been) (?:re)?moved|is (?:no longer|not|currently un) ?available"
)

TITLES = (
    (
        "challenge page",
        _any(
            r"just a moment|attention required|access (?:to this page has been )?denied|one more step|forbidden$",
            r"are you (?:a )?(?:robot|human)|robot or human|pardon our interruption|checking your browser",
            r"(?:please )?enable (?:js|javascript)|(?:please )?verify(?:ing)? (?:that )?you are (?:a )?human",
            r"(?:ddos-guard|security check(?:point)?|human verification|captcha|bot verification|client challenge)\b",
            r"you have been blocked|please wait\b",
        ),
    ),
    (
        "error page",
        _any(
            r"(?:error )?(?:40[0-9]|410|50[0-4])\b|not found|oops\b|something went wrong|(?:internal )?server error",
            r"(?:page|article|story|file|document|content) (?:is )?(?:not|no longer) (?:found|available|exist)",
            r"(?:page|content) unavailable|page (?:has )?(?:moved|expired)|this page (?:doesn.t|does not) exist",
            r"bad gateway|service unavailable|gateway time-?out|site (?:is )?(?:down|offline)",
            r"(?:down for |under |scheduled )maintenance",
        ),
    ),
    (
        "consent wall",
        _any(
            r"before you continue|consent\b|we (?:value|respect|care about) your privacy",
            r"(?:cookie|privacy) (?:consent|settings|wall|notice|preferences|cent(?:er|re))\b",
            r"your (?:privacy|data)(?: choices)?[,:]? ?(?:your choice)?$|manage (?:your )?(?:privacy|cookies)",
        ),
    ),
)
"""What a page stands for, and how its title begins."""

TEXTS = (
    (
        "challenge page",
        _any(
            r"(?:checking|verifying) (?:(?:if|that|whether) )?(?:the site connection|your (?:browser|connection))",
            r"(?:enable|turn on) (?:javascript|cookies|js)(?: and (?:javascript|cookies))? (?:to|and|in your browser)",
            rf"verify(?:ing)? (?:that )?{_HUMAN}|confirm (?:that )?{_HUMAN}|press (?:and|&) hold",
            r"unusual (?:traffic|activity) (?:from|on)|complete the (?:captcha|security check|challenge)",
            r"you have been blocked|you don.t have permission to access",
            r"protect (?:itself|our(?:selves)?|this (?:web)?site) (?:from|against) (?:online attacks|bots|automated)",
        ),
    ),
    (
        "error page",
        _any(
            rf"(?:the |this )?(?:page|article|story|content|link|address|url) (?:that )?(?:{_MISSING})",
            r"we (?:can.t|cannot|could not|couldn.t) (?:seem to )?find (?:the|that|this) (?:page|article|story)",
            r"(?:an|unexpected|internal server) error (?:has )?occurred|undergoing (?:scheduled )?maintenance",
        ),
    ),
    (
        "consent wall",
        _any(
            r"we (?:and|use)\b.{0,40}\b(?:partners|vendors|cookies)\b.{0,80}\b(?:store|access|process|use|to|data)\b",
            r"(?:by )?(?:click(?:ing)?|continuing|selecting) .{0,80}(?:you (?:agree|consent|accept)|accept all)",
            r"give (?:us )?your consent\b|asks? for your consent|with your (?:agreement|consent|permission), we",
            r"(?:accept|agree to|reject) (?:all |the use of )?cookies",
        ),
    ),
)
"""What a page stands for, and what it says at its start."""

PAYWALL = _any(
    r"to (?:continue|keep|finish) reading|to read (?:the full|the rest|this|the whole|more)\b",
    r"already (?:a |have a )?(?:subscriber|subscription|member|account)|(?:for|to) subscribers(?: only)?",
    r"subscribers?(?:.only| only|.exclusive)|you.ve (?:reached|read|used) your|create a free account",
    r"(?:this|the) (?:article|content|story) is (?:only |exclusively )?(?:for|available to|reserved for) ",
    r"subscribe (?:now |today )?(?:to|for) (?:read|continue|unlock|get|full|unlimited|access)|unlock (?:this|the full)",
    r"(?:free|remaining) articles? (?:left|remaining|this month)",
)
"""What a page says that shows the beginning and asks for money."""
