"""Who at the hub sees the patients of a round: its lead and the doctors named, patient by patient as they are
confirmed, until a week after it is closed; and the students named, those who have agreed to teaching, until it ends."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.cases.model import Case
from telemed.cases.service import open_case
from telemed.people.chart_tables import Admission
from telemed.rounds import consents, rules
from telemed.rounds.lookup import items
from telemed.rounds.model import RoundItem, RoundSession, activity
from telemed.rounds.words import ItemState, RoundRole

PURPOSE: Final = "ward round"
ALLOWS: Final = ("read", "annotate", "download")  # as of a consultation: they sign what is printed
LEARNS: Final = ("read",)
AT_HUB: Final = (RoundRole.lead, RoundRole.expert, RoundRole.signs)


async def case_of(db: AsyncSession, admission: Admission, now: datetime) -> UUID:
    """The case of this stay: that of a consultation or an earlier round, or a new one."""
    query = select(Case).where(Case.patient_id == admission.patient_id, Case.hospital_id == admission.hospital_id)
    if admission.admitted_at is not None:
        query = query.where(col(Case.opened_at) >= admission.admitted_at)
    else:  # nobody said when it began: what was opened after it was entered here. Ids carry their time.
        query = query.where(col(Case.id) > admission.id)
    found = (await db.exec(query.order_by(col(Case.id).desc()).limit(1))).first()
    return found.id if found else (await open_case(db, admission.hospital_id, admission.patient_id, now)).id


async def with_hub(db: AsyncSession, actor: Actor | None, session: RoundSession, row: RoundItem, now: datetime) -> None:
    """One patient of the list, once they are confirmed on it."""
    for each in await _hub_doctors(db, session):
        await _give(db, actor, session, row, each, now)
    await with_students(db, actor, session, row, now)


async def with_students(
    db: AsyncSession, actor: Actor | None, session: RoundSession, row: RoundItem, now: datetime
) -> None:
    """Of a patient who has agreed to teaching, as long as the round is not over; of any other they see nothing."""
    named = [each.staff_id for each in await participants.of(db, session.id) if each.role == RoundRole.student]
    if not named:
        return
    shown = row.case_id is not None and row.state in rules.ON_LIST - {ItemState.proposed}
    shown = shown and session.state not in rules.OVER | rules.NEVER
    taught = shown and row.id in await consents.taught(db, [row])
    for each in named:
        if taught:
            await _give(db, actor, session, row, each, now, LEARNS)
        else:
            await grants.end(db, row.id, now, grantee=str(each))


async def with_lead(
    db: AsyncSession, actor: Actor | None, session: RoundSession, row: RoundItem, now: datetime
) -> None:
    """Somebody who was put forward: whoever leads the round sees them, to decide on them."""
    if session.lead_id is not None:
        await _give(db, actor, session, row, session.lead_id, now)


async def with_doctor(db: AsyncSession, actor: Actor | None, session: RoundSession, who: UUID, now: datetime) -> None:
    """All who are confirmed: somebody leads or takes part from now on. The lead sees who is put forward as well."""
    for each in await items(db, session.id):
        if each.case_id is not None and (each.state is not ItemState.proposed or who == session.lead_id):
            await _give(db, actor, session, each, who, now)


async def with_doctor_no_longer(db: AsyncSession, session: RoundSession, who: UUID, now: datetime) -> None:
    for each in await items(db, session.id):
        await grants.end(db, each.id, now, grantee=str(who))


async def with_nobody(db: AsyncSession, found: Collection[RoundItem], now: datetime) -> None:
    """Patients who were taken off, or all of a round that does not take place."""
    for each in found:
        await grants.end(db, each.id, now)


async def for_a_while(db: AsyncSession, found: Collection[RoundItem], now: datetime) -> None:
    """Of a round that is closed."""
    for each in found:
        await grants.end(db, each.id, now, until=now + rules.SEEN_AFTER)


async def _hub_doctors(db: AsyncSession, session: RoundSession) -> list[UUID]:
    taking = await participants.of(db, session.id)
    return [each.staff_id for each in taking if each.role in AT_HUB and each.answer is not Answer.declined]


async def _give(
    db: AsyncSession,
    actor: Actor | None,
    session: RoundSession,
    row: RoundItem,
    who: UUID,
    now: datetime,
    allows: Collection[str] = ALLOWS,
) -> None:
    if row.case_id is None:
        raise ValueError("who is confirmed on a list has a case")
    await grants.give(
        db,
        case_id=row.case_id,
        patient_id=row.patient_id,
        activity=activity(row.id),
        grantee=str(who),
        hospital_id=session.branch_id,
        allows=allows,
        purpose=PURPOSE,
        by=actor.id if actor else None,
        now=now,
    )
