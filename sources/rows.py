"""One row of a JSONL file, checked against the contract of import rows."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from news.errors import RejectedInput
from sources.moments import Moment, read_epoch, read_moment

_LOG = logging.getLogger(__name__)
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: JSON can write one, no storage can


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row with the keys of the contract; `text` or `html` is there, all else may be None."""

    url: str | None = None
    title: str | None = None
    text: str | None = None
    html: str | None = None
    published: Moment | None = None
    seen: Moment | None = None
    outlet: str | None = None
    lang: str | None = None
    id: str | None = None


KEYS = tuple(field.name for field in fields(ImportRow))
"""The keys of a row, which a mapping may rename."""


def read_row(line: bytes, mapping: Mapping[str, str], name: str) -> ImportRow:
    """The row of one line. `mapping` says which key of the row stands for a key of ours (`url` → `link`).

    `name` is the file and line, for messages. A date that cannot be read leaves the row without one, with a warning.

    Raises:
        RejectedInput: no JSON object, no text, or a key that holds something else than it should.
    """
    row = _load(line, name)
    texts = {key: _text(row, mapping.get(key, key), name) for key in ("url", "title", "text", "html", "outlet", "lang")}
    if texts["url"] and not texts["url"].startswith(("http://", "https://", "import:")):
        raise RejectedInput(f"{name}: url {texts['url'][:80]!r} is no web address", "give http(s) or leave it out")
    if not (texts["text"] or "").strip() and not (texts["html"] or "").strip():
        raise _no_text(row, mapping, name)
    identity = row.get(mapping.get("id", "id"))
    return ImportRow(
        **texts,
        published=_moment(row, mapping.get("published", "published"), name),
        seen=_moment(row, mapping.get("seen", "seen"), name),
        id=_clean(str(identity)) if isinstance(identity, str | int | float) else None,
    )


def _no_text(row: Mapping[str, Any], mapping: Mapping[str, str], name: str) -> RejectedInput:
    keys = [mapping.get(key, key) for key in ("text", "html")]
    if empty := [key for key in keys if key in row]:
        return RejectedInput(f"{name}: the row's {empty[0]!r} is empty", "nothing is there to read")
    return RejectedInput(f"{name}: the row has neither {keys[0]!r} nor {keys[1]!r}", "name its key by --map text=KEY")


def _load(line: bytes, name: str) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RejectedInput(
            f"{name} is not in UTF-8 (byte {error.start})", "JSON is UTF-8: convert the file"
        ) from error
    except (ValueError, RecursionError) as error:
        raise RejectedInput(f"{name} is no JSON ({str(error)[:80]})", "give one JSON object a line") from error
    if not isinstance(row, dict):
        raise RejectedInput(f"{name} is a JSON {type(row).__name__}, no object", "give one JSON object a line")
    return row


def _text(row: Mapping[str, Any], key: str, name: str) -> str | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise RejectedInput(f"{name}: {key!r} holds a {type(value).__name__}, no text", "give text")
    return _clean(value)


def _moment(row: Mapping[str, Any], key: str, name: str) -> Moment | None:
    value = row.get(key)
    if value is None or value == "":
        return None
    moment = None
    if isinstance(value, str):
        moment = read_moment(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        moment = read_epoch(value)
    if moment is None:
        _LOG.warning("%s: %s %r is no date; the date stays unknown", name, key, str(value)[:60])
    return moment


def _clean(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)
