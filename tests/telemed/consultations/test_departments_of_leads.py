"""A consultation for which a department was asked belongs to the department whose expert leads it."""

from uuid import UUID

from telemed.access.model import Account
from telemed.consultations.model import Consultation
from telemed.db import Database
from telemed.people.model import Staff
from tests.telemed.conftest import Call, World, rows
from tests.telemed.consultations.actions import INSTEAD_OF_LEAD, act, instead, make_approved, version_of
from tests.telemed.consultations.conftest import Made


async def sees(call: Call, who: str, id: UUID) -> bool:
    return (await call(who, "GET", f"/consultations/{id}"))[0] == 200


async def test_a_department_that_named_the_lead_replaces_them_by_its_own(
    call: Call, submitted: Made, world: World
) -> None:
    id = await make_approved(call, submitted)
    await act(call, "coordinator", id, "accept", {"department_id": str(world.departments["ruijin", "cardiology"])})
    await act(call, "dispatcher", id, "lead", {"lead_id": str(world.ids["expert"])})
    status, problem = await act(call, "dispatcher", id, INSTEAD_OF_LEAD, instead(world, "neurologist"))
    assert (status, problem["reason"]) == (422, "other_department")
    assert (await act(call, "dispatcher", id, INSTEAD_OF_LEAD, instead(world, "expert2")))[0] == 200


async def test_a_lead_of_another_department_takes_the_case_to_theirs(
    call: Call, submitted: Made, world: World, db: Database
) -> None:
    id = await make_approved(call, submitted)
    cardiology, neurology = (world.departments["ruijin", each] for each in ("cardiology", "neurology"))
    await act(call, "coordinator", id, "accept", {"department_id": str(cardiology)})
    await act(call, "dispatcher", id, "lead", {"lead_id": str(world.ids["expert"])})
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2")))[0] == 200
    assert await sees(call, "dispatcher", id)  # still theirs
    version = await version_of(call, "dispatcher", id)
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "neurologist")))[0] == 200
    assert not await sees(call, "dispatcher", id)
    path = f"/consultations/{id}/{INSTEAD_OF_LEAD}"
    assert (await call("dispatcher", "POST", path, match=version + 1, json=instead(world, "expert")))[0] == 404
    async with db.write() as session:  # the other department's dispatcher
        for kind in (Staff, Account):
            (await session.get_one(kind, world.ids["dispatcher"])).department_id = neurology
    assert await sees(call, "dispatcher", id)
    (row,) = await rows(db, Consultation)
    assert row.hub_department_id == neurology


async def test_a_coordinator_who_names_for_a_department_one_of_another_takes_it_there(
    call: Call, submitted: Made, world: World, db: Database
) -> None:
    id = await make_approved(call, submitted)
    await act(call, "coordinator", id, "accept", {"department_id": str(world.departments["ruijin", "cardiology"])})
    status, problem = await act(call, "dispatcher", id, "lead", {"lead_id": str(world.ids["neurologist"])})
    assert (status, problem["reason"]) == (422, "other_department")
    assert (await act(call, "coordinator", id, "lead", {"lead_id": str(world.ids["neurologist"])}))[0] == 200
    assert not await sees(call, "dispatcher", id)
    (row,) = await rows(db, Consultation)
    assert row.hub_department_id == world.departments["ruijin", "neurology"]


async def test_a_lead_whom_the_coordinator_chose_brings_no_department_in(
    call: Call, submitted: Made, world: World, db: Database
) -> None:
    id = await make_approved(call, submitted)
    await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids["neurologist"])})
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert")))[0] == 200
    assert not await sees(call, "dispatcher", id)
    (row,) = await rows(db, Consultation)
    assert row.hub_department_id is None
