"""Ladders in the hands of administrators: whose they may change, what they see, and the audit of it.

A hub's administrator keeps the ladders of all hospitals and of the hub's agreements, a branch's those of the branch.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.words import Urgency
from telemed.administration.schemas import (
    GiveUpIn,
    LadderIn,
    LadderList,
    OwnerOut,
    RungIO,
    RungSetOut,
    ScopeIn,
    ScopeOut,
    ShapeOut,
    WhoOut,
)
from telemed.audit.service import changed, record
from telemed.errors import NotAllowed, NotFound
from telemed.people import service as people
from telemed.people.model import Agreement, HospitalKind, Staff
from telemed.work import editing, rules
from telemed.work.ladders import shape
from telemed.work.model import LADDERS, Rung
from telemed.work.rules import RungSet, Scope

MOST_SETS = 20  # of one scope that are shown


async def ladders(db: AsyncSession, actor: Actor) -> LadderList:
    """All that this person may look at."""
    owners = await _owners(db, actor)
    agreements = {each.agreement_id for each in owners if each.agreement_id}
    rungs = await editing.rungs_of(db, {each.hospital_id for each in owners}, agreements)
    staff = await people.staff_by_id(db, {each.saved_by for each in rungs if each.saved_by})
    by_scope: dict[Scope, list[Rung]] = {}
    for each in rungs:
        by_scope.setdefault(rules.scope_of(each), []).append(each)
    found = [_scope(scope, some, staff) for scope, some in by_scope.items() if scope.ladder in LADDERS]
    return LadderList(
        shapes=[
            ShapeOut(
                ladder=name,
                to=sorted(of.to, key=str),
                at_hub=list(of.at_hub),
                at_branch=list(of.at_branch),
                until_taken=of.until_taken,
                within=_minutes(of.within),
                only_lasts=of.only_lasts,
            )
            for name, of in ((name, shape(name)) for name in LADDERS)
        ],
        owners=owners,
        scopes=found,
    )


async def save(db: AsyncSession, actor: Actor, ladder: str, version: int, new: LadderIn, now: datetime) -> ScopeOut:
    scope = await _own(db, actor, ladder, new)
    rungs = [Rung(**each.model_dump()) for each in new.rungs]
    before, after = await editing.save(db, actor, scope, version, rungs, new.valid_from or now, now)
    _audit(db, actor, scope, now, before=before, after=after)
    return await _shown(db, scope)


async def give_up(db: AsyncSession, actor: Actor, ladder: str, version: int, what: GiveUpIn, now: datetime) -> ScopeOut:
    scope = await _own(db, actor, ladder, what)
    given_up = await editing.give_up(db, scope, version, now, planned_only=what.planned_only)
    for each in given_up:
        _audit(db, actor, scope, now, before=each, after=None)
    return await _shown(db, scope)


async def _owners(db: AsyncSession, actor: Actor) -> list[OwnerOut]:
    """All hospitals, its agreements, and its own or, of a hub, its branches': a deadline climbs the branch's ladder."""
    own = actor.hospital_id
    hub = (await people.hospital(db, own)).kind is HospitalKind.hub
    concerned = or_(col(Agreement.branch_id) == own, col(Agreement.hub_id) == own)
    order = (col(Agreement.branch_id), col(Agreement.number))
    agreements = (await db.exec(select(Agreement).where(concerned).order_by(*order))).all()
    branches = dict.fromkeys(each.branch_id for each in agreements) if hub else {own: None}
    return [
        OwnerOut(hospital_id="", agreement_id=None, number="", branch_id="", may_edit=hub),
        *(
            OwnerOut(hospital_id="", agreement_id=each.id, number=each.number, branch_id=each.branch_id, may_edit=hub)
            for each in agreements
        ),
        *(
            OwnerOut(hospital_id=each, agreement_id=None, number="", branch_id=each, may_edit=each == own)
            for each in branches
        ),
    ]


async def _own(db: AsyncSession, actor: Actor, ladder: str, of: ScopeIn) -> Scope:
    """The scope, if this person may change it. Raises NotFound and NotAllowed."""
    named = (of.hospital_id, of.agreement_id)
    owner = next((each for each in await _owners(db, actor) if (each.hospital_id, each.agreement_id) == named), None)
    if owner is None or ladder not in LADDERS:
        raise NotFound("There is no such ladder.")
    if not owner.may_edit:
        raise NotAllowed("Only the hub's administrator changes this.", reason="hub_administrator")
    return Scope(ladder, of.hospital_id, of.agreement_id, of.urgency or "")


async def _shown(db: AsyncSession, scope: Scope) -> ScopeOut:
    await db.flush()
    every = (await db.exec(select(Rung).where(Rung.ladder == scope.ladder))).all()
    rungs = [each for each in every if rules.scope_of(each) == scope]
    return _scope(scope, rungs, await people.staff_by_id(db, {each.saved_by for each in rungs if each.saved_by}))


def _minutes(within: Mapping[str, timedelta] | None) -> dict[Urgency | Literal[""], int] | None:
    if within is None:
        return None
    return {Urgency(of) if of else "": each // timedelta(minutes=1) for of, each in within.items()}


def _scope(scope: Scope, rungs: Sequence[Rung], staff: dict[UUID, Staff]) -> ScopeOut:
    return ScopeOut(
        version=rules.version(rungs),
        ladder=scope.ladder,
        hospital_id=scope.hospital_id,
        agreement_id=scope.agreement_id,
        urgency=Urgency(scope.urgency) if scope.urgency else None,
        sets=[_set(each, staff) for each in rules.sets(rungs).get(scope, [])[:MOST_SETS]],
    )


def _set(of: RungSet, staff: dict[UUID, Staff]) -> RungSetOut:
    who = staff.get(of.saved_by) if of.saved_by else None
    return RungSetOut(
        valid_from=of.valid_from,
        until=of.until,
        saved_at=of.saved_at,
        saved_by=WhoOut(name=who.name, name_en=who.name_en) if who else None,
        rungs=[RungIO.model_validate(each) for each in of.rungs],
    )


def _audit(
    db: AsyncSession, actor: Actor, scope: Scope, now: datetime, *, before: RungSet | None, after: RungSet | None
) -> None:
    """Who changed it, and what it said before and after; None: it has no ladder of its own."""
    target = ":".join(str(each or "") for each in scope)
    change = changed(
        _said(before), _said(after), ladder=scope.ladder, urgency=scope.urgency, hospital_id=scope.hospital_id
    )
    record(db, actor, "ladder.changed", target, now, change=change)


def _said(of: RungSet | None) -> dict[str, object]:
    if of is None:
        return {}
    rungs = [RungIO.model_validate(each).model_dump(mode="json") for each in of.rungs]
    return {"valid_from": of.valid_from, "rungs": rungs}
