"""The attachments of the demonstration's requests as PDF: laboratory and other reports, signed consent forms."""

import json
from datetime import datetime
from importlib.resources import files

import typst

from telemed.consultations.rules.content import Measure
from telemed.demo.images.person import ZONE
from telemed.demo.patients import PatientText
from telemed.demo.places import HOSPITALS
from telemed.demo.story import Vignette
from telemed.documents.consent import ConsentForm, ConsentPatient
from telemed.documents.fonts import fonts
from telemed.documents.render import set_type
from telemed.people.model import Sex

TITLES = {
    "laboratory": "检验报告单",
    "ecg": "心电图报告",
    "echocardiogram": "超声心动图报告",
    "blood_gas": "动脉血气报告",
    "pathology": "病理诊断报告",
}
FLAGS = {"": "", "low": "↓", "high": "↑", "critical": "危急 ↑↓"}
HOSPITAL = {each.id: each for each in HOSPITALS}


def reports(vignette: Vignette, patient: PatientText, now: datetime) -> dict[str, bytes]:
    """A PDF for each item of the checklist for which the case has a report."""
    at = now - vignette.record.tested
    out = {"laboratory": report("laboratory", patient, at, rows=vignette.record.tests)}
    return out | {kind: report(kind, patient, at, text=text) for kind, text in vignette.papers.items()}


def report(kind: str, patient: PatientText, at: datetime, *, text: str = "", rows: tuple[Measure, ...] = ()) -> bytes:
    local = at.astimezone(ZONE)
    data = {
        "title": f"{TITLES[kind]}（演示）",
        "hospital": HOSPITAL[patient.hospital].licence_name,
        "facts": [
            f"姓名：{patient.name}",
            f"性别：{sex(patient)}",
            f"年龄：{patient.person().years(at)} 岁",
            f"住院号：{patient.number}",
            f"科室：{patient.department}",
            f"床号：{patient.bed}",
            f"报告时间：{local:%Y-%m-%d %H:%M}",
        ],
        "rows": [[each.name, each.value, each.unit, FLAGS[each.flag]] for each in rows],
        "text": text,
        "signed": "报告者：演示科室　审核者：演示科室",
    }
    sources = {
        "main.typ": files("telemed.demo").joinpath("report.typ").read_bytes(),
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
    }
    pdf: bytes = typst.compile(  # type: ignore[call-overload]  # its stub leaves out the dict of sources
        sources, font_paths=fonts(), format="pdf", timestamp=int(at.timestamp())
    )
    return pdf


def consent(diagnosis: str, patient: PatientText, doctor: str, number: str, consultation: str, at: datetime) -> bytes:
    """The scanned form with the patient's signature."""
    local = at.astimezone(ZONE)
    form = ConsentForm(
        number=number,
        form_version="2026-2",
        consultation=consultation,
        inviter=HOSPITAL[patient.hospital].licence_name,
        invited=HOSPITAL["ruijin"].licence_name,
        invited_department="",
        contact=HOSPITAL[patient.hospital].phone,
        patient=ConsentPatient(
            name=patient.name,
            sex=sex(patient),
            age=f"{patient.person().years(at)} 岁",
            birth=f"{patient.birth_date:%Y-%m-%d}",
            number=patient.number,
            department=patient.department,
            bed=patient.bed,
            diagnosis=diagnosis,
        ),
        kind="patient",
        printed_at=f"{local:%Y-%m-%d %H:%M:%S}",
        printed_by=doctor,
        demo=True,
    )
    return set_type(form, at)


def sex(patient: PatientText) -> str:
    return "男" if patient.sex is Sex.male else "女"
