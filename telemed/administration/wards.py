"""Wards and their beds in the hands of their hospital's administrator."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.administration import departments
from telemed.administration.place_schemas import WardIn, WardRow, WardRows
from telemed.administration.saving import Saved, audit, given_in, own_hospital, put, required, seen_by
from telemed.errors import Conflict, Invalid, NotFound
from telemed.people.model import Bed, Ward


async def listed(db: AsyncSession, by: Actor, hospital_id: str | None) -> WardRows:
    seen = await seen_by(db, by)
    query = select(Ward).where(col(Ward.hospital_id).in_(seen & {hospital_id} if hospital_id else seen))
    rows = (await db.exec(query.order_by(col(Ward.hospital_id), col(Ward.code)))).all()
    beds = await beds_of(db, [each.id for each in rows])
    return WardRows(items=[shown(each, beds[each.id]) for each in rows])


def shown(row: Ward, beds: Collection[str]) -> WardRow:
    return WardRow(**row.model_dump(), beds=list(beds))


async def row_of(db: AsyncSession, row: Ward) -> WardRow:
    return shown(row, (await beds_of(db, [row.id]))[row.id])


async def beds_of(db: AsyncSession, wards: Collection[UUID]) -> dict[UUID, list[str]]:
    """The names of the beds, in the order in which they were entered."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for each in (await db.exec(select(Bed).where(col(Bed.ward_id).in_(wards)).order_by(col(Bed.id)))).all():
        found[each.ward_id].append(each.name)
    return found


async def save(
    db: AsyncSession,
    by: Actor | None,
    hospital_id: str,
    new: WardIn,
    now: datetime,
    *,
    id: UUID | None = None,
    version: int | None = None,
) -> Saved[Ward]:
    """Makes or changes a ward and its beds; without an id it is known by its code.

    Raises NotAllowed, NotFound, Stale, Invalid (`bed_twice`), Conflict (`ward_code_taken`, `bed_in_use`).
    """
    await own_hospital(db, by, hospital_id)
    given = {"hospital_id": hospital_id} | given_in(new, "hospital_id", clearable=("department_id",))
    beds = given.get("beds", [])
    if len(set(beds)) < len(beds):
        raise Invalid("A bed is named twice.", reason="bed_twice", fields=["beds"])
    if given.get("department_id") is not None:
        await departments.one(db, hospital_id, given["department_id"])
    row = await one(db, hospital_id, id) if id else await coded(db, hospital_id, str(given.get("code", "")))
    required(given, "code", "name", is_new=row is None)
    if row is None:
        given.setdefault("beds", [])
    elif given.get("code", row.code) != row.code and await coded(db, hospital_id, given["code"]) is not None:
        raise Conflict("There is a ward with this code.", reason="ward_code_taken", fields=["code"])
    old = (await row_of(db, row)).model_dump() if row else {}
    saved = put(db, row, given, old, version, lambda *, beds, **of: Ward(**of))
    await db.flush()
    if "beds" in saved.after:
        await _set_beds(db, saved.row.id, saved.after["beds"])
    await db.flush()
    audit(db, by, "ward", saved.row.id, saved, now, hospital_id)
    return saved


async def one(db: AsyncSession, hospital_id: str, id: UUID) -> Ward:
    row = await db.get(Ward, id, with_for_update=True)
    if row is None or row.hospital_id != hospital_id:
        raise NotFound("There is no such ward.")
    return row


async def coded(db: AsyncSession, hospital_id: str, code: str) -> Ward | None:
    return (await db.exec(select(Ward).where(Ward.hospital_id == hospital_id, Ward.code == code))).first()


async def _set_beds(db: AsyncSession, ward_id: UUID, names: list[str]) -> None:
    """Beds that stay keep their rows: admissions refer to them."""
    known = {each.name for each in (await db.exec(select(Bed).where(Bed.ward_id == ward_id))).all()}
    gone = known - set(names)
    if gone:
        try:
            async with db.begin_nested():
                await db.exec(delete(Bed).where(col(Bed.ward_id) == ward_id, col(Bed.name).in_(gone)))
        except IntegrityError as refused:
            raise Conflict(
                "Patients lie or lay in a bed that would go.", reason="bed_in_use", beds=sorted(gone)
            ) from refused
    for name in names:
        if name not in known:
            db.add(Bed(ward_id=ward_id, name=name))
            await db.flush()  # one by one, so that their ids are in their order
