"""A patient is read from the views of a real PostgreSQL, and what is wrong there is said in a word."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from telemed.people.model import PatientIdentifier
from telemed.sources import service
from telemed.sources.adapter import Setting
from telemed.sources.columns import ALLERGY, PATIENT
from telemed.sources.faults import Failed
from telemed.sources.model import Fault
from telemed.sources.rows import Read, patient_of
from tests.fakes.outside import HERE
from tests.telemed.conftest import NEW_PATIENT, Call, FakeClock, World, rows
from tests.telemed.sources.conftest import NUMBER, PERSON, His, Server, connect, database, look_up

AT = datetime(2026, 3, 2, 8, 30)  # by the hospital's clock


async def _chart(his: His) -> None:
    """All that a chart may hold."""
    await his.add(
        "admission",
        patient_number=NUMBER,
        department="心内科",
        ward="CCU",
        bed="3",
        bed_doctor="许知遥",
        critical="1",
        admitted_at=AT,
        noted_at=AT,
        diagnosis="主动脉夹层",
        history="突发胸痛。",
    )
    await his.add("allergy", patient_number=NUMBER, substance="青霉素", reaction="皮疹")
    await his.add("vitals", patient_number=NUMBER, code="temperature", name="体温", value="38.2", measured_at=AT)
    older = datetime(2026, 3, 1, 22)
    await his.add("vitals", patient_number=NUMBER, code="temperature", name="体温", value="36.5", measured_at=older)
    await his.add(
        "tests", patient_number=NUMBER, name="D-二聚体", value="8.62", unit="mg/L", ref_high="0.5", reported_at=AT
    )
    await his.add("tests", patient_number=NUMBER, name="血培养", reported_at=AT)  # no result yet
    await his.add("orders", patient_number=NUMBER, kind="药品", order_text="艾司洛尔 50 mg/h 泵入", started_at=AT)
    await his.add("orders", patient_number=NUMBER, kind="药品", order_text="阿司匹林", started_at=AT, ended_at=AT)


async def test_a_number_brings_the_patient_with_all_that_the_views_say(call: Call, his: His) -> None:
    await _chart(his)
    await connect(call, his.system)
    status, found = await look_up(call)
    assert (status, found["source"], found["left_out"]) == (200, "无锡 HIS", {})
    patient = found["patient"]
    assert [patient[each] for each in ("name", "sex", "birth_date")] == ["吴松年", "male", "1962-01-02"]
    assert [patient[each] for each in ("department", "ward", "bed", "critical")] == ["心内科", "CCU", "3", True]
    assert (patient["allergy"], patient["allergy_text"]) == ("known", "青霉素（皮疹）")
    assert patient["source"] == "无锡 HIS"
    record = found["record"]
    assert record["history"] == {
        "text": "突发胸痛。",
        "source": "无锡 HIS",
        "at": "2026-03-02T00:30:00Z",
        "measures": [],
    }
    assert [each["value"] for each in record["vitals"]["measures"]] == ["38.2"]
    assert [(each["name"], each["flag"]) for each in record["tests"]["measures"]] == [("D-二聚体", "high")]
    assert record["medicines"]["text"] == "艾司洛尔 50 mg/h 泵入"
    _, shown = await call("wuxi_admin", "GET", "/admin/sources")
    assert (shown["system"]["heard_at"], shown["system"]["failures"]) == ("2026-03-02T01:00:00Z", 0)


async def test_a_number_that_nobody_has_is_unknown(call: Call, his: His) -> None:
    await connect(call, his.system)
    status, said = await look_up(call, "ZY9999")
    assert (status, said["reason"]) == (404, "unknown_number")


async def test_what_the_system_does_not_say_stays_as_it_was_typed(call: Call, his: His) -> None:
    typed = {"number": NUMBER, "name": "吴松年", "sex": "male", "birth_date": "1962-01-02"}
    typed |= {"allergy": "known", "allergy_text": "头孢", "bed": "7"}
    await call("doctor", "POST", "/patients", json=typed)
    await connect(call, his.system)
    _, found = await look_up(call)
    assert (found["patient"]["allergy_text"], found["patient"]["bed"]) == ("头孢", "7")


async def test_another_birth_date_in_the_system_corrects_the_record(call: Call, his: His, world: World) -> None:
    typed = {"number": NUMBER, "name": "吴松年", "sex": "male", "birth_date": "1963-01-02"}
    _, made = await call("doctor", "POST", "/patients", json=typed)
    await connect(call, his.system)
    _, found = await look_up(call)
    assert (found["patient"]["id"], found["patient"]["birth_date"]) == (made["id"], "1962-01-02")
    assert len(await rows(world.db, PatientIdentifier)) == 1


@pytest.mark.parametrize(
    ("view", "change", "fault"),
    [
        ("vitals", "DROP VIEW telemed_vitals", "wrong"),
        ("tests", "REVOKE SELECT ON telemed_tests FROM reader", "refused"),
        ("orders", "ALTER VIEW telemed_orders RENAME COLUMN order_text TO words", "wrong"),
    ],
)
async def test_a_view_that_fails_is_left_out_and_named_and_the_rest_comes(
    call: Call, his: His, view: str, change: str, fault: str
) -> None:
    await _chart(his)
    await his.run(change)
    await connect(call, his.system)
    status, found = await look_up(call)
    assert (status, found["patient"]["name"], found["left_out"]) == (200, "吴松年", {view: fault})
    _, tried = await call("wuxi_admin", "POST", "/admin/sources/system/try", json={})
    assert tried["why"] is None
    assert {each["name"]: each["why"] for each in tried["parts"] if each["why"]} == {view: fault}
    missing = {each["name"]: each["missing"] for each in tried["parts"]}
    assert missing[view] == (["order_text"] if view == "orders" else [])


async def test_a_slow_view_is_left_out_and_what_came_before_it_is_there(hasty: Call, his: His) -> None:
    await _chart(his)
    await his.run("CREATE OR REPLACE VIEW telemed_tests AS SELECT t_tests.* FROM t_tests, pg_sleep(30)")
    await connect(hasty, his.system)
    status, found = await look_up(hasty)
    assert (status, found["left_out"]) == (200, {"tests": "slow", "orders": "slow"})
    assert found["record"]["vitals"]["measures"]


async def test_a_slow_patient_view_is_not_waited_for(hasty: Call, his: His) -> None:
    await his.run("CREATE OR REPLACE VIEW telemed_patient AS SELECT t_patient.* FROM t_patient, pg_sleep(30)")
    await connect(hasty, his.system)
    status, said = await look_up(hasty)
    assert (status, said["reason"], said["system"]) == (503, "source_slow", "无锡 HIS")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"secret": "wrong"}, "refused"),
        ({"account": "nobody"}, "refused"),
        ({"address": "postgresql://{here}/nowhere"}, "wrong"),
        ({"address": "postgresql://127.0.0.1:1/his"}, "away"),
        ({"address": "oracle://{here}/his"}, "driver"),
        ({"mapping": {"patient": "his.nothing"}}, "wrong"),
    ],
)
async def test_a_mistake_in_the_set_up_is_named(call: Call, his: His, change: dict[str, str], fault: str) -> None:
    here = his.address.split("/")[2]
    changed = {name: value.format(here=here) if isinstance(value, str) else value for name, value in change.items()}
    await connect(call, his.system | changed)
    status, said = await look_up(call)
    assert (status, said["reason"]) == (503, f"source_{fault}")


async def test_nobody_is_called_whom_the_installation_does_not_allow(call: Call, his: His) -> None:
    await connect(call, his.system | {"address": "postgresql://127.0.0.2:5432/his"})
    status, said = await look_up(call)
    assert (status, said["reason"]) == (503, "source_not_allowed")


async def test_two_patients_of_one_number_are_nobody(call: Call, his: His) -> None:
    await his.add("patient", patient_number=NUMBER, **PERSON | {"name": "陈远山"})
    await connect(call, his.system)
    assert (await look_up(call))[1]["reason"] == "source_two_patients"


def test_another_patient_than_asked_for_is_not_believed() -> None:
    setting = Setting("wuxi", "HIS", "", "", "", {}, "Asia/Shanghai")
    row = dict.fromkeys(PATIENT.columns) | {"patient_number": "ZY1", **PERSON}
    with pytest.raises(Failed, match="other_patient"):
        patient_of(setting, NUMBER, Read({"patient": [row]}))
    foreign = dict.fromkeys(ALLERGY.columns) | {"patient_number": "ZY1", "substance": "青霉素"}
    read = Read({"patient": [row | {"patient_number": NUMBER.lower()}], "allergy": [foreign]}, dict(REST))
    found = patient_of(setting, NUMBER, read)
    assert found is not None
    assert found.left_out == {**REST, "allergy": "other_patient"}


REST = dict.fromkeys(("admission", "vitals", "tests", "orders"), Fault.slow)


async def test_what_is_too_long_is_left_out_and_what_is_hidden_is_taken_out(call: Call, his: His) -> None:
    await his.add("admission", patient_number=NUMBER, admitted_at=AT, history="\u202e突发\u200b胸痛")
    for _ in range(51):
        await his.add("allergy", patient_number=NUMBER, substance="青霉素")
    await his.run("ALTER TABLE t_orders ADD note text")
    await his.run("DROP VIEW telemed_orders")
    await his.run(
        "CREATE VIEW telemed_orders AS "
        "SELECT patient_number, kind, started_at, ended_at, note AS order_text FROM t_orders"
    )
    await his.run("GRANT SELECT ON telemed_orders TO reader")
    await his.run("INSERT INTO t_orders (patient_number, note) VALUES ($1, repeat('a', 30000000))", NUMBER)
    await connect(call, his.system)
    _, found = await look_up(call)
    assert found["left_out"] == {"allergy": "too_long", "orders": "too_long"}
    assert found["record"]["history"]["text"] == "突发胸痛"


async def test_a_database_in_another_encoding_is_named_so(call: Call, server: Server) -> None:
    async with database(server, "SQL_ASCII") as his:
        gb = "吴松年".encode("gb18030")
        await his.run(
            "INSERT INTO t_patient (patient_number, name) VALUES ($1, convert_from($2, 'SQL_ASCII'))", NUMBER, gb
        )
        await connect(call, his.system)
        assert (await look_up(call))[1]["reason"] == "source_encoding"
        assert (await look_up(call, "ZY1"))[0] == 404  # the connection serves the next one


async def state(call: Call) -> dict[str, Any]:
    """Of the system, as the chart of a patient who was typed by hand shows it."""
    found = (await call("doctor", "GET", "/patients?q=吴松年"))[1]["items"]
    id = found[0]["id"] if found else (await call("doctor", "POST", "/patients", json=NEW_PATIENT))[1]["id"]
    _, chart = await call("doctor", "GET", f"/patients/{id}/chart")
    assert (chart["read_at"], chart["source"]) == (None, "")
    return dict(chart["system"])


async def test_a_silent_system_is_left_alone_for_a_while_and_then_asked_again(
    hasty: Call, his: His, world: World, clock: FakeClock
) -> None:
    asked = 0

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        asked += 1
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, HERE, 0)
    port = server.sockets[0].getsockname()[1]
    await connect(hasty, his.system | {"address": f"postgresql://{HERE}:{port}/his"})
    for _ in range(3):
        assert (await look_up(hasty))[1]["reason"] == "source_slow"
    assert asked == 1
    clock.move(seconds=31)
    assert (await look_up(hasty))[1]["reason"] == "source_slow"
    assert asked == 2
    _, shown = await hasty("wuxi_admin", "GET", "/admin/sources")
    assert (shown["system"]["failures"], shown["system"]["why"]) == (2, "slow")
    assert (await state(hasty))["silent"]
    await connect(hasty, his.system, version=1)  # set up anew it is asked at once
    assert (await look_up(hasty))[0] == 200
    said = await state(hasty)
    assert (said["name"], said["silent"]) == ("无锡 HIS", False)
    assert said["heard_at"]
    async with world.db.read() as db:
        tomorrow = await service.system(db, world.actor("wuxi_admin"), clock() + timedelta(days=1))
    assert tomorrow is not None
    assert tomorrow.failures == 0
    server.close()
    await server.wait_closed()


async def test_the_hospital_system_is_only_read(call: Call, his: His) -> None:
    await his.run(
        "CREATE FUNCTION spoil() RETURNS varchar LANGUAGE plpgsql SECURITY DEFINER AS "
        "$$ BEGIN DELETE FROM t_patient; RETURN 'm'; END $$"
    )
    await his.run(
        "CREATE OR REPLACE VIEW telemed_patient AS SELECT patient_number, number_kind, name, pinyin, "
        "CAST(spoil() AS varchar(10)) AS sex, birth_date, phone FROM t_patient"
    )
    await connect(call, his.system)
    assert (await look_up(call))[1]["reason"] == "source_wrong"
    assert await his.owner.fetchval("SELECT count(*) FROM t_patient") == 1
