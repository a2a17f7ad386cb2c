"""The faults that are planted: `tests/faults.toml`, read and checked."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

KINDS: Final = (
    "a permission dropped",
    "another hospital's row let through",
    "a guard removed",
    "an off-by-one in a due",
    "a wrong sort",
    "a missing escape",
    "an audit row not written",
    "a version not checked",
    "a word missing in one language",
    "a button hidden at 360 px",
    "a wrong frame",
)


@dataclass(frozen=True)
class Fault:
    """`near`: tests that are asked first, as they are named on the command line; `pages`: words by which browser files
    that open the page are known."""

    name: str
    kind: str
    why: str
    file: str
    before: str
    after: str
    near: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def of_pages(self) -> bool:
        return self.file.startswith("web/")


class NoSuchLine(Exception):
    """The code has gone on, and a fault cannot be planted any more."""


def read(path: Path) -> list[Fault]:
    """Raises ValueError for a kind that is none, and for a name that stands twice."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["fault"]
    found = [Fault(**{**row, "near": tuple(row.get("near", ())), "pages": tuple(row.get("pages", ()))}) for row in rows]
    if unknown := [each.name for each in found if each.kind not in KINDS]:
        raise ValueError(f"no kind of fault: {', '.join(unknown)}")
    if len({each.name for each in found}) != len(found):
        raise ValueError("a name stands twice")
    return found


def place(lines: list[str], fault: Fault) -> int:
    """Which line it is, whatever its indentation. Raises NoSuchLine if none is, or several are."""
    at = [number for number, line in enumerate(lines) if line.strip() == fault.before.strip()]
    if len(at) != 1:
        raise NoSuchLine(f"{fault.file} has no such line" + (f", but {len(at)}" if at else ""))
    return at[0]


def with_fault(text: str, fault: Fault) -> str:
    """An empty `after` takes the line away."""
    lines = text.splitlines(keepends=True)
    at = place(lines, fault)
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    lines[at] = f"{indent}{fault.after.strip()}\n" if fault.after.strip() else ""
    return "".join(lines)


def refuse_gone(root: Path, faults: list[Fault]) -> None:
    """Raises NoSuchLine for the first that cannot be planted."""
    for each in faults:
        path = root / each.file
        place(path.read_text(encoding="utf-8").splitlines() if path.exists() else [], each)
