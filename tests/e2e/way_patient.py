"""The patient of a hospital system of our own, whom the demonstration does not know; the CT and reports they bring."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from PIL import Image, ImageDraw

from tests.e2e.story_papers import Papers
from tests.imaging.made import made
from tests.telemed.sources.conftest import His

NUMBER: Final = "ZY2600042"
NAME: Final = "吴松年"
EXAMINATION: Final = "胸部增强 CT"
SLICES: Final = 24
SIDE: Final = 256  # pixels
AIR, TISSUE, BONE = 24, 1074, 1374  # stored values: Hounsfield + 1024
PATIENT: Final = {"name": NAME, "sex": "2", "birth_date": "1988-11-28"}


def slice_of(number: int, study: str = "way") -> bytes:
    """A body with a heart and a spine; the heart grows from slice to slice, so that each is another."""
    picture = Image.new("I;16", (SIDE, SIDE), AIR)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((20, 40, 236, 216), fill=TISSUE - 60)
    draw.ellipse((40, 60, 110, 190), fill=AIR + 150)
    draw.ellipse((146, 60, 216, 190), fill=AIR + 150)
    grown = 12 + 2 * number
    draw.ellipse((128 - grown, 120 - grown, 128 + grown, 120 + grown), fill=TISSUE)
    draw.ellipse((116, 176, 140, 206), fill=BONE)
    draw.rectangle((30 + 8 * number, 4, 34 + 8 * number, 24), fill=BONE)
    return made(
        study,
        number,
        name=f"Wu^Songnian={NAME}",
        side=SIDE,
        PixelData=np.asarray(picture, dtype=np.uint16).tobytes(),
        PatientID=NUMBER,
        PatientSex="F",
        PatientBirthDate="19881128",
        StudyDate=date.today().strftime("%Y%m%d"),
        StudyDescription=EXAMINATION,
        RescaleIntercept=-1024,
        RescaleSlope=1,
        WindowCenter=40,
        WindowWidth=400,
        PixelSpacing=[1.4, 1.4],
        SliceThickness=10,
        ImageOrientationPatient=[1, 0, 0, 0, 1, 0],
        ImagePositionPatient=[0, 0, -10 * number],
    )


def _images(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, SLICES + 1):
        (folder / f"IM{number:04d}").write_bytes(slice_of(number))
    return folder


def _report(kind: str, folder: Path) -> Path:
    path = folder / f"{kind}.pdf"
    page = Image.new("RGB", (595, 842), "white")
    ImageDraw.Draw(page).text((60, 60), f"{kind} {NUMBER}", fill="black")
    page.save(path, "PDF")
    return path


PAPERS: Final = Papers(
    NUMBER, NAME, EXAMINATION, SLICES, ("ecg", "laboratory", "echocardiogram"), _images, _report
)  # fmt: skip


async def admitted(his: His) -> None:
    """The patient lies in the hospital, as its views say."""
    now = datetime.now(ZoneInfo("Asia/Shanghai")).replace(microsecond=0, tzinfo=None)
    await his.add("patient", patient_number=NUMBER, **PATIENT)
    stay: dict[str, Any] = {"department": "心内科", "ward": "5 病区", "bed": "09", "bed_doctor": "叶夏至"}
    stay["bed_doctor_phone"] = "0510-0000-0166"
    texts = {
        "diagnosis": "急性心肌炎可能",
        "history": "1 周前上呼吸道感染，3 天来胸闷、乏力，活动后气促，昨日入院。",
        "past_history": "体健，无心脏病史。",
        "examination": "神志清，心率 104 次/分，律齐，第一心音低钝，双肺清。",
        "treatment": "卧床休息，心电监测，吸氧。",
    }
    admitted_at = now - timedelta(days=1)
    await his.add(
        "admission",
        patient_number=NUMBER,
        admission_number=NUMBER,
        admitted_at=admitted_at,
        noted_at=now,
        **stay,
        **texts,
    )
    await his.add("allergy", patient_number=NUMBER, status="无")
    for code, name, value, unit in (
        ("temperature", "体温", "37.1", "℃"),
        ("heart_rate", "心率", "104", "次/分"),
        ("respiration", "呼吸", "20", "次/分"),
        ("blood_pressure", "血压", "102/66", "mmHg"),
        ("spo2", "血氧饱和度", "97", "%"),
    ):
        await his.add("vitals", patient_number=NUMBER, code=code, name=name, value=value, unit=unit, measured_at=now)
    await his.add(
        "tests", patient_number=NUMBER, name="hs-cTnT", value="0.286", unit="μg/L", ref_high="0.014", reported_at=now
    )
    await his.add(
        "orders", patient_number=NUMBER, kind="药品", order_text="培哚普利 2 mg 口服 每日一次", started_at=now
    )
