"""What every use case of administration does: take what is given, say what it changed, and audit it.

A field that is not given changes nothing. So an import that lacks a column, and a page that sends one field, are the
same call.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

from pydantic_core import to_jsonable_python
from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, Actor
from telemed.audit.service import Change, record
from telemed.errors import Invalid, NotAllowed, NotFound, Stale
from telemed.kit.http import Input
from telemed.kit.table import Table
from telemed.people import service as people
from telemed.people.model import Hospital, HospitalKind

Row = TypeVar("Row", bound=Table)
Values = Mapping[str, Any]
COMMAND_LINE: Final = "command_line"  # why there is nobody whose change it was


class Result(StrEnum):
    new = "new"
    changed = "changed"
    same = "same"


@dataclass(frozen=True)
class Saved(Generic[Row]):
    """The row, and what the call has changed of it, as it is written in JSON; of a new row `before` is empty."""

    row: Row
    result: Result
    before: dict[str, Any]
    after: dict[str, Any]


def given_in(new: Input, *without: str, clearable: Collection[str] = ()) -> dict[str, Any]:
    """The fields that are given. Null stands for "not given", except in those that can be empty."""
    found = new.model_dump(exclude_unset=True, exclude=set(without))
    return {name: value for name, value in found.items() if value is not None or name in clearable}


def changes(old: Values, given: Values) -> tuple[dict[str, Any], dict[str, Any]]:
    """What differs, before and after; only of what is given."""
    before, after = (to_jsonable_python(dict(each)) for each in (old, given))
    moved = [name for name, value in after.items() if before.get(name) != value]
    return {name: before.get(name) for name in moved}, {name: after[name] for name in moved}


def required(given: Values, *names: str, is_new: bool = True) -> None:
    """Raises Invalid with `fields` if a row would lack what it must have: a new one, or by being emptied."""
    if lacking := [name for name in names if (is_new or name in given) and given.get(name) in (None, "", [])]:
        raise Invalid(f"Fill in {', '.join(lacking)}.", reason="missing", fields=lacking)


def put(
    db: AsyncSession, row: Row | None, given: Values, old: Values, version: int | None, make: Callable[..., Row]
) -> Saved[Row]:
    """Makes a row of what is given, or changes the one that is there; what must hold for it is checked before.

    `old`: how it is now, which whoever comes too late is shown. The caller flushes and audits. Raises Stale.
    """
    if row is None:
        row = make(**given)
        db.add(row)
        return Saved(row, Result.new, {}, changes({}, given)[1])
    refuse_stale(row, version, old)
    before, after = changes(old, given)
    if after:
        row.sqlmodel_update(dict(given))
        row.version += 1  # type: ignore[attr-defined]
    return Saved(row, Result.changed if after else Result.same, before, after)


def audit(
    db: AsyncSession,
    by: Actor | None,
    what: str,
    target: object,
    saved: Saved[Any],
    now: datetime,
    owner_id: str,
) -> None:
    """One row for each change, with what was before and after; a call that changed nothing leaves none."""
    if saved.result is not Result.same:
        action, why = f"{what}.{_VERBS[saved.result]}", None if by else COMMAND_LINE
        record(db, by, action, str(target), now, reason=why, owner_id=owner_id, change=_named(saved))


def _named(saved: Saved[Any]) -> Change:
    """With the name of what was changed, which its id does not say."""
    name = getattr(saved.row, "name", None)
    if saved.result is Result.new or name is None or "name" in saved.after:
        return {"before": saved.before, "after": saved.after}
    return {"before": {"name": name, **saved.before}, "after": {"name": name, **saved.after}}


_VERBS = {Result.new: "created", Result.changed: "changed"}


def refuse_stale(row: Any, version: int | None, current: Values) -> None:
    """Two administrators at one thing: the second is told how it is now. `version` None: whoever imports."""
    if version is not None and row.version != version:
        raise Stale("It has changed since you read it.", current=to_jsonable_python(dict(current)))


async def own_hospital(db: AsyncSession, by: Actor | None, hospital_id: str) -> Hospital:
    """The hospital, if this person administers it; `by` None: the server's command line, which administers all.

    Raises NotFound, as for one that does not exist; at a hub, which sees its branches, NotAllowed.
    """
    if by is None or by.hospital_id == hospital_id:
        return await people.hospital(db, hospital_id)
    if hospital_id in await seen_by(db, by):
        raise NotAllowed("Only this hospital's own administrator changes this.", reason="own_administrator")
    raise NotFound("There is no such hospital.")


async def seen_by(db: AsyncSession, by: Actor) -> set[str]:
    """The hospitals whose people and places this administrator may look at: their own; a hub's all branches too.

    And another hub until somebody of it has chosen a password: so long its first administrator is entered from here.
    """
    own = await people.hospital(db, by.hospital_id)
    if own.kind is not HospitalKind.hub:
        return {own.id}
    # Who was given a one-time password again has chosen one before.
    chosen = or_(col(Account.password_hash) != "", col(Account.password_at).is_not(None))
    begun = set((await db.exec(select(Account.hospital_id).where(chosen).distinct())).all())
    every = await people.hospitals(db)
    return {own.id, *(each.id for each in every if each.kind is HospitalKind.branch or each.id not in begun)}


async def hub_administrator(db: AsyncSession, by: Actor | None) -> None:
    """Raises NotAllowed for the administrator of a branch."""
    if by is not None and (await people.hospital(db, by.hospital_id)).kind is not HospitalKind.hub:
        raise NotAllowed("Only the hub's administrator changes this.", reason="hub_administrator")
