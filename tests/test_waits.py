"""No test waits for a promise: `wait_for_function` takes one for a yes and waits for nothing (`e2e/until.py`)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent


def awaited(source: str) -> Iterator[str]:
    """The JavaScript that is handed to `wait_for_function`, also under a name of the same file."""
    tree = ast.parse(source)
    named = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="wait_for_function"), args=[first, *_]):
                given = named.get(first.id, first) if isinstance(first, ast.Name) else first
                yield from (str(each.value) for each in ast.walk(given) if isinstance(each, ast.Constant))


def promises(source: str) -> bool:
    return any("async" in script or "new Promise" in script or "await " in script for script in awaited(source))


@pytest.mark.parametrize(
    "source",
    [
        'page.wait_for_function("async () => (await fetch(1)).ok")',
        'READY = f"async () => {1}"\npage.wait_for_function(READY, arg=1)',
        'page.wait_for_function(f"() => new Promise({1})")',
    ],
)
def test_a_promise_is_found(source: str) -> None:
    assert promises(source)


def test_no_test_waits_for_a_promise() -> None:
    assert [path.name for path in TESTS.rglob("*.py") if path != Path(__file__) and promises(path.read_text())] == []
