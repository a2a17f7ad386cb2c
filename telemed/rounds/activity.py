"""The round as a kind of activity. The id of its activity is a session's, which has the room and the booking, or that
of one patient on its list, for whom there are grants."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.kinds import Attended, Listed, Study
from telemed.activities.schemas import Announced, AtHandOut, FoundOut, HeldOut, LeadBrief, NextOut, RingingOut
from telemed.activities.words import Phase
from telemed.cases.model import Scope
from telemed.history.events import About
from telemed.kit.both import Both
from telemed.people import service as people
from telemed.people.model import Department, Ward
from telemed.rooms.ports import Entry, Standing
from telemed.rounds import door, rules, sessions, upcoming
from telemed.rounds.lookup import about, about_item, get, held, sessions_of
from telemed.rounds.model import RoundItem, RoundSession
from telemed.rounds.words import AGREEMENT_SERVICE, KIND, RoundState, Who


class RoundKind:
    """Implements ActivityKind."""

    name = KIND
    agreement_service = AGREEMENT_SERVICE
    consent_scopes = frozenset({Scope.consult})
    essential = frozenset[str]()  # nobody's absence interrupts it: the lead pauses it, or hands it over
    page = "/rounds/{id}"
    called = Both("查房", "Ward round")

    async def about(self, db: AsyncSession, id: UUID, *, to_change: bool = False) -> About | None:
        query = select(RoundSession).where(RoundSession.id == id)
        row = (await db.exec(query.with_for_update() if to_change else query)).one_or_none()
        if row is not None:
            return about(row)
        item = await db.get(RoundItem, id)
        return about_item(await db.get_one(RoundSession, item.session_id), item) if item else None

    async def entry(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Entry:
        return await door.entry(db, actor, id, now)

    async def may_stay(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> bool:
        return await door.may_stay(db, actor, id, now)

    async def may_read(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
        await get(db, actor, id)

    async def room_over(self, db: AsyncSession, id: UUID) -> str | None:
        return await door.room_over(db, id)

    async def standings(self, db: AsyncSession, id: UUID) -> Mapping[UUID, Standing]:
        return await door.standings(db, id)

    async def device_entry(self, db: AsyncSession, id: UUID) -> Entry | None:
        return await door.device_entry(db, id)

    async def studies(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Collection[Study]]:
        found = (await db.exec(select(RoundItem).where(col(RoundItem.id).in_(ids)))).all()
        return await door.images(db, list(found))

    async def attended(self, db: AsyncSession, id: UUID, seen: Attended, now: datetime) -> None:
        """Nothing follows: the lead's acts alone move a round."""

    async def ringing(self, db: AsyncSession, actor: Actor, now: datetime) -> list[RingingOut]:
        return []

    async def next_for(self, db: AsyncSession, actor: Actor, now: datetime) -> list[NextOut]:
        return await upcoming.next_for(db, actor, now)

    async def at_hand(self, db: AsyncSession, actor: Actor, now: datetime) -> list[AtHandOut]:
        return await upcoming.at_hand(db, actor, now)

    async def held(
        self, db: AsyncSession, actor: Actor, start: datetime, end: datetime, now: datetime
    ) -> list[HeldOut]:
        return await upcoming.held(db, actor, start, end)

    async def found(self, db: AsyncSession, actor: Actor, q: str, most: int, now: datetime) -> list[FoundOut]:
        return []

    async def phases(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Phase]:
        found = await db.exec(select(RoundSession.id, RoundSession.state).where(col(RoundSession.id).in_(ids)))
        return {id: rules.phase(RoundState(state)) for id, state in found.all()}

    async def movable(self, db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime) -> Collection[UUID]:
        query = select(RoundSession).where(col(RoundSession.id).in_(ids), sessions_of(actor))
        before = [row for row in (await db.exec(query)).all() if row.state in rules.BEFORE]
        return {row.id for row in before if Who.coordinator in await held(db, row, actor)}

    async def announced(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Announced]:
        query = select(RoundSession, Department).join(Ward, col(Ward.id) == RoundSession.ward_id)
        query = query.join(Department, col(Department.id) == Ward.department_id, isouter=True)
        found = (await db.exec(query.where(col(RoundSession.id).in_(ids)))).all()
        leads = await people.staff_by_id(db, {row.lead_id for row, _ in found if row.lead_id})
        out = {}
        for row, department in found:
            lead = leads.get(row.lead_id) if row.lead_id else None
            out[row.id] = Announced(
                department=department.name if department else "",
                department_en=department.name_en if department else "",
                ward=row.ward,
                lead=LeadBrief(name=lead.name, name_en=lead.name_en, title=lead.title) if lead else None,
            )
        return out

    async def not_there(
        self, db: AsyncSession, actor: Actor, id: UUID, resource_id: UUID, words: str, now: datetime
    ) -> None:
        await sessions.not_there(db, actor, await db.get_one(RoundSession, id), resource_id, words, now)

    async def listed(
        self, db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime
    ) -> Mapping[UUID, Listed]:
        """A round names no patient; what is about one on its list says the round and, to whom they see, who it is."""
        query = select(RoundSession).where(col(RoundSession.id).in_(ids), sessions_of(actor))
        return {
            row.id: Listed(title=row.ward, version=row.version, starts_at=row.starts_at, ends_at=row.ends_at)
            for row in (await db.exec(query)).all()
        }


ROUND: Final = RoundKind()
