"""A study of Wuxi, and who may draw on it."""

from uuid import UUID

import pytest

from tests.telemed.conftest import World
from tests.telemed.reading import helpers


@pytest.fixture
async def study(world: World) -> UUID:
    """A study of Wuxi, and radiologists of the hub who may be asked to read it."""
    await helpers.desk(world)
    return await helpers.study(world)
