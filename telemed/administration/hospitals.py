"""Hospitals in the hands of administrators: a hub's makes new ones, each changes its own."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, AccountRole, Actor, Role
from telemed.administration.place_schemas import HospitalIn, HospitalRow, HospitalRows, NewHospital
from telemed.administration.saving import (
    Result,
    Saved,
    audit,
    given_in,
    hub_administrator,
    own_hospital,
    put,
    required,
    seen_by,
)
from telemed.errors import Conflict, Invalid
from telemed.people import service as people
from telemed.people.model import Hospital, HospitalKind, Staff
from telemed.rounds import series as round_series
from telemed.scheduling import series as time_series


async def listed(db: AsyncSession, by: Actor) -> HospitalRows:
    """The administrator's own hospital; a hub's sees all branches too."""
    seen = await seen_by(db, by)
    staff = dict((await db.exec(select(Staff.hospital_id, func.count()).group_by(Staff.hospital_id))).all())
    administrators = await administrators_by_hospital(db)
    items = []
    for each in await people.hospitals(db):
        if each.id in seen:
            row = HospitalRow.model_validate(each)
            row.may_edit, row.people = each.id == by.hospital_id, staff.get(each.id, 0)
            row.administrators = administrators.get(each.id, 0)
            items.append(row)
    own = await people.hospital(db, by.hospital_id)
    return HospitalRows(items=items, may_create=own.kind is HospitalKind.hub)


async def administrators_by_hospital(db: AsyncSession) -> dict[str, int]:
    """How many people administer each hospital and can sign in."""
    query = (
        select(Account.hospital_id, func.count())
        .join(AccountRole, col(AccountRole.account_id) == Account.id)
        .where(AccountRole.role == Role.administrator, col(Account.disabled_at).is_(None))
    )
    return dict((await db.exec(query.group_by(Account.hospital_id))).all())


async def hold(db: AsyncSession, hospital_id: str) -> None:
    """Locks the hospital, so that of two who look at once what it has, to add or take, one is the second.

    Before anything else is locked. Rows that refer to the hospital can still be written.
    """
    query = select(Hospital.id).where(Hospital.id == hospital_id)
    await db.exec(query.with_for_update(key_share=True))


async def create(db: AsyncSession, by: Actor, new: NewHospital, now: datetime) -> Hospital:
    """Raises NotAllowed, Invalid, Conflict (`hospital_code_taken`)."""
    await hub_administrator(db, by)
    if await db.get(Hospital, new.id) is not None:
        raise Conflict("There is a hospital with this code.", reason="hospital_code_taken", fields=["id"])
    return (await save(db, by, new.id, new, now)).row


async def save(
    db: AsyncSession, by: Actor | None, id: str, new: HospitalIn, now: datetime, *, version: int | None = None
) -> Saved[Hospital]:
    """Makes or changes a hospital. Raises NotAllowed, NotFound, Stale, Invalid.

    In another time zone what comes again there keeps its time on the wall.
    """
    given = given_in(new, "id")
    _check(given)
    # Rows that refer to it can still be written: whoever does so may hold what its series wait for.
    row = await db.get(Hospital, id, with_for_update={"key_share": True})
    await (own_hospital(db, by, id) if row else hub_administrator(db, by))
    required(given, "kind", "name", "licence_name", is_new=row is None)
    if row is None:
        given = {"id": id, "name_en": given["name"]} | given
        db.info.pop(people.zones, None)  # it has been read without this one
    elif given.get("kind", row.kind) is not row.kind:
        raise Invalid("A hospital stays a hub or a branch.", reason="kind_stays")
    saved = put(db, row, given, HospitalRow.model_validate(row).model_dump() if row else {}, version, Hospital)
    await db.flush()
    audit(db, by, "hospital", id, saved, now, id)
    if saved.result is Result.changed and "time_zone" in saved.after:
        db.info.pop(people.zones, None)  # it has been read with the former
        await round_series.clock_changed(db, id, now)
        await time_series.clock_changed(db, by, id, now)
    return saved


def _check(given: dict[str, object]) -> None:
    if (zone := given.get("time_zone")) is not None:
        try:
            ZoneInfo(str(zone))
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise Invalid("There is no such time zone.", reason="unknown_time_zone", fields=["time_zone"]) from error
