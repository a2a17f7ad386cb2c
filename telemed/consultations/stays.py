"""The consents of a stay: one paper covers the consultations, readings and rounds of an admission."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases.model import Case, Consent, ConsentKind, Scope
from telemed.consultations.model import Consultation
from telemed.people.chart_tables import Admission


async def consents_of(
    db: AsyncSession, stays: Collection[Admission], hub_id: str, scope: Scope, *, locked: bool = True
) -> Mapping[UUID, list[Consent]]:
    """By patient those taken in this stay that name this scope and no other hub, oldest first; withdrawn ones too.

    An emergency is none: it was approved for one consultation, and nobody has agreed to anything. They are locked until
    the caller's transaction ends: withdrawing waits for it, or has been seen by it. Who only shows them locks nothing.
    """
    during = {each.patient_id: each for each in stays}
    query = select(Consent, Case.patient_id).join(Case, col(Case.id) == Consent.case_id)
    query = query.join(Consultation, col(Consultation.id) == Consent.activity_id, isouter=True)
    query = query.where(col(Case.patient_id).in_(during), Consent.kind != ConsentKind.emergency)
    query = query.where(or_(col(Consultation.id).is_(None), col(Consultation.hub_id) == hub_id))
    query = query.order_by(col(Consent.id))
    if locked:
        query = query.with_for_update(read=True, of=Consent)
    found: dict[UUID, list[Consent]] = {}
    for consent, patient_id in (await db.exec(query.execution_options(populate_existing=True))).all():
        if scope in consent.scopes and _taken_in(consent, during[patient_id]):
            found.setdefault(patient_id, []).append(consent)
    return found


def _taken_in(consent: Consent, stay: Admission) -> bool:
    """Where nobody said when the stay began: what was taken after it was entered here. Ids carry their time."""
    return consent.id > stay.id if stay.admitted_at is None else consent.at >= stay.admitted_at
