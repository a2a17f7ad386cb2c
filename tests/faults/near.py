"""Which tests of `make test` are near a fault, the quick ones first. It follows from the path of the file.

A change in web/ cannot turn a test of the server, nor one of the server a test of components: each has its own side,
and both have the browser.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.faults.catalogue import Fault


class Side(StrEnum):
    python = "python"
    web = "web"
    browser = "browser"


@dataclass(frozen=True)
class Batch:
    """Tests that one command runs, in this order."""

    side: Side
    tests: tuple[str, ...]


def near(root: Path, fault: Fault) -> list[Batch]:
    """What the fault names, then what its path says: of the same feature, contracts, and the browser files."""
    named = _grouped(fault.near)
    derived = [*_beside(root, fault), Batch(Side.browser, tuple(_browser(root, fault)))]
    left = (Batch(each.side, tuple(test for test in each.tests if not _asked(fault, test))) for each in derived)
    return [*named, *(each for each in left if each.tests)]


def side_of(test: str) -> Side:
    if test.startswith("web/"):
        return Side.web
    return Side.browser if test.startswith("tests/e2e/") else Side.python


def _asked(fault: Fault, test: str) -> bool:
    """By itself, or with the folder that it is in."""
    return any(each in (str(one) for one in (Path(test), *Path(test).parents)) for each in fault.near)


def _grouped(tests: tuple[str, ...]) -> list[Batch]:
    """Neighbours of the same side together."""
    out: list[Batch] = []
    for test in tests:
        if out and out[-1].side is side_of(test):
            out[-1] = Batch(out[-1].side, (*out[-1].tests, test))
        else:
            out.append(Batch(side_of(test), (test,)))
    return out


def _beside(root: Path, fault: Fault) -> list[Batch]:
    path = Path(fault.file)
    if fault.of_pages:
        # Components are tested without a layout: what a style sheet does is seen in the browser alone.
        return [] if path.suffix == ".css" else [Batch(Side.web, (_web_folder(path),))]
    package, feature = path.parts[0], path.parts[1] if len(path.parts) > 2 else ""
    folder = root / "tests" / package / (feature if package == "telemed" else "")
    whole = re.compile(rf"\b{re.escape(path.stem)}\b")
    own = sorted(folder.rglob("test_*.py"), key=lambda each: (_lacks(each, whole), each))
    module = re.compile(rf"\b{package}\.{feature}\b" if feature else rf"\b{package}\b")
    contracts = [each for each in sorted((root / "tests/contracts").glob("test_*.py")) if not _lacks(each, module)]
    both = ([str(each.relative_to(root)) for each in some] for some in (own, contracts))
    return [Batch(Side.python, tuple(some)) for some in both]


def _lacks(path: Path, words: re.Pattern[str]) -> bool:
    return words.search(f"{path.stem.removeprefix('test_')}\n{path.read_text(encoding='utf-8')}") is None


def _web_folder(path: Path) -> str:
    """A whole feature, and else the folder of the file."""
    parts = path.parts
    return "/".join(parts[:4] if parts[2] == "features" else path.parent.parts)


# Where the browser files call it otherwise than the package does.
CALLED = {"imaging": "viewer", "signaling": "room"}


def _browser(root: Path, fault: Fault) -> list[str]:
    """Files named for the feature, and those that open one of its pages."""
    called = _called(Path(fault.file).parts)
    found = []
    for path in sorted((root / "tests/e2e").rglob("test_*.py")):
        name, text = str(path.relative_to(root)), path.read_text(encoding="utf-8")
        if called in name.removeprefix("tests/e2e/") or any(page in text for page in fault.pages):
            found.append(name)
    return found


def _called(parts: tuple[str, ...]) -> str:
    """The feature as names of files have it: `web/src/features/criticalFindings/…` is `critical_finding`."""
    if parts[0] in CALLED:
        return CALLED[parts[0]]
    feature = parts[3] if parts[2] == "features" else parts[1] if parts[0] == "telemed" else parts[2]
    return re.sub(r"(?<!^)(?=[A-Z])", "_", feature).lower().removesuffix("s")
