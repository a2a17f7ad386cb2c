"""Venues that can be booked, in the hands of their hospital's administrator."""

from datetime import datetime
from functools import partial
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.administration import hospitals
from telemed.administration.place_schemas import VenueIn, VenueRow, VenueRows
from telemed.administration.saving import Saved, audit, given_in, own_hospital, put, required, seen_by
from telemed.errors import Conflict, NotFound
from telemed.scheduling.model import Resource, ResourceKind


async def listed(db: AsyncSession, by: Actor, hospital_id: str | None) -> VenueRows:
    seen = await seen_by(db, by)
    query = select(Resource).where(
        Resource.kind == ResourceKind.venue,
        col(Resource.hospital_id).in_(seen & {hospital_id} if hospital_id else seen),
    )
    found = (await db.exec(query.order_by(col(Resource.hospital_id), col(Resource.name)))).all()
    return VenueRows(items=[VenueRow.model_validate(each) for each in found])


async def save(
    db: AsyncSession,
    by: Actor | None,
    hospital_id: str,
    new: VenueIn,
    now: datetime,
    *,
    id: UUID | None = None,
    version: int | None = None,
) -> Saved[Resource]:
    """Makes or changes a venue; without an id it is known by its name.

    Raises NotAllowed, NotFound, Stale, Invalid, Conflict (`venue_name_taken`).
    """
    await own_hospital(db, by, hospital_id)
    await hospitals.hold(db, hospital_id)
    given = {"hospital_id": hospital_id} | given_in(new, "hospital_id")
    row = await one(db, hospital_id, id) if id else await called(db, hospital_id, str(given.get("name", "")))
    required(given, "name", is_new=row is None)
    if row is None:
        given.setdefault("name_en", given["name"])
    elif given.get("name", row.name) != row.name and await called(db, hospital_id, given["name"]) is not None:
        raise Conflict("There is a venue of this name.", reason="venue_name_taken", fields=["name"])
    make = partial(Resource, kind=ResourceKind.venue)
    saved = put(db, row, given, VenueRow.model_validate(row).model_dump() if row else {}, version, make)
    await db.flush()
    audit(db, by, "venue", saved.row.id, saved, now, hospital_id)
    return saved


async def one(db: AsyncSession, hospital_id: str, id: UUID) -> Resource:
    row = await db.get(Resource, id, with_for_update=True)
    if row is None or row.hospital_id != hospital_id or row.kind is not ResourceKind.venue:
        raise NotFound("There is no such venue.")
    return row


async def called(db: AsyncSession, hospital_id: str, name: str) -> Resource | None:
    r = Resource
    query = select(r).where(r.kind == ResourceKind.venue, r.hospital_id == hospital_id, r.name == name)
    return (await db.exec(query.order_by(col(r.id)))).first()
