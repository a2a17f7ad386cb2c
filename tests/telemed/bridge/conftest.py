"""An archive for the tests of what the product tells imaging."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from imaging.archive import Archive, open_archive


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    async def ignore(_event: object) -> None: ...

    async with open_archive(tmp_path / "imaging", publish=ignore) as opened:
        yield opened
