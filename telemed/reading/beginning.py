"""Begins a reading, wherever it comes from: its clock, who may read it, and who is asked to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.audit.service import record
from telemed.cases import service as cases
from telemed.errors import Conflict
from telemed.people import service as people
from telemed.people.model import Agreement
from telemed.reading import branch_reports, consenting, desk_settings, rules, sharing, work
from telemed.reading.branch_report_schemas import BranchReportIn
from telemed.reading.engine import act, said
from telemed.reading.events import ReadingRequested
from telemed.reading.lookup import own_report
from telemed.reading.model import Reading
from telemed.reading.words import AGREEMENT_SERVICE, ReadingPurpose, Urgency
from telemed.reading.words import ReadingAction as Action
from telemed.reading.words import ReadingState as State
from telemed.rosters import duty
from telemed.studies.model import LinkState, StudyLink, StudyView


def refuse_unconfirmed(link: StudyLink, view: StudyView) -> UUID:
    """The patient whose study it is. Raises Conflict if it is not confirmed whose, or hidden."""
    if link.state is not LinkState.confirmed or link.patient_id is None or view.hidden:
        raise Conflict("Confirm first whose study it is.", reason="study_not_confirmed")
    return link.patient_id


async def agreement(db: AsyncSession, branch_id: str, hub_id: str, now: datetime) -> Agreement:
    """The one by which this hub reads for this branch today. Raises Conflict if there is none."""
    found = await people.agreement(db, branch_id, hub_id, AGREEMENT_SERVICE, now)
    if found is None:
        raise Conflict("No agreement with this hospital covers reading today.", reason="no_reading_agreement")
    return found


async def begin(
    db: AsyncSession,
    actor: Actor | None,
    view: StudyView,
    patient_id: UUID,
    now: datetime,
    *,
    branch_report: BranchReportIn | None = None,
    urgency: Urgency,
    **fields: Any,
) -> Reading:
    """Opens a case of its own and asks the hub. `actor` None: by a rule. `fields`: the other columns that say what is
    wanted, by whom, and where it comes from. Raises Conflict if the study is being read there already,
    or the patient has withdrawn the consent that covered it.
    """
    rests_on = consenting.Basis(consent_id=fields.pop("consent_id", None))
    if rests_on.consent_id is None:
        places = view.hospital_id, fields["hub_id"]
        rests_on = await consenting.basis(db, *places, patient_id, fields["agreement_id"], now)
    case = await cases.open_case(db, view.hospital_id, patient_id, now)
    row = Reading(
        case_id=case.id,
        patient_id=patient_id,
        branch_id=view.hospital_id,
        study_uid=view.study_uid,
        state=State.requested,
        state_since=now,
        urgency=urgency,
        rank=rules.RANKS[urgency],
        modality=rules.modality_of(view.modalities),
        examination=view.description,
        requested_at=now,
        **rests_on._asdict(),
        **fields,
    )
    own = None
    if row.purpose is ReadingPurpose.over_read and branch_report is None:
        own = await own_report(db, view.hospital_id, view.study_uid, patient_id)
    images = view.received, view.expected, view.complete
    if rules.is_whole(row, *images) or ((branch_report or own) and not rules.waits_for_images(*images)):
        row.due_at = await work.due_by(db, row, now)
    try:
        async with db.begin_nested():
            db.add(row)
            await db.flush()
    except IntegrityError as taken:
        raise Conflict("This study is being read there already.", reason="already_requested") from taken
    said(db, actor, row, ReadingRequested, now, modality=row.modality)
    record(db, actor, "reading.requested", str(row.id), now)
    await sharing.with_readers(db, actor, row, now)
    if branch_report is not None and actor is not None:
        await branch_reports.add(db, actor, row, branch_report, now)
    elif own is not None:
        await branch_reports.give(db, actor, row, own, now)
    await ask(db, row, now)
    return row


async def ask(db: AsyncSession, row: Reading, now: datetime) -> None:
    """Gives it to a reader on duty (`assigning.reader_for`); where no roster names one, all are asked."""
    on_duty = await duty.named(db, row.hub_id, Role.radiologist, now)
    if on_duty:
        reader = await desk_settings.reader_for(db, row, on_duty)
        await act(db, None, row, Action.assign, now, {"reader_id": reader})
    await work.ask_to_read(db, row, now)
