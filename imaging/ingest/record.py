"""Writes an inspected instance into the index: new, a repeat, or other bytes under a known UID."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, col, select

from imaging.index import hiding
from imaging.index.matching import parts
from imaging.index.model import Instance, InstanceDetail, NameForm, NamePart, OtherCopy, Series, Study
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
    made: bool = False
    """The product made it itself."""


# A study of a thousand slices asks these a thousand times: written once, and sent past the unit of work.
KNOWN: Final = select(Instance.id, Instance.sha256).where(
    Instance.hospital == bindparam("at"), Instance.sop_uid == bindparam("uid")
)
STUDY_GROWS: Final = (
    update(Study)
    .where(col(Study.hospital) == bindparam("at"), col(Study.study_uid) == bindparam("uid"))
    .values(
        instance_count=col(Study.instance_count) + 1,
        made_count=col(Study.made_count) + bindparam("made"),
        changed_at=bindparam("now"),
    )
    .returning(col(Study.id), col(Study.patient_id), col(Study.patient_name), col(Study.mixed_patients))
)
SERIES_GROWS: Final = (
    update(Series)
    .where(col(Series.study) == bindparam("of"), col(Series.series_uid) == bindparam("uid"))
    .values(instance_count=col(Series.instance_count) + 1)
    .returning(col(Series.id))
)
ADD_INSTANCE: Final = insert(Instance).returning(col(Instance.id))
ADD_DETAIL: Final = insert(InstanceDetail)


def record(session: Session, arrival: Arrival) -> Kept:
    about, hospital, connection = arrival.about, arrival.hospital, session.connection()
    known = connection.execute(KNOWN, {"at": hospital, "uid": about.sop_uid}).one_or_none()
    if known is not None:
        if known.sha256 == arrival.sha256:
            return Kept.DUPLICATE
        return _keep_beside(session, session.get_one(Instance, known.id), arrival)
    row = {
        "hospital": hospital,
        "series": _series(session, _study(session, arrival), arrival),
        "sop_uid": about.sop_uid,
        "sop_class": about.sop_class,
        "number": about.instance_number,
        "transfer_syntax": about.transfer_syntax,
        "rows": about.rows,
        "columns": about.columns,
        "bits_allocated": about.bits_allocated,
        "frames": about.frames,
        "laterality": about.laterality,
        "sha256": arrival.sha256,
        "bytes": arrival.bytes,
        "frame_syntax": about.frame_syntax,
        "sidecar": about.sidecar,
        "conflicting": False,
        "repaired_text": about.repaired_text,
        "received_at": arrival.now,
    }
    instance = connection.execute(ADD_INSTANCE, row).scalar_one()
    connection.execute(ADD_DETAIL, {"instance": instance, "dicom_json": about.dicom_json, "layout": about.layout})
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


def _study(session: Session, arrival: Arrival) -> int:
    """The id of its study, which is created or counts one more instance."""
    about, connection = arrival.about, session.connection()
    whose = {"at": arrival.hospital, "uid": about.study_uid, "now": arrival.now, "made": int(arrival.made)}
    known = connection.execute(STUDY_GROWS, whose).one_or_none()
    if known is None:
        return _new_study(session, arrival)
    key: int = known.id
    # The product's own objects are of the patient whose the study was found to be, whatever its files say.
    if not (known.mixed_patients or arrival.made) and not _same_patient(
        session, key, known.patient_id, known.patient_name, about
    ):
        connection.execute(update(Study).where(col(Study.id) == key).values(mixed_patients=True))
    return key


def _new_study(session: Session, arrival: Arrival) -> int:
    about = arrival.about
    study = Study(
        hospital=arrival.hospital,
        study_uid=about.study_uid,
        instance_count=1,
        made_count=int(arrival.made),
        received_at=arrival.now,
        changed_at=arrival.now,
        text_reading=about.text_reading,
        charset_label=about.charset_label,
    )
    study.sqlmodel_update(about.study)
    hiding.carry_out(session, study)
    session.add(study)
    session.flush()
    session.add_all(NameForm(study=_id(study.id), form=form) for form in about.name_forms)
    session.add_all(NamePart(study=_id(study.id), part=part) for part in parts(about.name_forms))
    session.flush()
    return _id(study.id)


def _same_patient(session: Session, study: int, patient_id: str, patient_name: str, about: Inspected) -> bool:
    """Whether it is the study's patient: the same number or none, and the same name in any spelling of the study."""
    number, name = about.study["patient_id"], about.study["patient_name"]
    if patient_id and number and patient_id != number:
        return False
    if not patient_name or not name or patient_name == name:
        return True
    known = session.exec(select(NameForm.form).where(NameForm.study == study)).all()
    return not set(known).isdisjoint(about.name_forms)


def _series(session: Session, study: int, arrival: Arrival) -> int:
    """The id of its series, which is created or counts one more instance."""
    about, connection = arrival.about, session.connection()
    known: int | None = connection.execute(SERIES_GROWS, {"of": study, "uid": about.series_uid}).scalar_one_or_none()
    if known is not None:
        return known
    series = Series(study=study, series_uid=about.series_uid, number=about.series_number, instance_count=1)
    series.made = arrival.made
    series.sqlmodel_update(about.series)
    session.add(series)
    session.flush()
    counted = update(Study).where(col(Study.id) == study).values(series_count=col(Study.series_count) + 1)
    connection.execute(counted)
    return _id(series.id)


def _id(key: int | None) -> int:
    assert key is not None
    return key
