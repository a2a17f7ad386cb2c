"""What a quality officer should look at, of what they may see."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.access.model import AccountRole, Role
from telemed.audit.model import AuditEvent, Purpose
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.opinions.model import Advice
from telemed.studies.model import LinkState
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.opinions.helpers import decided, opinion, save, sign, signed

CALM = ["recalled", "interrupted", "late", "opinion_late", "advice_late", "amended"]


@pytest.fixture
async def officers(world: World) -> World:
    async with world.db.write() as db:
        for who in ("nurse", "jiashan_reviewer", "admin"):
            db.add(AccountRole(account_id=world.ids[who], role=Role.quality_officer))
    return world


async def seen(call: Call, who: str = "nurse") -> dict[str, list[str]]:
    """By concern the consultations that are shown."""
    status, found = await call(who, "GET", "/quality")
    assert status == 200, found
    assert [each["concern"] for each in found["concerns"]] == CALM
    assert all(each["many"] == len(each["rows"]) for each in found["concerns"])
    return {each["concern"]: [row["id"] for row in each["rows"]] for each in found["concerns"] if each["many"]}


async def put(world: World, id: str, **values: Any) -> None:
    async with world.db.write() as db:
        (await db.get_one(Consultation, UUID(id))).sqlmodel_update(values)


async def test_what_goes_well_is_counted_and_concerns_nobody(call: Call, officers: World) -> None:
    id, _ = await signed(call, officers)
    await put(officers, id, submitted_at=NOW - timedelta(days=29))
    assert await seen(call) == {}
    _, found = await call("nurse", "GET", "/quality")
    assert found["states"] == {"signed": 1}
    await put(officers, id, submitted_at=NOW - timedelta(days=31))
    assert (await call("nurse", "GET", "/quality"))[1]["states"] == {}


@pytest.mark.parametrize(
    ("concern", "values"),
    [
        ("interrupted", {"state": State.interrupted, "state_due_at": NOW - timedelta(hours=1)}),
        ("late", {"state": State.approved, "state_due_at": NOW - timedelta(minutes=1)}),
        ("opinion_late", {"state": State.answering, "sign_due_at": NOW - timedelta(minutes=1)}),
    ],
)
async def test_what_is_late_or_interrupted_is_shown_once(
    call: Call, officers: World, concern: str, values: dict[str, Any]
) -> None:
    id, _ = await signed(call, officers)
    await put(officers, id, **values)
    assert await seen(call) == {concern: [id]}
    read = [each for each in await rows(officers.db, AuditEvent) if each.action == "read" and each.purpose]
    assert (officers.ids["nurse"], Purpose.list) in {(each.actor_id, each.purpose) for each in read}


async def test_advice_that_is_not_carried_out_in_time_is_shown(call: Call, officers: World) -> None:
    id, out = await signed(call, officers)
    body = {"answers": [{"advice_id": each["id"], "reply": "adopted"} for each in out["advice"]]}
    path = f"/consultations/{id}/acknowledgement"
    assert (await call("doctor", "POST", path, match=out["consultation_version"], json=body))[0] == 200
    assert await seen(call) == {}
    async with officers.db.write() as db:
        for each in (await db.exec(select(Advice))).all():
            each.execute_due_at = NOW - timedelta(minutes=1)
    assert await seen(call) == {"advice_late": [id]}


async def test_an_opinion_that_was_changed_after_signing_is_shown(call: Call, officers: World) -> None:
    id, _ = await signed(call, officers)
    _, draft = await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "补充"})
    _, draft = await save(call, id, draft["version"], opinion(analysis="另见。"))
    assert (await sign(call, id, draft["version"]))[0] == 200
    assert await seen(call) == {"amended": [id]}


async def test_an_opinion_that_lost_its_images_is_shown_until_they_are_back(call: Call, officers: World) -> None:
    id, _ = await signed(call, officers)
    await decided(officers, LinkState.rejected)
    assert (await seen(call))["recalled"] == [id]
    await decided(officers, LinkState.confirmed)
    assert "recalled" not in await seen(call)


async def test_the_hubs_officer_is_told_numbers_and_no_patient(call: Call, officers: World) -> None:
    id, _ = await signed(call, officers)
    await put(officers, id, state=State.interrupted, submitted_at=NOW)
    status, found = await call("admin", "GET", "/quality")
    assert (status, found["states"], found["hidden"]) == (200, {"interrupted": 1}, 1)
    told = {each["concern"]: (each["many"], each["hidden"], each["rows"]) for each in found["concerns"]}
    assert told["interrupted"] == (1, 1, [])
    assert told["late"] == (0, 0, [])
    await put(officers, id, state=State.draft)
    _, found = await call("admin", "GET", "/quality")
    assert all(each["many"] == 0 for each in found["concerns"])


async def test_nobody_sees_another_branchs_and_without_the_role_nothing(call: Call, officers: World) -> None:
    id, _ = await signed(call, officers)
    await put(officers, id, state=State.interrupted)
    assert await seen(call, "jiashan_reviewer") == {}
    assert [(await call(who, "GET", "/quality"))[0] for who in ("doctor", "coordinator", "wuxi_admin")] == [403] * 3
