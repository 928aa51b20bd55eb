"""A digest in every form it can take: subject, plain text, HTML, Slack's Block Kit, JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from alerts.blocks import build_message
from alerts.export import export
from alerts.filling import fill
from alerts.layout import lay_out
from alerts.page import Page
from alerts.plain import clean, clip
from news.digest import Digest
from news.topic import Topic

_SUBJECT = 140


@dataclass(frozen=True, slots=True)
class Rendered:
    """One digest in all its forms. `slack` is a webhook's payload; `json` keeps evidence verbatim, for machines."""

    subject: str
    text: str
    html: str
    slack: dict[str, Any]
    json: dict[str, Any]


def render(digest: Digest, topic: Topic) -> Rendered:
    """Renders a digest; the same digest and topic give the same bytes. Reads nothing but its own templates."""
    page = lay_out(digest, topic)
    subject = _subject(page)
    return Rendered(
        subject=subject,
        text=fill("digest.txt", page=page, subject=subject).rstrip() + "\n",
        html=fill("digest.html", page=page, subject=subject),
        slack=build_message(page, subject),
        json=export(digest, topic, page, subject),
    )


def _subject(page: Page) -> str:
    """The lead and how much more there is, on one line short enough for an inbox."""
    more = f" (+{page.more})" if page.more else ""
    lead = clip(page.lead.rstrip("."), _SUBJECT - len(more))
    return clean(fill("subject.txt", page=page, subject=lead))
