"""Articles from files: JSONL rows, HTML pages, texts, mails and WARC archives, packed or not, or folders of them.

Streams: at most one row or page is in memory. What cannot be filed comes out as a `Reject` in its place, and costs
nothing else.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from news.article import CleanArticle, FeedItem, Reject
from news.errors import RejectedInput, StepError
from news.outlets import find_by_name
from news.topic import Topic
from sources.charset import decode, is_binary
from sources.cleaning import clean_html
from sources.dating import DateClaim, decide_date
from sources.files import find_kind, list_files, open_file, read_lines, read_whole
from sources.mail import clean_message
from sources.metadata import find_own_address
from sources.plaintext import clean_text
from sources.rows import ImportRow, read_row
from sources.warc import WarcFault, WarcPage, read_warc

_EXCERPT = 200
_SNIFFED = 4096


def read_imports(
    paths: Iterable[Path | str],
    *,
    mapping: Mapping[str, str],
    topic: Topic,
    now: datetime,
    seen: datetime | None = None,
) -> Iterator[CleanArticle | Reject]:
    """The articles of files and folders, in order, and a Reject for whatever is none.

    `mapping` renames a row's keys (ours → the row's). `seen` is when the files came to our notice, for those that do
    not say; without it that is `now`, and relative dates stay unknown.
    """
    reader = _Reader(mapping, topic, now, seen)
    for path in map(Path, paths):
        for file, error in list_files(path):
            if error is not None:
                yield reader.reject(str(file), error, b"")
            else:
                yield from reader.read(file)


@dataclass(frozen=True, slots=True)
class _Reader:
    mapping: Mapping[str, str]
    topic: Topic
    now: datetime
    seen: datetime | None

    def read(self, path: Path) -> Iterator[CleanArticle | Reject]:
        kind = find_kind(path)
        try:
            if kind == "rows":
                yield from self._read_rows(path)
            elif kind == "page":
                yield self._read_page(path)
            elif kind == "text":
                yield self._read_text(path)
            elif kind == "mail":
                yield self._read_mail(path)
            elif kind == "archive":
                yield from self._read_archive(path)
            else:
                kinds = "give .jsonl, .html, .txt, .eml, .warc or their .gz"
                unknown = RejectedInput(f"{path} is of no kind that is read", kinds)
                yield self.reject(str(path), unknown, b"")
        except RejectedInput as error:
            yield self.reject(str(path), error, b"")

    def reject(self, given: str, error: RejectedInput, excerpt: bytes) -> Reject:
        shown = " ".join(excerpt[: 4 * _EXCERPT].decode("utf-8", "replace").replace("\x00", "").split())
        return Reject(given, error.message, error.mend, shown[:_EXCERPT], self.now)

    def _read_rows(self, path: Path) -> Iterator[CleanArticle | Reject]:
        with open_file(path) as stream:
            head = stream.peek(_SNIFFED)[:_SNIFFED]
            if is_binary(head) or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise RejectedInput(f"{path} is binary or in UTF-16, not JSON Lines in UTF-8", "convert it to UTF-8")
            for number, line in read_lines(stream, str(path)):
                name = f"{path}:{number}"
                if line is None:
                    error = RejectedInput(f"{name} is too long to be an article", "give one article a line")
                    yield self.reject(name, error, b"")
                    continue
                if not line.strip():
                    continue
                try:
                    yield self._guard(name, partial(self._read_row, line, name))
                except RejectedInput as error:
                    yield self.reject(name, error, line)

    def _read_row(self, line: bytes, name: str) -> CleanArticle:
        row = read_row(line, self.mapping, name)
        seen = row.seen.when if row.seen else self.seen
        url = row.url or f"import:{hashlib.sha256((row.text or row.html or '').encode()).hexdigest()[:16]}"
        if row.text and row.text.strip():
            article = clean_text(
                row.text,
                url=url,
                topic=self.topic,
                now=self.now,
                title=(row.title or "").strip() or None,
                outlet=row.outlet,
                lang=row.lang,
                published=row.published,
                seen=seen,
            )
        else:
            article = self._clean_html_row(row, url, seen)
        return replace(article, external_id=row.id, raw_sha256=hashlib.sha256(line).hexdigest())

    def _clean_html_row(self, row: ImportRow, url: str, seen: datetime | None) -> CleanArticle:
        item = FeedItem(url=url, lang=row.lang)
        article = clean_html(row.html or "", url, item, self.topic, self.now, seen=seen)
        if row.title and row.title.strip():
            article = replace(article, title=row.title.strip(), title_made=False)
        if row.outlet:
            known = find_by_name(row.outlet, self.topic)
            article = replace(article, outlet=known.id if known else row.outlet)
        if row.published is not None and row.published.when <= self.now:
            article = decide_date([DateClaim(row.published, "import")], None, self.now).put_on(article)
        return article

    def _read_page(self, path: Path) -> CleanArticle:
        body = read_whole(path)
        markup = self._decode(path, body)
        url = find_own_address(markup) or _own_url(path, body)
        item = FeedItem(url=url)
        article = self._guard(str(path), lambda: clean_html(markup, url, item, self.topic, self.now, seen=self.seen))
        return replace(article, raw_sha256=hashlib.sha256(body).hexdigest())

    def _read_text(self, path: Path) -> CleanArticle:
        body = read_whole(path)
        text = self._decode(path, body)
        article = clean_text(text, url=_own_url(path, body), topic=self.topic, now=self.now, seen=self.seen)
        return replace(article, raw_sha256=hashlib.sha256(body).hexdigest())

    def _read_mail(self, path: Path) -> CleanArticle:
        body = read_whole(path)

        def clean(markup: str, url: str, item: FeedItem) -> CleanArticle:
            return clean_html(markup, url, item, self.topic, self.now, seen=self.seen)

        work = partial(clean_message, topic=self.topic, now=self.now, seen=self.seen)
        return self._guard(str(path), lambda: work(body, str(path), FeedItem(""), clean))

    def _read_archive(self, path: Path) -> Iterator[CleanArticle | Reject]:
        empty = True
        with open_file(path) as stream:
            for one in read_warc(stream, str(path)):
                empty = False
                if isinstance(one, WarcFault):
                    yield self.reject(one.name, one.error, b"")
                    continue
                try:
                    yield self._guard(one.name, partial(self._read_warc_page, one))
                except RejectedInput as error:
                    yield self.reject(one.name, error, one.body)
        if empty:
            raise RejectedInput(f"{path} holds no HTML page", "pages are in records of the types response and resource")

    def _read_warc_page(self, page: WarcPage) -> CleanArticle:
        markup = decode(page.body, page.content_type)
        if markup is None:
            raise RejectedInput(f"{page.name} is in no encoding that can be read", "look at it in a browser")
        seen = page.seen if page.seen and page.seen <= self.now else self.seen
        article = clean_html(markup, page.url, FeedItem(page.url), self.topic, self.now, seen=seen)
        return replace(article, raw_sha256=hashlib.sha256(page.body).hexdigest())

    def _decode(self, path: Path, body: bytes) -> str:
        if is_binary(body):
            raise RejectedInput(f"{path} is binary, not text", "give text")
        text = decode(body)
        if text is None:
            raise RejectedInput(f"{path} is in no encoding that can be read", "convert it to UTF-8")
        return text

    def _guard(self, name: str, make: Callable[[], CleanArticle]) -> CleanArticle:
        try:
            return make()
        except RejectedInput as error:
            message = error.message if name in error.message else f"{name}: {error.message}"
            raise RejectedInput(message, error.mend) from error
        except StepError:  # no fault of the row's
            raise
        except Exception as error:  # one row must not stop the others; it is kept as a reject
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            raise RejectedInput(f"{name} cannot be cleaned ({reason})", "report the row") from error


def _own_url(path: Path, body: bytes) -> str:
    return f"import:{path.name}:{hashlib.sha256(body).hexdigest()[:16]}"
