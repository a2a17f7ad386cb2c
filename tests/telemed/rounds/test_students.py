"""Students of the hub follow the beds whose patients have agreed to teaching; of all others they are sent nothing."""

import json
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.access.model import AccountRole, CaseGrant, Role
from telemed.audit.model import AuditEvent
from telemed.cases.events import ConsentChanged
from telemed.cases.model import Consent, ConsentKind, Scope
from telemed.history.consumers import Heard
from telemed.history.events import About
from telemed.kit.table import new_id
from telemed.rounds import hearing
from telemed.rounds.activity import ROUND
from tests.telemed.conftest import NOW as START
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import (
    BEDS,
    act,
    at_bed,
    confirm,
    consent,
    done,
    instructed,
    item_of,
    listed,
    shown,
    sweep,
    withdraw,
)
from tests.telemed.rounds.noting import TEXT, post, put

STUDENT = "neurologist"


@pytest.fixture(autouse=True)
async def student(world: World) -> None:
    """Somebody of the hub who learns, and reads films besides."""
    async with world.db.write() as db:
        for each in (await db.exec(select(AccountRole).where(AccountRole.account_id == world.ids[STUDENT]))).all():
            await db.delete(each)
        db.add_all(AccountRole(account_id=world.ids[STUDENT], role=each) for each in (Role.trainee, Role.radiologist))


async def named(call: Call, session: Any, who: str = "coordinator", whom: UUID | None = None) -> tuple[int, Any]:
    body = {"staff_id": str(whom)}
    return await call(who, "POST", f"/rounds/sessions/{session['id']}/students", json=body, match=session["version"])


async def follows(call: Call, world: World, clock: FakeClock) -> Any:
    """A round that goes on; beds 01 and 02 are confirmed, and at 01 teaching is agreed to. A student is named."""
    session = await listed(call, world, clock)
    world.ids["taught"] = await consent(world, "01", Scope.consult, Scope.teaching)
    await consent(world, "02")
    for bed in ("01", "02"):
        session = await confirm(call, session, bed)
    status, out = await named(call, await shown(call, session["id"], "coordinator"), whom=world.ids[STUDENT])
    assert (status, [each["id"] for each in out["students"]]) == (200, [str(world.ids[STUDENT])]), out
    clock.now = START.replace(hour=0, minute=30, day=START.day + 1)
    await sweep(world, clock)
    await done(call, clock, session["id"], "expert", "start")
    return await shown(call, session["id"], "expert")


async def live_grants(world: World, clock: FakeClock) -> dict[UUID, list[str]]:
    found = [each for each in await rows(world.db, CaseGrant) if each.grantee == str(world.ids[STUDENT])]
    return {each.patient_id: each.allows for each in found if each.ended_at is None and each.until > clock()}


async def test_on_the_sheet_a_bed_without_consent_to_teaching_is_a_bed_number_and_nothing_else(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await follows(call, world, clock)
    await at_bed(call, clock, session, "02")
    mine = await shown(call, session["id"], STUDENT)
    assert (mine["learns"], mine["hidden"], mine["current_id"]) == (True, 2, item_of(session, "02")["id"])
    assert item_of(mine, "01")["patient"]["name"] == BEDS["01"]
    other = item_of(mine, "02")
    assert {name: value for name, value in other.items() if value} == {
        "id": other["id"],
        "version": other["version"],
        "place": 2,
        "bed": "02",
        "state": "presenting",
        "state_since": other["state_since"],
        "minutes": 8,
        "since": other["since"],
        "consent": "none",
    }
    said = json.dumps(mine, ensure_ascii=False)
    assert [name for name in BEDS.values() if name in said] == [BEDS["01"]]
    assert not any(str(world.ids[bed]) in said for bed in ("02", "03", "04"))


async def test_no_read_of_such_a_bed_answers_a_student(call: Call, world: World, clock: FakeClock) -> None:
    session = await follows(call, world, clock)
    item = await at_bed(call, clock, session, "02")
    await instructed(call, clock, session, item)
    await done(call, clock, session["id"], "doctor", "say", item, text="夜间平卧")
    await done(call, clock, session["id"], "expert", "discuss", item)
    for path in (
        f"/rounds/items/{item['id']}",
        f"/rounds/items/{item['id']}/note",
        f"/patients/{world.ids['02']}",
        f"/patients/{world.ids['02']}/chart",
    ):
        assert (await call("expert", "GET", path))[0] == 200, path
        status, out = await call(STUDENT, "GET", path)
        assert status == 404, (path, out)
        assert BEDS["02"] not in json.dumps(out, ensure_ascii=False)
    status, out = await call(STUDENT, "GET", f"/rounds/items/{item['id']}/consents")
    assert status == 403, out
    for kind in ("ask", "say"):
        status, out = await act(call, clock, session["id"], STUDENT, kind, item, text="为什么？")
        assert status == 404, out
    found = await call(STUDENT, "GET", "/rounds/notes")
    assert BEDS["02"] not in json.dumps(found, ensure_ascii=False)
    status, out = await call(STUDENT, "GET", f"/rounds/sessions/{session['id']}/ward")
    assert status == 403, out


async def test_images_room_and_copies_are_of_no_bed_to_a_student(call: Call, world: World, clock: FakeClock) -> None:
    session = await follows(call, world, clock)
    assert await live_grants(world, clock) == {world.ids["01"]: ["read"]}  # imaging shows what is granted alone
    status, out = await call(STUDENT, "POST", f"/rooms/{session['id']}/ticket", json={"device": "page"})
    assert (status, out["reason"]) == (403, "students_follow")
    async with world.db.read() as db:
        assert not await ROUND.may_stay(db, world.actor(STUDENT), UUID(session["id"]), clock())
    sheet = f"/rounds/sessions/{session['id']}/print"
    assert (await call("expert", "GET", sheet))[0] == 200
    status, out = await call(STUDENT, "GET", sheet)
    assert (status, out["reason"]) == (403, "only_to_read")
    item = await at_bed(call, clock, session, "01")
    await done(call, clock, session["id"], "expert", "complete")
    _, note = await put(call, item, 0)
    _, note = await post(call, item, "submit", note["version"], "doctor")
    status, note = await post(call, item, "countersign", note["version"], "expert", TEXT)
    assert status == 200, note
    paper = f"/rounds/items/{item['id']}/note/print"
    assert (await call("expert", "GET", paper))[0] == 200
    assert (await call(STUDENT, "GET", paper))[0] == 404


async def test_a_bed_with_that_consent_is_followed_with_questions_and_without_anything_written(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await follows(call, world, clock)
    item = await at_bed(call, clock, session, "01")
    status, bed = await call(STUDENT, "GET", f"/rounds/items/{item['id']}")
    assert (status, bed["item"]["patient"]["name"]) == (200, BEDS["01"])
    await done(call, clock, session["id"], STUDENT, "ask", item, text="为什么不用利尿剂？")
    status, out = await act(call, clock, session["id"], STUDENT, "say", item, text="减量")
    assert (status, out["reason"]) == (403, "only_ask")


async def test_what_a_student_sees_ends_with_the_round_with_the_consent_and_when_they_are_taken_off(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await follows(call, world, clock)
    async with world.db.write() as db:
        paper = await db.get_one(Consent, world.ids["taught"])
        paper.scopes = ["consult"]
        news = ConsentChanged(id=paper.id, number=paper.number, kind=ConsentKind.patient, scopes=())
        about = About("wuxi", activity=paper.activity, activity_id=paper.activity_id)
    async with world.db.write() as db:
        await hearing.consents_changed(db, Heard(new_id(), news, about, clock(), clock()))
    assert await live_grants(world, clock) == {}
    async with world.db.write() as db:
        (await db.get_one(Consent, world.ids["taught"])).scopes = ["consult", "teaching"]
        await hearing.consents_changed(db, Heard(new_id(), news, about, clock(), clock()))
    assert await live_grants(world, clock) == {world.ids["01"]: ["read"]}
    session = await shown(call, session["id"], "expert")
    path = f"/rounds/sessions/{session['id']}/students/{world.ids[STUDENT]}"
    status, session = await call("expert", "DELETE", path, match=session["version"])
    assert (status, session["students"], await live_grants(world, clock)) == (200, [], {})
    assert (await call(STUDENT, "GET", f"/rounds/sessions/{session['id']}"))[0] == 404
    status, session = await named(call, session, "expert", world.ids[STUDENT])
    assert (status, len(await live_grants(world, clock))) == (200, 1), session
    await at_bed(call, clock, session, "01")
    await done(call, clock, session["id"], "expert", "complete")
    assert await live_grants(world, clock) == {}
    over = await shown(call, session["id"], STUDENT)
    assert [each["patient"] for each in over["items"]] == [None] * len(over["items"])
    written = [each.action for each in await rows(world.db, AuditEvent) if "student" in each.action]
    assert written == ["round.student_added", "round.student_removed", "round.student_added"]


async def test_a_withdrawn_consent_ends_it_at_once(call: Call, world: World, clock: FakeClock) -> None:
    await follows(call, world, clock)
    await withdraw(world, clock, world.ids["taught"])
    assert await live_grants(world, clock) == {}


async def test_only_trainees_of_the_hub_are_named_by_its_lead_or_coordinator_and_once(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    for whom in ("expert2", "doctor2"):
        status, out = await named(call, session, whom=world.ids[whom])
        assert (status, out["reason"]) == (404, "no_such_trainee"), whom
    status, out = await named(call, session, "expert2", world.ids[STUDENT])
    assert status == 404, out  # not the lead, and not on it
    status, session = await named(call, session, whom=world.ids[STUDENT])
    assert status == 200, session
    status, out = await named(call, session, whom=world.ids[STUDENT])
    assert (status, out["reason"]) == (409, "takes_part")
