"""What language a text is in."""

from __future__ import annotations

import re
import tempfile

import py3langid

from news.errors import StepError

_ENOUGH = 150  # letters; shorter texts are guessed badly, so what the page declares counts more
_FEWEST = 20  # below this, no guess at all
_SAMPLE = 800
_LETTERS = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"[a-z]{2,3}")


def find_language(text: str, *declared: str | None) -> str | None:
    """The ISO 639-1 code of a text: found in it when it is long enough, else as first declared, else guessed.

    Raises:
        StepError: the model of the languages cannot be unpacked, for want of space.
    """
    sample = text[:_SAMPLE]
    letters = len(_LETTERS.findall(sample))
    if letters < _ENOUGH:
        for code in declared:
            if code and (match := _CODE.match(code.strip().lower())):
                return match[0]
    return _guess(sample) if letters >= _FEWEST else None


def _guess(sample: str) -> str:
    try:
        return str(py3langid.classify(sample)[0])
    except OSError as error:
        raise StepError(
            f"the language model cannot be unpacked into {tempfile.gettempdir()} ({error.strerror})",
            "free some space there, or set TMPDIR to another folder, and run again",
        ) from error
