"""What the tests of requests share: a complete content, and the way to a request that may be submitted."""

from typing import Any
from uuid import uuid4

from tests.telemed.conftest import Call

PDF = b"%PDF-1.7\n" + b"x" * 2000
CONTENT: dict[str, Any] = {
    "department": "心内科",
    "ward": "CCU",
    "bed": "3",
    "attending": "许知遥",
    "attending_phone": "13800000000",
    "purpose": "是否有急诊 TEVAR 指征？",
    "diagnosis": "急性主动脉夹层（Stanford B 型）",
    "history": "突发胸背部撕裂样疼痛。\n\n入院后降压镇痛。",
    "vitals": [{"name": "血压", "value": "172/98", "unit": "mmHg", "flag": "high"}],
    "vitals_at": "2026-03-02T00:30:00Z",
    "tests": [{"name": "D-二聚体", "value": "8.62", "unit": "mg/L", "flag": "high"}],
    "treatment": "艾司洛尔泵入",
    "medicines": "艾司洛尔 100 μg/(kg·min)",
    "specialty": "cardiology",
    "title_wanted": "associate_chief",
    "wishes": [{"start": "2026-03-02T01:00:00Z", "end": "2026-03-02T09:00:00Z"}],
    "no_images": True,
}
TELEPHONE: dict[str, Any] = {
    "kind": "telephone",
    "given_by": "陈小满",
    "relation": "子女",
    "witnesses": ["叶一", "季二"],
}
CHECKLIST = ("ecg", "laboratory", "echocardiogram")


async def patient(call: Call) -> dict[str, Any]:
    status, found = await call("doctor", "POST", "/patients/admitted", json={"number": "0026118842"})
    assert status == 200
    kept: dict[str, Any] = found["patient"]
    return kept


async def draft(call: Call, who: str = "doctor", **more: Any) -> dict[str, Any]:
    status, made = await call(who, "POST", "/requests", json={"urgency": "urgent"} | more)
    assert status == 201, made
    kept: dict[str, Any] = made
    return kept


async def change(call: Call, row: dict[str, Any], who: str = "doctor", **fields: Any) -> dict[str, Any]:
    status, changed = await call(who, "PATCH", f"/requests/{row['id']}", match=row["version"], json=fields)
    assert status == 200, changed
    kept: dict[str, Any] = changed
    return kept


async def upload(call: Call, kind: str = "attachment", who: str = "doctor") -> str:
    data = PDF + uuid4().bytes
    status, made = await call(who, "POST", f"/files?kind={kind}&name=scan.pdf", data=data)
    assert status == 201, made
    return str(made["id"])


async def consent(call: Call, id: str, **more: Any) -> dict[str, Any]:
    return await consent_by(call, "doctor", id, **more)


async def consent_by(call: Call, who: str, id: str, **more: Any) -> dict[str, Any]:
    status, made = await call(who, "POST", f"/consultations/{id}/consents", json={"kind": "patient"} | more)
    assert status == 201, made
    kept: dict[str, Any] = made
    return kept


async def answer_checklist(call: Call, id: str, who: str = "doctor") -> None:
    for word in CHECKLIST:
        item = {"kind": "not_done", "checklist": word, "reason": "设备维修"}
        assert (await call(who, "POST", f"/consultations/{id}/packet", json=item))[0] == 201


async def complete(call: Call, who: str = "doctor", **more: Any) -> dict[str, Any]:
    """A request that lacks nothing."""
    row = await draft(call, who, patient_id=(await patient(call))["id"], **more)
    row = await change(call, row, who, content=CONTENT)
    await answer_checklist(call, row["id"], who)
    await consent_by(call, who, row["id"], file_id=await upload(call, "consent", who))
    return await get(call, row["id"], who)


async def get(call: Call, id: str, who: str = "doctor") -> dict[str, Any]:
    status, found = await call(who, "GET", f"/requests/{id}")
    assert status == 200, found
    kept: dict[str, Any] = found
    return kept


async def submit(call: Call, row: dict[str, Any], who: str = "doctor") -> tuple[int, dict[str, Any]]:
    return await call(who, "POST", f"/requests/{row['id']}/submit", match=row["version"])
