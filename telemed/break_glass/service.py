"""Opens and ends a break-glass, and shows who opened it what it opens."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.attempts import attempt
from telemed.access.model import Actor
from telemed.audit.seeing import see
from telemed.audit.service import record
from telemed.break_glass import reviewing, rules
from telemed.break_glass.events import BreakGlassEnded, BreakGlassOpened
from telemed.break_glass.model import BreakGlass
from telemed.break_glass.schemas import (
    BreakGlassBase,
    MineList,
    MineOut,
    OpenedCase,
    OpenedOut,
    OpenedStudy,
    OpenIn,
)
from telemed.consultations.model import Consultation
from telemed.consultations.rules.titles import title
from telemed.consultations.words import AGREEMENT_SERVICE, State
from telemed.db import Database
from telemed.errors import Invalid, NotFound
from telemed.history.events import About
from telemed.history.service import emit
from telemed.kit.activity import Activity
from telemed.people import patients
from telemed.people import service as people
from telemed.people.model import Patient, PatientIdentifier
from telemed.studies import service as studies
from telemed.studies.model import LinkState

MOST: Final = 20
PURPOSE: Final = "break glass"


async def open_for(database: Database, actor: Actor, wanted: OpenIn, now: datetime) -> BreakGlass:
    """Opens the patient, or answers the one that this person has open already.

    Raises NotFound where there is no such patient or no agreement in force with their hospital, which answer the same;
    TooMany after five of these within a quarter of an hour, or it would be a search.
    """
    if not wanted.number.strip() and not (wanted.name.strip() and wanted.birth_date):
        raise Invalid("Give a number of the patient, or the name and the birth date.", reason="patient_of_whom")
    async with attempt(database, f"break_glass|{actor.id}", now), database.write() as db:
        patient = await _whom(db, actor, wanted, now)
        if (known := await _open_of(db, actor, patient.id)) is not None:
            if rules.is_open(known, now):
                return known
            known.ended_at = known.until
            await db.flush()
        return await _opened(db, actor, patient, wanted, now)


async def _opened(db: AsyncSession, actor: Actor, patient: Patient, wanted: OpenIn, now: datetime) -> BreakGlass:
    row = BreakGlass(
        staff_id=actor.id,
        hospital_id=actor.hospital_id,
        branch_id=patient.hospital_id,
        patient_id=patient.id,
        cause=wanted.cause,
        words=wanted.words.strip(),
        opened_at=now,
        until=now + rules.LASTS,
    )
    try:
        async with db.begin_nested():
            db.add(row)
            await db.flush()
    except IntegrityError:  # the same person has opened it in another tab at the same moment
        if (known := await _open_of(db, actor, patient.id)) is None:
            raise
        return known
    await grants.give(
        db,
        case_id=row.id,
        patient_id=patient.id,
        activity=Activity(grants.BREAK_GLASS, row.id),
        grantee=str(actor.id),
        hospital_id=row.branch_id,
        allows=("read",),
        purpose=PURPOSE,
        by=actor.id,
        now=now,
        until=row.until,
        reason=str(row.id),
    )
    record(db, actor, "break_glass.opened", str(row.id), now, reason=row.cause, owner_id=row.branch_id)
    emit(db, BreakGlassOpened(id=row.id, cause=row.cause, until=row.until), about(row), now, by=actor)
    await reviewing.ask_for(db, row, now)
    return row


async def _whom(db: AsyncSession, actor: Actor, wanted: OpenIn, now: datetime) -> Patient:
    """The one patient of another hospital who is meant."""
    nobody = NotFound(
        "There is no such patient, or not at a branch with an agreement in force.", reason="no_such_patient"
    )
    branches = {each.id for each in await people.hospitals(db)} - {actor.hospital_id}
    if wanted.hospital_id not in branches:
        raise nobody
    if await people.agreement(db, wanted.hospital_id, actor.hospital_id, AGREEMENT_SERVICE, now) is None:
        raise nobody
    query = select(Patient).where(Patient.hospital_id == wanted.hospital_id)
    if number := wanted.number.strip():
        theirs = select(PatientIdentifier.patient_id).where(
            PatientIdentifier.issuer_hospital == wanted.hospital_id,
            col(PatientIdentifier.value).in_({number, number.upper(), number.lower()}),
        )
        query = query.where(col(Patient.id).in_(theirs))
    else:
        query = query.where(Patient.name == wanted.name.strip(), Patient.birth_date == wanted.birth_date)
    found = (await db.exec(query.limit(2))).all()
    if len(found) != 1:
        raise nobody
    return found[0]


async def _open_of(db: AsyncSession, actor: Actor, patient_id: UUID) -> BreakGlass | None:
    query = select(BreakGlass).where(
        BreakGlass.staff_id == actor.id, BreakGlass.patient_id == patient_id, col(BreakGlass.ended_at).is_(None)
    )
    return (await db.exec(query)).first()


async def end(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> BreakGlass:
    """Closes one's own before its time is over; one that is over stays as it is."""
    row = await _mine(db, actor, id)
    if rules.is_open(row, now):
        row.ended_at = now
        row.version += 1
        record(db, actor, "break_glass.ended", str(row.id), now, owner_id=row.branch_id)
        emit(db, BreakGlassEnded(id=row.id), about(row), now, by=actor)
        await grants.end(db, row.id, now)
    return row


async def _mine(db: AsyncSession, actor: Actor, id: UUID) -> BreakGlass:
    row = await db.get(BreakGlass, id)
    if row is None or row.staff_id != actor.id:
        raise NotFound("There is no such break-glass of yours.")
    return row


async def under(db: AsyncSession, actor: Actor, now: datetime) -> Actor:
    """This person with what they have opened, so that what is shown is noted as read by it."""
    return replace(actor, opened=await grants.opened_by_break_glass(db, actor, now))


async def one(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> OpenedOut:
    """One's own with what it opens; `actor` with what they have opened."""
    row = await _mine(db, actor, id)
    if not rules.is_open(row, now):
        return OpenedOut(**base(row, now), patient=None, cases=[], studies=[], server_time=now)
    patient = await patients.shown(db, await patients.one(db, actor, row.patient_id, now))
    held = (await studies.of_patients(db, [row.patient_id])).get(row.patient_id, [])
    return OpenedOut(
        **base(row, now),
        patient=patient,
        cases=await _cases(db, row.patient_id),
        studies=[
            OpenedStudy(
                hospital_id=each.hospital_id,
                study_uid=each.study_uid,
                description=each.description,
                modalities=each.modalities,
                taken_at=each.taken_at,
            )
            for each in held
            if each.link is LinkState.confirmed and not each.hidden
        ],
        server_time=now,
    )


async def _cases(db: AsyncSession, patient_id: UUID) -> list[OpenedCase]:
    query = select(Consultation).where(
        Consultation.patient_id == patient_id,
        col(Consultation.case_id).is_not(None),
        col(Consultation.state).not_in([State.draft, State.discarded]),
    )
    return [
        OpenedCase(
            id=row.id,
            number=row.number,
            state=row.state,
            urgency=row.urgency,
            title=title(row),
            hub_id=row.hub_id,
            submitted_at=row.submitted_at,
        )
        for row in (await db.exec(query.order_by(col(Consultation.id).desc()))).all()
    ]


async def mine(db: AsyncSession, actor: Actor, now: datetime) -> MineList:
    query = select(BreakGlass).where(BreakGlass.staff_id == actor.id)
    rows = (await db.exec(query.order_by(col(BreakGlass.opened_at).desc()).limit(MOST))).all()
    shown = []
    for row in sorted(rows, key=lambda each: not rules.is_open(each, now)):
        patient = await _named(db, actor, row, now)
        name, pinyin = (patient.name, patient.pinyin) if patient else ("", "")
        shown.append(MineOut(**base(row, now), patient_name=name, patient_pinyin=pinyin))
    return MineList(items=shown, server_time=now)


async def _named(db: AsyncSession, actor: Actor, row: BreakGlass, now: datetime) -> Patient | None:
    if not rules.is_open(row, now):
        return None
    found = await patients.one(db, actor, row.patient_id, now)
    see(found.hospital_id, found.id)
    return found


def base(row: BreakGlass, now: datetime) -> dict[str, Any]:
    """What everybody is shown of it who is shown it at all."""
    return row.model_dump(include=set(BreakGlassBase.model_fields)) | {"ended_at": rules.ended(row, now)}


def about(row: BreakGlass) -> About:
    return About(
        row.branch_id, row.hospital_id, patient_id=row.patient_id, activity=grants.BREAK_GLASS, activity_id=row.id
    )
