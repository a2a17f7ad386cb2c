"""Checks the project's shape: import rules, file sizes, policies, and the locked dependencies."""

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.version import Version

from scripts.event_catalogue import PAGE, page
from tests import web_shape

ROOT = Path(__file__).resolve().parent.parent
CODE = ("telemed", "signaling", "imaging", "tests", "scripts", "web/src")
LONGEST = 300
LONGEST_LIST = 400
LONGEST_FUNCTION = 80
WORDS = "web/src/i18n/"  # lists of words, read by looking up: as long as there are words, up to LONGEST_LIST
# What stands at the root beside /api, open to everybody: nothing about a patient is behind these.
OPEN_AT_THE_ROOT = {
    "telemed/pages.py": "the built pages",
    "telemed/probes.py": "health and metrics",
    "telemed/demo/lan/page.py": "how to install the demonstration's certificate",
}
GENERATED = ("web/src/api/schema.gen.ts", "telemed/migrations/versions/")
# Below these versions are known holes; vulnerability services may be out of reach where this runs.
FLOORS = {"pydicom": "3.0.2", "pynetdicom": "3.0.4", "aiohttp": "3.13.4", "pillow": "12.1", "cryptography": "46"}
OF_ROUNDS = "rounds/asking.py", "rounds/covering.py"
OTHER_WORK = "studies/asking.py", "reading/work.py", "critical_findings/work.py", "scheduling/series_asking.py"
OWN_WORK = *(f"administration/{e}.py" for e in ("years", "roster_gaps", "asking")), "break_glass/reviewing.py"
LICENCES = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python|MPL|Mozilla|Zlib|Unlicense|CC0|CC-BY|HPND|OFL|BlueOak|BSL-1\.0)\b",
    re.IGNORECASE,
)
# Their package files name no licence in the usual field; the licence texts beside them are MIT.
SAID_ELSEWHERE = {"node_modules/combine-errors": "MIT", "node_modules/rechoir": "MIT"}
COPYLEFT = re.compile(r"\b[AL]?GPL|General Public License|SSPL|Commons Clause", re.IGNORECASE)


def source_files() -> Iterator[Path]:
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".ts", ".tsx", ".css"} and "node_modules" not in path.parts:
                yield path


def test_imports_follow_the_layers() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_pages_follow_their_layers() -> None:
    assert not web_shape.unplaced(), "give these their layer in tests/web_shape.py"
    assert not web_shape.wrong_imports()
    assert not web_shape.unused_permissions(), "nothing needs these any more"


def test_what_a_change_makes_stale_stands_in_one_table() -> None:
    assert not web_shape.invalidates_by_itself()


def test_no_two_files_of_the_pages_import_each_other() -> None:
    assert not web_shape.circle()


def test_files_stay_short() -> None:
    long = {}
    for path in source_files():
        name = path.relative_to(ROOT).as_posix()
        lines = len(path.read_text(encoding="utf-8").splitlines())
        allowed = LONGEST_LIST if name.startswith(WORDS) else LONGEST
        if not name.startswith(GENERATED) and lines > allowed:
            long[name] = lines
    assert not long, f"split these, one idea per file: {long}"


def long_functions() -> Iterator[str]:
    for path in source_files():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix != ".py" or name.startswith(("tests/", *GENERATED)) or "/migrations/versions/" in name:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    yield f"{name}:{node.lineno} {node.name} ({lines})"
    for name, source in web_shape.sources().items():
        for function in source.functions:
            if function.lines > LONGEST_FUNCTION:
                yield f"web/src/{name}:{function.line} {function.name} ({function.lines})"


def test_no_function_of_the_product_is_longer_than_a_screen() -> None:
    assert not list(long_functions()), "give what it does in between a name of its own"


def test_every_module_says_its_job() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in source_files()
        if path.suffix == ".py"
        and path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent, f"these need a docstring of one sentence: {silent}"


def route_decorators(tree: ast.Module) -> Iterator[ast.Call]:
    verbs = {"get", "post", "put", "patch", "delete", "stream"}
    for node in ast.walk(tree):
        for decorator in getattr(node, "decorator_list", []):
            if (
                isinstance(decorator, ast.Call)
                and isinstance(decorator.func, ast.Attribute)
                and decorator.func.attr in verbs
            ):
                yield decorator


def test_no_route_without_a_policy() -> None:
    """Routes of the product are made by decorators that name a policy; only kit and app touch aiohttp's router."""
    bare, around = [], []
    for path in sorted((ROOT / "telemed").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        for call in route_decorators(ast.parse(text)):
            if not any(keyword.arg == "policy" for keyword in call.keywords):
                bare.append(f"{name}:{call.lineno}")
        by_design = name in OPEN_AT_THE_ROOT or name.startswith(("telemed/kit/", "telemed/app", "telemed/serve"))
        if not by_design and re.search(r"\.router\.add_|web\.(get|post|put|patch|delete)\(", text):
            around.append(name)
    assert not bare, f"routes without a policy: {bare}"
    assert not around, f"these go around the typed routes: {around}"


def pinned(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {match[1].lower(): match[2] for match in re.finditer(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)}


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_python_locks_are_hashed_and_name_no_registry(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|--index|--extra-index|--find-links|--trusted-host)", text, re.MULTILINE)
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in requirement, requirement.splitlines()[0]


def test_what_runs_is_also_what_is_tested() -> None:
    runtime, development = pinned("requirements.txt"), pinned("requirements-dev.txt")
    assert runtime.items() <= development.items()


def test_locked_versions_are_not_below_the_floors() -> None:
    versions = pinned("requirements.txt")
    below = {name: versions[name] for name, floor in FLOORS.items() if Version(versions[name]) < Version(floor)}
    assert not below


def test_the_web_lock_names_no_registry_and_every_version_is_exact() -> None:
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
    resolved = [name for name, package in lock["packages"].items() if "resolved" in package]
    assert not resolved, "npm wrote addresses; web/.npmrc forbids that, so remove them"
    unhashed = [name for name, package in lock["packages"].items() if name and "integrity" not in package]
    assert not unhashed
    manifest = json.loads((ROOT / "web" / "package.json").read_text(encoding="utf-8"))
    loose = {
        name: version
        for group in ("dependencies", "devDependencies")
        for name, version in manifest[group].items()
        if not re.fullmatch(r"\d+\.\d+\.\d+([-.][\w.]+)?", version)
    }
    assert not loose, "pin exact versions"


def licence(distribution: importlib.metadata.Distribution) -> str:
    metadata = distribution.metadata
    classifiers = [line for line in metadata.get_all("Classifier") or [] if line.startswith("License ::")]
    return "; ".join(filter(None, [metadata["License-Expression"], (metadata["License"] or "")[:200], *classifiers]))


def test_python_packages_that_ship_have_permissive_licences() -> None:
    found = {}
    for name in pinned("requirements.txt"):
        try:
            found[name] = licence(importlib.metadata.distribution(name))
        except importlib.metadata.PackageNotFoundError:
            continue  # for another platform
    wrong = {name: text for name, text in found.items() if not LICENCES.search(text) or COPYLEFT.search(text)}
    assert len(found) > 50
    assert not wrong


def test_web_packages_that_ship_have_permissive_licences() -> None:
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
    shipped = {
        n: p.get("license", SAID_ELSEWHERE.get(n, "")) for n, p in lock["packages"].items() if n and not p.get("dev")
    }
    wrong = {name: text for name, text in shipped.items() if not LICENCES.search(text) or COPYLEFT.search(text)}
    assert len(shipped) > 50
    assert not wrong


def test_the_catalogue_of_events_says_what_the_code_does() -> None:
    assert page() == PAGE.read_text(encoding="utf-8"), "write it again: .venv/bin/python -m scripts.event_catalogue"


def test_work_about_a_consultation_is_asked_for_in_one_place() -> None:
    """Only `work.py`, `owing.py` and `reassessing.py` of consultations create it, by `asking.py`: a page shows it all.

    Work of other features is about something else, which is named here; `cases` and `requests` create none.
    """
    known = {"consultations/asking.py", "devices/calling.py", *OF_ROUNDS, *OTHER_WORK, *OWN_WORK}
    asking = {name for name, tree in _telemed() if not name.startswith("work/") and _creates_work(tree)}
    assert asking == known, f"work is created in these too, or no longer: {asking ^ known}"
    by_it = {name for name, tree in _telemed() if _imports(tree, "telemed.consultations.asking")}
    assert by_it == {f"consultations/{each}.py" for each in ("work", "owing", "reassessing")}


def test_what_follows_from_an_action_is_decided_in_one_place() -> None:
    """Use cases ask for no work, except: an expert added, a room closed, time, a changed consent or setting."""
    ours = {name: tree for name, tree in _telemed() if name.startswith("consultations/")}
    asking = {n for n, tree in ours.items() for w in ("work", "owing") if _imports(tree, f"telemed.consultations.{w}")}
    may = ("follow", "arriving", "service", "clock", "experts", "hearing", "absence")
    assert asking == {f"consultations/{each}.py" for each in may}


def _telemed() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "telemed").rglob("*.py")):
        yield path.relative_to(ROOT / "telemed").as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _imported(tree: ast.Module) -> dict[str, str]:
    """All that a module imports, with the name it has there."""
    named = {}
    for node in ast.walk(tree):
        for each in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
            whole = f"{node.module}.{each.name}" if isinstance(node, ast.ImportFrom) else each.name
            named[whole] = each.asname or each.name
    return named


def _imports(tree: ast.Module, module: str) -> bool:
    return any(f"{each}.".startswith(f"{module}.") for each in _imported(tree))


def _creates_work(tree: ast.Module) -> bool:
    """Whether it calls `ask` of `telemed.work`, under whatever name, or makes the row itself."""
    named = _imported(tree)
    service = named.get("telemed.work.service")
    makers = {
        service and f"{service}.ask",
        named.get("telemed.work.service.ask"),
        named.get("telemed.work.model.WorkItem"),
    }
    return any(isinstance(node, ast.Call) and ast.unparse(node.func) in makers for node in ast.walk(tree))


def test_no_task_is_nobodys() -> None:
    """A bare `ensure_future` keeps no reference and loses its exception; a TaskGroup does neither."""
    bare = [
        path.relative_to(ROOT).as_posix()
        for path in source_files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ("telemed", "signaling", "imaging")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute | ast.Name)
        and getattr(node, "attr", getattr(node, "id", "")) == "ensure_future"
    ]
    assert not bare, f"own these tasks: {bare}"


def test_what_tests_share_is_public() -> None:
    """A helper that another test module needs stands in a helper module, under a name of its own.

    Out of a test module another may take tests alone, to run them again.
    """
    wrong = [
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (f"{getattr(node, 'module', None) or ''}.{each.name}".lstrip(".") for each in node.names)
        if name.startswith("tests.") and not may_be_shared(name)
    ]
    assert not wrong, f"move these to a helper module: {wrong}"


def may_be_shared(name: str) -> bool:
    last = name.rpartition(".")[2]
    if last.startswith("_"):
        return last.startswith("__")
    a_test = last.startswith("test_") and not ROOT.joinpath(*name.split(".")).with_suffix(".py").exists()
    return a_test or ".test_" not in name
