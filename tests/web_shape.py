"""The folders of `web/src` and who may import whom, checked on what `web/shape.mjs` reads from the sources."""

import functools
import graphlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# From the bottom: each may import what is below it, and nothing beside it. A new folder fails until it is placed.
LAYERS = (
    ("fonts.ts", "id.ts", "paths.ts", "theme.ts", "zone.ts"),
    ("api", "call"),
    ("i18n",),
    ("kit", "viewer"),
    ("consultation",),
    ("features",),
    ("adminPages.ts",),
    ("adminRoutes.ts",),
    ("routes.tsx",),
    ("app.tsx",),
    ("start.tsx",),
    ("main.ts",),
)
# A feature imports no other feature but these, which it shows on its own pages.
SHOWS = {
    "consultations": {"opinions", "reading", "room"},
    "devices": {"room"},
    "mpr": {"reading", "studies"},
    "opinions": {"keyImages", "studies"},
    "breakGlass": {"studies"},
    "reading": {"criticalFindings", "keyImages", "room", "studies"},
    "requests": {"studies"},
    "room": {"opinions", "studies"},
    "rosters": {"room"},
    "rounds": {"devices", "requests", "room", "studies"},
    "sites": {"home"},
    "staff": {"disclosures"},
}
# Inside a feature, from the bottom; what lies in the folder itself is on top.
INSIDE = {"features/room": (("visit",), ("door", "pictures", "panels"))}
SCAFFOLDING = (
    "testing/",
    "features/administration/testing.ts",
    "features/requests/testing.ts",
    "features/rounds/cart/testing.ts",
    "call/fakes.ts",
    "viewer/mpr/testing.ts",
    "i18n/shape.check.ts",
)


@dataclass(frozen=True)
class Function:
    """One function as it stands in a file."""

    name: str
    line: int
    lines: int


@dataclass(frozen=True)
class Source:
    """What one file imports from its neighbours, and its functions."""

    imports: tuple[str, ...]
    functions: tuple[Function, ...]


def is_product(name: str) -> bool:
    return ".test." not in name and not name.startswith(SCAFFOLDING)


@functools.cache
def sources() -> dict[str, Source]:
    """The product's own files below `web/src`, by their path there."""
    node = shutil.which("node")
    assert node, "Node reads the browser's sources"
    read = subprocess.run([node, "shape.mjs"], cwd=ROOT / "web", capture_output=True, text=True, check=False)
    assert read.returncode == 0, read.stderr
    return {
        name: Source(tuple(each["imports"]), tuple(Function(**one) for one in each["functions"]))
        for name, each in json.loads(read.stdout).items()
        if is_product(name)
    }


def edges() -> Iterator[tuple[str, str]]:
    for name, source in sources().items():
        for imported in source.imports:
            yield name, imported


def first(path: str) -> str:
    return path.split("/", 1)[0]


def rank(layers: tuple[tuple[str, ...], ...], room: str) -> int | None:
    return next((at for at, rooms in enumerate(layers) if room in rooms), None)


def breaks_layers(layers: tuple[tuple[str, ...], ...], name: str, imported: str) -> bool:
    here, there = rank(layers, first(name)), rank(layers, first(imported))
    if here is None or there is None or first(name) == first(imported):
        return False
    return there >= here


def wrong_imports() -> list[str]:
    """Imports that go up, sideways, or into another feature that is not declared."""
    found = []
    for name, imported in edges():
        wrong = not is_product(imported) or breaks_layers(LAYERS, name, imported)
        if name.startswith("features/") and imported.startswith("features/"):
            mine, other = name.split("/")[1], imported.split("/")[1]
            wrong |= mine != other and other not in SHOWS.get(mine, set())
        for folder, layers in INSIDE.items():
            if name.startswith(f"{folder}/") and imported.startswith(f"{folder}/"):
                inside = ((*layers, ("",)), name.removeprefix(f"{folder}/"), imported.removeprefix(f"{folder}/"))
                wrong |= breaks_inside(*inside)
        if wrong:
            found.append(f"{name} imports {imported}")
    return found


def breaks_inside(layers: tuple[tuple[str, ...], ...], name: str, imported: str) -> bool:
    """As above; a file that lies in no folder is on top."""
    here = name if "/" in name else ""
    there = imported if "/" in imported else ""
    return breaks_layers(layers, here, there)


def unplaced() -> set[str]:
    placed = {room for rooms in LAYERS for room in rooms}
    return {first(name) for name in sources()} - placed


def unused_permissions() -> set[tuple[str, str]]:
    used = {
        (name.split("/")[1], imported.split("/")[1])
        for name, imported in edges()
        if name.startswith("features/") and imported.startswith("features/")
    }
    return {(mine, other) for mine, others in SHOWS.items() for other in others} - used


def circle() -> list[str]:
    """One circle of files that import each other, if there is any."""
    graph = {name: set(source.imports) for name, source in sources().items()}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        nodes: list[str] = error.args[1]
        return nodes
    return []


def invalidates_by_itself() -> list[str]:
    """What a change makes stale stands in `api/stale.ts`; no page keeps a list of its own."""
    return [
        name
        for name in sources()
        if first(name) != "api" and "invalidateQueries" in (ROOT / "web" / "src" / name).read_text(encoding="utf-8")
    ]
