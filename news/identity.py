"""Stable ids: the same thing gets the same id in every run, on every machine, in every order."""

from __future__ import annotations

import hashlib


def stable_id(kind: str, *parts: object) -> str:
    """A short id such as `clm_1f0c…`: the kind's prefix and 16 hex digits of BLAKE2b over the parts.

    None is a part like any other and differs from the empty string.
    """
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        encoded = b"\x00" if part is None else str(part).encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return f"{kind}_{digest.hexdigest()}"
