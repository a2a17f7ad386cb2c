"""How old somebody is on a day, and how a hospital says it."""

from datetime import date

import pytest

from telemed.people.ages import spelled, years
from telemed.people.model import Allergy, Patient, Sex

TODAY = date(2026, 3, 2)


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
    patient = Patient(
        hospital_id="wuxi",
        name="陈一",
        sex=Sex.male,
        birth_date=born,
        estimated_age=estimated,
        allergy=Allergy.none,
    )
    assert (years(patient, TODAY), spelled(patient, TODAY)) == (number, words)
