"""Gather what waits for a person: ringing stat consultations, the next ones to join, their work items."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities.kinds import Kinds, Listed
from telemed.activities.rules import first_and_rivals
from telemed.activities.schemas import PatientBrief
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import request_of
from telemed.consultations.service import listed as row_of
from telemed.consultations.service import visible_to
from telemed.consultations.shown import RowOut
from telemed.consultations.words import Action, State, Urgency
from telemed.home.schemas import HomeOut, RingingOut, WorkOut
from telemed.people.ages import years
from telemed.people.english import Departments, departments_en
from telemed.people.model import Patient
from telemed.work.model import WorkItem
from telemed.work.service import waiting_for

MOST_ITEMS = 100


async def home(db: AsyncSession, actor: Actor, kinds: Kinds, now: datetime) -> HomeOut:
    items = await waiting_for(db, actor, MOST_ITEMS)
    english = await departments_en(db)
    listed = await _listed(db, actor, kinds, items, now)
    patients = await _patients(db, items)
    coming = [each for kind in kinds for each in await kind.next_for(db, actor, now)]
    return HomeOut(
        ringing=await _ringing(db, actor, english, now),
        next=first_and_rivals(coming, now),
        items=[_item(actor, each, listed, patients, english, now) for each in items],
        server_time=now,
    )


async def _listed(
    db: AsyncSession, actor: Actor, kinds: Kinds, items: list[WorkItem], now: datetime
) -> dict[UUID, Listed]:
    out: dict[UUID, Listed] = {}
    for kind in kinds:
        ids = {each.activity_id for each in items if each.activity == kind.name and each.activity_id}
        out |= await kind.listed(db, actor, ids, now) if ids else {}
    return out


async def _patients(db: AsyncSession, items: list[WorkItem]) -> dict[UUID, Patient]:
    ids = {each.patient_id for each in items if each.patient_id}
    return {each.id: each for each in await db.exec(select(Patient).where(col(Patient.id).in_(ids)))}


def _item(
    actor: Actor,
    item: WorkItem,
    listed: dict[UUID, Listed],
    patients: dict[UUID, Patient],
    english: Departments,
    now: datetime,
) -> WorkOut:
    about = listed.get(item.activity_id) if item.activity_id else None
    patient = patients.get(item.patient_id) if item.patient_id else None
    if patient is not None and about is None and patient.hospital_id != actor.hospital_id:
        patient = None  # the grant has ended (a consent was withdrawn): the work stays, the person is not named
    row = about.row if about else None
    if row is not None and not isinstance(row, RowOut):  # it would be missing on the page, and nobody would know why
        raise TypeError(f"home has no place for a {type(row).__name__}")
    return WorkOut(
        id=item.id,
        kind=item.kind,
        role=Role(item.role) if item.role else None,
        urgency=Urgency(item.urgency),
        created_at=item.created_at,
        due_at=item.due_at,
        about_id=item.about_id,
        activity=item.activity,
        activity_id=item.activity_id,
        title=about.title if about else "",
        patient=_patient(patient, english, now) if patient else None,
        consultation=row,
        note=item.note,
        actions=[Action(each) for each in about.actions] if about else [],
    )


def _patient(row: Patient, english: Departments, now: datetime) -> PatientBrief:
    return PatientBrief(
        id=row.id,
        name=row.name,
        pinyin=row.pinyin,
        sex=row.sex,
        age=years(row, now.date()),
        allergy=row.allergy,
        hospital_id=row.hospital_id,
        department=row.department,
        department_en=english.get((row.hospital_id, row.department), ""),
        bed=row.bed,
    )


async def _ringing(db: AsyncSession, actor: Actor, english: Departments, now: datetime) -> list[RingingOut]:
    """To every coordinator of the hub and every expert of the wanted specialty: whom the grants name."""
    if not actor.has(Role.coordinator, Role.expert):
        return []
    query = (
        select(Consultation, Patient)
        .join(Patient, col(Patient.id) == Consultation.patient_id, isouter=True)
        .where(
            Consultation.urgency == Urgency.stat,
            Consultation.state == State.approved,
            Consultation.hub_id == actor.hospital_id,
            visible_to(actor, now),
        )
        .order_by(col(Consultation.submitted_at))
    )
    return [
        RingingOut(
            consultation=row_of(row, patient, None, english, now),
            question=request_of(row).purpose,
            patient_present=row.patient_present,
            since=row.submitted_at or row.state_since,
            may_take=True,
            names_lead=not actor.has(Role.expert),
        )
        for row, patient in (await db.exec(query)).all()
    ]
