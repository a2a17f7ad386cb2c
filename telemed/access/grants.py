"""Case grants: who may see which patient's case. Every rule of who sees a patient reads this one table."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, literal_column, or_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.events import GrantsChanged
from telemed.access.model import CLINICAL as CLINICAL
from telemed.access.model import Actor, CaseGrant, Role
from telemed.history.events import About
from telemed.history.service import hint
from telemed.kit.activity import ACTIVITIES, Activity

BREAK_GLASS: Final = ACTIVITIES.declare("break_glass")
OPEN_END = timedelta(days=365)  # a far end, until closing the activity sets the real one


def role_subject(hospital_id: str, role: Role, department_id: UUID | None = None) -> str:
    return f"role:{hospital_id}:{role}" + (f":{department_id}" if department_id else "")


def live(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """For a query: grants by which this person may see something now; those of a break-glass are in `actor.opened`."""
    return and_(col(CaseGrant.activity) != BREAK_GLASS, col(CaseGrant.grantee).in_(actor.subjects), in_force(now))


def in_force(now: datetime) -> ColumnElement[bool]:
    """For a query: grants that open something now, whoever's they are."""
    return and_(col(CaseGrant.ended_at).is_(None), col(CaseGrant.valid_from) <= now, col(CaseGrant.until) > now)


def visible(case_id: Any, patient_id: Any, hospital_id: Any, actor: Actor, now: datetime) -> ColumnElement[bool]:
    """For every query about patients: a case of one's own hospital, with a clinical role, or one with a live grant.

    Or any case of a patient whom this person has opened by break-glass.
    """
    own = hospital_id == actor.hospital_id if actor.has(*CLINICAL) else false()
    # No column is read, so that the index alone answers.
    granted = exists(literal_column("1")).where(CaseGrant.case_id == case_id, live(actor, now))
    granted = granted.select_from(CaseGrant).correlate_except(CaseGrant)
    if actor.opened:
        return or_(own, granted, col(patient_id).in_(list(actor.opened)))
    return or_(own, granted)


async def give(
    db: AsyncSession,
    *,
    case_id: UUID,
    patient_id: UUID,
    activity: Activity,
    grantee: str,
    hospital_id: str,
    allows: Iterable[str],
    purpose: str,
    by: UUID | None,
    now: datetime,
    until: datetime | None = None,
    reason: str | None = None,
) -> None:
    """Gives a grant, in the transaction of the assignment that causes it; a live grant is widened, not doubled."""
    same = select(CaseGrant).where(
        CaseGrant.activity_id == activity.id,
        CaseGrant.grantee == grantee,
        col(CaseGrant.ended_at).is_(None),
        col(CaseGrant.until) > now,
    )
    until = until or now + OPEN_END
    if (known := (await db.exec(same)).first()) is not None:
        wider = sorted({*known.allows, *allows})
        if wider != known.allows or until > known.until:
            known.allows, known.until, known.rev = wider, max(until, known.until), await next_rev(db)
            _hint(db, known, now)
        return
    grant = CaseGrant(
        case_id=case_id,
        patient_id=patient_id,
        activity=activity.kind,
        activity_id=activity.id,
        grantee=grantee,
        hospital_id=hospital_id,
        allows=sorted(allows),
        purpose=purpose,
        reason=reason,
        granted_by=by,
        valid_from=now,
        until=until,
        rev=await next_rev(db),
    )
    db.add(grant)
    _hint(db, grant, now)


async def end(
    db: AsyncSession,
    activity_id: UUID,
    now: datetime,
    *,
    grantee: str | None = None,
    departments_of: str | None = None,
    until: datetime | None = None,
    only_over: bool = False,
) -> None:
    """Ends the grants of an activity, at once or with `until`.

    Of all; or of one `grantee`; or of `departments_of` a role of a hospital, whichever they are; or `only_over`, those
    whose time is over.
    """
    query = select(CaseGrant).where(CaseGrant.activity_id == activity_id, col(CaseGrant.ended_at).is_(None))
    if grantee is not None:
        query = query.where(CaseGrant.grantee == grantee)
    if only_over:
        query = query.where(CaseGrant.until <= now)
    if departments_of is not None:
        query = query.where(col(CaseGrant.grantee).startswith(f"{departments_of}:", autoescape=True))
    for grant in (await db.exec(query)).all():
        grant.rev = await next_rev(db)
        if until is None:
            grant.ended_at = now
        else:
            grant.until = min(grant.until, until)
        await db.flush()
        _hint(db, grant, now)


async def opened_by_break_glass(db: AsyncSession, actor: Actor, now: datetime) -> dict[UUID, UUID]:
    """The patients whom this person has opened by break-glass, and the id of each."""
    query = select(CaseGrant.patient_id, CaseGrant.activity_id).where(
        CaseGrant.activity == BREAK_GLASS, CaseGrant.grantee == str(actor.id), in_force(now)
    )
    return dict((await db.exec(query)).all())


async def until(db: AsyncSession, opened: UUID) -> datetime:
    """When the break-glass with this id, which is open, ends."""
    query = select(CaseGrant.until).where(CaseGrant.activity == BREAK_GLASS, CaseGrant.activity_id == opened)
    return (await db.exec(query)).one()


async def has(db: AsyncSession, activity_id: UUID, grantee: str, now: datetime) -> bool:
    """Whether this grantee has a live grant of this activity."""
    theirs = select(CaseGrant.id).where(CaseGrant.activity_id == activity_id, CaseGrant.grantee == grantee)
    open_ = col(CaseGrant.ended_at).is_(None), col(CaseGrant.until) > now
    return (await db.exec(theirs.where(*open_))).first() is not None


async def may_download(db: AsyncSession, actor: Actor, case_id: UUID, hospital_id: str, now: datetime) -> bool:
    """Whether this person may take away copies of a case that they see: of their own hospital's, or by a grant."""
    if hospital_id == actor.hospital_id:
        return True
    found = await db.exec(select(CaseGrant).where(CaseGrant.case_id == case_id, live(actor, now)))
    return any("download" in each.allows for each in found)


async def live_cases(db: AsyncSession, actor: Actor, cases: Iterable[UUID], now: datetime) -> set[UUID]:
    """Of these cases those that this person may see now by a grant."""
    query = select(CaseGrant.case_id).where(col(CaseGrant.case_id).in_(list(cases)), live(actor, now))
    return set((await db.exec(query)).all())


async def ever(db: AsyncSession, activity_id: UUID) -> set[str]:
    """Who has had a grant of this activity, live or ended."""
    return set((await db.exec(select(CaseGrant.grantee).where(CaseGrant.activity_id == activity_id))).all())


def _hint(db: AsyncSession, grant: CaseGrant, now: datetime) -> None:
    about = About(
        grant.hospital_id,
        case_id=grant.case_id,
        patient_id=grant.patient_id,
        activity=grant.activity,
        activity_id=grant.activity_id,
    )
    hint(db, GrantsChanged(grantee=grant.grantee, ended=grant.ended_at is not None), about, now)


def tell_ended(db: AsyncSession, about: About, grantee: str, now: datetime) -> None:
    """Says that somebody no longer sees it who did so by a grant to their role, and may be in its room."""
    hint(db, GrantsChanged(grantee=grantee, ended=True), about, now)


async def next_rev(db: AsyncSession) -> int:
    await db.flush()
    return int((await db.exec(select(func.coalesce(func.max(CaseGrant.rev), 0)))).one()) + 1


async def of_patient(db: AsyncSession, patient_id: UUID, now: datetime) -> list[CaseGrant]:
    """The grants that open the patient now, of whichever case: who can see them besides their own hospital."""
    query = select(CaseGrant).where(CaseGrant.patient_id == patient_id, in_force(now))
    return list((await db.exec(query.order_by(col(CaseGrant.id)))).all())
