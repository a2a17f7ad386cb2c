"""What the tests of rules share: a rule, and the clause that it needs."""

from typing import Any

from telemed.people.model import Agreement
from tests.telemed.conftest import Call, World, rows

RULE: dict[str, Any] = {
    "name": "夜间 CT", "purpose": "primary", "modality": "CT", "days": "1111111", "starts": "00:00", "ends": "00:00",
    "share": 100, "urgency": "routine", "part": "chest", "question": "常规诊断",
}  # fmt: skip
CLAUSE = "患者在分院就诊时已同意由上级医院阅片。"


async def made(call: Call, world: World, **more: Any) -> Any:
    body = RULE | {"branch_id": "wuxi", "contact_id": str(world.ids["radiographer"])} | more
    status, out = await call("admin", "POST", "/admin/reading-rules", json=body)
    assert status == 201, out
    return out


async def clause(call: Call, world: World, text: str = CLAUSE, valid_from: str = "2026-01-01") -> None:
    (one,) = [each for each in await rows(world.db, Agreement) if each.branch_id == "wuxi"]
    body = {"agreement_id": str(one.id), "text": text, "valid_from": valid_from}
    assert (await call("admin", "POST", "/admin/reading-clauses", json=body))[0] == 201
