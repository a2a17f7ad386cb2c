"""The sets of rungs that administrators save: loads them, adds one, gives them up."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import Conflict, Invalid, Stale
from telemed.people.duty import holders
from telemed.people.model import Agreement, Hospital, HospitalKind
from telemed.work import rules
from telemed.work.ladders import shape
from telemed.work.model import Rung, To
from telemed.work.rules import RungSet, Scope


async def rungs_of(db: AsyncSession, hospitals: Collection[str], agreements: Collection[UUID]) -> list[Rung]:
    """All rungs of these hospitals ("": of all) and of these agreements, former ones too."""
    agreed = or_(col(Rung.agreement_id).is_(None), col(Rung.agreement_id).in_(agreements))
    return list((await db.exec(select(Rung).where(col(Rung.hospital_id).in_(hospitals), agreed))).all())


async def save(
    db: AsyncSession, actor: Actor, scope: Scope, version: int, new: Sequence[Rung], valid_from: datetime, now: datetime
) -> tuple[RungSet | None, RungSet]:
    """Adds a set; returns the one that held until now and the new one. One planned for the same moment is given up.

    Raises Stale, and Invalid with every fault of the rungs.
    """
    before = await _locked(db, scope, version)
    if valid_from < now:
        raise Invalid("A change of a ladder holds from now on or later.", reason="past")
    if wrong := rules.faults(new, shape(scope.ladder)):
        raise Invalid(
            "The ladder does not make sense.", reason="ladder_wrong", faults=[each._asdict() for each in wrong]
        )
    await _somebody_is_there(db, scope, new, now)
    for each in before:
        if each.valid_from == valid_from and each.valid_until is None:
            each.valid_until = valid_from
    for n, each in enumerate(new):
        each.ladder, each.hospital_id, each.agreement_id, each.urgency = scope
        each.n, each.valid_from, each.saved_at, each.saved_by = n, valid_from, now, actor.id
    db.add_all(new)
    return held(before, now), RungSet(scope, valid_from, None, now, actor.id, tuple(new))


async def give_up(db: AsyncSession, scope: Scope, version: int, now: datetime, *, planned_only: bool) -> list[RungSet]:
    """Gives up what is planned, or all that was saved for a scope: the product's own holds, or a more general one.

    Returns the sets that were given up. Raises Stale, and Conflict if there is nothing to give up or nothing else
    would hold.
    """
    before = await _locked(db, scope, version)
    if scope.is_default and not planned_only:
        raise Conflict("The ladder of all hospitals can be changed, not given up.", reason="ladder_needed")
    saved = [each for each in before if each.saved_at is not None and each.valid_until is None]
    running = [each for each in saved if each.valid_from > now or not planned_only]
    if not running:
        raise Conflict("There is nothing to give up.", reason="nothing_planned")
    gone = {each.id for each in running}
    given_up = [each for each in rules.sets(before).get(scope, []) if any(rung.id in gone for rung in each.rungs)]
    for each in running:
        each.valid_until = max(each.valid_from, now)
    return given_up


def held(rungs: Sequence[Rung], now: datetime) -> RungSet | None:
    """The set of one scope that holds now."""
    some = next(iter(rules.sets(rungs).values()), [])
    return next((each for each in some if each.valid_from <= now and (each.until is None or now < each.until)), None)


async def _locked(db: AsyncSession, scope: Scope, version: int) -> list[Rung]:
    """The rungs of this scope, if it is as it was read. Whoever changes a ladder locks its default first."""
    every = select(Rung).where(Rung.ladder == scope.ladder).order_by(col(Rung.id))
    default = every.where(Rung.hospital_id == "", col(Rung.agreement_id).is_(None))
    await db.exec(default.with_for_update())
    found = [each for each in (await db.exec(every)).all() if rules.scope_of(each) == scope]
    if (current := rules.version(found)) != version:
        raise Stale("The ladder has changed since you read it.", current={"version": current})
    return found


async def _somebody_is_there(db: AsyncSession, scope: Scope, rungs: Sequence[Rung], now: datetime) -> None:
    """A ladder that rings must end at people who exist, at every hospital that it may ring at."""
    last = rungs[-1]
    if not shape(scope.ladder).until_taken or last.to is not To.role:
        return
    for each in await _rings_at(db, scope, now):
        if not await holders(db, each, last.role):
            raise Conflict("Nobody has this role there.", reason="ladder_nobody", role=last.role, hospital_id=each)


async def _rings_at(db: AsyncSession, scope: Scope, now: datetime) -> Sequence[str]:
    """The hubs of the deadlines in this scope: so far nothing rings at a branch."""
    side = col(Agreement.hub_id)
    if scope.agreement_id:
        query = select(side).where(Agreement.id == scope.agreement_id)
    elif scope.hospital_id:  # one day more, because an agreement's last day is of the branch's time zone
        holds = col(Agreement.valid_until) >= now.date() - timedelta(days=1)
        query = select(side).where(Agreement.branch_id == scope.hospital_id, holds).distinct().order_by(side)
    else:
        query = select(Hospital.id).where(Hospital.kind == HospitalKind.hub).order_by(col(Hospital.id))
    return (await db.exec(query)).all()
