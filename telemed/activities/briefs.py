"""How a patient is named in a list of activities of any kind."""

from datetime import datetime

from telemed.activities.schemas import PatientBrief
from telemed.audit.seeing import see
from telemed.people.ages import years
from telemed.people.english import Departments
from telemed.people.model import Patient


def patient_brief(row: Patient, english: Departments, zone: str, now: datetime) -> PatientBrief:
    see(row.hospital_id, row.id)
    return PatientBrief(
        id=row.id,
        name=row.name,
        pinyin=row.pinyin,
        sex=row.sex,
        age=years(row, now, zone),
        allergy=row.allergy,
        hospital_id=row.hospital_id,
        department=row.department,
        department_en=english.get((row.hospital_id, row.department), ""),
        bed=row.bed,
    )
