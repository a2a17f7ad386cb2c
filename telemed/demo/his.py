"""What the demonstration's hospital information system knows of each patient, by number."""

from datetime import datetime, timedelta
from typing import Literal

from telemed.consultations.rules.content import Measure
from telemed.demo.patients import PATIENTS, PatientText
from telemed.demo.staff import STAFF
from telemed.demo.story import Chart
from telemed.demo.vignettes import VIGNETTES
from telemed.demo.vignettes.charts import CHARTS
from telemed.demo.vignettes.course import SIGNS, TESTS
from telemed.demo.vignettes.ranges import EARLIER, RANGES
from telemed.people.model import IdentifierKind
from telemed.people.ports import Measured, Ordered, PatientData, SourcedMeasure, SourcedText, Stay


def all_patients(now: datetime) -> list[PatientData]:
    return [patient_data(patient, now) for patient in PATIENTS.values()]


def patient_data(patient: PatientText, now: datetime) -> PatientData:
    vignette = next((each for each in VIGNETTES if each.patient == patient.key), None)
    record = vignette.record if vignette else CHARTS.get(patient.key)
    noted = now - (vignette.created if vignette else ADMITTED)
    doctor = next(each for each in STAFF if each.username == ATTENDING[patient.hospital])
    return PatientData(
        hospital_id=patient.hospital,
        source=DEMO_HIS,
        kind=IdentifierKind.admission,
        number=patient.number,
        name=patient.name,
        pinyin=patient.latin.replace("^", " "),
        sex=patient.sex,
        birth_date=patient.birth_date,
        allergy=patient.allergy,
        allergy_text=patient.allergy_text,
        critical=patient.critical,
        department=patient.department,
        ward=patient.ward,
        bed=patient.bed,
        phone=PATIENT_PHONE,
        attending=doctor.name,
        attending_phone=DOCTOR_PHONE[patient.hospital],
        record=chart(record, noted, now) if record else {},
        stay=Stay(
            number=patient.number,
            department=patient.department,
            ward=patient.ward,
            bed=patient.bed,
            bed_doctor=doctor.name,
            admitted_at=noted - STAYED.get(patient.key, timedelta()),
        ),
        measured=measured(record, patient.key, now) if record else [],
        orders=orders(record, noted) if record else [],
    )


def measured(record: Chart, patient: str, now: datetime) -> list[Measured]:
    """The same measures as the chart's with those before them, for the table of all."""
    found: list[tuple[Literal["vital", "test"], tuple[Measure, ...], timedelta]] = [
        ("vital", record.vitals, record.measured),
        ("test", record.tests, record.tested),
    ]
    earlier = (*EARLIER.get(patient, ()), *SIGNS.get(patient, ()))
    found += [("vital", before, record.measured + ago) for ago, before in earlier]
    found += [("test", before, record.tested + ago) for ago, before in TESTS.get(patient, ())]
    return [
        Measured(
            kind=kind,
            code=each.code or each.name,
            at=now - ago,
            ref_low=RANGES.get(each.name, ("", ""))[0],
            ref_high=RANGES.get(each.name, ("", ""))[1],
            **each.model_dump(exclude={"code"}),
        )
        for kind, measures, ago in found
        for each in measures
    ]


def orders(record: Chart, noted: datetime) -> list[Ordered]:
    """The medicines of the chart, each an order in force."""
    texts = [each.strip() for each in record.medicines.rstrip("。").split("；")]
    return [Ordered(kind="medicine", text=each, started_at=noted) for each in texts if each]


def chart(record: Chart, noted: datetime, now: datetime) -> dict[str, SourcedText]:
    """The parts of a request that an HIS can fill; purpose and wishes are the doctor's."""
    measured, tested = now - record.measured, now - record.tested
    texts = {
        "diagnosis": (record.diagnosis, "admission_note", noted),
        "history": (record.history, "admission_note", noted),
        "past_history": (record.past_history, "admission_note", noted),
        "examination": (record.examination, "nursing_record", measured),
        "treatment": (record.treatment, "progress_note", noted),
        "medicines": (record.medicines, "orders", noted),
    }
    found = {name: SourcedText(text=text, source=source, at=at) for name, (text, source, at) in texts.items()}
    found["vitals"] = SourcedText(measures=measures(record.vitals), source="nursing_record", at=measured)
    found["tests"] = SourcedText(measures=measures(record.tests), source="laboratory", at=tested)
    return found


def measures(kept: tuple[Measure, ...]) -> list[SourcedMeasure]:
    return [SourcedMeasure.model_validate(each.model_dump()) for each in kept]


ADMITTED = timedelta(days=1)
# Before the request, as its history says; of whom rounds have seen, since before the first.
STAYED = {"beichen": timedelta(days=5), "jixiu": timedelta(days=12), "douxiu": timedelta(days=16)}
ATTENDING = {"wuxi": "wuxi.doctor", "jiashan": "jiashan.doctor"}
DOCTOR_PHONE = {"wuxi": "0510-0000-0166", "jiashan": "0573-0000-0166"}
DEMO_HIS = "demo_his"  # the pages translate this word
PATIENT_PHONE = "000-0000-0000"
