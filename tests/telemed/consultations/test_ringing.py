"""A stat consultation rings at one after the other until somebody takes it, and its caller sees all of that."""

from uuid import UUID

import pytest

from telemed.access import grants
from telemed.access.model import Account
from telemed.cases.events import ConsentRecorded, ConsentWithdrawn
from telemed.cases.model import Consent, ConsentKind
from telemed.consultations.model import Consultation
from telemed.consultations.service import about
from telemed.consultations.sharing import give_again
from telemed.consultations.words import Urgency
from telemed.db import Database
from telemed.history.service import emit
from telemed.opinions.service import OpinionsOf
from telemed.people.duty import on_duty
from telemed.people.model import Department, Staff
from telemed.work import rings
from telemed.work.model import Deadline, Notice
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import act
from tests.telemed.consultations.calls import Here, events_of, hear, later, rung, seen_by_caller, shown
from tests.telemed.consultations.conftest import Made, everything_ready


@pytest.fixture
async def stat(submitted: Made) -> UUID:
    return await submitted(urgency=Urgency.stat)


async def test_it_rings_at_the_specialty_then_the_centre_then_the_duty_officer_until_it_is_taken(
    world: World, call: Call, clock: FakeClock, stat: UUID
) -> None:
    assert await rung(call) == {"expert", "expert2"}
    assert await shown(call) == {"expert", "expert2", "coordinator", "hub_duty"}
    await later(world, clock, 59)
    assert await rung(call) == {"expert", "expert2"}
    await later(world, clock, 1)
    assert await rung(call) == {"coordinator"}
    await later(world, clock, 60)
    assert await rung(call) == {"hub_duty"}
    await later(world, clock, 60)
    assert await rung(call) == {"hub_duty"}
    await act(call, "expert2", stat, "take", {"lead_id": None})  # whom it no longer rings at may take it too
    assert await rung(call) == set()
    assert await shown(call) == set()
    assert (await call("doctor", "GET", f"/home/ringing/{stat}"))[0] == 404
    await later(world, clock, 600)
    assert await rung(call) == set()


async def test_the_caller_sees_at_whom_it_rings_who_has_it_on_which_screen_and_who_is_next(
    world: World, call: Call, clock: FakeClock, stat: UUID
) -> None:
    async with world.db.write() as db:
        (await db.get_one(Staff, world.ids["hub_duty"])).phone = "021-0000"
    first = await seen_by_caller(call, stat)
    assert {each["name"]: each["seen_at"] for each in first["people"]} == {"expert": None, "expert2": None}
    assert (first["next"]["role"], first["next"]["people"]) == ("coordinator", 1)
    assert (first["phone"], first["phone_of"]) == ("021-0000", "duty_officer")
    clock.move(seconds=2)
    assert (await call("expert", "POST", f"/home/ringing/{stat}/seen", json={"device": "phone"}))[0] == 204
    clock.move(seconds=2)
    assert (await call("expert", "POST", f"/home/ringing/{stat}/seen", json={"device": "computer"}))[0] == 204
    found = {each["name"]: each for each in (await seen_by_caller(call, stat))["people"]}
    assert found["expert"]["seen_on"] == "phone"
    assert found["expert2"]["seen_at"] is None
    await later(world, clock, 60)
    after = await seen_by_caller(call, stat)
    assert (after["people"][0]["name"], after["people"][0]["rings"]) == ("coordinator", True)
    assert {each["name"] for each in after["people"] if not each["rings"]} == {"expert", "expert2"}


async def test_the_caller_is_told_at_once_whether_anybody_hears_it(world: World, stat: UUID) -> None:
    async with world.db.read() as db:
        nobody = await rings.of(db, stat, on_duty, Here(world.ids["coordinator"], world.ids["doctor"]))
        assert (nobody.reachable, {each.online for each in nobody.people}) == (False, {False})
        assert nobody.next is not None
        assert (nobody.next.people, nobody.next.online) == (1, 1)
        heard = await rings.of(db, stat, on_duty, Here(world.ids["expert2"]))
        assert heard.reachable
        assert {each.name: each.online for each in heard.people} == {"expert": False, "expert2": True}


async def test_at_the_ladders_end_it_rings_anew_each_minute_and_each_is_listed_once(
    world: World, call: Call, clock: FakeClock, stat: UUID
) -> None:
    for _ in range(4):
        await later(world, clock, 60)
    (first,) = (await call("hub_duty", "GET", "/home/ringing"))[1]["items"]
    await later(world, clock, 60)
    (again,) = (await call("hub_duty", "GET", "/home/ringing"))[1]["items"]
    assert (first["rings"], again["rings"]) == (True, True)
    assert first["rung_at"] < again["rung_at"]
    listed = (await seen_by_caller(call, stat))["people"]
    assert [(each["name"], each["times"]) for each in listed][:2] == [("hub_duty", 4), ("coordinator", 1)]
    assert len(listed) == 4
    (shown_only,) = (await call("expert", "GET", "/home/ringing"))[1]["items"]
    assert (shown_only["rings"], shown_only["rung_at"]) == (False, None)


async def test_where_the_specialty_has_nobody_the_centre_is_rung_at_once(
    world: World, call: Call, submitted: Made
) -> None:
    id = await submitted(urgency=Urgency.stat, specialty="oncology")
    assert await rung(call) == {"coordinator"}
    assert {each["name"] for each in (await seen_by_caller(call, id))["people"]} == {"coordinator"}


async def test_it_rings_at_the_wanted_department_only_which_is_whom_the_case_is_opened_to(
    world: World, call: Call, submitted: Made
) -> None:
    async with world.db.write() as db:
        second = Department(hospital_id="ruijin", specialty="cardiology", name="心外科", name_en="Cardiac surgery")
        db.add(second)
        await db.flush()
        for kind in (Staff, Account):
            (await db.get_one(kind, world.ids["expert2"])).department_id = second.id
    wanted = world.departments["ruijin", "cardiology"]
    id = await submitted(urgency=Urgency.stat, wanted_department_id=wanted)
    assert {each["name"] for each in (await seen_by_caller(call, id))["people"]} == {"expert"}
    assert await rung(call) == {"expert"}


async def test_a_new_consent_after_a_withdrawn_one_opens_it_again_to_whom_it_rings_at(
    world: World, call: Call, stat: UUID
) -> None:
    async with world.db.write() as db:
        await grants.end(db, stat, NOW)
    assert await rung(call) == set()
    async with world.db.write() as db:
        await give_again(db, await db.get_one(Consultation, stat), OpinionsOf(), NOW)
    assert await rung(call) == {"expert", "expert2"}
    assert await shown(call) == {"expert", "expert2", "coordinator", "hub_duty"}


async def test_while_a_withdrawn_consent_hides_it_nothing_climbs_and_with_a_new_one_it_rings_from_the_start(
    world: World, call: Call, clock: FakeClock, stat: UUID
) -> None:
    await everything_ready(world, stat)
    consent = str((await rows(world.db, Consent))[0].id)
    withdrawn = await call("doctor", "POST", f"/consents/{consent}/withdraw", match=1, json={"reason": "家属要求"})
    assert withdrawn[0] == 200, withdrawn
    await hear(world, ConsentWithdrawn)
    await later(world, clock, 3600)
    assert await rung(call) == set()
    assert (await call("doctor", "GET", f"/home/ringing/{stat}"))[0] == 404
    async with world.db.write() as db:
        (await db.get_one(Consent, UUID(consent))).withdrawn_at = None
        row = await db.get_one(Consultation, stat)
        said = ConsentRecorded(id=UUID(consent), number="1", kind=ConsentKind.patient, scopes=(), paper_due=False)
        emit(db, said, about(row), clock())
    await hear(world, ConsentRecorded)
    assert await rung(call) == {"expert", "expert2"}


async def test_however_long_it_rings_the_caller_sees_each_person_once(
    world: World, call: Call, clock: FakeClock, stat: UUID
) -> None:
    for _ in range(6):
        await later(world, clock, 60)
    found = [each["name"] for each in (await seen_by_caller(call, stat))["people"]]
    assert sorted(found) == ["coordinator", "expert", "expert2", "hub_duty"]
    assert found[0] == "hub_duty"


async def test_the_duty_officer_takes_it_by_naming_the_lead_expert(call: Call, world: World, stat: UUID) -> None:
    (found,) = (await call("hub_duty", "GET", "/home/ringing"))[1]["items"]
    assert (found["asks"], found["names_lead"], found["rings"]) == ("take", True, False)
    lead = str(world.ids["neurologist"])
    assert (await act(call, "hub_duty", stat, "take", {"lead_id": lead}))[1]["state"] == "accepted"


async def test_what_is_cancelled_rings_no_more(call: Call, stat: UUID) -> None:
    await act(call, "doctor", stat, "cancel", {"code": "resolved", "reason": "好转"})
    assert await rung(call) == set()


async def test_a_routine_request_rings_at_nobody(world: World, call: Call, submitted: Made) -> None:
    await submitted()
    assert [each for each in await rows(world.db, Deadline) if each.kind == "ring"] == []
    assert await rung(call) == set()


async def test_after_an_outage_every_rung_is_on_record_as_late_and_only_the_highest_rings(
    world: World, call: Call, clock: FakeClock, stat: UUID
) -> None:
    await later(world, clock, 3600)
    assert await rung(call) == {"hub_duty"}
    assert len([each for each in await rows(world.db, Notice) if each.kind == "ring" and each.ended_at is None]) == 1
    every = [each.data for each in await events_of(world.db, "rung.reached")]
    reached = [each for each in every if each["kind"] == "ring"]
    assert [each["n"] for each in reached] == list(range(len(reached)))
    assert [each["late"] for each in reached[-2:]] == [False, False]
    assert all(each["late"] for each in reached[1:-2])
    assert [each["told"] for each in reached] == [True, *[False] * (len(reached) - 2), True]


async def test_strangers_neither_see_nor_answer_what_rings(call: Call, stat: UUID) -> None:
    for who in ("jiashan_doctor", "neurologist"):
        assert (await call(who, "GET", f"/home/ringing/{stat}"))[0] == 404
        assert (await call(who, "POST", f"/home/ringing/{stat}/pass", json={"why": "operating"}))[0] == 404
        assert (await call(who, "POST", f"/home/ringing/{stat}/seen", json={"device": "phone"}))[0] == 404


@pytest.mark.parametrize("who", ["coordinator", "hub_duty", "expert"])
async def test_whom_another_names_to_lead_an_emergency_is_told_at_once(
    world: World, call: Call, stat: UUID, db: Database, who: str
) -> None:
    assert (await act(call, who, stat, "take", {"lead_id": str(world.ids["expert2"])}))[0] == 200
    told = [(each.ladder, each.told_at) for each in await rows(db, Notice) if each.staff_id == world.ids["expert2"]]
    assert ("leads", NOW) in told
    _, theirs = await call("expert2", "GET", "/home/notices")
    assert (theirs["items"][0]["ladder"], theirs["items"][0]["patient"]["name"]) == ("leads", "陈远山")


async def test_who_takes_it_to_lead_it_is_not_told(call: Call, stat: UUID, db: Database) -> None:
    assert (await act(call, "expert", stat, "take", {"lead_id": None}))[0] == 200
    assert "leads" not in {each.ladder for each in await rows(db, Notice)}
