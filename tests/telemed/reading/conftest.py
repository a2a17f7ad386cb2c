"""A hub with a reading desk, and a branch with a study."""

from uuid import UUID

import pytest

from tests.telemed.conftest import World
from tests.telemed.reading import helpers


@pytest.fixture(autouse=True)
async def desk(world: World) -> None:
    await helpers.desk(world)


@pytest.fixture
async def study(world: World) -> UUID:
    return await helpers.study(world)
