"""Which consent lets a patient be shown at a round: one paper of an admission covers its consultations, readings and
rounds."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.cases.model import Case, Consent, ConsentKind, Scope
from telemed.cases.rules import in_force, stands
from telemed.consultations.model import Consultation
from telemed.people.chart_tables import Admission
from telemed.rounds.model import RoundItem

WITHOUT_START: Final = timedelta(days=30)  # where nobody said when the stay began


async def covering(
    db: AsyncSession, admissions: Collection[Admission], hub_id: str, now: datetime
) -> Mapping[UUID, Consent]:
    """By patient the newest consent in force that was taken in this stay, names consultations and no other hub.

    An emergency without consent covers what it was approved for, and nothing else.
    """
    stays = {each.patient_id: each.admitted_at or now - WITHOUT_START for each in admissions}
    query = select(Consent, Case, Consultation).join(Case, col(Case.id) == Consent.case_id)
    query = query.join(Consultation, col(Consultation.id) == Consent.activity_id, isouter=True)
    query = query.where(col(Case.patient_id).in_(stays)).order_by(col(Consent.id))
    return {
        case.patient_id: consent
        for consent, case, consultation in (await db.exec(query)).all()
        if in_force(consent)
        and consent.kind is not ConsentKind.emergency
        and Scope.consult in consent.scopes
        and consent.at >= stays[case.patient_id]
        and (consultation is None or consultation.hub_id == hub_id)
    }


async def of_items(db: AsyncSession, items: Collection[RoundItem]) -> Mapping[UUID, Consent]:
    """By item the consent on which it rests, in force or not any more."""
    ids = [each.consent_id for each in items if each.consent_id]
    found = {each.id: each for each in (await db.exec(select(Consent).where(col(Consent.id).in_(ids)))).all()}
    return {each.id: found[each.consent_id] for each in items if each.consent_id in found}


def is_student(actor: Actor) -> bool:
    """Whether this person follows to learn and for nothing else."""
    return actor.roles == {Role.trainee}


async def taught(db: AsyncSession, items: Collection[RoundItem]) -> set[UUID]:
    """The items of those who have agreed that students follow."""
    consents = await of_items(db, items)
    return {id for id, each in consents.items() if stands(each) and Scope.teaching in each.scopes}
