"""What the story's patient brings: a CT as files, reports as PDF, the consent form signed and photographed."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from telemed.demo.images.header import ZONE, Study
from telemed.demo.images.phantom import Findings
from telemed.demo.images.studies import INSTITUTION
from telemed.demo.images.synthetic import ct
from telemed.demo.papers import TITLES, report
from telemed.demo.patients import PATIENTS
from telemed.demo.vignettes.charts import CHARTS

PATIENT = PATIENTS["dixiu"]
CHART = CHARTS[PATIENT.key]
EXAMINATION = "胸部增强 CT"
SLICES = 24
STEP = 10.0
CHECKLIST = ("ecg", "laboratory", "echocardiogram")  # what cardiology asks for, in its order
TEXTS = {
    "ecg": "窦性心动过速，广泛导联 T 波低平。",
    "echocardiogram": "左室壁运动普遍减弱，LVEF 46 %，少量心包积液。",
}


def images(folder: Path, key: str = "story") -> Path:
    """A folder as it comes from a workstation: one file for each slice, under names without an extension."""
    now = datetime.now(UTC)
    person = PATIENT.person(now.astimezone(ZONE).date())
    study = Study(key, PATIENT.hospital, INSTITUTION[PATIENT.hospital], person, "CT", EXAMINATION, "CHEST",
                  timedelta(hours=2))  # fmt: skip
    folder.mkdir(parents=True)
    made = ct(study, now, Findings(contrast=True), slices=SLICES, step=STEP, series_name="胸部增强 10 mm")
    for number, data in enumerate(made, start=1):
        (folder / f"IM{number:04d}").write_bytes(data)
    return folder


def checklist_report(kind: str, folder: Path) -> Path:
    """The report that answers one item of the specialty's list."""
    at = datetime.now(UTC) - CHART.tested
    path = folder / f"{TITLES[kind]}.pdf"
    rows = CHART.tests if kind == "laboratory" else ()
    path.write_bytes(report(kind, PATIENT, at, text=TEXTS.get(kind, ""), rows=rows))
    return path


def photographed(form: bytes, path: Path) -> Path:
    """The printed form as a telephone sees it."""
    picture = BytesIO()
    pypdfium2.PdfDocument(form)[0].render(scale=1.5).to_pil().convert("RGB").save(picture, "JPEG", quality=80)
    path.write_bytes(picture.getvalue())
    return path
