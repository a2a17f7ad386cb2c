"""From an emergency's call to the bell in the page of an expert who sits in another room."""

from typing import Any

from tests.bench.call import meeting
from tests.bench.workshop import Measured, Workshop, p95, sign_in
from tests.e2e.conftest import Person

CALLER, SPECIALTY = "wuxi.doctor", "respiratory"  # the specialty of the expert in the other room
# One page notes when its bell is struck, the other when the call is sent. They share a clock.
HOOK = """
(() => {
  window.__struck = 0
  const real = AudioContext.prototype.createOscillator
  AudioContext.prototype.createOscillator = function () {
    if (this.state === 'running') window.__struck ||= performance.timeOrigin + performance.now()
    return real.call(this)
  }
})()
"""
CALL = """async ({ id, version }) => {
  const sent = performance.timeOrigin + performance.now()
  const headers = { 'If-Match': `"${version}"`, 'Idempotency-Key': crypto.randomUUID() }
  const answer = await fetch(`/api/requests/${id}/submit`, { method: 'POST', headers })
  if (!answer.ok) throw new Error(await answer.text())
  return sent
}"""
NOBODY = {"number": None, "name": "无名氏 响铃", "sex": "male", "estimated_age": 60, "temporary": True}


def stat_to_sound(shop: Workshop) -> Measured:
    """In seconds; each time another call, which is cancelled again."""
    tries = shop.often(20)
    took = []
    with meeting(shop, HOOK) as (product, lead, doctor):
        browser = doctor.context.browser
        assert browser is not None
        caller = sign_in(browser, product, CALLER)
        patient = _ask(caller, "POST", "/api/patients", NOBODY)["id"]
        for _ in range(tries):
            lead.page.evaluate("() => { window.__struck = 0 }")
            request = _request(caller, patient)
            sent: float = caller.page.evaluate(CALL, {"id": request["id"], "version": request["version"]})
            lead.page.wait_for_function("() => window.__struck > 0")
            struck: float = lead.page.evaluate("() => window.__struck")
            took.append((struck - sent) / 1000)
            _cancel(caller, request["id"])
            lead.page.wait_for_function("() => !document.querySelector('[data-rings]')")
    return Measured(p95(took), tries)


def _request(caller: Person, patient: str) -> Any:
    made = _ask(caller, "POST", "/api/requests", {"urgency": "stat", "patient_id": patient})
    content = {"ward": "急诊抢救室", "purpose": "呼吸衰竭，是否插管？", "specialty": SPECIALTY}
    return _ask(caller, "PATCH", f"/api/requests/{made['id']}", {"content": content}, made["version"])


def _cancel(caller: Person, id: str) -> None:
    version = _ask(caller, "GET", f"/api/consultations/{id}")["version"]
    _ask(caller, "POST", f"/api/consultations/{id}/cancel", {"code": "resolved", "reason": ""}, version)


def _ask(person: Person, method: str, path: str, data: Any = None, version: int | None = None) -> Any:
    origin = "/".join(person.page.url.split("/")[:3])
    headers = {"Origin": origin} | ({"If-Match": f'"{version}"'} if version else {})
    answer = person.context.request.fetch(path, method=method, data=data, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()
