"""Writes the tables of docs/events.md from the code: every event and hint, who emits it, its data, who hears it.

Run as `python -m scripts.event_catalogue`; a test checks that the page is up to date.
"""

import ast
import importlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from telemed.bridge.consumers import HEARS
from telemed.consultations.action_events import OF_ACTION
from telemed.history.events import NEWS, Code, Event, News, Part, Words
from telemed.reading.events import OF_ACTION as OF_READING

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "events.md"
MARK = "<!-- written by scripts/event_catalogue.py from here on -->\n"
HEAD = ("| type | what has happened | data | emitted by | heard by |", "|---|---|---|---|---|")
# Folders that only consume or declare events.
DECLARES = ("telemed/bridge/", "telemed/notify/live.py", "telemed/migrations/", "telemed/history/", "telemed/demo/")


def load() -> dict[str, type[News]]:
    """Every event and hint of the product, by type."""
    for path in _modules():
        if path.name.endswith("events.py") and "kit" not in path.parts:
            importlib.import_module(_dotted(path))
    return dict(sorted(NEWS.items()))


@cache
def emitters() -> dict[type[News], set[str]]:
    """The modules that emit each event: where its class, or a table of classes with it, is imported and used."""
    classes = {each.__name__: each for each in load().values()}
    tables = dict(_tables(classes))
    found: dict[type[News], set[str]] = defaultdict(set)
    for path in _modules():
        if path.name.endswith("events.py") or path.relative_to(ROOT).as_posix().startswith(DECLARES):
            continue
        tree, module = ast.parse(path.read_text(encoding="utf-8")), _dotted(path).removeprefix("telemed.")
        for word in _imported(tree) & _used(tree):
            for each in tables.get(word, [classes[word]] if word in classes else []):
                found[each].add(module)
        table = OF_READING if module.startswith("reading.") else OF_ACTION
        by_name = {action.name: event for action, event in table.items()}
        if _calls(tree) & {"act", "move"}:
            for action in _actions(tree) | _chosen_by_rules(tree):
                found[by_name[action]].add(module)
    return found


def hearers(event: type[News]) -> list[str]:
    return sorted(name for name, heard in HEARS.items() if issubclass(event, heard))


def family(event: type[Part]) -> type[Part] | None:
    """The class it shares fields with, if there is one."""
    for base in event.__mro__[1:]:
        if issubclass(base, Part) and base.model_fields and "type" not in base.__dict__:
            return base
    return None


def fields(event: type[Part]) -> str:
    """The fields with their types, after those of its family; fields that are never printed are in italics."""
    hints = get_type_hints(event, include_extras=True)
    of = family(event)
    said = [f"{of.__name__}"] if of else []
    for name in event.model_fields:
        if of and name in of.model_fields:
            continue
        kind, shown = _spelled(hints[name]), name in event.shown
        said.append(f"`{name}` {kind}" if shown else f"*`{name}`* {kind}")
    return ", ".join(said)


def document() -> str:
    known, made = load(), emitters()
    by_feature: dict[str, list[type[News]]] = defaultdict(list)
    for each in known.values():
        by_feature[each.__module__.split(".")[1]].append(each)
    lines: list[str] = []
    for feature, events in sorted(by_feature.items()):
        lines += ["", f"## {feature}", "", *HEAD]
        for each in sorted(events, key=lambda each: (issubclass(each, Event) is False, each.type)):
            kind = "" if issubclass(each, Event) else " (hint)"
            when = " ".join((each.__doc__ or "").split())
            by = ", ".join(f"`{name}`" for name in sorted(made[each]))
            heard = ", ".join(hearers(each)) or "–"
            lines.append(f"| `{each.type}`{kind} | {when} | {fields(each)} | {by} | {heard} |")
    parts = sorted(_parts(known.values()), key=lambda each: each.__name__)
    lines += ["", "## Families and pieces", ""]
    lines += [f"- **{each.__name__}**: {fields(each)}" for each in parts]
    return "\n".join(lines) + "\n"


def page() -> str:
    """The whole page: the hand-written text above the mark, and the tables below it."""
    head, mark, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    return head + mark + document()


def _parts(events: Iterable[type[Part]]) -> set[type[Part]]:
    """The families that events share, and the parts in their lists."""
    found: set[type[Part]] = set()
    for each in events:
        of = family(each)
        while of is not None:
            found.add(of)
            of = family(of)
        for kind in get_type_hints(each).values():
            found |= {arg for arg in get_args(kind) if isinstance(arg, type) and issubclass(arg, Part)}
    return found


def _spelled(kind: Any) -> str:
    if kind in (Code, Words):
        return "code" if kind == Code else "text"
    if get_origin(kind) is Annotated:
        return _spelled(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return " or ".join(_spelled(each) for each in get_args(kind) if each is not NoneType) + "?"
    if get_origin(kind) is tuple:
        return f"list of {_spelled(get_args(kind)[0])}"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "code"
    name = str(kind.__name__)
    return {"UUID": "id", "datetime": "time", "bool": "yes/no", "int": "number"}.get(name, name)


def _modules() -> Iterator[Path]:
    yield from sorted((ROOT / "telemed").rglob("*.py"))


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _tables(classes: dict[str, type[News]]) -> Iterator[tuple[str, list[type[News]]]]:
    """Module-level dicts whose values are events, by name; except the transition table's, which `_actions` covers."""
    for path in _modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
                values = [each.id for each in node.value.values if isinstance(each, ast.Name) and each.id in classes]
                if values and isinstance(node.target, ast.Name) and node.target.id != "OF_ACTION":
                    yield node.target.id, [classes[each] for each in values]


def _imported(tree: ast.Module) -> set[str]:
    """The names imported from the features' events."""
    froms = [each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom) and each.module]
    return {name.name for each in froms if str(each.module).endswith("events") for name in each.names}


def _used(tree: ast.Module) -> set[str]:
    """Names used as values; not in annotations, isinstance, or lists of events to hear."""
    skipped = {id(each) for node in ast.walk(tree) for part in _not_made(node) for each in ast.walk(part)}
    return {each.id for each in ast.walk(tree) if isinstance(each, ast.Name) and id(each) not in skipped}


def _actions(tree: ast.AST) -> set[str]:
    """The x of all `Action.x` in the tree."""
    found = [each for each in ast.walk(tree) if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name)]
    return {each.attr for each in found if isinstance(each.value, ast.Name) and each.value.id == "Action"}


def _chosen_by_rules(tree: ast.Module) -> set[str]:
    """The x of all `Action.x` in imported rules that return actions: there the rule decides, and this module acts."""
    out: set[str] = set()
    for each in ast.walk(tree):
        if not isinstance(each, ast.ImportFrom) or ".rules." not in (each.module or ""):
            continue
        rules = ast.parse((ROOT / f"{(each.module or '').replace('.', '/')}.py").read_text(encoding="utf-8"))
        names = {alias.name for alias in each.names}
        for rule in rules.body:
            if isinstance(rule, ast.FunctionDef) and rule.name in names and rule.returns is not None:
                out |= _actions(rule) if "Action" in ast.unparse(rule.returns) else set()
    return out


def _calls(tree: ast.Module) -> set[str]:
    """The last names of all calls."""
    called = [each.func for each in ast.walk(tree) if isinstance(each, ast.Call)]
    plain = {each.id for each in called if isinstance(each, ast.Name)}
    return plain | {each.attr for each in called if isinstance(each, ast.Attribute)}


def _not_made(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.arg(annotation=ast.expr() as said) | ast.AnnAssign(annotation=said):
            yield said
        case ast.FunctionDef(returns=ast.expr() as said) | ast.AsyncFunctionDef(returns=ast.expr() as said):
            yield said
        case ast.MatchClass(cls=said):
            yield said
        case ast.Call(func=ast.Name(id="isinstance"), args=[_, said]):
            yield said
        case ast.Assign(value=ast.Tuple() as said):
            yield said
        case ast.Attribute(value=ast.Name() as said, attr="type"):  # its name, to look for it
            yield said


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
