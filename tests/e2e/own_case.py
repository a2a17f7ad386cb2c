"""A patient and a consultation of a test's own, made through the API as far as the test wants them.

A test that shares its demonstration acts on these alone, and finds them by the id that is returned here.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from http.cookiejar import CookieJar
from io import BytesIO
from time import monotonic
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from pydicom import Dataset, dcmwrite

from telemed.kit.table import new_id
from tests.e2e.conftest import PASSWORD, Product
from tests.e2e.folders import images_of

LEADS: Final = {"expert": "柳春分", "professor": "钟清明"}
KNOWN_WITHIN: Final = 60.0  # seconds
NOT_DONE: Final = "本次未做"
VITALS: Final = (("temperature", "体温", "36.5", "℃"), ("heart_rate", "心率", "88", "次/分"),
                 ("respiration", "呼吸", "18", "次/分"), ("blood_pressure", "血压", "106/68", "mmHg"),
                 ("oxygen_saturation", "SpO₂", "96", "%"))  # fmt: skip
CONSENT: Final = {"kind": "patient", "scopes": ["consult", "imaging"]}
CHART: Final[dict[str, Any]] = {
    "department": "心内科",
    "ward": "8 病区",
    "bed": "31",
    "attending": "叶夏至",
    "attending_phone": "0510-0000-0166",
    "purpose": "心衰药物下一步如何加量？",
    "diagnosis": "心力衰竭（HFrEF，NYHA Ⅲ 级）",
    "history": "活动后气促 3 个月，加重伴夜间不能平卧 1 周。",
    "past_history": "无高血压、糖尿病。",
    "examination": "双肺底少许细湿啰音，双踝无水肿。",
    "tests": [{"name": "血钾", "value": "4.4", "unit": "mmol/L"}],
    "treatment": "限水限钠，呋塞米改口服。",
    "medicines": "比索洛尔 1.25 mg qd；呋塞米 20 mg qd。",
    "specialty": "cardiology",
    "title_wanted": "associate_chief",
    "no_images": True,
}


@dataclass(frozen=True)
class Caller:
    """Somebody signed in without a browser."""

    origin: str
    http: OpenerDirector

    def ask(self, method: str, path: str, body: object = None, version: int | None = None) -> Any:
        headers = {"Origin": self.origin, "Content-Type": "application/json", "Idempotency-Key": new_id().hex}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.origin}/api{path}", data, headers, method=method)
        try:
            with self.http.open(request, timeout=60) as answer:
                text = answer.read()
        except HTTPError as refused:
            raise AssertionError(f"{method} {path}: {refused.code} {refused.read().decode()}") from None
        return json.loads(text) if text else None

    def paper(self, kind: str) -> str:
        """A page, as a file."""
        headers = {"Origin": self.origin, "Content-Type": "application/octet-stream", "Idempotency-Key": new_id().hex}
        request = Request(f"{self.origin}/api/files?kind={kind}&name={kind}.pdf", b"%PDF-1.7\n", headers)
        with self.http.open(request, timeout=60) as answer:
            return str(json.loads(answer.read())["id"])

    def store(self, images: list[Dataset]) -> None:
        """By STOW-RS."""
        body = BytesIO()
        for each in images:
            body.write(b"--B\r\nContent-Type: application/dicom\r\n\r\n")
            dcmwrite(body, each, enforce_file_format=True)
            body.write(b"\r\n")
        body.write(b"--B--\r\n")
        kind = 'multipart/related; type="application/dicom"; boundary=B'
        headers = {"Origin": self.origin, "Content-Type": kind, "Accept": "application/dicom+json"}
        request = Request(f"{self.origin}/dicomweb/studies", body.getvalue(), headers, method="POST")
        with self.http.open(request, timeout=60) as answer:
            assert answer.status == 200


@cache
def caller(origin: str, username: str) -> Caller:
    found = Caller(origin, build_opener(HTTPCookieProcessor(CookieJar())))
    found.ask("POST", "/session", {"username": username, "password": PASSWORD})
    return found


def drafted(product: Product, name: str) -> str:
    """A request that lacks nothing, for a patient of this name whom nobody else knows."""
    doctor, now = caller(product.origin, "wuxi.doctor"), datetime.now(UTC)
    known = {"number": new_id().hex[-12:], "name": name, "sex": "male", "birth_date": "1976-02-09"}
    where = {each: CHART[each] for each in ("department", "ward", "bed")}
    patient = doctor.ask("POST", "/patients", known | where | {"allergy": "none"})
    made = doctor.ask("POST", "/requests", {"patient_id": patient["id"]})
    times = {each: now.isoformat() for each in ("vitals_at", "tests_at")}
    vitals = [dict(zip(("code", "name", "value", "unit"), each, strict=True)) for each in VITALS]
    wishes = [{"start": (now + timedelta(hours=1)).isoformat(), "end": (now + timedelta(days=5)).isoformat()}]
    whole = CHART | times | {"vitals": vitals, "wishes": wishes}
    path = f"/requests/{made['id']}"
    made = doctor.ask("PATCH", path, {"content": whole}, made["version"])
    first, *others = made["checklist"]
    items = [{"kind": "file", "checklist": first, "title": "检验报告", "file_id": doctor.paper("attachment")}]
    items += [{"kind": "not_done", "checklist": each, "reason": NOT_DONE} for each in others]
    for item in items:
        doctor.ask("POST", f"/consultations/{made['id']}/packet", item)
    consent = doctor.ask("POST", f"/consultations/{made['id']}/consents", CONSENT | {"given_by": name})
    doctor.ask("POST", f"/consents/{consent['id']}/paper", {"file_id": doctor.paper("consent")})
    assert doctor.ask("GET", path)["missing"] == []
    return str(made["id"])


def approved(product: Product, name: str) -> str:
    """A request that has passed the branch."""
    id = drafted(product, name)
    _send(product, "wuxi.doctor", "/requests", id, "submit")
    _send(product, "wuxi.chief", "/consultations", id, "endorse")
    _send(product, "wuxi.coordinator", "/consultations", id, "approve")
    return id


def accepted(product: Product, name: str, lead: str = "expert") -> str:
    """A consultation that the hub has taken on and `lead` leads, a key of `LEADS`; it is not booked."""
    id = approved(product, name)
    experts = caller(product.origin, "coordinator").ask("GET", "/staff?hospital_id=ruijin&role=expert&limit=200")
    (expert,) = [each["id"] for each in experts["items"] if each["name"] == LEADS[lead]]
    _send(product, "coordinator", "/consultations", id, "accept", {"lead_id": expert})
    return id


def in_writing(product: Product, name: str) -> str:
    """One that its lead, `expert`, answers in writing."""
    id = accepted(product, name)
    _send(product, "expert", "/consultations", id, "written", {"reason": "书面答复"})
    return id


def meeting(product: Product, name: str, images: int | None = None) -> str:
    """A consultation of `wuxi.doctor` with `professor` that is booked, whose room is open from then on.

    `images`: the number of a small CT, which is uploaded for it; of each test another.
    """
    id = accepted(product, name, "professor")
    if images is not None:
        _uploaded(product, id, images)
    coordinator = caller(product.origin, "coordinator")
    first = coordinator.ask("GET", f"/consultations/{id}/proposals")["items"][0]
    when = {each: first[each] for each in ("starts_at", "ends_at")} | {"venue_id": first["venue"]["id"]}
    _send(product, "coordinator", "/consultations", id, "booking", when)
    for who in ("professor", "wuxi.doctor"):  # who asked for it is not always asked again
        if caller(product.origin, who).ask("GET", f"/consultations/{id}")["my_answer"] == "invited":
            _send(product, who, "/consultations", id, "answer", {"answer": "accepted"})
    assert coordinator.ask("GET", f"/consultations/{id}")["state"] == "scheduled"
    return id


def _uploaded(product: Product, id: str, study: int) -> None:
    """By the radiographer, named in the request, and complete."""
    radiographer = caller(product.origin, "wuxi.radiographer")
    stack = images_of(radiographer.ask("GET", f"/consultations/{id}"), study)
    radiographer.store(stack)
    named = {"study_uids": [stack[0].StudyInstanceUID]}
    until = monotonic() + KNOWN_WITHIN
    while (refused := radiographer.ask("POST", f"/consultations/{id}/uploaded", named)["refused"]) != []:
        assert monotonic() < until, refused  # asked again: the archive tells of it beside us
    patient = radiographer.ask("GET", f"/consultations/{id}")["patient"]["id"]
    found: list[Any] = []
    while [each["received"] for each in found] != [len(stack)]:  # its images are told of in more than one event
        assert monotonic() < until, found
        found = radiographer.ask("GET", f"/studies?patient_id={patient}")["items"]
    (link,) = found
    radiographer.ask("POST", f"/studies/{link['id']}/declare", {"count": len(stack)}, link["version"])


def _send(product: Product, who: str, where: str, id: str, act: str, body: object = None) -> None:
    somebody = caller(product.origin, who)
    somebody.ask("POST", f"{where}/{id}/{act}", body, somebody.ask("GET", f"{where}/{id}")["version"])
