"""Templates, filled: markup in a value is escaped where the template is HTML, and nothing may stay undefined."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from alerts.lines import rule, wrap
from alerts.wording import listed


def fill(template: str, **values: object) -> str:
    """The template of that name with the values in their places; values are clean already (`alerts.plain`)."""
    return _templates().get_template(template).render(**values)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["wrap"] = wrap
    environment.filters["listed"] = listed
    environment.globals["rule"] = rule
    return environment
