"""Write an inspected instance into the index: new, the same again, or other bytes under a taken UID."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from imaging.index import hiding
from imaging.index.model import Instance, InstanceDetail, NameForm, OtherCopy, Series, Study
from imaging.outbox import add_event
from imaging.workers.jobs import Inspected


class Kept(StrEnum):
    STORED = "stored"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Arrival:
    hospital: str
    sha256: str
    bytes: int
    about: Inspected
    now: datetime


def record(session: Session, arrival: Arrival) -> Kept:
    about, hospital = arrival.about, arrival.hospital
    known = session.exec(
        select(Instance).where(Instance.hospital == hospital, Instance.sop_uid == about.sop_uid)
    ).one_or_none()
    if known is not None:
        if known.sha256 == arrival.sha256:
            return Kept.DUPLICATE
        return _keep_beside(session, known, arrival)
    study = _study(session, arrival)
    series = _series(session, study, arrival)
    instance = Instance(
        hospital=hospital,
        series=_id(series.id),
        sop_uid=about.sop_uid,
        sop_class=about.sop_class,
        number=about.instance_number,
        transfer_syntax=about.transfer_syntax,
        rows=about.rows,
        columns=about.columns,
        bits_allocated=about.bits_allocated,
        frames=about.frames,
        laterality=about.laterality,
        sha256=arrival.sha256,
        bytes=arrival.bytes,
        frame_syntax=about.frame_syntax,
        sidecar=about.sidecar,
        repaired_text=about.repaired_text,
        received_at=arrival.now,
    )
    session.add(instance)
    session.flush()
    session.add(InstanceDetail(instance=_id(instance.id), dicom_json=about.dicom_json, layout=about.layout))
    session.flush()
    return Kept.STORED


def _keep_beside(session: Session, known: Instance, arrival: Arrival) -> Kept:
    key = (arrival.hospital, known.sop_uid, arrival.sha256)
    if session.get(OtherCopy, key) is not None:
        return Kept.CONFLICT
    about = arrival.about
    session.add(
        OtherCopy(
            hospital=arrival.hospital,
            sop_uid=known.sop_uid,
            sha256=arrival.sha256,
            study_uid=about.study_uid,
            bytes=arrival.bytes,
            received_at=arrival.now,
        )
    )
    known.conflicting = True
    held = session.exec(select(Study).join(Series).where(Series.id == known.series)).one()
    data: dict[str, object] = {
        "study_uid": held.study_uid,
        "sop_uid": known.sop_uid,
        "other_study_uid": about.study_uid,
        "sha256": known.sha256,
        "other_sha256": arrival.sha256,
    }
    add_event(session, "study.conflict", arrival.hospital, data, arrival.now)
    return Kept.CONFLICT


def _study(session: Session, arrival: Arrival) -> Study:
    about = arrival.about
    study = session.exec(
        select(Study).where(Study.hospital == arrival.hospital, Study.study_uid == about.study_uid)
    ).one_or_none()
    if study is None:
        study = Study(
            hospital=arrival.hospital, study_uid=about.study_uid, received_at=arrival.now, changed_at=arrival.now
        )
        study.sqlmodel_update(about.study)
        hiding.carry_out(session, study)
        session.add(study)
        session.flush()
        session.add_all(NameForm(study=_id(study.id), form=form) for form in about.name_forms)
    else:
        study.mixed_patients = study.mixed_patients or not _same_patient(session, study, about)
    study.instance_count += 1
    study.changed_at = arrival.now
    return study


def _same_patient(session: Session, study: Study, about: Inspected) -> bool:
    """One number, or none; and one name, however each of the study's machines spells it."""
    number, name = about.study["patient_id"], about.study["patient_name"]
    if study.patient_id and number and study.patient_id != number:
        return False
    if not study.patient_name or not name or study.patient_name == name:
        return True
    known = session.exec(select(NameForm.form).where(NameForm.study == study.id)).all()
    return not set(known).isdisjoint(about.name_forms)


def _series(session: Session, study: Study, arrival: Arrival) -> Series:
    about = arrival.about
    series = session.exec(
        select(Series).where(col(Series.study) == study.id, Series.series_uid == about.series_uid)
    ).one_or_none()
    if series is None:
        series = Series(study=_id(study.id), series_uid=about.series_uid, number=about.series_number)
        series.sqlmodel_update(about.series)
        session.add(series)
        study.series_count += 1
    series.instance_count += 1
    session.flush()
    return series


def _id(key: int | None) -> int:
    assert key is not None
    return key
