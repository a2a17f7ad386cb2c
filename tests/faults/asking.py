"""Plants a fault, asks the tests near it one batch after another, and says which noticed it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.faults.browser import Seeds, build_pages
from tests.faults.catalogue import Fault
from tests.faults.commands import TimedOut, first_failure
from tests.faults.near import Batch, Side, near, side_of
from tests.faults.planting import planted

LONGEST: Final = 240.0  # seconds, for one fault
BUILD: Final = "vite build"
ALONE: Final = 300.0  # seconds, for the test that noticed it, once more without it


@dataclass(frozen=True)
class Outcome:
    """`by` None: missed; `note` says why, if there is more to say."""

    by: str | None
    seconds: int
    note: str = ""


def ask(copy: Path, fault: Fault, seeds: Seeds, longest: float = LONGEST) -> Outcome:
    by, note, spent, env, pages = None, "", 0.0, dict[str, str](), dict[str, str]()
    for batch in near(copy, fault):
        if batch.side is Side.browser:
            env |= seeds.env()
        begun = time.monotonic()
        with planted(copy, fault):
            by, note = _noticed(copy, fault, batch, env, pages, longest - spent)
        spent += time.monotonic() - begun
        if by or note:
            break
    if by is not None and (why := _fails_anyway(copy, by, env)):
        by, note = None, f"{by} {why}"
    return Outcome(by, round(spent), note)


def _noticed(
    copy: Path, fault: Fault, batch: Batch, env: dict[str, str], pages: dict[str, str], left: float
) -> tuple[str | None, str]:
    """`pages`: those that have the fault, once they are built."""
    until = time.monotonic() + left
    try:
        if fault.of_pages and batch.side is Side.browser and not pages:
            if (built := build_pages(copy, left)) is None:
                return BUILD, ""
            pages.update(built)
        return first_failure(copy, batch, until - time.monotonic(), env | pages), ""
    except TimedOut:
        return None, "not all tests near it fit into the time"


def _fails_anyway(copy: Path, test: str, env: Mapping[str, str]) -> str:
    """Why the failure says nothing of the fault: without it the same test, alone, fails too."""
    try:
        if test == BUILD:
            return "" if build_pages(copy, ALONE) else "fails without the fault too"
        return "fails without the fault too" if first_failure(copy, Batch(side_of(test), (test,)), ALONE, env) else ""
    except TimedOut:
        return "did not end without the fault"
