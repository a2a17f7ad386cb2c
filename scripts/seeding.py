"""The demonstration that a run's tests have copies of: made once, beside the checks, and anew when it is too old."""

import os
import sys
import tempfile
import time
from pathlib import Path

from scripts.running import Spent, Task

# A round of the demonstration begins ten minutes after the first start, so tests must know how old it can be.
OLDEST = 30 * 60.0  # seconds


class Seed:
    """It lives in the run's own folder and goes with it; what is named in the environment before does not count."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._task: Task | None = None
        self._data_dir: Path | None = None
        self._made = 0.0

    def begin(self) -> None:
        self._data_dir = Path(tempfile.mkdtemp(prefix="seed-")) / "data"
        self._task = Task(sys.executable, "-m", "tests.e2e.seed", str(self._data_dir), log=self._log)
        self._task.begin()

    def made(self) -> Spent:
        """Waits for it. If it failed, tests make their own, and say why they cannot."""
        assert self._task is not None, "it has not begun"
        spent = self._task.finish()
        os.environ.pop("TELEMED_SEED", None)
        self._made = time.monotonic()
        if spent.passed:
            os.environ["TELEMED_SEED"] = str(self._data_dir)
        return spent

    def for_the_next(self, seconds: float) -> Spent:
        """Made anew if it would be too old by then."""
        if time.monotonic() - self._made + seconds <= OLDEST:
            return Spent(0, 0.0)
        print(f"the demonstration is older than {OLDEST / 60:.0f} minutes soon, and made anew", flush=True)
        self.begin()
        return self.made()
