"""A critical finding as a kind of activity: what its grants open, and how it is listed. It has no room."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.briefs import patient_brief
from telemed.activities.kinds import Listed, Study
from telemed.activities.roomless import Roomless
from telemed.activities.schemas import AtHandOut
from telemed.activities.words import Phase, Urgency
from telemed.cases.model import Scope
from telemed.critical_findings import rules
from telemed.critical_findings.lookup import about, concerning, get, visible_to
from telemed.critical_findings.model import CriticalFinding
from telemed.critical_findings.words import KIND
from telemed.history.events import About
from telemed.kit.both import Both
from telemed.people import service as people
from telemed.people.english import departments_en
from telemed.people.model import Patient
from telemed.reading.words import AGREEMENT_SERVICE

F: Final = CriticalFinding
MOST_AT_HAND: Final = 20


class FindingKind(Roomless):
    """Implements ActivityKind."""

    name = KIND
    agreement_service = AGREEMENT_SERVICE
    consent_scopes = frozenset[Scope]()
    essential = frozenset[str]()
    page = "/critical-findings/{id}"
    called = Both("危急值", "Critical finding")

    async def about(self, db: AsyncSession, id: UUID, *, to_change: bool = False) -> About | None:
        query = select(F).where(F.id == id)
        row = (await db.exec(query.with_for_update() if to_change else query)).one_or_none()
        return about(row) if row else None

    async def may_read(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
        await get(db, actor, id, now)

    async def studies(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Collection[Study]]:
        """No images: those are the reading's, or the consultation's."""
        return {id: () for id in ids}

    async def at_hand(self, db: AsyncSession, actor: Actor, now: datetime) -> list[AtHandOut]:
        """The open ones of which they were told, or which they found."""
        rows = await concerning(db, actor, now, MOST_AT_HAND)
        listed = await self.listed(db, actor, [each.id for each in rows], now)
        return [
            AtHandOut(
                activity=KIND,
                activity_id=each.id,
                title=of.title,
                urgency=Urgency.stat,
                patient=of.patient,
                place=of.place,
                phase=Phase.running,
                starts_at=None,
                vitals=[],
                vitals_at=None,
            )
            for each in rows
            if (of := listed.get(each.id))
        ]

    async def listed(
        self, db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime
    ) -> Mapping[UUID, Listed]:
        query = select(F, Patient).join(Patient, col(Patient.id) == F.patient_id)
        found = (await db.exec(query.where(col(F.id).in_(ids), visible_to(actor, now)))).all()
        english, zones = await departments_en(db), await people.zones(db)
        return {
            row.id: Listed(
                title=row.finding,
                patient=(brief := patient_brief(patient, english, zones[row.branch_id], now)),
                place=brief,
                version=row.version,
                actions=rules.allowed(row, actor),  # withdrawing is for its own page
            )
            for row, patient in found
        }


FINDING: Final = FindingKind()
