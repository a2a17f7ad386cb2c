"""What a new site lacks goes green by itself, step by step, and each hospital sees its own."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete
from sqlmodel import col

from telemed.access.model import AccountRole, Role
from telemed.activities.model import Answer, Participant
from telemed.devices.model import Device, DeviceCheck, DeviceKind
from telemed.kit.table import new_id
from telemed.people.model import Agreement
from telemed.rooms.model import DeviceTest
from telemed.rosters.model import Covers, Roster, RosterKind, Shift
from telemed.scheduling.model import Resource, ResourceKind
from telemed.sources.model import HospitalSystem, SystemKind
from telemed.studies.model import StudyView
from tests.telemed.conftest import NOW, Call, World

HUB = ["departments", "people", "venues", "agreement", "roster", "mail", "relay", "consultation"]
BRANCH = ["departments", "people", "venues", "agreement", "roster", "system", "images", "mail", "relay", "consultation"]


async def steps(call: Call, who: str) -> dict[str, bool]:
    status, found = await call(who, "GET", "/admin/first-steps")
    assert status == 200, found
    return {each["step"]: each["done"] for each in found["items"]}


async def test_a_hub_and_a_branch_need_different_things(call: Call, world: World) -> None:
    hub, branch = await steps(call, "admin"), await steps(call, "wuxi_admin")
    assert (list(hub), list(branch)) == (HUB, BRANCH)
    assert [step for step, done in hub.items() if done] == ["departments", "people", "agreement"]
    assert [step for step, done in branch.items() if done] == ["departments", "people", "agreement"]


async def test_it_names_the_roles_that_nobody_has(call: Call, world: World) -> None:
    _, found = await call("jiashan_admin", "GET", "/admin/first-steps")
    assert found["items"][1] == {"step": "people", "done": True, "lacks": []}
    async with world.db.write() as db:
        await db.exec(delete(AccountRole).where(col(AccountRole.role) == Role.reviewer))
    _, found = await call("jiashan_admin", "GET", "/admin/first-steps")
    assert found["items"][1] == {"step": "people", "done": False, "lacks": ["reviewer"]}


async def test_each_step_is_done_once_the_data_say_so(call: Call, world: World) -> None:
    tested = DeviceTest(staff_id=world.ids["doctor"], at=NOW, camera=True, microphone=True, network=True)
    tested.details = {"relay": {"state": "ok"}}
    case = new_id()
    rows: list[tuple[str, list[Any]]] = [
        ("venues", [Resource(kind=ResourceKind.venue, hospital_id="wuxi", name="一室", name_en="One")]),
        (
            "system",
            [HospitalSystem(hospital_id="wuxi", kind=SystemKind.views, name="HIS", address="x", heard_at=NOW)],
        ),
        ("images", [StudyView(hospital_id="wuxi", study_uid="1.2", received_at=NOW, changed_at=NOW)]),
        ("relay", [tested]),
        (
            "consultation",
            [
                Participant(
                    activity="consultation",
                    activity_id=case,
                    staff_id=world.ids[who],
                    role="lead",
                    answer=Answer.accepted,
                    joined_at=NOW,
                )
                for who in ("doctor", "expert")
            ],
        ),
    ]
    for step, made in rows:
        assert (await steps(call, "wuxi_admin"))[step] is False
        async with world.db.write() as db:
            db.add_all(made)
        assert (await steps(call, "wuxi_admin"))[step] is True
        assert (await steps(call, "jiashan_admin"))[step] is False


async def test_a_relay_works_as_the_newest_test_that_asked_one_says(call: Call, world: World) -> None:
    cart = Device(
        hospital_id="wuxi",
        kind=DeviceKind.cart,
        name="一号车",
        secret_sha256="",
        registered_at=NOW,
        registered_by=world.ids["wuxi_admin"],
    )
    at = NOW
    for whose, relay, done in (
        ("doctor", None, False),  # before there was one
        ("doctor", "ok", True),
        ("cart", "no_relay", False),
        ("doctor", None, False),
        ("cart", "ok", True),
    ):
        at += timedelta(minutes=1)
        of = {"device_id": cart.id} if whose == "cart" else {"staff_id": world.ids[whose]}
        table = DeviceCheck if whose == "cart" else DeviceTest
        details = {"media": {"state": "ok"}, "relay": {"state": relay} if relay else None}
        async with world.db.write() as db:
            await db.merge(cart)
            await db.flush()
            db.add(table(**of, at=at, camera=True, microphone=True, network=True, details=details))
        assert (await steps(call, "wuxi_admin"))["relay"] is done


@pytest.mark.parametrize(("ends", "done"), [(timedelta(hours=1), True), (timedelta(), False)])
async def test_a_roster_counts_while_somebody_is_still_on_it(
    call: Call, world: World, ends: timedelta, done: bool
) -> None:
    roster = Roster(hospital_id="wuxi", kind=RosterKind.role, subject="duty_officer", covers=Covers.always)
    shift = Shift(roster_id=roster.id, staff_id=world.ids["duty"], starts=NOW - timedelta(hours=8), ends=NOW + ends)
    async with world.db.write() as db:
        db.add(roster)
        await db.flush()
        db.add(shift)
    assert (await steps(call, "wuxi_admin"))["roster"] is done


async def test_an_agreement_that_has_ended_does_not_count(call: Call, world: World) -> None:
    async with world.db.write() as db:
        await db.exec(delete(Agreement).where(col(Agreement.branch_id) == "wuxi"))
    assert (await steps(call, "wuxi_admin"))["agreement"] is False
    assert (await steps(call, "admin"))["agreement"] is True


async def test_only_administrators_ask(call: Call) -> None:
    assert (await call("doctor", "GET", "/admin/first-steps"))[0] == 403
