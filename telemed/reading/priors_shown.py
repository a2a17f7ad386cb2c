"""The priors beside a reading, with what was said of them: by the hub, and by the branch itself."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.people import service as people
from telemed.reading import reports
from telemed.reading.lookup import own_report
from telemed.reading.model import Reading
from telemed.reading.schemas import PriorOut, PriorOwn, StudyOf
from telemed.studies.service import Held


async def of(db: AsyncSession, actor: Actor, row: Reading, earlier: Sequence[Held]) -> list[PriorOut]:
    said = await reports.of_studies(db, row, actor, [each.study_uid for each in earlier])
    return [
        PriorOut(
            **study_of(each).model_dump(),
            report=said.get(each.study_uid),
            own=await _own(db, row, each.study_uid),
        )
        for each in earlier
    ]


def study_of(held: Held) -> StudyOf:
    return StudyOf(**{name: getattr(held, name) for name in StudyOf.model_fields})


async def _own(db: AsyncSession, row: Reading, study_uid: str) -> PriorOwn | None:
    found = await own_report(db, row.branch_id, study_uid, row.patient_id)
    if found is None or found.signed_by is None or found.signed_at is None:
        return None
    signer = await people.staff(db, found.signed_by)
    return PriorOwn(
        findings=found.findings,
        impression=found.impression,
        signer=signer.name,
        signer_en=signer.name_en,
        signed_at=found.signed_at,
    )
