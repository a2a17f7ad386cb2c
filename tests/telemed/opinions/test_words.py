"""How the record says what the wire says in codes."""

import pytest

from telemed.opinions import words
from telemed.people.model import Allergy, Patient, Sex


@pytest.mark.parametrize(
    ("critical", "isolation", "printed"),
    [
        (True, False, "危重"),
        (True, True, "危重　隔离"),
        (False, True, "未标注危重　隔离"),
        (False, False, "未标注危重"),
    ],
)
def test_the_condition_is_always_said_and_never_judged(critical: bool, isolation: bool, printed: str) -> None:
    patient = Patient(
        hospital_id="wuxi",
        name="秦氐宿",
        sex=Sex.female,
        allergy=Allergy.none,
        critical=critical,
        isolation=isolation,
    )
    assert words.condition(patient) == printed
