"""The API's inputs and outputs about one's own account."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from telemed.kit.http import Input
from telemed.kit.model import Model


class PasswordChange(Input):
    current: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=200)


class SignInOut(Model):
    """One place where the account is signed in."""

    id: UUID
    browser: str  # "Edge · Windows"; empty if it does not say, or for a token of the command line
    address: str
    since: datetime
    seen_at: datetime  # to the minute
    here: bool  # the one that asks


class AccountOut(Model):
    username: str
    password_at: datetime | None  # since when it has this password; null: nobody knows
    password_length: int  # characters that a new one has at least
    expires_days: int  # after how many days it must be changed; 0: never
    sign_ins: list[SignInOut]
