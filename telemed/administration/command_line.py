"""What whoever runs the server does to accounts by `telemed user`; the audit log names the command line."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import accounts, attempts, badges, one_time, second_factor
from telemed.access.model import Account, Role
from telemed.administration import hospitals, staffing
from telemed.administration.saving import COMMAND_LINE, Values
from telemed.administration.staff_schemas import StaffIn
from telemed.administration.waiting import waiting
from telemed.audit.service import changed, record
from telemed.errors import Conflict, NotFound
from telemed.people import service as people
from telemed.people.ended import end_all
from telemed.people.model import Title


async def add(
    db: AsyncSession,
    username: str,
    hospital_id: str,
    number: str,
    name: str,
    title: Title,
    roles: list[Role],
    now: datetime,
) -> str:
    """A new person; returns their one-time password. Raises NotFound, Invalid, Conflict."""
    await people.hospital(db, hospital_id)
    person = StaffIn(number=number, name=name, title=title, username=username, roles=roles)
    if await staffing.numbered(db, hospital_id, person.number or "") is not None:
        raise Conflict("Somebody has this number.", reason="staff_number_taken", fields=["number"])
    saved = await staffing.save(db, None, hospital_id, person, now)
    return await issue(db, saved.row.id, hospital_id, now)


async def new_password(db: AsyncSession, username: str, now: datetime) -> str:
    account = await _account(db, username)
    return await issue(db, account.id, account.hospital_id, now)


async def issue(db: AsyncSession, id: UUID, hospital_id: str, now: datetime) -> str:
    """A one-time password, issued by the command line; open sign-ins end."""
    password = await one_time.issue(db, id, now)
    await end_all(db, await db.get_one(Account, id), now)
    _audit(db, "account.one_time_issued", id, hospital_id, now, {}, {"one_time_until": now + one_time.VALID})
    return password


async def disable(db: AsyncSession, username: str, now: datetime) -> int:
    """Returns how many things wait for them, to be handed over. Raises NotFound, Conflict (`last_administrator`)."""
    await hospitals.hold(db, await _hospital(db, username))
    account = await _account(db, username)
    if account.disabled_at is None:
        if Role.administrator in await people.roles_of(db, account.id):
            await staffing.refuse_last(db, account.hospital_id, account.id)
        account.disabled_at = now
        await end_all(db, account, now)
        await one_time.forget(db, account.id)
        await badges.forget(db, account.id)
        after = {"disabled_at": now}
        _audit(db, "account.disabled", account.id, account.hospital_id, now, {"disabled_at": None}, after)
    return len(await waiting(db, account.id, now))


async def remove_second_factor(db: AsyncSession, username: str, now: datetime) -> bool:
    """Takes a lost second factor away and ends its person's sign-ins; False: they had none. Raises NotFound."""
    account = await _account(db, username)
    if not await second_factor.enrolled(db, account.id):
        return False
    await second_factor.remove(db, account.id)
    account.factor_reset_at, account.factor_reset_by = now, ""
    await attempts.forgive(db, account.username, account.id)
    await end_all(db, account, now)
    had, has = {"second_factor": True}, {"second_factor": False}
    _audit(db, "account.second_factor_reset", account.id, account.hospital_id, now, had, has)
    return True


async def remove_badge(db: AsyncSession, username: str, now: datetime) -> bool:
    """A lost badge is worth nothing any more; False: they had none. Raises NotFound."""
    account = await _account(db, username)
    had = await badges.forget(db, account.id)
    if had:
        _audit(db, "account.badge_removed", account.id, account.hospital_id, now, {"badge": True}, {"badge": False})
    return had


async def enable(db: AsyncSession, username: str, now: datetime) -> None:
    account = await _account(db, username)
    if account.disabled_at is not None:
        before, account.disabled_at = account.disabled_at, None
        after = {"disabled_at": None}
        _audit(db, "account.enabled", account.id, account.hospital_id, now, {"disabled_at": before}, after)


async def unlock(db: AsyncSession, username: str, now: datetime) -> None:
    account = await _account(db, username)
    await attempts.forgive(db, account.username, account.id)
    _audit(db, "account.unlocked", account.id, account.hospital_id, now, {}, {"locked_until": None})


async def _hospital(db: AsyncSession, username: str) -> str:
    """Read without a lock: the hospital's comes first."""
    found = await accounts.named(db, username)
    return found.hospital_id if found else ""


async def _account(db: AsyncSession, username: str) -> Account:
    found = await accounts.named(db, username, lock=True)
    if found is None:
        raise NotFound(f"There is no user {username!r}.", name=username)
    return found


def _audit(
    db: AsyncSession, action: str, id: UUID, hospital_id: str, now: datetime, before: Values, after: Values
) -> None:
    change = changed(before, after)
    record(db, None, action, str(id), now, reason=COMMAND_LINE, owner_id=hospital_id, change=change)
