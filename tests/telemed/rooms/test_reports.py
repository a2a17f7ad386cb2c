"""What signaling reports is kept, whatever a page put into it: one odd message must not hold up a room's reports."""

from datetime import timedelta
from typing import Any

import pytest

from telemed.kit.table import new_id
from telemed.rooms import service
from tests.telemed.conftest import NOW, World


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ({"text": "血压 120/80"}, "血压 120/80"),
        ({"text": 5}, "5"),
        ({"text": None}, "None"),
        ({}, ""),
        ("plain", "plain"),
    ],
)
async def test_chat_is_kept_as_text(world: World, payload: Any, text: str) -> None:
    room = new_id()
    said = {"from": f"{world.ids['doctor']}/page", "topic": "chat", "payload": payload, "to": None}
    async with world.db.write() as db:
        await service.take_in(db, room, "chat", 1, 7, said, NOW, NOW)
    async with world.db.read() as db:
        (kept,) = await service.messages(db, room)
    assert (kept.text, kept.sender) == (text, world.ids["doctor"])


async def test_a_room_that_ends_is_left_by_every_device_so_who_knocks_next_time_is_not_inside(world: World) -> None:
    room, doctor = new_id(), world.ids["doctor"]

    async def report(kind: str, device: str | None, minute: int) -> None:
        data = {"id": f"{doctor}/{device}", "sub": str(doctor)} if device else {"reason": "ended"}
        async with world.db.write() as db:
            at = NOW + timedelta(minutes=minute)
            await service.take_in(db, room, kind, 1, minute, data, at, at)

    await report("member.joined", "page", 0)
    await report("member.joined", "companion", 1)
    await report("room.ended", None, 30)
    await report("member.waiting", "page", 90)
    async with world.db.read() as db:
        stay = await service.stay(db, room, doctor)
    assert (stay.inside, stay.waiting) == (set(), {"page"})
    assert (stay.joined_at, stay.left_at) == (NOW, NOW + timedelta(minutes=30))
