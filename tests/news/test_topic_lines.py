"""Lines of keys, and what random damage does to a topic file."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from news.errors import TopicError
from news.topic_file import parse_topic
from news.topic_lines import locate_keys

TEXT = (Path(__file__).parents[1] / "topics" / "dam-dispute.toml").read_text("utf-8")
LINES = TEXT.splitlines()
VALUES = (
    "1",
    "-1",
    "0x" + "f" * 6000,
    "1.5",
    "nan",
    "inf",
    "true",
    '""',
    '" "',
    '"*"',
    '"@"',
    '"@velmora"',
    '"http://["',
    '"http://x:99999999/"',
    '"\\u0000"',
    '"""\nid = 1\n"""',
    "'''[[x]]'''",
    "[]",
    "[[]]",
    "[{}]",
    "{}",
    "{ a.b = [1, { c = 2 }] }",
    "2024-05-12",
    "2024-05-12 07:32:00",
    "2024-05-12T07:32:00Z",
    "07:32:00",
    '["x", "x"]',
    '["@x", 1, [], "*a"]',
)
FRAGMENTS = st.one_of(
    st.sampled_from(("[", "]", "[[", "{", "}", '"', "'''", "\\", "=", "#", "\n", "@", "*")), st.text()
)
KEY_NAMES = st.from_regex(r"\A[a-z][a-z0-9_-]{0,5}\Z")


def emit(value: object, gap: str) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {emit(one, gap)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return f"[{gap}" + "".join(f"{emit(one, gap)},{gap}" for one in value) + "]"
    return str(value)


def walk(value: object, path: str) -> list[str]:
    children: list[tuple[str, object]] = []
    if isinstance(value, dict):
        children = [(f"{path}.{key}" if path else key, one) for key, one in value.items()]
    elif isinstance(value, list):
        children = [(f"{path}[{index}]", one) for index, one in enumerate(value)]
    return [name for key, one in children for name in (key, *walk(one, key))]


def test_lines_of_a_small_file() -> None:
    """Tables, arrays of tables, dotted and quoted keys, inline tables and long strings each get the right line."""
    text = 'a.b."c d" = 1.5\nz = [ # note ]\n  "x",\n  { k = 1 }, ]\n'
    text += '[[e]]\nn = """one\n] = two"""\n[[e.o]]\n[[e.o]]\nm = 1\n'
    lines = locate_keys(text)
    asked = ("a.b.c d", "z[0]", "z[1].k", "e[0].n", "e[0].o[0]", "e[0].o[1]", "e[0].o[1].m")
    assert [lines[one] for one in asked] == [1, 3, 4, 6, 8, 9, 10]


@given(
    st.dictionaries(
        KEY_NAMES,
        st.recursive(
            st.sampled_from(("1", '"# ]"', "'}'", "2024-05-12 07:32:00", '"""a\nb"""')),
            lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY_NAMES, inner, max_size=3),
            max_leaves=12,
        ),
        min_size=1,
    ),
    st.sampled_from((" ", "\n", " # ]\n  ")),
)
def test_every_key_is_located(values: dict[str, object], gap: str) -> None:
    """Whatever a TOML text nests, every key and element has a line, and the top keys have exactly theirs."""
    lines_of: dict[str, int] = {}
    text = ""
    for key, value in values.items():
        lines_of[key] = text.count("\n") + 1
        # An inline table cannot hold a line break outside its strings and arrays.
        text += f"{key} = {emit(value, gap)}\n"
    located = locate_keys(text)
    assert {key: located[key] for key in lines_of} == lines_of
    assert set(walk(tomllib.loads(text), "")) <= set(located)


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, 80), FRAGMENTS), min_size=1, max_size=4))
def test_damaged_text(cuts: list[tuple[int, int, str]]) -> None:
    """A topic file with pieces cut out and put in either loads or is refused by a TopicError, never anything else."""
    text = TEXT
    for at, length, put in cuts:
        text = text[:at] + put + text[at + length :]
    read(text)


@given(
    st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.sampled_from(VALUES)), min_size=1, max_size=6),
    st.booleans(),
)
def test_damaged_values(changes: list[tuple[int, str]], is_removed: bool) -> None:  # noqa: FBT001  # drawn
    """A topic file whose values were changed to any other type, or removed, is refused by a TopicError or loads."""
    lines = list(LINES)
    for at, value in changes:
        key, equals, _ = lines[at].partition(" = ")
        if equals:
            lines[at] = "" if is_removed else f"{key} = {value}"
    read("\n".join(lines))


def read(text: str) -> None:
    error: TopicError | None = None
    try:
        parse_topic(text, "damaged.toml")
    except TopicError as caught:
        error = caught
    if error is not None:
        last = text.count("\n") + 1
        assert error.problems
        assert all(one.line is not None and 1 <= one.line <= last for one in error.problems)
        assert all(one.key.isprintable() and one.mend for one in error.problems)
        assert len(str(error).splitlines()) == len(error.problems) + 1
