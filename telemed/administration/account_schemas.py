"""The API's inputs and outputs about the accounts of a hospital."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from telemed.access.model import Role
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model

MOST_NETWORKS = 50


class PolicyIn(Input):
    """What the hospital asks of its accounts; it holds for the next password, and the next sign-in."""

    length: int = Field(ge=8, le=64)
    history: int = Field(ge=0, le=24)
    expires_days: int = Field(ge=0, le=3650)  # 0: never
    second_factor_roles: list[Role]
    networks: list[str] = Field(max_length=MOST_NETWORKS)  # as CIDR; empty: nobody is outside


class PolicyOut(Versioned):
    length: int
    history: int
    expires_days: int
    second_factor_roles: list[Role]
    networks: list[str]
    your_address: str = ""  # of the administrator who asks


class AccountsQuery(Input):
    q: str = Field("", max_length=60)


class AccountRow(Model):
    """One account as administrators see it."""

    id: UUID
    username: str
    name: str
    name_en: str
    disabled: bool
    locked_until: datetime | None
    second_factor: bool
    badge: bool
    has_password: bool
    one_time_until: datetime | None  # its one-time password is valid until then


class AccountList(Model):
    items: list[AccountRow]
