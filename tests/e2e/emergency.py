"""An emergency in the browser as its caller makes it, through the API where a form is not what is tested."""

from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Locator

from telemed.demo.patients import PATIENTS, PatientText
from telemed.kit.table import new_id
from tests.e2e.conftest import Person

PATIENT, WITH_CT = PATIENTS["dixiu"], PATIENTS["xinxiu"]


def another_call(caller: Person, about: PatientText = WITH_CT) -> str:
    """Another emergency for the same specialty."""
    patient = ask(caller, "POST", "/patients/admitted", {"number": about.number})["patient"]["id"]
    made = ask(caller, "POST", "/requests", {"urgency": "stat", "patient_id": patient})
    content = {
        "ward": "抢救室",
        "purpose": "心源性休克，是否转运？",
        "specialty": "cardiology",
        "treatment": "去甲肾上腺素 0.2 µg/(kg·min)",
        "vitals": [
            {"name": "血压", "value": "82/50", "unit": "mmHg", "flag": "low"},
            {"name": "心率", "value": "128", "unit": "次/分", "flag": "high"},
        ],
        "vitals_at": datetime.now(UTC).isoformat(),
    }
    made = ask(caller, "PATCH", f"/requests/{made['id']}", {"content": content}, made["version"])
    ask(caller, "POST", f"/requests/{made['id']}/submit", None, made["version"])
    return str(made["id"])


def call_off(caller: Person, id: str) -> None:
    version = ask(caller, "GET", f"/consultations/{id}")["version"]
    ask(caller, "POST", f"/consultations/{id}/cancel", {"code": "resolved", "reason": ""}, version)


def ask(person: Person, method: str, path: str, data: Any = None, version: int | None = None) -> Any:
    origin = "/".join(person.page.url.split("/")[:3])
    headers = {"Origin": origin, "Idempotency-Key": new_id().hex} | ({"If-Match": f'"{version}"'} if version else {})
    answer = person.context.request.fetch(f"/api{path}", method=method, data=data, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()


def band(person: Person) -> Locator:
    return person.page.get_by_role("region", name="紧急会诊呼入")


def pass_on(person: Person, why: str = "正在手术或操作") -> None:
    """They cannot come, and say why."""
    band(person).get_by_role("button", name="转下一位").click()
    person.page.get_by_role("dialog", name="转下一位").get_by_role("button", name=why).click()
