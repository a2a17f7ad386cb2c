"""What beds need for rounds, by specialty: what is built in, and what a hub's coordinators have made of it."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import changed, record
from telemed.errors import NotFound, Stale
from telemed.people import service as people
from telemed.people.specialties import OFFICES
from telemed.rounds import asking, rules
from telemed.rounds.lookup import changed as sheet_changed
from telemed.rounds.model import RoundSession, RoundTemplate
from telemed.rounds.needed import needed_of
from telemed.rounds.template_schemas import RoundTemplateIn, RoundTemplateOut

SAYS = {"needs", "labs", "questions"}


async def find(db: AsyncSession, actor: Actor) -> list[RoundTemplateOut]:
    """Of each specialty that this hub has."""
    kept = {each.specialty: each for each in await _kept(db, actor.hospital_id)}
    return [_out(each, kept.get(each)) for each in await _specialties(db, actor.hospital_id)]


async def change(
    db: AsyncSession, actor: Actor, specialty: str, version: int, new: RoundTemplateIn, now: datetime
) -> RoundTemplateOut:
    """`version` 0: of what is built in. Lists that are open follow at once."""
    if specialty not in await _specialties(db, actor.hospital_id):
        raise NotFound("Your hospital has no such specialty.", reason="unknown_specialty")
    row = await _one(db, actor, specialty, version)
    before = _said(specialty, row)
    if row is None:
        row = RoundTemplate(
            hub_id=actor.hospital_id, specialty=specialty, changed_by=actor.id, changed_at=now, version=0
        )
        db.add(row)
    row.sqlmodel_update(new.model_dump(mode="json"))
    row.version, row.changed_by, row.changed_at = row.version + 1, actor.id, now
    await db.flush()
    difference = changed(before, _said(specialty, row), specialty=specialty)
    record(db, actor, "round_template.changed", specialty, now, change=difference)
    await _followed(db, actor, specialty, now)
    return _out(specialty, row)


async def restore(db: AsyncSession, actor: Actor, specialty: str, version: int, now: datetime) -> RoundTemplateOut:
    """What is built in holds again."""
    row = await _one(db, actor, specialty, version)
    if row is not None:
        difference = changed(_said(specialty, row), _said(specialty, None), specialty=specialty)
        record(db, actor, "round_template.changed", specialty, now, change=difference)
        await db.delete(row)
        await db.flush()
        await _followed(db, actor, specialty, now)
    return _out(specialty, None)


async def _followed(db: AsyncSession, actor: Actor, specialty: str, now: datetime) -> None:
    """Wards are asked for what their lists lack now."""
    s = RoundSession
    query = select(s).where(s.hub_id == actor.hospital_id, s.specialty == specialty)
    query = query.where(col(s.state).in_(sorted(rules.LISTED))).order_by(col(s.id)).with_for_update()
    for each in (await db.exec(query)).all():
        await asking.of_list(db, each, now)
        sheet_changed(db, each, now)


async def _one(db: AsyncSession, actor: Actor, specialty: str, version: int) -> RoundTemplate | None:
    query = select(RoundTemplate).where(RoundTemplate.hub_id == actor.hospital_id)
    row = (await db.exec(query.where(RoundTemplate.specialty == specialty).with_for_update())).one_or_none()
    if (row.version if row else 0) != version:
        raise Stale("It has changed since you read it.", current=_out(specialty, row).model_dump(mode="json"))
    return row


async def _kept(db: AsyncSession, hub_id: str) -> list[RoundTemplate]:
    return list((await db.exec(select(RoundTemplate).where(RoundTemplate.hub_id == hub_id))).all())


async def _specialties(db: AsyncSession, hub_id: str) -> list[str]:
    """Offices have no beds."""
    found = {each.specialty for each in await people.departments(db) if each.hospital_id == hub_id}
    return sorted(found - {each.specialty for each in OFFICES})


def _said(specialty: str, row: RoundTemplate | None) -> dict[str, Any]:
    return _out(specialty, row).model_dump(mode="json", include=SAYS)


def _out(specialty: str, row: RoundTemplate | None) -> RoundTemplateOut:
    said = needed_of(specialty, row)
    return RoundTemplateOut(
        specialty=specialty,
        version=row.version if row else 0,
        needs=list(said.needs),
        labs=list(said.labs),
        questions=list(said.questions),
        built_in=row is None,
        changed_at=row.changed_at if row else None,
    )
