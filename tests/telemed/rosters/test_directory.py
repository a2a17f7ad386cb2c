"""People find each other by name at their own hospital and its partners; a telephone is given where it may be."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, delete

from telemed.people.model import Agreement, Staff
from telemed.rosters.model import Covers, Roster, RosterKind, Shift
from tests.telemed.conftest import NOW, Call, FakeClock, World


async def listed(call: Call, who: str, query: str = "") -> list[dict[str, Any]]:
    status, found = await call(who, "GET", f"/staff?limit=200{query}")
    assert (status, found["next"], found["total"]) == (200, None, len(found["items"]))
    return list(found["items"])


async def _give_telephones(world: World) -> None:
    async with world.db.write() as db:
        for id in world.ids.values():
            (await db.get_one(Staff, id)).phone = "0510-0000-0166"


async def test_partners_are_found_and_other_hospitals_are_not(call: Call, world: World) -> None:
    assert {each["hospital_id"] for each in await listed(call, "doctor")} == {"wuxi", "ruijin"}
    assert {each["hospital_id"] for each in await listed(call, "expert")} == {"wuxi", "jiashan", "ruijin"}
    assert await listed(call, "doctor", "&hospital_id=jiashan") == []
    async with world.db.write() as db:
        await db.exec(delete(Agreement).where(col(Agreement.branch_id) == "wuxi"))
    assert {each["hospital_id"] for each in await listed(call, "doctor")} == {"wuxi"}
    _, found = await call("doctor", "POST", "/home/search", json={"q": "expert"})
    assert found["people"] == []


async def test_a_telephone_is_of_the_own_hospital_or_of_who_is_on_duty(
    call: Call, world: World, clock: FakeClock
) -> None:
    await _give_telephones(world)
    telephones = {each["id"]: each["phone"] for each in await listed(call, "doctor")}
    assert telephones[str(world.ids["doctor2"])] == "0510-0000-0166"
    assert telephones[str(world.ids["expert"])] == ""
    async with world.db.write() as db:
        db.add(roster := Roster(hospital_id="ruijin", kind=RosterKind.role, subject="expert", covers=Covers.always))
        await db.flush()
        ends = clock.now + timedelta(hours=1)
        db.add(Shift(roster_id=roster.id, staff_id=world.ids["expert"], starts=clock.now, ends=ends))
    (one,) = await listed(call, "doctor", f"&id={world.ids['expert']}")
    assert one["phone"] == "0510-0000-0166"
    name = one["name"]
    _, found = await call("doctor", "POST", "/home/search", json={"q": name})
    assert "0510-0000-0166" in {each["phone"] for each in found["people"]}
    clock.move(hours=1)
    (one,) = await listed(call, "doctor", f"&id={world.ids['expert']}")
    assert one["phone"] == ""
    _, found = await call("doctor", "POST", "/home/search", json={"q": name})
    assert {each["phone"] for each in found["people"] if each["hospital_id"] != "wuxi"} <= {""}


async def test_pages_hold_everybody_once_and_serve_nobody_else(call: Call, world: World) -> None:
    everybody = [each["id"] for each in await listed(call, "expert")]
    found: list[str] = []
    after = ""
    for _ in range(len(everybody)):
        status, page = await call("expert", "GET", f"/staff?limit=4{after}")
        assert (status, page["total"]) == (200, len(everybody))
        found += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert found == everybody
    assert (await call("doctor", "GET", f"/staff?limit=4{after}"))[0] == 422


async def test_who_is_asked_for_by_id_is_named_as_records_name_them(call: Call, world: World) -> None:
    await _give_telephones(world)
    async with world.db.write() as db:
        db.add(roster := Roster(hospital_id="jiashan", kind=RosterKind.role, subject="x", covers=Covers.always))
        await db.flush()
        ends = NOW + timedelta(hours=1)
        db.add(Shift(roster_id=roster.id, staff_id=world.ids["jiashan_doctor"], starts=NOW, ends=ends))
    (one,) = await listed(call, "doctor", f"&id={world.ids['jiashan_doctor']}")
    assert (one["hospital_id"], one["phone"]) == ("jiashan", ""), "on duty, at a hospital without an agreement"
