"""The consent clauses of agreements: on which version a reading without a consent of its own rests."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases.model import Consent
from telemed.people.model import Agreement
from telemed.reading.model import Reading, ReadingClause


async def in_force(db: AsyncSession, agreement_id: UUID, day: date) -> ReadingClause | None:
    """The newest version that is valid on this day."""
    query = select(ReadingClause).where(ReadingClause.agreement_id == agreement_id, ReadingClause.valid_from <= day)
    return (await db.exec(query.order_by(col(ReadingClause.number).desc()))).first()


async def of(db: AsyncSession, agreement_ids: Collection[UUID]) -> list[ReadingClause]:
    """All versions of these agreements, the newest first."""
    query = select(ReadingClause).where(col(ReadingClause.agreement_id).in_(agreement_ids))
    return list((await db.exec(query.order_by(col(ReadingClause.number).desc()))).all())


async def basis(db: AsyncSession, row: Reading) -> str:
    """On what the reading rests, as it is printed; empty where neither consent nor clause is on file."""
    if row.consent_id is not None:
        consent = await db.get_one(Consent, row.consent_id)
        return f"远程医疗知情同意书 {consent.number}"
    if row.clause_id is None:
        return ""
    clause = await db.get_one(ReadingClause, row.clause_id)
    agreement = await db.get_one(Agreement, clause.agreement_id)
    since = clause.valid_from.isoformat()
    return f"合作协议 {agreement.number} 阅片知情条款第 {clause.number} 版（{since} 起）：{clause.text}"
