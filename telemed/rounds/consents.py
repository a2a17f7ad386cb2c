"""Which consent lets a patient be shown at a round: one paper of an admission covers its consultations, readings and
rounds."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.cases.model import Consent, Scope
from telemed.cases.rules import in_force, stands
from telemed.consultations.service import consents_of
from telemed.people.chart_tables import Admission
from telemed.rounds.model import RoundItem

WITHOUT_START: Final = timedelta(days=30)  # where nobody said when the stay began: images of so long belong to it


async def covering(db: AsyncSession, stay: Admission, hub_id: str, *, locked: bool = True) -> Consent | None:
    """The newest consent of this stay to consultations that is in force."""
    taken = (await consents_of(db, [stay], hub_id, Scope.consult, locked=locked)).get(stay.patient_id, [])
    return next((each for each in reversed(taken) if in_force(each)), None)


async def of_items(db: AsyncSession, items: Collection[RoundItem]) -> Mapping[UUID, Consent]:
    """By item the consent on which it rests, in force or not any more."""
    ids = [each.consent_id for each in items if each.consent_id]
    found = {each.id: each for each in (await db.exec(select(Consent).where(col(Consent.id).in_(ids)))).all()}
    return {each.id: found[each.consent_id] for each in items if each.consent_id in found}


async def withdrawn(db: AsyncSession, items: Collection[RoundItem]) -> Mapping[UUID, datetime]:
    """Since when the hub sees these no more, by item: the consent on which it rests was withdrawn."""
    found = await of_items(db, items)
    return {id: each.withdrawn_at for id, each in found.items() if each.withdrawn_at is not None}


def is_student(actor: Actor) -> bool:
    """Whether this person follows to learn and for nothing else."""
    return actor.roles == {Role.trainee}


async def taught(db: AsyncSession, items: Collection[RoundItem]) -> set[UUID]:
    """The items of those who have agreed that students follow."""
    consents = await of_items(db, items)
    return {id for id, each in consents.items() if stands(each) and Scope.teaching in each.scopes}
