"""The demonstration that the tests of a run have copies of: `python -m tests.e2e.seed FOLDER` makes it.

It is made as after a power cut: a first start that was interrupted comes before. What the whole start printed is kept
beside the folder, and a digest of the code that made it.
"""

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import pytest

from telemed.demo.answer import Company, play
from telemed.demo.images.studies import EXAMINATIONS
from telemed.demo.run import demonstration as in_this_process
from telemed.demo.story import Vignette
from telemed.demo.vignettes import VIGNETTES
from tests.e2e.conftest import PASSWORD, ROOT, demonstration

PRODUCT = ("telemed", "imaging", "signaling")


class Refused(Exception):
    """The folder that was given is no seed of this code."""


def make(data_dir: Path) -> None:
    with ThreadPoolExecutor(1) as thread:  # in this one the browser of other tests may have an event loop
        thread.submit(asyncio.run, _interrupted(data_dir)).result()
    with demonstration(data_dir, forked=False) as running:
        pass
    printed_by(data_dir).write_text("\n".join(running.lines) + "\n")
    _tree_of(data_dir).write_text(digest())


def given() -> Path | None:
    """The seed that TELEMED_SEED names; None where nothing is named. Refused if other code made it."""
    if not (named := os.environ.get("TELEMED_SEED")):
        return None
    data_dir = Path(named)
    if not _tree_of(data_dir).exists() or _tree_of(data_dir).read_text() != digest():
        raise Refused(
            f"TELEMED_SEED is {data_dir}, which this code has not made: unset it, or make one with "
            f"`python -m tests.e2e.seed FOLDER`"
        )
    return data_dir


def printed_by(data_dir: Path) -> Path:
    """What the start printed that made it."""
    return data_dir.with_name(f"{data_dir.name}.printed")


def _tree_of(data_dir: Path) -> Path:
    return data_dir.with_name(f"{data_dir.name}.tree")


def digest() -> str:
    total = sha256()
    for path in sorted(path for each in PRODUCT for path in (ROOT / each).rglob("*") if path.is_file()):
        if "__pycache__" not in path.parts:
            total.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return total.hexdigest()


async def _interrupted(data_dir: Path) -> None:
    """It leaves a hospital, its people, and the first case with its images; those of the others would take half a
    minute.
    """
    first = max(VIGNETTES, key=lambda each: each.created)
    images = {key: EXAMINATIONS[key] for key in first.studies}
    with (
        patch("telemed.demo.uploads.EXAMINATIONS", images),
        patch("telemed.demo.seed.EXAMINATIONS", images),
        patch("telemed.demo.seed.play", _stops_after_its_first_case),
        pytest.RaisesGroup(InterruptedError, flatten_subgroups=True),
    ):
        async with in_this_process(data_dir, 0, 0, 0, PASSWORD):
            pass


async def _stops_after_its_first_case(company: Company, vignette: Vignette, now: datetime) -> None:
    await play(company, vignette, now)
    raise InterruptedError


if __name__ == "__main__":
    make(Path(sys.argv[1]))
