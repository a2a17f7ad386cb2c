"""Clicks per role, as the browser test of the whole story counts them while it tells it."""

import json
import subprocess
import sys
from collections.abc import Callable

from tests.bench.workshop import Measured, Workshop
from tests.e2e.conftest import ROOT

COUNTED = ROOT / "build" / "clicks.json"
STORY = "tests/e2e/test_story.py"


def clicks(metric: str) -> Callable[[Workshop], Measured]:
    """The measurement of one role's clicks, counted in the run that reports them."""

    def count(shop: Workshop) -> Measured:
        shop.once(_tell)
        assert COUNTED.exists(), f"{STORY} has counted no clicks"
        number = json.loads(COUNTED.read_text())[metric]
        assert number > 0, f"the story ended before it came to {metric}"
        return Measured(number)

    return count


def _tell(_: Workshop) -> None:
    """Runs the story once per run; if it fails, it is not repeated for the next role."""
    COUNTED.unlink(missing_ok=True)
    subprocess.run([sys.executable, "-m", "pytest", "-q", STORY], cwd=ROOT)
