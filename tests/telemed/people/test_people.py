"""Patients are found by characters and pinyin, read from the hospital system, and unknown to strangers."""

from datetime import datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest

from telemed.audit.model import AuditEvent
from telemed.people import patients, service
from telemed.people.model import Hospital, Staff
from telemed.people.names import latin, pieces, spelling
from tests.telemed.conftest import Call, World, add_hub, beside, rows

SHANGHAI = ZoneInfo("Asia/Shanghai")


async def _admit(call: Call) -> dict[str, object]:
    status, found = await call("doctor", "POST", "/patients/admitted", json={"number": "0026118842"})
    assert status == 200
    patient: dict[str, object] = found["patient"]
    return patient


async def test_the_admission_number_brings_the_patient_with_source_and_time(call: Call) -> None:
    status, found = await call("doctor", "POST", "/patients/admitted", json={"number": "0026118842"})
    assert (status, found["patient"]["name"], found["source"]) == (200, "陈远山", "FakeHIS")
    assert found["record"]["history"]["source"] == "入院记录"
    assert found["patient"]["identifiers"] == [{"kind": "admission", "issuer_hospital": "wuxi", "value": "0026118842"}]


async def test_reading_the_same_number_twice_keeps_one_patient(call: Call) -> None:
    assert (await _admit(call))["id"] == (await _admit(call))["id"]


async def test_an_unknown_number_says_so(call: Call) -> None:
    status, problem = await call("doctor", "POST", "/patients/admitted", json={"number": "1"})
    assert (status, problem["reason"]) == (404, "unknown_number")


@pytest.mark.parametrize("q", ["陈", "远山", "chen", "chenyuanshan", "chen yuan", "cys", "0026118842", "00261"])
async def test_a_patient_is_found_by(call: Call, q: str) -> None:
    patient = await _admit(call)
    status, found = await call("doctor", "GET", "/patients", params={"q": q})
    assert (status, [each["id"] for each in found["items"]]) == (200, [patient["id"]])


@pytest.mark.parametrize("q", ["王", "wang", "陈王", "9"])
async def test_a_patient_is_not_found_by(call: Call, q: str) -> None:
    await _admit(call)
    assert (await call("doctor", "GET", "/patients", params={"q": q}))[1]["items"] == []


async def test_another_hospital_neither_finds_nor_opens_the_patient(call: Call) -> None:
    patient = await _admit(call)
    assert (await call("jiashan_doctor", "GET", "/patients", params={"q": "陈"}))[1]["items"] == []
    for stranger in ("jiashan_doctor", "expert", "coordinator"):
        assert (await call(stranger, "GET", f"/patients/{patient['id']}"))[0] == 404


async def test_the_audit_log_says_who_looked_for_patients_and_others_write_meanwhile(
    call: Call, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _admit(call)
    wrote = beside(world, monkeypatch, patients, "departments_en")
    assert len((await call("doctor", "GET", "/patients", params={"q": "陈"}))[1]["items"]) == 1
    await call("jiashan_doctor", "GET", "/patients", params={"q": "陈"})
    noted = [each for each in await rows(world.db, AuditEvent) if each.action == "searched"]
    assert [each.actor_id for each in noted] == [world.ids["doctor"], world.ids["jiashan_doctor"]]
    assert [each.target for each in noted] == ["1 patients", "0 patients"]
    assert wrote


async def test_a_typed_patient_keeps_what_was_typed_and_a_taken_number_is_refused(call: Call) -> None:
    new = {"number": "77", "name": "吴松年", "sex": "male", "birth_date": "1962-01-02"}
    status, made = await call("doctor", "POST", "/patients", json=new)
    assert (status, made["name"], made["pinyin"]) == (201, "吴松年", "wu song nian")
    status, problem = await call("doctor", "POST", "/patients", json=new)
    assert (status, problem["reason"]) == (409, "number_taken")


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("秦氐", "qin di"),
        ("欧阳修", "ouyang xiu"),
        ("单雄信", "shan xiong xin"),
        ("曾国藩", "zeng guo fan"),
        ("John Smith", "john smith"),
    ],
)
def test_a_family_name_is_spelled_as_a_family_name(name: str, spelled: str) -> None:
    assert spelling(name) == spelled


def test_readers_of_english_see_how_a_name_is_read_and_always_its_characters() -> None:
    assert latin("秦氐宿", "qin dixiu") == "Qin Dixiu 秦氐宿"
    assert latin("无名氏 16:40", "wu ming shi 16:40") == "Unknown 无名氏 16:40"


def test_a_name_is_found_by_the_spelling_the_hospital_system_gives() -> None:
    assert {"dixiu", "qindixiu", "qin", "秦"} <= pieces("秦氐宿", "qin dixiu")


async def test_a_name_with_more_spellings_than_can_be_listed_is_taken_and_found(call: Call) -> None:
    assert "hehehe" in pieces("和" * 3)
    assert len(pieces("和" * 64)) < 40  # six readings each: more combinations than memory holds
    new = {"name": "和" * 64, "sex": "male", "birth_date": "1962-01-02"}
    assert (await call("doctor", "POST", "/patients", json=new))[0] == 201
    for q in ("和" * 60, "he" * 30):
        _, found = await call("doctor", "GET", "/patients", params={"q": q})
        assert [each["name"] for each in found["items"]] == ["和" * 64]


async def test_a_long_name_with_dots_and_hyphens_is_taken_found_and_logged_nowhere(
    call: Call, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    name = "阿卜杜热合曼·阿卜杜外力-吐尔逊江·买买提依明-库尔班江尼亚孜"
    assert len(name) == 31
    new = {"name": name, "sex": "male", "birth_date": "1962-01-02", "number": "77"}
    status, made = await call("doctor", "POST", "/patients", json=new)
    assert (status, made["name"]) == (201, name)
    for q in (name, "买买提依明", "maimaitiyiming", "a bu du", "尼亚孜 吐尔逊江"):
        _, found = await call("doctor", "GET", "/patients", params={"q": q})
        assert [each["name"] for each in found["items"]] == [name], q
    corrected = {"name": name + "尔", "sex": "male"}
    status, again = await call("doctor", "PUT", f"/patients/{made['id']}", match=made["version"], json=corrected)
    assert (status, again["name"]) == (200, name + "尔")
    ours = "".join(each.getMessage() for each in caplog.records if each.name != "aiohttp.access")  # off in the product
    assert not [each for each in ("阿卜杜", "买买提", "abudu") if each in ours]


async def test_a_department_known_here_has_its_english_name_and_any_other_has_none(call: Call) -> None:
    new = {"name": "吴松年", "sex": "male", "birth_date": "1962-01-02"}
    _, known = await call("doctor", "POST", "/patients", json=new | {"department": "cardiology"})
    _, other = await call("doctor", "POST", "/patients", json=new | {"department": "心脏中心"})
    assert (known["department_en"], other["department_en"]) == ("cardiology", "")


async def test_a_stale_change_is_answered_with_the_current_record(call: Call) -> None:
    patient = await _admit(call)
    change = {"name": "陈远山", "sex": "male", "bed": "9"}
    path = f"/patients/{patient['id']}"
    assert (await call("doctor", "PUT", path, match=1, json=change))[0] == 200
    status, problem = await call("doctor", "PUT", path, match=1, json=change)
    assert (status, problem["current"]["bed"]) == (412, "9")


async def test_what_is_changed_by_hand_after_the_system_was_read_is_said_until_it_is_read_again(call: Call) -> None:
    patient = await _admit(call)
    assert (patient["source"], patient["typed_at"]) == ("FakeHIS", None)
    path, same = f"/patients/{patient['id']}", {"name": "陈远山", "sex": patient["sex"], "bed": patient["bed"]}
    same |= {each: patient[each] for each in ("birth_date", "allergy", "allergy_text", "ward", "department")}
    _, kept = await call("doctor", "PUT", path, match=1, json=same)
    assert kept["typed_at"] is None
    _, kept = await call("doctor", "PUT", path, match=2, json=same | {"allergy": "known", "allergy_text": "碘"})
    assert kept["typed_at"] is not None
    assert (await _admit(call))["typed_at"] is None


async def test_an_administrator_switches_the_endorsement_off_and_others_cannot(call: Call) -> None:
    settings = {"endorsement": False, "review": True, "coordinator_phone": "021-0000"}
    assert (await call("reviewer", "PUT", "/hospitals/wuxi/settings", match=1, json=settings))[0] == 403
    status, changed = await call("wuxi_admin", "PUT", "/hospitals/wuxi/settings", match=1, json=settings)
    assert (status, changed["endorsement"], changed["version"]) == (200, False, 2)
    assert (await call("wuxi_admin", "PUT", "/hospitals/wuxi/settings", match=1, json=settings))[0] == 412
    assert (await call("wuxi_admin", "PUT", "/hospitals/nowhere/settings", match=1, json=settings))[0] == 404


OWN = {"admin": "ruijin", "wuxi_admin": "wuxi", "jiashan_admin": "jiashan"}


@pytest.mark.parametrize("who", OWN)
@pytest.mark.parametrize("hospital", OWN.values())
async def test_the_settings_of_a_hospital_are_its_own_administrators_alone(
    call: Call, world: World, who: str, hospital: str
) -> None:
    settings = {"endorsement": False, "review": False, "coordinator_phone": ""}
    status, answer = await call(who, "PUT", f"/hospitals/{hospital}/settings", match=1, json=settings)
    seen = {each["id"]: each["version"] for each in (await call("admin", "GET", "/session"))[1]["hospitals"]}
    audited = [
        (each.action, each.outcome) for each in await rows(world.db, AuditEvent) if each.actor_id == world.ids[who]
    ]
    if OWN[who] == hospital:
        assert (status, seen[hospital]) == (200, 2)
        assert ("hospital.changed", "ok") in audited
    else:
        nowhere = await call(who, "PUT", "/hospitals/nowhere/settings", match=1, json=settings)
        assert (status, answer["detail"], seen[hospital]) == (404, nowhere[1]["detail"], 1)
        assert ("hospital.changed", "ok") not in audited


async def test_a_stranger_is_told_the_hubs_telephone_and_of_the_hospitals_nothing_else(call: Call) -> None:
    settings = {"endorsement": False, "review": False, "coordinator_phone": "021-5555-0120"}
    assert (await call("admin", "PUT", "/hospitals/ruijin/settings", match=1, json=settings))[0] == 200
    settings["coordinator_phone"] = "0510-1111"
    assert (await call("wuxi_admin", "PUT", "/hospitals/wuxi/settings", match=1, json=settings))[0] == 200
    _, session = await call(None, "GET", "/session")
    assert (session["help_phone"], session["hospitals"]) == ("021-5555-0120", [])


async def test_staff_of_another_hub_are_told_their_own_telephone(call: Call, world: World) -> None:
    await add_hub(world, "minjiang")
    async with world.db.write() as db:
        (await db.get_one(Hospital, "minjiang")).coordinator_phone = "028-5555"
        (await db.get_one(Hospital, "ruijin")).coordinator_phone = "021-5555"
    for who, phone in (("minjiang", "028-5555"), ("coordinator", "021-5555")):
        assert (await call(who, "GET", "/session"))[1]["help_phone"] == phone


async def test_a_session_says_by_which_clock_the_readers_hospital_goes(call: Call, world: World) -> None:
    async with world.db.write() as db:
        (await db.get_one(Hospital, "jiashan")).time_zone = "Asia/Urumqi"
    for who, zone in (("jiashan_doctor", "Asia/Urumqi"), ("doctor", "Asia/Shanghai")):
        _, session = await call(who, "GET", "/session")
        zones = {each["id"]: each["time_zone"] for each in session["hospitals"]}
        assert zones[session["actor"]["hospital_id"]] == zone


async def test_an_agreement_begins_and_ends_by_the_branchs_own_calendar(world: World) -> None:
    async def covered(at: datetime) -> bool:
        async with world.db.read() as db:
            return await service.agreement(db, "wuxi", "ruijin", "consultation", at) is not None

    first, last = datetime(2025, 1, 1, tzinfo=SHANGHAI), datetime(2030, 1, 1, 23, 59, tzinfo=SHANGHAI)
    assert [await covered(first), await covered(last)] == [True, True]
    minute = timedelta(minutes=1)
    assert [await covered(first - minute), await covered(last + minute)] == [False, False]


@pytest.mark.parametrize(("kind", "other"), [("national_id", "national_id"), ("admission", "outpatient")])
async def test_two_patients_never_share_a_number(call: Call, kind: str, other: str) -> None:
    def typed(number_kind: str, number: str) -> dict[str, str]:
        return {"name": "陈一", "sex": "male", "number_kind": number_kind, "number": number}

    assert (await call("doctor", "POST", "/patients", json=typed(kind, "7")))[0] == 201
    status, problem = await call("doctor", "POST", "/patients", json=typed(other, "7"))
    assert (status, problem["reason"]) == (409, "number_taken")
    _, second = await call("doctor", "POST", "/patients", json=typed(other, "8"))
    path = f"/patients/{second['id']}"
    status, problem = await call("doctor", "PUT", path, match=second["version"], json=typed(kind, "7"))
    assert (status, problem["reason"]) == (409, "number_taken")
    assert (await call("doctor", "PUT", path, match=second["version"], json=typed(other, "8")))[0] == 200


async def test_staff_are_found_by_characters_pinyin_initials_english_and_number(call: Call, world: World) -> None:
    async with world.db.write() as db:
        row = await db.get_one(Staff, world.ids["expert"])
        row.name, row.name_en, row.pinyin, row.number = "顾文澜", "Gu Wenlan", "gu wen lan", "R-1007"
    for q in ("文澜", "guwen", "gwl", "wenlan", "r-10", "顾 lan"):
        status, found = await call("reviewer", "GET", f"/staff?q={quote(q)}&limit=20")
        assert (status, [each["name"] for each in found["items"]]) == (200, ["顾文澜"]), q
    for q in ("%", "无此人", "\\"):
        assert (await call("reviewer", "GET", f"/staff?q={quote(q)}"))[1]["items"] == [], q
    assert len((await call("reviewer", "GET", "/staff?limit=3"))[1]["items"]) == 3
    (one,) = (await call("reviewer", "GET", f"/staff?id={world.ids['expert']}"))[1]["items"]
    assert one["name"] == "顾文澜"
