"""The long parts of the tests, which `make full` runs: `tests/parts.toml`, and when each ran (`docs/full-run.json`).

They are not in `make test`, so `make check` looks whether they still hold: a part that failed, that is missing, that
ran too long ago, or whose paths changed and were not tried again for too long, fails.
"""

import json
import subprocess
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from scripts.running import ROOT

PARTS = ROOT / "tests" / "parts.toml"
RUNS = ROOT / "docs" / "full-run.json"
OLDEST = 2000  # commits, about 25 landings
UNTRIED = 300  # commits for which a change of its paths may wait, about four landings


@dataclass(frozen=True)
class Part:
    """`command`: program of .venv/bin and its words. `minutes`: about how long. `paths`: what it guards, as globs."""

    name: str
    what: str
    minutes: int
    paths: tuple[str, ...]
    command: tuple[str, ...]
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Ran:
    """A run of a part: at which commit, of which state of its paths, on which day, with which result."""

    commit: str
    digest: str
    date: str
    passed: int
    failed: int
    skipped: int
    seconds: int


def parts(path: Path = PARTS) -> list[Part]:
    return [
        Part(
            name,
            of["what"],
            of["minutes"],
            tuple(of["paths"]),
            tuple(of["command"]),
            dict(of.get("environment", {})),
        )
        for name, of in tomllib.loads(path.read_text()).items()
    ]


def runs(path: Path = RUNS) -> dict[str, Ran]:
    return {name: Ran(**each) for name, each in json.loads(path.read_text()).items()} if path.exists() else {}


def keep(name: str, ran: Ran, path: Path = RUNS) -> None:
    kept = {each: asdict(of) for each, of in {**runs(path), name: ran}.items()}
    path.write_text(json.dumps(dict(sorted(kept.items())), indent=2) + "\n")


def files_of(part: Part, root: Path = ROOT) -> list[Path]:
    found = {path for pattern in part.paths for path in root.glob(pattern)}
    below = {path for each in found if each.is_dir() for path in each.rglob("*")}
    return sorted(path for path in found | below if path.is_file() and "__pycache__" not in path.parts)


def digest_of(part: Part, root: Path = ROOT) -> str:
    total = sha256()
    for path in files_of(part, root):
        total.update(f"{path.relative_to(root)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return total.hexdigest()[:24]


def findings(known: Sequence[Part], kept: Mapping[str, Ran], root: Path = ROOT) -> Iterator[tuple[bool, str]]:
    """What is to be said of the parts; True where it fails the check, False where it only warns."""
    for part in known:
        again = f"run make full PART={part.name} ({part.minutes} min) and commit docs/full-run.json"
        ran = kept.get(part.name)
        if ran is None:
            yield True, f"full run: part {part.name} never ran; {again}"
            continue
        of = f"full run: part {part.name} is of {ran.commit[:8]}"
        if ran.failed:
            yield True, f"{of} and {ran.failed} of it failed; {again}"
        elif (age := _commits(root, ran.commit)) is not None and age > OLDEST:
            yield True, f"{of}, {age} commits ago; {again}"
        elif digest_of(part, root) != ran.digest:
            changed, since = _changed(root, ran.commit, part)
            yield since > UNTRIED, f"{of}, and {changed} changed since; {again}"
    for name in kept.keys() - {each.name for each in known}:
        yield True, f"full run: tests/parts.toml has no part {name}; take it out of docs/full-run.json"


def _commits(root: Path, since: str, *paths: str) -> int | None:
    """How many there are after that commit; None where it is not in the history that this clone has."""
    counted = git(root, "rev-list", "--count", f"{since}..HEAD", "--", *paths)
    return None if counted is None else int(counted)


def _changed(root: Path, since: str, part: Part) -> tuple[str, int]:
    """The first of its paths that changed after that commit, and how many commits ago; 0 where nobody knows."""
    patterns = [f":(glob){each}{more}" for each in part.paths for more in ("", "/**")]
    listed = git(root, "log", "--reverse", "--format=%H", "--name-only", f"{since}..HEAD", "--", *patterns)
    if not listed:
        return part.paths[0], 0
    first, path = listed.split()[:2]
    return path, _commits(root, first) or 0


def git(root: Path, *words: str) -> str | None:
    said = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True)
    return said.stdout.strip() if said.returncode == 0 else None
