"""Lists of consultations."""

from datetime import datetime

from sqlalchemy import ColumnElement, case, func
from sqlalchemy.orm import load_only
from sqlalchemy.sql.base import ExecutableOption
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from telemed.access.model import Actor
from telemed.audit.seeing import see
from telemed.consultations.lookup import visible_to
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import brief_of
from telemed.consultations.rules.deadlines import runs_out
from telemed.consultations.rules.states import BEFORE_SIGNED, ENDED
from telemed.consultations.rules.titles import title
from telemed.consultations.schemas import Filter, Listed
from telemed.consultations.shown import ConsultationList, Counts, RowOut
from telemed.consultations.words import State
from telemed.kit.paging import cursor, place
from telemed.kit.table import Table
from telemed.people import service as people
from telemed.people.ages import years
from telemed.people.english import Departments, departments_en
from telemed.people.model import Patient, PatientIndex, Staff
from telemed.people.names import wanted

# The columns of a patient that `listed` needs, also for the age.
OF_PATIENT = ("name", "pinyin", "sex", "birth_date", "estimated_age", "allergy")
OF_LEAD = ("name", "name_en")
Rows = Select[Consultation, Patient, Staff]


async def find(db: AsyncSession, actor: Actor, by: Filter, secret: bytes, now: datetime) -> ConsultationList:
    query = filtered(rows(), actor, by, now).order_by(col(Consultation.id).desc()).limit(by.limit + 1)
    bound = f"{actor.id}|{by.state}|{by.open}|{by.late}|{by.q}"
    if by.after:
        query = query.where(Consultation.id < place(secret, bound, by.after))
    found = (await db.exec(query)).all()
    english, zones = await departments_en(db), await people.zones(db)
    items = [listed(row, patient, lead, english, zones, now) for row, patient, lead in found[: by.limit]]
    return ConsultationList(items=items, next=cursor(secret, bound, items[-1].id) if len(found) > by.limit else None)


def late(now: datetime) -> ColumnElement[bool]:
    """Its state lasts too long, or the one clock has run out."""
    c = Consultation
    began = col(c.elective).is_(False) | col(c.starts_at).is_not(None) | (col(c.state) == State.answering)
    runs = col(c.state).in_(BEFORE_SIGNED) & began
    return (col(c.state_due_at) <= now) | (runs & (col(c.sign_due_at) <= now))


async def counts(db: AsyncSession, actor: Actor, now: datetime) -> Counts:
    """How many open ones this person may see, by state, and how many of these are late."""
    c = Consultation
    query = (
        select(c.state, func.count(), func.sum(case((late(now), 1), else_=0)))
        .where(visible_to(actor, now), col(c.state).not_in(sorted(ENDED)))
        .group_by(c.state)
    )
    found = (await db.exec(query)).all()
    return Counts(
        states={State(state): many for state, many, _ in found},
        late={State(state): overdue for state, _, overdue in found if overdue},
    )


def filtered(query: Rows, actor: Actor, by: Listed, now: datetime) -> Rows:
    """Of these, those that this person may see and asks for."""
    query = query.where(visible_to(actor, now))
    if by.state:
        query = query.where(col(Consultation.state).in_(by.state.split(",")))
    if by.open is not None:
        ended = col(Consultation.state).in_(sorted(ENDED))
        query = query.where(~ended if by.open else ended)
    if by.late:
        query = query.where(late(now))
    return of_patients_called(query, by.q) if by.q else query


def of_patients_called(query: Rows, q: str) -> Rows:
    """Each word or character of `q` begins a piece of the patient's name."""
    for piece in wanted(q):
        has = select(PatientIndex.patient_id).where(col(PatientIndex.piece).startswith(piece, autoescape=True))
        query = query.where(col(Consultation.patient_id).in_(has))
    return query


def rows() -> Rows:
    """A query of consultations with patient and lead expert (or None), loading only the columns that `listed` shows."""
    return (
        select(Consultation, Patient, Staff)
        .join(Patient, col(Patient.id) == Consultation.patient_id, isouter=True)
        .join(Staff, col(Staff.id) == Consultation.lead_id, isouter=True)
        .options(_only(Patient, *OF_PATIENT), _only(Staff, *OF_LEAD))
    )


def _only(of: type[Table], *columns: str) -> ExecutableOption:
    return load_only(*(getattr(of, each) for each in columns))


def listed(
    row: Consultation,
    patient: Patient | None,
    lead: Staff | None,
    english: Departments,
    zones: people.Zones,
    now: datetime,
) -> RowOut:
    see(row.branch_id, row.patient_id, row.case_id)
    brief = brief_of(row)
    return RowOut(
        id=row.id,
        version=row.version,
        number=row.number,
        state=row.state,
        state_since=row.state_since,
        state_due_at=row.state_due_at,
        sign_due_at=runs_out(row),
        urgency=row.urgency,
        mode=row.mode,
        branch_id=row.branch_id,
        patient_id=row.patient_id,
        patient_name=patient.name if patient else "",
        patient_pinyin=patient.pinyin if patient else "",
        patient_sex=patient.sex if patient else None,
        patient_age=years(patient, now, zones[row.branch_id]) if patient else None,
        allergy=patient.allergy if patient else None,
        department=brief.department,
        department_en=english.get((row.branch_id, brief.department), ""),
        bed=brief.bed,
        title=title(row),
        lead_name=lead.name if lead else "",
        lead_name_en=lead.name_en if lead else "",
        starts_at=row.starts_at,
    )
