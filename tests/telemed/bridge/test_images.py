"""What imaging learns of people and grants: one's own hospital, and study by study what a case opens."""

from telemed.access.model import Role
from telemed.app import kinds
from telemed.bridge.images import imaging_actor
from tests.telemed.bridge.leaves import granted
from tests.telemed.conftest import NOW, Call, World
from tests.telemed.consultations.actions import act, make_approved
from tests.telemed.consultations.conftest import STUDY, Made, everything_ready, submitted, venue

__all__ = ("submitted", "venue")


async def test_a_grant_is_spelled_out_study_by_study_and_only_confirmed_ones(
    call: Call, submitted: Made, world: World
) -> None:
    id = await make_approved(call, submitted)
    async with world.db.read() as db:
        assert await granted(db, kinds(), NOW) == []  # nothing has arrived
    await everything_ready(world, id)
    async with world.db.read() as db:
        (row,) = await granted(db, kinds(), NOW)
    assert (row.subject, row.hospital, row.study_uid) == ("role:ruijin:coordinator", "wuxi", STUDY)
    await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids["expert"])})
    async with world.db.read() as db:
        found = {each.subject for each in await granted(db, kinds(), NOW)}
    assert found == {"role:ruijin:coordinator", str(world.ids["expert"])}


async def test_grants_end_with_the_consultation(call: Call, submitted: Made, world: World) -> None:
    id = await make_approved(call, submitted)
    await everything_ready(world, id)
    await act(call, "coordinator", id, "decline", {"code": "no_expert", "reason": "转邀"})
    async with world.db.read() as db:
        assert await granted(db, kinds(), NOW) == []


def test_roles_decide_who_reads_stores_and_sees_hidden_studies(world: World) -> None:
    def rights(who: str) -> tuple[bool, bool, bool]:
        found = imaging_actor(world.actor(who))
        return found.reads_own, found.stores, found.sees_hidden

    assert rights("radiographer") == (True, True, True)
    assert rights("doctor") == (True, True, False)
    assert rights("nurse") == (True, False, False)
    assert rights("admin") == (False, False, False)
    assert f"role:wuxi:{Role.radiographer}" in imaging_actor(world.actor("radiographer")).subjects
