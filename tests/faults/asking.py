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
ALONE: Final = 300.0  # seconds, for the test that noticed it, once more without it


@dataclass(frozen=True)
class Outcome:
    """`by` None: missed; `note` says why, if there is more to say."""

    by: str | None
    seconds: int
    note: str = ""


def ask(root: Path, copy: Path, fault: Fault, seeds: Seeds, longest: float = LONGEST) -> Outcome:
    batches = near(root, fault)
    with_browser = any(each.side is Side.browser for each in batches)
    env = dict(seeds.env()) if with_browser else {}
    begun = time.monotonic()
    with planted(copy, fault):
        by, note = _noticed(copy, fault, batches, env, begun + longest)
    seconds = round(time.monotonic() - begun)
    if by is not None and (why := _fails_anyway(copy, by, env)):
        return Outcome(None, seconds, f"{by} {why}")
    return Outcome(by, seconds, note)


def _noticed(
    copy: Path, fault: Fault, batches: list[Batch], env: dict[str, str], until: float
) -> tuple[str | None, str]:
    for batch in batches:
        if fault.of_pages and batch.side is Side.browser and "TELEMED_DEMO_WEB_DIR" not in env:
            try:
                pages = build_pages(copy, until - time.monotonic())
            except TimedOut:
                return None, "no time was left to build the pages"
            if pages is None:
                return "vite build", ""
            env = {**env, **pages}
        try:
            if (failed := first_failure(copy, batch, until - time.monotonic(), env)) is not None:
                return failed, ""
        except TimedOut:
            return None, "not all tests near it fit into the time"
    return None, ""


def _fails_anyway(copy: Path, test: str, env: Mapping[str, str]) -> str:
    """Why the failure says nothing of the fault: without it the same test, alone, fails too."""
    try:
        if test == "vite build":
            return "" if build_pages(copy, ALONE) else "fails without the fault too"
        return "fails without the fault too" if first_failure(copy, Batch(side_of(test), (test,)), ALONE, env) else ""
    except TimedOut:
        return "did not end without the fault"
