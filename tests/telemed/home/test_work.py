"""What waits for somebody: the most pressing first, the same thing once, and how much there is in all."""

from datetime import timedelta
from uuid import UUID

from telemed.access.model import AccountRole, Role
from telemed.kit.table import new_id
from telemed.work import service as work
from telemed.work.model import WorkKind
from tests.telemed.conftest import NOW, Call, World


async def _ask(world: World, kind: WorkKind, hours: int, about: UUID | None = None, role: Role = Role.reviewer) -> None:
    async with world.db.write() as db:
        work.ask(db, kind, about or new_id(), "wuxi", NOW, role=role, due_at=NOW + timedelta(hours=hours))


async def test_of_much_work_the_most_pressing_comes_with_the_numbers_of_all(world: World, call: Call) -> None:
    for hours in (3, 1, 2):
        await _ask(world, WorkKind.review, hours)
    await _ask(world, WorkKind.upload, 0, role=Role.radiographer)
    _, found = await call("reviewer", "GET", "/home/work?most=2")
    dues = [each["due_at"] for each in found["items"]]
    assert dues == sorted(dues)
    assert (len(dues), found["waiting"]) == (2, {"review": 3})
    _, home = await call("reviewer", "GET", "/home")
    assert len(home["work"]["items"]) == 3


async def test_whoever_has_two_roles_is_asked_once(world: World, call: Call) -> None:
    about = new_id()
    await _ask(world, WorkKind.review, 1, about)
    await _ask(world, WorkKind.review, 2, about, Role.duty_officer)
    await _ask(world, WorkKind.review, 3)
    async with world.db.write() as db:
        db.add(AccountRole(account_id=world.ids["reviewer"], role=Role.duty_officer))
    _, found = await call("reviewer", "GET", "/home/work")
    assert (len(found["items"]), found["waiting"]) == (2, {"review": 2})


async def test_only_kinds_of_work_are_asked_for(call: Call) -> None:
    status, found = await call("reviewer", "GET", "/home/work?kinds=review,sing")
    assert (status, found["code"]) == (422, "invalid")
    assert (await call("reviewer", "GET", "/home/work?kinds=review&most=401"))[0] == 422
