"""What a room said reaches the record on every database."""

from datetime import UTC, datetime

from signaling import Event
from telemed.app import kinds
from telemed.bridge.rooms import RoomReports
from telemed.kit.table import new_id
from telemed.rooms import service as rooms
from tests.telemed.conftest import FakeClock, World


async def test_a_nul_of_before_it_was_refused_does_not_hold_up_the_room(world: World) -> None:
    room, reports = new_id(), RoomReports(world.db, kinds(), FakeClock())
    for seq, text in enumerate(("first", "a\0b", "last"), start=1):
        said = {"from": f"{world.ids['doctor']}/page", "topic": "chat", "payload": {"text": text}, "to": None}
        await reports(
            Event(
                id=str(new_id()),
                type="chat",
                source=f"room/{room}",
                epoch=1,
                seq=seq,
                occurred_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
                data=said,
            )
        )
    async with world.db.read() as db:
        assert [each.text for each in await rooms.messages(db, room)] == ["first", "a\ufffdb", "last"]
