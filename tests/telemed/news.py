"""News as a consumer gets it, without a dispatcher."""

from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.history.consumers import Heard
from telemed.history.events import About, News
from telemed.kit.table import new_id
from telemed.studies.events import OF_STATE
from telemed.studies.model import LinkState, StudyLink
from tests.telemed.conftest import NOW


def news(event: News, about: About) -> Heard:
    return Heard(id=new_id(), event=event, about=about, recorded_at=NOW, occurred_at=NOW)


def study_news(study_uid: str, patient_id: UUID | None, state: LinkState) -> Heard:
    """What a person of Wuxi said of one of its studies."""
    said = OF_STATE[state](id=new_id(), study_uid=study_uid, state=state, rev=1)
    return news(said, About("wuxi", patient_id=patient_id))


async def decided(db: AsyncSession, study_uid: str, state: LinkState, patient_id: UUID | None = None) -> Heard:
    """The same, said where the product keeps it as well; `patient_id` where the study becomes somebody else's."""
    link = (await db.exec(select(StudyLink).where(StudyLink.study_uid == study_uid))).one()
    link.state, link.patient_id = state, patient_id or link.patient_id
    await db.flush()
    return study_news(study_uid, link.patient_id, state)
