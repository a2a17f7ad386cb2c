"""Who is discharged or moved after the round has begun: the sheet says so, nobody goes there, and they are skipped."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import select

from telemed.history.consumers import Heard
from telemed.history.events import About
from telemed.history.model import EventRow
from telemed.kit.table import new_id
from telemed.people import admissions
from telemed.people.chart_tables import Admission
from telemed.people.events import AdmissionMoved
from telemed.people.model import Patient, Ward
from telemed.people.ports import Stay
from telemed.rounds import stays
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import act, at_bed, bed_of, confirm, done, instructed, item_of, listed, live, shown
from tests.telemed.rounds.helpers import consent as agree

DUE: dict[str, Any] = {"instruction": "observe", "text": "记出入量"}


async def lies(world: World, clock: FakeClock, bed: str, *, ward: str = "5 病区", to: str = "") -> None:
    """The hospital's system says where this patient lies; without `to`, that they have left. Rounds hear of it."""
    async with world.db.write() as db:
        patient = await db.get_one(Patient, world.ids[bed])
        said = Stay(number=f"W26{bed}", ward=ward, bed=to) if to else Stay(discharged_at=clock())
        await admissions.place(db, patient, said, "his", clock())
        query = select(Admission).where(Admission.patient_id == patient.id)
        stay = (await db.exec(query)).one()
    async with world.db.write() as db:
        news = AdmissionMoved(id=stay.id, from_ward_id=world.ids["ward"], ward_id=stay.ward_id)
        about = About("wuxi", patient_id=world.ids[bed])
        await stays.stay_changed(db, Heard(new_id(), news, about, clock(), clock()))


async def another_ward(world: World) -> None:
    async with world.db.write() as db:
        db.add(Ward(hospital_id="wuxi", code="6", name="6 病区"))


def gone(session: Any) -> dict[str, str | None]:
    return {each["bed"]: each["gone"] for each in session["items"]}


async def test_who_changes_beds_while_the_round_goes_on_is_found_in_the_new_one(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    await done(call, clock, session["id"], "expert", "present", item_of(session, "01"))
    await done(call, clock, session["id"], "expert", "defer", item_of(session, "03"), reason="外出检查")
    before = (await shown(call, session["id"]))["rev"]
    for bed, to in (("01", "11"), ("02", "12"), ("03", "13")):
        await lies(world, clock, bed, to=to)
    after = await shown(call, session["id"])
    # At the first the round already stands.
    assert gone(after) == {"01": None, "12": None, "13": None, "04": None}
    assert after["rev"] > before
    assert (await bed_of(call, session, item_of(after, "12"), "expert"))["item"]["bed"] == "12"


async def test_the_sheet_begins_with_the_beds_in_which_they_lie(call: Call, world: World, clock: FakeClock) -> None:
    session = await listed(call, world, clock)
    for bed in ("01", "02"):
        await agree(world, bed)
        session = await confirm(call, session, bed)
    clock.move(hours=2, minutes=30)
    await lies(world, clock, "02", to="12")
    assert (await act(call, clock, session["id"], "expert", "start", reason="名单未锁定"))[0] == 200
    assert {each["bed"] for each in (await shown(call, session["id"], "expert"))["items"]} == {"01", "12"}


async def test_who_has_left_the_ward_is_neither_gone_to_nor_instructed_but_skipped(
    call: Call, world: World, clock: FakeClock
) -> None:
    await another_ward(world)
    session = await live(call, world, clock)
    visited = await at_bed(call, clock, session, "01")
    await instructed(call, clock, session, visited)
    clock.move(minutes=5)
    await lies(world, clock, "01")
    await lies(world, clock, "02")
    await lies(world, clock, "03", ward="6 病区", to="01")
    seen = await shown(call, session["id"], "expert")
    assert [each["gone"] for each in seen["items"]] == ["discharged", "discharged", "moved", None]
    assert item_of(seen, "02")["actions"] == ["remove", "skip"]
    clock.move(minutes=1)
    due = DUE | {"due_at": (clock() + timedelta(hours=1)).isoformat()}
    status, refused = await act(call, clock, session["id"], "expert", "instruct", visited, **due)
    assert (status, refused["reason"], refused["why"]) == (409, "gone", "discharged")
    for bed, why in (("02", "discharged"), ("03", "moved")):
        status, refused = await act(call, clock, session["id"], "doctor", "present", item_of(session, bed))
        assert (status, refused["reason"], refused["why"]) == (409, "gone", why)
    # The visit that was going on ends, whoever goes on from it.
    await done(call, clock, session["id"], "expert", "present", item_of(session, "04"))
    await done(call, clock, session["id"], "doctor", "skip", item_of(session, "02"), reason="已出院")
    after = await shown(call, session["id"])
    assert {each["bed"]: each["state"] for each in after["items"]} == {
        "01": "discussed",
        "02": "skipped",
        "03": "confirmed",
        "04": "presenting",
    }
    assert gone(after)["02"] is None
    await done(call, clock, session["id"], "expert", "complete")
    left = item_of(await shown(call, session["id"]), "03")
    assert (left["state"], left["why"]) == ("skipped", "moved")


async def test_what_was_done_before_they_left_counts_when_the_cart_sends_it_later(
    call: Call, world: World, clock: FakeClock
) -> None:
    await another_ward(world)
    session = await live(call, world, clock)
    clock.move(minutes=10)
    await lies(world, clock, "01")
    await lies(world, clock, "02", ward="6 病区", to="01")
    clock.move(minutes=1)
    # Ten minutes ago by the cart, which was offline.
    for bed in ("01", "02"):
        status, out = await act(call, clock, session["id"], "doctor", "present", item_of(session, bed), ago=300)
        assert (status, out["outcome"]) == (200, "done"), out
    status, refused = await act(call, clock, session["id"], "doctor", "present", item_of(session, "01"), ago=30)
    assert (status, refused["reason"]) == (409, "gone")


async def test_a_written_round_says_who_has_left_to_the_lead_and_to_who_writes_the_note(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    for bed in ("01", "02"):
        await agree(world, bed)
        session = await confirm(call, session, bed)
    path = f"/rounds/sessions/{session['id']}/convert"
    status, session = await call("expert", "POST", path, json={"reason": "线路中断"}, match=session["version"])
    assert status == 200, session
    await done(call, clock, session["id"], "expert", "discuss", item_of(session, "01"))
    clock.move(hours=3)
    for bed in ("01", "02"):
        await lies(world, clock, bed)
    clock.move(minutes=1)
    seen = await shown(call, session["id"], "expert")
    assert gone(seen) == {"01": "discharged", "02": "discharged"}
    status, refused = await act(call, clock, session["id"], "expert", "discuss", item_of(session, "02"))
    assert (status, refused["reason"]) == (409, "gone")
    await done(call, clock, session["id"], "expert", "skip", item_of(session, "02"), reason="已出院")
    await done(call, clock, session["id"], "expert", "complete")
    note = f"/rounds/items/{item_of(session, '01')['id']}/note"
    for who in ("doctor", "expert"):
        assert (await call(who, "GET", note))[1]["gone"] == "discharged"


async def test_nobody_who_lies_elsewhere_is_confirmed_late(call: Call, world: World, clock: FakeClock) -> None:
    await another_ward(world)
    session = await listed(call, world, clock)
    await agree(world, "01")
    for bed, why in (("01", "moved_away"), ("02", "discharged")):
        item = item_of(session, bed)
        await lies(world, clock, bed, **({"ward": "6 病区", "to": "01"} if bed == "01" else {}))
        status, refused = await call("doctor", "POST", f"/rounds/items/{item['id']}/confirm", json={}, match=1)
        assert (status, refused["reason"]) == (409, why)
    moved = [each for each in await rows(world.db, EventRow) if each.type == "admission.moved"]
    assert [UUID(each.data["from_ward_id"]) for each in moved] == [world.ids["ward"]]
