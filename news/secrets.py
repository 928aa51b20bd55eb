"""Keeping what only the reader of a topic file should know out of records, logs and digests."""

from __future__ import annotations

import re

_VALUE = re.compile(
    r"(?P<name>[?&;](?:api[_-]?key|key|access[_-]?token|auth|token|secret|password|pwd|sig|signature|session|sid)=)"
    r"[^&#\s'\"<>;,)]+",
    re.IGNORECASE,
)
_USER = re.compile(r"(?P<before>//)[^/?#\s@]{1,200}@")


def hide_secrets(text: str) -> str:
    """A text with the values of keys, tokens and passwords in its web addresses blotted out."""
    return _USER.sub(r"\g<before>…@", _VALUE.sub(r"\g<name>…", text))
