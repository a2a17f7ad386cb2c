"""Files to practise with: CT and reports of a patient without a request, as a doctor would have them."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from telemed.demo.images.header import Study
from telemed.demo.images.phantom import Findings
from telemed.demo.images.studies import INSTITUTION
from telemed.demo.images.synthetic import ct
from telemed.demo.papers import TITLES, report
from telemed.demo.patients import PATIENTS
from telemed.demo.vignettes.charts import CHARTS

PATIENT: Final = PATIENTS["dixiu"]
CHART: Final = CHARTS[PATIENT.key]
EXAMINATION: Final = "胸部增强 CT"
SLICES: Final = 24
STEP: Final = 10.0  # mm
CHECKLIST: Final = ("ecg", "laboratory", "echocardiogram")  # cardiology's checklist, in order
TEXTS: Final = {
    "ecg": "窦性心动过速，广泛导联 T 波低平。",
    "echocardiogram": "左室壁运动普遍减弱，LVEF 46 %，少量心包积液。",
}


def write(folder: Path, now: datetime) -> Path:
    """Writes the patient's folder, named by the admission number, into `folder`: CT/ and a PDF for each report."""
    own = folder / PATIENT.number
    images(own / "CT", now)
    for kind in CHECKLIST:
        paper(kind, own, now)
    return own


def images(folder: Path, now: datetime, key: str = "samples") -> Path:
    """Writes images as a workstation exports them: a file for each slice, with no extension."""
    study = Study(key, PATIENT.hospital, INSTITUTION[PATIENT.hospital], PATIENT.person(), "CT", EXAMINATION, "CHEST",
                  timedelta(hours=2))  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    made = ct(study, now, Findings(contrast=True), slices=SLICES, step=STEP, series_name="胸部增强 10 mm")
    for number, data in enumerate(made, start=1):
        (folder / f"IM{number:04d}").write_bytes(data)
    return folder


def paper(kind: str, folder: Path, now: datetime) -> Path:
    """Writes the report for one item of the checklist."""
    path = folder / f"{TITLES[kind]}.pdf"
    rows = CHART.tests if kind == "laboratory" else ()
    path.write_bytes(report(kind, PATIENT, now - CHART.tested, text=TEXTS.get(kind, ""), rows=rows))
    return path
