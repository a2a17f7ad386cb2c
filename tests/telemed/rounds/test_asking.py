"""What rounds ask of whom, until when, and who is told when it is late."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import select

from telemed.people.chart_tables import Observation, ObservationKind
from telemed.scheduling.model import Occupancy
from telemed.scheduling.service import of_activity
from telemed.work.clock import take_due
from telemed.work.duty import on_duty
from telemed.work.model import Deadline, Notice, WorkItem
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import (
    admit,
    at_bed,
    confirm,
    consent,
    done,
    instructed,
    item_of,
    listed,
    live,
    planned,
    sessions,
    shown,
    sweep,
)
from tests.telemed.rounds.noting import TEXT, asked, post, put, unregister


async def told(world: World, clock: FakeClock, ladder: str) -> set[str]:
    """Whom this ladder has told by now."""
    assert await take_due(world.db, clock(), on_duty) == {}
    names = {id: name for name, id in world.ids.items() if isinstance(id, UUID)}
    of_it = {each.id for each in await rows(world.db, Deadline) if each.ladder == ladder}
    found = [each.staff_id for each in await rows(world.db, Notice) if each.deadline_id in of_it]
    return {names.get(each, "?") for each in found}


async def takes(world: World, session_id: str) -> set[UUID]:
    """The resources whose time a session takes."""
    async with world.db.read() as db:
        booking = await of_activity(db, UUID(session_id))
        assert booking is not None
        return set((await db.exec(select(Occupancy.resource_id).where(Occupancy.booking_id == booking.id))).all())


async def decline(call: Call, session: Any, who: str) -> Any:
    path = f"/rounds/sessions/{session['id']}/answer"
    body = {"accepts": False, "words": "临时手术"}
    status, out = await call(who, "POST", path, json=body, match=session["version"])
    assert status == 200, out
    return await shown(call, session["id"], "coordinator")


async def test_who_is_asked_to_lead_instead_has_until_the_list_is_locked_and_then_the_centre_is_told(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    session = await decline(call, session, "expert")
    locks = datetime.fromisoformat(session["locks_at"])
    assert await asked(world, "answer") == [("answer_round", "expert2", locks, {})]
    clock.now = locks
    assert await told(world, clock, "round_answer") == {"expert2"}
    clock.move(minutes=10)
    assert await told(world, clock, "round_answer") == {"expert2", "coordinator"}
    path = f"/rounds/sessions/{session['id']}/answer"
    session = await shown(call, session["id"], "expert2")
    status, out = await call("expert2", "POST", path, json={"accepts": True}, match=session["version"])
    assert status == 200, out
    assert await asked(world, "answer") == []


async def test_where_nobody_is_free_the_centre_names_a_lead_and_bed_doctor_and_places_stay_booked(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    session = await decline(call, await decline(call, session, "expert"), "expert2")
    assert session["lead"] is None
    locks = datetime.fromisoformat(session["locks_at"])
    assert await asked(world, "lead") == [("name_round_lead", "coordinator", locks, {})]
    assert await takes(world, session["id"]) == {world.ids[each] for each in ("venue", "cart", "doctor")}
    body = {"lead_id": str(world.ids["neurologist"])}
    path = f"/rounds/sessions/{session['id']}/lead"
    status, out = await call("coordinator", "POST", path, json=body, match=session["version"])
    assert status == 200, out
    assert [each[:2] for each in await asked(world, "round")][-1] == ("answer_round", "neurologist")
    assert await asked(world, "name_round") == []


async def test_a_round_without_a_time_is_the_coordinators_work_until_it_has_one(call: Call, world: World) -> None:
    await planned(call, world)
    assert await asked(world) == []
    other = await planned(call, world, leads=[str(world.ids["neurologist"])], venue_id=None, accompanying_id=None)
    found = await asked(world)
    assert {each[:2] for each in found} == {("book_round", "coordinator")}
    mine = [each for each in await sessions(call) if each["series_id"] == other["id"]]
    starts = [datetime.fromisoformat(each["starts_at"]) for each in mine]
    assert [each[2] for each in found][:3] == [
        starts[0] - timedelta(hours=2),  # before its list is locked
        max(NOW + timedelta(hours=24), starts[1] - timedelta(days=7)),
        starts[2] - timedelta(days=7),
    ]
    path = f"/rounds/sessions/{mine[1]['id']}/move"
    new = {"starts_at": (starts[1] + timedelta(hours=4)).isoformat(), "minutes": 60}
    status, out = await call("coordinator", "POST", path, json=new, match=mine[1]["version"])
    assert status == 200, out
    assert {each[:2] for each in await asked(world)} == {("book_round", "coordinator"), ("answer_round", "neurologist")}
    assert len(await asked(world)) == len(found)  # of the one its lead is asked again
    path = f"/rounds/sessions/{mine[2]['id']}/cancel"
    status, out = await call("coordinator", "POST", path, json={"reason": "停诊"}, match=mine[2]["version"])
    assert status == 200, out
    assert len(await asked(world)) == len(found) - 1
    outcomes = {each.outcome for each in await rows(world.db, WorkItem) if each.done_at is not None}
    assert outcomes == {"done", "withdrawn"}


async def test_the_ward_is_asked_for_what_its_list_lacks_until_nothing_is(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    await sweep(world, clock)
    locks = datetime.fromisoformat(session["locks_at"])
    assert await asked(world) == [("prepare_round", "doctor", locks, {"proposed": 4, "lacking": 4})]
    await consent(world, "01")
    session = await confirm(call, session, "01")
    await sweep(world, clock)
    assert (await asked(world))[0][3] == {"proposed": 3, "lacking": 4}
    for bed in ("02", "03", "04"):
        item = item_of(session, bed)
        path = f"/rounds/items/{item['id']}/remove"
        status, session = await call("doctor", "POST", path, json={"reason": ""}, match=item["version"])
        assert status == 200, session
    first = item_of(session, "01")
    await data_of(world, "01")
    await sweep(world, clock)
    assert (await asked(world))[0][3] == {"proposed": 0, "lacking": 1}  # its question, and the electrocardiogram
    assert first["lacks"] == ["question", "vitals", "labs", "ecg"]
    clock.now = locks
    await sweep(world, clock)
    assert await told(world, clock, "round_list") == {"doctor"}
    clock.move(minutes=30)
    assert await told(world, clock, "round_list") == {"doctor", "chief"}


async def data_of(world: World, bed: str) -> None:
    async with world.db.write() as db:
        for kind in ObservationKind:
            db.add(
                Observation(
                    patient_id=world.ids[bed],
                    kind=kind,
                    code="x",
                    name="x",
                    value="1",
                    at=NOW + timedelta(hours=20),
                    source="typed",
                )
            )


async def test_without_an_accompanying_physician_the_doctors_of_the_ward_are_asked(
    call: Call, world: World, clock: FakeClock
) -> None:
    await planned(call, world, accompanying_id=None)
    clock.now = NOW + timedelta(hours=21)
    await sweep(world, clock)
    await sweep(world, clock)
    assert [each[:2] for each in await asked(world)] == [("prepare_round", "bed_doctor")]


async def test_each_bed_visited_is_written_of_within_two_hours_and_countersigned_within_a_day(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock, "01", "02")
    for bed in ("01", "02"):
        await at_bed(call, clock, session, bed)
    assert await asked(world) == []  # the round goes on
    await done(call, clock, session["id"], "expert", "complete")
    ended = clock()
    due = ended + timedelta(hours=2)
    assert await asked(world) == [("write_round_note", "doctor", due, {"bed": each}) for each in ("01", "02")]
    clock.move(minutes=30)
    item = item_of(session, "01")
    _, note = await put(call, item, 0)
    status, note = await post(call, item, "submit", note["version"], "doctor")
    assert status == 200, note
    mine = [each for each in await asked(world) if each[3]["bed"] == "01"]
    assert mine == [("countersign_round_note", "expert", clock() + timedelta(hours=24), {"bed": "01"})]
    clock.move(minutes=30)
    status, note = await post(call, item, "return", note["version"], "expert", {"words": "请补充血压"})
    assert status == 200, note
    mine = [each for each in await asked(world) if each[3]["bed"] == "01"]
    again = {"bed": "01", "reason": "请补充血压"}
    assert mine == [("write_round_note", "doctor", clock() + timedelta(hours=2), again)]
    clock.now = ended + timedelta(hours=2)
    assert await told(world, clock, "round_note") == {"doctor"}
    clock.now = ended + timedelta(hours=3)
    assert await told(world, clock, "round_note") == {"doctor", "chief"}


async def test_guidance_then_waits_for_a_senior_doctor_of_the_branch(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock, "01")
    item = await at_bed(call, clock, session, "01")
    await done(call, clock, session["id"], "expert", "complete")
    await unregister(world, "expert")
    _, note = await put(call, item, 0)
    _, note = await post(call, item, "submit", note["version"], "doctor")
    status, note = await post(call, item, "countersign", note["version"], "expert", TEXT)
    assert (status, note["kind"]) == (200, "guidance")
    assert [each[:2] for each in await asked(world)] == [("countersign_round_note", "senior_doctor")]
    status, note = await post(call, item, "countersign", note["version"], "chief", TEXT)
    assert status == 200, note
    assert await asked(world) == []


async def test_an_instruction_is_read_back_soon_then_carried_out_and_climbs_when_it_is_late(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock, "01")
    item = await at_bed(call, clock, session, "01")
    given = await instructed(call, clock, session, item)
    note = {"bed": "01", "item_id": item["id"], "n": 1, "text": given["text"]}
    soon = clock() + timedelta(minutes=30)
    assert await asked(world) == [("read_back_instruction", "doctor", soon, note)]
    shown_at_home = (await call("doctor", "GET", "/home/work"))[1]["items"]
    assert [(each["kind"], each["patient"]["name"]) for each in shown_at_home] == [("read_back_instruction", "卫长庚")]
    await done(call, clock, session["id"], "doctor", "read_back", instruction_id=given["id"], text="呋塞米口服 40 毫克")
    due = datetime.fromisoformat(given["due_at"])
    assert await asked(world) == [("carry_out_instruction", "doctor", due, note)]
    clock.now = due
    assert await told(world, clock, "round_instruction") == {"doctor"}
    clock.move(hours=1)
    assert await told(world, clock, "round_instruction") == {"doctor", "chief"}
    given = (await _instructions(call, item))[0]
    path = f"/rounds/instructions/{given['id']}/execute"
    body = {"order_number": "YZ20260303-18"}
    status, out = await call("doctor", "POST", path, json=body, match=given["version"])
    assert status == 200, out
    assert await asked(world, "instruction") == []
    assert [each for each in await rows(world.db, Deadline) if each.done_at is None and "instr" in each.ladder] == []


async def _instructions(call: Call, item: Any) -> Any:
    status, bed = await call("doctor", "GET", f"/rounds/items/{item['id']}")
    assert status == 200, bed
    return bed["instructions"]


async def test_who_is_admitted_while_the_list_is_open_is_not_asked_about_twice(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    await sweep(world, clock)
    patient = await admit(world, "何箕宿", "05")
    path = f"/rounds/sessions/{session['id']}/items"
    status, out = await call("doctor", "POST", path, json={"patient_id": str(patient)})
    assert status in (200, 201), out
    for _ in range(2):
        await sweep(world, clock)
    assert [each[3]["proposed"] for each in await asked(world)] == [5]
