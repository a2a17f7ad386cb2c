"""Writes many people at once as `staff_book.py` has decided, and audits each; of one: `staffing.save`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, AccountRole, Actor, Role
from telemed.administration.model import RoleProposal
from telemed.administration.saving import Saved, audit
from telemed.administration.staff_book import Move
from telemed.administration.staffing import ELSEWHERE, account_of, address_of, sign_in_anew
from telemed.kit.table import Table
from telemed.people.ended import tell_taken
from telemed.people.model import Staff
from telemed.people.names import spelling
from telemed.scheduling.model import Resource
from telemed.work.outgoing import NoticeChoice

OF_ACCOUNT: Final = ("name", "department_id", "username")
AT_ONCE: Final = 5000  # ids of a query; databases take about 32,000
Row = TypeVar("Row", bound=Table)


async def write_new(db: AsyncSession, new: Sequence[Saved[Staff]]) -> None:
    """The rows of new people without roles, each kind before those that refer to it. Raises IntegrityError."""
    db.add_all(account_of(each) for each in new)
    await db.flush()
    db.add_all(each.row for each in new)
    await db.flush()
    db.add_all(address for each in new for address in address_of(each))


async def are_as_loaded(db: AsyncSession, rows: Collection[Staff]) -> bool:
    """Locks these people. Whether nobody has changed one of them since they were loaded; who was is read anew."""
    known, moved = {each.id: each for each in rows}, list[Staff]()
    for some in _parts(known):
        query = select(Staff.id, Staff.version).where(col(Staff.id).in_(some)).with_for_update()
        moved += [known[id] for id, version in (await db.exec(query)).all() if known[id].version != version]
    for each in moved:
        db.expire(each)
    return not moved


async def write_moves(db: AsyncSession, by: Actor | None, moves: Sequence[Move], now: datetime) -> None:
    """Changes known people, who are locked, and gives new ones their roles. Raises IntegrityError."""
    for each in moves:
        if not each.is_new:
            _change(each)
    await _change_accounts(db, moves)
    await _change_addresses(db, moves)
    await _rename_calendars(db, moves)
    await _set_roles(db, moves, now)
    await _propose(db, by, moves, now)
    await db.flush()


def audit_all(db: AsyncSession, by: Actor | None, saved: Iterable[Saved[Staff]], now: datetime) -> None:
    for each in saved:
        audit(db, by, "staff", each.row.id, each, now, each.row.hospital_id)


def _change(move: Move) -> None:
    if "name" in move.values:
        move.row.pinyin = spelling(move.values["name"])
    move.row.sqlmodel_update({name: value for name, value in move.values.items() if name not in ELSEWHERE})
    move.row.version += 1


async def _change_accounts(db: AsyncSession, moves: Sequence[Move]) -> None:
    values = _with(moves, *OF_ACCOUNT)
    for each in await _rows(db, Account, col(Account.id), values):
        each.sqlmodel_update({name: values[each.id][name] for name in OF_ACCOUNT if name in values[each.id]})


async def _change_addresses(db: AsyncSession, moves: Sequence[Move]) -> None:
    values = _with(moves, "email")
    known = {each.staff_id: each for each in await _rows(db, NoticeChoice, col(NoticeChoice.staff_id), values)}
    for id, given in values.items():
        choice = known.get(id) or NoticeChoice(staff_id=id)
        choice.email = given["email"]
        db.add(choice)


async def _rename_calendars(db: AsyncSession, moves: Sequence[Move]) -> None:
    rows = {each.row.id: each.row for each in moves if "name" in each.values or "name_en" in each.values}
    for calendar in await _rows(db, Resource, col(Resource.id), rows):
        calendar.name, calendar.name_en = rows[calendar.id].name, rows[calendar.id].name_en


async def _set_roles(db: AsyncSession, moves: Sequence[Move], now: datetime) -> None:
    gone: dict[Role, list[UUID]] = defaultdict(list)
    for move in moves:
        for role in move.had - move.has:
            gone[role].append(move.row.id)
        if move.had - move.has:
            tell_taken(db, move.row.id, move.row.hospital_id, now)
        db.add_all(AccountRole(account_id=move.row.id, role=role) for role in sorted(move.has - move.had))
        if not move.is_new and move.has - move.had:
            await sign_in_anew(db, move.row, move.has - move.had, now)
    for role, ids in gone.items():
        for some in _parts(ids):
            held = col(AccountRole.account_id).in_(some)
            await db.exec(delete(AccountRole).where(held, col(AccountRole.role) == role))


async def _propose(db: AsyncSession, by: Actor | None, moves: Sequence[Move], now: datetime) -> None:
    """Roles that wait for a second person; those that are wanted no longer are refused."""
    author = by.id if by else None
    waits = {each.row.id: each.waits for each in moves if each.waited != each.waits}
    for row in await _rows(db, RoleProposal, col(RoleProposal.staff_id), waits):
        if row.decided_at is None and Role(row.role) not in waits[row.staff_id]:
            row.decided_by, row.decided_at, row.confirmed = author, now, False
    for move in moves:
        for role in sorted(move.waits - move.waited):
            db.add(RoleProposal(staff_id=move.row.id, role=role, proposed_by=author, proposed_at=now))


def _with(moves: Sequence[Move], *names: str) -> dict[UUID, dict[str, Any]]:
    """By person the new values of those who have one of these."""
    return {each.row.id: each.values for each in moves if any(name in each.values for name in names)}


async def _rows(db: AsyncSession, table: type[Row], key: Any, ids: Mapping[UUID, object]) -> list[Row]:
    found: list[Row] = []
    for some in _parts(ids):
        found += (await db.exec(select(table).where(key.in_(some)))).all()
    return found


def _parts(ids: Collection[UUID]) -> Iterable[list[UUID]]:
    every = list(ids)
    return (every[begins : begins + AT_ONCE] for begins in range(0, len(every), AT_ONCE))
