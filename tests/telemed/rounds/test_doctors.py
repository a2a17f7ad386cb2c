"""A further doctor of the hub, named by mistake or no longer needed, is taken off: they see nobody of the round."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.access.model import CaseGrant
from telemed.activities.model import Participant
from telemed.history.model import EventRow
from telemed.work.model import Notice
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import confirm, consent, done, item_of, listed, live, shown, withdraw
from tests.telemed.rounds.room import Room

WHOM = "neurologist"


async def named(call: Call, world: World, session: Any) -> Any:
    body = {"staff_id": str(world.ids[WHOM])}
    path = f"/rounds/sessions/{session['id']}/doctors"
    session = await shown(call, session["id"], "expert")
    status, out = await call("expert", "POST", path, json=body, match=session["version"])
    assert status == 200, out
    return out


async def taken_off(call: Call, world: World, session: Any, who: str = "expert", whom: str = WHOM) -> tuple[int, Any]:
    path = f"/rounds/sessions/{session['id']}/doctors/{world.ids[whom]}"
    return await call(who, "DELETE", path, match=session["version"])


async def sees(world: World, clock: FakeClock) -> set[UUID]:
    found = [each for each in await rows(world.db, CaseGrant) if each.grantee == str(world.ids[WHOM])]
    return {each.patient_id for each in found if each.ended_at is None and each.until > clock()}


@pytest.mark.parametrize("who", ["expert", "coordinator"])
async def test_who_is_taken_off_sees_no_patient_of_the_round_and_hears_that_they_need_not_come(
    call: Call, world: World, clock: FakeClock, who: str
) -> None:
    session = await listed(call, world, clock)
    await consent(world, "01")
    session = await named(call, world, await confirm(call, session, "01"))
    assert await sees(world, clock) == {world.ids["01"]}
    status, out = await taken_off(call, world, session, who)
    assert (status, out["doctors"], out["version"]) == (200, [], session["version"] + 1)
    assert await sees(world, clock) == set()
    assert (await call(WHOM, "GET", f"/rounds/sessions/{session['id']}"))[0] == 404
    assert (await call(WHOM, "GET", f"/patients/{world.ids['01']}"))[0] == 404
    told = [each for each in await rows(world.db, Notice) if each.staff_id == world.ids[WHOM] and not each.ended_at]
    assert [each.ladder for each in told] == ["round_relieved"]
    kept = [each for each in await rows(world.db, EventRow) if each.type == "round.doctor_removed"]
    assert [(each.data["staff_id"], each.actor_name) for each in kept] == [(str(world.ids[WHOM]), who)]
    # Whoever is confirmed later is not shown to them either.
    await consent(world, "02")
    await confirm(call, await shown(call, session["id"]), "02")
    assert await sees(world, clock) == set()


async def test_only_who_names_doctors_takes_them_off_and_only_those_there_are(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await named(call, world, await listed(call, world, clock))
    assert (await taken_off(call, world, session, "doctor"))[0] == 403
    status, refused = await taken_off(call, world, session, WHOM)
    assert (status, refused["reason"]) == (403, "capacity")
    assert (await taken_off(call, world, session, "jiashan_doctor"))[0] in (403, 404)
    assert (await taken_off(call, world, session | {"version": 1}, "expert"))[0] == 412
    for whom in ("expert", "doctor"):  # who leads it, and who is at the bed, are not among them
        status, refused = await taken_off(call, world, session, "coordinator", whom)
        assert (status, refused["reason"]) == (404, "no_such_doctor")
    session = (await taken_off(call, world, session))[1]
    assert (await taken_off(call, world, session))[1]["reason"] == "no_such_doctor"


async def test_who_was_in_the_room_is_put_out_of_it_and_stays_on_record(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await named(call, world, await live(call, world, clock, "01", "02"))
    await done(call, clock, session["id"], WHOM, "ask", item_of(session, "01"), text="建议复查肌钙蛋白")
    async with world.db.write() as db:
        query = select(Participant).where(Participant.staff_id == world.ids[WHOM])
        (await db.exec(query)).one().joined_at = clock()
    rooms = Room(world, clock)
    await rooms.hear()
    session = await shown(call, session["id"], "expert")
    status, out = await taken_off(call, world, session)
    assert (status, out["doctors"]) == (200, [])
    assert (session["id"], WHOM) in await rooms.put_out()
    assert await sees(world, clock) == set()
    left = [each for each in await rows(world.db, Participant) if each.staff_id == world.ids[WHOM]]
    assert [(each.answer, each.joined_at is not None) for each in left] == [("declined", True)]
    assert (await call(WHOM, "POST", f"/rooms/{session['id']}/ticket", json={"device": "page"}))[0] in (403, 404)
    # Named again, they see whom they saw.
    await named(call, world, out)
    assert await sees(world, clock) == {world.ids["01"], world.ids["02"]}


async def test_of_a_round_that_is_over_a_doctor_is_taken_off_too(call: Call, world: World, clock: FakeClock) -> None:
    session = await named(call, world, await live(call, world, clock, "01"))
    await done(call, clock, session["id"], "expert", "present", item_of(session, "01"))
    await done(call, clock, session["id"], "expert", "complete")
    clock.move(minutes=5)
    session = await shown(call, session["id"], "expert")
    assert await sees(world, clock) == {world.ids["01"]}
    assert (await taken_off(call, world, session))[0] == 200
    assert await sees(world, clock) == set()


async def test_a_consent_that_is_replaced_gives_nothing_back_to_who_was_taken_off(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    paper = await consent(world, "01")
    session = await named(call, world, await confirm(call, session, "01"))
    async with world.db.write() as db:
        query = select(Participant).where(Participant.staff_id == world.ids[WHOM])
        (await db.exec(query)).one().joined_at = clock()
    assert (await taken_off(call, world, session))[0] == 200
    await consent(world, "01", days=0.5)
    await withdraw(world, clock, paper)
    assert await sees(world, clock) == set()
