"""How long a state may last is data: the agreement's time before the branch's before the product's default."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from telemed.consultations.dues import watch_anew
from telemed.consultations.ladders import LADDER_OF
from telemed.consultations.model import Consultation
from telemed.consultations.rules.deadlines import IN_STATE
from telemed.consultations.service import close_when_done
from telemed.consultations.words import State, Urgency
from telemed.people.model import Agreement, Hospital
from telemed.work.ladders import shape
from telemed.work.model import Deadline, Rung, When
from telemed.work.service import withdraw
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import act, make_approved, pass_time, state_of
from tests.telemed.consultations.conftest import Made, Save

DAY = timedelta(days=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 3, 6, 8, tzinfo=UTC)  # four in the afternoon in Shanghai


@pytest.fixture
async def agreement(world: World) -> str:
    return next(str(each.id) for each in await rows(world.db, Agreement) if each.branch_id == "wuxi")


async def consultation(world: World, id: UUID) -> Consultation:
    async with world.db.read() as db:
        return await db.get_one(Consultation, id)


async def lasted(world: World, id: UUID) -> timedelta:
    row = await consultation(world, id)
    assert row.state_due_at is not None
    return row.state_due_at - row.state_since


async def make_closed(world: World, submitted: Made) -> UUID:
    id = await submitted()
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        row.state, row.approved_at = State.executing, NOW
        await withdraw(db, id, NOW)
        await close_when_done(db, row, NOW)
    return id


async def test_an_agreements_time_comes_before_the_branchs_and_the_branchs_before_the_default(
    world: World, clock: FakeClock, submitted: Made, lasts: Save, agreement: str
) -> None:
    found = [await lasted(world, await submitted())]
    await lasts("wuxi_admin", "approval", 45, hospital_id="wuxi")
    clock.move(minutes=1)
    found.append(await lasted(world, await submitted(now=clock())))
    await lasts("admin", "approval", 30, agreement_id=agreement)
    clock.move(minutes=1)
    id = await submitted(now=clock())
    found.append(await lasted(world, id))
    assert found == [timedelta(minutes=120), timedelta(minutes=45), timedelta(minutes=30)]
    due = {each.due_at for each in await rows(world.db, Deadline) if each.activity_id == id and each.kind == "state"}
    assert due == {(await consultation(world, id)).state_due_at}, "it climbs its ladder from the same moment"


async def test_an_agreement_without_a_time_of_its_own_has_the_default(
    world: World, submitted: Made, lasts: Save, agreement: str
) -> None:
    await lasts("wuxi_admin", "approval", 45, hospital_id="wuxi")
    await lasts("admin", "approval", 0, agreement_id=agreement)
    assert await lasted(world, await submitted()) == timedelta(minutes=120)


async def test_a_time_for_one_urgency_holds_for_that_one_only(world: World, submitted: Made, lasts: Save) -> None:
    await lasts("wuxi_admin", "approval", 45, hospital_id="wuxi", urgency="routine")
    assert await lasted(world, await submitted(urgency=Urgency.urgent)) == timedelta(minutes=5)
    assert await lasted(world, await submitted()) == timedelta(minutes=45)


async def test_a_change_holds_for_what_begins_after_it_and_moves_nothing_that_has_begun(
    world: World, clock: FakeClock, call: Call, submitted: Made, lasts: Save
) -> None:
    id = await submitted()
    await act(call, "chief", id, "return", {"reason": "请补充心电图", "missing": []})
    before = {each.id: (each.kind, each.due_at) for each in await rows(world.db, Deadline) if each.done_at is None}
    clock.move(minutes=1)
    for ladder, to in (("expiry", "owners"), ("completion", "asked"), ("signing", "asked")):
        await lasts("wuxi_admin", ladder, 15, to, hospital_id="wuxi", valid_from=(clock() + DAY).isoformat())
    clock.move(days=2)
    async with world.db.write() as db:
        await watch_anew(db, await db.get_one(Consultation, id), clock())
    assert await lasted(world, await submitted(now=clock())) == timedelta(minutes=120)
    after = {each.id: (each.kind, each.due_at) for each in await rows(world.db, Deadline) if each.id in before}
    assert after == before
    other = await submitted(now=clock())
    await act(call, "chief", other, "return", {"reason": "请补充心电图", "missing": []})
    row = await consultation(world, other)
    assert (await lasted(world, other), row.sign_due_at) == (timedelta(minutes=15), clock() + timedelta(minutes=15))


async def test_working_time_goes_on_after_the_weekend_and_an_emergency_does_not_wait(
    world: World, submitted: Made, lasts: Save
) -> None:
    closes = min(each.work_ends for each in await rows(world.db, Hospital) if each.id in ("wuxi", "ruijin"))
    end = datetime.combine(FRIDAY, time.fromisoformat(closes), SHANGHAI)
    left = int((end - FRIDAY).total_seconds()) // 60
    assert left > 0
    await lasts("admin", "signing", 0, counted="working")
    await lasts("wuxi_admin", "approval", left + 30, counted="working", hospital_id="wuxi")
    row = await consultation(world, await submitted(now=FRIDAY))
    opens = datetime.combine(FRIDAY.date() + 3 * DAY, time(8), SHANGHAI)
    assert row.state_due_at == opens + timedelta(minutes=30)
    assert row.sign_due_at is not None
    assert row.sign_due_at > opens + DAY, "the default day is one of common working time"
    stat = await consultation(world, await submitted(urgency=Urgency.stat, now=FRIDAY))
    assert stat.sign_due_at == FRIDAY + timedelta(minutes=60)


async def test_hospitals_that_never_work_at_the_same_time_are_kept_from_nothing(
    world: World, submitted: Made, lasts: Save
) -> None:
    async with world.db.write() as db:
        wuxi = await db.get_one(Hospital, "wuxi")
        wuxi.work_starts, wuxi.work_ends = "01:00", "02:00"
    await lasts("admin", "approval", 60, counted="working")
    assert await lasted(world, await submitted()) == timedelta(minutes=60)


async def test_a_case_is_archived_after_the_days_of_its_agreement(
    world: World, call: Call, submitted: Made, lasts: Save, agreement: str
) -> None:
    await lasts("admin", "archiving", 90 * 24 * 60, "owners", agreement_id=agreement)
    id = await make_closed(world, submitted)
    await pass_time(world, NOW + 90 * DAY - timedelta(minutes=1))
    assert await state_of(call, id) == "closed"
    await pass_time(world, NOW + 90 * DAY)
    assert await state_of(call, id) == "archived"


async def test_who_requests_reads_the_time_that_holds_for_them(
    call: Call, submitted: Made, lasts: Save, agreement: str
) -> None:
    await lasts("admin", "approval", 30, agreement_id=agreement)
    await lasts("admin", "signing", 2880, agreement_id=agreement)
    _, found = await call("doctor", "GET", f"/requests/{await submitted()}")
    assert (found["receiver"]["within_minutes"], found["receiver"]["sign_within_minutes"]) == (30, 2880)


async def test_an_untaken_stat_call_has_a_minute_whatever_planned_ones_have(
    world: World, call: Call, submitted: Made, lasts: Save
) -> None:
    await lasts("admin", "acceptance", 600)
    assert await lasted(world, await submitted(urgency=Urgency.stat)) == timedelta(minutes=1)
    assert await lasted(world, await make_approved(call, submitted)) == timedelta(minutes=600)


@pytest.mark.parametrize(
    ("ladder", "minutes", "counted", "fault"),
    [
        ("approval", 366 * 24 * 60, "elapsed", None),
        ("approval", 30 * 24 * 60, "working", None),
        ("approval", 30 * 24 * 60 + 1, "working", "lasts"),
        ("meeting", 5, "elapsed", "moment"),
        ("closing", 5, "elapsed", "moment"),
        ("stat", 5, "elapsed", "moment"),
    ],
)
async def test_what_may_last_so_long_has_bounds_and_a_given_moment_takes_none(
    call: Call, ladder: str, minutes: int, counted: str, fault: str | None
) -> None:
    to = {"to": "on_duty", "at_hub": True} if ladder == "stat" else {"to": "role", "role": "duty_officer"}
    rungs = [{"when": "due", "minutes": minutes, "counted": counted, **to}]
    body = {"rungs": rungs, "hospital_id": "wuxi"}
    _, answer = await call("wuxi_admin", "PUT", f"/admin/ladders/{ladder}", match=0, json=body)
    faults = {each["reason"] for each in answer.get("faults", []) if each["n"] == 0}
    assert faults == ({fault} if fault else set())


async def test_more_than_a_leap_year_is_refused(call: Call) -> None:
    body = {"rungs": [{"when": "due", "minutes": 366 * 24 * 60 + 1, "to": "asked"}], "hospital_id": "wuxi"}
    assert (await call("wuxi_admin", "PUT", "/admin/ladders/approval", match=0, json=body))[0] == 422


async def test_the_rungs_of_the_first_start_leave_it_to_the_default(world: World) -> None:
    async with world.db.read() as db:
        due = (await db.exec(select(Rung).where(Rung.when == When.due))).all()
    assert due
    assert {each.minutes for each in due} == {0}


@pytest.mark.parametrize("state", IN_STATE)
def test_the_page_shows_the_default_of_each_state(state: State) -> None:
    shown = shape(LADDER_OF[state]).within or {}
    rings = {Urgency.stat} if state is State.approved else set()
    assert shown == {of: each for of, each in IN_STATE[state].items() if of not in rings}
