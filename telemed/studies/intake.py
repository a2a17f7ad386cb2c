"""Takes in imaging's reports: updates the read model, and proposes or confirms whose a study is."""

from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.history.events import About, Event, Hint
from telemed.history.service import emit, hint
from telemed.people import patients
from telemed.people.model import Hospital, Patient
from telemed.studies import rules
from telemed.studies.asking import ask_whose
from telemed.studies.events import (
    OfStudy,
    StudyCompleted,
    StudyConfirmed,
    StudyGrew,
    StudyHidden,
    StudyReceived,
    StudyShown,
    StudyUnconfirmed,
)
from telemed.studies.model import LinkState, StudyLink, StudyView, TextReading
from telemed.studies.rules import Header
from telemed.work import service as work
from telemed.work.model import WorkKind

LONGEST = 200  # characters; the most that a line of a request or packet holds
OF_STUDIES: dict[str, type[OfStudy]] = {  # by the archive's name for it
    "study.received": StudyReceived,
    "study.grew": StudyGrew,
    "study.complete": StudyCompleted,
}


async def happened(db: AsyncSession, kind: str, data: dict[str, Any], at: datetime, now: datetime) -> None:
    """Takes in one event of the archive. One that is older than what we know only adds to the history."""
    if kind not in OF_STUDIES:
        return
    view = await _view(db, data, now)
    link = await db_link(db, view.hospital_id, view.study_uid)
    if link is None or link.state is LinkState.proposed:
        link = await judge(db, view, link, now)
    elif view.mixed and link.state is LinkState.confirmed:
        # Another patient's images have come into a confirmed study: it is no longer confirmed.
        link = await judge(db, view, link, now)
    emit_link(db, view, link, OF_STUDIES[kind], now, at=at)


async def db_link(db: AsyncSession, hospital_id: str, study_uid: str) -> StudyLink | None:
    query = select(StudyLink).where(StudyLink.hospital_id == hospital_id, StudyLink.study_uid == study_uid)
    return (await db.exec(query.order_by(col(StudyLink.id).desc()).with_for_update())).first()


async def _view(db: AsyncSession, data: dict[str, Any], now: datetime) -> StudyView:
    key = (data["hospital"], data["study_uid"])
    view = await db.get(StudyView, key)
    if view is None:
        view = StudyView(hospital_id=key[0], study_uid=key[1], received_at=now, changed_at=now)
        db.add(view)
    elif _told(data) < (view.received, view.complete, view.expected or 0):
        return view  # heard late or twice
    hospital = await db.get(Hospital, key[0])
    view.patient_number, view.patient_name = _line(data, "PatientID"), _line(data, "PatientName")
    view.patient_sex, view.description = _line(data, "PatientSex"), _line(data, "StudyDescription")
    view.accession_number, view.laterality = _line(data, "AccessionNumber"), _laterality(data)
    view.text_reading, view.charset_label = _text_reading(data), _line(data, "charset_label")
    view.birth_date = rules.dicom_date(data.get("PatientBirthDate"))
    view.taken_at = taken_at(data.get("StudyDate"), data.get("StudyTime"), hospital.time_zone if hospital else "UTC")
    view.modalities = list(data.get("ModalitiesInStudy") or [])
    if view.received != data["instance_count"]:
        view.changed_at = now
    view.series, view.received = data["series_count"], data["instance_count"]
    view.expected, view.complete = data.get("declared_count"), bool(data.get("complete"))
    view.mixed = bool(data.get("mixed_patients"))  # whether it is hidden, `judge` decides
    view.rev += 1
    return view


def _told(data: dict[str, Any]) -> tuple[int, bool, int]:
    """Orders the archive's events of a study. These only grow: the archive removes no instance, and with the same count
    a study may become complete or be declared with a larger number, never the reverse."""
    return data["instance_count"], bool(data.get("complete")), data.get("declared_count") or 0


def _line(data: dict[str, Any], keyword: str) -> str:
    """A header value, shortened and without NULs: a file may hold what its VR and PostgreSQL do not allow."""
    return str(data.get(keyword) or "").replace("\0", "")[:LONGEST]


def _laterality(data: dict[str, Any]) -> str:
    told = data.get("Laterality")
    return told if told in ("R", "L", "B") else ""


def _text_reading(data: dict[str, Any]) -> TextReading:
    """Events from before it was told, and words of a later archive, say nothing of it."""
    told = data.get("text_reading")
    return TextReading(told) if told in list(TextReading) else TextReading.as_labelled


def taken_at(day: str | None, clock: str | None, zone: str) -> datetime | None:
    """When the study was taken; DICOM times are in the sending hospital's time zone."""
    date = rules.dicom_date(day)
    if date is None:
        return None
    digits = (clock or "").split(".")[0].ljust(6, "0")[:6]
    try:
        at = time(int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        at = time()
    return datetime.combine(date, at, ZoneInfo(zone))


async def judge(db: AsyncSession, view: StudyView, link: StudyLink | None, now: datetime) -> StudyLink:
    """Decides whose a study is: confirmed if number, name, sex and birth date agree, else a person must check it."""
    patient = await _candidate(db, view)
    found: dict[str, Any] = {}
    if patient is not None:
        numbers = [each.value for each in await patients.identifiers(db, patient.id)]
        header = Header(view.patient_name, view.patient_number, view.patient_sex, view.birth_date)
        found = rules.evidence(header, patient, numbers)
    if view.mixed:
        found = found | {"patients": {"header": "2", "record": "1", "agrees": False}}
    sure = bool(found) and rules.confirms_itself(found) and not view.mixed
    before, whose = (link.state, link.patient_id) if link else (None, None)
    if link is None:
        link = StudyLink(hospital_id=view.hospital_id, study_uid=view.study_uid, state=LinkState.proposed, at=now)
        db.add(link)
    link.patient_id, link.evidence, link.at = patient.id if patient else None, found, now
    link.state = LinkState.confirmed if sure else LinkState.proposed
    if before not in (None, link.state):
        link.version += 1  # so that an open page is stale
    await db.flush()
    if sure:
        emit_link(db, view, link, StudyConfirmed, now)
    elif before is LinkState.confirmed:
        emit_link(db, view, link, StudyUnconfirmed, now, whose=whose)
    if before is not LinkState.proposed and not sure:
        await ask_whose(db, view, link, now)
    elif sure:
        await work.finish(db, link.id, [WorkKind.identity], None, now)
    set_hidden(db, view, view.mixed or (bool(found) and rules.contradicts(found)), now)
    return link


def set_hidden(db: AsyncSession, view: StudyView, on: bool, now: datetime, by: Actor | None = None) -> None:
    """Hides the study from all but its hospital's imaging roles, or shows it again; imaging follows by the event."""
    if view.hidden is on:
        return
    view.hidden = on
    what = StudyHidden if on else StudyShown
    emit(db, what(study_uid=view.study_uid), About(view.hospital_id), now, by=by)


async def _candidate(db: AsyncSession, view: StudyView) -> Patient | None:
    """The patient of the study's hospital who has the header's number."""
    if not view.patient_number:
        return None
    return await patients.by_number(db, view.hospital_id, view.patient_number)


def emit_link(
    db: AsyncSession,
    view: StudyView,
    link: StudyLink,
    what: type[OfStudy],
    now: datetime,
    *,
    by: Actor | None = None,
    at: datetime | None = None,
    whose: UUID | None = None,
    **more: Any,
) -> None:
    """Emits an event about a study; `at` is when the archive had it, if it reported late.

    `whose`: the patient it was taken for until now, where that is not who its header names.
    """
    news = what(
        id=link.id,
        study_uid=view.study_uid,
        state=link.state,
        rev=view.rev,
        received=view.received,
        expected=view.expected,
        **more,
    )
    about = About(view.hospital_id, patient_id=whose or link.patient_id)
    if isinstance(news, Event):
        emit(db, news, about, now, by=by, at=at)
    elif isinstance(news, Hint):
        hint(db, news, about, now)
