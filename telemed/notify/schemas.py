"""The API's inputs and outputs about how people and groups are told outside the pages."""

from datetime import datetime
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from telemed.access.model import Role
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.notify.allowed import LONGEST_URL
from telemed.notify.outcome import NotSent
from telemed.work.outgoing import RobotKind

# Without "?", so that no address is an encoded word (RFC 2047), which the mail's header would be taken for.
ADDRESS: Final = r"^[A-Za-z0-9.!#$%&'*+/=^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$"
Address = Annotated[str, StringConstraints(pattern=rf"{ADDRESS}|^$", max_length=200)]
Hour = Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$")]


class ChoiceIn(Input):
    """`email` "": no address. Quiet hours by the clock of one's hospital; both or none."""

    email: Address
    mail: bool
    quiet_from: Hour
    quiet_until: Hour

    @model_validator(mode="after")
    def both_or_none(self) -> Self:
        if bool(self.quiet_from) != bool(self.quiet_until):
            raise ValueError("quiet hours need a beginning and an end")
        return self


class ChoiceOut(Versioned):
    """How one is told by mail. `allowed`: by one's hospital. `set_up`: there is a mail server."""

    email: str
    mail: bool
    quiet_from: str
    quiet_until: str
    allowed: bool
    set_up: bool


class TestOut(Model):
    """What came of a test message; null: the other server has taken it."""

    why: NotSent | None


class AllowedIn(Input):
    """By which channels the hospital's people and groups may be told."""

    mail: bool
    robots: bool


class AllowedOut(Versioned):
    mail: bool
    robots: bool


class RobotIn(Input):
    """Of a department, or of all with a role: one of the two."""

    kind: RobotKind
    name: str = Field(min_length=1, max_length=60)
    url: str = Field(min_length=1, max_length=LONGEST_URL)
    secret: str = Field(default="", max_length=200)
    role: Role | None = None
    department_id: UUID | None = None

    @model_validator(mode="after")
    def one_group(self) -> Self:
        if (self.role is None) == (self.department_id is None):
            raise ValueError("name a department or a role")
        return self


class RobotChange(RobotIn):
    """`url` and `secret` are kept where they are left empty: nobody can read them again."""

    url: str = Field(default="", max_length=LONGEST_URL)


class Waiting(Model):
    """Messages that wait to be sent: how many, since when, and why the last try failed."""

    count: int
    since: datetime | None
    why: NotSent | None


class RobotOut(Versioned):
    """`failed_at`: when a message was last given up."""

    id: UUID
    kind: RobotKind
    name: str
    host: str
    signed: bool  # DingTalk's 加签
    role: Role | None
    department_id: UUID | None
    waiting: Waiting
    sent_at: datetime | None
    failed_at: datetime | None


class OutsideOut(Model):
    """The hospital's robots, the hosts they may be at, and how its mail goes."""

    allowed: AllowedOut
    hosts: list[str]
    mail_set_up: bool
    mail: Waiting
    robots: list[RobotOut]
