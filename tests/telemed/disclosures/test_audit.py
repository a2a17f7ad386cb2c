"""Who may ask who saw what, what they are told, and what they are not."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from telemed.audit.model import AuditEvent, Purpose
from telemed.audit.reads import Reads
from telemed.audit.seeing import Seen
from telemed.audit.service import changed, record
from telemed.people.model import Agreement, Patient
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.opinions.helpers import consultation

DAY = NOW.date().isoformat()


@pytest.fixture
async def patient(world: World, clock: FakeClock) -> Patient:
    """Of wuxi, led by the expert; seen by the doctor in the list and by the expert as a case, a minute later each."""
    await consultation(world)
    (found,) = await rows(world.db, Patient)
    reads = Reads(world.db)
    for who, purpose in (("doctor", Purpose.list), ("expert", Purpose.case), ("expert", Purpose.images)):
        await reads.keep(world.actor(who), purpose, [Seen("wuxi", found.id)], clock.now)
        clock.move(minutes=1)
    await reads.keep(world.actor("jiashan_doctor"), Purpose.images, [Seen("wuxi", found.id)], clock.now, "not_found")
    return found


def _told(answer: Any) -> list[tuple[str, str, str]]:
    return [(each["by"]["name"], each["purpose"], each["outcome"]) for each in answer["items"]]


async def test_the_medical_office_reads_who_saw_its_patient_the_newest_first(call: Call, patient: Patient) -> None:
    status, answer = await call("reviewer", "GET", f"/audit?patient={patient.id}")
    assert status == 200, answer
    assert _told(answer) == [
        ("jiashan_doctor", "images", "not_found"),
        ("expert", "images", "ok"),
        ("expert", "case", "ok"),
        ("doctor", "list", "ok"),
    ]
    assert {each["patient"]["name"] for each in answer["items"]} == {patient.name}
    again = (await call("reviewer", "GET", f"/audit?patient={patient.id}"))[1]
    assert _told(again)[0] == ("reviewer", "audit", "ok"), "to read it is a read too"


async def test_the_medical_office_is_told_how_often_its_patients_were_read_today(
    call: Call, patient: Patient, world: World, clock: FakeClock
) -> None:
    said = {"reads": 3, "of_other_hospitals": 2, "outside_department": 0, "break_glass": 0, "refused": 1}
    assert await call("reviewer", "GET", "/audit/today") == (200, {"day": DAY} | said)
    glass, seen = {patient.id: uuid4()}, [Seen("wuxi", patient.id)]
    await Reads(world.db).keep(replace(world.actor("expert2"), opened=glass), Purpose.images, seen, clock.now)
    _, more = await call("reviewer", "GET", "/audit/today")
    assert (more["reads"], more["of_other_hospitals"], more["break_glass"]) == (4, 3, 1)
    assert (await call("jiashan_reviewer", "GET", "/audit/today"))[1]["reads"] == 0
    assert (await call("doctor", "GET", "/audit/today"))[0] == 403
    clock.move(days=1)
    assert (await call("reviewer", "GET", "/audit/today"))[1]["reads"] == 0


async def test_what_a_person_saw_and_who_saw_what_on_a_day(call: Call, patient: Patient, world: World) -> None:
    _, of_expert = await call("reviewer", "GET", f"/audit?staff={world.ids['expert']}")
    assert [each["purpose"] for each in of_expert["items"]] == ["images", "case"]
    _, day = await call("reviewer", "GET", f"/audit?day={DAY}&staff={world.ids['doctor']}")
    assert [each["purpose"] for each in day["items"]] == ["list"]
    _, all_day = await call("reviewer", "GET", f"/audit?day={DAY}")
    assert {each["by"]["name"] for each in all_day["items"]} >= {"doctor", "expert", "jiashan_doctor"}
    assert (await call("reviewer", "GET", "/audit?day=2026-03-01"))[1]["items"] == []


async def test_pages_follow_one_another_and_a_cursor_is_its_owners(call: Call, patient: Patient, world: World) -> None:
    path = f"/audit?patient={patient.id}&limit=2"
    _, first = await call("reviewer", "GET", path)
    _, second = await call("reviewer", "GET", f"{path}&after={first['next']}")
    assert _told(first) + _told(second) == [
        ("jiashan_doctor", "images", "not_found"),
        ("expert", "images", "ok"),
        ("expert", "case", "ok"),
        ("doctor", "list", "ok"),
    ]
    assert second["next"] is None
    other = f"/audit?staff={world.ids['expert']}&limit=2&after={first['next']}"
    assert (await call("reviewer", "GET", other))[0] == 422


async def test_who_may_not_ask_is_not_told(call: Call, patient: Patient, world: World) -> None:
    path = f"/audit?patient={patient.id}"
    assert (await call("jiashan_reviewer", "GET", path))[0] == 404
    assert (await call("wuxi_admin", "GET", path))[0] == 403
    for who in ("doctor", "expert", "coordinator"):
        assert (await call(who, "GET", path))[0] == 403
        assert (await call(who, "POST", "/audit/export", json={"patient": str(patient.id)}))[0] == 403
    assert (await call(None, "GET", path))[0] == 401
    assert (await call("reviewer", "GET", "/audit"))[1]["reason"] == "audit_of_whom"
    for query in (f"staff={world.ids['expert']}", f"day={DAY}"):
        assert (await call("jiashan_reviewer", "GET", f"/audit?{query}"))[1]["items"] == []


async def test_of_its_own_people_an_office_reads_all_and_others_patients_are_not_named(
    call: Call, patient: Patient, world: World
) -> None:
    _, answer = await call("jiashan_reviewer", "GET", f"/audit?staff={world.ids['jiashan_doctor']}")
    (row,) = answer["items"]
    assert (row["owner_id"], row["patient"], row["outcome"]) == ("wuxi", None, "not_found")
    assert patient.name not in str(answer)


async def test_changes_of_settings_show_before_and_after_to_their_own_hospital(call: Call, world: World) -> None:
    async with world.db.write() as db:
        change = changed({"name": "旧", "phone": "1"}, {"name": "新", "phone": "1"})
        record(db, world.actor("wuxi_admin"), "hospital.changed", "wuxi", NOW, change=change)
        record(db, world.actor("admin"), "hospital.changed", "wuxi", NOW, change=change, owner_id="wuxi")
        record(db, world.actor("admin"), "hospital.changed", "ruijin", NOW, change=change)
    for who in ("wuxi_admin", "reviewer"):
        _, answer = await call(who, "GET", "/audit?about=settings")
        assert [(each["by"]["name"], each["before"], each["after"]) for each in answer["items"]] == [
            ("admin", {"name": "旧"}, {"name": "新"}),
            ("wuxi_admin", {"name": "旧"}, {"name": "新"}),
        ]
    assert len((await call("admin", "GET", "/audit?about=settings"))[1]["items"]) == 1
    assert (await call("jiashan_admin", "GET", "/audit?about=settings"))[1]["items"] == []


async def test_a_branch_reads_what_the_hub_changes_of_its_own_agreement_and_nothing_else(
    call: Call, world: World
) -> None:
    ours = {each.branch_id: str(each.id) for each in await rows(world.db, Agreement)}
    change = changed({"number": "A1"}, {"number": "A2"})
    async with world.db.write() as db:
        for action, target in (
            ("agreement.changed", ours["wuxi"]),
            ("agreement.changed", ours.get("jiashan", str(uuid4()))),
            ("ladder.changed", ours["wuxi"]),
            ("hospital.changed", "ruijin"),
        ):
            record(db, world.actor("admin"), action, target, NOW, change=change, owner_id="ruijin")
    for who in ("wuxi_admin", "reviewer"):
        _, answer = await call(who, "GET", "/audit?about=settings")
        assert [(each["action"], each["target"]) for each in answer["items"]] == [("agreement.changed", ours["wuxi"])]
        by = answer["items"][0]["by"]["id"]
        assert len((await call(who, "GET", f"/audit?about=settings&staff={by}"))[1]["items"]) == 1
    assert len((await call("admin", "GET", "/audit?about=settings"))[1]["items"]) == 4


async def test_the_changes_of_one_person_are_found_by_whom_they_are_about(call: Call, world: World) -> None:
    for who in ("doctor", "nurse"):
        path = f"/admin/staff/{world.ids[who]}"
        assert (await call("wuxi_admin", "PUT", path, match=1, json={"phone": "0510-0000-1111"}))[0] == 200
    asked = f"/audit?about=settings&target={world.ids['doctor']}"
    for who in ("wuxi_admin", "reviewer"):
        (row,) = (await call(who, "GET", asked))[1]["items"]
        assert (row["action"], row["by"]["name"], row["before"], row["after"]) == (
            "staff.changed",
            "wuxi_admin",
            {"name": "doctor", "phone": ""},
            {"name": "doctor", "phone": "0510-0000-1111"},
        )
    assert (await call("admin", "GET", asked))[1]["items"] == [], "what a branch changes is the branch's"


async def test_what_a_change_mentions_by_an_id_has_a_name(call: Call, world: World) -> None:
    person, nobody = world.ids["doctor"], uuid4()
    async with world.db.write() as db:
        change = changed({"staff_id": nobody}, {"shifts": [{"staff_id": person, "place": 1}]})
        record(db, world.actor("wuxi_admin"), "roster.shifts", "r", NOW, change=change)
    _, answer = await call("wuxi_admin", "GET", "/audit?about=settings")
    (row,) = answer["items"]
    assert row["names"] == {str(person): {"name": "doctor", "name_en": "doctor"}}
    assert row["after"]["shifts"] == [{"staff_id": str(person), "place": 1}]
    _, data = await call("wuxi_admin", "POST", "/audit/export", json={"about": "settings"})
    text = data.decode("utf-8-sig")
    assert str(nobody) in text
    assert str(person) not in text


async def test_the_exported_changes_say_what_the_page_says(call: Call, world: World) -> None:
    roles, when = ["expert", "administrator"], datetime(2026, 12, 1, 8, 4, tzinfo=UTC)
    async with world.db.write() as db:
        for action, before, after in (
            ("staff.changed", {"roles": [], "title": "chief"}, {"roles": roles, "hospital_id": "wuxi"}),
            ("roster.shifts", {}, {"kind": "specialty", "shifts": [{"starts": when, "place": 1}]}),
            ("agreement.changed", {"fees": []}, {"fees": [{"service": "reading", "fen": 12050}], "review": True}),
            ("hours.changed", {"week": ["08:00-17:30", ""]}, {"week": None}),
            ("odd.odder", {}, {"oddest": "=1"}),
        ):
            record(db, world.actor("wuxi_admin"), action, "r", NOW, change=changed(before, after))

    async def cells(language: str) -> list[tuple[str, str, str]]:
        body = {"about": "settings", "language": language}
        _, data = await call("wuxi_admin", "POST", "/audit/export", json=body)
        _, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig")))
        return sorted((line[6], line[11], line[12]) for line in lines)

    assert await cells("zh-CN") == [
        ("odd：odder", "", "oddest =1"),
        ("人员：修改", "任职 （空）\n职称 主任医师", "机构 wuxi\n任职 会诊专家；系统管理员"),
        ("值班表：排班", "", "类型 专科\n班次 开始 2026-12-01 16:04，顺位 1"),
        ("协议：修改", "收费标准 （空）", "收费标准 服务 远程阅片，金额（元） 120.5\n医务科审核 是"),
        ("工作时间：修改", "每日时间 08:00-17:30；休息", "每日时间 休息"),
    ]
    english = await cells("en")
    assert ("Roster: shifts", "", "Kind Specialty\nShifts Start 2026-12-01 16:04, Place 1") in english


async def test_the_export_is_a_table_without_formulas_and_is_itself_noted(
    call: Call, patient: Patient, world: World
) -> None:
    async with world.db.write() as db:
        (await db.get_one(Patient, patient.id)).name = "=1+1"
    body = {"patient": str(patient.id), "language": "en"}
    status, data = await call("reviewer", "POST", "/audit/export", json=body)
    assert status == 200
    head, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert head[:3] == ["No.", "Time", "Person"]
    assert [line[6] for line in lines] == ["Images", "Images", "Case", "List"]
    assert {line[8] for line in lines} == {"'=1+1"}
    assert lines[0][7] == "refused"
    noted = [each for each in await rows(world.db, AuditEvent) if each.action == "audit.exported"]
    assert [(each.actor_id, each.target) for each in noted] == [(world.ids["reviewer"], "4 rows")]
    assert UUID(str(patient.id)).hex in str(noted[0].reason).replace("-", "")


async def test_a_change_whose_subject_is_no_word_is_shown_all_the_same(call: Call, world: World) -> None:
    async with world.db.write() as db:
        odd = changed({"subject": ["cardiology"]}, {"subject": None, "specialty": "cardiology"})
        record(db, world.actor("wuxi_admin"), "roster.changed", "r", NOW, owner_id="wuxi", change=odd)
    status, answer = await call("wuxi_admin", "GET", "/audit?about=settings")
    assert (status, list(answer["items"][0]["names"])) == (200, ["cardiology"])
