"""Every route that answers with a patient's data leaves a row of who read it, before the answer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import AccountRole, Role
from telemed.app import FEATURES
from telemed.audit.model import AuditEvent, Purpose
from telemed.audit.reads import USUAL
from telemed.consultations.model import Consultation
from telemed.files.model import File
from telemed.people import patients as register
from telemed.people.model import Patient, PatientIdentifier
from telemed.rooms.model import Room, RoomMessage
from telemed.studies.model import StudyLink
from tests.telemed.audit.of_round import ROUND_READS, round_of
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.conftest import consent_of, submitted
from tests.telemed.critical_findings.helpers import raised
from tests.telemed.opinions.helpers import signed
from tests.telemed.reading.helpers import desk, issued, over_read, person

__all__ = ("submitted",)
NAME, PDF, P = "陈远山", b"%PDF-1.7\n" + b"x" * 5000, Purpose
# Who reads it, where, and as what it is kept.
READS: dict[str, tuple[str, str, Purpose]] = {
    # First, because these last two hours.
    "/break-glass": ("neurologist", "/break-glass", P.break_glass),
    "/break-glass/{id}": ("neurologist", "/break-glass/{opened}", P.break_glass),
    "/break-glass/reviews": ("reviewer", "/break-glass/reviews", P.audit),
    "/break-glass/reviews/{id}": ("reviewer", "/break-glass/reviews/{opened}", P.audit),
    "/patients": ("doctor", "/patients?q=陈远", P.search),
    "/patients/{id}": ("doctor", "/patients/{patient}", P.patient),
    "/patients/{id}/chart": ("doctor", "/patients/{patient}/chart", P.patient),
    "/files/{id}": ("doctor", "/files/{file}", P.file),
    "/files/{id}/content": ("doctor", "/files/{file}/content", P.file),
    "/studies": ("radiographer", "/studies", P.study),
    "/studies/{id}": ("radiographer", "/studies/{study}", P.study),
    "/consents/{id}": ("doctor", "/consents/{consent}", P.consent),
    "/consents/{id}/form": ("doctor", "/consents/{consent}/form", P.print),
    "/rooms/{id}/messages": ("expert", "/rooms/{case}/messages", P.room),
    "/consultations": ("doctor", "/consultations", P.list),
    "/consultations/{id}": ("expert", "/consultations/{case}", P.case),
    "/consultations/{id}/answers": ("coordinator", "/consultations/{asked}/answers", P.case),
    "/consultations/{id}/hold": ("coordinator", "/consultations/{asked}/hold", P.case),
    "/consultations/{id}/hubs": ("coordinator", "/consultations/{asked}/hubs", P.case),
    "/consultations/{id}/proposals": ("coordinator", "/consultations/{asked}/proposals?lead_id={lead}", P.case),
    "/requests": ("doctor", "/requests", P.list),
    "/requests/{id}": ("doctor", "/requests/{case}", P.request),
    "/consultations/{id}/opinion": ("expert", "/consultations/{case}/opinion", P.opinion),
    "/consultations/{id}/opinion/preview": ("expert", "/consultations/{case}/opinion/preview", P.print),
    "/opinions/{id}/record": ("doctor", "/opinions/{opinion}/record", P.print),
    "/opinions/{id}/pages": ("doctor", "/opinions/{opinion}/pages", P.opinion),
    "/opinions/{id}/pages/{number}": ("doctor", "/opinions/{opinion}/pages/1", P.print),
    "/opinions/{id}/together": ("doctor", "/opinions/{opinion}/together", P.print),
    "/discrepancies": ("doctor", "/discrepancies", P.list),
    "/consultations/{id}/readings": ("doctor", "/consultations/{case}/readings", P.case),
    "/readings": ("doctor", "/readings?show=issued", P.list),
    **ROUND_READS,
    "/readings/{id}": ("doctor", "/readings/{reading}", P.case),
    "/own-reports": ("wuxi_reader", "/own-reports", P.list),
    "/own-reports/{study_uid}": ("wuxi_reader", "/own-reports/{uid}", P.study),
    "/readings/{id}/history": ("doctor", "/readings/{reading}/history", P.case),
    "/readings/{id}/together": ("doctor", "/readings/{reading}/together", P.case),
    "/marks/{hospital}/{study_uid}": ("doctor", "/marks/wuxi/{uid}", P.study),
    "/critical-findings": ("doctor", "/critical-findings?show=register", P.list),
    "/critical-findings/register": ("doctor", "/critical-findings/register", P.print),
    "/critical-findings/{id}": ("doctor", "/critical-findings/{finding}", P.case),
    "/reports/{id}/record": ("doctor", "/reports/{report}/record", P.print),
    "/reports/{id}/sr": ("doctor", "/reports/{report}/sr", P.print),
    "/reports/{id}/fhir": ("doctor", "/reports/{report}/fhir", P.print),
    "/home": ("doctor", "/home", P.list),
    "/home/ringing": ("expert", "/home/ringing", P.list),
    "/home/shift": ("expert", "/home/shift", P.list),
    "/home/calls": ("expert", "/home/calls", P.list),
    "/home/notices": ("coordinator", "/home/notices", P.list),
    "/home/exceptions": ("coordinator", "/home/exceptions", P.list),
    "/home/centre": ("coordinator", "/home/centre?{today}", P.list),
    "/audit": ("reviewer", "/audit?patient={patient}", P.audit),
    "/audit/can-see": ("reviewer", "/audit/can-see?patient={patient}", P.audit),
    "/quality": ("reviewer", "/quality", P.list),
    "/home/work": ("doctor", "/home/work", P.list),
}
ADMINISTRATORS = "/admin/"  # what stands under it is for administrators, who see no patient
# What answers without a patient, and so leaves no row.
NOBODY: dict[str, str] = {
    "/calendar": "/calendar?hospital_id=wuxi&{today}",
    "/calendar/mine": "/calendar/mine?{today}",
    "/calendar/availability/{id}": "/calendar/availability/{lead}",
    "/calendar/series": "/calendar/series",
    "/calendar/series/choices": "/calendar/series/choices",
    "/account/calendar-links": "/account/calendar-links",
    "/admin/ladders": "/admin/ladders",
    "/critical-findings/catalogue": "/critical-findings/catalogue?modality=CT",
    "/admin/first-steps": "/admin/first-steps",
    "/admin/account-policy": "/admin/account-policy",
    "/admin/accounts": "/admin/accounts",
    "/admin/calendar": "/admin/calendar?year=2026",
    "/history": "/history",
    "/admin/hospitals": "/admin/hospitals",
    "/admin/departments": "/admin/departments",
    "/admin/wards": "/admin/wards",
    "/admin/venues": "/admin/venues",
    "/admin/agreements": "/admin/agreements",
    "/admin/reading-rules": "/admin/reading-rules",
    "/admin/staff": "/admin/staff",
    "/admin/staff/{id}": "/admin/staff/{lead}",
    "/admin/staff/{id}/waiting": "/admin/staff/{lead}/waiting",
    "/admin/rosters": "/admin/rosters",
    "/admin/sources": "/admin/sources",
    "/admin/rosters/{id}": "/admin/rosters/{asked}",
    "/admin/rosters/{id}/planning": "/admin/rosters/{asked}/planning?first=2026-03-02",
    "/admin/devices": "/admin/devices",
    "/admin/import/{kind}/template": "/admin/import/staff/template",
    "/on-duty": "/on-duty",
    "/audit/today": "/audit/today",
    "/account": "/account",
    "/devices/here": "/devices/here",
    "/devices/ice-servers": "/devices/ice-servers",
    "/sites": "/sites",
    "/standby": "/standby",
    "/standby/shifts": "/standby/shifts",
    "/notices/choice": "/notices/choice",
    "/notices/outside": "/notices/outside",
    "/consultations/counts": "/consultations/counts",
    "/device-tests/last": "/device-tests/last",
    "/device-tests/ice-servers": "/device-tests/ice-servers",
    "/home/ringing/{id}": "/home/ringing/{asked}",
    "/home/told/{id}": "/home/told/{asked}",
    "/request-templates": "/request-templates",
    "/reading-figures": "/reading-figures",
    "/readings/next": "/readings/next",
    "/rounds/sessions": "/rounds/sessions",
    "/rounds/series": "/rounds/series",
    "/rounds/wards": "/rounds/wards",
    "/rounds/notes": "/rounds/notes?show=signed",  # those of the tests of notes name patients, and leave rows
    "/rounds/series/choices": "/rounds/series/choices",
    "/rounds/templates": "/rounds/templates",
    "/reading-desk": "/reading-desk",
    "/report-templates": "/report-templates",
    "/report-templates/{key}/versions": "/report-templates/chest_ct/versions",
    "/verify/{code}": "/verify/{asked}",
    "/departments": "/departments",
    "/staff": "/staff",
    "/session": "/session",
    "/openapi.json": "/openapi.json",
    "/live": "/live",
}


OF_MANY = (
    "/rounds/sessions/{id}",
    "/rounds/sessions/{id}/ward",
    "/rounds/sessions/{id}/print",
    "/rounds/wards/{id}/board",
)  # who is refused a round learns of nobody on it


@dataclass
class Made:
    """A consultation with everything in it, and the ids by which it is read."""

    patients: set[UUID]
    ids: dict[str, str]

    def at(self, path: str) -> str:
        today = f"start={NOW.date()}T00:00:00Z&end={NOW.date()}T23:00:00Z"
        return path.format(**self.ids, today=today)


@pytest.fixture
async def made(call: Call, world: World, clock: FakeClock, submitted: Any) -> Made:
    id, out = await signed(call, world)
    asked = await submitted()
    for who, act in (("chief", "endorse"), ("reviewer", "approve")):
        version = (await call(who, "GET", f"/consultations/{asked}"))[1]["version"]
        assert (await call(who, "POST", f"/consultations/{asked}/{act}", match=version))[0] == 200
    draft = (await call("doctor", "POST", "/requests", json={"copy_from": id}))[1]
    answers = [{"advice_id": each["id"], "reply": "adopted"} for each in out["advice"]]
    version = (await call("doctor", "GET", f"/consultations/{id}"))[1]["version"]
    path, body = f"/consultations/{id}/acknowledgement", {"answers": answers}
    assert (await call("doctor", "POST", path, match=version, json=body))[0] == 200
    amended = await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "补充"})
    assert amended[0] == 201, amended
    _, sent = await call("doctor", "POST", "/files?kind=attachment&name=x.pdf", data=PDF)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        patients = {row.patient_id, (await db.get_one(Consultation, asked)).patient_id}
        for each in patients:
            await register.index(db, await db.get_one(Patient, each))
        file = await db.get_one(File, UUID(sent["id"]))
        file.case_id, file.patient_id, file.hospital_id = row.case_id, row.patient_id, "wuxi"
        db.add(consent := consent_of(row))
        db.add(AccountRole(account_id=world.ids["reviewer"], role=Role.quality_officer))
        db.add(Room(id=row.id, activity="consultation", activity_id=row.id, created_at=NOW))
        db.add(RoomMessage(room_id=row.id, epoch=1, seq=1, sender=world.ids["expert"], text=NAME, at=NOW))
    link = (await rows(world.db, StudyLink))[0]
    ids = {"case": id, "asked": str(asked), "file": sent["id"], "consent": str(consent.id), "study": str(link.id)}
    ids["uid"] = link.study_uid
    ids |= await _reading(call, world, link)
    ids |= await round_of(call, world, clock, row.patient_id, patients)
    ids |= {"opened": await _opened(call, world, row.patient_id)}
    ids |= {"lead": str(world.ids["expert"]), "patient": str(row.patient_id), "opinion": out["signed"][0]["id"]}
    assert draft["id"]
    return Made({each for each in patients if each}, ids)


async def _reading(call: Call, world: World, link: StudyLink) -> dict[str, str]:
    """A reading of the consultation's study, its report, and a critical finding of it."""
    await desk(world)
    await person(world, "wuxi_reader", "wuxi", Role.radiologist)
    out = await issued(call, await over_read(call, link.id))
    found = await raised(call, out, code="", finding="膈疝", value="4", unit="cm")
    return {"reading": str(out["id"]), "report": str(out["report"]["id"]), "finding": str(found["id"])}


async def _opened(call: Call, world: World, patient_id: UUID | None) -> str:
    """Opened by break-glass; its number is the patient's first."""
    (number,) = [each.value for each in await rows(world.db, PatientIdentifier) if each.patient_id == patient_id][:1]
    body = {"hospital_id": "wuxi", "number": number, "cause": "emergency", "words": "转运途中病情恶化"}
    status, found = await call("neurologist", "POST", "/break-glass", json=body)
    assert status == 201, found
    return str(found["id"])


def test_every_route_that_is_read_is_in_one_of_the_tables() -> None:
    reading = {each.path for feature in FEATURES for each in feature.routes.operations if each.method == "GET"}
    listed = READS.keys() | NOBODY.keys()
    assert {each for each in reading - listed if not each.startswith(ADMINISTRATORS)} == set()
    assert listed <= reading
    assert not READS.keys() & NOBODY.keys()


def test_every_purpose_of_a_route_has_its_word() -> None:
    for each in (each for feature in FEATURES for each in feature.routes.operations):
        purpose = each.reads or USUAL.get(each.tag)
        assert purpose is None or Purpose(purpose)


async def test_each_of_them_leaves_a_row(call: Call, world: World, made: Made, clock: FakeClock) -> None:
    for route, (who, path, purpose) in READS.items():
        clock.move(minutes=6)  # each in a window of its own
        before = {each.id for each in await rows(world.db, AuditEvent)}
        status, answer = await call(who, "GET", made.at(path))
        assert status == 200, (route, answer)
        left = [each for each in await rows(world.db, AuditEvent) if each.id not in before and each.action == "read"]
        of_home = route.removeprefix("/home/") in ("ringing", "shift", "calls", "notices", "exceptions", "centre")
        if (of_home or route == "/quality") and NAME not in str(answer):
            continue  # nothing of theirs is in it just now
        assert left, route
        assert {each.patient_id for each in left} <= made.patients
        assert {(each.actor_id, each.purpose, each.owner_id) for each in left} == {(world.ids[who], purpose, "wuxi")}


async def test_what_leaves_no_row_names_nobody(call: Call, made: Made) -> None:
    lists = {each.path for feature in FEATURES for each in feature.routes.operations if each.method == "GET"}
    administered = {each: each for each in lists if each.startswith(ADMINISTRATORS) and "{" not in each}
    assert administered
    for route, path in (NOBODY | administered).items():
        who = "admin" if route.startswith(("/admin", "/history", "/notices/outside")) else "coordinator"
        _, answer = await call(who, "GET", made.at(path))
        assert NAME not in str(answer), route


async def test_the_lists_and_the_search_that_are_asked_by_post_leave_rows(
    call: Call, world: World, made: Made, clock: FakeClock
) -> None:
    for path, body, purpose in (
        ("/home/search", {"q": "陈远"}, P.search),
        ("/consultations/export", {"language": "zh-CN"}, P.export),
    ):
        clock.move(minutes=6)
        at = clock.now
        status, answer = await call("doctor", "POST", path, json=body)
        assert status == 200, answer
        left = [each for each in await rows(world.db, AuditEvent) if each.at == at and each.action == "read"]
        assert {each.patient_id for each in left} == made.patients
        assert {each.purpose for each in left} == {purpose}


async def test_every_refused_read_names_patient_and_purpose(
    call: Call, world: World, made: Made, clock: FakeClock
) -> None:
    tried = {route: path for route, (_, path, _) in READS.items() if "{id}" in route}
    assert len(tried) > 10
    for route, path in tried.items():
        clock.move(minutes=6)
        before = {each.id for each in await rows(world.db, AuditEvent)}
        assert (await call("jiashan_doctor", "GET", made.at(path)))[0] in (403, 404), route
        (row,) = [each for each in await rows(world.db, AuditEvent) if each.id not in before]
        assert (row.owner_id, row.action, row.actor_id) == ("wuxi", "read", world.ids["jiashan_doctor"]), route
        assert row.patient_id in made.patients or route in OF_MANY, route
        assert row.purpose == READS[route][2], route
        one = route not in OF_MANY and not route.startswith(("/patients", "/studies", "/break-glass"))
        assert row.case_id or not one, route
