"""待办: work items of every feature, for a person or a role."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from telemed.kit.activity import activity_kind
from telemed.kit.table import Table, json_column, key, moment, word
from telemed.kit.words import Words


class WorkKind(StrEnum):
    """The shared kinds of work; a feature declares further ones with `WORK.declare`."""

    complete = "complete"  # complete a returned request, or a stat request
    consent = "consent"  # the paper of an emergency or telephone consent
    endorse = "endorse"
    review = "review"
    accept = "accept"
    name_lead = "name_lead"
    book = "book"
    invite = "invite"  # answer an invitation
    upload = "upload"  # 请影像科上传
    identity = "identity"  # confirm whose a study is
    declare = "declare"  # confirm a study's number of images
    write = "write"
    sign = "sign"
    co_sign = "co_sign"  # co-sign, for an expert beside the lead: no deadline, and nothing waits for it
    reassess = "reassess"  # images of a signed opinion are not the patient's
    acknowledge = "acknowledge"
    execute = "execute"
    close = "close"


WORK: Final = Words("kind of work", WorkKind)


class Outcome(StrEnum):
    done = "done"
    declined = "declined"
    withdrawn = "withdrawn"


OF_ROLE = ("hospital_id", "role", "staff_id", "department_id")
PRESSING = ("due_at", "id", "kind", "about_id")  # all that is asked of an item before it is chosen
OPEN = text("done_at IS NULL")


class WorkItem(Table, table=True):
    """For one person, or for everybody with a role at a hospital, or in a department of it."""

    __table_args__ = (  # indexes of open items only, so that finding them does not slow down over the years
        Index("ix_workitem_open_person", "staff_id", *PRESSING, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_workitem_open_role", *OF_ROLE, *PRESSING, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: UUID = key()
    kind: str = WORK.column(index=True)
    hospital_id: str = Field(index=True)
    staff_id: UUID | None = Field(default=None, index=True)
    role: str | None = Field(default=None, index=True)
    department_id: UUID | None = None
    about_id: UUID = Field(index=True)  # what it is about: the consultation, study link or advice
    activity: str | None = activity_kind(optional=True)  # the activity it belongs to, if any
    activity_id: UUID | None = Field(default=None, index=True)
    case_id: UUID | None = Field(default=None, index=True)
    patient_id: UUID | None = None
    urgency: str = "routine"
    note: dict[str, Any] = json_column()
    created_at: datetime = moment()
    due_at: datetime | None = moment(optional=True)
    done_at: datetime | None = moment(optional=True, index=True)
    done_by: UUID | None = None
    outcome: Outcome | None = word(Outcome, optional=True)
