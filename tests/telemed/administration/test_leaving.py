"""Who leaves is disabled: what waits for them is shown without patients and handed over in the same action."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import select

from telemed.access.model import Account, Role
from telemed.activities.model import Participant
from telemed.administration import command_line, proposals, registration_ends, staffing
from telemed.administration.model import RoleProposal
from telemed.administration.staff_schemas import StaffIn
from telemed.audit.model import AuditEvent
from telemed.consultations.model import Consultation
from telemed.consultations.service import ask_to_answer_anew, ask_to_close
from telemed.db import Database
from telemed.people.model import Registration, Title
from telemed.rosters.model import Roster, Shift
from telemed.work.model import WorkItem, WorkKind
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.consultations.actions import make_scheduled
from tests.telemed.consultations.conftest import Made, submitted, venue
from tests.telemed.rosters.rosters import HOUR, kept, shift

__all__ = ("submitted", "venue")
RADIOGRAPHERS = {"kind": "role", "subject": "radiographer"}


async def waits(call: Call, world: World, who: str, by: str) -> dict[str, Any]:
    status, found = await call(by, "GET", f"/admin/staff/{world.ids[who]}/waiting")
    assert status == 200
    shown: dict[str, Any] = found
    return shown


async def disable(call: Call, world: World, who: str, by: str, **more: Any) -> tuple[int, Any]:
    path = f"/admin/staff/{world.ids[who]}"
    version = (await call(by, "GET", path))[1].get("version", 1)
    return await call(by, "POST", f"{path}/disable", match=version, json=more)


async def test_what_waits_for_a_lead_is_shown_without_its_patient_and_goes_to_a_colleague(
    call: Call, submitted: Made, world: World, venue: UUID, db: Database
) -> None:
    await make_scheduled(call, submitted, world, venue)
    shown = await waits(call, world, "expert", "admin")
    lead = next(each for each in shown["items"] if each["what"] == "lead")
    assert (lead["number"][:3], lead["hospital_id"]) == ("HZ-", "wuxi")
    assert "陈远山" not in str(shown)
    assert str(world.ids["expert2"]) in {each["id"] for each in shown["successors"]}
    status, problem = await disable(call, world, "expert", "admin")
    assert (status, problem["reason"]) == (409, "still_waits")
    assert [each["key"] for each in problem["waiting"]] == [each["key"] for each in shown["items"]]
    to = {each["key"]: str(world.ids["doctor"]) for each in shown["items"]}
    status, problem = await disable(call, world, "expert", "admin", to=to)
    assert (status, problem["reason"]) == (422, "no_successor")
    status, person = await disable(call, world, "expert", "admin", to_all=str(world.ids["expert2"]))
    assert status == 200, person
    assert person["disabled_at"] is not None
    assert [each.lead_id for each in await rows(db, Consultation)] == [world.ids["expert2"]]
    assert (await waits(call, world, "expert", "admin"))["items"] == []


async def test_who_takes_part_beside_the_lead_is_replaced_or_left_out(
    call: Call, submitted: Made, world: World, venue: UUID, db: Database
) -> None:
    id = await make_scheduled(call, submitted, world, venue)

    async def taking_part() -> set[UUID]:
        return {each.staff_id for each in await rows(db, Participant) if each.role == "expert"}

    add = {"staff_id": str(world.ids["expert2"])}
    assert (await call("coordinator", "POST", f"/consultations/{id}/experts", json=add))[0] == 200
    (item,) = (await waits(call, world, "expert2", "admin"))["items"]
    assert (item["what"], item["may_be_left"], item["hospital_id"]) == ("expert", True, "wuxi")
    key = item["key"]
    to = str(world.ids["neurologist"])
    assert (await disable(call, world, "expert2", "admin", to={key: to}))[0] == 200
    assert await taking_part() == {world.ids["neurologist"]}
    assert (await disable(call, world, "neurologist", "admin", to={key: None}))[0] == 200
    assert await taking_part() == set()
    asked = {each.staff_id for each in await rows(db, WorkItem) if each.done_at is None}
    assert not asked & {world.ids["expert2"], world.ids["neurologist"]}


async def test_what_follows_from_the_data_is_nobodys_to_take_over(call: Call, world: World, db: Database) -> None:
    """The only reviewer of a branch with a role to confirm, and an expert whose registration ends."""
    async with world.db.write() as session:
        proposal = RoleProposal(
            staff_id=world.ids["doctor"], role=Role.administrator, proposed_by=world.ids["wuxi_admin"], proposed_at=NOW
        )
        session.add(proposal)
        ending = select(Registration).where(Registration.staff_id == world.ids["expert"])
        for each in (await session.exec(ending)).all():
            each.valid_until = NOW.date() + timedelta(days=10)
        await session.flush()
        await proposals.review(session, NOW)
        await registration_ends.review(session, NOW)

    async def asked() -> set[UUID | None]:
        return {each.staff_id for each in await rows(db, WorkItem) if each.done_at is None}

    for who, by in (("reviewer", "wuxi_admin"), ("expert", "admin")):
        assert world.ids[who] in await asked()
        assert (await waits(call, world, who, by))["items"] == []
        assert (await disable(call, world, who, by))[0] == 200
        assert world.ids[who] not in await asked()


async def test_the_accompanying_physician_is_replaced_by_their_own_hospitals_administrator(
    call: Call, submitted: Made, world: World, venue: UUID, db: Database
) -> None:
    await make_scheduled(call, submitted, world, venue)
    status, person = await disable(call, world, "doctor", "wuxi_admin", to_all=str(world.ids["doctor2"]))
    assert status == 200, person
    assert [each.accompanying_id for each in await rows(db, Consultation)] == [world.ids["doctor2"]]


async def test_a_registration_that_ends_names_how_many_meetings_it_touches(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    await make_scheduled(call, submitted, world, venue)
    path = f"/admin/staff/{world.ids['expert']}/registrations"
    for until, touched in (("2026-03-01", 1), ("2026-03-02", 0)):
        new = {"hospital_id": "wuxi", "number": "", "valid_from": "2025-01-01", "valid_until": until}
        _, person = await call("admin", "PUT", path, json=new)
        (at_wuxi,) = [each for each in person["registrations"] if each["hospital_id"] == "wuxi"]
        assert (at_wuxi["valid_until"], at_wuxi["touched"]) == (until, touched)


async def test_the_gate_looks_at_the_branch_on_the_day_and_blocks_only_where_the_agreement_says_so(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)

    async def line() -> dict[str, Any]:
        _, case = await call("coordinator", "GET", f"/consultations/{id}")
        return next(each for each in case["checks"] if each["key"] == "registration")

    assert ((await line())["ok"], (await line())["blocks"]) == (True, False)
    path = f"/admin/staff/{world.ids['expert']}/registrations"
    ended = {"hospital_id": "wuxi", "number": "", "valid_from": "2025-01-01", "valid_until": "2026-03-01"}
    await call("admin", "PUT", path, json=ended)
    found = await line()
    assert (found["ok"], found["blocks"], found["detail"]["ended"]) == (False, False, "2026-03-01")
    _, seen = await call("admin", "GET", "/admin/agreements")
    agreement = next(each for each in seen["items"] if each["branch_id"] == "wuxi")
    required = {"registration_required": True}
    await call("admin", "PUT", f"/admin/agreements/{agreement['id']}", match=1, json=required)
    assert (await line())["blocks"] is True


async def test_who_is_disabled_is_signed_out_at_once_and_may_come_back(world: World, call: Call) -> None:
    assert (await call("radiographer", "GET", "/home"))[0] == 200
    assert (await disable(call, world, "radiographer", "jiashan_admin"))[0] == 404
    assert (await disable(call, world, "radiographer", "admin"))[0] == 403
    assert (await disable(call, world, "radiographer", "wuxi_admin"))[0] == 200
    assert (await call("radiographer", "GET", "/home"))[0] == 401
    assert (await disable(call, world, "radiographer", "wuxi_admin"))[0] == 200  # nothing waits any more
    path = f"/admin/staff/{world.ids['radiographer']}"
    _, seen = await call("wuxi_admin", "GET", "/admin/staff", params={"shown": "disabled"})
    assert [each["id"] for each in seen["items"]] == [str(world.ids["radiographer"])]
    status, person = await call("wuxi_admin", "POST", f"{path}/enable", match=seen["items"][0]["version"])
    assert (status, person["disabled_at"]) == (200, None)


async def test_nobody_disables_themselves_and_the_last_administrator_stays(world: World, call: Call) -> None:
    status, problem = await disable(call, world, "wuxi_admin", "wuxi_admin")
    assert (status, problem["reason"]) == (403, "own_account")
    async with world.db.write() as db:
        second = StaffIn(number="W2", name="魏二", title=Title.administrator, roles=[Role.administrator])
        id = (await staffing.save(db, None, "wuxi", second, NOW)).row.id
    path = f"/admin/staff/{id}"
    assert (await call("wuxi_admin", "POST", f"{path}/disable", match=1, json={}))[0] == 200
    assert [each.id for each in await rows(world.db, Account) if each.disabled_at] == [id]


async def test_a_shift_goes_only_to_who_can_stand_on_its_roster_and_is_free(
    call: Call, world: World, db: Database
) -> None:
    own = shift(world.ids["expert"], NOW + HOUR, NOW + 3 * HOUR)
    later = shift(world.ids["expert2"], NOW + 2 * HOUR, NOW + 4 * HOUR, place=2)
    plan = await kept(call, [own, later])
    (item,) = (await waits(call, world, "expert", "admin"))["items"]
    assert (item["takers"], item["may_be_left"]) == ([str(world.ids["expert2"])], True)
    for who, reason in (("neurologist", "no_successor"), ("expert2", "shift_taken")):
        status, problem = await disable(call, world, "expert", "admin", to={item["key"]: str(world.ids[who])})
        assert (status, problem["reason"]) == (422, reason)
    status, person = await disable(call, world, "expert", "admin", to={item["key"]: None})
    assert status == 200, person
    assert [each.staff_id for each in await rows(db, Shift)] == [world.ids["expert2"]]
    (roster,) = await rows(db, Roster)
    assert roster.version == plan["version"] + 1
    assert "roster.shifts" in {each.action for each in await rows(db, AuditEvent)}


async def test_of_a_shift_that_has_begun_the_rest_goes_to_a_colleague(call: Call, world: World, db: Database) -> None:
    await kept(call, [shift(world.ids["expert"], NOW - HOUR, NOW + 3 * HOUR)])
    assert (await disable(call, world, "expert", "admin", to_all=str(world.ids["expert2"])))[0] == 200
    found = sorted(await rows(db, Shift), key=lambda each: each.starts)
    assert [(each.staff_id, each.starts, each.ends) for each in found] == [
        (world.ids["expert"], NOW - HOUR, NOW),
        (world.ids["expert2"], NOW, NOW + 3 * HOUR),
    ]


async def test_what_waits_for_who_was_disabled_at_the_command_line_is_handed_over(
    call: Call, world: World, db: Database
) -> None:
    await kept(call, [shift(world.ids["radiographer"], NOW + HOUR, NOW + 3 * HOUR)], "wuxi_admin", **RADIOGRAPHERS)
    async with db.write() as session:
        assert await command_line.disable(session, "radiographer", NOW) == 1
    (item,) = (await waits(call, world, "radiographer", "wuxi_admin"))["items"]
    assert item["takers"] == []  # the only one: nobody for now
    status, person = await disable(call, world, "radiographer", "wuxi_admin", to={item["key"]: None})
    assert (status, person["disabled_at"]) == (200, "2026-03-02T01:00:00Z"), person
    assert (await waits(call, world, "radiographer", "wuxi_admin"))["items"] == []


async def test_what_the_requesting_doctor_owes_is_asked_of_the_branch_once_they_have_left(
    call: Call, submitted: Made, world: World, venue: UUID, db: Database
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    async with db.write() as session:
        row = await session.get_one(Consultation, id)
        await ask_to_close(session, row, NOW)
    shown = await waits(call, world, "doctor", "wuxi_admin")
    to = {each["key"]: None if each["may_be_left"] else str(world.ids["doctor2"]) for each in shown["items"]}
    assert None in to.values()
    assert (await disable(call, world, "doctor", "wuxi_admin", to=to))[0] == 200
    async with db.write() as session:
        await ask_to_answer_anew(session, await session.get_one(Consultation, id), NOW)
    asked = {each.kind: (each.staff_id, each.role) for each in await rows(db, WorkItem) if each.done_at is None}
    for kind in (WorkKind.close, WorkKind.acknowledge):
        assert asked[kind] == (None, Role.requesting_doctor)
