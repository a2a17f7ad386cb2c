"""The API's inputs and outputs about one's own account."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from telemed.kit.http import Input
from telemed.kit.model import Model


class PasswordChange(Input):
    current: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=200)


class PasswordProof(Input):
    current: str = Field(min_length=1, max_length=200)


class Code(Input):
    """Six digits, or a recovery code where one stands in for them."""

    code: str = Field(min_length=1, max_length=60)


class EnrolmentOut(Model):
    """A second factor that is not confirmed yet, for an application on a telephone."""

    key: str  # in base 32, in groups, to be typed
    address: str  # `otpauth:`, as the QR code says it
    qr: str  # an SVG as a `data:` address


class CodesOut(Model):
    """Recovery codes, which are shown this once."""

    codes: list[str]


class SecondFactorOut(Model):
    since: datetime | None  # null: there is none
    codes_left: int  # recovery codes that are not used yet
    needed: bool  # the hospital asks for one, from this address and for these roles
    reset_at: datetime | None  # since then an administrator has taken one away, and none is enrolled
    reset_by: str


class SignInOut(Model):
    """One place where the account is signed in."""

    id: UUID
    browser: str  # "Edge · Windows"; empty if it does not say, or for a token of the command line
    address: str
    since: datetime
    seen_at: datetime  # to the minute
    here: bool  # the one that asks


class BadgeIn(Input):
    """A badge as a reader reads it, and a PIN of six digits."""

    current: str = Field(min_length=1, max_length=200)
    badge: str = Field(min_length=1, max_length=200)
    pin: str = Field(min_length=1, max_length=20)


class AccountOut(Model):
    username: str
    password_at: datetime | None  # since when it has this password; null: nobody knows
    password_length: int  # characters that a new one has at least
    expires_days: int  # after how many days it must be changed; 0: never
    second_factor: SecondFactorOut
    badge_since: datetime | None  # null: it has no badge and PIN
    sign_ins: list[SignInOut]
    signature_id: UUID | None  # of the picture that is printed in what its person signs
