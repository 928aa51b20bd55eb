"""House rules that no linter knows."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLOORS = ("volteface", "flows", "sources", "analysis", "warehouse", "alerts", "news", "demo", "bench")


def test_every_test_states_its_promise():
    """Each test function has a docstring of one sentence at least."""
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_sql_is_never_formatted_with_values():
    """No SQL text is put together with an f-string or %: values are parameters."""
    verbs = re.compile(r"^\s*(select|insert|update|delete|with)\b.*\b(from|into|set)\b", re.IGNORECASE | re.DOTALL)
    bad = []
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    text = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
                    if verbs.match(text) and "# identifiers only" not in path.read_text(encoding="utf-8"):
                        bad.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert bad == []


def test_nothing_in_the_code_knows_the_topic():
    """No floor's code names anything of the default topic: a second topic file must work the same way."""
    words = re.compile(r"korea|kremlin|pyongyang|russia|peskov|putin|dprk|kcna|beijing|moscow", re.IGNORECASE)
    for floor in ("volteface", "flows", "sources", "analysis", "warehouse", "alerts", "news"):
        for path in sorted((ROOT / floor).rglob("*.*")):
            # The parser's word pieces are BERT's list: English as a whole, written by nobody here.
            if path.suffix in {".py", ".sql", ".html", ".txt"} and path.parent.name != "model":
                text = path.read_text(encoding="utf-8").replace("dprk-alignment", "")
                assert words.findall(text) == [], path
