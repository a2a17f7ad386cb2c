"""The consultation as a kind of activity: what shared services ask of it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.kinds import Attended, Listed, Study
from telemed.activities.schemas import Announced, AtHandOut, FoundOut, HeldOut, NextOut, RingingOut
from telemed.activities.words import Phase
from telemed.cases.model import Scope
from telemed.consultations import absence, at_hand, centre, door, finding, meeting, upcoming
from telemed.consultations.lookup import about, get, visible_to
from telemed.consultations.materials import held_by
from telemed.consultations.model import Consultation
from telemed.consultations.rules.states import ROOM_OVER, phase
from telemed.consultations.rules.table import may_move
from telemed.consultations.words import AGREEMENT_SERVICE, ESSENTIAL, KIND, State
from telemed.history.events import About
from telemed.kit.both import Both
from telemed.rooms.ports import Entry, Standing


class ConsultationKind:
    """Implements ActivityKind."""

    name = KIND
    agreement_service = AGREEMENT_SERVICE
    consent_scopes = frozenset({Scope.consult, Scope.imaging})
    essential = ESSENTIAL
    page = "/consultations/{id}"
    called = Both("远程会诊", "Remote consultation")

    async def about(self, db: AsyncSession, id: UUID, *, to_change: bool = False) -> About | None:
        query = select(Consultation).where(Consultation.id == id, col(Consultation.case_id).is_not(None))
        row = (await db.exec(query.with_for_update() if to_change else query)).one_or_none()
        return about(row) if row else None

    async def entry(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Entry:
        return await door.entry(db, actor, id, now)

    async def may_stay(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> bool:
        return await door.may_stay(db, actor, id, now)

    async def may_read(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
        await get(db, actor, id, now)

    async def room_over(self, db: AsyncSession, id: UUID) -> str | None:
        row = await db.get_one(Consultation, id)
        return str(row.state) if row.state in ROOM_OVER else None

    async def standings(self, db: AsyncSession, id: UUID) -> Mapping[UUID, Standing]:
        row = await db.get_one(Consultation, id)
        return {each.staff_id: door.standing(row, each.staff_id, each.role) for each in await participants.of(db, id)}

    async def device_entry(self, db: AsyncSession, id: UUID) -> Entry | None:
        return await door.device_entry(db, id)

    async def studies(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Collection[Study]]:
        return await held_by(db, ids)

    async def attended(self, db: AsyncSession, id: UUID, seen: Attended, now: datetime) -> None:
        await meeting.attended(db, await db.get_one(Consultation, id), seen, now)

    async def ringing(self, db: AsyncSession, actor: Actor, now: datetime) -> list[RingingOut]:
        return await upcoming.ringing(db, actor, now)

    async def next_for(self, db: AsyncSession, actor: Actor, now: datetime) -> list[NextOut]:
        return await upcoming.next_for(db, actor, now)

    async def at_hand(self, db: AsyncSession, actor: Actor, now: datetime) -> list[AtHandOut]:
        return await at_hand.at_hand(db, actor, now)

    async def held(
        self, db: AsyncSession, actor: Actor, start: datetime, end: datetime, now: datetime
    ) -> list[HeldOut]:
        return await centre.held(db, actor, start, end, now)

    async def found(self, db: AsyncSession, actor: Actor, q: str, most: int, now: datetime) -> list[FoundOut]:
        return await finding.found(db, actor, q, most, now)

    async def phases(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Phase]:
        found = await db.exec(select(Consultation.id, Consultation.state).where(col(Consultation.id).in_(ids)))
        return {id: phase(State(state)) for id, state in found.all()}

    async def movable(self, db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime) -> Collection[UUID]:
        query = select(Consultation).where(col(Consultation.id).in_(ids), visible_to(actor, now))
        return {row.id for row in (await db.exec(query)).all() if may_move(row, actor)}

    async def announced(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Announced]:
        return await centre.announced(db, ids)

    async def not_there(
        self, db: AsyncSession, actor: Actor, id: UUID, resource_id: UUID, words: str, now: datetime
    ) -> None:
        await absence.not_there(db, actor, await db.get_one(Consultation, id), resource_id, words, now)

    async def listed(
        self, db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime
    ) -> Mapping[UUID, Listed]:
        return await upcoming.listed_for(db, actor, ids, now)


CONSULTATION = ConsultationKind()
