"""Agreements between a hub and its branches, in the hands of the hub's administrator; the branch's reads its own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.administration.place_schemas import AgreementIn, AgreementRow, AgreementRows
from telemed.administration.saving import Saved, audit, given_in, hub_administrator, put, required
from telemed.errors import Conflict, Invalid, NotFound
from telemed.people import service as people
from telemed.people.model import Agreement, HospitalKind


async def listed(db: AsyncSession, by: Actor) -> AgreementRows:
    own = by.hospital_id
    a = Agreement
    concerned = select(a).where(or_(col(a.branch_id) == own, col(a.hub_id) == own))
    found = (await db.exec(concerned.order_by(col(a.branch_id), col(a.valid_until).desc()))).all()
    may_edit = (await people.hospital(db, own)).kind is HospitalKind.hub
    return AgreementRows(items=[AgreementRow.model_validate(each) for each in found], may_edit=may_edit)


async def save(
    db: AsyncSession,
    by: Actor | None,
    branch_id: str,
    hub_id: str,
    new: AgreementIn,
    now: datetime,
    *,
    id: UUID | None = None,
    version: int | None = None,
) -> Saved[Agreement]:
    """Makes or changes an agreement; without an id it is known by its number between these two.

    Raises NotAllowed, NotFound, Stale, Invalid, Conflict (`agreement_number_taken`).
    """
    await _between(db, by, branch_id, hub_id)
    given = {"branch_id": branch_id, "hub_id": hub_id} | given_in(new, "branch_id", "hub_id")
    row = await one(db, id) if id else await numbered(db, branch_id, hub_id, str(given.get("number", "")))
    required(given, "number", "services", "valid_from", "valid_until", is_new=row is None)
    if row and given.get("number", row.number) != row.number and await numbered(db, branch_id, hub_id, given["number"]):
        raise Conflict("There is an agreement with this number.", reason="agreement_number_taken", fields=["number"])
    old = AgreementRow.model_validate(row).model_dump() if row else {}
    _check(old | given)
    saved = put(db, row, given, old, version, Agreement)
    await db.flush()
    audit(db, by, "agreement", saved.row.id, saved, now, hub_id)
    return saved


async def change(
    db: AsyncSession, by: Actor, id: UUID, new: AgreementIn, now: datetime, *, version: int
) -> Saved[Agreement]:
    row = await one(db, id)
    if by.hospital_id not in (row.branch_id, row.hub_id):
        raise NotFound("There is no such agreement.")
    return await save(db, by, row.branch_id, row.hub_id, new, now, id=id, version=version)


async def _between(db: AsyncSession, by: Actor | None, branch_id: str, hub_id: str) -> None:
    await hub_administrator(db, by)
    if by is not None and by.hospital_id != hub_id:
        raise NotFound("There is no such hospital.")
    branch, hub = await people.hospital(db, branch_id), await people.hospital(db, hub_id)
    if (branch.kind, hub.kind) != (HospitalKind.branch, HospitalKind.hub):
        raise Invalid("An agreement is between a hub and a branch.", reason="hub_and_branch", fields=["branch_id"])


async def one(db: AsyncSession, id: UUID) -> Agreement:
    row = await db.get(Agreement, id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such agreement.")
    return row


async def numbered(db: AsyncSession, branch_id: str, hub_id: str, number: str) -> Agreement | None:
    a = Agreement
    query = select(a).where(a.branch_id == branch_id, a.hub_id == hub_id, a.number == number)
    return (await db.exec(query.order_by(col(a.id)))).first()


def _check(values: dict[str, Any]) -> None:
    if values["valid_until"] < values["valid_from"]:
        raise Invalid("It ends before it begins.", reason="ends_before_it_begins", fields=["valid_until"])
    if not values["services"]:
        raise Invalid("Choose at least one service.", reason="missing", fields=["services"])
