"""The current state of studies by their UIDs: whose they are, and whether they are hidden."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.studies.model import LinkState, StudyLink, StudyView


async def whose(db: AsyncSession, hospital_id: str, study_uid: str) -> UUID | None:
    """The patient whose study it is confirmed to be; None while it is not confirmed."""
    link = await _newest(db, hospital_id, study_uid)
    return link.patient_id if link is not None and link.state is LinkState.confirmed else None


async def hidden(db: AsyncSession, hospital_id: str, study_uid: str) -> bool:
    """Whether only its hospital's imaging roles may see it. Raises NoResultFound where there is no such study."""
    return (await db.get_one(StudyView, (hospital_id, study_uid))).hidden


async def link_of(db: AsyncSession, hospital_id: str, study_uid: str) -> tuple[StudyLink, bool] | None:
    """The newest link of a study, and whether the study has images of two patients."""
    link, view = await _newest(db, hospital_id, study_uid), await db.get(StudyView, (hospital_id, study_uid))
    return (link, view.mixed) if link is not None and view is not None else None


async def known(db: AsyncSession, uids: Collection[str]) -> dict[tuple[str, str], tuple[StudyLink, StudyView]]:
    """Of these studies those that any hospital has, with their newest links, by hospital and UID."""
    if not uids:
        return {}
    same = and_(col(StudyLink.hospital_id) == StudyView.hospital_id, col(StudyLink.study_uid) == StudyView.study_uid)
    query = select(StudyLink, StudyView).join(StudyView, same).where(col(StudyLink.study_uid).in_(uids))
    found = (await db.exec(query.order_by(col(StudyLink.id)))).all()
    return {(link.hospital_id, link.study_uid): (link, view) for link, view in found}


async def _newest(db: AsyncSession, hospital_id: str, study_uid: str) -> StudyLink | None:
    query = select(StudyLink).where(StudyLink.hospital_id == hospital_id, StudyLink.study_uid == study_uid)
    return (await db.exec(query.order_by(col(StudyLink.id).desc()))).first()
