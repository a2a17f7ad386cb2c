"""The conformance statement promises nothing that no test holds."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
STATEMENT = TESTS.parent / "docs" / "dicom-conformance.md"


def test_every_line_of_the_conformance_statement_names_tests_that_exist() -> None:
    known = {
        each.name
        for path in [*TESTS.rglob("test_*.py")]
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name.startswith("test_")
    }
    lines = STATEMENT.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| statement")]
    assert [line for line in rows if not re.search(r"`test_\w+`", line)] == []
    named = {name for line in lines for name in re.findall(r"`(test_\w+)`", line)}
    assert named - known == set()
