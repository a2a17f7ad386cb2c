"""What patients on a list still lack of what a round of its specialty needs, and which images are of their stay."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.people.chart_tables import Admission, Observation, ObservationKind
from telemed.rounds import consents, rules
from telemed.rounds.model import RoundItem, RoundSession, RoundTemplate
from telemed.rounds.needed import Needed, needed_of, not_found
from telemed.rounds.words import Lack
from telemed.studies import service as studies
from telemed.studies.service import Held

MEASURED: Final = {ObservationKind.vital: Lack.vitals, ObservationKind.test: Lack.labs}


@dataclass(frozen=True)
class Lacking:
    """`labs`: the named tests that are missing, where the template names some."""

    what: list[Lack]
    labs: list[str]


async def needed(db: AsyncSession, session: RoundSession) -> Needed:
    query = select(RoundTemplate).where(RoundTemplate.hub_id == session.hub_id)
    row = (await db.exec(query.where(RoundTemplate.specialty == session.specialty))).one_or_none()
    return needed_of(session.specialty, row)


async def lacking(
    db: AsyncSession,
    session: RoundSession,
    found: Sequence[RoundItem],
    now: datetime,
    *,
    stays: Mapping[UUID, Admission] | None = None,
    studies_of: Mapping[UUID, Sequence[Held]] | None = None,
) -> dict[UUID, Lacking]:
    """By item. `stays`, and by patient `studies_of`: where they are known."""
    wanted = await needed(db, session)
    stays = await stays_of(db, found) if stays is None else stays
    if studies_of is None:
        studies_of = await studies.of_patients(db, {each.patient_id for each in found})
    has, tests = await _has(db, found, stays, studies_of, now), {}
    if wanted.labs and Lack.labs in wanted.needs:
        tests = await _tests(db, [each.patient_id for each in found], now)
    out = {}
    for each in found:
        labs = not_found(wanted.labs, tests.get(each.patient_id, ())) if Lack.labs in wanted.needs else []
        have = has[each.patient_id] - ({Lack.labs} if labs else set())
        out[each.id] = Lacking(rules.lacking(each, wanted.needs, have), labs)
    return out


async def _tests(db: AsyncSession, patients: Sequence[UUID], now: datetime) -> dict[UUID, set[str]]:
    """By patient the codes and names of the tests that are fresh."""
    o, out = Observation, dict[UUID, set[str]]()
    fresh = select(o.patient_id, o.code, o.name).where(col(o.patient_id).in_(patients), o.kind == ObservationKind.test)
    for id, code, name in (await db.exec(fresh.where(col(o.at) > now - rules.FRESH[Lack.labs]).distinct())).all():
        out.setdefault(id, set()).update((code, name))
    return out


async def stays_of(db: AsyncSession, found: Sequence[RoundItem]) -> dict[UUID, Admission]:
    """By id."""
    query = select(Admission).where(col(Admission.id).in_([each.admission_id for each in found]))
    return {each.id: each for each in (await db.exec(query)).all()}


async def _has(
    db: AsyncSession,
    found: Sequence[RoundItem],
    stays: Mapping[UUID, Admission],
    studies_of: Mapping[UUID, Sequence[Held]],
    now: datetime,
) -> dict[UUID, set[Lack]]:
    """By patient what is there of what an item may need: vital signs and tests that are fresh, images of this stay."""
    o, out = Observation, {each.patient_id: set[Lack]() for each in found}
    fresh = or_(*(and_(col(o.kind) == kind, col(o.at) > now - rules.FRESH[lack]) for kind, lack in MEASURED.items()))
    query = select(o.patient_id, o.kind).where(col(o.patient_id).in_(out), fresh).distinct()
    for id, kind in (await db.exec(query)).all():
        out[id].add(MEASURED[ObservationKind(kind)])
    for each in found:
        images = of_stay(studies_of.get(each.patient_id, []), stays[each.admission_id], each)
        out[each.patient_id] |= {Lack.images} if any("ECG" not in one.modalities for one in images) else set()
        out[each.patient_id] |= {Lack.ecg} if any("ECG" in one.modalities for one in images) else set()
    return out


def of_stay(held: Collection[Held], stay: Admission, row: RoundItem) -> list[Held]:
    """The studies that a round of this stay shows: taken in it or the day before, confirmed as the patient's."""
    since = (stay.admitted_at or row.state_since - consents.WITHOUT_START) - rules.DAY_BEFORE
    fits = [e for e in held if e.confirmed and not e.hidden and e.taken_at is not None and e.taken_at >= since]
    return fits[: rules.MOST_STUDIES]
