"""What language a text is in."""

from __future__ import annotations

import re

import py3langid

_ENOUGH = 150  # letters; shorter texts are guessed badly, so what the page declares counts more
_SAMPLE = 3_000
_LETTERS = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"[a-z]{2,3}")


def find_language(text: str, *declared: str | None) -> str | None:
    """The ISO 639-1 code of a text: found in it when it is long enough, else as first declared, else None."""
    sample = text[:_SAMPLE]
    if len(_LETTERS.findall(sample)) >= _ENOUGH:
        return str(py3langid.classify(sample)[0])
    for code in declared:
        if code and (match := _CODE.match(code.strip().lower())):
            return match[0]
    return None
