"""A vital sign has a code, in whatever language it was written; a test is what its laboratory calls it."""

import pytest

from telemed.consultations.rules.content import RequestContent
from telemed.consultations.rules.vitals import VitalSign


@pytest.mark.parametrize(
    ("name", "unit", "code", "printed", "printed_unit"),
    [
        ("心率", "次/分", VitalSign.heart_rate, "心率", "次/分"),
        ("Heart rate", "/min", VitalSign.heart_rate, "心率", "次/分"),
        ("BP", "mmHg", VitalSign.blood_pressure, "血压", "mmHg"),
        ("Temperature", "°C", VitalSign.temperature, "体温", "℃"),
        ("SpO2", "%", VitalSign.oxygen_saturation, "SpO₂", "%"),
    ],
)
def test_a_vital_sign_is_known_in_both_languages(
    name: str, unit: str, code: VitalSign, printed: str, printed_unit: str
) -> None:
    (kept,) = RequestContent.model_validate({"vitals": [{"name": name, "value": "1", "unit": unit}]}).vitals
    assert (kept.code, kept.name, kept.unit) == (code, printed, printed_unit)


def test_what_is_no_vital_sign_of_ours_stays_as_it_was_written() -> None:
    written = {"name": "疼痛评分", "value": "3", "unit": "分"}
    (kept,) = RequestContent.model_validate({"vitals": [written]}).vitals
    assert (kept.code, kept.name, kept.unit) == (None, "疼痛评分", "分")


def test_a_laboratory_keeps_its_own_names() -> None:
    (kept,) = RequestContent.model_validate({"tests": [{"name": "T", "value": "3.1", "unit": "nmol/L"}]}).tests
    assert (kept.code, kept.name) == (None, "T")
