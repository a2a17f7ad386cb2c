"""A hub with a reading desk, and a branch with a study that one of its radiologists has claimed."""

from typing import Any
from uuid import UUID

import pytest

from tests.telemed.conftest import Call, World
from tests.telemed.reading import helpers


@pytest.fixture(autouse=True)
async def desk(world: World) -> None:
    await helpers.desk(world)


@pytest.fixture
async def study(world: World) -> UUID:
    return await helpers.study(world)


@pytest.fixture
async def reading(call: Call, study: UUID) -> Any:
    return await helpers.claimed(call, study)
