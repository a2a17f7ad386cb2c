"""The hospital information system of the demonstration: what it knows of the fictional patients by number."""

from datetime import datetime

from telemed.demo.images.header import ZONE
from telemed.demo.patients import PATIENTS, PatientText
from telemed.demo.staff import STAFF
from telemed.demo.story import Vignette
from telemed.demo.vignettes import VIGNETTES
from telemed.people.model import IdentifierKind
from telemed.people.ports import PatientFacts, SourcedText


def all_facts(now: datetime) -> list[PatientFacts]:
    return [facts(patient, now) for patient in PATIENTS.values()]


def facts(patient: PatientText, now: datetime) -> PatientFacts:
    vignette = next((each for each in VIGNETTES if each.patient == patient.key), None)
    attending = vignette.requester if vignette else ATTENDING[patient.hospital]
    doctor = next(each for each in STAFF if each.username == attending)
    return PatientFacts(
        hospital_id=patient.hospital,
        kind=IdentifierKind.admission,
        number=patient.number,
        name=patient.name,
        sex=patient.sex,
        birth_date=patient.born(now.astimezone(ZONE).date()),
        allergy=patient.allergy,
        allergy_text=patient.allergy_text,
        critical=patient.critical,
        department=patient.department,
        ward=patient.ward,
        bed=patient.bed,
        phone=PATIENT_PHONE,
        attending=doctor.name,
        attending_phone=DOCTOR_PHONE[patient.hospital],
        record=chart(vignette, now) if vignette else {},
    )


def chart(vignette: Vignette, now: datetime) -> dict[str, SourcedText]:
    """What an HIS can offer for a request; purpose and wishes are the doctor's own."""
    record = vignette.record
    noted, measured = now - vignette.created, now - record.measured
    texts = {
        "diagnosis": (record.diagnosis, "入院记录", noted),
        "history": (record.history, "入院记录", noted),
        "past_history": (record.past_history, "入院记录", noted),
        "examination": (record.examination, "护理记录", measured),
        "treatment": (record.treatment, "病程记录", noted),
        "medicines": (record.medicines, "医嘱", noted),
    }
    return {name: SourcedText(text=text, source=source, at=at) for name, (text, source, at) in texts.items() if text}


ATTENDING = {"wuxi": "wuxi.doctor", "jiashan": "jiashan.doctor"}
DOCTOR_PHONE = {"wuxi": "0510-0000-0166", "jiashan": "0573-0000-0166"}
PATIENT_PHONE = "000-0000-0000"
