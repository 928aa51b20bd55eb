"""The folders are the design: who may import whom, and which library belongs to which floor."""

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = {
    "news": set(),
    "sources": {"news"},
    "analysis": {"news"},
    "warehouse": {"news"},
    "alerts": {"news"},
    "flows": {"news", "sources", "analysis", "warehouse", "alerts"},
    "volteface": {"news", "sources", "analysis", "warehouse", "alerts", "flows", "demo"},
    "demo": set(),
}
OWNERS = {
    "prefect": {"flows"},
    "duckdb": {"warehouse"},
    "pyarrow": {"warehouse"},
    "httpx": {"sources"},
    "httpcore": {"sources"},
    "trafilatura": {"sources"},
    "htmldate": {"sources"},
    "brotli": {"sources"},
    "warcio": {"sources"},
    "feedparser": {"sources"},
    "spacy": {"analysis"},
    "slack_sdk": {"alerts"},
    "smtplib": {"alerts"},
}
STDLIB_ONLY = {"news"}


def imports(path):
    """The top-level names a file imports, and the modules of ours it imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module


FILES = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_keep_the_floors(path):
    """A file imports only floors below its own, and a library only on the floor that owns it."""
    floor = path.relative_to(ROOT).parts[0]
    for name in imports(path):
        top = name.split(".")[0]
        if top in FLOORS and top != floor:
            assert top in FLOORS[floor], f"{floor} imports {top}"
        if top in OWNERS:
            assert floor in OWNERS[top], f"{floor} imports {top}, which belongs to {OWNERS[top]}"
        if floor in STDLIB_ONLY:
            assert top in FLOORS or top in sys.stdlib_module_names, f"{floor} imports {top}"


def test_every_floor_is_there():
    """The layer test looks at files, so an empty or renamed floor must not pass it silently."""
    for floor in FLOORS:
        assert (ROOT / floor / "__init__.py").is_file(), floor
    assert len(FILES) > 50


def test_no_cycles():
    """No two modules import each other, directly or around corners."""
    graph = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): set(imports(path))
        for path in FILES
    }
    graph = {name: {one for one in used if one in graph and one != name} for name, used in graph.items()}
    while leaves := [name for name, used in graph.items() if not used]:
        graph = {name: used - set(leaves) for name, used in graph.items() if name not in leaves}
    assert graph == {}


def test_no_flow_file_bears_a_library_name():
    """Prefect puts a flow's folder first on the path, so a file named like a library would hide it."""
    taken = set(packages_distributions()) - set(FLOORS)
    taken |= set(sys.stdlib_module_names)
    assert [path.name for path in (ROOT / "flows").glob("*.py") if path.stem != "__init__" and path.stem in taken] == []
