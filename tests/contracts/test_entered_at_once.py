"""Of several who enter the same at once one succeeds and the others are told, on SQLite and PostgreSQL."""

import asyncio
from typing import Any

import pytest

from telemed.people.model import Department
from telemed.scheduling.model import Resource
from tests.telemed.conftest import Call, World, rows

pytestmark = pytest.mark.databases_differ

DEPARTMENT = {"hospital_id": "wuxi", "name": "骨科", "specialty": "orthopaedics"}
VENUE = {"hospital_id": "wuxi", "name": "一室"}


@pytest.mark.parametrize(("path", "new"), [("departments", DEPARTMENT), ("venues", VENUE)])
async def test_a_department_or_a_venue_is_entered_once(
    call: Call, world: World, path: str, new: dict[str, Any]
) -> None:
    answers = await asyncio.gather(*(call("wuxi_admin", "POST", f"/admin/{path}", json=new) for _ in range(4)))
    assert sorted(status for status, _ in answers) == [201, 409, 409, 409]
    found: list[Department | Resource] = [*await rows(world.db, Department), *await rows(world.db, Resource)]
    assert [each.hospital_id for each in found if each.name == new["name"]] == ["wuxi"]


async def test_who_connects_the_same_system_at_once_is_told(call: Call, world: World) -> None:
    new = {"kind": "fhir", "name": "one", "address": "http://127.0.0.1:9/one", "account": "", "secret": "alpha"}
    path = "/admin/sources/system"
    asked = (call("wuxi_admin", "PUT", path, match=0, json=new | {"mapping": {}}) for _ in range(4))
    answers = await asyncio.gather(*asked)
    assert [status for status, _ in answers].count(200) == 1, answers
    assert {status for status, _ in answers} <= {200, 409, 412}
