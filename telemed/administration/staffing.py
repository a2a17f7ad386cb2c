"""People in the hands of administrators: entered, changed, given roles. Leaving is in `leaving.py`.

Everybody has one account, at one home hospital. Roles hold from the next request on; a role that needs a second person
waits as a RoleProposal.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import second_factor
from telemed.access.account_policy import policy_of
from telemed.access.model import Account, AccountRole, Actor, Role
from telemed.administration import departments, hospitals, rules
from telemed.administration.model import RoleProposal
from telemed.administration.saving import (
    Result,
    Saved,
    audit,
    changes,
    given_in,
    own_hospital,
    refuse_stale,
    required,
    seen_by,
)
from telemed.administration.sign_in_names import name_of, username_taken
from telemed.administration.staff_schemas import StaffIn
from telemed.errors import Conflict, Invalid, NotAllowed, NotFound
from telemed.people import service as people
from telemed.people.ended import end_all, tell_taken
from telemed.people.model import HospitalKind, Staff
from telemed.people.names import spelling
from telemed.scheduling.model import Resource
from telemed.work.outgoing import NoticeChoice

CLEARABLE = ("department_id", "licence_category", "licence_checked_on", "practising_since")
ELSEWHERE = ("username", "email", "roles")  # kept beside the Staff row


async def save(
    db: AsyncSession,
    by: Actor | None,
    hospital_id: str,
    new: StaffIn,
    now: datetime,
    *,
    id: UUID | None = None,
    version: int | None = None,
) -> Saved[Staff]:
    """Makes or changes a person; without an id they are known by their number at this hospital.

    `by` None: the server's command line, whose roles need no second person. Raises NotAllowed (`own_roles`,
    `own_administrator`), NotFound, Stale, Invalid, Conflict (`staff_number_taken`, `username_taken`, `licence_taken`,
    `last_administrator`).
    """
    given = checked(given_in(new, "hospital_id", clearable=CLEARABLE))
    if "roles" in given:
        await hospitals.hold(db, hospital_id)
    row = await one(db, hospital_id, id) if id else await numbered(db, hospital_id, str(given.get("number", "")))
    await _may(db, by, hospital_id, row, given)
    if given.get("department_id") is not None:
        await departments.one(db, hospital_id, given["department_id"])
    await _refuse_taken(db, hospital_id, given, row)
    saved = await _create(db, hospital_id, given) if row is None else await _change(db, row, given, version)
    if "roles" in given:
        saved = await _with_roles(db, by, saved, given["roles"], now)
    if saved.result is Result.changed:
        saved.row.version += 1
    await db.flush()
    audit(db, by, "staff", saved.row.id, saved, now, hospital_id)
    return saved


async def one(db: AsyncSession, hospital_id: str, id: UUID) -> Staff:
    row = await db.get(Staff, id, with_for_update=True)
    if row is None or row.hospital_id != hospital_id:
        raise NotFound("There is no such person.")
    return row


async def numbered(db: AsyncSession, hospital_id: str, number: str) -> Staff | None:
    query = select(Staff).where(Staff.hospital_id == hospital_id, Staff.number == number)
    return (await db.exec(query.with_for_update())).first()


async def roles_of(db: AsyncSession, id: UUID) -> list[Role]:
    return sorted(await people.roles_of(db, id))


async def _may(db: AsyncSession, by: Actor | None, hospital_id: str, row: Staff | None, given: dict[str, Any]) -> None:
    """One's own hospital; a hub's administrator makes a branch's first administrator too, and nobody else there."""
    first = row is None and given.get("roles") == [Role.administrator]
    if by is not None and by.hospital_id != hospital_id and first and hospital_id in await seen_by(db, by):
        own = await people.hospital(db, by.hospital_id)
        nobody = not (await hospitals.administrators_by_hospital(db)).get(hospital_id)
        if own.kind is HospitalKind.hub and nobody:
            return
    await own_hospital(db, by, hospital_id)


def checked(given: dict[str, Any]) -> dict[str, Any]:
    required(given, "number", "name", "title", is_new=False)
    if "phone" in given:
        given["phone"] = rules.telephone(given["phone"])
    if "licence" in given:
        given["licence"] = "".join(given["licence"].split())
    if "roles" in given:
        given["roles"] = sorted(set(given["roles"]))
    if given.get("email") and "@" not in given["email"]:
        raise Invalid("This is no mail address.", reason="email", fields=["email"])
    return given


async def _refuse_taken(db: AsyncSession, hospital_id: str, given: dict[str, Any], row: Staff | None) -> None:
    """A number is somebody's at their hospital; a sign-in name and a licence are somebody's in all of them."""
    mine = row.id if row else None
    if row is not None and given.get("number", row.number) != row.number:
        other = await numbered(db, hospital_id, given["number"])
        if other is not None:
            raise Conflict("Somebody has this number.", reason="staff_number_taken", fields=["number"], name=other.name)
    if username := given.get("username"):
        holder = (await db.exec(select(Account.id).where(Account.username == username))).first()
        if holder not in (None, mine):
            raise username_taken(username)
    if licence := given.get("licence"):
        same = (await db.exec(select(Staff).where(Staff.licence == licence))).all()
        others = [each for each in same if each.id != mine]
        if others:
            raise licence_taken(others[0].name if others[0].hospital_id == hospital_id else None)


async def _create(db: AsyncSession, hospital_id: str, given: dict[str, Any]) -> Saved[Staff]:
    saved = made(hospital_id, given)
    username = saved.after["username"]
    if (await db.exec(select(Account.id).where(Account.username == username))).first() is not None:
        raise username_taken(username)
    db.add(account_of(saved))
    await db.flush()
    db.add(saved.row)
    await db.flush()
    db.add_all(address_of(saved))
    return saved


def made(hospital_id: str, given: dict[str, Any]) -> Saved[Staff]:
    """The row of a new person; `account_of` and `address_of` are beside it. Raises Invalid if something is missing."""
    required(given, "number", "name", "title", "roles")
    username = given.get("username") or name_of(hospital_id, given["number"])
    pinyin = spelling(given["name"])
    given = {"name_en": _english(given["name"], pinyin)} | given | {"username": username}
    row = Staff(
        hospital_id=hospital_id,
        pinyin=pinyin,
        **{name: value for name, value in given.items() if name not in ELSEWHERE},
    )
    said = {name: value for name, value in given.items() if name != "roles"} | {"hospital_id": hospital_id}
    return Saved(row, Result.new, {}, changes({}, said)[1])


def account_of(new: Saved[Staff]) -> Account:
    row = new.row
    return Account(
        id=row.id,
        username=new.after["username"],
        hospital_id=row.hospital_id,
        department_id=row.department_id,
        name=row.name,
    )


def address_of(new: Saved[Staff]) -> list[NoticeChoice]:
    """Where a new person is told, if an address is given."""
    return [NoticeChoice(staff_id=new.row.id, email=new.after["email"])] if new.after.get("email") else []


def licence_taken(other: str | None) -> Conflict:
    """`other`: who has it, if whoever asks may know."""
    known = {"name": other} if other else {}
    return Conflict("Somebody has this licence.", reason="licence_taken", fields=["licence"], **known)


async def _change(db: AsyncSession, row: Staff, given: dict[str, Any], version: int | None) -> Saved[Staff]:
    account = await db.get_one(Account, row.id, with_for_update=True)
    choice = await db.get(NoticeChoice, row.id)
    old = row.model_dump() | {"username": account.username, "email": choice.email if choice else ""}
    refuse_stale(row, version, old | {"roles": await roles_of(db, row.id)})
    before, after = changes(old, {name: value for name, value in given.items() if name != "roles"})
    if "name" in after:
        row.pinyin = spelling(given["name"])
    moved = {name: given[name] for name in after}
    row.sqlmodel_update({name: value for name, value in moved.items() if name not in ELSEWHERE})
    account.sqlmodel_update({name: moved[name] for name in ("name", "department_id", "username") if name in moved})
    if "email" in moved:
        choice = choice or NoticeChoice(staff_id=row.id)
        choice.email = moved["email"]
        db.add(choice)
    if (calendar := await db.get(Resource, row.id)) is not None:
        calendar.name, calendar.name_en = row.name, row.name_en
    return Saved(row, Result.changed if after else Result.same, before, after)


async def _with_roles(
    db: AsyncSession, by: Actor | None, saved: Saved[Staff], wanted: Collection[Role], now: datetime
) -> Saved[Staff]:
    """Gives and takes roles; those that need a second person are proposed."""
    id = saved.row.id
    had = await people.roles_of(db, id)
    waiting = await proposed(db, id)
    has, later = decided(by, id, had, wanted)
    if Role.administrator in had - has:
        await refuse_last(db, saved.row.hospital_id, id)
    await set_roles(db, saved.row, had, has, now)
    if had - has:
        tell_taken(db, id, saved.row.hospital_id, now)
    for each in waiting:
        if Role(each.role) not in later:
            each.decided_by, each.decided_at, each.confirmed = by.id if by else None, now, False
    new = later - {Role(each.role) for each in waiting}
    for role in sorted(new):
        db.add(RoleProposal(staff_id=id, role=role, proposed_by=by.id if by else None, proposed_at=now))
    return (
        saved
        if later == frozenset(Role(each.role) for each in waiting) and has == had
        else told(saved, had, has, later)
    )


def decided(
    by: Actor | None, id: UUID, had: Collection[Role], wanted: Collection[Role]
) -> tuple[frozenset[Role], frozenset[Role]]:
    """Which of the wanted roles hold at once, and which wait for a second person. Raises NotAllowed (`own_roles`)."""
    asked = frozenset(wanted)
    if by is not None and by.id == id and asked != frozenset(had):
        raise NotAllowed("Nobody changes their own roles.", reason="own_roles")
    later = frozenset() if by is None else rules.to_confirm(had, asked)
    return asked - later, later


def told(saved: Saved[Staff], had: Collection[Role], has: Collection[Role], later: Collection[Role]) -> Saved[Staff]:
    """What was saved, with what became of the roles."""
    before = saved.before if saved.result is Result.new else saved.before | {"roles": sorted(had)}
    after = saved.after | {"roles": sorted(has)} | ({"proposed_roles": sorted(later)} if later else {})
    return Saved(saved.row, Result.new if saved.result is Result.new else Result.changed, before, after)


async def set_roles(
    db: AsyncSession, person: Staff, had: Collection[Role], has: Collection[Role], now: datetime
) -> None:
    """Gives and takes roles; see `sign_in_anew`."""
    id, gone, new = person.id, set(had) - set(has), set(has) - set(had)
    if gone:
        await db.exec(delete(AccountRole).where(col(AccountRole.account_id) == id, col(AccountRole.role).in_(gone)))
    db.add_all(AccountRole(account_id=id, role=each) for each in sorted(new))
    await db.flush()
    await sign_in_anew(db, person, new, now)


async def sign_in_anew(db: AsyncSession, person: Staff, new: Collection[Role], now: datetime) -> None:
    """Whoever is given a role that asks for a second factor, and has none, signs in anew to enrol it."""
    asking = set(new) & set((await policy_of(db, person.hospital_id)).second_factor_roles)
    if asking and not await second_factor.enrolled(db, person.id):
        await end_all(db, await db.get_one(Account, person.id), now)


async def proposed(db: AsyncSession, id: UUID) -> list[RoleProposal]:
    query = select(RoleProposal).where(RoleProposal.staff_id == id, col(RoleProposal.decided_at).is_(None))
    return list((await db.exec(query.order_by(col(RoleProposal.id)))).all())


async def refuse_last(db: AsyncSession, hospital_id: str, besides: UUID) -> None:
    """Raises Conflict if nobody else administers the hospital: nobody could let anybody in any more.

    Only whoever holds its administrators knows that it stays so.
    """
    query = (
        select(Account.id)
        .join(AccountRole, col(AccountRole.account_id) == Account.id)
        .where(Account.hospital_id == hospital_id, AccountRole.role == Role.administrator)
        .where(col(Account.disabled_at).is_(None), col(Account.id) != besides)
    )
    if (await db.exec(query.limit(1))).first() is None:
        raise last_administrator()


def last_administrator() -> Conflict:
    return Conflict("They are this hospital's last administrator.", reason="last_administrator")


def _english(name: str, pinyin: str) -> str:
    """`Ye Xiazhi`; a name in letters stays as it is."""
    family, _, given = pinyin.partition(" ")
    return name if name.isascii() else f"{family.capitalize()} {given.replace(' ', '').capitalize()}".strip()
