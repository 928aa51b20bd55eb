"""A digest in every form it can take: subject, plain text, HTML, Slack's Block Kit, JSON."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from alerts.blocks import build_message
from alerts.export import export
from alerts.layout import lay_out
from alerts.lines import rule, wrap
from alerts.page import Page
from alerts.plain import clean, clip
from alerts.wording import listed
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
        text=_fill("digest.txt", page, subject).rstrip() + "\n",
        html=_fill("digest.html", page, subject),
        slack=build_message(page, subject),
        json=export(digest, topic, page, subject),
    )


def _subject(page: Page) -> str:
    """The lead and how much more there is, on one line short enough for an inbox."""
    more = f" (+{page.more})" if page.more else ""
    lead = clip(page.lead.rstrip("."), _SUBJECT - len(more))
    return clean(_fill("subject.txt", page, lead))


def _fill(template: str, page: Page, subject: str) -> str:
    return _templates().get_template(template).render(page=page, subject=subject)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["wrap"] = wrap
    environment.filters["listed"] = listed
    environment.globals["rule"] = rule
    return environment
