"""kill -9 under load: after a restart nothing that was acknowledged is missing, the orders to the leaves included."""

import shutil
from pathlib import Path

from tests.e2e.kills import kills


def test_what_was_acknowledged_before_a_kill_is_there_after_it(seeded: Path, tmp_path: Path) -> None:
    acknowledged, lost = kills(shutil.copytree(seeded, tmp_path / "data"), 1)
    assert acknowledged >= 9
    assert lost == []
