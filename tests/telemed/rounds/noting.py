"""Writes, submits and countersigns the notes of rounds; and what is asked of whom."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import select

from telemed.people.model import Registration
from telemed.work.model import WorkItem
from tests.telemed.conftest import Call, World, rows

TEXT = {"condition": "夜间平卧，水肿减轻", "assessment": "容量负荷好转", "plan": "三天后复查"}


async def put(call: Call, item: Any, version: int, who: str = "doctor", **text: str) -> tuple[int, Any]:
    return await call(who, "PUT", f"/rounds/items/{item['id']}/note", json=TEXT | text, match=version)


async def post(call: Call, item: Any, what: str, version: int, who: str, body: Any = None) -> tuple[int, Any]:
    return await call(who, "POST", f"/rounds/items/{item['id']}/note/{what}", json=body, match=version)


async def unregister(world: World, who: str) -> None:
    async with world.db.write() as db:
        for each in (await db.exec(select(Registration).where(Registration.staff_id == world.ids[who]))).all():
            await db.delete(each)


async def asked(world: World, kind: str = "") -> list[tuple[str, str, datetime | None, dict[str, Any]]]:
    """What is asked now: kind, of whom, until when, its note."""
    names = {id: name for name, id in world.ids.items() if isinstance(id, UUID)}
    found = [each for each in await rows(world.db, WorkItem) if each.done_at is None and kind in each.kind]
    assert all((each.note["ward"], each.note["ward_en"]) == ("5 病区", "Ward 5") for each in found)
    return [
        (each.kind, names[each.staff_id] if each.staff_id else str(each.role), each.due_at, _without_ward(each.note))
        for each in found
    ]


def _without_ward(note: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in note.items() if not name.startswith("ward")}
