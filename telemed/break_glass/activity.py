"""Break-glass as a kind of activity, so that its grants, work and deadlines are as everybody's; it has no room."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import BREAK_GLASS
from telemed.access.model import Actor
from telemed.activities.kinds import Study
from telemed.activities.roomless import Roomless
from telemed.break_glass import rules, service
from telemed.break_glass.model import BreakGlass
from telemed.cases.model import Scope
from telemed.consultations.words import AGREEMENT_SERVICE
from telemed.errors import NotFound
from telemed.history.events import About
from telemed.kit.both import Both
from telemed.studies import service as studies
from telemed.studies.model import LinkState


class BreakGlassKind(Roomless):
    """Implements ActivityKind."""

    name = BREAK_GLASS
    agreement_service = AGREEMENT_SERVICE
    consent_scopes = frozenset[Scope]()
    essential = frozenset[str]()
    page = "/break-glass/{id}"
    called = Both("紧急查阅", "Break-glass")

    async def about(self, db: AsyncSession, id: UUID, *, to_change: bool = False) -> About | None:
        row = await db.get(BreakGlass, id)
        return service.about(row) if row else None

    async def may_read(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
        row = await db.get(BreakGlass, id)
        if row is None or row.branch_id != actor.hospital_id or not actor.has(*rules.REVIEWING):
            raise NotFound("There is no such break-glass of your patients.")

    async def studies(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Collection[Study]]:
        """All that are confirmed to be the patient's."""
        query = select(BreakGlass.id, BreakGlass.patient_id).where(col(BreakGlass.id).in_(ids))
        patient_of = dict((await db.exec(query)).all())
        held = await studies.of_patients(db, set(patient_of.values()))
        return {
            id: [(each.hospital_id, each.study_uid) for each in held.get(patient, ()) if each.link is CONFIRMED]
            for id, patient in patient_of.items()
        }


CONFIRMED: Final = LinkState.confirmed
KIND: Final = BreakGlassKind()
