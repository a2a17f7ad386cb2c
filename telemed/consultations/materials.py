"""Which studies belong to a consultation: those its request names and those its packet holds, nothing else."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases import service as cases
from telemed.consultations.content import NamedStudy, RequestContent
from telemed.consultations.model import Consultation
from telemed.studies import service as studies
from telemed.studies.service import Held


@dataclass(frozen=True)
class Images:
    """`held`: confirmed and named; `waiting`: somebody must confirm whose they are; `awaited`: not arrived."""

    held: list[Held]
    waiting: list[Held]
    awaited: list[NamedStudy]


async def images(db: AsyncSession, row: Consultation) -> Images:
    content = RequestContent.model_validate(row.request)
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
