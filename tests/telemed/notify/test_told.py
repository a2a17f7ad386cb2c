"""Whoever waits sees who was told, whether they have seen it, and what became of their mail."""

from typing import Any
from uuid import UUID

import pytest

from telemed.notify.sender import Sender
from telemed.people.duty import on_duty
from telemed.work.clock import take_due
from tests.fakes.outside import PostOffice
from tests.telemed.conftest import Call, FakeClock, World, add_hub
from tests.telemed.consultations.actions import act
from tests.telemed.consultations.conftest import Made, submitted
from tests.telemed.notify.conftest import gives_address, is_due

__all__ = ["submitted"]
pytestmark = pytest.mark.usefixtures("world")


async def told(call: Call, who: str, id: UUID) -> list[dict[str, Any]]:
    status, found = await call(who, "GET", f"/home/told/{id}")
    assert status == 200
    items: list[dict[str, Any]] = found["items"]
    return items


async def people(call: Call, who: str, id: UUID) -> list[tuple[str, bool, str | None, bool]]:
    """Name, whether they have seen it, what became of their mail, and whether it did not reach them."""
    return [
        (each["name"], each["seen_at"] is not None, each["mail"], each["undelivered"])
        for of in await told(call, who, id)
        for each in of["people"]
    ]


async def test_the_requesting_doctor_sees_whether_the_centre_was_reached(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice
) -> None:
    await gives_address(world, "coordinator")
    post_office.unknown = {"coordinator@mail.example"}
    id = await is_due(world, clock, call, submitted)
    (of,) = await told(call, "doctor", id)
    (person,) = of["people"]
    assert of["ladder"] == "acceptance"
    assert (person["hospital_id"], person["told_at"][:19]) == ("ruijin", clock().isoformat()[:19])
    assert await people(call, "doctor", id) == [("coordinator", False, "queued", False)]
    await sender.send_due()
    assert await people(call, "doctor", id) == [("coordinator", False, "failed", True)]
    (notice,) = (await call("coordinator", "GET", "/home/notices"))[1]["items"]
    await call("coordinator", "POST", f"/home/notices/{notice['id']}/seen", json={"device": "phone"})
    assert await people(call, "doctor", id) == [("coordinator", True, "failed", False)]


async def test_nobody_is_told_of_themselves_and_strangers_of_nothing(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await is_due(world, clock, call, submitted)
    assert await people(call, "coordinator", id) == []
    clock.move(minutes=10)
    assert await take_due(world.db, clock(), on_duty) == {}
    assert [each[0] for each in await people(call, "doctor", id)] == ["hub_duty", "coordinator"]
    assert [each[0] for each in await people(call, "coordinator", id)] == ["hub_duty"]
    await add_hub(world, "zhongshan")
    for stranger in ("jiashan_doctor", "zhongshan"):
        assert (await call(stranger, "GET", f"/home/told/{id}"))[0] == 404
    assert (await call("doctor", "GET", f"/home/told/{world.ids['doctor']}"))[0] == 404
    assert (await call(None, "GET", f"/home/told/{id}"))[0] == 401


async def test_what_has_happened_waits_for_nobody(world: World, clock: FakeClock, call: Call, submitted: Made) -> None:
    id = await is_due(world, clock, call, submitted)
    assert len(await people(call, "doctor", id)) == 1
    assert (await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids["expert"])}))[0] == 200
    assert await people(call, "doctor", id) == []
