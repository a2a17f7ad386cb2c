"""A case of a patient whom somebody of the hub has not been given."""

import pytest

from telemed.consultations.model import Consultation
from tests.telemed.conftest import World, rows
from tests.telemed.opinions.helpers import consultation


@pytest.fixture
async def case(world: World) -> Consultation:
    """Of a patient of wuxi, led by somebody else of the hub."""
    id = await consultation(world)
    return next(each for each in await rows(world.db, Consultation) if str(each.id) == id)
