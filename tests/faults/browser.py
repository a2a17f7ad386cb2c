"""What browser files need: the pages as the copy has them, and a demonstration that a first start has filled."""

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.faults.commands import Broken, run

SEED = "TELEMED_SEED"
PAGES = "TELEMED_DEMO_WEB_DIR"
FRESH = 30 * 60.0  # seconds; its round begins ten minutes after the first start
SEEDING = BUILDING = 300.0
# Compressing takes longer than building, and no test asks for it.
PLAIN = """import base from './vite.config'
export default { ...base, plugins: base.plugins.filter((one) => one?.name !== 'precompress') }
"""
FILL = """import sys; from pathlib import Path
from tests.e2e.conftest import demonstration
with demonstration(Path(sys.argv[1])): pass
"""


class Seeds:
    """One is made when the first browser file wants it, and anew when it is old; unless TELEMED_SEED names one."""

    def __init__(self, copy: Path) -> None:
        self._copy, self._folder, self._n, self._at = copy, copy.with_name("seeds"), 0, 0.0

    def env(self) -> Mapping[str, str]:
        """Not while a fault is planted. A demonstration wants to see pages before it fills its data."""
        if not (self._copy / "web/dist/index.html").exists() and not build_pages(self._copy, BUILDING, "web/dist"):
            raise Broken("the pages of the copy cannot be built")
        if given := os.environ.get(SEED):
            return {SEED: given}
        if not self._n or time.monotonic() > self._at + FRESH:
            self._n, self._at = self._n + 1, time.monotonic()
            self._folder.mkdir(parents=True, exist_ok=True)
            words = sys.executable, "-c", FILL, str(self._folder / str(self._n))
            code, said = run(words, self._copy, SEEDING, {"PYTHONPATH": str(self._copy)})
            if code != 0:
                raise Broken(said[-2000:])
        return {SEED: str(self._folder / str(self._n))}


def build_pages(copy: Path, limit: float, to: str = "build/pages") -> Mapping[str, str] | None:
    """Builds them beside those of the tree; None if they cannot be built. The checks have their own step for types."""
    web, pages = copy / "web", copy / to
    (web / "vite.plain.ts").write_text(PLAIN, encoding="utf-8")
    words = ("npx", "--no-install", "vite", "build", "--config", "vite.plain.ts", "--outDir", str(pages))
    code, _ = run((*words, "--emptyOutDir", "--logLevel", "warn"), copy, limit, {}, folder="web")
    return {PAGES: str(pages)} if code == 0 else None
