"""Hosts and outlets' names, as they are compared."""

from __future__ import annotations

from urllib.parse import urlsplit

_IDLE_PREFIXES = ("www.", "m.", "amp.", "mobile.")


def host_of(url: str | None) -> str | None:
    """The host of a web address in lower case, without `www.` and the like; None for anything else."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return trim_host(host) if host and parts.scheme in {"http", "https"} else None


def trim_host(host: str) -> str:
    """A host without the prefixes that do not tell outlets apart."""
    host = host.lower().rstrip(".")
    for prefix in _IDLE_PREFIXES:
        host = host.removeprefix(prefix)
    return host


def level_name(name: str) -> str:
    """An outlet's name without what does not tell outlets apart: case, blanks around it, "the"."""
    return name.strip().casefold().removeprefix("the ")
