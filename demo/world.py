"""The pages of the demo wire, read from `demo/pages`: who published what, when, and how it changed later."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parent / "pages"
FENCE = "+++"


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a page: from `at` on it shows this title and body. `kind` is None for the first."""

    at: datetime
    title: str
    body_html: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of one outlet. `shown` is the date that page and feed give, None when they give none."""

    id: str
    outlet: str
    path: str
    published: datetime
    shown: datetime | None
    versions: tuple[Version, ...]
    on_topic: bool = True
    byline: str | None = None
    section: str = "World"
    summary: str | None = None
    caption: str | None = None
    image_alt: str | None = None
    related: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    date_text: str | None = None
    original: str | None = None
    copy_kind: str | None = None
    fails_first: int = 0
    moved_from: str | None = None

    def version_at(self, now: datetime) -> Version | None:
        """The version served at that moment, None before publication."""
        served = [version for version in self.versions if version.at <= now]
        return served[-1] if served else None


def load_pages(folder: Path = PAGES) -> tuple[Page, ...]:
    """Every page of the demo wire, in the order of publication.

    Raises:
        ValueError: a page that names a page which is not there, or has no front matter.
    """
    fronts: dict[str, tuple[dict[str, Any], str]] = {}
    for path in sorted(folder.glob("*.html")):
        front, body = _split(path)
        fronts[front["id"]] = (front, body)
    pages = [_page(front, _body(page_id, fronts), folder) for page_id, (front, _) in fronts.items()]
    return tuple(sorted(pages, key=lambda page: (page.published, page.id)))


def days(pages: tuple[Page, ...]) -> tuple[datetime, ...]:
    """The simulated moments of a replay: the end of every day on which a page appeared or changed.

    Around each silent change there are two more: just before it, so that the page was seen as it had been, and a day
    after it, so that a visit can see it.
    """
    moments: set[datetime] = set()
    for version in (version for page in pages for version in page.versions):
        midnight = version.at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        moments.add(midnight + timedelta(days=1))
        if version.kind:
            moments |= {version.at.astimezone(UTC) - timedelta(seconds=1), midnight + timedelta(days=2)}
    return tuple(sorted(moments))


def _split(path: Path) -> tuple[dict[str, Any], str]:
    text = path.read_text(encoding="utf-8")
    if not text.startswith(FENCE):
        msg = f"{path.name}: no front matter between {FENCE} lines"
        raise ValueError(msg)
    _, front, body = text.split(FENCE + "\n", 2)
    return tomllib.loads(front), body.strip()


def _body(page_id: str, fronts: dict[str, tuple[dict[str, Any], str]]) -> str:
    front, body = fronts[page_id]
    if "body_of" in front:
        body = _body(front["body_of"], fronts)
    return "\n".join(part for part in (front.get("prefix_html"), body, front.get("suffix_html")) if part)


def _page(front: dict[str, Any], body: str, folder: Path) -> Page:
    first = Version(front["published"], front["title"], body)
    versions = [first]
    for change in front.get("revisions", ()):
        file = change.get("body_file")
        changed = (folder / "revisions" / file).read_text(encoding="utf-8").strip() if file else versions[-1].body_html
        versions.append(Version(change["at"], change.get("title", versions[-1].title), changed, change["kind"]))
    quirk = front.get("date_quirk")
    shown = {None: front["published"], "wrong": front.get("date_shown")}.get(quirk)
    kept = {key: front[key] for key in Page.__dataclass_fields__ if key in front and key not in {"related", "comments"}}
    return Page(
        **kept,
        shown=shown,
        versions=tuple(versions),
        related=tuple(front.get("related", ())),
        comments=tuple(front.get("comments", ())),
    )
