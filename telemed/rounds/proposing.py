"""Whom a list proposes, and why: from the ward's admissions, what was left of earlier rounds, critical findings and
consultations."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.consultations.model import Consultation
from telemed.consultations.rules.states import ENDED
from telemed.consultations.words import State as Stage
from telemed.critical_findings.model import CriticalFinding
from telemed.critical_findings.rules import CLOSED
from telemed.history.service import emit
from telemed.people.chart_tables import Admission
from telemed.rounds import rules
from telemed.rounds.events import ItemProposed
from telemed.rounds.lookup import about_item, changed, open_instructions
from telemed.rounds.model import RoundItem, RoundSession
from telemed.rounds.words import ItemState, Reason

# Of these a round has something to say: the hub has seen the patient, or is about to.
CONCERNS: Final = frozenset(Stage) - ENDED - {Stage.draft, Stage.returned}


@dataclass
class Candidate:
    """Somebody who lies in the ward, and why the round might see them."""

    admission: Admission
    reasons: list[Reason] = field(default_factory=list)

    @property
    def pressing(self) -> int:
        return rules.pressing(self.reasons)


async def candidates(db: AsyncSession, session: RoundSession, now: datetime) -> list[Candidate]:
    """Everybody who lies in the ward now, the most pressing first, then by bed."""
    came = col(Admission.admitted_at).is_(None) | (col(Admission.admitted_at) <= now)
    lying = (Admission.ward_id == session.ward_id, col(Admission.discharged_at).is_(None), came)
    stays = (await db.exec(select(Admission).where(*lying).order_by(col(Admission.bed), col(Admission.id)))).all()
    found = {each.patient_id: Candidate(each) for each in stays}
    last = await last_round(db, session)
    for reason, whom in (
        (Reason.instruction, {each.patient_id for each in await open_instructions(db, list(found))}),
        (Reason.deferred, await _deferred(db, last)),
        (Reason.critical, await _critical(db, list(found))),
        (Reason.consultation, await _consulted(db, list(found))),
        (Reason.new, _new(stays, last)),
        (Reason.inpatient, set(found)),
    ):
        for patient in whom & found.keys():
            found[patient].reasons.append(reason)
    for each in found.values():
        if len(each.reasons) > 1:
            each.reasons.remove(Reason.inpatient)
    return sorted(found.values(), key=lambda each: each.pressing)


async def last_round(db: AsyncSession, session: RoundSession) -> RoundSession | None:
    """The last one of the ward that took place, whatever series it was of."""
    over = col(RoundSession.state).in_(sorted(rules.OVER))
    query = select(RoundSession).where(RoundSession.ward_id == session.ward_id, over)
    query = query.where(col(RoundSession.starts_at) < session.starts_at)
    return (await db.exec(query.order_by(col(RoundSession.starts_at).desc()).limit(1))).first()


async def propose(db: AsyncSession, session: RoundSession, now: datetime) -> None:
    """Puts on the list everybody for whom more speaks than that they lie there, in the order of the reasons."""
    known = set((await db.exec(select(RoundItem.patient_id).where(RoundItem.session_id == session.id))).all())
    wanted = [each for each in await candidates(db, session, now) if each.reasons != [Reason.inpatient]]
    place = await next_place(db, session.id)
    for each in wanted[: rules.MOST_ITEMS]:
        if each.admission.patient_id not in known:
            await put(db, session, each, place, now)
            place += 1


async def put(
    db: AsyncSession, session: RoundSession, whom: Candidate, place: int, now: datetime, *, late: bool = False
) -> RoundItem:
    row = RoundItem(
        session_id=session.id,
        patient_id=whom.admission.patient_id,
        admission_id=whom.admission.id,
        state=ItemState.proposed,
        state_since=now,
        place=place,
        late=late,
        bed=whom.admission.bed,
        reasons=[str(each) for each in whom.reasons],
        minutes=rules.BED_MINUTES,
    )
    db.add(row)
    await db.flush()
    told = ItemProposed(session_id=session.id, item_id=row.id, reasons=tuple(row.reasons), late=late)
    emit(db, told, about_item(session, row), now)
    changed(db, session, now, row.id)
    return row


async def next_place(db: AsyncSession, session_id: UUID) -> int:
    query = select(RoundItem.place).where(RoundItem.session_id == session_id)
    return max((await db.exec(query)).all(), default=0) + 1


async def _deferred(db: AsyncSession, last: RoundSession | None) -> set[UUID]:
    """Whom the last round left for this one."""
    if last is None:
        return set()
    query = select(RoundItem.patient_id).where(RoundItem.session_id == last.id, RoundItem.state == ItemState.deferred)
    return set((await db.exec(query)).all())


async def _critical(db: AsyncSession, patients: Collection[UUID]) -> set[UUID]:
    query = select(CriticalFinding.patient_id).where(col(CriticalFinding.patient_id).in_(patients))
    return set((await db.exec(query.where(col(CriticalFinding.state).not_in(sorted(CLOSED))))).all())


async def _consulted(db: AsyncSession, patients: Collection[UUID]) -> set[UUID]:
    query = select(Consultation.patient_id).where(col(Consultation.patient_id).in_(patients))
    found = (await db.exec(query.where(col(Consultation.state).in_(sorted(CONCERNS))))).all()
    return {each for each in found if each is not None}


def _new(stays: Collection[Admission], last: RoundSession | None) -> set[UUID]:
    """At the ward's first round that is everybody."""
    if last is None:
        return {each.patient_id for each in stays}
    return {each.patient_id for each in stays if each.admitted_at is not None and each.admitted_at > last.starts_at}
