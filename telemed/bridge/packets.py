"""When it changes whose a study is or how many images it has, packets, opinions and readings follow."""

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.history.consumers import Heard
from telemed.opinions import recall
from telemed.reading import by_rule, flagging
from telemed.reading import service as reading
from telemed.requests import papers
from telemed.studies import lookup as studies
from telemed.studies.events import OfStudy

HEARS = (OfStudy,)


async def consume(db: AsyncSession, heard: Heard) -> None:
    """Acts on whose the study is now, not on what the event says, which may be heard late or twice."""
    study, now, hospital = heard.event, heard.recorded_at, heard.about.hospital_id
    if not isinstance(study, OfStudy):
        return
    belongs_to = await studies.whose(db, hospital, study.study_uid)
    await papers.study_left(db, hospital, study.study_uid, belongs_to, now)
    if belongs_to is not None:
        await papers.study_confirmed(db, belongs_to, now)
    await recall.review(db, hospital, study.study_uid, now)
    await reading.images_came(db, hospital, study.study_uid, now)
    await flagging.review(db, hospital, study.study_uid, now)
    await by_rule.study_came(db, hospital, study.study_uid, now)
