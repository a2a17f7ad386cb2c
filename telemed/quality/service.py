"""What a quality officer should look at: how the last month's consultations stand, and what is not as it should be."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from telemed.access.model import Actor
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.opinions.model import Advice, Execution, Opinion, OpinionPage, PageKind
from telemed.people import service as people
from telemed.people.english import departments_en
from telemed.quality.schemas import Concern, ConcernOut, QualityOut

LOOKS_BACK: Final = timedelta(days=30)
SHOWN: Final = 5  # of each concern


async def overview(db: AsyncSession, actor: Actor, now: datetime) -> QualityOut:
    """Of the consultations that this person may see, as in every list; drafts are in none.

    A hub's quality officer has no patients of their own: they get the numbers of all consultations of their hub.
    """
    c, since = Consultation, now - LOOKS_BACK
    lately = col(c.submitted_at) >= since
    by_state = select(c.state, func.count()).where(_counted(actor, now), lately)
    found = (await db.exec(by_state.group_by(c.state))).all()
    return QualityOut(
        since=since,
        hidden=sum(many for _, many in found) - await _many(db, consultations.visible_to(actor, now), lately),
        states={State(state): many for state, many in found},
        concerns=[await _concern(db, actor, each, where, now) for each, where in _concerns(since, now).items()],
    )


def _counted(actor: Actor, now: datetime) -> ColumnElement[bool]:
    c = Consultation
    of_hub = (col(c.hub_id) == actor.hospital_id) & (col(c.state) != State.draft)
    return or_(consultations.visible_to(actor, now), of_hub)


async def _many(db: AsyncSession, *where: ColumnElement[bool]) -> int:
    return (await db.exec(select(func.count()).select_from(Consultation).where(*where))).one()


def _concerns(since: datetime, now: datetime) -> dict[Concern, ColumnElement[bool]]:
    c = Consultation
    late, answering = consultations.late(now), col(c.state) == State.answering
    return {
        Concern.recalled: col(c.id).in_(_recalled()),
        Concern.interrupted: col(c.state) == State.interrupted,
        Concern.late: late & ~answering & (col(c.state) != State.interrupted),
        Concern.opinion_late: late & answering,
        Concern.advice_late: col(c.id).in_(_advice_late(now)),
        Concern.amended: col(c.id).in_(
            select(Opinion.consultation_id).where(col(Opinion.replaces).is_not(None), col(Opinion.signed_at) >= since)
        ),
    }


def _recalled() -> SelectOfScalar[Any]:
    """Whose newest signed version has lost more images than it has got back."""
    lost, back = (_pages(kind) for kind in (PageKind.recalled, PageKind.reinstated))
    newest = (
        select(func.max(Opinion.number))
        .where(Opinion.consultation_id == Consultation.id, col(Opinion.signed_at).is_not(None))
        .correlate(Consultation)
        .scalar_subquery()
    )
    return (
        select(Opinion.consultation_id)
        .where(Opinion.consultation_id == Consultation.id, Opinion.number == newest, lost > back)
        .correlate(Consultation)
    )


def _pages(kind: PageKind) -> Any:
    p = OpinionPage
    pages = select(func.count()).select_from(p).where(p.opinion_id == Opinion.id, p.kind == kind)
    return pages.correlate(Opinion).scalar_subquery()


def _advice_late(now: datetime) -> SelectOfScalar[Any]:
    a = Advice
    owed = (col(a.execution) == Execution.open) & col(a.withdrawn_at).is_(None)
    return select(a.consultation_id).where(owed, col(a.execute_due_at) <= now)


async def _concern(
    db: AsyncSession, actor: Actor, concern: Concern, where: ColumnElement[bool], now: datetime
) -> ConcernOut:
    c = Consultation
    seen = (consultations.visible_to(actor, now), where)
    many = await _many(db, _counted(actor, now), where)
    hidden = many and many - await _many(db, *seen)
    query = consultations.rows().where(*seen).order_by(col(c.id).desc()).limit(SHOWN)
    found = (await db.exec(query)).all() if many > hidden else []
    english, zones = await departments_en(db), await people.zones(db)
    rows = [consultations.listed(row, patient, lead, english, zones, now) for row, patient, lead in found]
    return ConcernOut(concern=concern, many=many, hidden=hidden, rows=rows)
