"""What signaling reports is kept, whatever a page put into it: one odd message must not hold up a room's reports."""

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
