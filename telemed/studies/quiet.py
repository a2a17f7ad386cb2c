"""If the sender declared no count, a person is asked after ten quiet minutes whether the study is complete."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.kit.failures import isolated
from telemed.studies.asking import ask_for_count
from telemed.studies.model import LinkState, StudyLink, StudyView
from telemed.work.model import WorkItem, WorkKind

QUIET = timedelta(minutes=10)


async def ask_for_counts(db: AsyncSession, now: datetime) -> dict[UUID, Exception]:
    """Asks once for each study, and again if images have come since it was answered.

    To what is asked already images that come later need no new question, because the answer names a count.

    Returns the failures, by study link.
    """
    failed: dict[UUID, Exception] = {}
    same = and_(col(StudyLink.hospital_id) == StudyView.hospital_id, col(StudyLink.study_uid) == StudyView.study_uid)
    asked = select(WorkItem.id).where(
        WorkItem.about_id == col(StudyLink.id),
        WorkItem.kind == WorkKind.declare,
        or_(col(WorkItem.done_at).is_(None), col(WorkItem.created_at) >= col(StudyView.changed_at)),
    )
    query = (
        select(StudyLink.id, StudyView.hospital_id, StudyView.study_uid)
        .join(StudyView, same)
        .where(
            StudyLink.state == LinkState.confirmed,
            col(StudyView.expected).is_(None),
            col(StudyView.complete).is_(False),
            col(StudyView.changed_at) <= now - QUIET,
            ~asked.exists(),
        )
    )
    for id, *study in (await db.exec(query)).all():
        async with isolated(db, "study without a count", id, failed):
            link, view = await db.get_one(StudyLink, id), await db.get_one(StudyView, tuple(study))
            await ask_for_count(db, view, link, now)
    return failed
