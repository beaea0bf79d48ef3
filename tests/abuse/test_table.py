"""docs/abuse.md names a test for every line, and each of them is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
LINES = [line for line in (ROOT / "docs" / "abuse.md").read_text("utf-8").splitlines() if line.startswith("| ")]
ROWS = [line for line in LINES if not line.startswith(("| Tried", "| Fault |"))]


def test_every_line_names_tests_that_are_there() -> None:
    for row in ROWS:
        named = NAMED.findall(row)
        assert named, row
        for file, test in named:
            tree = ast.parse((ROOT / file).read_text("utf-8"))
            assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, row


def test_every_test_of_abuse_stands_in_the_table() -> None:
    named = {test for row in ROWS for _, test in NAMED.findall(row)}
    for file in (ROOT / "tests" / "abuse").glob("test_[sbfc]*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
        assert tests <= named


def test_lines_are_counted() -> None:
    assert len(ROWS) >= 50
