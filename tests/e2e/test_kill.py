"""kill -9 under load: after a restart nothing that was acknowledged is missing, the orders to the leaves included."""

import shutil
from pathlib import Path

from tests.e2e.kill_turns import STEPS
from tests.e2e.kills import kills, kills_at_each_step


def test_what_was_acknowledged_before_a_kill_is_there_after_it(seeded: Path, tmp_path: Path) -> None:
    acknowledged, lost = kills(shutil.copytree(seeded, tmp_path / "data"), 1)
    assert acknowledged >= 10
    assert lost == []


def test_a_reading_is_whole_after_a_kill_at_each_of_its_turns(seeded: Path, tmp_path: Path) -> None:
    """Returned for its images, sent again, taken back, given back by the reviewer, issued by one: each is there once,
    with the work that belongs to it, and the branch sees no text before it is signed."""
    steps, lost = kills_at_each_step(shutil.copytree(seeded, tmp_path / "data"))
    assert steps == set(STEPS)
    assert lost == []
