"""Keeps what each run found (`docs/faults.json`) and writes it as a table (`docs/faults.md`)."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.faults.asking import Outcome
from tests.faults.catalogue import KINDS, Fault

COLUMNS: Final = ("before", "after")
HEAD: Final = """# Faults: does `make test` notice what matters?

Thirty mistakes of one line, as a hurried engineer makes them (`tests/faults.toml`). `make faults` plants each in a copy
of the tree, runs the tests of `make test` that are near it, quick ones first, at most four minutes each, and names the
first that fails; the same test must pass without the fault. What these tests miss counts as missed.
`make faults ONLY=name` runs one. Not in the gate. Written by the run; do not edit.

- before: the gate before issue 30. {before}
- after: the gate of today. {after}
"""

Kept = dict[str, dict[str, Outcome]]


def load(path: Path) -> Kept:
    if not path.exists():
        return {}
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {name: {column: Outcome(**said) for column, said in row.items()} for name, row in rows.items()}


def save(docs: Path, faults: Sequence[Fault], kept: Kept) -> None:
    """What is no fault any more is forgotten."""
    known = {each.name: kept[each.name] for each in faults if each.name in kept}
    rows = {name: {column: vars(row[column]) for column in COLUMNS if column in row} for name, row in known.items()}
    (docs / "faults.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (docs / "faults.md").write_text(page(faults, known), encoding="utf-8")


def page(faults: Sequence[Fault], kept: Mapping[str, Mapping[str, Outcome]]) -> str:
    said = {column: _total([kept.get(each.name, {}).get(column) for each in faults]) for column in COLUMNS}
    parts = [HEAD.format(**said)]
    for kind in KINDS:
        parts.append(f"\n## {kind[0].upper()}{kind[1:]}\n\n| fault | why | before | s | after | s |\n|-|-|-|-|-|-|\n")
        for each in faults:
            if each.kind == kind:
                row = kept.get(each.name, {})
                cells = [cell for column in COLUMNS for cell in _cells(row.get(column))]
                parts.append(f"| {each.name} (`{each.file}`) | {each.why} | {' | '.join(cells)} |\n")
    return "".join(parts)


def _total(found: Sequence[Outcome | None]) -> str:
    ran = [each for each in found if each is not None]
    if not ran:
        return "Not run yet."
    caught = sum(each.by is not None for each in ran)
    return f"{caught} of {len(ran)} caught, {sum(each.seconds for each in ran)} s."


def _cells(outcome: Outcome | None) -> tuple[str, str]:
    if outcome is None:
        return "", ""
    missed = f"**missed**{f': {outcome.note}' if outcome.note else ''}"
    by = f"`{outcome.by}`" if outcome.by else missed
    return by.replace("|", "\\|"), str(outcome.seconds)


def worse(kept: Mapping[str, Mapping[str, Outcome]]) -> list[str]:
    """Faults that were caught before and are missed after."""
    both = {name: row for name, row in kept.items() if set(COLUMNS) <= row.keys()}
    return [name for name, row in both.items() if row["before"].by and not row["after"].by]
