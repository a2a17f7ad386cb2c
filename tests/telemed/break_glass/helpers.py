"""What the tests of break-glass share: who opens what, and why."""

from typing import Any

from telemed.consultations.model import Consultation
from tests.telemed.conftest import Call

WHY = {"cause": "emergency", "words": "患者转运途中病情恶化"}
WHO = "neurologist"  # an expert of the hub, to whom nobody has given anything


def body(case: Consultation, **more: Any) -> dict[str, Any]:
    return {"hospital_id": "wuxi", "number": str(case.patient_id), **WHY, **more}


async def opened(call: Call, case: Consultation, who: str = WHO) -> Any:
    status, found = await call(who, "POST", "/break-glass", json=body(case))
    assert status == 201, found
    return found
