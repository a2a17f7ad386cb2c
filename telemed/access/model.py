"""Accounts, roles, sign-ins and case grants; the actor as a plain value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from telemed.kit.activity import activity_kind
from telemed.kit.table import Table, json_column, json_list, key, moment, refers


class Role(StrEnum):
    requesting_doctor = "requesting_doctor"
    accompanying_physician = "accompanying_physician"
    bed_doctor = "bed_doctor"
    senior_doctor = "senior_doctor"
    reviewer = "reviewer"
    duty_officer = "duty_officer"
    duty_doctor = "duty_doctor"
    charge_nurse = "charge_nurse"
    primary_nurse = "primary_nurse"
    radiographer = "radiographer"
    radiologist = "radiologist"
    trainee = "trainee"
    coordinator = "coordinator"
    dispatcher = "dispatcher"
    expert = "expert"
    quality_officer = "quality_officer"
    administrator = "administrator"


class Owed(StrEnum):
    """What a sign-in still owes after the right password, before it may do anything else; in this order."""

    second_factor = "second_factor"
    new_password = "new_password"
    enrolment = "enrolment"  # of a second factor, where the policy asks for one and there is none


CLINICAL = frozenset(Role) - {Role.administrator}  # who may see patients of their hospital


@dataclass(frozen=True)
class Actor:
    """Who is signed in. `id` is both the account's and the person's; `sid` is the sign-in's."""

    id: UUID
    sid: UUID
    hospital_id: str
    name: str
    roles: frozenset[Role]
    department_id: UUID | None = None
    images: str = ""  # the part of image URLs that belongs to this sign-in
    # What they may read by break-glass just now: by patient the id of the break-glass. Empty unless it is needed.
    opened: Mapping[UUID, UUID] = field(default_factory=dict, hash=False, compare=False)
    owes: tuple[Owed, ...] = ()  # only of somebody who has not signed in wholly, whom no route takes for an actor
    device_id: UUID | None = None  # the device of a hospital at which they are signed in

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def subjects(self) -> frozenset[str]:
        """The names by which a grant may mean this person: the account, or a role at their hospital or department."""
        at = [f"role:{self.hospital_id}:{role}" for role in self.roles]
        in_department = [f"{each}:{self.department_id}" for each in at if self.department_id]
        return frozenset([str(self.id), *at, *in_department])


class Account(Table, table=True):
    """An account; it has the id of the person's Staff row."""

    id: UUID = key()
    username: str = Field(unique=True)
    password_hash: str = ""  # empty: it has none, and is opened by a one-time password only
    hospital_id: str = Field(index=True)
    department_id: UUID | None = None
    name: str
    language: str = "zh-CN"
    disabled_at: datetime | None = moment(optional=True)
    password_at: datetime | None = moment(optional=True)  # since when it has this password; None: nobody knows
    factor_reset_at: datetime | None = moment(optional=True)  # an administrator took its second factor away
    factor_reset_by: str = ""  # who


class FormerPassword(Table, table=True):
    """A password that an account had, and may not take again while the policy remembers it."""

    id: UUID = key()
    account_id: UUID = refers("account.id")
    password_hash: str
    ended_at: datetime = moment()


class AccountPolicy(Table, table=True):
    """What a hospital asks of its accounts; `hospital_id` "": of all that have none of their own."""

    hospital_id: str = Field(default="", primary_key=True)
    version: int = 1
    length: int = 10  # characters that a password has at least
    history: int = 3  # how many of the last passwords may not be taken again; the present one never
    expires_days: int = 0  # after how many days a password must be changed; 0: never
    second_factor_roles: list[str] = json_list()  # who needs a second factor wherever they are
    networks: list[str] = json_list()  # the hospital's, as CIDR: outside them everybody needs one; empty: nobody does


class SecondFactor(Table, table=True):
    """What shows codes that change every half minute (TOTP, RFC 6238): an application on its person's telephone."""

    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    secret: str = ""  # sealed; empty until it is confirmed by a first code
    pending: str = ""  # sealed; to take the place of `secret` once it is confirmed
    confirmed_at: datetime | None = moment(optional=True)
    last_step: int = 0  # the half minute of the code that was taken last: no code of it or before is taken again


class Badge(Table, table=True):
    """A person's badge, which a reader reads, with their PIN: by both they sign in at a hospital's device."""

    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    number_hmac: str = Field(unique=True)  # with a key beside the database
    pin_hash: str
    set_at: datetime = moment()


class RecoveryCode(Table, table=True):
    """Stands in once for a second factor that is not at hand."""

    id: UUID = key()
    account_id: UUID = refers("account.id")
    sha256: str
    used_at: datetime | None = moment(optional=True)


class OneTimePassword(Table, table=True):
    """Opens an account until its person has chosen a password; the next one takes its place."""

    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    sha256: str
    issued_at: datetime = moment()
    valid_until: datetime = moment()


class AccountRole(Table, table=True):
    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    role: str = Field(primary_key=True)


class SignIn(Table, table=True):
    """A session, known only by the hash of its token."""

    id: UUID = key()
    token_sha256: str = Field(unique=True)
    # Part of image URLs, so that the next person at this computer cannot read images cached under an earlier sign-in.
    images: str = Field(default_factory=lambda: token_urlsafe(16))
    account_id: UUID = refers("account.id")
    created_at: datetime = moment()
    seen_at: datetime = moment()
    expires_at: datetime = moment()
    address: str = ""  # from where; empty: issued at the command line
    browser: str = ""  # what browser on what system, as it says itself
    owes: list[str] = json_list()  # words of Owed, the next first; empty: signed in wholly
    device_id: UUID | None = None  # at a device of a hospital: it ends after minutes without an act


class SignInFailure(Table, table=True):
    id: UUID = key()
    account_and_address: str = Field(index=True)
    address: str = Field(default="", index=True)  # empty: counts for its counter only
    at: datetime = moment()


class FamiliarAddress(Table, table=True):
    """An address from which an account has signed in; failures of other accounts there do not lock it out."""

    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    address: str = Field(primary_key=True)
    at: datetime = moment()


class CaseGrant(Table, table=True):
    """Who may see which patient's case, why, and until when; see contracts in docs/architecture.md.

    One of a break-glass opens every case of the patient; its `case_id` is the break-glass's own id.
    """

    # Whether somebody may see a case is asked of each row of a list, so the index alone answers.
    __table_args__ = (Index("ix_casegrant_who", "case_id", "grantee", "activity", "ended_at", "valid_from", "until"),)

    id: UUID = key()
    case_id: UUID
    patient_id: UUID = Field(index=True)
    activity: str = activity_kind()
    activity_id: UUID = Field(index=True)
    grantee: str = Field(index=True)  # a subject: the account's id, or role:<hospital>:<role>[:<department>]
    hospital_id: str  # owner of the data
    allows: list[str] = json_list()
    purpose: str
    reason: str | None = None
    granted_by: UUID | None = None
    valid_from: datetime = moment()
    until: datetime = moment()
    ended_at: datetime | None = moment(optional=True)
    rev: int = Field(index=True)


class IdempotentAnswer(Table, table=True):
    """The answer to a POST that created something, for its repeat, which must create nothing."""

    account_id: UUID = Field(primary_key=True)
    key: str = Field(primary_key=True)
    path: str
    body_sha256: str | None = None  # of the request; None: from a release that did not keep it
    status: int
    body: Any = json_column(optional=True)
    at: datetime = moment()
