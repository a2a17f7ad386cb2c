"""The versions of a consultation's opinion."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.opinions.model import Opinion


async def versions(db: AsyncSession, consultation_id: UUID) -> tuple[Opinion | None, list[Opinion]]:
    """The draft, if there is one, and the signed versions, newest first."""
    query = select(Opinion).where(Opinion.consultation_id == consultation_id).order_by(col(Opinion.number).desc())
    found = list((await db.exec(query)).all())
    return next((each for each in found if each.signed_at is None), None), [each for each in found if each.signed_at]
