"""What a hospital asks of its accounts, as data."""

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import AccountPolicy


async def policy_of(db: AsyncSession, hospital_id: str) -> AccountPolicy:
    """The hospital's own policy, or the installation's, or that of every new installation."""
    return await db.get(AccountPolicy, hospital_id) or await db.get(AccountPolicy, "") or AccountPolicy(hospital_id="")
