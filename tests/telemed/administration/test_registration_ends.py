"""备案 that ends is asked to be renewed of the person, their administrators and the branch's medical office."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from telemed.access.model import AccountRole, Role
from telemed.administration.registration_ends import ENDING, ENDINGS, review_all
from telemed.db import Database
from telemed.people.model import Registration
from telemed.work.clock import take_due
from telemed.work.duty import on_duty
from telemed.work.model import Notice, WorkItem
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import make_scheduled
from tests.telemed.consultations.conftest import Made, submitted, venue

__all__ = ["submitted", "venue"]
SOON = "2026-04-20"  # 49 days ahead
RENEWED = {"hospital_id": "wuxi", "number": "备-2", "valid_from": "2026-04-21", "valid_until": "2029-04-20"}


async def ends_on(db: Database, staff_id: UUID, day: str, hospital: str = "wuxi") -> UUID:
    async with db.write() as session:
        of_one = select(Registration).where(Registration.staff_id == staff_id, Registration.hospital_id == hospital)
        row = (await session.exec(of_one)).one()
        row.valid_until = date.fromisoformat(day)
    return row.id


async def open_items(db: Database) -> list[WorkItem]:
    return [each for each in await rows(db, WorkItem) if each.kind == ENDING and each.done_at is None]


async def asked(call: Call, who: str) -> list[dict[str, Any]]:
    items = (await call(who, "GET", "/home"))[1]["work"]["items"]
    return [each for each in items if each["kind"] == ENDING]


async def test_it_is_asked_of_the_person_their_administrator_and_the_branchs_office_until_it_is_renewed(
    world: World, call: Call, clock: FakeClock
) -> None:
    id = await ends_on(world.db, world.ids["expert"], SOON)
    assert await review_all(world.db, clock()) == {}
    for who in ("expert", "admin", "reviewer"):
        (item,) = await asked(call, who)
        assert (item["about_id"], item["due_at"]) == (str(id), "2026-04-20T16:00:00Z")  # midnight in Shanghai
        assert (item["note"]["name"], item["note"]["hospital"], item["note"]["touched"]) == ("expert", "wuxi", 0)
    for who in ("expert2", "wuxi_admin", "jiashan_reviewer", "coordinator", "doctor"):
        assert await asked(call, who) == []
    assert await review_all(world.db, clock()) == {}
    assert len(await rows(world.db, WorkItem)) == 3, "a second look asks nothing again"
    clock.now = NOW + timedelta(days=20)
    assert await take_due(world.db, clock(), on_duty) == {}
    told = {each.staff_id for each in await rows(world.db, Notice) if each.ladder == ENDINGS}
    assert told == {world.ids[who] for who in ("expert", "admin", "reviewer")}
    path = f"/admin/registrations/{world.ids['expert']}"
    status, row = await call("reviewer", "PUT", path, json=RENEWED)
    assert (status, row["valid_until"], row["home"]) == (200, "2029-04-20", "ruijin")
    assert await open_items(world.db) == []
    open_ones = [each for each in await rows(world.db, Notice) if each.ladder == ENDINGS and each.ended_at is None]
    assert open_ones == []


async def test_sixty_days_before_it_is_not_asked_yet_and_a_month_after_the_end_no_more(
    world: World, clock: FakeClock
) -> None:
    await ends_on(world.db, world.ids["expert"], "2026-05-01")  # 60 days after the 2nd of March
    for days, asks in ((0, 0), (1, 3), (60 + 30, 3), (60 + 31, 0)):
        clock.now = NOW + timedelta(days=days)
        await review_all(world.db, clock())
        assert len(await open_items(world.db)) == asks, days


async def test_it_says_which_sessions_lie_after_the_end(
    world: World, call: Call, clock: FakeClock, submitted: Made, venue: UUID
) -> None:
    await make_scheduled(call, submitted, world, venue)
    await ends_on(world.db, world.ids["expert"], "2026-03-01")
    await review_all(world.db, clock())
    (item,) = await asked(call, "reviewer")
    assert item["note"]["touched"] == 1
    _, page = await call("reviewer", "GET", "/admin/registrations")
    (row,) = page["items"]
    assert (page["ending"], row["name"], row["valid_until"]) == (1, "expert", "2026-03-01")
    (session,) = row["sessions"]
    assert session.keys() == {"number", "starts_at"}
    assert session["number"].startswith("HZ-")


async def test_one_that_ends_on_the_last_day_of_the_calendar_is_listed(
    world: World, call: Call, clock: FakeClock, submitted: Made, venue: UUID
) -> None:
    await make_scheduled(call, submitted, world, venue)
    await ends_on(world.db, world.ids["expert"], "9999-12-31")
    await review_all(world.db, clock())
    status, page = await call("reviewer", "GET", "/admin/registrations", params={"ending": "false"})
    assert status == 200
    assert [each["sessions"] for each in page["items"] if each["valid_until"] == "9999-12-31"] == [[]]


async def test_where_a_branch_has_no_medical_office_its_administrator_is_asked(
    world: World, call: Call, clock: FakeClock
) -> None:
    async with world.db.write() as db:
        query = select(AccountRole).where(
            AccountRole.role == Role.reviewer, col(AccountRole.account_id) == (world.ids["reviewer"])
        )
        await db.delete((await db.exec(query)).one())
    await ends_on(world.db, world.ids["expert"], SOON)
    await review_all(world.db, clock())
    assert len(await asked(call, "wuxi_admin")) == 1
    path = f"/admin/registrations/{world.ids['expert']}"
    assert (await call("wuxi_admin", "PUT", path, json=RENEWED))[0] == 200
    assert await asked(call, "wuxi_admin") == []


@pytest.mark.parametrize(
    ("who", "person", "hospital", "expected"),
    [
        (None, "expert", "wuxi", 401),
        ("doctor", "expert", "wuxi", 403),
        ("expert", "expert", "wuxi", 403),
        ("jiashan_reviewer", "expert", "wuxi", 404),  # not their branch
        ("reviewer", "coordinator", "wuxi", 404),  # who never was registered there
        ("reviewer", "expert", "jiashan", 404),
        ("reviewer", "expert", "wuxi", 200),
        ("admin", "expert", "wuxi", 200),
    ],
)
async def test_it_is_renewed_by_the_persons_own_hospital_or_the_branch(
    world: World, call: Call, who: str | None, person: str, hospital: str, expected: int
) -> None:
    path = f"/admin/registrations/{world.ids[person]}"
    assert (await call(who, "PUT", path, json=RENEWED | {"hospital_id": hospital}))[0] == expected


async def test_a_hospital_sees_the_registrations_that_concern_it(world: World, call: Call) -> None:
    await ends_on(world.db, world.ids["expert"], SOON)
    await ends_on(world.db, world.ids["expert2"], "2026-03-10", "jiashan")
    assert (await call("doctor", "GET", "/admin/registrations"))[0] == 403

    async def seen(who: str, **params: str) -> list[tuple[str, str]]:
        _, page = await call(who, "GET", "/admin/registrations", params=params)
        return [(each["name"], each["hospital_id"]) for each in page["items"]]

    assert await seen("admin") == [("expert2", "jiashan"), ("expert", "wuxi")]
    assert await seen("reviewer") == [("expert", "wuxi")]
    assert await seen("jiashan_admin") == [("expert2", "jiashan")]
    assert {hospital for _, hospital in await seen("reviewer", ending="false")} == {"wuxi"}


async def test_everybody_sees_their_own(world: World, call: Call) -> None:
    await ends_on(world.db, world.ids["expert"], SOON)
    _, page = await call("expert", "GET", "/admin/registrations/own")
    assert [(each["name"], each["hospital_id"]) for each in page["items"]] == [
        ("expert", "wuxi"),
        ("expert", "jiashan"),
    ]
    assert (await call("doctor", "GET", "/admin/registrations/own"))[1]["items"] == []
    assert (await call(None, "GET", "/admin/registrations/own"))[0] == 401
