"""Break-glass as a kind of activity, so that its grants, work and deadlines are as everybody's; it has no room."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final, NoReturn
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import BREAK_GLASS
from telemed.access.model import Actor
from telemed.activities.kinds import Attended, Listed, Study
from telemed.activities.schemas import Announced, FoundOut, HeldOut, NextOut, RingingOut
from telemed.activities.words import Phase
from telemed.break_glass import rules, service
from telemed.break_glass.model import BreakGlass
from telemed.cases.model import Scope
from telemed.consultations.words import AGREEMENT_SERVICE
from telemed.errors import NotFound
from telemed.history.events import About
from telemed.rooms.ports import Entry, Standing
from telemed.studies import service as studies
from telemed.studies.model import LinkState


class BreakGlassKind:
    """Implements ActivityKind."""

    name = BREAK_GLASS
    agreement_service = AGREEMENT_SERVICE
    consent_scopes = frozenset[Scope]()
    essential = frozenset[str]()
    page = "/break-glass/{id}"

    async def about(self, db: AsyncSession, id: UUID, *, to_change: bool = False) -> About | None:
        row = await db.get(BreakGlass, id)
        return service.about(row) if row else None

    async def entry(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Entry:
        return _no_room()

    async def device_entry(self, db: AsyncSession, id: UUID) -> Entry | None:
        return None

    async def may_stay(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> bool:
        return False

    async def may_read(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
        row = await db.get(BreakGlass, id)
        if row is None or row.branch_id != actor.hospital_id or not actor.has(*rules.REVIEWING):
            raise NotFound("There is no such break-glass of your patients.")

    async def room_over(self, db: AsyncSession, id: UUID) -> str | None:
        return "break_glass"

    async def standings(self, db: AsyncSession, id: UUID) -> Mapping[UUID, Standing]:
        return {}

    async def studies(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Collection[Study]]:
        """All that are confirmed to be the patient's."""
        query = select(BreakGlass.id, BreakGlass.patient_id).where(col(BreakGlass.id).in_(ids))
        patient_of = dict((await db.exec(query)).all())
        held = await studies.of_patients(db, set(patient_of.values()))
        return {
            id: [(each.hospital_id, each.study_uid) for each in held.get(patient, ()) if each.link is CONFIRMED]
            for id, patient in patient_of.items()
        }

    async def attended(self, db: AsyncSession, id: UUID, seen: Attended, now: datetime) -> None:
        return None

    async def ringing(self, db: AsyncSession, actor: Actor, now: datetime) -> list[RingingOut]:
        return []

    async def next_for(self, db: AsyncSession, actor: Actor, now: datetime) -> list[NextOut]:
        return []

    async def held(
        self, db: AsyncSession, actor: Actor, start: datetime, end: datetime, now: datetime
    ) -> list[HeldOut]:
        return []

    async def found(self, db: AsyncSession, actor: Actor, q: str, most: int, now: datetime) -> list[FoundOut]:
        return []

    async def phases(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Phase]:
        return {}

    async def announced(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Announced]:
        return {}

    async def listed(
        self, db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime
    ) -> Mapping[UUID, Listed]:
        return {}


def _no_room() -> NoReturn:
    raise NotFound("A break-glass has no room.")


CONFIRMED: Final = LinkState.confirmed
KIND: Final = BreakGlassKind()
