"""Word lists as they are written: apart by blanks and lines."""

from __future__ import annotations


def word_set(listed: str) -> frozenset[str]:
    """A set of words, written as they are read: apart by blanks and lines."""
    return frozenset(listed.split())
