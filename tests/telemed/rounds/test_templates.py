"""What a bed needs for its round, by specialty: built in, or as the hub's coordinators have it."""

from datetime import timedelta
from typing import Any

import pytest

from telemed.audit.model import AuditEvent
from telemed.people.chart_tables import Observation, ObservationKind
from telemed.people.model import Department
from telemed.rounds.needed import not_found
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import consent, item_of, listed, shown, sweep
from tests.telemed.rounds.noting import asked

LESS = {"needs": ["labs", "vitals"], "labs": ["乳酸/Lac"], "questions": ["是否转 ICU？", "是否转 ICU？"]}


async def templates(call: Call) -> dict[str, Any]:
    status, out = await call("coordinator", "GET", "/rounds/templates")
    assert status == 200, out
    return {each["specialty"]: each for each in out["items"]}


async def measured(world: World, bed: str, kind: ObservationKind, name: str, code: str = "x") -> None:
    async with world.db.write() as db:
        db.add(
            Observation(
                patient_id=world.ids[bed],
                kind=kind,
                code=code,
                name=name,
                value="1",
                at=NOW + timedelta(hours=20),
                source="typed",
            )
        )


@pytest.mark.parametrize(
    ("names", "missing"),
    [
        (["NT-proBNP", "血钾"], []),
        (["nt-PROBNP（急诊）", "K"], []),
        (["BNP", "CK", "CK-MB"], ["血钾"]),
        (["HKD", "proBNP"], ["NT-proBNP", "血钾"]),
        ([], ["NT-proBNP", "血钾"]),
    ],
)
def test_a_test_is_there_under_any_of_its_names_but_not_as_a_part_of_another_word(
    names: list[str], missing: list[str]
) -> None:
    assert not_found(["NT-proBNP/BNP", "血钾/钾/K", " / "], names) == missing


async def test_what_is_built_in_asks_for_the_tests_of_the_specialty_by_name(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    item = item_of(session, "01")
    assert (item["lacks"], item["labs"]) == (["question", "vitals", "labs", "ecg"], ["NT-proBNP", "血钾"])
    assert session["questions"][0] == "容量状态如何，利尿剂是否调整？"
    await measured(world, "01", ObservationKind.test, "血钾")
    item = item_of(await shown(call, session["id"]), "01")
    assert (item["lacks"], item["labs"]) == (["question", "vitals", "labs", "ecg"], ["NT-proBNP"])
    await measured(world, "01", ObservationKind.test, "脑钠肽", "BNP")
    item = item_of(await shown(call, session["id"]), "01")
    assert (item["lacks"], item["labs"]) == (["question", "vitals", "ecg"], [])


async def test_a_coordinator_changes_it_and_open_lists_and_what_the_ward_is_asked_for_follow_at_once(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    await sweep(world, clock)
    assert (await asked(world))[0][3] == {"proposed": 4, "lacking": 4}
    await consent(world, "01")
    await measured(world, "01", ObservationKind.test, "动脉血乳酸", "Lac")
    await measured(world, "01", ObservationKind.vital, "心率")
    assert (await templates(call))["cardiology"]["built_in"] is True
    status, out = await call("coordinator", "PUT", "/rounds/templates/cardiology", json=LESS, match=0)
    assert (status, out["version"], out["needs"], out["labs"], out["questions"], out["built_in"]) == (
        200,
        1,
        ["vitals", "labs"],
        ["乳酸/Lac"],
        ["是否转 ICU？"],
        False,
    )
    assert (await asked(world))[0][3] == {"proposed": 4, "lacking": 3}
    session = await shown(call, session["id"])
    assert [(each["bed"], each["lacks"], each["labs"]) for each in session["items"][:2]] == [
        ("01", [], []),
        ("02", ["vitals", "labs"], ["乳酸"]),
    ]
    assert session["questions"] == ["是否转 ICU？"]
    written = [each for each in await rows(world.db, AuditEvent) if each.action == "round_template.changed"]
    assert len(written) == 1
    status, out = await call("coordinator", "DELETE", "/rounds/templates/cardiology", match=1)
    assert (status, out["version"], out["built_in"], out["labs"]) == (200, 0, True, ["NT-proBNP/BNP", "血钾/钾/K"])
    assert (await asked(world))[0][3] == {"proposed": 4, "lacking": 4}


async def test_an_office_has_no_beds(call: Call, world: World) -> None:
    async with world.db.write() as db:
        db.add(Department(hospital_id="ruijin", specialty="quality", name="质控科", name_en="Quality office"))
    found = await templates(call)
    assert "cardiology" in found
    assert "quality" not in found


async def test_who_comes_second_is_told_and_only_a_coordinator_of_a_hub_that_has_the_specialty_changes_it(
    call: Call, world: World
) -> None:
    path = "/rounds/templates/cardiology"
    assert (await call("coordinator", "PUT", path, json=LESS, match=0))[0] == 200
    status, out = await call("coordinator", "PUT", path, json=LESS, match=0)
    assert (status, out["current"]["version"]) == (412, 1)
    assert (await call("coordinator", "DELETE", path, match=0))[0] == 412
    status, out = await call("coordinator", "PUT", "/rounds/templates/dentistry", json=LESS, match=0)
    assert (status, out["reason"]) == (404, "unknown_specialty")
    for who in ("doctor", "expert", "admin"):
        assert (await call(who, "PUT", path, json=LESS, match=1))[0] == 403, who
    for wrong in ({"needs": ["everything"]}, {"labs": [" "]}, {"questions": ["x" * 201]}):
        assert (await call("coordinator", "PUT", path, json=LESS | wrong, match=1))[0] == 422, wrong
