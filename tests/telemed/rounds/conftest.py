"""A ward with four patients, and an agreement that covers rounds."""

import pytest

from tests.telemed.conftest import World
from tests.telemed.rounds import helpers


@pytest.fixture(autouse=True)
async def ward(world: World) -> None:
    await helpers.ward(world)
