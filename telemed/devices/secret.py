"""How a device shows which it is: by a cookie, of which only the hash is kept."""

from hashlib import sha256

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.devices.model import Device
from telemed.errors import NotSignedIn


def digest(secret: str) -> str:
    """Secrets are random and long enough, and codes live for minutes, so that a fast hash of them tells nothing."""
    return sha256(secret.encode()).hexdigest()


async def by_secret(db: AsyncSession, secret: str) -> Device:
    """The registered device with this cookie. Raises NotSignedIn if there is none, or no longer."""
    row = (await db.exec(select(Device).where(Device.secret_sha256 == digest(secret)))).one_or_none()
    if row is None:
        raise NotSignedIn("This screen is not registered.", reason="no_device")
    if row.revoked_at is not None:
        raise NotSignedIn("This device is not trusted any more.", reason="device_revoked")
    return row
