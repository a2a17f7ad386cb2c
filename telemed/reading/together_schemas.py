"""The API's inputs and outputs about reading together."""

from datetime import datetime
from uuid import UUID

from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.people.model import Title


class InviteIn(Input):
    staff_id: UUID


class ReaderOut(Model):
    """Somebody who reads together with others."""

    id: UUID
    name: str
    name_en: str
    title: Title
    hospital_id: str
    department: str
    department_en: str


class InvitationOut(Model):
    """Somebody who may see the reading because they were invited; `mine`: by whoever asks, who may end it."""

    person: ReaderOut
    by: ReaderOut
    until: datetime
    mine: bool


class TogetherOut(Model):
    here: list[ReaderOut]
    invited: list[InvitationOut]
    may_invite: bool
    server_time: datetime
