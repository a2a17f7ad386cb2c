"""Reads of images in the audit log: of whom, by which case; hundreds of frames are one row."""

import pytest
from aiohttp.test_utils import make_mocked_request

from telemed.access.policy import ACTOR
from telemed.audit.model import AuditEvent, Purpose
from telemed.audit.reads import Reads
from telemed.bridge.image_reads import ImageReads
from telemed.consultations.model import Consultation
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.actions import make_approved
from tests.telemed.consultations.conftest import STUDY, Made, everything_ready, submitted

__all__ = ("submitted",)


@pytest.fixture
def images(world: World, clock: FakeClock) -> ImageReads:
    return ImageReads(world.db, Reads(world.db), clock)


async def _kept(world: World) -> list[AuditEvent]:
    return [each for each in await rows(world.db, AuditEvent) if each.purpose is Purpose.images]


async def test_frames_of_one_study_are_one_row_per_window_with_patient_and_case(
    call: Call, submitted: Made, world: World, images: ImageReads, clock: FakeClock
) -> None:
    id = await make_approved(call, submitted)
    await everything_ready(world, id)
    async with world.db.read() as db:
        row = await db.get_one(Consultation, id)
    request = make_mocked_request("GET", "/")
    request[ACTOR] = world.actor("coordinator")
    for _ in range(300):
        await images.read(request, [("wuxi", STUDY)])
    (kept,) = await _kept(world)
    assert (kept.actor_id, kept.owner_id) == (world.ids["coordinator"], "wuxi")
    clock.move(minutes=5)
    await images.read(request, [("wuxi", STUDY)])
    assert len(await _kept(world)) == 2
    assert {(each.patient_id, each.target) for each in await _kept(world)} == {(row.patient_id, f"wuxi/{STUDY}")}


async def test_who_is_refused_leaves_a_row_where_the_images_are(
    call: Call, submitted: Made, world: World, images: ImageReads
) -> None:
    id = await make_approved(call, submitted)
    await everything_ready(world, id)
    request = make_mocked_request("GET", "/")
    request[ACTOR] = world.actor("jiashan_doctor")
    for _ in range(3):
        await images.refused(request, STUDY, "not_found")
    await images.refused(request, "1.9.9", "not_found")
    known, unknown = sorted(await _kept(world), key=lambda each: each.patient_id is None)
    assert (known.owner_id, known.outcome, known.patient_id is not None) == ("wuxi", "not_found", True)
    assert (unknown.owner_id, unknown.outcome, unknown.target) == ("jiashan", "not_found", "1.9.9")
