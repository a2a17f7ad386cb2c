"""The papers of a request: attachments and studies, which go into the packet of its case, and consents."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.cases import consents
from telemed.cases import rules as case_rules
from telemed.cases import service as cases
from telemed.cases.model import Case, Consent, ItemKind, PacketItem
from telemed.cases.schemas import ConsentIn, NoPaperIn, PacketItemIn
from telemed.consultations import service as consultations
from telemed.consultations.activity import CONSULTATION
from telemed.consultations.model import Consultation, activity
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.states import FINAL
from telemed.consultations.words import State
from telemed.errors import Conflict, Invalid
from telemed.history.events import About, Event
from telemed.history.service import emit, hint
from telemed.people import service as people
from telemed.people.events import PatientChanged, PatientIdentityChanged
from telemed.people.model import Patient
from telemed.requests import along, rules
from telemed.requests.events import RequestChanged
from telemed.studies import service as studies


async def case_of(db: AsyncSession, row: Consultation, now: datetime) -> Case:
    """The request's case; opens it if there is none, with the first paper or at the latest on submitting."""
    if row.patient_id is None:
        raise Conflict("Name the patient first.", reason="patient_first")
    if row.case_id is not None:
        return await db.get_one(Case, row.case_id)
    opened = await cases.open_case(db, row.branch_id, row.patient_id, now)
    row.case_id = opened.id
    return opened


async def add(db: AsyncSession, actor: Actor, id: UUID, new: PacketItemIn, now: datetime) -> PacketItem:
    row = await _to_change(db, actor, id, now)
    case = await case_of(db, row, now)
    if new.study_uid is not None:
        await _refuse_unconfirmed(db, row, new.study_uid)
    item = await cases.add_item(
        db, actor, case, activity(row.id), new, now, version=_version(row), supplement=row.state in rules.IN_CALL
    )
    row.packet_version = max(row.packet_version, item.version)  # unchanged if the paper was there already
    return item


async def remove(db: AsyncSession, actor: Actor, id: UUID, item_id: UUID, now: datetime) -> None:
    row = await _to_change(db, actor, id, now)
    item = await cases.item(db, row.id, item_id)
    version = _version(row)
    await cases.take_out(db, actor, item, now, version=version)
    row.packet_version = version


async def consent(
    db: AsyncSession, actor: Actor, id: UUID, new: ConsentIn, now: datetime, *, hub_id: str | None = None
) -> Consent:
    """Records a consent; after submitting, also asks for what it still needs.

    `hub_id`: the hub that it names, if its taker said so; refused once another is asked.
    """
    row = await consultations.get(db, actor, id, now, to_change=True)
    rules.may_take_consent(row, actor, gone=await cases.consent_gone(db, row.id))
    if hub_id not in (None, row.hub_id):
        raise Conflict("Another hub is asked now, which this consent does not name.", reason="outdated")
    made = await consents.create(
        db, actor, await case_of(db, row, now), activity(row.id), new, now, needed=CONSULTATION.consent_scopes
    )
    if row.state not in rules.BEFORE_SUBMITTING:
        await consultations.ask_for_consents(db, row, now)
    return made


async def file_paper(db: AsyncSession, actor: Actor, consent_id: UUID, file_id: UUID, now: datetime) -> Consent:
    """Files the signed form of a consent; of an archived consultation only one that is still owed."""
    row, found = await _of_consent(db, actor, consent_id, now)
    rules.may_file_paper(row, found)
    return await consents.file_paper(db, actor, consent_id, file_id, now)


async def go_without_paper(db: AsyncSession, actor: Actor, consent_id: UUID, why: NoPaperIn, now: datetime) -> Consent:
    """Records that the signed form of a consent cannot be had."""
    row, _ = await _of_consent(db, actor, consent_id, now)
    rules.may_go_without_paper(row)
    return await consents.go_without_paper(db, actor, consent_id, why.code, why.reason, now)


async def _of_consent(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> tuple[Consultation, Consent]:
    """Its consultation, locked before the consent is: whoever changes both takes them in this order."""
    found, _ = await consents.get(db, actor, id, now)
    row = await consultations.get(db, actor, found.activity_id, now, to_change=True)
    await db.refresh(found)
    return row, found


async def take_in_studies(db: AsyncSession, row: Consultation, now: datetime, by: Actor | None = None) -> None:
    """Puts named and confirmed studies into the packet; not those that are still to be confirmed.

    `by` is who named or sent them; None if they come in because somebody confirmed them, whom the event then names.
    """
    if row.patient_id is None or row.case_id is None or row.state not in rules.PAPERS_OPEN:
        return
    named = {each.uid for each in request_of(row).studies if each.uid}
    case = await db.get_one(Case, row.case_id)
    have = {each.study_uid for each in await cases.packet(db, row.id)}
    for held in await studies.of_patient(db, row.branch_id, row.patient_id):
        if held.study_uid in named - have:
            new = PacketItemIn(kind=ItemKind.study, study_uid=held.study_uid, title=held.description)
            item = await cases.add_item(
                db,
                by,
                case,
                activity(row.id),
                new,
                now,
                version=_version(row),
                supplement=row.state in rules.IN_CALL,
                by=await people.author(db, held.by) if by is None and held.by is not None else None,
            )
            row.packet_version = item.version


async def study_confirmed(db: AsyncSession, patient_id: UUID, now: datetime) -> None:
    """A study was confirmed as this patient's: every open request that names it takes it into its packet.

    An emergency takes along what is taken of the patient meanwhile.
    """
    open_ones = col(Consultation.state).in_(sorted(rules.PAPERS_OPEN))
    for row in await _locked(db, and_(col(Consultation.patient_id) == patient_id, open_ones)):
        if row.state is not State.draft:
            await along.take_along(db, row, now)
        await take_in_studies(db, row, now)


async def study_left(
    db: AsyncSession, hospital_id: str, study_uid: str, belongs_to: UUID | None, now: datetime
) -> None:
    """A study is no longer confirmed, or is now `belongs_to`'s: takes it out of the packets of all other patients.

    A locked packet gets a next version.
    """
    holding = select(PacketItem.activity_id).where(
        PacketItem.hospital_id == hospital_id,
        PacketItem.study_uid == study_uid,
        col(PacketItem.withdrawn_version).is_(None),
    )
    others = col(Consultation.patient_id) != belongs_to if belongs_to is not None else true()
    for row in await _locked(db, and_(col(Consultation.id).in_(holding), others)):
        for item in await cases.packet(db, row.id):  # read under the lock, because a colleague may have taken it out
            if (item.hospital_id, item.study_uid) == (hospital_id, study_uid):
                version = _version(row)
                await cases.take_out(db, None, item, now, version=version)
                row.packet_version = version


async def tell_patient_changed(
    db: AsyncSession, patient: Patient, identity: Sequence[str], others: Sequence[str], by: Actor, now: datetime
) -> None:
    """Emits which fields changed in the history of each of the patient's consultations, or once for a patient without
    any."""
    told: list[Event] = [PatientIdentityChanged(id=patient.id, fields=tuple(identity))] if identity else []
    told += [PatientChanged(id=patient.id, fields=tuple(others))] if others else []
    over = FINAL - {State.archived}
    query = select(Consultation).where(Consultation.patient_id == patient.id, col(Consultation.state).not_in(over))
    found = (await db.exec(query)).all()
    for about in [consultations.about(row) for row in found] or [About(patient.hospital_id, patient_id=patient.id)]:
        for each in told:
            emit(db, each, about, now, by=by)


def hint_changed(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Hints that the request changed, for open pages and for the image grants."""
    hint(db, RequestChanged(rev=row.version), consultations.about(row), now)


async def _to_change(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Consultation:
    row = await consultations.get(db, actor, id, now, to_change=True)
    rules.may_add_papers(row, actor)
    return row


async def _locked(db: AsyncSession, which: ColumnElement[bool]) -> list[Consultation]:
    """The consultations, locked in one order; the lock is for PostgreSQL, as in `consultations.get`."""
    query = select(Consultation).where(which).order_by(col(Consultation.id)).with_for_update()
    return list((await db.exec(query, execution_options={"populate_existing": True})).all())


def _version(row: Consultation) -> int:
    return case_rules.next_version(row.packet_version, row.packet_locked_at is not None)


async def _refuse_unconfirmed(db: AsyncSession, row: Consultation, uid: str | None) -> None:
    held = await studies.of_patient(db, row.branch_id, row.patient_id) if row.patient_id else []
    if uid not in {each.study_uid for each in held}:
        raise Invalid("This study is not confirmed as the patient's.", reason="study_not_confirmed")
