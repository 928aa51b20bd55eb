"""A digest as a Slack message in Block Kit (https://docs.slack.dev/reference/block-kit/blocks/).

Limits of Slack's: 50 blocks a message, 3,000 characters a section, 150 a header. Outside text is escaped as Slack asks
(`&`, `<`, `>`), and its other marks are parted by a zero-width space, so it can neither call people nor format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from alerts.page import Entry, Page, Quote, Section
from alerts.plain import clip

MOST_BLOCKS = 50
MOST_TEXT = 3000
_TAIL = 4  # blocks kept free for what stands after the findings
_HEADER = 150
_LONGEST_LINK = 600
_GAP = "\u200b"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# `@` would call people in webhooks that follow Slack's form but parse names; the others format, or make an emoji.
_MARKS = re.compile(r"[@*_~`]|:(?=[\w+-]+:)")


def build_message(page: Page, subject: str) -> dict[str, Any]:
    """A webhook's payload: `text` for notifications, `blocks` for everything else."""
    lead = HeaderBlock(text=PlainTextObject(text=clip(page.lead, _HEADER), emoji=False))
    head: list[Block] = [lead, _small(f"{escape(page.topic)} · {escape(page.span)}")]
    shown, hidden = _body(page, MOST_BLOCKS - len(head) - _TAIL)
    return {
        "text": escape(subject, MOST_TEXT),
        "blocks": [block.to_dict() for block in [*head, *shown, *_tail(page, hidden)]],
        "unfurl_links": False,
        "unfurl_media": False,
    }


def escape(text: str, limit: int = 600) -> str:
    """Clean text that Slack shows as it is, in at most `limit` characters of Slack's count, never cut in an escape."""
    parts: list[str] = []
    room = limit - 1
    for place, character in enumerate(text):
        marked = _MARKS.match(text, place) is not None
        part = _ENTITIES.get(character, character) + (_GAP if marked else "")
        if len(part) > room:
            return "".join(parts).rstrip() + "…"
        parts.append(part)
        room -= len(part)
    return "".join(parts)


def _small(text: str) -> Block:
    return ContextBlock(elements=[MarkdownTextObject(text=text[:MOST_TEXT], verbatim=True)])


def _section(lines: list[str]) -> Block:
    """A section of whole lines: one that would pass Slack's limit goes, with all after it."""
    while len(lines) > 1 and len("\n".join(lines)) > MOST_TEXT:
        lines = lines[:-1]
    return SectionBlock(text=MarkdownTextObject(text="\n".join(lines), verbatim=True))


def _body(page: Page, room: int) -> tuple[list[Block], int]:
    """The findings' blocks that fit, and how many findings did not."""
    blocks: list[Block] = []
    left = sum(len(section.entries) for section in page.sections)
    for section in page.sections:
        opening = _opening(section)
        for entry in section.entries:
            made = [*opening, *_entry(entry)]
            if len(blocks) + len(made) > room:
                return blocks, left
            blocks += made
            opening = []
            left -= 1
    return blocks, 0


def _opening(section: Section) -> list[Block]:
    kicker = f"{section.kicker.upper()}\n" if section.kicker else ""
    return [DividerBlock(), _section([f"{kicker}*{escape(section.heading, 400)}*"])]


def _entry(entry: Entry) -> Iterator[Block]:
    lines = [_headline(entry)]
    for quote in _pair(entry):
        lines += _quote(quote)
    yield _section(lines)
    facts = f"{entry.strength} · " if entry.strength else ""
    why = f"{escape(entry.why, 500)} " if entry.why else ""
    yield _small(f"{why}{facts}`volteface why {entry.finding_id}`")


def _headline(entry: Entry) -> str:
    told = entry.headline if entry.change is None else str(entry.change)
    when = f" · {entry.day}" if entry.day else ""
    return f"{entry.label}{when}\n*{escape(told, 300)}*"


def _pair(entry: Entry) -> Iterator[Quote]:
    """The first sentence of each side: a chat message is read on a telephone."""
    seen: set[str] = set()
    for quote in entry.quotes:
        if quote.side not in seen:
            seen.add(quote.side)
            yield quote


def _quote(quote: Quote) -> list[str]:
    side = f"{quote.side}: " if quote.side else ""
    where = _link(quote.link, "read it") if quote.link else escape(quote.address, 200)
    return [f"> {escape(quote.words, 500)}", f"{side}{escape(quote.byline, 260)} · {where}"]


def _link(url: str, label: str) -> str:
    # `|` and `<>` were percent-encoded when the link was judged; a longer one would cost the section its limit.
    escaped = url.replace("&", "&amp;").replace("|", "%7C").replace("<", "%3C").replace(">", "%3E")
    return f"<{escaped}|{label}>" if len(escaped) <= _LONGEST_LINK else "(address in the mail)"


def _tail(page: Page, hidden: int) -> Iterator[Block]:
    if hidden:
        plural = "" if hidden == 1 else "s"
        yield _small(f"{hidden} more finding{plural} did not fit here: `volteface digest` shows them all.")
    if page.notices or page.unseen:
        yield DividerBlock()
        lines = [f"• {escape(line, 400)}" for line in page.notices]
        lines += ["*Not seen*", *(f"• {escape(line, 400)}" for line in page.unseen)] if page.unseen else []
        yield _section(lines)
    left_out = f"{page.left_out} " if page.left_out else ""
    yield _small(f"{left_out}{page.tally}")
