"""Reads the sections of an MDT and who was stated absent."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.opinions.mdt_schemas import SectionDraft
from telemed.opinions.model import MemberAbsence, MemberSection


async def all_of(db: AsyncSession, consultation_id: UUID) -> list[MemberSection]:
    """All sections, each expert's in the order of their numbers."""
    query = select(MemberSection).where(MemberSection.consultation_id == consultation_id)
    return list((await db.exec(query.order_by(col(MemberSection.number), col(MemberSection.id)))).all())


def signed_of(found: Sequence[MemberSection]) -> dict[UUID, MemberSection]:
    """The newest signed section of each expert."""
    return {each.staff_id: each for each in found if each.signed_at is not None}


async def absences(db: AsyncSession, consultation_id: UUID) -> dict[UUID, MemberAbsence]:
    query = select(MemberAbsence).where(MemberAbsence.consultation_id == consultation_id)
    return {each.staff_id: each for each in (await db.exec(query)).all()}


async def newest(db: AsyncSession, id: UUID, staff_id: UUID) -> MemberSection | None:
    return next((each for each in reversed(await all_of(db, id)) if each.staff_id == staff_id), None)


def draft_of(staff_id: UUID, section: MemberSection | None) -> SectionDraft:
    if section is None:
        return SectionDraft(version=0, staff_id=staff_id, number=1, text="", saved_at=None)
    shown = section.model_dump(include={"version", "number", "text", "saved_at"})
    return SectionDraft(staff_id=staff_id, **shown)
