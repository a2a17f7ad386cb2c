"""Readings that come from a consultation: asked for on its page, in one act, by the branch's doctors or its experts."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.cases import service as cases
from telemed.cases.model import Scope
from telemed.cases.rules import in_force
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.states import AFTER_SIGNED, ONLY_READ, TAKES_EXPERTS
from telemed.consultations.rules.table import capacities
from telemed.consultations.words import ParticipantRole
from telemed.consultations.words import State as Stage
from telemed.consultations.words import Who as Capacity
from telemed.errors import Conflict, NotAllowed, NotFound
from telemed.reading import priors, rules, sharing, sides
from telemed.reading.beginning import agreement, begin, refuse_unconfirmed
from telemed.reading.consultation_schemas import (
    MOST_WORDS,
    AskableStudy,
    AskedInConsultation,
    ConsultationReadingIn,
    ConsultationReadings,
    OfConsultation,
)
from telemed.reading.lookup import visible_to
from telemed.reading.model import Reading
from telemed.reading.words import ReadingPurpose
from telemed.studies import lookup as studies
from telemed.studies.service import Held

# From when the hub sees its studies until it is closed.
ASKS: Final = (TAKES_EXPERTS | AFTER_SIGNED | {Stage.approved}) - ONLY_READ
LONGEST_HISTORY: Final = 2000


async def of(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> ConsultationReadings:
    """The readings that come from this consultation, the newest first, and what this person may ask for now."""
    row = await consultations.get(db, actor, id, now)
    of_this = select(Reading).where(Reading.consultation_id == id)
    found = (await db.exec(of_this.order_by(col(Reading.requested_at).desc(), col(Reading.id).desc()))).all()
    mine = select(Reading.id).where(Reading.consultation_id == id, visible_to(actor, now))
    open_to = set((await db.exec(mine)).all())
    return ConsultationReadings(
        items=[
            OfConsultation(
                **each.model_dump(include=SHOWN),
                waits_for_images=each.due_at is None and each.issued_at is None,
                may_open=each.id in open_to,
            )
            for each in found
        ],
        studies=[_askable(each) for each in await _studies(db, actor, row)],
        question=request_of(row).purpose.strip()[:MOST_WORDS],
        urgency=row.urgency,
        server_time=now,
    )


SHOWN: Final = {"id", "state", "modality", "examination", "question", "due_at", "issued_at"}


async def _studies(db: AsyncSession, actor: Actor, row: Consultation) -> list[Held]:
    """The studies of the consultation that this person may have read: none where they may not ask."""
    if row.state not in ASKS or not await _may_ask(db, actor, row):
        return []
    held = [each for each in (await consultations.images(db, row)).held if not each.hidden]
    being_read = await _being_read(db, row, {each.study_uid for each in held})
    return [each for each in held if each.study_uid not in being_read and rules.modality_of(each.modalities)]


async def _being_read(db: AsyncSession, row: Consultation, uids: Collection[str]) -> set[str]:
    same = select(Reading.study_uid).where(Reading.branch_id == row.branch_id, Reading.hub_id == row.hub_id)
    same = same.where(Reading.patient_id == row.patient_id)
    open_ = same.where(col(Reading.study_uid).in_(uids), col(Reading.state).in_(sorted(rules.OPEN)))
    return set((await db.exec(open_)).all())


async def _may_ask(db: AsyncSession, actor: Actor, row: Consultation) -> bool:
    """The branch's requesting doctors, the lead, and the experts who take part."""
    if capacities(row, actor) & {Capacity.requester, Capacity.lead}:
        return True
    if actor.hospital_id != row.hub_id or not actor.has(Role.expert) or row.patient_id in actor.opened:
        return False
    mine = await participants.one(db, row.id, actor.id)
    return mine is not None and mine.role == ParticipantRole.expert


def _askable(held: Held) -> AskableStudy:
    parts = priors.parts_of(held.description)
    return AskableStudy(
        study_uid=held.study_uid,
        description=held.description,
        modalities=held.modalities,
        taken_at=held.taken_at,
        part=parts[0] if parts else None,
        side=sides.side_of(held.description, held.laterality),
    )


async def ask(db: AsyncSession, actor: Actor, id: UUID, new: ConsultationReadingIn, now: datetime) -> Reading:
    """Asks the radiologists of the consultation's hub to read one of its studies.

    Raises NotFound for a study that is not the consultation's, NotAllowed, Conflict if it is over, the study is being
    read there already, or no agreement covers reading today.
    """
    row = await consultations.get(db, actor, id, now, to_change=True)
    if not await _may_ask(db, actor, row):
        raise NotAllowed("This is for the requesting doctors and the experts.", reason="asks_for_readings")
    if row.state not in ASKS or row.case_id is None or row.patient_id is None:
        raise Conflict("No reading can be asked for now.", reason="wrong_state", state=str(row.state))
    held = (await consultations.images(db, row)).held
    known = (await studies.known(db, [new.study_uid])).get((row.branch_id, new.study_uid))
    if known is None or new.study_uid not in {each.study_uid for each in held}:
        raise NotFound("There is no such study.")
    patient_id = refuse_unconfirmed(*known)
    covered = await agreement(db, row.branch_id, row.hub_id, now)
    made = await begin(
        db,
        actor,
        known[1],
        patient_id,
        now,
        hub_id=row.hub_id,
        purpose=ReadingPurpose.primary,
        agreement_id=covered.id,
        requester_id=actor.id if actor.hospital_id == row.branch_id else row.requester_id,
        asked_by=None if actor.hospital_id == row.branch_id else actor.id,
        consultation_id=row.id,
        consent_id=await consent_of(db, row.id),
        history=history_of(row),
        **new.model_dump(exclude={"study_uid"}),
    )
    for each in {id for id in (row.lead_id, made.asked_by) if id is not None}:
        await sharing.with_expert(db, actor, made, each, now)
    return made


async def consent_of(db: AsyncSession, id: UUID) -> UUID | None:
    """The consent of the consultation that covers its images, on which the reading rests too."""
    found = await cases.consents(db, id)
    return next((each.id for each in reversed(found) if in_force(each) and Scope.imaging in each.scopes), None)


def history_of(row: Consultation) -> str:
    """The illness as the request tells it, as far as a reading has room for it; the whole stands beside the images."""
    asked = request_of(row)
    told = "\n".join(each.strip() for each in (asked.diagnosis, asked.history) if each.strip())
    return told if len(told) <= LONGEST_HISTORY else told[: LONGEST_HISTORY - 1] + "…"


async def asked(db: AsyncSession, actor: Actor, reading: Reading, now: datetime) -> AskedInConsultation | None:
    """What the consultation of this reading asks: its words alone, of which the reading's grant opens nothing else."""
    if reading.consultation_id is None:
        return None
    row = await db.get_one(Consultation, reading.consultation_id)
    said = request_of(row)
    mine = select(Consultation.id).where(Consultation.id == row.id, consultations.visible_to(actor, now))
    return AskedInConsultation(
        **said.model_dump(include={"purpose", "diagnosis", "history", "past_history", "tests", "tests_at"}),
        id=row.id,
        number=row.number,
        may_open=(await db.exec(mine)).first() is not None,
    )
