"""Which studies belong to a consultation: those its request names and those its packet holds, nothing else."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases import service as cases
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import NamedStudy, request_of
from telemed.studies import service as studies
from telemed.studies.service import Held


@dataclass(frozen=True)
class Images:
    """`held`: confirmed and named; `waiting`: somebody must confirm whose they are; `awaited`: not arrived."""

    held: list[Held]
    waiting: list[Held]
    awaited: list[NamedStudy]


async def images(db: AsyncSession, row: Consultation) -> Images:
    content = request_of(row)
    if row.patient_id is None:
        return Images([], [], content.studies)
    named = {each.uid for each in content.studies if each.uid}
    named |= {each.study_uid for each in await cases.packet(db, row.id) if each.study_uid}
    confirmed = await studies.of_patient(db, row.branch_id, row.patient_id)
    held = [each for each in confirmed if each.study_uid in named]
    waiting = await studies.waiting_for_identity(db, row.branch_id, row.patient_id)
    known = {each.study_uid for each in (*held, *waiting)}
    arrived = len(held) + len(waiting)
    awaited = [each for each in content.studies if each.uid and each.uid not in known]
    awaited += [each for each in content.studies if not each.uid][arrived:]
    return Images(held, waiting, awaited)


async def held_by(db: AsyncSession, rows: Collection[Consultation]) -> dict[UUID, list[tuple[str, str]]]:
    """What `images` calls held, as (hospital, study), for many at once: who may see what is asked at every change."""
    packed = await cases.packed_studies(db, [row.id for row in rows])
    confirmed = await studies.confirmed(db, {row.patient_id for row in rows if row.patient_id})
    out: dict[UUID, list[tuple[str, str]]] = {}
    for row in rows:
        named = {each.uid for each in request_of(row).studies if each.uid} | packed.get(row.id, set())
        theirs = confirmed.get(row.patient_id, []) if row.patient_id else []
        out[row.id] = [(hospital, uid) for hospital, uid in theirs if hospital == row.branch_id and uid in named]
    return out
