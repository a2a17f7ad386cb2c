"""How old somebody is at a moment, and how a hospital says it."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from telemed.people.ages import spelled, years
from telemed.people.model import Allergy, Hospital, Patient, Sex
from telemed.work import service as work
from telemed.work.model import WorkKind
from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.opinions.helpers import consultation

EARLY = datetime(2026, 3, 1, 23, tzinfo=UTC)  # at seven in the morning of 2 March in China
CHINA = "Asia/Shanghai"


def _born(born: date | None, estimated: int | None = None) -> Patient:
    return Patient(
        hospital_id="wuxi",
        name="陈一",
        sex=Sex.male,
        birth_date=born,
        estimated_age=estimated,
        allergy=Allergy.none,
    )


@pytest.mark.parametrize(
    ("born", "estimated", "number", "words"),
    [
        (date(1968, 3, 2), None, 58, "58 岁"),
        (date(1968, 3, 3), None, 57, "57 岁"),
        (date(2024, 3, 3), None, 1, "23 个月"),
        (date(2026, 2, 1), None, 0, "1 个月"),
        (date(2026, 2, 28), None, 0, "2 天"),
        (None, 60, 60, "约 60 岁"),
        (None, None, None, "不详"),
    ],
)
def test_an_age(born: date | None, estimated: int | None, number: int | None, words: str) -> None:
    patient = _born(born, estimated)
    assert (years(patient, EARLY, CHINA), spelled(patient, EARLY, CHINA)) == (number, words)


def test_the_day_is_the_hospitals() -> None:
    patient = _born(date(1968, 3, 2))
    assert (years(patient, EARLY, "UTC"), spelled(patient, EARLY, "UTC")) == (57, "57 岁")


@pytest.mark.parametrize(("zone", "age"), [(CHINA, 58), ("UTC", 57)])
async def test_list_and_home_show_the_age_by_the_patients_hospitals_calendar(
    call: Call, world: World, clock: FakeClock, zone: str, age: int
) -> None:
    """As the prints do. Before eight on a birthday the two showed different ages."""
    id = await consultation(world)
    async with world.db.write() as db:
        (await db.get_one(Hospital, "wuxi")).time_zone = zone
        patient = (await db.exec(select(Patient))).one()
        patient.birth_date = date(1968, 3, 2)
        work.ask(db, WorkKind.identity, patient.id, "wuxi", NOW, staff_id=world.ids["doctor"], patient_id=patient.id)
    clock.now = EARLY
    _, found = await call("doctor", "GET", "/consultations")
    assert [(each["id"], each["patient_age"]) for each in found["items"]] == [(id, age)]
    _, home = await call("doctor", "GET", "/home")
    assert [each["patient"]["age"] for each in home["work"]["items"]] == [age]
