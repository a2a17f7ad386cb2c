"""Reads requests: one with everything its page shows, and a person's open ones."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.audit.seeing import see
from telemed.cases import consents
from telemed.cases import service as cases
from telemed.cases.rules import TAKING
from telemed.cases.schemas import PacketEntry
from telemed.consultations import service as consultations
from telemed.consultations.activity import CONSULTATION
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import Given, checklist, request_of
from telemed.consultations.rules.content import missing as missing_words
from telemed.consultations.rules.titles import title
from telemed.consultations.service import images
from telemed.consultations.words import Mode, State, Urgency
from telemed.errors import TelemedError
from telemed.people import patients
from telemed.people import service as people
from telemed.people.english import departments_en
from telemed.people.model import Allergy, Patient, Staff
from telemed.people.schemas import StaffSought
from telemed.requests import hubs, named, rules
from telemed.requests.schemas import (
    AgreementBrief,
    EarlierRequest,
    PersonBrief,
    Received,
    Receiver,
    RequestList,
    RequestOut,
    RequestRow,
    RequestStudy,
)
from telemed.studies import service as studies

MOST_SHOWN = 50
MOST_EARLIER = 10

SERVICE = CONSULTATION.agreement_service


async def shown(db: AsyncSession, actor: Actor, row: Consultation, now: datetime) -> RequestOut:
    """Everything that the form shows, in one answer."""
    content = request_of(row)
    patient = await db.get(Patient, row.patient_id) if row.patient_id else None
    agreement = await people.agreement(db, row.branch_id, row.hub_id, SERVICE, now)
    gone = await cases.consent_gone(db, row.id)
    return RequestOut(
        **row.model_dump(exclude={"request", "missing", "requester_id"}),
        patient=await patients.shown(db, patient) if patient else None,
        requester=PersonBrief.model_validate(await db.get_one(Staff, row.requester_id)),
        hubs=await hubs.offered(db, row, now),
        content=content,
        department_en=(await departments_en(db)).get((row.branch_id, content.department), ""),
        # After submitting, a stat request still needs the whole set.
        missing=await missing(db, row, now, as_stat=None if row.state in rules.BEFORE_SUBMITTING else False),
        returned_missing=row.missing,
        checklist=list(checklist(content.specialty)),
        packet=[PacketEntry.model_validate(each) for each in await cases.packet(db, row.id)],
        consents=[await consents.shown(db, each) for each in await cases.consents(db, row.id)],
        studies=await _studies(db, actor, row),
        others=await named.anothers(db, actor, row, [each.uid for each in content.studies if each.uid]),
        earlier=await _earlier(db, actor, row),
        agreement=AgreementBrief.model_validate(agreement) if agreement else None,
        receiver=await receiver(db, row, now),
        writable=_may(rules.may_write, row, actor),
        papers_open=actor.has(*TAKING) and _may(rules.may_add_papers, row, actor),
        may_take_consent=actor.has(*TAKING) and _may(partial(rules.may_take_consent, gone=gone), row, actor),
        consents_open=rules.may_complete_consents(row, actor),
        filing_open=rules.may_file_consents(row, actor),
    )


async def missing(db: AsyncSession, row: Consultation, now: datetime, *, as_stat: bool | None = None) -> list[str]:
    """What submitting still needs; with `as_stat=False` the whole set, also for a stat request."""
    patient = await db.get(Patient, row.patient_id) if row.patient_id else None
    numbers = await patients.identifiers(db, patient.id) if patient else []
    given = Given(
        has_patient=patient is not None,
        patient_has_number=bool(numbers) or bool(patient and patient.temporary),
        patient_has_age=bool(patient and (patient.birth_date or patient.estimated_age is not None)),
        allergy_asked=bool(patient and patient.allergy is not Allergy.not_asked),
        accompanying=row.accompanying_id is not None,
        agreement=await people.agreement(db, row.branch_id, row.hub_id, SERVICE, now) is not None,
        consented=await cases.consent_recorded(db, row.id),
        answered_checklist=await cases.checklist_answered(db, row.id),
        **await named.counted(db, row),
        stat=row.urgency is Urgency.stat if as_stat is None else as_stat,
        live=row.mode is Mode.live and row.urgency is not Urgency.stat,  # which needs no time: it has begun
        now=now,
    )
    return missing_words(request_of(row), given)


async def receiver(db: AsyncSession, row: Consultation, now: datetime) -> Receiver:
    """Who gets it after submitting: the hub at once if it is stat or the branch neither endorses nor reviews."""
    needs = await consultations.guard_input(db, row)
    action: Received
    if needs.needs_endorsement:
        action, role, at, state = "endorse", Role.senior_doctor, row.branch_id, State.submitted
    elif needs.needs_review:
        action, role, at, state = "review", Role.reviewer, row.branch_id, State.submitted
    elif row.urgency is Urgency.stat:
        action, role, at, state = "take", Role.expert, row.hub_id, State.approved
    else:
        action, role, at, state = "accept", Role.coordinator, row.hub_id, State.approved
    specialty = request_of(row).specialty or None
    by = StaffSought(hospital_id=at, role=role, specialty=specialty if role is Role.expert else None)
    found = await people.find_staff(db, by)
    return Receiver(
        action=action,
        role=role,
        hospital_id=at,
        people=[PersonBrief.model_validate(each) for each in found],
        within_minutes=_minutes(await consultations.lasts_until(db, row, state, now) - now),
        sign_within_minutes=_minutes(await consultations.due_by(db, row, consultations.SIGNING, now) - now),
    )


async def open_ones(db: AsyncSession, actor: Actor, now: datetime) -> RequestList:
    """This person's drafts and returned requests, the last changed first."""
    query = (
        select(Consultation, Patient)
        .join(Patient, col(Patient.id) == Consultation.patient_id, isouter=True)
        .where(Consultation.requester_id == actor.id, col(Consultation.state).in_(sorted(rules.BEFORE_SUBMITTING)))
        .where(consultations.visible_to(actor, now))
        .order_by(col(Consultation.updated_at).desc())
        .limit(MOST_SHOWN)
    )
    items = [_in_list(row, patient) for row, patient in (await db.exec(query)).all()]
    return RequestList(items=items)


def _in_list(row: Consultation, patient: Patient | None) -> RequestRow:
    see(row.branch_id, row.patient_id, row.case_id)
    return RequestRow(
        id=row.id,
        urgency=row.urgency,
        state=row.state,
        patient_name=patient.name if patient else "",
        patient_pinyin=patient.pinyin if patient else "",
        title=title(row),
        updated_at=row.updated_at,
    )


async def _studies(db: AsyncSession, actor: Actor, row: Consultation) -> list[RequestStudy]:
    """The studies to show: all of the patient's for the branch, to choose from; for others those the request names."""
    if row.patient_id is None:
        return []
    if actor.hospital_id != row.branch_id:
        return [RequestStudy.model_validate(each) for each in (await images(db, row)).held]
    held = await studies.of_patient(db, row.branch_id, row.patient_id)
    waiting = await studies.waiting_for_identity(db, row.branch_id, row.patient_id)
    return [RequestStudy.model_validate(each) for each in studies.shown_to(actor, (*held, *waiting))]


async def _earlier(db: AsyncSession, actor: Actor, row: Consultation) -> list[EarlierRequest]:
    """Earlier consultations of the patient that may be copied; only by the hospital that requested them."""
    if row.patient_id is None or actor.hospital_id != row.branch_id:
        return []
    query = (
        select(Consultation)
        .where(Consultation.patient_id == row.patient_id, Consultation.branch_id == row.branch_id)
        .where(Consultation.id != row.id, col(Consultation.submitted_at).is_not(None))
        .order_by(col(Consultation.submitted_at).desc())
        .limit(MOST_EARLIER)
    )
    return [
        EarlierRequest(
            id=each.id, number=each.number, state=each.state, title=title(each), submitted_at=each.submitted_at
        )
        for each in (await db.exec(query)).all()
    ]


def _may(rule: Callable[[Consultation, Actor], None], row: Consultation, actor: Actor) -> bool:
    try:
        rule(row, actor)
    except TelemedError:
        return False
    return True


def _minutes(within: timedelta) -> int:
    return within // timedelta(minutes=1)
