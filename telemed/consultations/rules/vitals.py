"""The vital signs, each with a code, so that pages name them in either language."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final


class VitalSign(StrEnum):
    temperature = "temperature"
    heart_rate = "heart_rate"
    pulse = "pulse"
    respiration = "respiration"
    blood_pressure = "blood_pressure"
    oxygen_saturation = "oxygen_saturation"
    weight = "weight"
    height = "height"


# The names that the record prints.
NAMES: Final = {
    VitalSign.temperature: "体温",
    VitalSign.heart_rate: "心率",
    VitalSign.pulse: "脉搏",
    VitalSign.respiration: "呼吸",
    VitalSign.blood_pressure: "血压",
    VitalSign.oxygen_saturation: "SpO₂",
    VitalSign.weight: "体重",
    VitalSign.height: "身高",
}
# Other spellings, as charts and people write them; the same list as in web/src/kit/vitals.ts.
WRITTEN: Final = {
    VitalSign.temperature: r"体温|temperature|temp|t",
    VitalSign.heart_rate: r"心率|heart rate|hr",
    VitalSign.pulse: r"脉搏|脉率|pulse|p",
    VitalSign.respiration: r"呼吸|呼吸频率|respiration|respiratory rate|rr|r",
    VitalSign.blood_pressure: r"血压|blood pressure|bp",
    VitalSign.oxygen_saturation: r"spo[2₂]|血氧饱和度|氧饱和度|血氧|oxygen saturation",
    VitalSign.weight: r"体重|weight",
    VitalSign.height: r"身高|height",
}
PER_MINUTE: Final = "次/分"
DEGREES: Final = "℃"
UNITS: Final = {PER_MINUTE: r"次/分钟?|次/min|/min|per minute|bpm", DEGREES: r"℃|°c|摄氏度"}


@lru_cache(maxsize=1000)
def sign_of(name: str) -> VitalSign | None:
    """The vital sign that `name` means, in either language; None if it means none."""
    return next((sign for sign, pattern in WRITTEN.items() if _is(pattern, name)), None)


@lru_cache(maxsize=1000)
def unit_of(unit: str) -> str:
    """The unit as the record prints it, for a unit written in words; any other unchanged."""
    return next((printed for printed, pattern in UNITS.items() if _is(pattern, unit)), unit)


def _is(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text.strip(), re.IGNORECASE) is not None
