"""What patients on a list still lack of what a round of its specialty needs, and which images are of their stay."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.people.chart_tables import Admission, Observation, ObservationKind
from telemed.rounds import consents, rules
from telemed.rounds.model import RoundItem, RoundSession
from telemed.rounds.words import Lack
from telemed.studies import service as studies
from telemed.studies.service import Held


async def lacking(
    db: AsyncSession, session: RoundSession, found: Sequence[RoundItem], now: datetime
) -> dict[UUID, list[Lack]]:
    """By item."""
    has = await _has(db, found, await stays_of(db, found), now)
    return {each.id: rules.lacking(each, session.specialty, has[each.patient_id]) for each in found}


async def stays_of(db: AsyncSession, found: Sequence[RoundItem]) -> dict[UUID, Admission]:
    """By id."""
    query = select(Admission).where(col(Admission.id).in_([each.admission_id for each in found]))
    return {each.id: each for each in (await db.exec(query)).all()}


async def _has(
    db: AsyncSession, found: Sequence[RoundItem], stays: Mapping[UUID, Admission], now: datetime
) -> dict[UUID, set[Lack]]:
    """By patient what is there of what an item may need: vital signs and tests that are fresh, images of this stay."""
    out: dict[UUID, set[Lack]] = {each.patient_id: set() for each in found}
    for kind, lack in ((ObservationKind.vital, Lack.vitals), (ObservationKind.test, Lack.labs)):
        fresh = select(Observation.patient_id).where(col(Observation.patient_id).in_(out), Observation.kind == kind)
        for id in (await db.exec(fresh.where(col(Observation.at) > now - rules.FRESH[lack]).distinct())).all():
            out[id].add(lack)
    held = await studies.of_patients(db, list(out))
    for each in found:
        images = of_stay(held.get(each.patient_id, []), stays[each.admission_id], each)
        out[each.patient_id] |= {Lack.images} if any("ECG" not in one.modalities for one in images) else set()
        out[each.patient_id] |= {Lack.ecg} if any("ECG" in one.modalities for one in images) else set()
    return out


def of_stay(held: Collection[Held], stay: Admission, row: RoundItem) -> list[Held]:
    """The studies that a round of this stay shows: taken in it or the day before, confirmed as the patient's."""
    since = (stay.admitted_at or row.state_since - consents.WITHOUT_START) - rules.DAY_BEFORE
    fits = [e for e in held if e.confirmed and not e.hidden and e.taken_at is not None and e.taken_at >= since]
    return fits[: rules.MOST_STUDIES]
