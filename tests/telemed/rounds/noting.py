"""Writes, submits and countersigns the notes of rounds."""

from typing import Any

from sqlmodel import select

from telemed.people.model import Registration
from tests.telemed.conftest import Call, World

TEXT = {"condition": "夜间平卧，水肿减轻", "assessment": "容量负荷好转", "plan": "三天后复查"}


async def put(call: Call, item: Any, version: int, who: str = "doctor", **text: str) -> tuple[int, Any]:
    return await call(who, "PUT", f"/rounds/items/{item['id']}/note", json=TEXT | text, match=version)


async def post(call: Call, item: Any, what: str, version: int, who: str, body: Any = None) -> tuple[int, Any]:
    return await call(who, "POST", f"/rounds/items/{item['id']}/note/{what}", json=body, match=version)


async def unregister(world: World, who: str) -> None:
    async with world.db.write() as db:
        for each in (await db.exec(select(Registration).where(Registration.staff_id == world.ids[who]))).all():
            await db.delete(each)
