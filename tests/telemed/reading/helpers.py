"""What the tests of readings share: radiologists of the hub, a study of Wuxi, and its request."""

import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from PIL import Image
from pydicom.uid import CTImageStorage
from sqlmodel import select

from telemed.access import sessions
from telemed.access.model import Account, AccountRole, Role
from telemed.access.passwords import hash_now
from telemed.bridge import packets
from telemed.history.consumers import Heard
from telemed.history.events import About
from telemed.kit.table import new_id
from telemed.people.model import Agreement, Allergy, IdentifierKind, Patient, PatientIdentifier, Sex, Staff, Title
from telemed.people.patients import index
from telemed.rosters.model import Covers, Roster, RosterKind, Shift
from telemed.studies.events import StudyGrew
from telemed.studies.model import LinkState, StudyLink, StudyView
from tests.telemed.conftest import NOW, Call, World

STUDY = "1.2.826.0.1.3680043.8.498.7"
PASSWORD = "correct horse battery"
TEXT = {"technique": "平扫，层厚 1.25 mm", "findings": "左肺上叶见结节。", "impression": "左肺上叶结节。"}
BRANCH_REPORT = {
    "author": "顾秋分",
    "written_at": (NOW - timedelta(hours=1)).isoformat(),
    "findings": "左肺上叶见结节，边界清。",
    "impression": "左肺上叶结节，考虑良性。\n\n 双侧胸腔少量积液。",
}
READERS = {"reader": Title.attending, "reader2": Title.attending, "chief_reader": Title.chief}


async def desk(world: World) -> None:
    """Radiologists of the hub, and an agreement that covers reading."""
    async with world.db.write() as db:
        for agreement in (await db.exec(select(Agreement))).all():
            agreement.services = ["consultation", "reading"]
    for who, title in READERS.items():
        await person(world, who, "ruijin", Role.radiologist, title)


async def person(world: World, who: str, hospital: str, role: Role, title: Title = Title.attending) -> None:
    async with world.db.write() as db:
        account = Account(username=who, password_hash=hash_now(PASSWORD), hospital_id=hospital, name=who)
        db.add(account)
        db.add(Staff(id=account.id, hospital_id=hospital, number=who, name=who, name_en=who, title=title))
        await db.flush()
        db.add(AccountRole(account_id=account.id, role=role))
        world.ids[who] = account.id
        world.tokens[who] = sessions.issue(db, account.id, NOW, timedelta(days=365))


async def study(world: World, uid: str = STUDY, name: str = "陈远山", hospital: str = "wuxi", **view: Any) -> UUID:
    """A CT of a new patient; returns the id of its link, by which it is requested."""
    async with world.db.write() as db:
        patient = Patient(
            id=new_id(), hospital_id=hospital, name=name, sex=Sex.male, estimated_age=58, allergy=Allergy.none
        )
        db.add(patient)
        await db.flush()
        await index(db, patient)
        number = PatientIdentifier(
            patient_id=patient.id, issuer_hospital=hospital, kind=IdentifierKind.admission, value=f"W{uid[-5:]}"
        )
        link = StudyLink(hospital_id=hospital, study_uid=uid, patient_id=patient.id, state=LinkState.confirmed, at=NOW)
        db.add_all([number, link])
        columns: dict[str, Any] = {
            "complete": True,
            "received": 200,
            "modalities": ["SR", "CT"],
            "description": "胸部平扫",
        } | view
        db.add(StudyView(hospital_id=hospital, study_uid=uid, received_at=NOW, changed_at=NOW, **columns))
        return link.id


async def another(world: World, of: UUID, uid: str, **view: Any) -> UUID:
    """An earlier study of the same patient."""
    async with world.db.write() as db:
        patient = (await db.get_one(StudyLink, of)).patient_id
        link = StudyLink(hospital_id="wuxi", study_uid=uid, patient_id=patient, state=LinkState.confirmed, at=NOW)
        db.add(link)
        columns: dict[str, Any] = {"complete": True, "modalities": ["CT"], "description": "胸部平扫"} | view
        db.add(StudyView(hospital_id="wuxi", study_uid=uid, received_at=NOW, changed_at=NOW, **columns))
        return link.id


def asked(study_id: UUID, **more: Any) -> dict[str, Any]:
    return {
        "study_id": str(study_id),
        "hub_id": "ruijin",
        "urgency": "urgent",
        "part": "chest",
        "question": "左肺结节性质？",
        "history": "咳嗽两周",
    } | more


async def requested(call: Call, study_id: UUID, who: str = "doctor", **more: Any) -> Any:
    status, made = await call(who, "POST", "/readings", json=asked(study_id, **more))
    assert status == 201, made
    return made


async def claimed(call: Call, study_id: UUID, who: str = "reader", **more: Any) -> Any:
    made = await requested(call, study_id, **more)
    status, out = await call(who, "POST", f"/readings/{made['id']}/claim", json={})
    assert status == 200, out
    return out


async def listed(call: Call, who: str, show: str = "to_read", **by: str) -> Any:
    query = "&".join(f"{name}={value}" for name, value in {"show": show, **by}.items())
    status, found = await call(who, "GET", f"/readings?{query}")
    assert status == 200, found
    return found


async def save(call: Call, id: str, version: int, who: str = "reader", **text: str) -> Any:
    headers = {"If-Match": f'"{version}"'}
    return await call(who, "PUT", f"/readings/{id}/report", json=TEXT | text, headers=headers)


async def act(call: Call, who: str, reading: Any, what: str, **body: Any) -> Any:
    headers = {"If-Match": f'"{reading["version"]}"'}
    return await call(who, "POST", f"/readings/{reading['id']}/{what}", json=body or None, headers=headers)


async def issued(call: Call, reading: Any) -> Any:
    """Claimed, written, submitted and issued by the hub's radiologists; an over-read with a minor difference."""
    out = (await call("reader", "POST", f"/readings/{reading['id']}/claim", json={}))[1]
    report = (await save(call, out["id"], 0))[1]
    minor = {"grade": "minor", "branch_report": 1, "hub_lines": [TEXT["impression"]]}
    said = {"comparison": minor} if reading["purpose"] == "over_read" else {}
    out = (await act(call, "reader", out, "submit", report_version=report["version"], **said))[1]
    status, out = await act(call, "chief_reader", out, "issue", **TEXT, **said)
    assert status == 200, out
    return out


async def over_read(call: Call, study_id: UUID, **report: Any) -> Any:
    """Requested with the branch's own report."""
    return await requested(call, study_id, purpose="over_read", branch_report=BRANCH_REPORT | report)


async def pdf_of(call: Call, who: str, *, picture: bool = False) -> Any:
    """A file of theirs: a PDF, or a picture."""
    data = drawn() if picture else b"%PDF-1.7\n" + b"x" * 2000
    status, sent = await call(who, "POST", "/files?kind=attachment&name=report.pdf", data=data)
    assert status == 201, sent
    return sent


async def becomes(
    world: World, study: UUID, state: LinkState = LinkState.confirmed, received: int = 200, minutes: int = 1
) -> None:
    """The study is decided so, or has so many images, and the news of it comes twice."""
    at = NOW + timedelta(minutes=minutes)
    async with world.db.write() as db:
        (await db.get_one(StudyLink, study)).state = state
        (await db.get_one(StudyView, ("wuxi", STUDY))).received = received
    news = StudyGrew(id=study, study_uid=STUDY, state=state, rev=1)
    for _ in range(2):
        async with world.db.write() as db:
            await packets.consume(db, Heard(new_id(), news, About("wuxi"), at, at))


def drawn() -> bytes:
    made = BytesIO()
    Image.new("L", (8, 8)).save(made, "PNG")
    return made.getvalue()


def no_errors(data: bytes, path: Path) -> None:
    path.write_bytes(data)
    said = subprocess.run(["dciodvfy", path], capture_output=True, text=True, errors="replace")
    assert [line for line in said.stderr.splitlines() if line.startswith("Error")] == []


def picture(shade: int = 120) -> bytes:
    out = BytesIO()
    Image.new("L", (64, 48), shade).save(out, "JPEG")
    return out.getvalue()


async def key_image(call: Call, key: str = "k1", who: str = "reader", shade: int = 120, **more: Any) -> dict[str, Any]:
    status, made = await call(who, "POST", "/files?kind=key_image", data=picture(shade))
    assert status == 201, made
    uid = more.get("study_uid", STUDY)
    where = {"hospital_id": "wuxi", "study_uid": uid, "series_uid": f"{uid}.1", "instance_uid": f"{uid}.1.{key[1:]}"}
    how = {"sop_class_uid": CTImageStorage, "window_center": 40, "window_width": 400, "study": "胸部平扫"}
    at = {"series_number": 2, "image_number": 100, "image_count": 200, "note": f"图注 {key}"}
    return {"key": key, "file_id": made["id"]} | where | how | at | more


async def rostered(world: World, *whom: str) -> None:
    """These radiologists of the hub, in this order."""
    async with world.db.write() as db:
        roster = Roster(hospital_id="ruijin", kind=RosterKind.role, subject="radiologist", covers=Covers.always)
        db.add(roster)
        await db.flush()
        starts, ends = NOW - timedelta(hours=1), NOW + timedelta(hours=7)
        for n, who in enumerate(whom):
            db.add(Shift(roster_id=roster.id, staff_id=world.ids[who], place=n + 1, starts=starts, ends=ends))
