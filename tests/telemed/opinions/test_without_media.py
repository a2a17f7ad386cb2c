"""The record says which participants of a call were without sound and picture."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from telemed.activities import attendance
from telemed.app import kinds
from telemed.consultations.model import Consultation
from tests.telemed.conftest import NOW, Call, World
from tests.telemed.opinions.helpers import board, booked, consultation, opinion, save, sign

NOTE = "未接入音视频"


async def _tell(world: World, id: str, kind: str, data: dict[str, Any], seq: int) -> None:
    async with world.db.write() as db:
        await attendance.take_in(db, kinds(), UUID(id), kind, data, NOW, NOW, epoch=1, seq=seq)


async def _printed(call: Call, world: World, seats: Sequence[str] | None) -> str:
    """The record of forty minutes with the lead, the accompanying doctor and an expert beside them."""
    id = await consultation(world)
    await booked(world, id, "expert2")
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        row.started_at, row.ended_at = NOW, NOW + timedelta(minutes=40)
    for seq, who in enumerate(("expert", "doctor", "expert2")):
        page = f"{world.ids[who]}/page"
        await _tell(world, id, "member.joined", {"id": page, "sub": str(world.ids[who])}, seq)
    if seats is not None:
        await _tell(world, id, "seats", {"publishers": [f"{world.ids[who]}/page" for who in seats]}, 9)
    _, draft = await save(call, id, 0, opinion())
    assert (await sign(call, id, draft["version"]))[0] == 200
    signed = (await board(call, id))["signed"][0]
    status, pdf = await call("expert", "GET", f"/opinions/{signed['id']}/record")
    assert status == 200
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pdfium.PdfDocument(pdf))


async def test_the_expert_beside_the_two_seats_is_noted_and_nobody_else(call: Call, world: World) -> None:
    assert (await _printed(call, world, ["expert", "doctor"])).count(NOTE) == 1


async def test_nothing_is_noted_where_the_room_did_not_say_who_had_a_seat(call: Call, world: World) -> None:
    assert NOTE not in await _printed(call, world, None)
