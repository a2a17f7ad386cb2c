"""At the upgrade what was saved for emergencies and rings at nobody's page is given up, and nothing else."""

from datetime import timedelta
from typing import Any

from telemed.access.model import Role
from telemed.db import Database
from telemed.migrations import migrate
from telemed.work.ladder import chosen
from telemed.work.ladders import rung
from telemed.work.model import Deadline, Rung, To, When
from tests.telemed.conftest import NOW, World, rows

FIRST = rung(When.due, 0, To.on_duty, at_hub=True)


def saved(hospital: str, *later: dict[str, Any], ladder: str = "stat") -> list[Rung]:
    of = {"ladder": ladder, "hospital_id": hospital, "valid_from": NOW, "saved_at": NOW}
    return [Rung(**each | of, n=n) for n, each in enumerate((FIRST, *later))]


def after(role: Role, *, at_hub: bool = True, again: bool = False) -> dict[str, Any]:
    return rung(When.after, 1, To.role, role, at_hub=at_hub, again=again)


async def go(db: Database, to: str) -> None:
    async with db.writer.begin() as connection:
        await connection.run_sync(migrate, to)


async def test_what_rings_at_nobodys_page_is_given_up_and_what_rings_stays(world: World) -> None:
    duty = after(Role.duty_officer, again=True)
    await go(world.db, "0036")
    async with world.db.write() as db:
        db.add_all(saved("wuxi", after(Role.dispatcher), duty))
        db.add_all(saved("jiashan", after(Role.coordinator), duty))
        db.add_all(saved("wuxi", after(Role.dispatcher), ladder="approval"))
    await go(world.db, "head")
    found = await rows(world.db, Rung)
    assert {each.valid_until for each in found if each.ladder == "approval"} == {None}
    now = max(each.valid_until for each in found if each.valid_until is not None) + timedelta(seconds=1)
    for branch, of in (("wuxi", ""), ("jiashan", "jiashan")):
        rings = Deadline(ladder="stat", hospital_id=branch, hub_id="ruijin", urgency="stat", began_at=now, due_at=now)
        ladder = chosen(found, rings)
        assert [each.role for each in ladder if each.role] == ["coordinator", "duty_officer"]
        assert {each.hospital_id for each in ladder} == {of}
