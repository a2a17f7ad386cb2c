"""The second factor: enrolling it, taking its codes once each, and recovery codes for when it is not at hand (S5)."""

import re
import unicodedata
from datetime import datetime
from enum import StrEnum
from hmac import compare_digest
from typing import Final
from uuid import UUID

import pyotp
from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import RecoveryCode, SecondFactor
from telemed.access.secret_words import digest, made
from telemed.errors import Conflict, NotAllowed, NotFound
from telemed.kit.sealed import Seal

SECONDS: Final = 30  # for which one code is shown
DRIFT: Final = 1  # steps by which a telephone's clock may differ
CODES: Final = 10
LENGTH, GROUP = 16, 4  # of a recovery code: 79 bits
CODE: Final = re.compile("[0-9]{6}")


class Taken(StrEnum):
    code = "code"
    recovery_code = "recovery_code"


async def enrolled(db: AsyncSession, account_id: UUID) -> bool:
    row = await db.get(SecondFactor, account_id)
    return row is not None and row.secret != ""


async def propose(db: AsyncSession, seal: Seal, account_id: UUID) -> str:
    """A new secret in base 32, which counts once a first code of it has come; until then an older one stays."""
    secret = pyotp.random_base32()
    row = await db.get(SecondFactor, account_id) or SecondFactor(account_id=account_id)
    row.pending = seal.close(secret, account_id, "pending")
    db.add(row)
    return secret


async def confirm(db: AsyncSession, seal: Seal, account_id: UUID, code: str, now: datetime) -> list[str]:
    """Takes the first code of the proposed secret. Returns new recovery codes, to be shown once.

    Raises Conflict if none is proposed, NotAllowed for a wrong code. `now` is what telephones' clocks say.
    """
    row = await db.get(SecondFactor, account_id, with_for_update=True)
    if row is None or not row.pending:
        raise Conflict("No second factor is being enrolled.", reason="no_enrolment")
    secret = seal.open(row.pending, account_id, "pending")
    step = _step(secret, code, now)
    if step is None:
        raise NotAllowed("This is not the code that is shown now.", reason="code_wrong")
    row.secret, row.pending = seal.close(secret, account_id, "secret"), ""
    row.confirmed_at, row.last_step = now, step
    return await renew_codes(db, account_id)


async def accepts(db: AsyncSession, seal: Seal, account_id: UUID, code: str, now: datetime) -> Taken | None:
    """As what this code is right; it is not right again. None: it is wrong, or was taken before."""
    row = await db.get(SecondFactor, account_id)
    if row is None or not row.secret:
        return None
    if not CODE.fullmatch(_plain(code)):
        return Taken.recovery_code if await _recovers(db, account_id, code, now) else None
    step = _step(seal.open(row.secret, account_id, "secret"), code, now)
    if step is None:
        return None
    mine = update(SecondFactor).where(col(SecondFactor.account_id) == account_id, col(SecondFactor.last_step) < step)
    taken = (await db.exec(mine.values(last_step=step))).rowcount == 1  # of two at once only one takes it
    return Taken.code if taken else None


async def renew_codes(db: AsyncSession, account_id: UUID) -> list[str]:
    """New recovery codes in the place of all others."""
    await db.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    codes = [made(LENGTH, GROUP) for _ in range(CODES)]
    db.add_all(RecoveryCode(account_id=account_id, sha256=digest(each)) for each in codes)
    return codes


async def codes_left(db: AsyncSession, account_id: UUID) -> int:
    unused = select(RecoveryCode.id).where(RecoveryCode.account_id == account_id, col(RecoveryCode.used_at).is_(None))
    return len((await db.exec(unused)).all())


async def remove(db: AsyncSession, account_id: UUID) -> None:
    """The account has no second factor any more. Raises NotFound if it had none."""
    row = await db.get(SecondFactor, account_id)
    if row is None:
        raise NotFound("This account has no second factor.")
    await db.delete(row)
    await db.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))


def address(secret: str, username: str, issuer: str) -> str:
    """The `otpauth:` address that applications read from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)


def _step(secret: str, code: str, now: datetime) -> int | None:
    """The half minute, of those near now, whose code this is."""
    step, totp, typed = int(now.timestamp()) // SECONDS, pyotp.TOTP(secret), _plain(code).encode()
    near = [step + by for by in range(-DRIFT, DRIFT + 1)]
    fitting = [each for each in near if compare_digest(totp.generate_otp(each).encode(), typed)]  # always all of them
    return fitting[0] if fitting else None


def _plain(code: str) -> str:
    """As it was meant: without spaces, and not in full width."""
    return "".join(unicodedata.normalize("NFKC", code).split())


async def _recovers(db: AsyncSession, account_id: UUID, typed: str, now: datetime) -> bool:
    mine = update(RecoveryCode).where(
        col(RecoveryCode.account_id) == account_id,
        col(RecoveryCode.sha256) == digest(typed),
        col(RecoveryCode.used_at).is_(None),
    )
    return (await db.exec(mine.values(used_at=now))).rowcount == 1
