"""A reading as a kind of activity: what its grants open, its room, and how it is listed. It has no booked time."""

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
from telemed.cases.model import Scope
from telemed.history.events import About
from telemed.kit.both import Both
from telemed.people import service as people
from telemed.people.english import departments_en
from telemed.people.model import Patient
from telemed.reading import priors, rules, together
from telemed.reading.lookup import about, get, title_of, visible_to
from telemed.reading.model import Reading
from telemed.reading.words import AGREEMENT_SERVICE, KIND
from telemed.rooms.ports import Entry, Standing
from telemed.studies import service as studies
from telemed.studies.service import Held


class ReadingKind(Roomless):
    """Implements ActivityKind."""

    name = KIND
    agreement_service = AGREEMENT_SERVICE
    consent_scopes = frozenset[Scope]()  # the agreement's clause: nothing is read beyond what was taken for diagnosis
    essential = frozenset[str]()
    page = "/reading/{id}"
    called = Both("阅片", "Film reading")

    async def about(self, db: AsyncSession, id: UUID, *, to_change: bool = False) -> About | None:
        query = select(Reading).where(Reading.id == id)
        row = (await db.exec(query.with_for_update() if to_change else query)).one_or_none()
        return about(row) if row else None

    async def entry(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Entry:
        return await together.entry(db, actor, id, (await self.studies(db, [id])).get(id, ()), now)

    async def may_stay(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> bool:
        return await together.may_open(db, actor, id, now)

    async def room_over(self, db: AsyncSession, id: UUID) -> str | None:
        """Never: what was issued is still looked at together, as long as there are grants."""
        return None

    async def standings(self, db: AsyncSession, id: UUID) -> Mapping[UUID, Standing]:
        return await together.standings(db, id)

    async def may_read(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
        await get(db, actor, id, now)

    async def studies(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Collection[Study]]:
        """The study that is to be read, and its priors, while it is confirmed as the patient's."""
        found = (await db.exec(select(Reading).where(col(Reading.id).in_(ids)))).all()
        patients = list({each.patient_id for each in found})
        held: dict[UUID, list[Held]] = {}
        for start in range(0, len(patients), studies.AT_ONCE):
            held |= await studies.of_patients(db, patients[start : start + studies.AT_ONCE])
        return {each.id: priors.opened(each, held.get(each.patient_id, [])) for each in found}

    async def listed(
        self, db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime
    ) -> Mapping[UUID, Listed]:
        query = select(Reading, Patient).join(Patient, col(Patient.id) == Reading.patient_id)
        found = (await db.exec(query.where(col(Reading.id).in_(ids), visible_to(actor, now)))).all()
        english, zones = await departments_en(db), await people.zones(db)
        title = await title_of(db, actor) if found else None
        return {
            row.id: Listed(
                title=f"{row.modality} {row.examination}".strip(),
                patient=(brief := patient_brief(patient, english, zones[row.branch_id], now)),
                place=brief,
                version=row.version,
                actions=rules.allowed(row, actor, now, title),
            )
            for row, patient in found
        }


READING: Final = ReadingKind()
