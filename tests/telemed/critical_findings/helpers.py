"""What the tests of critical findings share: raising one, acting on it, letting its ladder climb."""

from typing import Any, Final

from telemed.people.model import Staff
from telemed.work.clock import take_due
from telemed.work.duty import on_duty
from telemed.work.model import Notice
from tests.telemed.conftest import Call, FakeClock, World, rows

BLEEDING: Final = {"code": "intracranial_bleeding", "value": "30"}


async def raised(call: Call, reading: Any, who: str = "reader", **more: str) -> Any:
    path = f"/readings/{reading['id']}/critical-findings"
    status, out = await call(who, "POST", path, json=BLEEDING | more)
    assert status == 201, out
    return out


async def act(call: Call, who: str | None, finding: Any, what: str, **body: Any) -> Any:
    headers = {"If-Match": f'"{finding["version"]}"'}
    path = f"/critical-findings/{finding['id']}/{what}"
    return await call(who, "POST", path, json=body or None, headers=headers)


async def acted(call: Call, clock: FakeClock, finding: Any, who: str = "doctor") -> Any:
    done = {
        "doctor": "陈医师",
        "informed_at": clock().isoformat(),
        "action": "已请神经外科",
        "acted_at": clock().isoformat(),
    }
    status, out = await act(call, who, finding, "act", **done)
    assert status == 200, out
    return out


async def shown(call: Call, id: str, who: str = "doctor") -> Any:
    status, out = await call(who, "GET", f"/critical-findings/{id}")
    assert status == 200, out
    return out


async def climb(world: World, clock: FakeClock, minutes: float = 5) -> None:
    clock.move(minutes=minutes)
    assert await take_due(world.db, clock(), on_duty) == {}


async def told(world: World, ladder: str = "critical_value") -> list[str]:
    """Who was told by this ladder, in the order in which they were."""
    names = {each.id: each.number for each in await rows(world.db, Staff)}
    found = sorted(await rows(world.db, Notice), key=lambda each: (each.told_at, each.n, names[each.staff_id]))
    return [names[each.staff_id] for each in found if each.ladder == ladder]
