"""What the ward enters by hand beside what the hospital system says."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.audit.model import AuditEvent
from telemed.people.chart_schemas import MeasureIn
from telemed.people.chart_tables import Observation, ObservationKind
from telemed.people.charting import flag_of
from tests.telemed.conftest import NOW, Call, World, rows

RATE = {"kind": "vital", "code": "heart_rate", "name": "心率", "unit": "次/分", "ref_low": "60", "ref_high": "100"}


def rate(value: str, **more: Any) -> dict[str, Any]:
    return RATE | {"value": value, "at": NOW.isoformat()} | more


async def patient(call: Call) -> str:
    status, made = await call("doctor", "POST", "/patients", json={"name": "吴松年", "sex": "male"})
    assert status == 201, made
    return str(made["id"])


async def test_what_is_typed_stands_with_its_source_its_time_and_whether_it_is_normal(call: Call, world: World) -> None:
    id = await patient(call)
    potassium = {"kind": "test", "code": "血钾", "name": "血钾", "value": "3.3", "unit": "mmol/L", "ref_low": "3.5"}
    body = {
        "measured": [rate("88"), potassium | {"at": (NOW - timedelta(hours=4)).isoformat()}],
        "orders": [{"text": "呋塞米 20 mg qd"}],
    }
    status, chart = await call("doctor", "POST", f"/patients/{id}/chart", json=body)
    assert status == 200, chart
    assert [(e["name"], e["value"], e["flag"], e["source"]) for e in chart["vitals"] + chart["tests"]] == [
        ("心率", "88", "", "typed"),
        ("血钾", "3.3", "low", "typed"),
    ]
    assert [(each["text"], each["source"]) for each in chart["orders"]] == [("呋塞米 20 mg qd", "typed")]
    assert "patient.charted" in [each.action for each in await rows(world.db, AuditEvent)]


async def test_the_same_moment_again_corrects_it_and_what_was_wrong_is_taken_back(call: Call) -> None:
    id = await patient(call)
    await call("doctor", "POST", f"/patients/{id}/chart", json={"measured": [rate("188")]})
    status, chart = await call("doctor", "POST", f"/patients/{id}/chart", json={"measured": [rate("88")]})
    assert (status, [each["value"] for each in chart["vitals"]]) == (200, ["88"])
    gone = {"kind": "vital", "code": "heart_rate", "at": NOW.isoformat()}
    status, chart = await call("doctor", "POST", f"/patients/{id}/chart", json={"withdrawn": [gone]})
    assert (status, chart["vitals"]) == (200, [])


async def test_an_order_that_is_in_force_is_not_written_twice_and_ends_by_its_text(call: Call) -> None:
    id = await patient(call)
    for _ in range(2):
        body = {"orders": [{"text": "呋塞米 20 mg qd"}, {"text": "呋塞米 20 mg qd"}]}
        _, chart = await call("doctor", "POST", f"/patients/{id}/chart", json=body)
    assert len(chart["orders"]) == 1
    _, chart = await call("doctor", "POST", f"/patients/{id}/chart", json={"ended": ["呋塞米 20 mg qd"]})
    assert chart["orders"] == []


async def test_a_value_of_the_hospital_system_stays_and_nothing_else_of_the_form_is_kept(
    call: Call, world: World
) -> None:
    id = await patient(call)
    async with world.db.write() as db:
        kind = ObservationKind.vital
        db.add(
            Observation(
                patient_id=UUID(id), kind=kind, code="heart_rate", name="心率", value="71", at=NOW, source="his"
            )
        )
    body = {"measured": [rate("99", code="pulse", name="脉搏"), rate("99")]}
    status, refused = await call("doctor", "POST", f"/patients/{id}/chart", json=body)
    assert (status, refused["reason"], refused["name"]) == (409, "charted_by_system", "心率")
    _, chart = await call("doctor", "GET", f"/patients/{id}/chart")
    assert [(each["name"], each["value"]) for each in chart["vitals"]] == [("心率", "71")]


async def test_nobody_enters_what_has_not_happened_or_what_is_not_of_their_hospital(call: Call) -> None:
    id = await patient(call)
    late = rate("88", at=(NOW + timedelta(minutes=6)).isoformat())
    status, refused = await call("doctor", "POST", f"/patients/{id}/chart", json={"measured": [late]})
    assert (status, refused["reason"]) == (422, "charted_ahead")
    for who, expected in (("expert", 403), ("coordinator", 403), ("jiashan_doctor", 404)):
        status, _ = await call(who, "POST", f"/patients/{id}/chart", json={"measured": [rate("88")]})
        assert status == expected, who


@pytest.mark.parametrize(
    ("value", "low", "high", "flag"),
    [
        *[
            ("5.4", "3.5", "5.3", "high"),
            ("3.4", "3.5", "5.3", "low"),
            ("4", "3.5", "5.3", ""),
            ("94", "95", "", "low"),
        ],
        *[("阳性", "", "", ""), ("128/74", "90", "140", ""), ("<0.01", "", "0.014", ""), ("7", "", "", "")],
    ],
)
def test_a_flag_is_only_given_where_numbers_say_so(value: str, low: str, high: str, flag: str) -> None:
    measure = MeasureIn(kind=ObservationKind.test, code="x", name="x", value=value, ref_low=low, ref_high=high, at=NOW)
    assert flag_of(measure) == flag
