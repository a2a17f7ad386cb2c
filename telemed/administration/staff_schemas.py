"""The API's inputs and outputs for administrators: people, their roles and registrations. What is not given stays."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from telemed.access.model import Role
from telemed.administration.place_schemas import Code, Name
from telemed.kit import spelled
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.people.model import LicenceCategory, Title
from telemed.rosters.schemas import Coming, OwnShift


def _spelled(how: Callable[[str], str]) -> Callable[[Any], Any]:
    """Before the length and the pattern are checked; what is no text is left to them."""
    return lambda given: how(given) if isinstance(given, str) else given


USERNAME: Final = r"^[a-z0-9._@-]{2,100}$"
Username = Annotated[str, BeforeValidator(_spelled(spelled.sign_in_name)), StringConstraints(pattern=USERNAME)]
StaffNumber = Annotated[str, BeforeValidator(_spelled(spelled.number)), StringConstraints(max_length=32)]
Longer = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
PAGE = 50


class StaffIn(Input):
    """A person; of a new one number, name, title and roles are needed. `username` new: `<hospital>.<number>`."""

    number: StaffNumber | None = None
    name: Name | None = None
    name_en: Name | None = None
    title: Title | None = None
    department_id: UUID | None = None
    phone: Code | None = None
    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] | None = None
    username: Username | None = None
    roles: list[Role] | None = Field(default=None, max_length=len(Role))
    specialty: Longer | None = None
    licence: Code | None = None
    licence_category: LicenceCategory | None = None
    licence_scope: Longer | None = None
    licence_checked_on: date | None = None
    practising_since: date | None = None


class NewStaff(StaffIn):
    hospital_id: str = Field(max_length=32)


class RegistrationIn(Input):
    """备案 at a hospital; with `valid_from` of one that is there already, it is changed."""

    hospital_id: str = Field(max_length=32)
    number: Code = ""
    valid_from: date
    valid_until: date


class FileChoice(Input):
    """A file that you have sent (`POST /files`) and attached to nothing."""

    file_id: UUID


class SignatureQuery(Input):
    """`file_id`: the signature that is meant, so that a browser asks anew when it is another."""

    file_id: UUID | None = None


class RegistrationOut(Model):
    """`touched`: how many sessions are booked with this person at that hospital after its end. `file_id`: if it has
    one."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    hospital_id: str
    number: str
    valid_from: date
    valid_until: date
    file_id: UUID | None
    touched: int


class ProposalOut(Model):
    """A role that waits for a second person. `may_decide`: whoever asks is one."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    staff_id: UUID
    role: Role
    proposed_at: datetime
    may_decide: bool


class Proposed(ProposalOut):
    """One with whose it is: who they are, the roles that they have, and who proposed it ("": the server's operator)."""

    name: str
    name_en: str
    number: str
    title: Title
    roles: list[Role]
    proposed_by: str
    proposed_by_en: str


class ProposedList(Model):
    items: list[Proposed]


class Decision(Input):
    confirm: bool


class BookedSession(Model):
    """A booked consultation, without its patient."""

    model_config = ConfigDict(from_attributes=True)

    number: str
    starts_at: datetime


class RegistrationRow(Model):
    """The last registration of a person at a hospital. `home`: the person's own; `sessions`: booked after its end."""

    id: UUID
    staff_id: UUID
    name: str
    name_en: str
    title: Title
    home: str
    hospital_id: str
    number: str
    valid_from: date
    valid_until: date
    file_id: UUID | None
    sessions: list[BookedSession]


class RegistrationQuery(Input):
    """`ending`: only those that have ended or end within 60 days. `page`: from 0."""

    ending: bool = True
    page: int = Field(default=0, ge=0, le=10_000)


class RegistrationPage(Model):
    items: list[RegistrationRow]
    all: int
    ending: int
    size: int = PAGE


class StaffRow(Versioned):
    """A person as administrators see them. `roles`: those that hold; `proposals`: those that do not yet.

    `may_issue`: the viewer may give them a one-time password.
    """

    id: UUID
    hospital_id: str
    department_id: UUID | None
    number: str
    name: str
    name_en: str
    pinyin: str
    title: Title
    phone: str
    specialty: str
    licence: str
    licence_category: LicenceCategory | None
    licence_scope: str
    licence_checked_on: date | None
    practising_since: date | None
    signature_id: UUID | None
    username: str
    email: str
    roles: list[Role]
    proposals: list[ProposalOut]
    registrations: list[RegistrationOut]
    disabled_at: datetime | None
    may_edit: bool
    may_issue: bool


class Shifts(Model):
    """When a person is on duty: the first few shifts that have not ended, with the roster that each is of."""

    items: list[OwnShift]


class Chosen(Input):
    """The people who were ticked."""

    ids: list[UUID] = Field(min_length=1, max_length=500)


class Slip(Model):
    """A one-time password, said this once."""

    id: UUID
    name: str
    number: str
    department: str
    username: str
    password: str


class Slips(Model):
    items: list[Slip]
    valid_until: datetime


class WaitingItem(Model):
    """Something that waits for a person who leaves, without its patient: `number` of the consultation, `at` its time
    or when it is due, `until` the end of a shift. `takers`: who alone can take a shift; `may_be_left`: to nobody.
    """

    key: str
    what: str  # lead, accompanying, shift, or a kind of work
    number: str = ""
    at: datetime | None = None
    until: datetime | None = None
    hospital_id: str = ""
    takers: list[UUID] | None = None
    may_be_left: bool = False


class Successor(Model):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    name_en: str
    title: Title
    department_id: UUID | None


class WaitingOut(Model):
    items: list[WaitingItem]
    successors: list[Successor]


class LeaveIn(Input):
    """Who takes over each thing that waits, by its key, null for nobody; `to_all`: the others."""

    to: dict[str, UUID | None] = Field(default_factory=dict, max_length=500)
    to_all: UUID | None = None


class StaffQuery(Input):
    """`q`: characters, pinyin, initials, number or sign-in name. `page`: from 0."""

    q: str = Field(default="", max_length=60)
    hospital_id: str | None = Field(default=None, max_length=32)
    shown: Literal["all", "ending", "disabled"] = "all"
    page: int = Field(default=0, ge=0, le=10_000)


class StaffListed(StaffRow):
    """As the list shows them. `duty`: null without any within a week."""

    duty: Coming | None


class StaffPage(Model):
    """The counts are of what is searched for, at the chosen hospital."""

    items: list[StaffListed]
    all: int
    ending: int
    disabled: int
    size: int = PAGE
    hospitals: int
    may_add: bool
