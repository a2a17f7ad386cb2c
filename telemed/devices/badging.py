"""Somebody shows who they are at a device by their badge and PIN: to sign in there, or for one act."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import attempts, badges, sessions
from telemed.access.account_policy import outside, policy_of
from telemed.access.badges import BadgeKey
from telemed.access.model import Account, Badge
from telemed.access.sessions import Life, Where
from telemed.db import Database
from telemed.devices.model import Device
from telemed.errors import NotAllowed, NotSignedIn
from telemed.people import service as people


async def sign_in(
    database: Database, key: BadgeKey, device: Device, badge: str, pin: str, where: Where, now: datetime, life: Life
) -> str:
    """The token of a new sign-in at the device. Hashes outside transactions.

    The device's secret and the PIN are two factors, so that no code is asked for besides; what else is owed is asked of
    who signs in by password. Raises what `proved` and `whose` raise.
    """
    kept = await proved(database, key, device, badge, pin, where, now)
    async with database.write() as db:
        return sessions.begin(db, (await whose(db, kept, where, now)).id, now, life, (), where)


async def proved(
    database: Database, key: BadgeKey, device: Device, badge: str, pin: str, where: Where, now: datetime
) -> Badge:
    """The badge, whose PIN is right. Hashes outside transactions; tries are limited.

    Raises NotAllowed (`badge_outside`) while the device is not in its hospital's networks. Raises NotSignedIn
    (`badge_wrong`) alike for an unknown badge, a wrong PIN, a disabled account, and a person of a hospital without an
    agreement with the device's.
    """
    async with database.read() as db:
        if outside(await policy_of(db, device.hospital_id), where.address):
            raise NotAllowed("Badges are good inside the hospital only.", reason="badge_outside")
        partners = await people.partners_of(db, device.hospital_id, now)
        found = await badges.find(db, key, badge, {device.hospital_id, *(each.id for each in partners)})
    kept, account = found or (None, None)
    counter = attempts.counter_of_badge(account.id if account else key.of_badge(badge))
    # Beside the tries of one badge those at one device are limited, whatever badges are tried there.
    async with attempts.attempt(database, counter, now, address=attempts.counter_of_device(device.id)):
        if not await badges.fits(key, kept, pin) or kept is None:
            raise _wrong()
    return kept


async def whose(db: AsyncSession, kept: Badge, where: Where, now: datetime) -> Account:
    """Whose badge it still is: it may have been taken back while the PIN was looked at.

    Raises NotSignedIn (`badge_wrong`) if it was, NotAllowed (`badge_owes`) where a new password or a second factor is
    owed: whoever gives those must have proved the password, or a PIN that was watched would become one.
    """
    account = await badges.still(db, kept)
    if account is None:
        raise _wrong()
    await sessions.refuse_owing(db, account, where, now)
    return account


def _wrong() -> NotSignedIn:
    return NotSignedIn("The badge or the PIN is wrong.", reason="badge_wrong")
