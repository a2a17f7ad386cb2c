"""What a hospital asks of its accounts, as data."""

from collections.abc import Collection
from ipaddress import ip_address, ip_network

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import AccountPolicy


async def policy_of(db: AsyncSession, hospital_id: str) -> AccountPolicy:
    """The hospital's own policy, or the installation's, or that of every new installation."""
    return await db.get(AccountPolicy, hospital_id) or await db.get(AccountPolicy, "") or AccountPolicy(hospital_id="")


def needs_second_factor(policy: AccountPolicy, roles: Collection[str], address: str) -> bool:
    """Whether who has these roles and comes from this address must have a second factor."""
    return bool(set(roles) & set(policy.second_factor_roles)) or outside(policy, address)


def outside(policy: AccountPolicy, address: str) -> bool:
    """Whether an address is in none of the hospital's networks; without any, none is outside."""
    if not policy.networks:
        return False
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return True
    found = getattr(found, "ipv4_mapped", None) or found
    return not any(found in ip_network(each) for each in policy.networks)
