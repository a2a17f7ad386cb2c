"""知情依据: on what a reading rests. The consent of its consultation; else one of the patient's present stay, which
covers the readings of that stay too; else the agreement's clause.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases.model import Consent, Scope
from telemed.cases.rules import in_force
from telemed.consultations.service import consents_of
from telemed.errors import Conflict
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.admissions import open_stay
from telemed.reading import clauses


class Basis(NamedTuple):
    """At most one of them; neither: nothing is on file (未登记)."""

    consent_id: UUID | None = None
    clause_id: UUID | None = None


async def basis(
    db: AsyncSession, branch_id: str, hub_id: str, patient_id: UUID, agreement_id: UUID, now: datetime
) -> Basis:
    """Of a reading whose consultation has no consent for it, or that comes from none. Raises Conflict if the patient
    has withdrawn what covered it: a clause, to which the patient has not agreed themselves, does not stand in for that.
    """
    taken = await _of_stay(db, hub_id, patient_id)
    if (found := _covering(taken)) is not None:
        return Basis(consent_id=found)
    if any(each.withdrawn_at is not None for each in taken):
        raise Conflict("The patient has withdrawn the consent.", reason="reading_consent_withdrawn")
    zone = (await people.zones(db))[branch_id]
    clause = await clauses.in_force(db, agreement_id, day_in(zone, now))
    return Basis(clause_id=clause.id if clause else None)


async def covering(db: AsyncSession, hub_id: str, patient_id: UUID) -> UUID | None:
    """The newest consent in force of the patient's present stay that covers images shown to this hub."""
    return _covering(await _of_stay(db, hub_id, patient_id))


def _covering(taken: Sequence[Consent]) -> UUID | None:
    return next((each.id for each in reversed(taken) if in_force(each)), None)


async def _of_stay(db: AsyncSession, hub_id: str, patient_id: UUID) -> Sequence[Consent]:
    """Those for images, oldest first; none of a patient who is not in hospital."""
    stay = await open_stay(db, patient_id)
    return (await consents_of(db, [stay], hub_id, Scope.imaging)).get(patient_id, []) if stay else []
